"""A release laid over the tables so far: nothing that was known gets lost, and what the release says goes first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from interactions.knowledge.releases.base import Tables, mapped, product_key
from interactions.knowledge.releases.builder import TableBuilder, joined, read_aliases
from interactions.knowledge.releases.drug_names import brand_of, taken_apart
from interactions.knowledge.releases.identities import Identities
from interactions.knowledge.releases.lines import Tell
from interactions.knowledge.releases.ndc import unpacked
from interactions.knowledge.releases.rrf import Concept, Release
from interactions.knowledge.releases.sets import Sets

GENERIC = ("SCD", "GPCK", "BPCK")
Sold = str  # what a product is, whatever its code: set, strength, form, hours, and the names of the salts


class Merger:
    """Compiles the tables of a release over the shipped ones and those of the release before (`previous`)."""

    def __init__(self, release: Release, shipped: Tables, previous: Tables | None) -> None:
        self.release, self.shipped, self.previous = release, shipped, previous
        self.layers = [one for one in (previous, shipped) if one]
        self.identities = Identities(shipped, previous)
        self.identities.lay_over(release)
        self.sets = Sets(release, self._known_names())
        self.builder = TableBuilder()
        self.products: dict[str, list[str]] = {}
        self.twins: dict[str, str] = {}  # codes that are not in use any more, and the product of the release that they are
        self.left_out: list[tuple[str, str]] = []
        self.problems: list[str] = []

    def merge(self, tell: Tell) -> None:
        tell("laying the release over the tables in use")
        self._add_products()
        self._add_ingredients()
        self._add_names()
        aliases = read_aliases()
        self.builder.add_aliases(aliases)
        self.builder.add_often(aliases["often"])
        self.problems = self.builder.problems

    def set_of(self, code: int) -> str:
        """The joined ingredient set of a concept as it is called now, "" when it can't be told."""
        return self._joined(self.sets.of(code))

    def _joined(self, identities: frozenset[str]) -> str:
        final = [self.identities.final(one) for one in identities]
        return joined(final) if all(one in self.identities.rows for one in final) else ""

    def set_by_name(self, kind: str, name: str) -> str:
        """As `set_of`, for a concept of which only the name is left."""
        return self._joined(self.sets.of_name(kind, name))

    def _known_names(self) -> dict[str, str]:
        """Ingredient and salt names of the tables so far that stand for one ingredient."""
        found: dict[str, str] = {}
        for layer in self.layers:
            for row in layer.names:
                if row.kind in ("ingredient", "salt") and "|" not in row.set:
                    found.setdefault(row.name.lower(), self.identities.final(row.set))
        return found

    # --- products -----------------------------------------------------------------------------------------

    def _add_products(self) -> None:
        codes = Counter(unpacked(number)[1] for number in self.release.ndcs)
        brands, sold = self._brands_of_drugs(codes), {}
        for code, concept in self.release.concepts.items():
            if concept.is_active and concept.type in GENERIC:
                row = self._row(code, concept, brands[code], codes[str(code)])
                if row:
                    self.products[row[0]] = row
                    sold[_sold(row)] = row[0]
        for layer in self.layers:
            for row in layer.product_rows():
                self._keep(row, sold)

    def _brands_of_drugs(self, codes: Counter[str]) -> dict[int, set[str]]:
        """The brands of each clinical drug; package codes of a brand count for the drug."""
        brands: dict[int, set[str]] = defaultdict(set)
        for code, concept in self.release.concepts.items():
            if concept.is_active and concept.type == "SBD":
                for drug in self._generic_of(code):
                    brands[drug].add(brand_of(concept.name))
                    codes[str(drug)] += codes[str(code)]
        return brands

    def _generic_of(self, code: int) -> Iterator[int]:
        for other in self.release.relations.to(code, "tradename_of"):
            if self.release.concepts[other].type in ("SCD", "GPCK"):
                yield other

    def _row(self, code: int, concept: Concept, brands: set[str], n_ndc: int) -> list[str] | None:
        """A row of products.tsv, None when an ingredient is not known."""
        identities = self.set_of(code)
        if not identities:
            self.left_out.append((str(code), concept.name))
            return None
        count = str(n_ndc) if n_ndc else self._count_so_far(str(code))
        if concept.type != "SCD":
            return [str(code), concept.name, identities, "", "Pack", "", brand_of(concept.name), count, ""]
        name = taken_apart(concept.name)
        strength, form, hours = (name.strength, name.dose_form, name.release) if name else self._parts_so_far(str(code))
        return [str(code), concept.name, identities, strength, form, hours, "|".join(sorted(brands - {""})), count, ""]

    def _so_far(self, code: str) -> list[str] | None:
        return next((layer.product(code) for layer in self.layers if code in layer.products), None)

    def _count_so_far(self, code: str) -> str:
        row = self._so_far(code)
        return row[7] if row else ""

    def _parts_so_far(self, code: str) -> tuple[str, str, str]:
        row = self._so_far(code)
        return (row[3], row[4], row[5]) if row else ("", "", "")

    def _keep(self, row: list[str], sold: dict[Sold, str]) -> None:
        """Keep a product so far, unless the release has the same one under this or another code."""
        key = product_key(row)
        if key in self.products or row[0] in self.twins:
            return
        concept = self.release.concepts.get(int(row[0])) if row[0] else None
        row = [*row[:2], mapped(row[2], self.identities.final), *row[3:]]
        twin = self._twin(row, concept, sold)
        if twin and row[0]:
            self.twins[row[0]] = twin
        elif not twin:
            self.products[key] = row

    def _twin(self, row: list[str], concept: Concept | None, sold: dict[Sold, str]) -> str:
        if concept and concept.type == "SBD":
            return next((str(one) for one in self._generic_of(int(row[0])) if str(one) in self.products), "")
        if concept and concept.is_active:
            return ""
        return sold.get(_sold(row), "") if row[3] else ""  # a pack is known by its name alone

    # --- ingredients and names ----------------------------------------------------------------------------

    def _add_ingredients(self) -> None:
        used: Counter[str] = Counter()
        for row in self.products.values():
            for identity in row[2].split("|"):
                used[identity] += int(row[7] or 0)
        for identity, (rxcui, name, kind, schedule, n_ndc) in self.identities.rows.items():
            self.builder.add_ingredient(rxcui, name, kind, str(max(int(n_ndc or 0), used[identity])) if used[identity] else n_ndc, schedule)
        for product in self.products.values():
            self.builder.add_product(product)

    def _add_names(self) -> None:
        for name, code in self.identities.further_names:
            self.builder.name(name, "ingredient", code, code)
        for name, kind, code, identities in self._names_of_release():
            if kind == "brand":
                self.builder.brand(name, code, identities)
            else:
                self.builder.name(name, kind, code, identities)
        for layer in self.layers:
            for row in layer.names:
                self.builder.name(row.name, row.kind, row.rxcui, mapped(row.set, self.identities.final))

    def _names_of_release(self) -> Iterator[tuple[str, str, str, str]]:
        """Name, kind, code and set of every salt, combination, brand and branded pack in use."""
        kinds = {"PIN": "salt", "MIN": "combination"}
        for code, concept in self.release.concepts.items():
            if not concept.is_active:
                continue
            if concept.type in kinds:
                yield concept.name.lower(), kinds[concept.type], str(code), self.set_of(code)
            elif concept.type == "BN":
                for one in self.sets_of_brand(code, concept):
                    yield concept.name, "brand", str(code), one
            elif concept.type == "BPCK" and brand_of(concept.name):
                yield brand_of(concept.name), "pack", str(code), self.set_of(code)

    def sets_of_brand(self, code: int, concept: Concept) -> list[str]:
        """The sets that are sold under a brand, or were when nothing is any more."""
        return self._brand_sets.get(concept.name) or [self.set_of(code)]

    @cached_property
    def _brand_sets(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for code, concept in self.release.concepts.items():
            if concept.is_active and concept.type == "SBD" and self.set_of(code):
                found[brand_of(concept.name)].add(self.set_of(code))
        return {brand: sorted(sets) for brand, sets in found.items()}


def _sold(row: list[str]) -> Sold:
    name = taken_apart(row[1])
    return "\t".join((*row[2:6], *(part.lower() for part in (name.parts if name else ()))))
