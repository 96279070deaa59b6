"""NLM's RxNorm release in Rich Release Format, read as streams into what the dictionary needs of it.

Columns as in NLM's RxNorm Technical Documentation. Only RxNorm's own content (SAB RXNORM) is read: it needs no
UMLS license. RXNREL reads from right to left: `1191||CUI|RO|315431||CUI|has_ingredient` says that 315431 has the
ingredient 1191.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple

from interactions.knowledge.releases.archive import Refused, Source
from interactions.knowledge.releases.lines import MOST_PROBLEMS, Layout, Tell, checked_lines
from interactions.knowledge.releases.ndc import packed
from interactions.knowledge.releases.packed import PackedRows, Relations

CONSO, REL, SAT = "RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF"
ARCHIVE, CUI, SAB = "RXNATOMARCHIVE.RRF", "RXNCUI.RRF", "RXNSAB.RRF"
NEEDED = (CONSO, REL, SAT)
FIELDS = {CONSO: 18, REL: 16, SAT: 13, ARCHIVE: 16, CUI: 5}
# The term types that the dictionary knows; the first of a concept counts (synonyms and groups are other types).
TYPES = (
    "IN", "PIN", "MIN", "BN", "SCD", "SBD", "GPCK", "BPCK", "SCDC", "SBDC", "SCDF", "SBDF", "SCDG", "SBDG",
    "SCDFP", "SBDFP", "SCDGP",
)  # fmt: skip
RELATIONS = ("form_of", "has_part", "has_ingredient", "has_ingredients", "consists_of", "tradename_of", "contains")
PRESCRIBABLE = "4096"  # CVF of the Current Prescribable Content
_DATE = (re.compile(r"_(?P<month>\d\d)(?P<day>\d\d)(?P<year>20\d\d)\."), re.compile(r"_(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)F?$"))


class Concept(NamedTuple):
    """A drug concept: term type, RxNorm's SUPPRESS (N in use, O obsolete, E and Y not to be shown), and name."""

    type: str
    suppress: str
    name: str

    @property
    def is_active(self) -> bool:
        return self.suppress == "N"


class Archived(NamedTuple):
    """A retired code's last type, the code it was merged into ("" for none), and its last name."""

    type: str
    merged_to: str
    name: str


@dataclass
class Release:
    """What the files of one release say; codes are RxCUIs, `ndcs` are NDC and RxCUI packed into one number."""

    version: str = ""
    released_on: str = ""
    is_full: bool = False
    concepts: PackedRows[Concept] = field(default_factory=lambda: PackedRows(Concept))
    relations: Relations = field(default_factory=lambda: Relations(RELATIONS))
    ndcs: array[int] = field(default_factory=lambda: array("Q"))
    archived: PackedRows[Archived] = field(default_factory=lambda: PackedRows(Archived))
    has_archive: bool = False


def read_release(source: Source, tell: Tell) -> Release:
    """The release in an archive or folder; Refused says everything that is wrong with it."""
    missing = [name for name in NEEDED if source.find(name) is None]
    if missing:
        raise Refused(*(f"{source.path}: holds no {name}; use the whole RxNorm release, full or prescribable" for name in missing))
    release = Release()
    _read_concepts(source, tell, release)
    _read_relations(source, tell, release)
    _read_ndcs(source, tell, release)
    _read_archive(source, tell, release)
    _read_merges(source, tell, release)
    release.released_on = _released_on(source, tell)
    kind = "full" if release.is_full else "prescribable"
    release.version = f"RxNorm {kind} {release.released_on or 'of unknown date'}"
    return release


def _rows(source: Source, name: str, tell: Tell, wanted: bytes) -> Iterator[tuple[int, list[str]]]:
    for number, text in checked_lines(source, name, Layout(b"|", FIELDS[name]), tell, wanted):
        yield number, text.split("|")


class _Problems:
    """Collects what is wrong with the fields of one file."""

    def __init__(self, source: Source, name: str) -> None:
        self.place, self.found = source.place(name), list[str]()

    def add(self, number: int, problem: str) -> None:
        self.found.append(f"{self.place}:{number}: {problem}; use the file as it was downloaded")
        if len(self.found) >= MOST_PROBLEMS:
            self.raise_if_any()

    def raise_if_any(self) -> None:
        if self.found:
            raise Refused(*self.found)


def code_of(text: str) -> int:
    """An RxCUI as a number, 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0


def _read_concepts(source: Source, tell: Tell, release: Release) -> None:
    problems = _Problems(source, CONSO)
    for number, row in _rows(source, CONSO, tell, b"|RXNORM|"):
        code, kind, name, suppress = code_of(row[0]), row[12], row[14], row[16]
        if row[11] != "RXNORM":
            continue
        if not code or not kind or not name.strip() or "\t" in name or suppress not in ("N", "O", "E", "Y"):
            fields = f"RXCUI {row[0][:20]!r}, TTY {kind[:10]!r}, STR {name[:30]!r}, SUPPRESS {suppress[:5]!r}"
            problems.add(number, f"is no name of RxNorm ({fields})")
            continue
        release.is_full = release.is_full or row[17] != PRESCRIBABLE
        if kind in TYPES and _is_better(release.concepts.get(code), kind, suppress):
            release.concepts.put(code, kind, suppress, name)
    problems.raise_if_any()
    if not any(one.type == "IN" and one.is_active for one in release.concepts.values()):
        raise Refused(f"{source.place(CONSO)}: holds no ingredient of RxNorm (SAB RXNORM, TTY IN); use the RxNorm release itself")


def _is_better(known: Concept | None, kind: str, suppress: str) -> bool:
    if known is None:
        return True
    return (suppress != "N", TYPES.index(kind)) < (not known.is_active, TYPES.index(known.type))


def _read_relations(source: Source, tell: Tell, release: Release) -> None:
    concepts, relations = release.concepts, release.relations
    for _, row in _rows(source, REL, tell, b"|RXNORM|"):
        if row[7] not in RELATIONS or row[10] != "RXNORM":
            continue
        target, subject = code_of(row[0]), code_of(row[4])
        if subject in concepts and target in concepts:
            relations.add(subject, row[7], target)
    if not relations:
        raise Refused(f"{source.place(REL)}: relates none of the names in {CONSO}; use files of one and the same release")


def _read_ndcs(source: Source, tell: Tell, release: Release) -> None:
    for _, row in _rows(source, SAT, tell, b"|NDC|RXNORM|"):
        code = code_of(row[0])
        if row[8] == "NDC" and row[9] == "RXNORM" and code in release.concepts:
            ndc = row[10].replace("-", "")
            if len(ndc) == 11 and ndc.isascii() and ndc.isdigit():
                release.ndcs.append(packed(ndc, code))


def _read_archive(source: Source, tell: Tell, release: Release) -> None:
    """Names of codes that are no longer in RXNCONSO; the last line of a code wins."""
    if source.find(ARCHIVE) is None:
        return
    release.has_archive = True
    for _, row in _rows(source, ARCHIVE, tell, b"|RXNORM|"):
        code, kind = code_of(row[12]), row[14]
        if row[13] == "RXNORM" and kind in TYPES and code and code not in release.concepts and "\t" not in row[2]:
            merged = code_of(row[15])
            release.archived.put(code, kind, str(merged) if merged not in (0, code) else "", row[2])


def _read_merges(source: Source, tell: Tell, release: Release) -> None:
    if source.find(CUI) is None:
        return
    release.has_archive = True
    for _, row in _rows(source, CUI, tell, b""):
        old, new = code_of(row[0]), code_of(row[4])
        if not old or old in release.concepts:
            continue
        known = release.archived.get(old) or Archived("", "", "")
        merged_to = str(new) if new not in (0, old) else known.merged_to
        release.archived.put(old, known.type, merged_to, known.name)


def _released_on(source: Source, tell: Tell) -> str:
    """The day of the release as RXNSAB has it, else as a file name has it; "" when neither does."""
    for name in (source.path.name, *(PurePosixPath(one).name for one in source.names())):
        found = _DATE[0].search(name)
        if found:
            return f"{found['year']}-{found['month']}-{found['day']}"
    if source.find(SAB) is not None:
        for _, text in checked_lines(source, SAB, Layout(b"|", 25), tell, b"|RXNORM|"):
            found = _DATE[1].search(text.split("|")[2])
            if found:
                return f"20{found['year']}-{found['month']}-{found['day']}"
    return ""
