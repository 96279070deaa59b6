"""The daily dose of each ingredient, exactly, from strength and directions; nothing where it can't be told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from interactions.knowledge.shapes import Resolution
from interactions.knowledge.sig_build import UNSURE, with_dose
from interactions.knowledge.sig_shapes import Number, Sig, SigPart, plain_number
from interactions.knowledge.strengths import Amount, scaled

_SHOWN = {"MG": "mg", "UNT": "units", "MEQ": "mEq", "ML": "mL", "MMOL": "mmol"}
_MASS = {"mg": "MG", "mcg": "MCG", "g": "G", "unit": "UNT", "mEq": "MEQ"}
_VOLUME = {"mL": Fraction(1), "teaspoon": Fraction(5), "tablespoon": Fraction(15), "ounce": Fraction(30)}
_PIECES = ("tablet", "capsule", "pill", "suppository", "lozenge", "film", "packet", "gummy", "insert", "dose", "")
_PUFFS = ("puff", "spray")
_Range = tuple[Fraction, Fraction, str]


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount a day: `value` in mg, units, mEq or mL, or mcg/h for a patch.

    `value` is the most that the directions allow; `least` the least (they differ for "1 to 2 tablets"); `as_needed`
    says that it may be less or nothing; `at_once` is the most at one time. Values are exact fractions.
    """

    value: Fraction
    unit: str
    least: Fraction
    as_needed: bool = False
    at_once: Fraction | None = None

    @property
    def is_average(self) -> bool:
        """True for a medicine not taken every day: `value` is its average a day, `at_once` what is taken on the day."""
        return self.at_once is not None and self.value < self.at_once

    @property
    def number(self) -> Number:
        """The value as a JSON number."""
        return plain_number(self.value) or 0

    def as_json(self) -> dict[str, Number | str]:
        return {"value": self.number, "unit": self.unit}


def daily_dose(resolution: Resolution, sig: Sig | None = None) -> Dose | None:
    """The daily dose of a single-ingredient medicine; None for combinations and where it can't be told."""
    if len(resolution.ingredients) != 1:
        return None
    return daily_doses(resolution, sig).get(resolution.ingredients[0].name)


def daily_doses(resolution: Resolution, sig: Sig | None = None) -> dict[str, Dose]:
    """Ingredient name to daily dose, for every ingredient whose dose can be told; {} when none can.

    `sig` defaults to the direction found in the medicine's own text. The strength is the product's, else the typed one.
    """
    sig = sig or resolution.sig
    if sig is None or not resolution.is_resolved or sig.leftover or sig.special in UNSURE:
        return {}
    contents = _contents(resolution)
    if resolution.route in ("topical", "vaginal", "rectal") and not contents:
        return {}
    sig = _with_implied_dose(sig, resolution, contents)
    is_single = len(resolution.ingredients) == 1
    found = {one.name: _dose_of(sig, contents.get(one.name), is_single) for one in resolution.ingredients}
    return {name: dose for name, dose in found.items() if dose is not None}


def _contents(resolution: Resolution) -> dict[str, Amount]:
    """What one unit holds, by ingredient name: of the product, else the strength typed for a single ingredient."""
    if resolution.contents:
        return dict(resolution.contents)
    if len(resolution.ingredients) == 1 and len(resolution.amounts) == 1 and resolution.amounts[0].unit not in ("", "%"):
        return {resolution.ingredients[0].name: resolution.amounts[0]}
    return {}


def _with_implied_dose(sig: Sig, resolution: Resolution, contents: dict[str, Amount]) -> Sig:
    """ "daily" beside "Warfarin 5 mg" is one piece of that strength; a concentration implies no dose."""
    has_dose = any(part.dose is not None for part in sig.parts)
    has_strength = bool(resolution.amounts or resolution.product)
    if has_dose or not has_strength or not contents or any(one.per for one in contents.values()):
        return sig
    return with_dose(sig, Fraction(1), "dose")


def _dose_of(sig: Sig, content: Amount | None, is_single: bool) -> Dose | None:
    if content and content.per == "HR":
        return _patch_rate(sig, content)
    ranges = [_range_of(part, content, is_single) for part in sig.parts]
    known = [one for one in ranges if one is not None]
    if not known or len(known) < len(ranges) or len({unit for _, _, unit in known}) != 1:
        return None
    unit = known[0][2]
    least = sum((one for one, _, _ in known), Fraction(0))
    most = _capped(sum((one for _, one, _ in known), Fraction(0)), sig, content)
    at_once = max(one[1] / _most_often(part) for one, part in zip(known, sig.parts, strict=True))
    return Dose(most, _SHOWN.get(unit, unit.lower()), min(least, most), sig.as_needed, at_once)


def _most_often(part: SigPart) -> Fraction:
    return part.times_max or part.times_per_day or Fraction(1)


def _range_of(part: SigPart, content: Amount | None, is_single: bool) -> _Range | None:
    """The least and most a day of one part in the base unit; None when the dose, count or strength is not known."""
    if part.dose is None or part.times_per_day is None:
        return None
    low = _one_dose(part, part.dose, content, is_single)
    high = _one_dose(part, part.dose_max or part.dose, content, is_single)
    if low is None or high is None:
        return None
    return low[0] * part.times_per_day, high[0] * _most_often(part), low[1]


def _one_dose(part: SigPart, count: Fraction, content: Amount | None, is_single: bool) -> tuple[Fraction, str] | None:
    """The amount of `count` units: a mass as written, a mass beside a count, else count times strength."""
    if part.dose_unit in _MASS:
        value, unit = scaled(count, _MASS[part.dose_unit])
        if content and content.per == "MG":  # 4 g of a 1 % gel are 40 mg of drug
            return (value * content.value, content.unit) if unit == "MG" else None
        return (value, unit) if is_single else None
    if part.amount is not None and part.dose and part.amount_unit in _MASS and is_single:
        value, unit = scaled(part.amount, _MASS[part.amount_unit])
        return value * count / part.dose, unit
    factor = _units_of_content(part.dose_unit, content)
    return None if content is None or factor is None else (content.value * factor * count, content.unit)


def _units_of_content(unit: str, content: Amount | None) -> Fraction | None:
    """How many of the strength's own units (tablet, mL, puff) one counted unit is; None when they don't go together."""
    if content is None:
        return None
    if content.per == "ML":
        return _VOLUME.get(unit)
    if content.per == "ACTUAT":
        return Fraction(1) if unit in _PUFFS else None
    return Fraction(1) if unit in _PIECES and not content.per else None


def _capped(most: Fraction, sig: Sig, content: Amount | None) -> Fraction:
    """A stated maximum a day lowers the most."""
    if sig.max_daily_dose is None:
        return most
    if sig.max_daily_unit in _MASS:
        return min(most, scaled(sig.max_daily_dose, _MASS[sig.max_daily_unit])[0])
    factor = _units_of_content(sig.max_daily_unit, content)
    return most if content is None or factor is None else min(most, content.value * factor * sig.max_daily_dose)


def _patch_rate(sig: Sig, content: Amount) -> Dose | None:
    """A patch is stated as its rate in mcg/h (as the CDC's opioid factors want it), times the patches worn at once."""
    part = sig.parts[0]
    if len(sig.parts) != 1 or part.dose_unit not in ("patch", "dose", "") or part.times_per_day is None or content.unit != "MG":
        return None
    rate = content.value * 1000 * (part.dose if part.dose is not None else 1)
    return Dose(rate, "mcg/h", rate, sig.as_needed)
