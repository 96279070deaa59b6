"""How much of each ingredient the directions of a line allow in a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from interactions.engine.units import Amount, amount
from interactions.knowledge.shapes import Product, Resolution
from interactions.knowledge.sig_shapes import Sig

# Units in which directions count whole pieces of a product.
PIECES = frozenset({"tablet", "capsule", "patch", "suppository", "lozenge", "film", "packet", "chewable", "gummy", "softgel", "caplet"})
_PART = re.compile(r"^(?:(?P<name>.*?)\s)?(?P<value>\d*\.?\d+)\s?(?P<unit>[A-Za-z]+)(?:/(?P<per_value>\d*\.?\d+)?\s?(?P<per>[A-Za-z]+))?$")


def daily_amounts(resolution: Resolution, sig: Sig | None) -> dict[str, Amount]:
    """Amounts by ingredient name; an ingredient whose amount is not certain is left out.

    Patches that tell a rate count as mcg an hour, one patch at a time.
    """
    if sig is None or not resolution.ingredients:
        return {}
    names = [one.name.lower() for one in resolution.ingredients]
    strengths = strengths_of(resolution.product, resolution.strength, tuple(names))
    rates = {name: found for name, (_, per, found) in strengths.items() if per in ("hr", "h")}
    if rates:
        pieces = sig.dose if sig.dose is not None and sig.dose_unit == "patch" else Fraction(1)
        return {name: amount(value * pieces * 1000, "mcg/h") or Amount(0, "mcg/h") for name, value in rates.items()}
    if sig.max_daily_dose is None:
        return {}
    return dict(counted(names, strengths, sig.max_daily_dose, sig.max_daily_unit))


def counted(names: list[str], strengths: dict[str, tuple[str, str, Fraction]], most: Fraction, unit: str) -> Iterator[tuple[str, Amount]]:
    """The day's most of each ingredient, from a mass, from whole pieces, or from a volume."""
    direct = amount(most, unit)
    if direct and direct.base != "ml":
        if len(names) == 1:
            yield names[0], direct
        return
    for name, (mass_unit, per, value) in strengths.items():
        fits = (unit in PIECES and not per) or (unit.lower() == "ml" and per == "ml")
        found = amount(value * most, mass_unit) if fits else None
        if found:
            yield name, found


def strengths_of(product: Product | None, typed: str, names: tuple[str, ...]) -> dict[str, tuple[str, str, Fraction]]:
    """Ingredient to (unit, per, value): the product's strengths, else the one typed for a single ingredient.

    A rate an hour is brought to mg an hour.
    """
    if product:
        return read_strength(product.strength, tuple(one.name.lower() for one in product.ingredients) or names)
    return read_strength(typed, names) if len(names) == 1 else {}


@lru_cache(20_000)
def read_strength(strength: str, names: tuple[str, ...]) -> dict[str, tuple[str, str, Fraction]]:
    parts = [found for part in strength.split(" / ") if (found := _PART.match(part.strip()))]
    if len(parts) != len(names):
        return {}
    read: dict[str, tuple[str, str, Fraction]] = {}
    for part in parts:
        name = names[0] if len(names) == 1 else owner(part["name"] or "", names)
        if name is None or name in read:
            return {}
        unit, per = part["unit"].lower(), (part["per"] or "").lower()
        value = Fraction(part["value"]) / Fraction(part["per_value"] or 1)
        if per in ("hr", "h") and unit == "mcg":
            unit, value = "mg", value / 1000
        read[name] = unit, per, value
    return read


def owner(words: str, names: tuple[str, ...]) -> str | None:
    """The ingredient that a strength such as "oxycodone hydrochloride 5 MG" belongs to."""
    lower = words.lower()
    fitting = [name for name in names if lower == name or lower.startswith(f"{name} ")]
    return max(fitting, key=len) if fitting else None
