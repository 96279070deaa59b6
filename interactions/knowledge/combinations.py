"""Combination products by shortened parts: "amlod/benaz", "but/apap/caf", "acetaminophen-cod"."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from interactions.knowledge.forms import read_form
from interactions.knowledge.normalize import key_of
from interactions.knowledge.spelling import cost_of

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog

# Endings of names that stand for a part only beside others.
PART_NAMES = {
    "dm": "dextromethorphan", "hc": "hydrocortisone", "pe": "phenylephrine", "hct": "hydrochlorothiazide", "hctz": "hydrochlorothiazide",
    "cod": "codeine", "caf": "caffeine", "caff": "caffeine", "ee": "ethinyl estradiol", "poly": "polymyxin b", "neo": "neomycin",
    "sulfa": "sulfamethoxazole",
}  # fmt: skip
MOST_EDITS = 3
MOST_COST = 0.16  # for each letter
MOST_PARTS = 4
SHORTEST_PART = 3
_PARTS = re.compile(r"[a-z]{2,}(?: [a-z]{3,})?(?:(?:\s?[/+]\s?|-)[a-z]{2,}(?: [a-z]{3,})?){1,3}(?![a-z])")
_SIGN = re.compile(r"\s?[/+]\s?|-")


def joined_parts(folded: str) -> list[str]:
    """The parts of names joined by a sign at the start of a text; [] when it does not begin so."""
    found = _PARTS.match(folded)
    return _SIGN.split(found.group()) if found else []


class Combinations:
    """The known combinations of one catalog, by the beginnings of their ingredients' names."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _by_size(self) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
        found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
        for identities in self.catalog.combination_sets:
            parts = tuple(identities.split("|"))
            if len(parts) <= MOST_PARTS:
                found.setdefault(len(parts), []).append((identities, parts))
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        """The key of every ingredient that is a part of a known combination."""
        parts = {one for identities in self.catalog.combination_sets for one in identities.split("|")}
        return {one: key_of(self.catalog.facts[one].ingredient.name) for one in sorted(parts)}

    @cached_property
    def _partners(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for identities in self.catalog.combination_sets:
            for one in identities.split("|"):
                found.setdefault(one, set()).update(identities.split("|"))
        return found

    def mixes_of(self, identity: str) -> list[str]:
        """The mixes of one insulin with its own slower or faster form ("insulin aspart 70/30"); [] for other medicines."""
        name = self.catalog.set_of(identity)[0].name
        if "|" in identity or not name.startswith("insulin"):
            return []
        own = ("isophane", "regular") if "isophane" in name or "regular" in name else (name.split()[1].strip(","),)
        return sorted(one for one in self.catalog.combination_sets if identity in one.split("|")
                      and all(any(word in part.name for word in own) for part in self.catalog.set_of(one)))

    def partner_like(self, identities: str, word: str) -> str | None:
        """The one ingredient combined with these that the word misspells ("benazipril" beside amlodipine)."""
        partners = set().union(*(self._partners.get(one, set()) for one in identities.split("|"))) - set(identities.split("|"))
        costs = sorted((cost_of(word, self._names[one]), one) for one in partners
                       if OSA.distance(word, self._names[one], score_cutoff=MOST_EDITS) <= MOST_EDITS)
        if not costs or costs[0][0] > MOST_COST * len(word) or (len(costs) > 1 and costs[1][0] < costs[0][0] + 1):
            return None
        return costs[0][1]

    def meant_by(self, parts: list[str], with_spelling: bool = False) -> list[str]:
        """The known combinations whose ingredients the parts name or begin, one for one; most used first."""
        readings = [self._readings(part, with_spelling) for part in parts]
        if not all(readings):
            return []
        found = [identities for identities, members in self._by_size.get(len(parts), ())
                 if any(all(one in reading for one, reading in zip(order, readings, strict=True))
                        for order in permutations(members))]
        return sorted(found, key=lambda one: (-self.catalog.use_of(one), one))

    def _readings(self, part: str, with_spelling: bool) -> set[str]:
        """The ingredients that a part stands for: by its name, the beginning of one, or a name misspelled."""
        words = [word for word in part.split() if read_form(word, 0)[2] < len(word)] or part.split()
        if words[0] in PART_NAMES:
            return {self.catalog.identity_named(PART_NAMES[words[0]])}
        for text in (part, words[0]):
            entry = self.catalog.names.get(key_of(text))
            singles = {one for one in entry.sets if "|" not in one} if entry else set()
            if singles:
                return singles
        key = key_of(words[0])
        if len(key) < SHORTEST_PART:
            return set()
        begun = {identity for identity, name in self._names.items() if name.startswith(key)}
        drawn = begun or {identity for identity, name in self._names.items() if _abbreviates(key, name)}
        if drawn or not with_spelling:
            return drawn
        return {one for near in self.catalog.speller.in_reach(key)[:2] for one in near.entry.sets if "|" not in one}


def _abbreviates(short: str, name: str) -> bool:
    """ "benazp" for benazepril: the same beginning, then letters of the name in their order."""
    letters = iter(name)
    return len(short) > SHORTEST_PART and short[:SHORTEST_PART] == name[:SHORTEST_PART] and all(one in letters for one in short)
