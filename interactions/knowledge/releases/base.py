"""The compiled tables that a new release is laid over: those that ship, and those of the release before."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from interactions.knowledge.normalize import fold
from interactions.knowledge.releases.builder import joined
from interactions.knowledge.releases.sorted_table import SortedTable

CODES = "codes.tsv"
OURS = ("abbreviation", "ask", "alias", "inn", "spanish")  # compiled anew from our own lists, never taken from tables
RETIRED, REPLACED, MISSING = "retired", "replaced", "missing"


class NameRow(NamedTuple):
    """A name that stands for one ingredient set."""

    name: str
    kind: str
    rxcui: str
    set: str


class CodeRow(NamedTuple):
    """A code that is no product, ingredient or name of its own, or that is no longer in use.

    `sets` are ingredient sets, " ; " between several; `product` is the clinical drug it stands for; `state` is "",
    retired, replaced (by `successor`) or missing (not in the release in use).
    """

    code: str
    name: str
    sets: str
    product: str
    state: str = ""
    successor: str = ""


@dataclass
class Tables:
    """The rows of one folder of tables, by identity or code."""

    ingredients: dict[str, list[str]] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)  # lines: a list of fields takes five times the memory
    names: list[NameRow] = field(default_factory=list)
    codes: SortedTable | None = None
    manifest: dict[str, str] = field(default_factory=dict)

    def product(self, key: str) -> list[str]:
        return self.products[key].split("\t")

    def product_rows(self) -> Iterator[list[str]]:
        return (line.split("\t") for line in self.products.values())

    def code_rows(self) -> Iterator[CodeRow]:
        return (CodeRow(*row) for row in self.codes.all_rows()) if self.codes else iter(())


def read_tables(folder: Path) -> Tables:
    """Tables as the compiler wrote them; our own short forms and other names are left out."""
    tables = Tables(codes=SortedTable(folder / CODES), manifest=tomllib.loads((folder / "MANIFEST.toml").read_text("utf-8")))
    for row in _rows(folder / "ingredients.tsv"):
        tables.ingredients[row[0] or f"~{row[1]}"] = row
    for row in _rows(folder / "products.tsv"):
        tables.products[product_key(row)] = "\t".join(row)
    for _, name, kind, rxcui, sets, _ in _rows(folder / "names.tsv"):
        if kind not in OURS:
            tables.names += [NameRow(name, kind, rxcui, one) for one in sets.split(" ; ")]
    return tables


def product_key(row: list[str]) -> str:
    return row[0] or f"~{fold(row[1])}"


def mapped(identities: str, final: Callable[[str], str]) -> str:
    """An ingredient set with each identity as it is called now."""
    return joined(final(one) for one in identities.split("|"))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")
