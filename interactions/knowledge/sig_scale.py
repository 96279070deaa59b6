"""The rows of a sliding scale: "150-200: 2 units, 201-250: 4 units, over 400: 12 units"."""

from __future__ import annotations

import re
from fractions import Fraction

Row = tuple[int, int | None, Fraction]
_UNITS = (
    r"\s*(?:mg/dl)?\s*(?:[:=,(]|->)?\s*(?:give|take|inject|use|inyecte|ponga)?\s*(?P<units>\d{1,2})\s*"
    r"(?:units?|u|iu|unidades|unidad)?(?![a-z0-9/.%-])[),;]?")
_SUGAR = (
    r"(?:(?:for|if|when|para|si)\s+)?(?:the\s+)?(?:your\s+)?(?:blood sugar|blood glucose|glucose|sugar|bg|bs|azucar|glucosa)"
    r"(?:\s+(?:is|of))?\s*:?\s*")
_ROW = re.compile(rf"(?:{_SUGAR})?(?<![\d/.])(?P<low>\d{{2,3}})\s*(?:-|to|a)\s*(?P<high>\d{{2,3}})(?!\d){_UNITS}")
_OPEN = re.compile(rf"(?:{_SUGAR})?(?:>|over|above|greater than|more than|mas de)\s*=?\s*(?P<low>\d{{3}})(?!\d){_UNITS}")
_SPEAKS_OF_SUGAR = re.compile(r"scale|escala|sugar|azucar|glucose|glucosa|\bb[gs]\b|\bssi\b|correction")


def without_scale(text: str) -> tuple[str, tuple[Row, ...]]:
    """The text without its rows, and the rows (low, high or None, units) from low to high; none when it speaks of no sugar."""
    if not _SPEAKS_OF_SUGAR.search(text):
        return text, ()
    rows = [_row(found) for pattern in (_ROW, _OPEN) for found in pattern.finditer(text)]
    if not rows:
        return text, ()
    rest = _OPEN.sub(" ", _ROW.sub(" ", text))
    return f"{rest} . sliding scale", tuple(sorted(rows, key=lambda row: row[0]))


def _row(found: re.Match[str]) -> Row:
    high = found.groupdict().get("high")
    return int(found.group("low")), int(high) if high else None, Fraction(found.group("units"))
