"""From a rule and the entries that fill its places to a flag, an unknown, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interactions.engine.regimen import Regimen
from interactions.engine.rules import Modifier, Rule
from interactions.engine.types import Entry, Flag, Outcome, Unknown

Places = Mapping[str, tuple[Entry, ...]]


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
        answer = question.ask(regimen, first)
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
        if not regimen.ones >> one & 1:
            return None
    for one in rule.absent:
        if regimen.ones >> one & 1:
            return None
    return ["medication"] if rule.absent and regimen.snapshot.has_unknown_drug else []


def raise_flag(regimen: Regimen, rule: Rule, places: Places, reasons: Sequence[str], **extra: Any) -> Flag:
    """The flag with the modifiers of this patient applied and every line of its explanation."""
    first = {name: entries[0] for name, entries in places.items()}
    severity: str = rule.severity
    notes: list[str] = []
    for modifier in rule.modifiers:
        if applies(regimen, modifier, first):
            severity = modifier.severity or severity
            notes.append(modifier.note)
    facts = (*extra.pop("facts", ()), *rule.keys)
    entries = tuple(entry for group in places.values() for entry in group)
    ingredients = frozenset([entry.ingredient for entry in entries])
    lines = (*belongs(regimen, rule, places), *reasons, *notes)
    why = tuple(dict.fromkeys(line for line in lines if line))
    return Flag(rule, tuple(places.items()), entries, ingredients, severity, why, facts, **extra)


def applies(regimen: Regimen, modifier: Modifier, first: Mapping[str, Entry]) -> bool:
    """Whether a modifier holds for certain; an unknown one does nothing."""
    for one in modifier.present:
        if not regimen.ones >> one & 1:
            return False
    for one in modifier.absent:
        if regimen.ones >> one & 1:
            return False
    return all(question.ask(regimen, first).holds for question in modifier.when)


def belongs(regimen: Regimen, rule: Rule, places: Places) -> list[str]:
    """One line per medicine: why it is meant ("naproxen is a systemic NSAID"), and when it was stopped."""
    sets = dict(rule.roles)
    lines = []
    for name, entries in places.items():
        for entry in entries:
            if name in sets:
                lines.append(regimen.knowledge.line(sets[name], entry.ingredient))
            if regimen.past and entry.drug.stopped_on and entry.drug in regimen.snapshot.past:
                days = regimen.washout_days(entry, rule.group)
                lines.append(f"{entry.ingredient} was stopped on {entry.drug.stopped_on} and can act for {days} days")
    return lines
