"""Words for people: filled texts, one JSON object per card, and what could not be checked and why."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from interactions.engine.rules import Knowledge, Rule
from interactions.engine.types import Card, Drug, Finding, NotChecked, Point, Unknown

encode = json.JSONEncoder(ensure_ascii=False).encode
encode_lines = lru_cache(8_192)(encode)
_PLACE = re.compile(r"\{(\w+)\}")
LANGUAGES = ("en", "es")
_AND = {"en": " and ", "es": " y "}
_YOUR_PRESCRIBER = {"en": "your prescriber", "es": "su médico"}
_TEXTS = ("what_could_happen", "mechanism", "what_to_do", "monitoring")
# The places that a rule's medicines fill, as its texts name them.
_LETTERS = {"a": "a", "drug": "a", "of": "a", "b": "b", "c": "c"}


def listed(names: Iterable[str], language: str = "en") -> str:
    """naproxen, aspirin and ibuprofen."""
    *first, last = list(dict.fromkeys(names)) or [""]
    return f"{', '.join(first)}{_AND[language]}{last}" if first else last


@lru_cache(20_000)
def pieces_of(text: str) -> tuple[tuple[str, str, bool], ...]:
    """(words, place after them, whether that place starts a sentence) for each part of a text."""
    found, end = [], 0
    for place in _PLACE.finditer(text):
        words = text[end : place.start()]
        starts = not text[: place.start()].strip() or words.rstrip().endswith((".", "!", "?"))
        found.append((words, place.group(1), starts))
        end = place.end()
    return (*found, (text[end:], "", False))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled and a capital where one starts a sentence; an unknown place stays as it is."""
    parts = []
    for words, place, starts in pieces_of(text):
        parts.append(words)
        if place:
            value = values.get(place, f"{{{place}}}")
            parts.append(value[:1].upper() + value[1:] if starts else value)
    return "".join(parts)


def places_of(card: Card, language: str = "en", *, shown: bool = False) -> dict[str, str]:
    """What {a}, {b}, {c}, {prescriber}, {value}, {unit}, {limit} and {detail} stand for on this card."""
    lead = card.lead
    same = [lead, *(one for one in card.others if one.rule is lead.rule or lead.rule.shape == one.rule.shape == "patient")]
    found: dict[str, list[str]] = {}
    for point in same:
        for name, entries in point.roles:
            words = [entry.drug.name_in(language) if shown else entry.ingredient for entry in entries]
            found.setdefault(_LETTERS.get(name, name), []).extend(words)
    values = {letter: listed(words, language) for letter, words in found.items()}
    prescribers = [entry.drug.prescriber for entry in lead.entries if entry.drug.prescriber]
    values["prescriber"] = prescribers[0] if prescribers else _YOUR_PRESCRIBER[language]
    values["value"], values["unit"] = str(lead.value), lead.unit or ""
    values["limit"] = str(lead.rule.params.get("limit_words", ""))
    values["detail"] = str(lead.rule.texts.get("detail", ""))
    return {**values, **dict(lead.fills)}


def finding_json(finding: Finding, knowledge: Knowledge, refs: Mapping[Drug, str]) -> dict[str, Any]:
    """The finding as `check_regimen` prints it, every list and object of it the caller's own; `refs` name the lines."""
    body = card_json(finding.card, knowledge)
    copy = {**body}
    for name in ("patient_pending", "patient_agreed", "evidence", "review", "drugs"):
        copy[name] = body[name].copy()
    copy["refs"] = sorted({*map(refs.__getitem__, finding.card.drugs)})
    copy["alternatives"] = [*map(dict, finding.alternatives)]
    copy["sources"] = [*map(dict, body["sources"])]
    copy["also"] = [{**one, "drugs": [*one["drugs"]]} for one in body["also"]]
    copy["why"] = [*finding.why]
    return copy


def finding_text(finding: Finding, knowledge: Knowledge, refs: Mapping[Drug, str]) -> str:
    """`finding_json` as text."""
    before, between, behind = card_text(finding.card, knowledge)
    alternatives = encode(finding.alternatives) if finding.alternatives else "[]"
    lines = encode_lines(tuple(sorted({*map(refs.__getitem__, finding.card.drugs)})))
    return f'{before}"alternatives": {alternatives}, "why": {encode_lines(finding.why)}{between}"refs": {lines}{behind}'


@lru_cache(4_096)
def card_text(card: Card, knowledge: Knowledge) -> tuple[str, str, str]:
    """A card as text: before its alternatives and reasons, between these and the references, and behind them."""
    before, rest = encode(card_json(card, knowledge)).split('"alternatives": [], "why": []')
    between, behind = rest.split('"refs": []')
    return before, between, behind


@lru_cache(8_192)
def card_json(card: Card, knowledge: Knowledge) -> Mapping[str, Any]:
    """All of a finding but its reasons, lines and alternatives; a card is met again and again while a list is worked on."""
    lead, rule = card.lead, card.lead.rule
    values = places_of(card)
    evidence, review, onset = founded(rule)
    sources = dict.fromkeys(one for point in card.points for one in point.rule.texts.get("evidence", {}).get("sources", ()))
    return {
        "rule_id": rule.id,
        "kind": rule.kind,
        "severity": lead.severity,
        "action": rule.action,
        "drugs": list(card.ingredients),
        "title": title_of(card, values),
        **filled(rule, tuple(values.items())),
        "onset": onset,
        **patient_words(card),
        "alternatives": [],
        "why": [],
        "value": lead.value,
        "unit": lead.unit,
        "evidence": dict(evidence),
        "review": dict(review),
        "sources": [{"id": one, "title": knowledge.sources.get(one, {}).get("title", one)} for one in sources],
        "group": rule.group,
        "also": [also_json(point) for point in card.others],
        "refs": [],
        "fingerprint": fingerprint(card),
    }


@lru_cache(8_192)
def founded(rule: Rule) -> tuple[Mapping[str, str], Mapping[str, str], str]:
    """What a rule rests on and who read it, as JSON values, and its onset."""
    evidence = rule.texts.get("evidence", {})
    review = {key: str(value) for key, value in rule.texts.get("review", {}).items()}
    return {"level": evidence.get("level", ""), "read": evidence.get("read", "")}, review, rule.texts.get("onset", "")


def title_of(card: Card, values: Mapping[str, str]) -> str:
    """The rule's title; a card with several due tests names them all."""
    if card.lead.rule.kind == "monitoring" and card.others:
        tests = sorted({point.rule.params["test_words"] for point in card.points})
        return f"Tests that are due: {', '.join(tests)}"
    return fill(card.lead.rule.texts.get("title", ""), values)


@lru_cache(16_384)
def also_json(point: Point) -> Mapping[str, Any]:
    """A rule that was folded into the card: it keeps its own title and advice, so that neither is lost behind the lead's."""
    alone = Card(point, (), tuple(sorted(point.ingredients)))
    values = places_of(alone)
    return {
        "rule_id": point.rule.id,
        "kind": point.rule.kind,
        "severity": point.severity,
        "drugs": sorted(point.ingredients),
        "title": title_of(alone, values),
        "what_to_do": filled(point.rule, tuple(values.items()))["what_to_do"],
    }


@lru_cache(8_192)
def filled(rule: Rule, values: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The pharmacist's texts with their places filled; the same medicines meet again and again over a population."""
    places = dict(values)
    return {name: fill(rule.texts.get(name, ""), places) for name in _TEXTS}


@lru_cache(8_192)
def told(rule: Rule, language: str, values: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """What the patient hears before and after the prescriber has agreed."""
    places = dict(values)
    pending, agreed = (fill(rule.texts.get(name, {}).get(language, ""), places) for name in ("patient_pending", "patient_agreed"))
    return pending, agreed


def patient_words(card: Card) -> dict[str, dict[str, str]]:
    """Both patient sentences in every language, with the medicines as the patient knows them."""
    said = {one: told(card.lead.rule, one, tuple(places_of(card, one, shown=True).items())) for one in LANGUAGES}
    return {
        "patient_pending": {language: pending for language, (pending, _) in said.items()},
        "patient_agreed": {language: agreed for language, (_, agreed) in said.items()},
    }


def fingerprint(card: Card) -> str:
    """Stable over order and spelling; another medicine, dose, or fact that matters makes another one."""
    drugs = {f"{entry.ingredient}={entry.drug.doses.get(entry.ingredient)}" for point in card.points for entry in point.entries}
    rules = {f"{point.rule.id}:{','.join(point.facts)}" for point in card.points}
    return hashlib.sha256("\n".join([card.lead.rule.id, *sorted(drugs), *sorted(rules)]).encode()).hexdigest()


@lru_cache(4_096)
def explain_unknowns(unknowns: tuple[Unknown, ...], knowledge: Knowledge) -> tuple[NotChecked, ...]:
    """One line per missing fact, with every medicine and rule that waits for it."""
    grouped: dict[str, list[Unknown]] = {}
    for one in unknowns:
        for fact in one.missing or ("facts",):
            grouped.setdefault(fact, []).append(one)
    return tuple(fact_line(fact, tuple(grouped[fact]), knowledge) for fact in sorted(grouped))


@lru_cache(8_192)
def fact_line(fact: str, unknowns: tuple[Unknown, ...], knowledge: Knowledge) -> NotChecked:
    words = knowledge.facts.get(fact, f"No usable {fact} on file: not checked")
    names = tuple(sorted(set(chain.from_iterable(one.ingredients for one in unknowns))))
    reason = f"{words} for {listed(names)}" if names else words
    return NotChecked("fact", fact, reason, (fact,), names, tuple(sorted({one.rule.id for one in unknowns})))
