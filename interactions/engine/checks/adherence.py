"""Days covered by fills, and refills that are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Fill, Outcome, Unknown
from interactions.engine.words import day_words


def check_adherence(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule per medicine whose fills cover too little time, or ran out too long ago."""
    (name, set_id), *_ = rule.roles
    for entry in regimen.list.members(set_id):
        if entry.drug.fills is None:
            yield Unknown(rule, ("fills",), (entry.ingredient,))
        elif entry.drug.fills and not entry.drug.as_needed:
            yield from judge(regimen, rule, name, entry)


def judge(regimen: Regimen, rule: Rule, name: str, entry: Entry) -> Iterator[Outcome]:
    fills, as_of = entry.drug.fills or (), regimen.patient.as_of
    if "pdc_below" in rule.params:
        covered = days_covered(fills, as_of)
        if covered is None or covered >= rule.params["pdc_below"]:
            return
        value, unit = int(covered * 100), "%"
        line = f"fills cover {value} % of the days since {day_words(min(fill.on for fill in fills))}"
    else:
        value, unit = days_late(fills, as_of), "days"
        if value < rule.params["late_days"]:
            return
        line = f"the last fill ran out {value} days ago"
    outcome = decide(regimen, rule, {name: (entry,)}, (line,), value=value, unit=unit)
    if outcome:
        yield outcome


def days_covered(fills: tuple[Fill, ...], as_of: date) -> float | None:
    """Share of days from the first fill to `as_of` with medicine in hand; None below two fills.

    An early refill starts when the one before it ends (PDC as commonly defined; ingredient level).
    """
    past = sorted(fill for fill in fills if fill.on <= as_of)
    if len({fill.on for fill in past}) < 2:
        return None
    days = (as_of - past[0].on).days
    covered, free_from = 0, past[0].on
    for fill in past:
        start = max(fill.on, free_from)
        end = min(start + timedelta(fill.days_supply), as_of)
        covered += max((end - start).days, 0)
        free_from = max(free_from, start + timedelta(fill.days_supply))
    return covered / days if days else None


def days_late(fills: tuple[Fill, ...], as_of: date) -> int:
    """Days since the supply of all fills ran out; 0 while some is left."""
    free_from = None
    for fill in sorted(fill for fill in fills if fill.on <= as_of):
        start = max(fill.on, free_from) if free_from else fill.on
        free_from = start + timedelta(fill.days_supply)
    return max((as_of - free_from).days, 0) if free_from else 0
