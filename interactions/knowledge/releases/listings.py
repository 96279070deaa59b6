"""From a National Drug Code to the medicine: RxNorm's own link first, else what FDA's directory says of the listing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.reading import SALT_WORDS
from interactions.knowledge.releases.fda_words import amounts_in_words, form_in_words, route_in_words
from interactions.knowledge.releases.ndc import hyphened, readings
from interactions.knowledge.releases.sorted_table import SortedTable
from interactions.knowledge.shapes import Candidate, Ingredient, Resolution

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog

NDCS, LISTINGS, PACKAGES = "ndc.tsv", "listings.tsv", "packages.tsv"
NO_TABLE = "This looks like a National Drug Code, but no table of codes is loaded (load_rxnorm, load_ndc)."
NOT_LISTED = "This looks like a National Drug Code, but the loaded tables do not have it."
ASK_HYPHENS = "Without hyphens this National Drug Code can be read in several ways; choose the one on the label."
ASK_WHICH = "The tables give this National Drug Code to several medicines; choose the one on the label."
FORMER = "This National Drug Code is no longer listed."


class Listing(NamedTuple):
    """A product in FDA's directory, by its nine digits; `state` is "" or former (no longer in the directory)."""

    key: str
    code: str
    name: str
    substances: str
    strengths: str
    units: str
    form: str
    route: str
    labeler: str
    state: str


class Listings:
    """The National Drug Codes of the loaded releases, looked up on disk."""

    def __init__(self, catalog: Catalog, rxnorm: Path, directory: Path | None) -> None:
        self.catalog = catalog
        self._linked = SortedTable(rxnorm / NDCS)
        self._listings = SortedTable(directory / LISTINGS) if directory else None
        self._packages = SortedTable(directory / PACKAGES) if directory else None
        manifest = tomllib.loads((directory / "MANIFEST.toml").read_text("utf-8")) if directory else {}
        self.version, self.sha256 = str(manifest.get("version", "")), str(manifest.get("sha256", ""))

    def resolve(self, text: str) -> Resolution | None:
        """What a text that is a National Drug Code means; None when it has no such form.

        Ten digits without hyphens are read in every layout: more than one listed product is a question.
        """
        meant = readings(text)
        if not meant:
            return None
        if not self._linked and not self._listings:
            return Resolution(text, "unresolved", note=NO_TABLE)
        found = [(code, one) for code in meant for one in self._of_code(code, is_certain=len(meant) == 1)]
        if not found:
            return Resolution(text, "unresolved", note=NOT_LISTED)
        distinct = {_identity(one): one for _, one in reversed(found)}
        if len(distinct) == 1:
            return replace(found[0][1], text=text, how="ndc")
        return self._ask(text, found, ASK_HYPHENS if len(meant) > 1 else ASK_WHICH)

    def _ask(self, text: str, found: list[tuple[str, Resolution]], note: str) -> Resolution:
        """A question with the readings that are medicines; one that is listed but not known is named in the note."""
        candidates = tuple(candidate for code, one in found for candidate in _candidates(code, one))
        notes = [note, *(one.note for _, one in found if one.status == "unresolved" and one.note)]
        status = "ambiguous" if candidates else "unresolved"
        return Resolution(text, status, candidates=candidates, how="ndc", name=text, note=" ".join(notes))

    # --- one reading --------------------------------------------------------------------------------------

    def _of_code(self, code: str, is_certain: bool) -> Iterator[Resolution]:
        """Every medicine that 11 digits (or nine of a product) are listed for.

        A package that is not listed is its product's, but only where the code can be read in one way.
        """
        linked = {row[1] for row in self._linked.starting(code)}
        medicines = [one for one in map(self.catalog.by_rxcui, sorted(linked)) if one]
        if medicines:
            yield from {_identity(one): one for one in medicines}.values()
            return
        package = self._packages.row(code) if self._packages and len(code) == 11 else None
        if self._listings and (package or is_certain or len(code) == 9):
            yield from {_identity(one): one for one in map(self._of_listing, self._rows(code)) if one.name}.values()

    def _rows(self, code: str) -> Iterator[Listing]:
        return (Listing(*row) for row in self._listings.rows(code[:9])) if self._listings else iter(())

    def _of_listing(self, listing: Listing) -> Resolution:
        """The medicine of a listing: its substances must all be known ingredients, else it is named but not resolved."""
        parts = [self._ingredient(one) for one in listing.substances.split("; ") if one]
        known = tuple(sorted({one for one in parts if one}, key=lambda one: one.name))
        if not known or not all(parts):
            return Resolution(listing.name, "unresolved", name=listing.name, note=_unknown(listing))
        note = FORMER if listing.state else ""
        amounts = amounts_in_words(listing.substances, listing.strengths, listing.units)
        worded = self.catalog.resolve(f"{amounts} {form_in_words(listing.form)}")
        if worded.is_resolved and set(worded.ingredients) == set(known) and worded.product:
            return replace(worded, name=listing.name, sig=None, note=note, confidence=1.0)
        route = route_in_words(listing.route)
        return Resolution(listing.name, "resolved", known, None, route, name=listing.name, confidence=1.0, note=note)

    def _ingredient(self, substance: str) -> Ingredient | None:
        """The ingredient that FDA's name of a substance says, as it stands or without the name of its salt."""
        words = substance.lower().split()
        while words:
            entry = self.catalog.named(key_of(fold(" ".join(words))))
            if entry and entry.kind in ("ingredient", "salt", "inn", "alias"):
                return self.catalog.ingredient_named(entry.name)
            if words.pop() not in SALT_WORDS:
                break
        return None


def _identity(one: Resolution) -> tuple[object, ...]:
    return (one.product.rxcui, one.product.name) if one.product else (one.status, one.name, *one.ingredients)


def _candidates(code: str, one: Resolution) -> Iterator[Candidate]:
    if one.is_resolved:
        yield Candidate(f"{_label(one)} (NDC {hyphened(code)})", one.ingredients, _code(one), "ndc", 0.5)
    yield from one.candidates


def _label(one: Resolution) -> str:
    return one.product.name if one.product else one.name


def _code(one: Resolution) -> str | None:
    if one.product and one.product.rxcui:
        return one.product.rxcui
    return one.ingredients[0].rxcui if len(one.ingredients) == 1 else None


def _unknown(listing: Listing) -> str:
    known = f"Listed as {listing.name} by {listing.labeler}"
    if not listing.substances:
        return f"{known} without a substance: a kit or a device."
    return f"{known}, with substances that the dictionary does not know: {listing.substances[:300]}."
