"""What a release changes: added, renamed, retired, in figures and one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from interactions.knowledge.releases.base import REPLACED, RETIRED, CodeRow, Tables
from interactions.knowledge.releases.merge import Merger

ADDED, RENAMED, DROPPED = "added", "renamed", "no longer listed"
SHOWN = 10  # of each kind; all of them stand in changes.tsv


class Change(NamedTuple):
    """One difference to the tables before; `before` is the former name."""

    what: str
    kind: str
    code: str
    name: str
    before: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.code} {self.name}".rstrip() + (f" (was: {self.before})" if self.before else "")


@dataclass
class Report:
    """What a load did: the release, the figures, the first changes of each kind and what to look at."""

    version: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    figures: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    path_of_changes: str = ""

    def noted(self, changes: Iterable[Change]) -> Iterator[list[str]]:
        """The changes as rows of changes.tsv, counted on the way."""
        for one in changes:
            kind = one.what, one.kind
            self.figures[kind] += 1
            if self.figures[kind] <= SHOWN:
                self.examples.setdefault(kind, []).append(one)
            yield list(one)

    def lines(self) -> Iterator[str]:
        yield f"In use: {self.version}"
        yield "; ".join(f"{count:,} {what}" for what, count in self.counts.items())
        for (what, kind), count in sorted(self.figures.items()):
            yield f"{what}: {count:,} {kind}{'' if count == 1 else 's'}"
            yield from (f"  {one}" for one in self.examples[what, kind])
            if count > SHOWN:
                yield f"  and {count - SHOWN:,} more"
        yield f"All changes, one a line: {self.path_of_changes}" if self.figures else "Nothing changed."
        yield from (f"Note: {one}" for one in self.notes)


def changes_of(old: Tables, merger: Merger, codes: Iterable[CodeRow]) -> Iterator[Change]:
    """Every difference between the tables before and after, in a fixed order."""
    for code, name in merger.identities.added:
        yield Change(ADDED, "ingredient", code, name)
    for code, name, before in merger.identities.renamed:
        if code not in old.ingredients or not _knows_name(old, code, name):
            yield Change(RENAMED, "ingredient", code, name, before)
    yield from _products(old, merger)
    yield from _brands(old, merger)
    yield from _retired(old, codes)


def _knows_name(old: Tables, code: str, name: str) -> bool:
    return any(row.set == code and row.name == name.lower() and row.kind == "ingredient" for row in old.names)


def _products(old: Tables, merger: Merger) -> Iterator[Change]:
    for key, row in merger.products.items():
        if key not in old.products:
            yield Change(ADDED, "product", row[0], row[1])
        elif old.product(key)[1] != row[1]:
            yield Change(RENAMED, "product", row[0], row[1], old.product(key)[1])


def _brands(old: Tables, merger: Merger) -> Iterator[Change]:
    known = {row.name for row in old.names if row.kind in ("brand", "pack")}
    for _, name, kind, code, _ in merger.builder.names.values():
        if kind in ("brand", "pack") and name not in known:
            known.add(name)
            yield Change(ADDED, "brand", code, name)


def _retired(old: Tables, codes: Iterable[CodeRow]) -> Iterator[Change]:
    named = {row.rxcui for row in old.names if row.rxcui and row.kind not in ("ingredient", "pack")}
    for row in codes:
        was_known = row.code in old.products or row.code in old.ingredients or row.code in named
        if row.state in (RETIRED, REPLACED) and was_known and not _was_retired(old, row.code):
            kind = "product" if row.code in old.products else "ingredient" if row.code in old.ingredients else "name"
            yield Change(RETIRED, kind, row.code, row.name)


def _was_retired(old: Tables, code: str) -> bool:
    row = old.codes.row(code) if old.codes else None
    return row is not None and CodeRow(*row).state in (RETIRED, REPLACED)
