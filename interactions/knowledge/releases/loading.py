"""Loads an official RxNorm release: read, lay over the tables in use, write beside them, put in use in one step."""

from __future__ import annotations

from pathlib import Path

from interactions.knowledge.releases.archive import Source
from interactions.knowledge.releases.base import CODES, CodeRow, Tables, read_tables
from interactions.knowledge.releases.builder import write_manifest, write_table
from interactions.knowledge.releases.changes import Report, changes_of
from interactions.knowledge.releases.codes import Codes, kind_of
from interactions.knowledge.releases.lines import Tell
from interactions.knowledge.releases.merge import Merger
from interactions.knowledge.releases.ndc import unpacked
from interactions.knowledge.releases.rrf import Release, read_release
from interactions.knowledge.releases.sorted_table import SortedTable, write_sorted
from interactions.knowledge.releases.store import SHIPPED, Store

NDCS, CHANGES = "ndc.tsv", "changes.tsv"
FEW = 0.5  # of the product codes in use; fewer hint at a part of a release


def load_rxnorm(path: Path, store: Store, tell: Tell) -> Report:
    """Put the RxNorm release at `path` in use; Refused says what is wrong with it, and then nothing is changed."""
    with store.building("rxnorm") as folder:
        release = read_release(Source(path), tell)
        shipped = read_tables(SHIPPED)
        in_use = store.folder_of("rxnorm")
        previous = _previous(in_use) if in_use else None
        report = _build(release, shipped, previous, folder, path.name, tell)
    report.path_of_changes = str((store.folder_of("rxnorm") or folder) / CHANGES)
    return report


def _previous(folder: Path) -> Tables | None:
    """The release before; one of another make, or a damaged one, is left aside."""
    try:
        return read_tables(folder)
    except (OSError, ValueError, KeyError):
        return None


def _build(release: Release, shipped: Tables, previous: Tables | None, folder: Path, source: str, tell: Tell) -> Report:
    merger = Merger(release, shipped, previous)
    merger.merge(tell)
    tell("writing the tables")
    report = Report()
    hashes = merger.builder.write(folder)
    write_sorted(folder / CODES, Codes(merger).rows())
    write_sorted(folder / NDCS, (list(unpacked(number)) for number in release.ndcs))
    codes = (CodeRow(*row) for row in SortedTable(folder / CODES).all_rows())
    write_table(folder / CHANGES, "what\tkind\trxcui\tname\tbefore", report.noted(changes_of(previous or shipped, merger, codes)))
    facts = {
        "label": f"RxNorm {release.released_on or 'undated'}",
        "kind": kind_of(release.is_full),
        "source": source,
        "based_on": shipped.manifest["sha256"],
    }
    report.version = f"{release.version}, over {shipped.manifest['version']}"
    write_manifest(folder, report.version, hashes, facts)
    report.counts = _counts(release, merger)
    report.notes = _notes(release, merger, shipped)
    return report


def _counts(release: Release, merger: Merger) -> dict[str, int]:
    return {
        "ingredients": len(merger.builder.ingredients),
        "names": len(merger.builder.names),
        "products and packs": len(merger.products),
        "package codes (NDC)": len(release.ndcs),
    }


def _notes(release: Release, merger: Merger, shipped: Tables) -> list[str]:
    notes = [*merger.problems]
    coded = [int(key) for key in shipped.products if key.isdigit()]
    there = sum(code in release.concepts for code in coded)
    if there < FEW * len(coded):
        notes.append(f"only {there:,} of {len(coded):,} known product codes are in this release; if it should be whole, download it again")
    if merger.left_out:
        first = ", ".join(f"{code} {name}" for code, name in merger.left_out[:3])
        notes.append(f"{len(merger.left_out):,} products left out, because the release does not say all their ingredients: {first}")
    if not release.has_archive:
        notes.append("the release holds no RXNATOMARCHIVE.RRF and no RXNCUI.RRF, so codes that were retired before are not known")
    return notes


