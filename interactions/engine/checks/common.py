"""From a rule and the entries that fill its places to a flag, an unknown, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interactions.engine.predicates import Answer, Predicate, together
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Modifier, Rule
from interactions.engine.types import Entry, Flag, Outcome, Unknown

Places = Mapping[str, tuple[Entry, ...]]


def decide(regimen: Regimen, rule: Rule, places: Places, lines: Sequence[str] = (), **extra: Any) -> Outcome | None:
    """The outcome of a rule whose medicines are `places`; `lines` join its explanation, `extra` its fields."""
    first = {name: entries[0] for name, entries in places.items() if entries}
    answer = together([*presence(regimen, rule), *(one.ask(regimen, first) for one in rule.when)])
    if answer.holds is False:
        return None
    if answer.holds is None:
        return unknown(regimen, rule, places, first)
    return raise_flag(regimen, rule, places, (*lines, *answer.why.split("; ")), **extra)


def presence(regimen: Regimen, rule: Rule) -> list[Answer]:
    """Whether the other medicines that the rule wants, or wants absent, are on the list."""
    answers = [Answer(bool(regimen.ones >> one & 1)) for one in rule.present]
    for one in rule.absent:
        if regimen.ones >> one & 1:
            answers.append(Answer(False))
        elif regimen.snapshot.has_unknown_drug:
            answers.append(Answer(None, missing="medication"))
    return answers


def unknown(regimen: Regimen, rule: Rule, places: Places, first: Mapping[str, Entry]) -> Unknown:
    answers = [*presence(regimen, rule), *(one.ask(regimen, first) for one in rule.when)]
    missing = tuple(dict.fromkeys(one.missing for one in answers if one.holds is None))
    names = tuple(dict.fromkeys(entry.ingredient for entries in places.values() for entry in entries))
    return Unknown(rule, missing, names)


def raise_flag(regimen: Regimen, rule: Rule, places: Places, reasons: Sequence[str], **extra: Any) -> Flag:
    """The flag with the modifiers of this patient applied and every line of its explanation."""
    first = {name: entries[0] for name, entries in places.items() if entries}
    severity, notes = rule.severity, []
    for modifier in rule.modifiers:
        if applies(regimen, modifier, first):
            severity = modifier.severity or severity
            notes.append(modifier.note)
    facts = extra.pop("facts", ()) + tuple(one.key for one in rule.when)
    lines = (*belongs(regimen, rule, places), *reasons, *notes)
    why = tuple(dict.fromkeys(line for line in lines if line))
    return Flag(rule, tuple(places.items()), severity, why=why, facts=facts, **extra)


def applies(regimen: Regimen, modifier: Modifier, first: Mapping[str, Entry]) -> bool:
    """Whether a modifier holds for certain; an unknown one does nothing."""
    if any(not regimen.ones >> one & 1 for one in modifier.present):
        return False
    if any(regimen.ones >> one & 1 for one in modifier.absent):
        return False
    return holds(regimen, modifier.when, first)


def holds(regimen: Regimen, when: tuple[Predicate, ...], first: Mapping[str, Entry]) -> bool:
    return all(one.ask(regimen, first).holds for one in when)


def belongs(regimen: Regimen, rule: Rule, places: Places) -> list[str]:
    """One line per medicine: why it is meant ("naproxen is a systemic NSAID"), and when it was stopped."""
    sets = dict(rule.roles)
    lines = []
    for name, entries in places.items():
        for entry in entries:
            if name in sets:
                lines.append(f"{entry.ingredient} {regimen.knowledge.says(sets[name], entry.ingredient)}")
            if entry.drug.stopped_on and entry.drug in regimen.snapshot.past:
                days = regimen.washout_days(entry, rule.group)
                lines.append(f"{entry.ingredient} was stopped on {entry.drug.stopped_on} and can act for {days} days")
    return lines
