"""What could be taken instead, after a look at this patient's own list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interactions.engine.checks import CHECKS
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge
from interactions.engine.types import SEVERITY_RANK, Card, Drug, Flag, Snapshot

SERIOUS = SEVERITY_RANK["major"]
MOST = 3
# Shapes that can say something against one more medicine.
ASKED = frozenset({"pair", "patient", "allergy"})


def offered(card: Card, regimen: Regimen) -> tuple[Mapping[str, Any], ...]:
    """The rule's alternatives without those that would raise a major flag; a lesser one is told along."""
    wanted = [(name, one) for one in card.lead.rule.texts.get("alternatives", ()) for name in one.get("ingredients", ())]
    found: list[Mapping[str, Any]] = []
    taken = {entry.ingredient for entry in regimen.entries}
    for name, one in wanted:
        if name in taken or len(found) == MOST:
            continue
        flags = flags_against(name, one.get("replaces", ""), card, regimen)
        if all(SEVERITY_RANK[flag.severity] > SERIOUS for flag in flags):
            found.append({"name": name, "note": one.get("note", ""), "caution": cautions(flags)})
    return tuple(found)


def flags_against(name: str, replaces: str, card: Card, regimen: Regimen) -> list[Flag]:
    """What the checker would say about the list with `name` in place of what it replaces."""
    gone = {entry.drug.ref for role, entries in card.lead.roles if role == (replaces or "drug") for entry in entries}
    new = Drug(ref="alternative", text=name, shown=name, ingredients=(name,), site="systemic")
    kept = tuple(drug for drug in regimen.snapshot.drugs if drug.ref not in gone)
    patient = regimen.snapshot.patient
    other = Regimen(Snapshot(patient, (*kept, new), regimen.snapshot.past), regimen.knowledge)
    flags = [flag for flag in ask(other, regimen.knowledge, other.entries[-1].row) if name in flag.ingredients]
    return [*flags, *same_allergy(other, name)]


def same_allergy(regimen: Regimen, name: str) -> list[Flag]:
    """An allergy to the alternative itself."""
    rules = [rule for rule in regimen.knowledge.loose if rule.shape == "allergy"]
    flags = [one for rule in rules for one in CHECKS[rule.shape](regimen, rule) if isinstance(one, Flag)]
    return [flag for flag in flags if name in flag.ingredients]


def ask(regimen: Regimen, knowledge: Knowledge, row: int) -> list[Flag]:
    flags = []
    for rule in knowledge.touching(row, regimen.reach):
        if rule.shape in ASKED:
            flags += [one for one in CHECKS[rule.shape](regimen, rule) if isinstance(one, Flag)]
    return flags


def cautions(flags: list[Flag]) -> str:
    """The lesser flags of an alternative, in one line."""
    return "; ".join(dict.fromkeys(f"{flag.severity}: {', '.join(flag.why[:2])}" for flag in flags if flag.severity == "moderate"))
