"""What could be taken instead, after a look at this patient's own list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from interactions.engine.memory import outcomes
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Form
from interactions.engine.types import SEVERITY_RANK, Card, Drug, Flag

SERIOUS = SEVERITY_RANK["major"]
MOST = 3
# Shapes that can say something against one more medicine.
ASKED = frozenset({"pair", "patient", "allergy"})


def offered(card: Card, regimen: Regimen) -> tuple[Mapping[str, Any], ...]:
    """The rule's alternatives without those that would raise a major flag; a lesser one is told along."""
    wanted = card.lead.rule.texts.get("alternatives")
    if not wanted:
        return ()
    found: list[Mapping[str, Any]] = []
    taken = {entry.ingredient for entry in regimen.list.entries}
    for one in wanted:
        for name in one.get("ingredients", ()):
            if len(found) == MOST or name in taken:
                continue
            flags = flags_against(name, one.get("replaces", ""), card, regimen)
            if all(SEVERITY_RANK[flag.severity] > SERIOUS for flag in flags):
                found.append({"name": name, "note": one.get("note", ""), "caution": cautions(flags)})
    return tuple(found)


def flags_against(name: str, replaces: str, card: Card, regimen: Regimen) -> list[Flag]:
    """What the checker would say about the list with `name` in place of what it replaces."""
    gone = {entry.drug.ref for role, entries in card.lead.roles if role == (replaces or "drug") for entry in entries}
    other = regimen.instead(alternative(name), gone)
    flags = [flag for form in worth_asking(other) for flag in outcomes(other, form).flags]
    return [flag for flag in flags if name in flag.ingredients]


@lru_cache(1_024)
def alternative(name: str) -> Drug:
    return Drug(ref="alternative", text=name, shown=name, ingredients=(name,), site="systemic")


def worth_asking(regimen: Regimen) -> Iterator[Form]:
    """The forms that the last medicine of the list takes part in, and an allergy to itself."""
    knowledge, laid = regimen.knowledge, regimen.list
    for form in knowledge.touching(laid.entries[-1].row, laid.ones, laid.twos, laid.reach):
        if form.rule.shape in ASKED and not any(regimen.answer(one).holds is False for one in form.settling):
            yield form
    yield from (form for form in knowledge.loose if form.rule.shape == "allergy")


def cautions(flags: list[Flag]) -> str:
    """The lesser flags of an alternative, in one line."""
    return "; ".join(dict.fromkeys(f"{flag.severity}: {', '.join(flag.why[:2])}" for flag in flags if flag.severity == "moderate"))
