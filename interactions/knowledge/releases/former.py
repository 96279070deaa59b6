"""Codes of a loaded release beside those in use: branded drugs and drug components, and codes that are retired."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interactions.knowledge.releases.base import CODES, MISSING, REPLACED, RETIRED, CodeRow
from interactions.knowledge.releases.sorted_table import SortedTable
from interactions.knowledge.shapes import Candidate, Resolution

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog

NOTES = {
    RETIRED: "RxNorm has retired this code; these are its last known ingredients.",
    REPLACED: "RxNorm has retired this code and replaced it by {successor}.",
    MISSING: "The RxNorm release in use does not have this code; these are its last known ingredients.",
}
ASK_WHICH = "This code stood for more than one medicine."


class FormerCodes:
    """The rows of codes.tsv, looked up on disk; the shipped tables have none."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self.catalog = catalog
        self._table = SortedTable(folder / CODES)

    def marked(self, code: str, known: Resolution | None) -> Resolution | None:
        """What a code means: as the tables in use have it, else as it last was; a note says when it is not in use."""
        found = self._table.row(code) if code.isascii() and code.isdigit() else None
        if not found:
            return known
        row = CodeRow(*found)
        meaning = known or self._meaning(row)
        return replace(meaning, note=NOTES[row.state].format(successor=row.successor)) if meaning and row.state else meaning

    def _meaning(self, row: CodeRow) -> Resolution | None:
        of_product = self.catalog.in_use(row.product) if row.product else None
        if of_product:
            return of_product
        sets = [self.catalog.set_of(one) for one in row.sets.split(" ; ")] if row.sets else []
        if len(sets) == 1:
            return Resolution(row.name, "resolved", sets[0], how="rxcui", name=row.name, confidence=1.0)
        candidates = tuple(Candidate(" / ".join(part.name for part in one), one, None, "rxcui", 1 / len(sets)) for one in sets)
        return Resolution(row.name, "ambiguous", candidates=candidates, how="rxcui", name=row.name, note=ASK_WHICH) if sets else None
