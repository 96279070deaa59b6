"""What could be taken instead, after a look at this patient's own list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from interactions.engine.memory import ask
from interactions.engine.regimen import Regimen
from interactions.engine.types import SEVERITY_RANK, Card, Drug, Flag

SERIOUS = SEVERITY_RANK["major"]
MOST = 3


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
            if flags is not None and all(SEVERITY_RANK[flag.severity] > SERIOUS for flag in flags):
                found.append({"name": name, "note": one.get("note", ""), "caution": cautions(flags)})
    return tuple(found)


def flags_against(name: str, replaces: str, card: Card, regimen: Regimen) -> list[Flag] | None:
    """What the checker would say about the list with `name` in place of what it replaces; None when a rule failed."""
    gone = {entry.drug for role, entries in card.lead.roles if role == (replaces or "drug") for entry in entries}
    other = regimen.instead(alternative(name), gone)
    laid = other.list
    plan = regimen.knowledge.touching(laid.entries[-1].row, laid.ones, laid.twos, laid.reach)
    said = ask(other, plan)
    if said.failed:
        return None
    return sorted((flag for flag in said.flags if name in flag.point.ingredients), key=lambda flag: plan.places[flag.rule])


@lru_cache(1_024)
def alternative(name: str) -> Drug:
    return Drug(text=name, shown=name, ingredients=(name,), site="systemic")


def cautions(flags: list[Flag]) -> str:
    """The lesser flags of an alternative, in one line."""
    return "; ".join(dict.fromkeys(f"{flag.severity}: {', '.join(flag.why[:2])}" for flag in flags if flag.severity == "moderate"))
