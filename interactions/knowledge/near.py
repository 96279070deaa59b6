"""Names near a text that the index does not have: cut short, misspelled, or heard wrongly.

Names in reach are found by their beginning, by edits (rapidfuzz) and by their consonants; each is weighed by what the
slip costs and how much the name is used (see `spelling`). The confidence of a reading is its share among all in reach
and the chance that the text is no medicine at all. A name with CERTAIN of the share among names, no published look-alike
close by, and a confidence of TAKEN or more is understood; below, the user is asked; below WORTH_ASKING nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from interactions.knowledge.lookalikes import lookalikes_of, shown
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.reading import SALT_WORDS
from interactions.knowledge.shapes import Candidate
from interactions.knowledge.spelling import cost_of, likelihood, skeleton_of

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog, Name

SHORTEST = 5
LONGEST = 40
CERTAIN = 0.9
TAKEN = 0.8
RARE = 20  # a name without a product, or a slip above MOST for each letter: never taken from a word on its own
MOST = 0.17
USUAL = 100  # less than NEARLY the whole name is taken only for a name of this use
NEARLY = 0.75
MOST_WEIGHED = 16
CUT = 0.3  # the cost of a beginning, and the share of the name that is missing
MISSING = 1.0
LOOKALIKE_REACH = 0.8  # a look-alike this much further off is always offered
FAR, TIMES = 0.9, 2  # and twice as far when the slip is as large as a letter: it may be a blend of both
WORTH_SHOWING = 0.02
WORTH_ASKING = 0.7
WORTH_ASKING_BESIDE_A_DOSE = 0.4
NO_MEDICINE = 0.08  # the likelihood of "no medicine" for a word of six letters; a longer one is rarely near by chance
NO_MEDICINE_BESIDE_A_DOSE = 0.01
A_LETTER_MORE = 0.5
KINDS = ("ingredient", "salt", "brand", "alias", "inn", "spanish", "pack")


class Near(NamedTuple):
    """A name in reach: what the slip costs, its likelihood among others, and "fuzzy" or "prefix"."""

    entry: Name
    cost: float
    likelihood: float
    how: str


def reach(length: int) -> float:
    """The cost looked at in a text of this many letters."""
    return 0.16 * length + 0.6


def chance(length: int, is_medicine: bool) -> float:
    """The likelihood that a text of this many letters is no medicine; less where a strength, form or direction stands by."""
    return (NO_MEDICINE_BESIDE_A_DOSE if is_medicine else NO_MEDICINE) * exp(-A_LETTER_MORE * (length - 6))


class Speller:
    """Weighs the names of one catalog against a text."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _keys(self) -> list[str]:
        return [key for key, name in self.catalog.names.items()
                if name.kind in KINDS and SHORTEST <= len(key) <= LONGEST and key.isalpha()]

    @cached_property
    def _skeletons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._keys:
            found.setdefault(skeleton_of(key), []).append(key)
        return found

    def near(self, words: list[str], is_medicine: bool) -> list[Candidate]:
        """Readings of words that no name matched, best first: the phrase, else its first word.

        `is_medicine` says that a strength, form or direction stands beside them, which allows looser matches.
        One reading with a confidence of TAKEN or more is understood; any other answer is a question.
        """
        found = self._weighed("".join(words), is_medicine)
        rest = [word for word in words[1:] if not any(salt.startswith(word) for salt in SALT_WORDS)]
        if not found and len(words) > 1 and not rest:
            found = self._weighed(words[0], True)
        return found

    def certain(self, word: str) -> Name | None:
        """The name that a misspelled word beside other names certainly means."""
        key = key_of(word)
        found = self._chosen(key, True)
        return found[0].entry if len(found) == 1 and _share(found[0], found, chance(len(key), True)) >= TAKEN else None

    def _weighed(self, text: str, is_medicine: bool) -> list[Candidate]:
        key = key_of(fold(text))
        chosen = self._chosen(key, is_medicine)
        background = chance(len(key), is_medicine)
        is_alone = len(chosen) == 1 and len(chosen[0].entry.sets) == 1 and (is_medicine or _is_plausible(chosen[0], key))
        found: dict[str, Candidate] = {}
        for near in chosen:
            share = _share(near, chosen, background) / len(near.entry.sets)
            for identities in near.entry.sets:
                ingredients = self.catalog.set_of(identities)
                confidence = share if is_alone else min(share, TAKEN - 0.01)
                found.setdefault(identities, Candidate(shown(ingredients), ingredients, None, near.how, confidence))
        return list(found.values())[:8]

    def _chosen(self, key: str, is_medicine: bool) -> list[Near]:
        """The names worth taking or asking about; one alone is certain but for the chance of no medicine."""
        found = [one for one in self.in_reach(key) if one.entry.key != key]
        background = chance(len(key), is_medicine)
        if not found or 1 - background / (background + sum(one.likelihood for one in found)) < (
                WORTH_ASKING_BESIDE_A_DOSE if is_medicine else WORTH_ASKING):
            return []
        best, beside = found[0], found[1:]
        close = self._close_lookalikes(best, key)
        if _share(best, found) >= CERTAIN and not close:
            return [best]
        known = {one.entry.sets for one in close}
        likely = [one for one in beside if _share(one, found) >= WORTH_SHOWING and one.entry.sets not in known]
        return [best, *sorted([*close, *likely], key=lambda one: -one.likelihood)][:6]

    def _close_lookalikes(self, best: Near, key: str) -> list[Near]:
        """Published look-alikes of the best name that the text may mean as well."""
        within = best.cost + LOOKALIKE_REACH * (TIMES if best.cost >= FAR else 1)
        found: dict[tuple[str, ...], Near] = {}
        for name in sorted(self._lookalikes(best)):
            entry = self.catalog.names.get(key_of(fold(name)))
            if entry and entry.sets != best.entry.sets and (cost := cost_of(key, entry.key)) <= within:
                found[entry.sets] = Near(entry, cost, likelihood(entry.weight, cost), "fuzzy")
        return list(found.values())

    def _lookalikes(self, near: Near) -> Iterable[str]:
        """Look-alikes of the name as it stands and of its ingredient."""
        yield from lookalikes_of(near.entry.name)
        for identities in near.entry.sets:
            for one in self.catalog.set_of(identities):
                yield from lookalikes_of(one.name)

    def in_reach(self, key: str) -> list[Near]:
        """One name for each ingredient set in reach of a key, the likeliest first."""
        if not SHORTEST <= len(key) <= LONGEST or not key.isalpha():
            return []
        best: dict[tuple[str, ...], Near] = {}
        for near in [*self._cut_short(key), *self._misspelled(key)]:
            known = best.get(near.entry.sets)
            if known is None or near.likelihood > known.likelihood:
                best[near.entry.sets] = near
        return sorted(best.values(), key=lambda one: (-one.likelihood, one.entry.key))

    def _misspelled(self, key: str) -> Iterable[Near]:
        edits = 2 if len(key) <= 6 else 3
        near = {name: edit for name, edit, _ in process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=edits, limit=60)}
        near |= {name: min(near.get(name, 9), 2) for name in self._skeletons.get(skeleton_of(key), ()) if abs(len(name) - len(key)) < 4}
        often = sorted(near, key=lambda name: (near[name], -self.catalog.names[name].weight))[:MOST_WEIGHED]
        for name in often:
            cost = cost_of(key, name)
            if cost <= reach(len(key)):
                entry = self.catalog.names[name]
                yield Near(entry, cost, likelihood(entry.weight, cost), "fuzzy")

    def _cut_short(self, key: str) -> Iterable[Near]:
        """Names that begin with the text; single medicines before combinations."""
        begun = [entry for entry in self.catalog.search.starting_with(key, 60) if entry.kind in KINDS and not _is_whole_word(key, entry)]
        singles = [entry for entry in begun if all("|" not in one for one in entry.sets)]
        for entry in singles or begun:
            cost = CUT + MISSING * (1 - len(key) / len(entry.key))
            yield Near(entry, cost, likelihood(entry.weight, cost), "prefix")


def _share(near: Near, among: list[Near], background: float = 0.0) -> float:
    return near.likelihood / (background + sum(one.likelihood for one in among))


def _is_plausible(near: Near, key: str) -> bool:
    is_cut = near.how == "prefix" and len(key) < NEARLY * len(near.entry.key)
    is_used = near.entry.kind == "ingredient" or near.entry.weight >= RARE
    return (near.entry.weight >= USUAL if is_cut else is_used) and near.cost <= MOST * len(key)


def _is_whole_word(key: str, entry: Name) -> bool:
    """ "meningitis" is not "meningitis vaccine" cut short; a brand is ("Lantus" of "Lantus SoloStar")."""
    return entry.kind in ("alias", "spanish", "inn") and key == key_of(fold(entry.name).split(" ")[0])
