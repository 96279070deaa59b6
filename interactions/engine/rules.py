"""The compiled knowledge: sets as bits, rules as ANDs of literals, each found from its rarest set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from interactions.engine.predicates import Predicate
from interactions.engine.types import SITES

ALL_SITES = frozenset(SITES)


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an ingredient is in a set: the routes that count and the words ("is a systemic NSAID")."""

    sites: frozenset[str]
    says: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """Something about the patient or the list that changes a rule's weight or adds a line."""

    when: tuple[Predicate, ...]
    present: tuple[int, ...]
    absent: tuple[int, ...]
    severity: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule or table row.

    `roles` are the places that medicines must fill (name, set); `present` and `absent` sets must or must not be
    on the list as well. `params` holds what only its shape knows, `texts` the words, `breadth` how general it is.
    """

    id: str
    kind: str
    shape: str
    severity: str
    action: str
    group: str
    roles: tuple[tuple[str, int], ...]
    present: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    when: tuple[Predicate, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    over: frozenset[str] = frozenset()
    breadth: int = 0
    need: int = 0
    keys: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Washout:
    """How long a stopped medicine still counts for rules of some groups."""

    set_id: int
    days: int
    groups: frozenset[str]
    words: str


class Knowledge:
    """Everything the checker knows, compiled once, then read only.

    `sets` maps a set id to its members; `scores` a class id to the weight of each ingredient,
    `substances` an ingredient that has several names to the one under which it is counted.
    """

    def __init__(
        self,
        rules: tuple[Rule, ...],
        sets: tuple[Mapping[str, Membership], ...],
        *,
        scores: Mapping[str, Mapping[str, float]],
        washouts: tuple[Washout, ...],
        sources: Mapping[str, Mapping[str, Any]],
        facts: Mapping[str, str],
        release: Mapping[str, str],
        substances: Mapping[str, str] | None = None,
    ) -> None:
        self.rules, self.sets, self.scores, self.washouts = rules, sets, scores, washouts
        self.sources, self.facts, self.release = sources, facts, release
        self.substances = substances or {}
        self.by_id = {rule.id: rule for rule in rules}
        self._rows: dict[tuple[str, str | None], int] = {}
        self._memberships = _by_ingredient(sets)
        self._anchored, self.loose = _anchor(rules, sets)
        self._touched = _touched(rules)

    def row(self, ingredient: str, site: str | None) -> int:
        """The sets of an ingredient on a route, as bits; an unknown route fits every route."""
        key = ingredient, site
        found = self._rows.get(key)
        if found is None:
            found = 0
            for set_id, member in self._memberships.get(ingredient, ()):
                if site is None or site in member.sites:
                    found |= 1 << set_id
            self._rows[key] = found
        return found

    def substance(self, ingredient: str) -> str:
        """What an ingredient counts as: "lithium carbonate" is lithium."""
        return self.substances.get(ingredient, ingredient)

    def knows(self, ingredient: str) -> bool:
        """Whether any rule is about the ingredient by name or class."""
        return ingredient in self._memberships

    def line(self, set_id: int, ingredient: str) -> str:
        """Why the ingredient is in the set ("naproxen is a systemic NSAID")."""
        return f"{ingredient} {self.sets[set_id][ingredient].says}"

    def candidates(self, ones: int) -> Iterator[Rule]:
        """The rules whose medicines are all on the list, and those that need none."""
        yield from self.loose
        rest = ones
        while rest:
            low = rest & -rest
            for rule in self._anchored.get(low, ()):
                if rule.need & ones == rule.need:
                    yield rule
            rest ^= low

    def touching(self, row: int, ones: int) -> Iterator[Rule]:
        """The rules that one entry's sets take part in and whose other medicines are on the list too."""
        seen = set()
        rest = row
        while rest:
            low = rest & -rest
            for rule in self._touched.get(low, ()):
                if rule.need & ones == rule.need and rule.id not in seen:
                    seen.add(rule.id)
                    yield rule
            rest ^= low


def _touched(rules: tuple[Rule, ...]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = {}
    for rule in rules:
        for _, set_id in rule.roles:
            found.setdefault(1 << set_id, []).append(rule)
    return found


def _by_ingredient(sets: tuple[Mapping[str, Membership], ...]) -> dict[str, list[tuple[int, Membership]]]:
    found: dict[str, list[tuple[int, Membership]]] = {}
    for set_id, members in enumerate(sets):
        for name, member in members.items():
            found.setdefault(name, []).append((set_id, member))
    return found


def _anchor(rules: tuple[Rule, ...], sets: tuple[Mapping[str, Membership], ...]) -> tuple[dict[int, list[Rule]], list[Rule]]:
    """Each rule under its rarest required set; rules that require no medicine on their own."""
    anchored: dict[int, list[Rule]] = {}
    loose: list[Rule] = []
    for rule in rules:
        needed = [set_id for _, set_id in rule.roles]
        if not needed:
            loose.append(rule)
            continue
        rarest = min(needed, key=lambda set_id: len(sets[set_id]))
        anchored.setdefault(1 << rarest, []).append(rule)
    return anchored, loose
