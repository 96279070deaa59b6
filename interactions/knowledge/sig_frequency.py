"""How often, from all that a direction says about it: what agrees is put together, what contradicts itself is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from interactions.knowledge.sig_shapes import SigPart

IN_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
WEEK = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
FOOD_OF_MEAL = {"with": "with food", "before": "before meals", "after": "after meals"}
Count = tuple[Fraction, Fraction | None]


@dataclass(slots=True)
class Facts:
    """What has been read of one part; the lists keep every statement, also a second and different one."""

    dose: Fraction | None = None
    dose_max: Fraction | None = None
    unit: str = ""
    amount: Fraction | None = None
    amount_unit: str = ""
    join: str = ""
    is_dose_last: bool = False
    is_after_when: bool = False
    is_dose_most: bool = False
    is_total: bool = False
    is_once: bool = False
    divided: int = 0
    counts: list[Count] = field(default_factory=list)
    most: Fraction | None = None
    is_daily: bool = False
    is_most: bool = False
    hours: list[tuple[int, int]] = field(default_factory=list)
    minutes: int | None = None
    spans: list[tuple[int, str]] = field(default_factory=list)
    per_week: list[Count] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    meals: list[str] = field(default_factory=list)
    clock: list[int] = field(default_factory=list)
    is_time_more: bool = False
    is_dated: bool = False
    food: str = ""
    food_minutes: int | None = None
    meals_a_day: int = 0
    is_joined: bool = False
    weekdays: list[str] = field(default_factory=list)
    is_except: bool = False
    site: str = ""
    sides: int = 1
    duration: int | None = None

    @property
    def has_when(self) -> bool:
        return bool(self.counts or self.most or self.is_daily or self.hours or self.minutes or self.spans or self.per_week
                    or self.times or self.weekdays or self.is_once or self.is_total)


_Said = tuple[str, SigPart]


def settled(facts: Facts) -> tuple[SigPart, tuple[SigPart, ...]]:
    """The part that the facts give, and the statements that contradict each other (() when none do)."""
    said = _statements(facts)
    for index, first in enumerate(said):
        for second in said[index + 1:]:
            if not _agree(first, second, facts):
                return _base(facts), (first[1], second[1])
    return _counted(facts), ()


def _statements(facts: Facts) -> list[_Said]:
    """Everything that was said about how often, each as a part of its own."""
    said: list[_Said] = [("count", SigPart(times_per_day=low, times_max=high, per_day=low)) for low, high in facts.counts]
    said += [("hours", SigPart(hours=hours, times_per_day=Fraction(24, hours[1]))) for hours in facts.hours]
    said += [("span", SigPart(every=span, times_per_day=Fraction(1, _days(span)))) for span in facts.spans]
    said += [("week", SigPart(per_week=low, times_per_day=low / 7, times_max=high / 7 if high else None)) for low, high in facts.per_week]
    if facts.is_daily:
        said.append(("daily", SigPart(times_per_day=Fraction(1), per_day=Fraction(1))))
    if facts.weekdays:
        said.append(("days", SigPart(weekdays=tuple(facts.weekdays), times_per_day=Fraction(len(facts.weekdays), 7), per_day=Fraction(1))))
    if facts.times:
        said.append(("times", SigPart(times=tuple(facts.times), meals=tuple(facts.meals), times_per_day=Fraction(len(facts.times)))))
    return said


def _days(span: tuple[int, str]) -> int:
    return span[0] * IN_DAYS[span[1]]


def _agree(first: _Said, second: _Said, facts: Facts) -> bool:
    kinds = first[0], second[0]
    rule = _AGREE.get(kinds)
    if rule:
        return rule(first[1], second[1], facts)
    rule = _AGREE.get((kinds[1], kinds[0]))
    return rule(second[1], first[1], facts) if rule else True


def _same_often(one: SigPart, other: SigPart, _: Facts) -> bool:
    return (one.times_per_day, one.times_max) == (other.times_per_day, other.times_max)


def _count_in_hours(count: SigPart, hours: SigPart, _: Facts) -> bool:
    low, high = hours.hours or (24, 24)
    often = count.times_per_day or Fraction(1)
    return Fraction(24, high) <= often <= Fraction(24, low)


def _count_and_times(count: SigPart, times: SigPart, facts: Facts) -> bool:
    often = count.times_max or count.times_per_day or Fraction(1)
    named = len(times.times)
    return named == often or (named < often and _is_one_more(facts, times.times, often))


def _is_one_more(facts: Facts, times: tuple[str, ...], often: Fraction) -> bool:
    """ "3 times a day and at bedtime", "4 times a day before meals and at bedtime"."""
    return times == ("bedtime",) and facts.is_time_more and (often in (2, 3) or (often == 4 and facts.meals_a_day > 0))


def _hours_and_times(hours: SigPart, times: SigPart, _: Facts) -> bool:
    low, high = hours.hours or (24, 24)
    return low >= 24 if len(times.times) == 1 else low == high and len(times.times) * low == 24


def _hours_and_span(hours: SigPart, span: SigPart, _: Facts) -> bool:
    low, high = hours.hours or (24, 24)
    return low == high and bool(span.every) and low == 24 * _days(span.every or (1, "day"))


_AGREE: dict[tuple[str, str], Callable[[SigPart, SigPart, Facts], bool]] = {
    ("count", "count"): _same_often,
    ("hours", "hours"): lambda one, other, _: one.hours == other.hours,
    ("span", "span"): _same_often,
    ("week", "week"): _same_often,
    ("count", "hours"): _count_in_hours,
    ("count", "span"): lambda count, span, _: count.times_per_day == 1 or bool(span.every and span.every[1] == "day"),
    ("count", "times"): _count_and_times,
    ("daily", "hours"): lambda _, hours, __: bool(hours.hours and hours.hours[1] <= 24),
    ("daily", "span"): lambda _, span, __: span.every == (1, "day"),
    ("daily", "week"): lambda _, week, __: week.per_week == 7,
    ("daily", "days"): lambda _, days, __: len(days.weekdays) > 1,
    ("hours", "span"): _hours_and_span,
    ("hours", "week"): _same_often,
    ("hours", "days"): lambda hours, _, __: bool(hours.hours and hours.hours[1] <= 24),
    ("hours", "times"): _hours_and_times,
    ("span", "week"): _same_often,
    ("span", "days"): lambda span, days, _: bool(span.every and span.every[1] == "week") and len(days.weekdays) == 1,
    ("week", "days"): lambda week, days, _: week.per_week == len(days.weekdays) and not week.times_max,
}


def _base(facts: Facts) -> SigPart:
    """The part without how often."""
    return SigPart(
        dose=facts.dose, dose_max=facts.dose_max, dose_unit=facts.unit, amount=facts.amount, amount_unit=facts.amount_unit,
        minutes=facts.minutes, is_dose_last=facts.is_dose_last, is_dose_most=facts.is_dose_most, join=facts.join, site=facts.site,
        sides=facts.sides, duration_days=facts.duration, food=_food(facts), food_minutes=facts.food_minutes)


def _food(facts: Facts) -> str:
    """How it goes with food, also by the meal that it is taken with."""
    relation = next((meal for meal in facts.meals if meal), "")
    return facts.food or FOOD_OF_MEAL.get(relation, "")


def _counted(facts: Facts) -> SigPart:
    """The part with how often on a day, and on which days."""
    part = replace(_base(facts), weekdays=_in_order(facts.weekdays), times=tuple(facts.times), meals=tuple(facts.meals),
                   clock=tuple(facts.clock), hours=facts.hours[0] if facts.hours else None)
    low, high = _on_a_day(facts)
    if low is None:
        return _once_or_most(part, facts)
    share, part = _share_of_days(part, facts)
    part = replace(part, per_day=low, times_per_day=low * share, times_max=high * share if high else part.times_max)
    return _with_most(part, facts)


def _in_order(days: list[str]) -> tuple[str, ...]:
    """Days as the week goes, Monday first."""
    return tuple(sorted(dict.fromkeys(days), key=lambda day: (WEEK.index(day) - 1) % 7))


def _on_a_day(facts: Facts) -> Count | tuple[None, None]:
    meals = facts.meals_a_day
    if facts.counts:
        low, high = facts.counts[0]
        more = Fraction(low != 4 and bool(facts.times) and _is_one_more(facts, tuple(facts.times), low))
        return low + more, high
    if facts.hours:
        slow, fast = Fraction(24, facts.hours[0][1]), Fraction(24, facts.hours[0][0])
        return slow, fast if fast != slow else None
    if facts.times:
        is_one_more = facts.times == ["bedtime"] and meals > 0 and facts.is_time_more and not facts.is_daily
        return Fraction(len(facts.times) + (meals if is_one_more else 0)), None
    if facts.is_total:
        return Fraction(1), None
    if meals and not facts.is_daily and not (facts.spans or facts.per_week or facts.weekdays):
        return Fraction(meals), None
    is_said = facts.is_daily or facts.spans or facts.per_week or facts.weekdays
    return (Fraction(1), None) if is_said else (None, None)


def _share_of_days(part: SigPart, facts: Facts) -> tuple[Fraction, SigPart]:
    if facts.weekdays:
        every = next((span for span in facts.spans if span != (1, "week")), None)
        weeks = Fraction(every[0] if every else 1)
        return Fraction(len(part.weekdays), 7) / weeks, replace(part, every=every)
    if facts.per_week:
        low, high = facts.per_week[0]
        return low / 7, replace(part, per_week=low, times_max=high / 7 if high else None)
    if facts.spans and not facts.hours and facts.spans[0] != (1, "day"):
        return Fraction(1, _days(facts.spans[0])), replace(part, every=facts.spans[0])
    return Fraction(1), part


def _once_or_most(part: SigPart, facts: Facts) -> SigPart:
    if facts.most is not None:
        return replace(part, times_per_day=facts.most, per_day=facts.most, is_most=True)
    if facts.is_once:
        return replace(part, times_per_day=Fraction(1), per_day=Fraction(1), is_once=True)
    return part


def _with_most(part: SigPart, facts: Facts) -> SigPart:
    if facts.is_total or facts.is_most:
        part = replace(part, is_total=facts.is_total and not (facts.counts or facts.hours or facts.times), is_most=facts.is_most)
    if facts.most is None or part.times_per_day is None:
        return part
    if facts.hours:
        most = min(facts.most, part.times_max or part.times_per_day)
        low = min(part.times_per_day, most)
        is_said = most < (part.times_max or part.times_per_day)
        return replace(part, times_per_day=low, times_max=most if most != low else None, times_most=facts.most if is_said else None)
    if facts.most > part.times_per_day:
        return replace(part, times_max=facts.most)
    return replace(part, is_most=facts.most == part.times_per_day)
