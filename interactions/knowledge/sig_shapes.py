"""Directions as values: what is taken, how often, when, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Number = int | float
# Directions whose dose is not told by the words.
UNSURE = ("taper", "sliding scale", "changes", "conflict")


def plain_number(value: Fraction | None) -> Number | None:
    """A JSON number: an integer where it is one, else the nearest float."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


@dataclass(frozen=True, slots=True)
class SigPart:
    """One part of a direction, such as "2 tablets every morning".

    `dose` to `dose_max` units of `dose_unit` (singular: tablet, mg, mL, puff ...) at each time;
    `times_per_day` to `times_max` times a day (1/7 is once a week, 1/30 about once a month); None is "not said".
    `minutes` between doses of an emergency medicine; `is_dose_last` says that the frequency stood before the dose.
    `is_most` says that the frequency is a most ("up to 3 times a day"), `times_most` a most beside one ("every 4 hours, up to
    4 times a day"), `is_dose_most` that the dose is one ("up to 2 tablets").
    `amount` of `amount_unit` is the mass of one dose where it was written beside the count ("1 tablet (5 mg)").

    `join` is how it follows the part before: "" or "and" on the same days, "in between" on the days between, "then" later in time.
    `every` is (2, "day") for every other day, (3, "month") ...; `per_day` how often on a day on which it is taken.
    `meals` says of each of `times` whether it is with, before or after that meal ("" for none). `clock` are minutes of the day.
    `is_total` says that the dose is for a whole day, in no stated number of doses; `is_once` a single dose.
    `food` is how it goes with food, `food_minutes` how long before or after a meal. `site` is a key of `sig_language` ("left_eye",
    "under the skin"); `sides` is 2 where each of two sides gets the dose.
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
    times_most: Fraction | None = None
    is_dose_most: bool = False
    join: str = ""
    every: tuple[int, str] | None = None
    per_day: Fraction | None = None
    per_week: Fraction | None = None
    meals: tuple[str, ...] = ()
    clock: tuple[int, ...] = ()
    is_total: bool = False
    is_once: bool = False
    site: str = ""
    sides: int = 1
    duration_days: int | None = None
    food: str = ""
    food_minutes: int | None = None

    @property
    def most_per_day(self) -> Fraction | None:
        """The most dose units that this part allows in a day, both sides counted."""
        dose = self.dose_max or self.dose
        often = self.times_max or self.times_per_day
        return dose * often * self.sides if dose is not None and often is not None else None


@dataclass(frozen=True, slots=True)
class Sig:
    """A parsed direction.

    The first-level dose and times summarize `parts` (dose is None when the parts differ);
    `max_daily_dose` counts `max_daily_unit` (`is_limit_stated`: it was written, else it follows from dose and
    frequency); `week_limit` is a stated most a week, with its unit;
    `most_doses` is how often in one event ("every 5 minutes, up to 3 doses"); `repeat` is (minutes, how often) of "may repeat".
    `special`: taper, sliding scale (rows of low, high and units in `scale`), as directed, conflict (what the directions say at
    once in `conflict`), or "". `notes` are keys of advice; `purpose` is what a medicine taken always is for.
    `warnings` are for staff: shorthand that is easily misread, and what contradicts itself.
    `text_en` and `text_es` are plain words without Latin; `leftover` holds words that were not understood, `aside` a sentence
    without weight for the dose; with either the plain words do not say it all and `is_complete` is False.
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
    food_minutes: int | None = None
    is_limit_stated: bool = False
    week_limit: tuple[Fraction, str] | None = None
    repeat: tuple[int | None, int | None] | None = None
    conflict: tuple[SigPart, ...] = ()
    scale: tuple[tuple[int, int | None, Fraction], ...] = ()
    notes: tuple[str, ...] = ()
    purpose: str = ""
    aside: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.leftover and not self.aside

    @property
    def changes_over_time(self) -> bool:
        """True when the dose is another one later ("2 tablets today, then 1 a day")."""
        return any(part.join == "then" for part in self.parts)

    @property
    def steps(self) -> tuple[tuple[SigPart, ...], ...]:
        """The parts by step in time; most directions have one."""
        found: list[list[SigPart]] = []
        for part in self.parts:
            if part.join == "then" or not found:
                found.append([])
            found[-1].append(part)
        return tuple(tuple(step) for step in found)

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "dose": plain_number(self.dose),
            "dose_max": plain_number(self.dose_max),
            "dose_unit": self.dose_unit or None,
            "times_per_day": plain_number(self.times_per_day),
            "times_per_day_max": plain_number(self.times_max),
            "times": list(self.times),
            "weekdays": list(dict.fromkeys(day for part in self.parts for day in part.weekdays)),
            "with_food": self.with_food or None,
            "as_needed": self.as_needed,
            "as_needed_for": self.as_needed_for or None,
            "route": self.route,
            "duration_days": self.duration_days,
            "max_daily_dose": plain_number(self.max_daily_dose),
            "max_daily_unit": self.max_daily_unit or None,
            "special": self.special or None,
            "warnings": list(self.warnings),
            "text_en": self.text_en,
            "text_es": self.text_es,
        }
