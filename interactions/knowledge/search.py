"""Prefix look-up for the picker."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from interactions.knowledge.lookalikes import shown
from interactions.knowledge.matching import fitting_products
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.reading import Reading, read
from interactions.knowledge.shapes import Product, Suggestion, Suggestions

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog, Name

SHORTEST_PREFIX = 2
MOST_AT_FIRST = 6  # lines of one ingredient set, while others wait for a place
_UNCOUNTED = {"Oral Tablet": 0, "Oral Capsule": 1}  # the order of forms without package codes, such as most OTC products
_WHOLE_NAMES = frozenset(("ingredient", "salt", "combination", "brand", "pack"))
_FIRST_AMOUNT = re.compile(r"(?<![a-z])\d")


class Search:
    """Indexes over the base names of one catalog; strengths and forms are expanded afterwards."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self.catalog.names)

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
        exact = self.catalog.names.get(key)
        is_exact = exact is not None and exact.kind in _WHOLE_NAMES  # "levo" may yet become levofloxacin
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
                own = entry.weight if len(entry.sets) == 1 else min(entry.weight, self.catalog.use_of(one))
                weight = own + bonus - place  # a name of several sets has the weight of the most used one
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
