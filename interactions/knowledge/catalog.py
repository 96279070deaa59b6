"""The drug dictionary: every RxNorm prescribable name, product and pack, and what people call them.

`get_catalog()` loads the compiled tables once per process, and again when another release is put in use (see
`releases`). The catalog is read-only and knows no Django.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from interactions.knowledge.combinations import Combinations
from interactions.knowledge.forms import route_of_form
from interactions.knowledge.near import Speller
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.releases.former import FormerCodes
from interactions.knowledge.releases.in_use import InUse, joined_hash
from interactions.knowledge.releases.listings import Listings
from interactions.knowledge.resolve import Resolver
from interactions.knowledge.search import Search
from interactions.knowledge.shapes import Ingredient, Product, Resolution, Suggestions

TABLES = Path(__file__).parent / "tables"
CACHED_TEXTS = 10_000
# The kind that wins when one key has several; "ask" first, because a dangerous short form must never be taken.
PRECEDENCE = ("ask", "group", "alias", "ingredient", "salt", "combination", "abbreviation", "inn", "brand", "pack", "spanish")
_RANK = {kind: rank for rank, kind in enumerate(PRECEDENCE)}
HOW = {"ingredient": "name", "inn": "alias", "spanish": "alias", "ask": "abbreviation", "group": "alias"}
IngredientSet = tuple[Ingredient, ...]


class Name(NamedTuple):
    """One entry of the name index; more than one set means that the name is ambiguous."""

    key: str
    name: str
    kind: str
    rxcui: str
    sets: tuple[str, ...]
    weight: int = 0

    @property
    def how(self) -> str:
        return HOW.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables say of an ingredient besides its name."""

    ingredient: Ingredient
    kind: str
    schedule: str
    n_ndc: int


class Catalog:
    """Look-up of medicines by text, by code and by prefix."""

    def __init__(self, folder: Path = TABLES, ndc_folder: Path | None = None) -> None:
        manifest = tomllib.loads((folder / "MANIFEST.toml").read_text("utf-8"))
        self.former = FormerCodes(self, folder)
        self.ndcs = Listings(self, folder, ndc_folder)
        self.version: str = "; ".join(filter(None, (manifest["version"], self.ndcs.version)))
        self.sha256: str = joined_hash(manifest["sha256"], self.ndcs.sha256)
        self.label: str = manifest.get("label", "")  # short name of a loaded release, "" for the tables that ship
        self.facts: dict[str, Facts] = dict(_read_facts(folder / "ingredients.tsv"))
        self.names: dict[str, Name] = _read_names(folder / "names.tsv")
        self._rows = (folder / "products.tsv").read_text("utf-8").splitlines()[1:]
        self._rows_of_set, self._row_of_code = _index_rows(self._rows)
        self._sets: dict[str, IngredientSet] = {}
        self._products: dict[str, list[Product]] = {}
        self.search = Search(self)
        self.speller = Speller(self)
        self.combinations = Combinations(self)
        self._resolver = Resolver(self)
        self._resolve = lru_cache(CACHED_TEXTS)(self._of_text)
        self._resolve_as = lru_cache(CACHED_TEXTS)(self._of_code)

    # --- text ---------------------------------------------------------------------------------------------

    def resolve(self, text: str, rxcui: str | None = None) -> Resolution:
        """What a typed text means; with a known RxCUI, the code decides the drug and the text its directions."""
        return (rxcui and self._resolve_as(text, rxcui)) or self._resolve(text)

    def _of_text(self, text: str) -> Resolution:
        return self.ndcs.resolve(text) or self._resolver.resolve(text)

    def _of_code(self, text: str, code: str) -> Resolution | None:
        known = self.by_rxcui(code)
        return self._resolver.resolve_as(text, known) if known and known.is_resolved else known

    def suggest(self, text: str, limit: int = 12) -> Suggestions:
        """The picker's lines for a text of three letters or more, most used ingredients first."""
        return self.search.suggest(text, limit)

    def named(self, key: str) -> Name | None:
        """The name entry of a comparison key (see `normalize.key_of`)."""
        return self.names.get(key)

    # --- codes --------------------------------------------------------------------------------------------

    def by_rxcui(self, code: str) -> Resolution | None:
        """The product, pack, ingredient, brand or salt with this RxCUI, None when the code is not known.

        A former code gives its last known ingredients, with a note.
        """
        code = str(code).strip()
        return self.former.marked(code, self.in_use(code))

    def in_use(self, code: str) -> Resolution | None:
        """As `by_rxcui`, for the codes in use alone."""
        row = self._row_of_code.get(code)
        if row is not None:
            return self._resolver.of_product(self.product_at(row), "rxcui")
        if code in self.facts:
            ingredient = self.facts[code].ingredient
            return Resolution(ingredient.name, "resolved", (ingredient,), how="rxcui", name=ingredient.name,
                              confidence=1.0)
        name = self._name_of_code.get(code)
        if name is None:
            return None
        return self._resolver.of_name(name)

    @cached_property
    def _name_of_code(self) -> dict[str, Name]:
        return {name.rxcui: name for name in self.names.values() if name.rxcui}

    def product_named(self, folded: str) -> Product | None:
        """The product or pack with exactly this folded RxNorm name."""
        row = self._row_of_name.get(folded)
        return None if row is None else self.product_at(row)

    @cached_property
    def _row_of_name(self) -> dict[str, int]:
        """Row by name in lower case; a row with a code goes before one without."""
        named = ((line.split("\t", 2)[:2], row) for row, line in enumerate(self._rows))
        return {name.lower(): row for (_, name), row in sorted(named, key=lambda one: one[0][0] != "")}

    # --- sets and products --------------------------------------------------------------------------------

    def set_of(self, identities: str) -> IngredientSet:
        """The ingredients of a "|"-joined identity list, in name order."""
        known = self._sets.get(identities)
        if known is None:
            parts = (self.facts[one].ingredient for one in identities.split("|"))
            known = self._sets[identities] = tuple(sorted(parts, key=lambda one: one.name))
        return known

    def identities_of(self, ingredients: Iterable[Ingredient]) -> str:
        """The "|"-joined identities of ingredients, in table order."""
        return joined(one.rxcui or f"~{one.name}" for one in ingredients)

    def products_of(self, identities: str) -> list[Product]:
        """Every product and pack with exactly this ingredient set."""
        known = self._products.get(identities)
        if known is None:
            known = self._products[identities] = [self.product_at(row) for row in self._rows_of_set.get(identities, ())]
        return known

    def is_known_set(self, identities: str) -> bool:
        """True when RxNorm knows a product, pack or combination of exactly these ingredients."""
        return identities in self._rows_of_set or identities in self.combination_sets

    def ingredient_named(self, text: str) -> Ingredient | None:
        """The one ingredient that an ingredient or salt name stands for."""
        entry = self.names.get(key_of(fold(text)))
        if entry is None or len(entry.sets) != 1 or "|" in entry.sets[0]:
            return None
        return self.facts[entry.sets[0]].ingredient

    def identity_named(self, name: str) -> str:
        """The identity of an ingredient by its exact name."""
        return self.names[key_of(name)].sets[0]

    def union(self, first: str, second: str) -> str:
        """The identity list that holds the ingredients of both."""
        return joined(first.split("|") + second.split("|"))

    def pack_named(self, entry: Name) -> Product | None:
        """The pack of a pack's own name."""
        row = self._row_of_code.get(entry.rxcui) if entry.kind == "pack" else None
        return None if row is None else self.product_at(row)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The single words of ingredient and salt names."""
        return frozenset(word for name in self.names.values() if name.kind in ("ingredient", "salt")
                         for word in name.name.lower().split())

    @cached_property
    def combination_sets(self) -> frozenset[str]:
        """Sets of two and more that a product or a name (an RxNorm combination, a brand, an alias) stands for."""
        named = {one for name in self.names.values() for one in name.sets}
        return frozenset(one for one in named.union(self._rows_of_set) if "|" in one)

    def product_at(self, row: int) -> Product:
        return _product(self, self._rows[row])

    def rows_of(self, identities: str) -> tuple[int, ...]:
        return self._rows_of_set.get(identities, ())

    def kind_of(self, identities: str) -> str:
        """rx, otc, supplement or herbal; "both" (OTC versions exist) counts as rx, a mix as its strictest part."""
        kinds = {self.facts[one].kind for one in identities.split("|")}
        order = ("rx", "both", "otc", "supplement", "herbal")
        first = next(kind for kind in order if kind in kinds)
        return "rx" if first == "both" else first

    def schedule_of(self, identities: str) -> str:
        """The strictest schedule that holds for every product of an ingredient, "" when none does."""
        found = [self.facts[one].schedule for one in identities.split("|") if self.facts[one].schedule]
        return min(found, key=("CII", "CIII", "CIV", "CV").index) if found else ""

    def use_of(self, identities: str) -> int:
        """A rough measure of how much a set is used: package codes of its least used ingredient."""
        return min(self.facts[one].n_ndc for one in identities.split("|"))


def joined(identities: Iterable[str]) -> str:
    """Identities in the tables' order, each once."""
    return "|".join(sorted(set(identities), key=_identity_key))


def _identity_key(identity: str) -> tuple[int, str]:
    return (int(identity), "") if identity.isdigit() else (0, identity)


def _product(catalog: Catalog, line: str) -> Product:
    rxcui, name, identities, strength, form, release, brands, n_ndc, _ = line.split("\t")
    return Product(rxcui or None, name, strength, form, catalog.set_of(identities), release,
                   tuple(brands.split("|")) if brands else (), route_of_form(form), catalog.kind_of(identities),
                   catalog.schedule_of(identities), int(n_ndc or 0))


def _read_facts(path: Path) -> Iterator[tuple[str, Facts]]:
    for line in path.read_text("utf-8").splitlines()[1:]:
        rxcui, name, kind, schedule, n_ndc = line.split("\t")
        yield rxcui or f"~{name}", Facts(Ingredient(rxcui or None, name), kind, schedule, int(n_ndc or 0))


def _read_names(path: Path) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        key, name, kind, rxcui, sets, weight = line.split("\t")
        entry = Name(key, name, kind, rxcui, tuple(sets.split(" ; ")), int(weight))
        other = names.get(key)
        if other is None or _RANK[kind] < _RANK[other.kind]:
            names[key] = entry
        elif kind == other.kind:
            names[key] = other._replace(sets=tuple(dict.fromkeys(other.sets + entry.sets)))
    return names


def _index_rows(rows: list[str]) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    by_set: dict[str, list[int]] = {}
    by_code: dict[str, int] = {}
    for number, line in enumerate(rows):
        rxcui, _, identities, _ = line.split("\t", 3)
        by_set.setdefault(identities, []).append(number)
        if rxcui:
            by_code[rxcui] = number
    return {identities: tuple(found) for identities, found in by_set.items()}, by_code


def _of_folders(loaded: dict[str, Path]) -> Catalog:
    return Catalog(loaded.get("rxnorm", TABLES), loaded.get("ndc"))


_CATALOG = InUse(_of_folders)


def get_catalog() -> Catalog:
    """The catalog of the release in use, loaded at the first call."""
    return _CATALOG.get()
