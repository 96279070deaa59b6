"""From a rule and the entries that fill its places to a flag, an unknown, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge, Modifier, Rule
from interactions.engine.types import Entry, Flag, Outcome, Point, Unknown
from interactions.engine.words import day_words

Places = Mapping[str, tuple[Entry, ...]]
Roles = tuple[tuple[str, tuple[Entry, ...]], ...]
# Shapes whose own lines already name each medicine.
SUMS = frozenset({"dose", "acetaminophen", "mme"})
# Where a note wants this patient's facts.
FACT = "{fact}"


def decide(regimen: Regimen, rule: Rule, places: Places, lines: Sequence[str] = (), **extra: Any) -> Outcome | None:
    """The outcome of a rule whose medicines are `places`; `lines` join its explanation, `extra` its fields.

    Kleene's AND: one no settles it, else one unknown leaves it open.
    """
    missing = lacking(regimen, rule)
    if missing is None:
        return None
    first = {name: entries[0] for name, entries in places.items()}
    reasons = list(lines)
    for question in rule.when:
        answer = regimen.ask(question, first)
        if answer.holds is False:
            return None
        if answer.holds is None:
            missing.append(answer.missing)
        elif answer.why:
            reasons.append(answer.why)
    if missing:
        names = tuple(dict.fromkeys(entry.ingredient for entries in places.values() for entry in entries))
        return Unknown(rule, tuple(dict.fromkeys(missing)), names)
    return raise_flag(regimen, rule, places, reasons, **extra)


def lacking(regimen: Regimen, rule: Rule) -> list[str] | None:
    """The facts still open about the rest of the list; None when it settles the rule with a no."""
    for one in rule.present:
        if not regimen.list.ones >> one & 1:
            return None
    for one in rule.absent:
        if regimen.list.ones >> one & 1:
            return None
    return ["medication"] if rule.absent and regimen.has_unknown_drug else []


def raise_flag(regimen: Regimen, rule: Rule, places: Places, reasons: Sequence[str], **extra: Any) -> Flag:
    """The flag with the modifiers of this patient applied and its explanation, this patient's own facts first."""
    first = {name: entries[0] for name, entries in places.items()}
    severity: str = rule.severity
    told: list[str] = []
    notes: list[str] = []
    for modifier in rule.modifiers:
        known = applied(regimen, modifier, first)
        if known is not None:
            severity = modifier.severity or severity
            (told if known else notes).append(noted(modifier.note, known))
    entries = tuple(entry for group in places.values() for entry in group)
    roles = tuple(places.items())
    lines = [*reasons, *told, *stopped(regimen, rule, entries), *belongs(regimen.knowledge, rule, roles), *notes]
    why = tuple(dict.fromkeys(filter(None, lines)))
    return Flag(point_of(rule, roles, severity, **extra), why)


@lru_cache(16_384)
def point_of(
    rule: Rule,
    roles: Roles,
    severity: str,
    *,
    value: float | int | None = None,
    unit: str | None = None,
    facts: tuple[str, ...] = (),
    fills: tuple[tuple[str, str], ...] = (),
) -> Point:
    """The one point of these values: all that is ranked, folded and worded for it holds as long as they do."""
    entries = tuple(entry for _, group in roles for entry in group)
    ingredients = frozenset([entry.ingredient for entry in entries])
    return Point(rule, roles, entries, ingredients, severity, (*facts, *rule.keys), value, unit, fills)


def applied(regimen: Regimen, modifier: Modifier, first: Mapping[str, Entry]) -> str | None:
    """This patient's facts by which a modifier holds, "" when it needs none; None when it does not hold for certain."""
    for one in modifier.present:
        if not regimen.list.ones >> one & 1:
            return None
    for one in modifier.absent:
        if regimen.list.ones >> one & 1:
            return None
    answers = [regimen.ask(question, first) for question in modifier.when]
    if not all(answer.holds for answer in answers):
        return None
    helpers = sorted(entry.ingredient for one in modifier.present for entry in regimen.list.members(one))
    return ", ".join(dict.fromkeys([*(answer.why for answer in answers if answer.why), *helpers]))


def noted(note: str, known: str) -> str:
    """The note with this patient's facts in the place that it leaves for them, else behind them."""
    if not note or not known:
        return note
    return note.replace(FACT, known) if FACT in note else f"{known}: {note}"


def stopped(regimen: Regimen, rule: Rule, entries: Sequence[Entry]) -> Iterator[str]:
    """A line for each medicine that was stopped and still acts."""
    for entry in [one for one in regimen.list.past if one in entries]:
        days = regimen.washout_days(entry, rule.group)
        yield f"{entry.ingredient} was stopped on {day_words(entry.drug.stopped_on)} and can act for {days} days"


@lru_cache(16_384)
def belongs(knowledge: Knowledge, rule: Rule, roles: Roles) -> list[str]:
    """One line per medicine: why it is meant ("naproxen is a systemic NSAID"), unless the sum of the rule names it."""
    if rule.shape in SUMS or "score" in rule.params:
        return []
    sets = dict(rule.roles)
    meant = [(sets[name], sorted({entry.ingredient for entry in entries})) for name, entries in roles if name in sets]
    return [knowledge.line(set_id, ingredient) for set_id, ingredients in meant for ingredient in ingredients]
