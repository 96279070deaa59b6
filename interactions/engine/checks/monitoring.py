"""Tests that a medicine calls for and that are due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interactions.engine.checks.common import decide
from interactions.engine.kidney import latest
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Outcome, Unknown
from interactions.engine.words import day_words


def check_monitoring(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule when results are known and the last one is older than `every_days` or not there."""
    (name, set_id), *_ = rule.roles
    entries = regimen.list.members(set_id)
    if not entries:
        return
    if regimen.patient.labs is None:
        yield Unknown(rule, ("labs",), tuple(dict.fromkeys(entry.ingredient for entry in entries)))
        return
    tests, days = rule.params["tests"], rule.params["every_days"]
    if any(latest(regimen.patient, test, days) for test in tests) or just_started(regimen, rule, entries):
        return
    outcome = decide(regimen, rule, {name: tuple(entries)}, (last_seen(regimen, rule),))
    if outcome:
        yield outcome


def just_started(regimen: Regimen, rule: Rule, entries: Sequence[Entry]) -> bool:
    """Whether every line began so lately that the first test is not due yet."""
    grace = rule.params.get("baseline_days", 0)
    starts = [entry.drug.started_on for entry in entries]
    return all(start is not None and (regimen.patient.as_of - start).days < grace for start in starts)


def last_seen(regimen: Regimen, rule: Rule) -> str:
    """When the test was last done, in words."""
    found = [lab for test in rule.params["tests"] if (lab := latest(regimen.patient, test, 36_500))]
    names = rule.params["test_words"]
    dates = [lab.on for lab in found if lab.on]
    return f"{names}: last on {day_words(max(dates))}" if dates else f"{names}: no result on file"
