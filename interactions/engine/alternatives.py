"""What could be taken instead, after a look at this patient's own list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from interactions.engine.layout import Layout
from interactions.engine.memory import ask
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Plan
from interactions.engine.types import SEVERITY_RANK, Card, Drug, Flag

SERIOUS = SEVERITY_RANK["major"]
MOST = 3


class Trial(NamedTuple):
    """An alternative in place of what it replaces: the list as it would be, and the rules that could say something about it."""

    name: str
    note: str
    list: Layout
    plan: Plan


def offered(card: Card, regimen: Regimen) -> tuple[Mapping[str, Any], ...]:
    """The rule's alternatives without those that would raise a major flag; a lesser one is told along."""
    known = regimen.list.trials.get(card)
    if known is None:
        known = regimen.list.trials[card] = tuple(trials(card, regimen))
    found: list[Mapping[str, Any]] = []
    for trial in known:
        flags = flags_against(trial, regimen)
        if flags is not None and all(SEVERITY_RANK[flag.severity] > SERIOUS for flag in flags):
            found.append({"name": trial.name, "note": trial.note, "caution": cautions(flags)})
            if len(found) == MOST:
                break
    return tuple(found)


def trials(card: Card, regimen: Regimen) -> Iterator[Trial]:
    """Every alternative of a card that is not on the list, laid out; the same for every patient with this list."""
    taken = {entry.ingredient for entry in regimen.list.entries}
    for one in card.lead.rule.texts.get("alternatives", ()):
        place = one.get("replaces") or "drug"
        gone = {entry.drug for role, entries in card.lead.roles if role == place for entry in entries}
        for name in one.get("ingredients", ()):
            if name not in taken:
                laid = regimen.laid_instead(alternative(name), gone)
                plan = regimen.knowledge.touching(laid.entries[-1].row, laid.ones, laid.twos, laid.reach)
                yield Trial(name, one.get("note", ""), laid, plan)


def flags_against(trial: Trial, regimen: Regimen) -> list[Flag] | None:
    """What the checker would say about the alternative on its list; None when a rule failed."""
    flags, _, failed = ask(regimen.with_list(trial.list), trial.plan)
    if failed:
        return None
    about = [flag for flag in flags if trial.name in flag.point.ingredients]
    order = [form.rule for form in trial.plan.forms] if len(about) > 1 else []
    return sorted(about, key=lambda flag: order.index(flag.rule)) if order else about


@lru_cache(1_024)
def alternative(name: str) -> Drug:
    return Drug(text=name, shown=name, ingredients=(name,), site="systemic")


def cautions(flags: list[Flag]) -> str:
    """The lesser flags of an alternative, in one line."""
    return "; ".join(dict.fromkeys(f"{flag.severity}: {', '.join(flag.why[:2])}" for flag in flags if flag.severity == "moderate"))
