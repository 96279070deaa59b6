"""Prefix look-up for the picker and spelling correction for the reader."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from interactions.knowledge.lookalikes import are_lookalikes, lookalikes_of, shown
from interactions.knowledge.matching import fitting_products
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.reading import Reading, read
from interactions.knowledge.shapes import Candidate, Product, Suggestion, Suggestions

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog, Name

SHORTEST_PREFIX = 2
SHORTEST_FUZZY = 5
FAR = 1.5  # edits from which look-alikes of the match are offered too
MOST_AT_FIRST = 6  # lines of one ingredient set, while others wait for a place
_UNCOUNTED = {"Oral Tablet": 0, "Oral Capsule": 1}  # the order of forms without package codes, such as most OTC products
MOST_OF_A_NAME = 0.7  # a beginning shorter than this part of the name is asked
_FIRST_AMOUNT = re.compile(r"(?<![a-z])\d")
# Spellings that sound alike; applied to both sides before the second comparison.
_SOUNDS = (
    (re.compile(r"ph"), "f"), (re.compile(r"(?:th)"), "t"), (re.compile(r"[kq]|ck|ch|c(?![eiy])"), "k"),
    (re.compile(r"c(?=[eiy])|z"), "s"), (re.compile(r"y|ie|ee|ea|ei|e"), "i"), (re.compile(r"ou|oo|u|au|aw"), "o"),
    (re.compile(r"x"), "ks"), (re.compile(r"[hw]"), ""), (re.compile(r"(.)\1+"), r"\1"),
)


class Near(NamedTuple):
    """A name that is spelled or sounds like the text; `distance` counts edits, `confidence` is 0 to 1."""

    entry: Name
    distance: float
    confidence: float


def sound_of(key: str) -> str:
    """A rough sound key: "lysinopryl" and "lisinopril" agree."""
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key


def allowed_edits(length: int) -> int:
    """The edits forgiven in a name of this many letters: 1 to 6 letters one, to 9 two, longer three."""
    return 1 if length <= 6 else 2 if length <= 9 else 3


def _forgiven(length: int, length_of_name: int, is_medicine: bool) -> float:
    """Fewer edits for a short word on its own: it may be no medicine at all; one letter left out is forgiven."""
    if is_medicine or length >= 8:
        return float(allowed_edits(length))
    is_one_letter_short = length == SHORTEST_FUZZY and length_of_name == length + 1
    return 1.0 if length > SHORTEST_FUZZY or is_one_letter_short else 0.0


class Search:
    """Indexes over the base names of one catalog; strengths and forms are expanded afterwards."""

    CERTAIN = 0.6

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.catalog.names)

    @cached_property
    def _fuzzy_keys(self) -> list[str]:
        kinds = ("ingredient", "salt", "brand", "alias", "abbreviation", "inn", "spanish")
        return [key for key, name in self.catalog.names.items()
                if name.kind in kinds and SHORTEST_FUZZY <= len(key) <= 30 and key.isalpha()]

    @cached_property
    def _sounds(self) -> list[str]:
        return [sound_of(key) for key in self._fuzzy_keys]

    # --- spelling -----------------------------------------------------------------------------------------

    def fuzzy(self, text: str) -> list[Near]:
        """Names within the allowed edits of a word or phrase, nearest first, then most used."""
        key = key_of(fold(text))
        if not SHORTEST_FUZZY <= len(key) <= 40 or not key.isalpha():
            return []
        edits = allowed_edits(len(key))
        found: dict[int, float] = {}
        for _, distance, place in process.extract(key, self._fuzzy_keys, scorer=OSA.distance, score_cutoff=edits,
                                                  limit=25):
            found[place] = float(distance)
        sound = sound_of(key)
        for _, distance, place in process.extract(sound, self._sounds, scorer=OSA.distance,
                                                  score_cutoff=max(1, edits - 1), limit=25):
            spelled = OSA.distance(key, self._fuzzy_keys[place], score_cutoff=edits + 3)
            if spelled <= edits + 2:
                found[place] = min(found.get(place, 99.0), (spelled + 2 * distance) / 2 + 0.25)
        return sorted((self._near_of(place, distance, key) for place, distance in found.items()),
                      key=lambda near: (near.distance, -near.entry.weight))

    def _near_of(self, place: int, distance: float, key: str) -> Near:
        entry = self.catalog.names[self._fuzzy_keys[place]]
        if entry.key[0] != key[0] and sound_of(entry.key)[:1] != sound_of(key)[:1]:
            distance += 1
        return Near(entry, distance, max(0.0, 1 - 0.9 * distance / (allowed_edits(len(key)) + 2.5)))

    def near(self, words: list[str], is_medicine: bool) -> list[Candidate]:
        """Candidates for words that no name matched: the phrase, else its first word.

        `is_medicine` says that a strength, form or direction stands beside them, which allows looser matches.
        """
        phrase = "".join(words)
        prefixed = self._of_prefix(phrase) if len(words) == 1 else []
        if prefixed and prefixed[0].confidence >= self.CERTAIN:
            return prefixed
        near = self.fuzzy(phrase)
        if not near and len(words) > 1 and is_medicine:
            near = self.fuzzy(words[0])
        return (self._worth_asking(near, key_of(phrase), is_medicine) if near else []) or prefixed

    def _worth_asking(self, near: list[Near], key: str, is_medicine: bool) -> list[Candidate]:
        best = near[0]
        if best.distance > _forgiven(len(key), len(best.entry.key), is_medicine):
            return []
        rivals = [one for one in near[1:] if one.entry.sets != best.entry.sets and self._rivals(best, one)]
        chosen = [best, *rivals, *self._far_lookalikes(best, rivals, key)][:6]
        return [Candidate(shown(self.catalog.set_of(one)), self.catalog.set_of(one), None, "fuzzy", near_one.confidence)
                for near_one in chosen for one in near_one.entry.sets]

    def _far_lookalikes(self, best: Near, rivals: list[Near], key: str) -> list[Near]:
        """Look-alikes of a match that is itself some way off, even beyond the allowed edits."""
        if best.distance < FAR:
            return []
        known = {best.entry.sets, *(one.entry.sets for one in rivals)}
        others = (self.catalog.names.get(key_of(name)) for name in sorted(lookalikes_of(best.entry.name)))
        return [Near(other, 0.0, best.confidence / 2) for other in others
                if other and other.sets not in known and OSA.distance(key, other.key) <= best.distance + 2]

    def _rivals(self, best: Near, other: Near) -> bool:
        """Another name as near, or a published look-alike of the best a little further off."""
        if other.distance <= best.distance + 0.3:
            is_used = other.entry.weight * 200 >= best.entry.weight
            return is_used or (other.distance <= best.distance and other.entry.weight > 0)
        if are_lookalikes(best.entry.name, other.entry.name):
            return other.distance <= best.distance + 2
        return best.distance >= 1.5 and other.distance <= best.distance + 0.6

    def _of_prefix(self, key: str) -> list[Candidate]:
        """Names that begin with a word of five letters or more, when they share one ingredient set."""
        if len(key) < SHORTEST_FUZZY:
            return []
        sets: dict[str, None] = {}
        for entry in self.starting_with(key, 60):
            for one in entry.sets:
                sets.setdefault(one)
        singles = [one for one in sets if "|" not in one]
        if not sets or (len(key) < 6 and len(sets) > 1):
            return []
        ordered = sorted(singles or sets, key=self.catalog.use_of, reverse=True)[:8]
        shortest = min(len(entry.key) for entry in self.starting_with(key, 60))
        confidence = 0.9 if len(ordered) == 1 and len(key) >= MOST_OF_A_NAME * shortest else 0.5
        return [Candidate(shown(self.catalog.set_of(one)), self.catalog.set_of(one), None, "prefix", confidence) for one in ordered]

    # --- prefix -------------------------------------------------------------------------------------------

    def starting_with(self, key: str, limit: int) -> list[Name]:
        """Name entries whose key begins with `key`, in key order."""
        first = bisect_left(self._keys, key)
        found = []
        for one in self._keys[first:first + limit]:
            if not one.startswith(key):
                break
            found.append(self.catalog.names[one])
        return found

    def suggest(self, text: str, limit: int) -> Suggestions:
        """The picker's lines: sets whose names begin with the text, each bare, then with strengths and forms.

        A typed brand stands before its siblings. `total` counts every line there is, shown or not.
        """
        folded = fold(text[:200])
        amount = _FIRST_AMOUNT.search(folded)
        key = key_of(folded[:amount.start()] if amount else folded)
        brands, narrow = self._sets_for(key, folded, amount is not None)
        if narrow is None:
            found = {one: self.catalog.rows_of(one) for one in brands}
            counts = [1 + len(rows) for rows in found.values()]
        else:
            fitting = {one: fitting_products(self.catalog.products_of(one), narrow) for one in brands}
            counts = [len(products) for products in fitting.values()]
        is_exact = key in self.catalog.names
        items: list[Suggestion] = []
        for one, share in zip(brands, _shares(counts, limit, limit if is_exact else MOST_AT_FIRST), strict=True):
            if share:
                products = self.catalog.products_of(one) if narrow is None else fitting[one]
                items.extend(self._lines(one, self._sorted(products, brands[one] and key), brands[one], narrow is None)[:share])
        return Suggestions(tuple(items), sum(counts))

    def _sets_for(self, key: str, folded: str, has_amount: bool) -> tuple[dict[str, str], Reading | None]:
        """The sets that the text means, best first, each with the brand by which it was found ("" by another name)."""
        sets = self._sets_starting_with(key) if len(key) >= SHORTEST_PREFIX else {}
        if sets and not has_amount:
            return sets, None
        reading = read(folded, self.catalog)
        if not sets:
            sets = dict.fromkeys(self._sets_meant_by(folded), "")
        return sets, reading if reading.amounts or reading.forms or reading.releases else None

    def _sets_meant_by(self, folded: str) -> list[str]:
        """Sets of a text that begins no name: a combination by its parts, a misspelling."""
        meant = self.catalog.resolve(folded)
        readings = [one.ingredients for one in meant.candidates] or [meant.ingredients]
        return list(dict.fromkeys(self.catalog.identities_of(one) for one in readings if one))

    def _sets_starting_with(self, key: str) -> dict[str, str]:
        """Sets of the names that begin with `key`, an exact name first, then the most used, each with its typed brand.

        How much a name is used is not known; the number of package codes (NDC) of a product stands for it.
        """
        exact = self.catalog.names.get(key)
        found: dict[str, int] = {}
        brands: dict[str, str] = {}
        for entry in self.starting_with(key, 2000):
            for place, one in enumerate(entry.sets):  # the readings of one name stand best first
                bonus = 1_000_000 if exact and one in exact.sets else 0
                weight = entry.weight + bonus - place
                brand = entry.name if entry.kind == "brand" else ""
                if weight > found.get(one, -1) or not brand:
                    brands[one] = brand and brands.get(one, brand)
                found[one] = max(found.get(one, -1), weight)
        ordered = sorted(found, key=lambda one: (-found[one], one.count("|"), one))
        return {one: brands.get(one, "") for one in ordered}

    def _sorted(self, products: list[Product], brand: str = "") -> list[Product]:
        """The typed brand first, packs last and injections before them, the most used form first, then by strength."""
        used: Counter[str] = Counter()
        for one in products:
            used[one.dose_form] += one.n_ndc
        return sorted(products, key=lambda one: (
            bool(brand) and not any(key_of(fold(name)).startswith(brand) for name in one.brands),
            one.dose_form == "Pack", one.route == "injection", -used[one.dose_form], _UNCOUNTED.get(one.dose_form, 2),
            one.dose_form, _first_number(one.strength), one.name))

    def _lines(self, identities: str, products: list[Product], brand: str, with_bare: bool) -> list[Suggestion]:
        ingredients = self.catalog.set_of(identities)
        kind, schedule = self.catalog.kind_of(identities), self.catalog.schedule_of(identities)
        name = " / ".join(one.name for one in ingredients)
        code = ingredients[0].rxcui if len(ingredients) == 1 else None
        brands = (brand,) if brand else ()
        bare = [Suggestion(code, name, shown(ingredients), brands, "", "", None, ingredients, kind, schedule)] if with_bare else []
        return bare + [
            Suggestion(one.rxcui, one.name, _label(one), one.brands, one.strength, one.dose_form, one.route,
                       ingredients, kind, schedule)
            for one in products]


def _shares(counts: list[int], limit: int, at_first: int) -> list[int]:
    """How many of `limit` lines each set gets: `at_first` each in order, then what is left, again from the first on."""
    shares: list[int] = []
    for count in counts:
        shares.append(min(count, at_first, limit - sum(shares)) if sum(shares) < limit else 0)
    left = limit - sum(shares)
    for place, count in enumerate(counts):
        more = min(count - shares[place], left)
        shares[place] += more
        left -= more
    return shares


def _first_number(strength: str) -> float:
    found = re.search(r"[\d.]+", strength)
    return float(found.group()) if found else 0.0


def _label(product: Product) -> str:
    brands = ", ".join(product.brands[:3]) + (" ..." if len(product.brands) > 3 else "")
    return f"{product.name} ({brands})" if brands and brands not in product.name else product.name
