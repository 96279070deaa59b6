"""Two or three different medicines that do not go well together."""

from __future__ import annotations

from collections.abc import Iterator

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Outcome


def check_pair(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule once per set of different medicines that fill its places.

    Parts of one product do not meet by themselves, but may fill two of three places ("losartan / hydrochlorothiazide"
    with naproxen); a substance does not meet itself. A stopped medicine may fill a place
    during its wash-out, but not every place.
    """
    seen = set()
    for meeting in meetings(regimen, rule):
        key = frozenset((id(entry.drug), entry.ingredient) for entry in meeting)
        if key in seen:
            continue
        seen.add(key)
        outcome = decide(regimen, rule, {name: (entry,) for (name, _), entry in zip(rule.roles, meeting, strict=True)})
        if outcome:
            yield outcome


def meetings(regimen: Regimen, rule: Rule) -> Iterator[tuple[Entry, ...]]:
    """Every way to fill the places with different substances that do not all come from one line."""
    current: list[tuple[Entry, ...]] = [()]
    for _, set_id in rule.roles:
        able = regimen.list.members(set_id)
        if regimen.list.past:
            able = able + regimen.lingering(set_id, rule.group)
        current = [(*chosen, entry) for chosen in current for entry in able if differs(entry, chosen)]
    apart = (meeting for meeting in current if any(entry.drug is not meeting[0].drug for entry in meeting))
    if not regimen.list.past:
        return apart
    return (meeting for meeting in apart if any(entry not in regimen.list.past for entry in meeting))


def differs(entry: Entry, chosen: tuple[Entry, ...]) -> bool:
    return all(entry.substance != other.substance for other in chosen)
