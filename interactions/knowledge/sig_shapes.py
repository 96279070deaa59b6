"""Directions as values: what is taken, how often, when, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Number = int | float


def plain_number(value: Fraction | None) -> Number | None:
    """A JSON number: an integer where it is one, else the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


@dataclass(frozen=True, slots=True)
class SigPart:
    """One part of a direction, such as "2 tablets every morning".

    `dose` to `dose_max` units of `dose_unit` (singular: tablet, mg, mL, puff ...) at each time;
    `times_per_day` to `times_max` times a day (1/7 is once a week, 1/30 once a month); None is "not said".
    `minutes` between doses of an emergency medicine; `is_dose_last` says that the frequency stood before the dose.
    `is_most` says that the frequency is a most ("up to 3 times a day").
    `amount` of `amount_unit` is the mass of one dose where it was written beside the count ("1 tablet (5 mg)").
    """

    dose: Fraction | None = None
    dose_max: Fraction | None = None
    dose_unit: str = ""
    times_per_day: Fraction | None = None
    times_max: Fraction | None = None
    times: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None
    weekdays: tuple[str, ...] = ()
    amount: Fraction | None = None
    amount_unit: str = ""
    minutes: int | None = None
    is_dose_last: bool = False
    is_most: bool = False

    @property
    def most_per_day(self) -> Fraction | None:
        """The most dose units that this part allows in a day."""
        dose = self.dose_max or self.dose
        often = self.times_max or self.times_per_day
        return dose * often if dose is not None and often is not None else None


@dataclass(frozen=True, slots=True)
class Sig:
    """A parsed direction.

    The first-level dose and times summarize `parts` (dose is None when the parts differ);
    `max_daily_dose` counts `max_daily_unit`;
    `most_doses` is how often in one event ("every 5 minutes, up to 3 doses"). `text_en` and `text_es` are plain words without Latin.
    `is_complete` is False when words of the text were not understood (they stand in `leftover`).
    """

    text: str
    parts: tuple[SigPart, ...] = ()
    verb: str = ""
    route: str | None = None
    dose: Fraction | None = None
    dose_max: Fraction | None = None
    dose_unit: str = ""
    times_per_day: Fraction | None = None
    times_max: Fraction | None = None
    times: tuple[str, ...] = ()
    as_needed: bool = False
    as_needed_for: str = ""
    with_food: str = ""
    duration_days: int | None = None
    max_daily_dose: Fraction | None = None
    max_daily_unit: str = ""
    most_doses: int | None = None
    special: str = ""
    leftover: str = ""
    text_en: str = ""
    text_es: str = ""

    @property
    def is_complete(self) -> bool:
        return not self.leftover

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "dose": plain_number(self.dose),
            "dose_max": plain_number(self.dose_max),
            "dose_unit": self.dose_unit or None,
            "times_per_day": plain_number(self.times_per_day),
            "times": list(self.times),
            "as_needed": self.as_needed,
            "as_needed_for": self.as_needed_for or None,
            "route": self.route,
            "duration_days": self.duration_days,
            "max_daily_dose": plain_number(self.max_daily_dose),
            "max_daily_unit": self.max_daily_unit or None,
            "text_en": self.text_en,
            "text_es": self.text_es,
        }
