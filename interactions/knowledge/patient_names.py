"""A medicine as the patient knows it: the brand when it was named by brand, else the everyday name, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from interactions.knowledge.books import HERE
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.shapes import Resolution

BRANDS = ("brand", "pack")
# Ways of naming after which the name on the line is one that a patient reads on the box.
EVERYDAY = ("name", "salt", "alias", "fuzzy")


class Shown(NamedTuple):
    """The name for English and for Spanish sentences."""

    en: str
    es: str


def shown_as(catalog: Catalog, text: str, found: Resolution) -> Shown:
    """How the patient knows a resolved line; a code without words is named by its ingredients."""
    worded = catalog.resolve(text) if text else found
    if not worded.is_resolved or set(worded.ingredients) != set(found.ingredients):
        worded = found
    names = [one.name.lower() for one in found.ingredients]
    if worded.how in BRANDS:
        return Shown(worded.name, worded.name)
    plain = shown_by(names)
    if worded.how not in EVERYDAY or (worded.how != "alias" and len(names) > 1):
        return plain
    return Shown(worded.name, plain.es if in_spanish(names) else worded.name)


def shown_by(names: Iterable[str]) -> Shown:
    """The name of a medicine known by its ingredients only."""
    names = list(names)
    return Shown("/".join(names), "/".join(spanish_names().get(name, name) for name in names))


def in_spanish(names: Iterable[str]) -> bool:
    """Whether every ingredient has a Spanish name."""
    return all(name in spanish_names() for name in names)


@cache
def spanish_names() -> Mapping[str, str]:
    """Ingredient to its Spanish name."""
    found: Mapping[str, str] = tomllib.loads((HERE / "spanish_names.toml").read_text("utf-8"))["names"]
    return found
