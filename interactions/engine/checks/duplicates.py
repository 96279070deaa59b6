"""The same ingredient twice, or two medicines of one class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interactions.engine.checks.burdens import counted, distinct
from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Outcome


def check_duplicate(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule per ingredient (`same_ingredient`) or once per class."""
    groups = same_ingredient(regimen) if rule.params.get("same_ingredient") else same_class(regimen, rule)
    for entries in groups:
        lines = sorted(f"on the list: {entry.drug.text}" for entry in entries if not rule.roles)
        outcome = decide(regimen, rule, {"of": entries}, lines)
        if outcome:
            yield outcome


def same_ingredient(regimen: Regimen) -> Iterator[tuple[Entry, ...]]:
    """Entries of one substance by one route on two different lines; the same line typed twice counts too."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in regimen.list.entries:
        found.setdefault((entry.substance, entry.drug.site or "systemic"), []).append(entry)
    for entries in found.values():
        if len({id(entry.drug) for entry in entries}) > 1:
            yield tuple(entries)


def same_class(regimen: Regimen, rule: Rule) -> Iterator[tuple[Entry, ...]]:
    (_, set_id), *_ = rule.roles
    members = regimen.list.members(set_id)
    entries = distinct(members)
    if counted(members) < rule.params.get("count", 2) or legal(regimen, rule, entries):
        return
    yield tuple(entries)


def legal(regimen: Regimen, rule: Rule, entries: Sequence[Entry]) -> bool:
    """Whether the medicines are one of the pairs that belong together (basal and bolus insulin)."""
    for one, other in rule.params.get("allowed_sets", ()):
        first = [entry for entry in entries if entry.row >> one & 1]
        second = [entry for entry in entries if entry.row >> other & 1]
        if counted(first) == 1 and counted(second) == 1 and len(first) + len(second) == len(entries):
            return True
    return False
