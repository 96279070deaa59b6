"""A medicine that the patient reacted to, or a relative of it."""

from __future__ import annotations

from collections.abc import Iterator

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Allergy, Entry, Outcome, Unknown


def check_allergy(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule per medicine and allergy; allergies that nobody asked about make it unknown."""
    entries = regimen.list.entries if rule.params.get("same_ingredient") else regimen.list.members(dict(rule.roles)["drug"])
    if regimen.patient.allergies is None:
        if entries:
            yield Unknown(rule, ("allergies",), tuple(dict.fromkeys(entry.ingredient for entry in entries)))
        return
    for allergy in regimen.patient.allergies:
        for entry in entries:
            if matches(regimen, rule, allergy, entry):
                yield from flag_allergy(regimen, rule, allergy, entry)


def flag_allergy(regimen: Regimen, rule: Rule, allergy: Allergy, entry: Entry) -> Iterator[Outcome]:
    line = f"allergy on file: {allergy.text}"
    outcome = decide(regimen, rule, {"drug": (entry,)}, (line,), facts=(f"allergy {allergy.text.lower()}",), fills=(("b", allergy.text),))
    if outcome:
        yield outcome


def matches(regimen: Regimen, rule: Rule, allergy: Allergy, entry: Entry) -> bool:
    if allergy.is_intolerance != bool(rule.params.get("intolerance")) and not rule.params.get("intolerance_too"):
        return False
    if rule.params.get("severe_only") and allergy.is_severe is False:
        return False
    if rule.params.get("not_severe") and allergy.is_severe:
        return False
    is_same = entry.substance in map(regimen.knowledge.substance, allergy.ingredients)
    if rule.params.get("same_ingredient"):
        return is_same
    if is_same and not rule.params.get("same_too"):
        return False  # the rule about the same ingredient speaks for it
    to_members = regimen.knowledge.sets[rule.params["to"]]
    return any(name in to_members for name in allergy.ingredients) or not rule.params["to_tags"].isdisjoint(allergy.tags)
