"""Screen one snapshot: every rule that the list touches is asked; what fails is said, never swallowed."""

from __future__ import annotations

from collections.abc import Sequence

from interactions.engine.alternatives import offered
from interactions.engine.explain import explain_unknowns, listed
from interactions.engine.memory import ask
from interactions.engine.rank import make_cards, reasons_of
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge
from interactions.engine.types import Card, Finding, NotChecked, Result, Snapshot, Unknown


def screen(snapshot: Snapshot, knowledge: Knowledge) -> Result:
    """Findings most urgent first, and what could not be checked."""
    regimen = Regimen(snapshot, knowledge)
    flags, unknowns, failed = ask(regimen, regimen.list.plan)
    reasons = dict(flags)
    cards = make_cards(tuple(reasons))
    open_questions = explain_unknowns(tuple(settled(unknowns, cards)), knowledge)
    not_checked = (*snapshot.not_understood, *failed, *open_questions, *without_rules(regimen))
    findings = [Finding(card, reasons_of(*[reasons[point] for point in card.points]), offered(card, regimen)) for card in cards]
    return Result(tuple(findings), tuple(not_checked))


def without_rules(regimen: Regimen) -> list[NotChecked]:
    """One line about the medicines of which no rule knows a part: no finding about them means little."""
    names = regimen.list.strange
    if not names:
        return []
    reason = f"No rule of this release is about {listed(names)}: only duplicates and allergies were checked"
    return [NotChecked("fact", "rules", reason, ("rules",), tuple(names))]


def settled(unknowns: Sequence[Unknown], cards: Sequence[Card]) -> list[Unknown]:
    """Leave out an open question where the same rule has already spoken about the same medicines."""
    points = [point for card in cards for point in card.points]
    spoke = {point.rule for point in points}
    return [one for one in unknowns if one.rule not in spoke or not one.is_settled_by(points)]
