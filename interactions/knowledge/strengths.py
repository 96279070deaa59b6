"""Amounts of drug: typed ("500mg/5mL", "20-12.5", "1 %") and as RxNorm writes them ("100 MG/ML")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_UNITS = {
    "MG": "mgs? milligrams? milligramos?", "MCG": "mcgs? ugs? micrograms? microgramos?", "G": "gm?s? grams? gramos?",
    "NG": "ng nanograms?", "UNT": "units? unidades unt u iu ius usp-units international-units",
    "MEQ": "meqs? milliequivalents?", "MMOL": "mmol", "ML": "mls? cc ccs milliliters? mililitros?", "L": "liters?",
    "%": "% percent pct", "KG": "kg", "BILLION": "billion(?:\\s*cfus?)?", "MILLION": "million(?:\\s*units?)?",
    "CELLS": "cfus? cells",
}
_UNIT_OF = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings.split()}
_UNIT = "|".join(f"(?:{spelling})" for spelling in sorted(_UNIT_OF, key=len, reverse=True))
_END = r"(?![a-z0-9])"
_DENOMINATORS = {
    "ML": "mls? cc", "HR": "hrs? hours? h", "DAY": "days?",
    "ACTUAT": "actuations? actuat act puffs? sprays? inhalations? inh",
    "EACH": "doses? tabs? tablets? caps? capsules? pens? syringes?", "G": "gm? grams?", "MG": "mg", "SQCM": "sqcm",
}
_DENOMINATOR_OF = {one: unit for unit, words in _DENOMINATORS.items() for one in words.replace("\\s*", "~").split()}
_DENOMINATOR = "|".join(
    one.replace("~", "\\s*") for one in sorted(_DENOMINATOR_OF, key=len, reverse=True))
_VALUE = re.compile(rf"({NUMBER})(?:\s*-?\s*({_UNIT}){_END})?(?![\d])")
_PER = re.compile(rf"\s*(?:/|per)\s*({NUMBER})?\s*-?({_DENOMINATOR}){_END}")
_NEXT = re.compile(r"\s*[-/+]\s*(?=\.?\d)")
_U100 = re.compile(r"u-?\s?(100|200|300|500)(?![\d])")
_PRODUCT_PART = re.compile(r"^(.*?)\s*([\d.]+) (%|[A-Z][A-Za-z\-]*)(?:/([A-Za-z\-]+))?(?: \[.*\])?$")
_SCALE = {"MCG": ("MG", Fraction(1, 1000)), "G": ("MG", Fraction(1000)), "NG": ("MG", Fraction(1, 1_000_000)),
          "KG": ("MG", Fraction(1_000_000)), "L": ("ML", Fraction(1000)), "MILLION": ("UNT", Fraction(1_000_000)),
          "BILLION": ("UNT", Fraction(1_000_000_000))}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in a base unit (MG, UNT, MEQ, ML, %; "" when none was typed) per `per` (ML, HR, ACTUAT, "" ...).

    `component` is the name beside it in a product's strength, `typed` the value and unit before scaling.
    """

    value: Fraction
    unit: str = ""
    per: str = ""
    component: str = ""
    typed: tuple[Fraction, str] | None = None

    def agrees_with(self, product: Amount) -> bool:
        """True when a typed amount can mean this amount of a product."""
        if self.per and product.per and self.per != product.per and not self._per_mass(product):
            return False
        if not self.unit:
            return product.value == self.value or (product.unit == "MG" and product.value * 1000 == self.value)
        if self.unit == "%":
            return _percent(product) == self.value
        return self.unit == product.unit and self.value == product.value and bool(self.per or not product.per
                                                                                  or product.per in ("HR", "ACTUAT"))

    def _per_mass(self, product: Amount) -> bool:
        return self.per == "MG" and product.per == "MG"


def _percent(amount: Amount) -> Fraction | None:
    """Percent weight in volume (10 MG/ML is 1 %) or weight in weight (0.01 MG/MG is 1 %)."""
    if amount.unit == "%":
        return amount.value
    if amount.unit == "MG" and amount.per in ("ML", "MG"):
        return amount.value / 10 if amount.per == "ML" else amount.value * 100
    return None


def exact(number: str) -> Fraction:
    """A decimal text as a Fraction; a text of more than 15 characters is refused with ValueError."""
    if len(number) > 15:
        raise ValueError("a number of more than 15 digits is not a dose")
    return Fraction(number)


def scaled(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """The value in its base unit: mcg and g become MG, liters ML."""
    base, factor = _SCALE.get(unit, (unit, Fraction(1)))
    return value * factor, base


def unit_named(word: str) -> str:
    """The unit of a folded word ("milligrams" is MG), "" when it is none."""
    return next((unit for spelling, unit in _UNIT_OF.items() if re.fullmatch(spelling, word)), "")


def read_amounts(folded: str, position: int) -> tuple[tuple[Amount, ...], int]:
    """The amounts that start at `position` ("20-12.5 mg", "250mg/5ml") and where they end; none gives ((), position)."""
    found = _U100.match(folded, position)
    if found:
        return (Amount(Fraction(found.group(1)), "UNT", "ML"),), found.end()
    raw, end = _raw_values(folded, position)
    if not raw:
        return (), position
    last_unit = next((unit for _, unit, _, _ in reversed(raw) if unit), "")
    return tuple(_amount(value, unit or last_unit, per, per_value) for value, unit, per, per_value in raw), end


def _amount(value: Fraction, unit: str, per: str, per_value: Fraction) -> Amount:
    typed = value, unit
    value, unit = scaled(value, unit)
    if per == "DAY":
        per, per_value = "HR", per_value * 24
    if per == "EACH":
        per = ""
    if per == "G":
        per, per_value = "MG", per_value * 1000
    return Amount(value / per_value, unit, per, typed=typed)


def _per(folded: str, end: int, unit: str) -> re.Match[str] | None:
    """The "/5 mL" after a value with a unit; "5 mg/325 mg" and "5/325 tab" are two values, not a ratio."""
    found = _PER.match(folded, end)
    if not found or not unit:
        return None
    is_one = found.group(1) in (None, "1")
    return found if is_one or _denominator_of(found.group(2)) in ("ML", "HR", "DAY", "ACTUAT") else None


def _raw_values(folded: str, position: int) -> tuple[list[tuple[Fraction, str, str, Fraction]], int]:
    raw: list[tuple[Fraction, str, str, Fraction]] = []
    end = position
    while len(raw) < 6:
        found = _VALUE.match(folded, position)
        if not found or len(found.group(1)) > 15:
            break
        value, unit, end = exact(found.group(1)), _unit_of(found.group(2)), found.end()
        per = _per(folded, end, unit)
        per_unit, per_value = "", Fraction(1)
        if per:
            per_unit, per_value = _denominator_of(per.group(2)), exact(per.group(1) or "1") or Fraction(1)
            end = per.end()
        raw.append((value, unit, per_unit, per_value))
        following = _NEXT.match(folded, end)
        if not following:
            break
        position = following.end()
    return raw, end


@lru_cache(maxsize=512)
def _unit_of(word: str | None) -> str:
    return unit_named(word) if word else ""


@lru_cache(maxsize=512)
def _denominator_of(word: str) -> str:
    for spelling, unit in _DENOMINATOR_OF.items():
        if re.fullmatch(spelling.replace("~", "\\s*"), word):
            return unit
    return ""


@lru_cache(maxsize=4096)
def product_amounts(strength: str) -> tuple[Amount, ...]:
    """RxNorm's strength text as amounts, one a component; empty when any part can't be read."""
    amounts = []
    for part in strength.split(" / "):
        found = _PRODUCT_PART.match(part)
        if not found:
            return ()
        value, unit = scaled(exact(found.group(2)), found.group(3).upper())
        amounts.append(Amount(value, unit, (found.group(4) or "").upper(), component=found.group(1)))
    return tuple(amounts)
