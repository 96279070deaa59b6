"""FDA's National Drug Code directory: product.txt and package.txt, read as streams and kept as two sorted tables.

Both are tab-separated with a header; columns are found by name. FDA writes Windows-1252, newer files are UTF-8.
Codes that a directory before had and this one has not stay, marked as former.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from interactions.knowledge.releases.archive import Refused, Source
from interactions.knowledge.releases.builder import write_manifest, write_table
from interactions.knowledge.releases.changes import ADDED, DROPPED, RENAMED, Change, Report
from interactions.knowledge.releases.lines import Layout, Tell, checked_lines
from interactions.knowledge.releases.listings import LISTINGS, PACKAGES, Listing
from interactions.knowledge.releases.ndc import readings
from interactions.knowledge.releases.sorted_table import SortedTable, write_sorted
from interactions.knowledge.releases.store import Store

PRODUCT, PACKAGE = "product.txt", "package.txt"
COLUMNS = {
    PRODUCT: (
        "PRODUCTNDC", "PROPRIETARYNAME", "PROPRIETARYNAMESUFFIX", "NONPROPRIETARYNAME", "SUBSTANCENAME",
        "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT", "DOSAGEFORMNAME", "ROUTENAME", "LABELERNAME",
    ),
    PACKAGE: ("PRODUCTNDC", "NDCPACKAGECODE"),
}  # fmt: skip
ENCODINGS = ("utf-8", "cp1252")
CHANGES = "changes.tsv"
FORMER = "former"
MOST_UNFIT = 0.01  # of the rows; a directory with more codes that are none is no directory
NAMED_UNFIT = 5
Row = dict[str, str]


@dataclass
class _Reading:
    """The rows of both files and what was wrong with single codes."""

    listings: set[str] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # code as FDA writes it, and name
    unfit: list[str] = field(default_factory=list)
    rows: int = 0


def load_ndc(path: Path, store: Store, tell: Tell) -> Report:
    """Put the NDC directory at `path` in use; Refused says what is wrong with it, and then nothing is changed."""
    with store.building("ndc") as folder:
        source = Source(path)
        missing = [name for name in (PRODUCT, PACKAGE) if source.find(name) is None]
        if missing:
            what_to_do = f"use FDA's NDC zip file, or a folder with {PRODUCT} and {PACKAGE}"
            raise Refused(*(f"{path}: holds no {name}; {what_to_do}" for name in missing))
        new = _read(source, tell)
        before = store.folder_of("ndc")
        tell("writing the tables")
        report = _write(new, folder, f"NDC directory {_day_of(source)}", _with_former(new, before))
    report.path_of_changes = str((store.folder_of("ndc") or folder) / CHANGES)
    return report


# --- reading ------------------------------------------------------------------------------------------------


def _read(source: Source, tell: Tell) -> _Reading:
    new = _Reading()
    for number, row in _rows(source, PRODUCT, tell):
        key = _nine(row["PRODUCTNDC"])
        if not key:
            new.unfit.append(f"{source.place(PRODUCT)}:{number}: {row['PRODUCTNDC'][:20]!r} is no product code")
            continue
        listing = _listing(key, row)
        new.names[key] = listing.code, listing.name
        new.listings.add("\t".join(listing))
    for number, row in _rows(source, PACKAGE, tell):
        found = readings(row["NDCPACKAGECODE"])
        if len(found) != 1 or len(found[0]) != 11:
            new.unfit.append(f"{source.place(PACKAGE)}:{number}: {row['NDCPACKAGECODE'][:20]!r} is no package code")
            continue
        new.packages.add(f"{found[0]}\t{row['NDCPACKAGECODE']}\t")
    new.rows = len(new.listings) + len(new.packages) + len(new.unfit)
    if not new.listings or len(new.unfit) > max(NAMED_UNFIT, MOST_UNFIT * new.rows):
        share = f"{len(new.unfit):,} of {new.rows:,} rows have no National Drug Code"
        raise Refused(*new.unfit[:20], f"{source.path}: {share}; use FDA's file itself")
    return new


def _rows(source: Source, name: str, tell: Tell) -> Iterator[tuple[int, Row]]:
    """Line number and fields by column; the header must have every column that is needed."""
    header = _header(source, name)
    lines = checked_lines(source, name, Layout(b"\t", len(header) - 1, ENCODINGS), tell)
    next(lines, None)
    for number, text in lines:
        yield number, dict(zip(header, (cell.strip() for cell in text.split("\t")), strict=True))


def _header(source: Source, name: str) -> list[str]:
    with source.open(name) as file:
        first = file.readline(1 << 16).removeprefix(b"\xef\xbb\xbf")
    columns = first.decode("latin-1").rstrip("\r\n").split("\t")
    missing = [one for one in COLUMNS[name] if one not in columns]
    if missing:
        what_to_do = "use FDA's file as it was downloaded, with its first line"
        raise Refused(f"{source.place(name)}:1: the header has no {', '.join(missing)}; {what_to_do}")
    return columns


def _nine(code: str) -> str:
    found = readings(code)
    return found[0] if len(found) == 1 and len(found[0]) == 9 else ""


def _listing(key: str, row: Row) -> Listing:
    brand = " ".join(filter(None, (row["PROPRIETARYNAME"], row["PROPRIETARYNAMESUFFIX"])))
    return Listing(
        key, row["PRODUCTNDC"], brand or row["NONPROPRIETARYNAME"], row["SUBSTANCENAME"], row["ACTIVE_NUMERATOR_STRENGTH"],
        row["ACTIVE_INGRED_UNIT"], row["DOSAGEFORMNAME"], row["ROUTENAME"], row["LABELERNAME"], "",
    )  # fmt: skip


def _day_of(source: Source) -> str:
    """The date of product.txt, in the archive or on disk; the files themselves carry none."""
    if not source.is_zip:
        found = dt.datetime.fromtimestamp(source.path.stat().st_mtime, dt.UTC).date()
        return found.isoformat()
    with zipfile.ZipFile(source.path) as archive:
        year, month, day, *_ = archive.getinfo(source.find(PRODUCT) or PRODUCT).date_time
    return f"{year}-{month:02}-{day:02}"


# --- the directory before ------------------------------------------------------------------------------------


def _with_former(new: _Reading, before: Path | None) -> Iterator[Change]:
    """Add what the directory before had and this one has not; say every difference."""
    known: dict[str, tuple[str, str]] = {}  # name and state
    for row in SortedTable(before / LISTINGS).all_rows() if before else ():
        old = Listing(*row)
        known[old.key] = old.name, old.state
        if old.key not in new.names:
            new.listings.add("\t".join(old._replace(state=FORMER)))
            if not old.state:
                yield Change(DROPPED, "listing", old.code, old.name)
    for row in SortedTable(before / PACKAGES).all_rows() if before else ():
        if f"{row[0]}\t{row[1]}\t" not in new.packages:
            new.packages.add(f"{row[0]}\t{row[1]}\t{FORMER}")
    for key, (code, name) in new.names.items():
        was, state = known.get(key, ("", FORMER))
        if state:
            yield Change(ADDED, "listing", code, name)
        elif was != name:
            yield Change(RENAMED, "listing", code, name, was)


def _write(new: _Reading, folder: Path, version: str, changes: Iterator[Change]) -> Report:
    report = Report(version)
    write_table(folder / CHANGES, "what\tkind\tndc\tname\tbefore", report.noted(changes))
    write_sorted(folder / LISTINGS, (line.split("\t") for line in new.listings))
    write_sorted(folder / PACKAGES, (line.split("\t") for line in new.packages))
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (LISTINGS, PACKAGES)}
    write_manifest(folder, version, hashes, {"source": "U.S. Food and Drug Administration, National Drug Code Directory"})
    report.counts = {"listed products": len(new.names), "products with former ones": len(new.listings), "package codes": len(new.packages)}
    if new.unfit:
        first = "; ".join(new.unfit[:NAMED_UNFIT])
        report.notes.append(f"{len(new.unfit):,} rows left out, whose code is none: {first}")
    return report
