"""Amounts a day as whole numbers, so that order and rounding can't change a result."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

# Thousandths of the base unit in one of the named unit.
_SCALES: dict[str, tuple[str, Fraction]] = {
    "ng": ("mcg", Fraction(1)),
    "mcg": ("mcg", Fraction(1_000)),
    "ug": ("mcg", Fraction(1_000)),
    "mg": ("mcg", Fraction(1_000_000)),
    "g": ("mcg", Fraction(1_000_000_000)),
    "unit": ("unit", Fraction(1_000)),
    "units": ("unit", Fraction(1_000)),
    "unt": ("unit", Fraction(1_000)),
    "mcg/h": ("mcg/h", Fraction(1_000)),
    "mcg/hr": ("mcg/h", Fraction(1_000)),
    "meq": ("meq", Fraction(1_000)),
    "ml": ("ml", Fraction(1_000)),
}


class Amount(NamedTuple):
    """`scaled` thousandths of `base` (mcg, unit, mcg/h, meq, ml)."""

    scaled: int
    base: str

    def in_unit(self, unit: str) -> float | int:
        """The amount as a plain number of `unit`, which must have the same base."""
        value = Fraction(self.scaled) / _SCALES[unit.lower()][1]
        return int(value) if value.denominator == 1 else float(value)


def amount(value: float | int | Fraction, unit: str) -> Amount | None:
    """`value` of `unit` as an Amount, or None where the unit is not one of mass, units or rate."""
    found = _SCALES.get(unit.strip().lower())
    if found is None:
        return None
    base, scale = found
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return Amount(round(exact * scale), base)


def plain(value: float | int) -> float | int:
    """A number without a needless fraction: 5.0 is 5."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded
