"""The daily dose of each ingredient, exactly, from strength and directions; nothing where it can't be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from interactions.knowledge.shapes import Resolution
from interactions.knowledge.sig_build import with_dose
from interactions.knowledge.sig_frequency import WEEK
from interactions.knowledge.sig_places import UNSIDED
from interactions.knowledge.sig_shapes import UNSURE, Number, Sig, SigPart, plain_number
from interactions.knowledge.strengths import Amount, scaled

_SHOWN = {"MG": "mg", "UNT": "units", "MEQ": "mEq", "ML": "mL", "MMOL": "mmol"}
_MASS = {"mg": "MG", "mcg": "MCG", "g": "G", "unit": "UNT", "mEq": "MEQ"}
_VOLUME = {"mL": Fraction(1), "teaspoon": Fraction(5), "tablespoon": Fraction(15), "ounce": Fraction(30)}
_PIECES = ("tablet", "capsule", "pill", "suppository", "lozenge", "film", "packet", "gummy", "insert", "dose", "")
_PUFFS = ("puff", "spray")
MOST_BARE = 4  # a bare number above this may be a strength ("5 daily" of a 5 mg tablet)


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount a day: `value` in mg, units, mEq or mL, or mcg/h for a patch.

    `value` is the most that the directions allow on a day, of the highest step and the highest day of the week; for a medicine
    that is not taken every day it is the average a day. `least` is the least (they differ for "1 to 2 tablets"); `as_needed`
    says that it may be less or nothing; `at_once` is the most at one time; `weekly` is the most in seven days. All are exact.
    """

    value: Fraction
    unit: str
    least: Fraction
    as_needed: bool = False
    at_once: Fraction | None = None
    weekly: Fraction | None = None

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
    if sig is None or not resolution.is_resolved or _cannot_be_told(sig):
        return {}
    contents = _contents(resolution)
    if resolution.route in ("topical", "vaginal", "rectal") and not contents:
        return {}
    sig = _with_implied_dose(sig, resolution, contents)
    is_single = len(resolution.ingredients) == 1
    found = {one.name: _dose_of(sig, contents.get(one.name), is_single) for one in resolution.ingredients}
    return {name: dose for name, dose in found.items() if dose is not None}


def _cannot_be_told(sig: Sig) -> bool:
    """Words not understood, a taper, a scale, an open repeat, months of no fixed length, a nose without its sides."""
    is_open = sig.repeat is not None and sig.repeat[1] is None and sig.max_daily_dose is None
    by_month = any(part.every and part.every[1] in ("month", "year") for part in sig.parts)
    no_side = any(part.site in UNSIDED and part.dose_unit not in _MASS for part in sig.parts)
    many = any(not part.dose_unit and part.dose is not None and (part.dose_max or part.dose) > MOST_BARE for part in sig.parts)
    return bool(sig.leftover or sig.special in UNSURE or sig.scale or is_open or by_month or no_side or many)


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


@dataclass(frozen=True, slots=True)
class _Known:
    """The amounts of one part in a base unit: least and most at one time, times a day at least and at most."""

    part: SigPart
    low: Fraction
    high: Fraction
    unit: str

    @property
    def least(self) -> Fraction:
        return Fraction(0) if self.part.is_dose_most or self.part.is_most else self.low * (self.part.times_per_day or 0)

    @property
    def most(self) -> Fraction:
        return self.high * _most_often(self.part)

    def on(self, day: str) -> Fraction:
        """The most on a day of the week."""
        if not self.part.weekdays:
            return self.most
        return self.high * (self.part.per_day or 1) if day in self.part.weekdays else Fraction(0)


def _dose_of(sig: Sig, content: Amount | None, is_single: bool) -> Dose | None:
    if content and content.per == "HR":
        return _patch_rate(sig, content)
    ranges = [_known(part, content, is_single) for part in sig.parts]
    known = [one for one in ranges if one is not None]
    if sig.is_limit_stated and sig.as_needed and not known and sig.max_daily_dose is not None:
        return _up_to_limit(sig, content)
    if not known or len(known) < len(ranges) or len({one.unit for one in known}) != 1:
        return None
    unit, repeats = known[0].unit, 1 + ((sig.repeat[1] or 0) if sig.repeat else 0)
    steps = _steps(known)
    most = max(_most_a_day(step) for step in steps) * repeats
    limited = _limited(most, sig, content, unit)
    if limited is None:
        return None
    least = min(sum((one.least for one in step), Fraction(0)) for step in steps)
    has_end = any(part.duration_days or part.is_once for part in sig.parts)
    weekly = sum((one.most for one in steps[-1]), Fraction(0)) * 7 if repeats == 1 and not has_end else None
    at_once = max(one.high for one in known)
    return Dose(limited, _SHOWN.get(unit, unit.lower()), min(least, limited), sig.as_needed, at_once,
                weekly if limited == most else None)


def _up_to_limit(sig: Sig, content: Amount | None) -> Dose | None:
    """ "1 to 2 tablets if needed, no more than 8 a day": the most is told, the frequency is not."""
    limit = _limit(sig, sig.max_daily_dose or Fraction(0), content)
    return Dose(limit[0], _SHOWN.get(limit[1], limit[1].lower()), Fraction(0), True) if limit else None


def _steps(known: list[_Known]) -> list[list[_Known]]:
    found: list[list[_Known]] = []
    for one in known:
        if one.part.join == "then" or not found:
            found.append([])
        found[-1].append(one)
    return found


def _most_a_day(step: list[_Known]) -> Fraction:
    """The highest day, where something is taken every day; else the average a day."""
    average = sum((one.most for one in step), Fraction(0))
    if len(step) > 1 and step[-1].part.join == "in between":
        return max(one.most * 2 for one in step)
    days = [sum((one.on(day) for one in step), Fraction(0)) for day in WEEK]
    has_gaps = any(one.part.every for one in step)
    return average if min(days) == 0 or has_gaps else max(days)


def _most_often(part: SigPart) -> Fraction:
    return part.times_max or part.times_per_day or Fraction(1)


def _known(part: SigPart, content: Amount | None, is_single: bool) -> _Known | None:
    """The amounts of one part in the base unit; None when the dose, count or strength is not known."""
    if part.dose is None or part.times_per_day is None:
        return None
    low = _one_dose(part, part.dose, content, is_single)
    high = _one_dose(part, part.dose_max or part.dose, content, is_single)
    if low is None or high is None:
        return None
    return _Known(part, low[0] * part.sides, high[0] * part.sides, low[1])


def _one_dose(part: SigPart, count: Fraction, content: Amount | None, is_single: bool) -> tuple[Fraction, str] | None:
    """The amount of `count` units: a mass as written, a mass beside a count, else count times strength.

    A mass beside a count that contradicts the strength of the product gives nothing.
    """
    if part.dose_unit in _MASS:
        value, unit = scaled(count, _MASS[part.dose_unit])
        if content and content.per == "MG":  # 4 g of a 1 % gel are 40 mg of drug
            return (value * content.value, content.unit) if unit == "MG" else None
        return (value, unit) if is_single else None
    factor = _units_of_content(part.dose_unit, content)
    by_count = None if content is None or factor is None else (content.value * factor * count, content.unit)
    if part.amount is not None and part.dose and part.amount_unit in _MASS and is_single:
        value, unit = scaled(part.amount, _MASS[part.amount_unit])
        by_mass = value * count / part.dose, unit
        is_sure = by_count == by_mass or (by_count is None and part.dose == 1)  # "2 tablets (5 mg)": each, or both?
        return by_mass if is_sure else None
    return by_count


def _units_of_content(unit: str, content: Amount | None) -> Fraction | None:
    """How many of the strength's own units (tablet, mL, puff) one counted unit is; None when they don't go together."""
    if content is None:
        return None
    if content.per == "ML":
        return _VOLUME.get(unit)
    if content.per == "ACTUAT":
        return Fraction(1) if unit in _PUFFS else None
    return Fraction(1) if unit in _PIECES and not content.per else None


def _limited(most: Fraction, sig: Sig, content: Amount | None, unit: str) -> Fraction | None:
    """A stated maximum a day lowers the most; None when it is in a unit that cannot be compared."""
    if not sig.is_limit_stated or sig.max_daily_dose is None:
        return most
    limit = _limit(sig, sig.max_daily_dose, content)
    return min(most, limit[0]) if limit and limit[1] == unit else None


def _limit(sig: Sig, count: Fraction, content: Amount | None) -> tuple[Fraction, str] | None:
    """A stated maximum of `count` units a day in the base unit."""
    part = sig.parts[0]
    if sig.max_daily_unit in _MASS:
        return scaled(count, _MASS[sig.max_daily_unit])
    if part.amount is not None and sig.max_daily_unit != part.dose_unit:
        return None
    return _one_dose(replace(part, dose_unit=sig.max_daily_unit), count, content, True)


def _patch_rate(sig: Sig, content: Amount) -> Dose | None:
    """A patch is stated as its rate in mcg/h (as the CDC's opioid factors want it), times the patches worn at once."""
    part = sig.parts[0]
    if len(sig.parts) != 1 or part.dose_unit not in ("patch", "dose", "") or part.times_per_day is None or content.unit != "MG":
        return None
    rate = content.value * 1000 * (part.dose if part.dose is not None else 1)
    return Dose(rate, "mcg/h", rate, sig.as_needed)
