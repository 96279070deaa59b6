"""Effects that add up over a list: a count of medicines, or a sum of scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Outcome
from interactions.engine.units import plain


def check_additive(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule once when enough different medicines, or enough points, come together."""
    (name, set_id), *rest = rule.roles
    members = regimen.list.members(set_id)
    entries = distinct(members)
    if any(not regimen.list.members(needed) for _, needed in rest):
        return
    if "score" in rule.params:
        weights = regimen.knowledge.scores[rule.params["score"]]
        total = sum(weights.get(entry.ingredient, 0) for entry in entries)
        if total < rule.params["score_at_least"] or counted(members) < rule.params.get("count", 1):
            return
        heaviest = sorted(entries, key=lambda entry: (-weights.get(entry.ingredient, 0), entry.ingredient))
        points = [f"{entry.ingredient} scores {plain(weights.get(entry.ingredient, 0))}" for entry in heaviest]
        outcome = decide(regimen, rule, {name: tuple(entries)}, points, value=plain(total), unit="points")
    else:
        if counted(members) < rule.params["count"]:
            return
        outcome = decide(regimen, rule, {name: tuple(entries)}, value=len({entry.substance for entry in entries}), unit="medicines")
    if outcome:
        yield outcome


def distinct(entries: Sequence[Entry]) -> list[Entry]:
    """One entry per ingredient, in the order of the list."""
    return list({entry.ingredient: entry for entry in reversed(entries)}.values())[::-1]


def counted(entries: Sequence[Entry]) -> int:
    """The most different substances that can stand on different lines: the parts of one product count once.

    A matching of substances to lines by augmenting paths, so that the order of the list can't change the count.
    """
    lines: dict[str, list[int]] = {}
    for entry in entries:
        lines.setdefault(entry.substance, []).append(id(entry.drug))
    owner: dict[int, str] = {}

    def finds_place(name: str, tried: set[int]) -> bool:
        for line in lines[name]:
            if line not in tried:
                tried.add(line)
                if line not in owner or finds_place(owner[line], tried):
                    owner[line] = name
                    return True
        return False

    return sum(finds_place(name, set()) for name in lines)
