"""Doses side by side: what is said twice counts once, what may be meant both ways is not read.

"Take 1 tablet twice a day, 1 in the morning and 1 at night" is 2 tablets a day; "1 tablet daily and 2 on Sunday" may mean 2 or 3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from interactions.knowledge.sig_frequency import Facts

PIECES = ("tablet", "capsule", "pill")


class Reader(Protocol):
    """What takes down the words that were not understood."""

    unknown: list[str]


def put_together(facts: list[Facts], draft: Reader) -> None:
    """Merge repeated parts in place, and mark parts that contradict or overlap each other as not understood."""
    for before, one in pairwise(facts):
        if one.join == "then" and before.duration is None and not before.is_once and _are_apart(before, one):
            one.join = "and"  # "1 every morning, then 1/2 at night"
    if _is_breakdown(facts):
        facts[1].site, facts[1].sides = facts[0].site or facts[1].site, max(facts[0].sides, facts[1].sides)
        for one in facts[1:]:
            one.unit = one.unit or facts[0].unit
        del facts[0]
    if any(_are_two_products(before, one) for before, one in pairwise(facts)):
        draft.unknown.append("two doses")
        return
    index = 1
    while index < len(facts):
        before, one = facts[index - 1], facts[index]
        if one.join != "and" or before.duration is not None or _may_stand(before, one):
            index += 1
        elif not one.is_joined and _is_same(before, one):
            _take_over(before, one)
            del facts[index]
        else:
            draft.unknown.append("two doses")
            return


def _are_two_products(before: Facts, one: Facts) -> bool:
    """ "one 150 mg tab ... take one 100 mg tab": at once or one after the other, it is not said."""
    if one.is_joined or not before.unit or not one.unit:
        return False
    has_amounts = before.amount is not None and one.amount is not None and before.dose and one.dose
    differ = has_amounts and (before.amount or 0) / (before.dose or 1) != (one.amount or 0) / (one.dose or 1)
    return bool(differ) or (before.unit != one.unit and before.unit in PIECES and one.unit in PIECES)


def _is_named(one: Facts) -> bool:
    return bool(one.times or one.weekdays) and not (one.counts or one.hours)


def _are_apart(before: Facts, one: Facts) -> bool:
    """At different times of the day, on different days, or both counted by the week."""
    if before.per_week and one.per_week and not (before.weekdays or one.weekdays):
        return True
    if not (_is_named(before) and _is_named(one)):
        return False
    if before.weekdays or one.weekdays:
        return bool(before.weekdays and one.weekdays) and set(before.weekdays).isdisjoint(one.weekdays)
    return set(before.times).isdisjoint(one.times) or (bool(before.clock and one.clock) and set(before.clock).isdisjoint(one.clock))


def _may_stand(before: Facts, one: Facts) -> bool:
    """True for parts that add up: apart in time, or joined by "and" on the same days."""
    if _are_apart(before, one) or one.is_except or before.is_except:
        return True
    if not before.has_when and not before.meals_a_day:
        return True  # two doses that share what follows; without a frequency of its own nothing is counted
    meals_and_bedtime = bool(before.meals_a_day) and one.times == ["bedtime"]
    return (one.is_joined or meals_and_bedtime) and not before.weekdays and not one.weekdays


def _often(one: Facts) -> Fraction | None:
    if one.counts:
        return one.counts[0][1] or one.counts[0][0]
    if one.hours:
        return Fraction(24, one.hours[0][0])
    if one.times:
        return Fraction(len(one.times))
    return Fraction(1) if one.is_daily or one.spans or one.weekdays or one.per_week else None


def _is_same(before: Facts, one: Facts) -> bool:
    """The same dose as often, or the same dose without a frequency of its own."""
    same_dose = (before.dose, before.dose_max) == (one.dose, one.dose_max) and one.unit in ("", before.unit)
    same_days = before.spans == one.spans and before.weekdays == one.weekdays and before.per_week == one.per_week
    return same_dose and (not one.has_when or (same_days and _often(before) == _often(one)))


def _take_over(before: Facts, one: Facts) -> None:
    """Keep what the repetition says more."""
    if not before.times:
        before.times, before.meals, before.clock = one.times, one.meals, one.clock
    before.food, before.food_minutes = one.food or before.food, one.food_minutes or before.food_minutes
    before.duration, before.most = one.duration or before.duration, one.most or before.most
    before.site, before.sides = before.site or one.site, max(before.sides, one.sides)


def _is_breakdown(facts: list[Facts]) -> bool:
    """ "twice a day, 1 in the morning and 1 at 3 pm": the first part is the sum of the others."""
    if len(facts) < 3 or facts[1].is_joined or not (facts[0].counts or facts[0].is_daily) or facts[0].times or facts[0].dose is None:
        return False
    rest = facts[1:]
    if any(one.join != "and" or not _is_named(one) or one.weekdays or one.dose is None or one.dose_max for one in rest):
        return False
    return facts[0].dose * (_often(facts[0]) or 0) == sum((one.dose or 0) * len(one.times) for one in rest)
