"""Every code that RxNorm ever gave and that is no product or ingredient in use: what it means, and whether it still counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from interactions.knowledge.releases.base import MISSING, REPLACED, RETIRED, CodeRow, Tables, mapped
from interactions.knowledge.releases.merge import Merger
from interactions.knowledge.releases.packed import CODE_BITS
from interactions.knowledge.releases.rrf import Archived, Concept

LONGEST_CHAIN = 10


class Codes:
    """The rows of codes.tsv for a merged release."""

    def __init__(self, merger: Merger) -> None:
        self.merger, self.release = merger, merger.release
        self.unknown: list[str] = []

    def rows(self) -> Iterator[list[str]]:
        written = bytearray((1 << CODE_BITS) // 8)  # a bit a code: a set of them takes ten times the memory
        for row in self._all():
            place, bit = divmod(int(row.code), 8)
            if not written[place] >> bit & 1 and (row.sets or row.state):
                written[place] |= 1 << bit
                yield list(row)

    def _all(self) -> Iterator[CodeRow]:
        """The rows, the best of each code first."""
        for code, concept in self.release.concepts.items():
            row = self._of_concept(code, concept)
            if row:
                yield row
        for old, new in self.merger.identities.former().items():
            yield CodeRow(old, self.merger.identities.rows[new][1], new, "", REPLACED, new)
        for code, archived in self.release.archived.items():
            yield from self._of_archived(code, archived)
        yield from self._of_tables()

    # --- codes of the release -----------------------------------------------------------------------------

    def _of_concept(self, code: int, concept: Concept) -> CodeRow | None:
        """None for what stands in another table, in use."""
        text, state = str(code), RETIRED if concept.suppress == "O" else ""
        known = text in self.merger.products or text in self.merger.identities.rows
        if known and not state:
            return None
        sets = " ; ".join(self.merger.sets_of_brand(code, concept)) if concept.type == "BN" else self._sets(code, concept)
        return CodeRow(text, concept.name, sets, self._product(code, concept), state)

    def _sets(self, code: int, concept: Concept) -> str:
        text = str(code)
        if text in self.merger.products:
            return self.merger.products[text][2]
        return self.merger.set_of(code) or (text if text in self.merger.identities.rows else "")

    def _product(self, code: int, concept: Concept) -> str:
        """The clinical drug in use that a branded drug or an obsolete code stands for."""
        products = self.merger.products
        if str(code) in products:
            return str(code)
        if concept.type == "SBD":
            related = map(str, self.release.relations.to(code, "tradename_of"))
            return next((one for one in related if one in products), "")
        return self.merger.twins.get(str(code), "")

    # --- codes that are gone ------------------------------------------------------------------------------

    def _of_archived(self, code: int, archived: Archived) -> Iterator[CodeRow]:
        successor = self._successor(archived)
        concept = self.release.concepts.get(successor)
        name = archived.name or (concept.name if concept else self._last_name(str(code)))
        if concept:
            yield CodeRow(str(code), name, self._sets(successor, concept), self._product(successor, concept), REPLACED, str(successor))
            return
        sets = self._last_set(str(code)) or self.merger.set_by_name(archived.type, archived.name)
        if sets:
            yield CodeRow(str(code), name, sets, self._last_product(str(code)), RETIRED)
        else:
            self.unknown.append(str(code))

    def _successor(self, archived: Archived) -> int:
        """The code in the release that a retired one was merged into, also over several steps; 0 for none."""
        for _ in range(LONGEST_CHAIN):
            new = int(archived.merged_to or 0)
            if not new or new in self.release.concepts:
                return new
            archived = self.release.archived.get(new) or Archived("", "", "")
        return 0

    # --- codes of the tables so far -----------------------------------------------------------------------

    def _of_tables(self) -> Iterator[CodeRow]:
        """Codes that the tables so far had and the release has not."""
        final = self.merger.identities.final
        for layer in self.merger.layers:
            for row in layer.product_rows():
                if row[0] and int(row[0]) not in self.release.concepts:
                    yield CodeRow(row[0], row[1], mapped(row[2], final), self._last_product(row[0]), self._state(row[0], MISSING))
            for identity, row in layer.ingredients.items():
                if identity.isdigit() and int(identity) not in self.release.concepts and self._state(identity, ""):
                    yield CodeRow(identity, row[1], final(identity), "", RETIRED)
            yield from self._of_names(layer)
            for old in layer.code_rows():
                sets = " ; ".join(mapped(one, final) for one in old.sets.split(" ; ")) if old.sets else ""
                yield old._replace(sets=sets, product=self._last_product(old.product), state=old.state or self._state(old.code, MISSING))

    def _of_names(self, layer: Tables) -> Iterator[CodeRow]:
        """Brands, salts and combinations: other names may stand before theirs, so their codes are kept here."""
        sets: dict[str, list[str]] = {}
        named: dict[str, str] = {}
        for row in layer.names:
            if row.rxcui and row.kind not in ("ingredient", "pack") and int(row.rxcui) not in self.release.concepts:
                sets.setdefault(row.rxcui, []).append(mapped(row.set, self.merger.identities.final))
                named[row.rxcui] = row.name
        for code, name in named.items():
            yield CodeRow(code, name, " ; ".join(dict.fromkeys(sets[code])), "", self._state(code, ""))

    def _state(self, code: str, otherwise: str) -> str:
        """Retired when the release is full, or when a release of the same kind had the code."""
        before = self.merger.previous
        is_same = before is not None and before.manifest.get("kind") == kind_of(self.release.is_full)
        was_there = before is not None and is_same and self._was_in(before, code)
        return RETIRED if self.release.is_full or was_there else otherwise

    def _was_in(self, before: Tables, code: str) -> bool:
        """True when the release before had the code, not only the tables that it was laid over."""
        if code not in before.products:
            return code not in self._shipped
        row = before.codes.row(code) if before.codes else None
        return row is None or CodeRow(*row).state != MISSING

    @cached_property
    def _shipped(self) -> set[str]:
        shipped = self.merger.shipped
        return {*shipped.products, *shipped.ingredients, *(row.rxcui for row in shipped.names)}

    def _last_set(self, code: str) -> str:
        final = self.merger.identities.final
        for layer in self.merger.layers:
            if code in layer.products:
                return mapped(layer.product(code)[2], final)
            if code in layer.ingredients:
                return final(code)
            row = layer.codes.row(code) if layer.codes else None
            if row:
                return " ; ".join(mapped(one, final) for one in CodeRow(*row).sets.split(" ; "))
        return ""

    def _last_product(self, code: str) -> str:
        """The row of products.tsv that a former product's code leads to."""
        return code if code in self.merger.products else self.merger.twins.get(code, "")

    def _last_name(self, code: str) -> str:
        return next((layer.product(code)[1] for layer in self.merger.layers if code in layer.products), "")


def kind_of(is_full: bool) -> str:
    return "full" if is_full else "prescribable"


