"""How often and when: times a day, hours, days of the week, meals, clock times."""

from __future__ import annotations

from fractions import Fraction

from interactions.knowledge.sig_build import Draft
from interactions.knowledge.sig_doses import MEASURES
from interactions.knowledge.sig_places import site_of
from interactions.knowledge.sig_words import Match

BARE_HOURS = (4, 6, 8, 12, 24)
NAMED_CLOCK = {"noon": 720, "midday": 720, "mediodia": 720}


def read_per_day(draft: Draft, found: Match, at: int) -> int:
    part = draft.part
    text = draft.tokens[at].text
    draft.understood += 1
    if text == "od" and (part.unit == "drop" or site_of(part.site) == "ophthalmic"):
        draft.put("right_eye")
        return found.end
    before = draft.tokens[at - 1].text if at else ""
    if found.value == "daily":
        is_whole = text in ("a", "per", "/", "al") and part.dose is not None and not part.has_when and found.end - at == 2
        part.is_total = is_whole and (part.dose != 1 or part.unit in MEASURES) and before != "once"
        number = found.numbers[0].low if found.numbers else Fraction(1)
        part.is_daily = True
        if number != 1:
            raise ValueError("every so many days")
    elif found.value == "#":
        _times_a_day(draft, found)
    else:
        part.counts.append((Fraction(found.value), None))
    return found.end


def _times_a_day(draft: Draft, found: Match) -> None:
    """ "3 times a day"; "3 times in 24 hours"."""
    if len(found.numbers) > 1 and found.numbers[1].low != 24:
        raise ValueError("times in some hours")
    low, high = found.numbers[0].low, found.numbers[0].high
    if not low:
        raise ValueError("no times a day")
    if low == 1 and high is None:
        draft.part.is_daily = True
    else:
        draft.part.counts.append((low, high))


def read_hours(draft: Draft, found: Match, at: int) -> int:
    if found.value == "bare" and (found.numbers[0].high or found.numbers[0].low) not in BARE_HOURS:
        return 0
    low = found.numbers[0].low if found.numbers else Fraction(1)
    high = (found.numbers[-1].high or found.numbers[-1].low) if found.numbers else Fraction(1)
    if not low or low.denominator != 1 or high.denominator != 1 or high < low:
        raise ValueError("every 0 hours")
    draft.part.hours.append((int(low), int(high)))
    draft.understood += 1
    return found.end


def read_minutes(draft: Draft, found: Match, at: int) -> int:
    if found.numbers[0].high is not None or not found.numbers[0].low:
        return 0
    draft.part.minutes = int(found.numbers[0].low)
    draft.understood += 1
    return found.end


def read_span(draft: Draft, found: Match, at: int) -> int:
    count, period = found.value.split()
    if count == "#":
        number = found.numbers[0]
        if number.high is not None or number.low.denominator != 1 or not number.low:
            return 0
        span = int(number.low), period
    else:
        if found.numbers and (found.numbers[0].low != 1 or found.numbers[0].high):
            return 0
        span = int(count), period
    if span == (1, "day"):
        draft.part.is_daily = True
    else:
        draft.part.spans.append(span)
    draft.understood += 1
    return found.end


def read_per_week(draft: Draft, found: Match, at: int) -> int:
    often = found.numbers[0].low if found.numbers else Fraction(found.value)
    high = found.numbers[0].high if found.numbers else None
    if not often or often > 7 or (high and high > 7):
        return 0
    if often == 1 and high is None:
        draft.part.spans.append((1, "week"))
    else:
        draft.part.per_week.append((often, high))
    draft.understood += 1
    return found.end


def read_time(draft: Draft, found: Match, at: int) -> int:
    return _add_time(draft, found.value, "", found.end, at)


def _add_time(draft: Draft, time: str, meal: str, end: int, at: int, clock: int | None = None) -> int:
    part = draft.part
    draft.understood += 1
    if not part.times:
        part.is_time_more = at > 0 and (draft.tokens[at - 1].text in ("and", "plus", "y") or draft.last == "meal")
    if part.is_after_when and time not in part.times:
        draft.unknown.append("a dose between two times")
        return end
    if part.clock and clock is None and time not in part.times:
        clock = NAMED_CLOCK.get(draft.tokens[end - 1].text)  # "8 am and noon"
        if clock is None:
            draft.unknown.append("a clock time")
            return end
    if time in part.times and clock is None:
        index = part.times.index(time)
        part.meals[index] = part.meals[index] or meal
        return end
    if clock is not None:
        part.clock.append(clock)
    part.times.append(time)
    part.meals.append(meal)
    return end


def read_clock(draft: Draft, minutes: int, end: int) -> int:
    hour = minutes // 60
    time = "morning" if 4 <= hour < 11 else "noon" if 11 <= hour < 16 else "evening" if 16 <= hour < 20 else "bedtime"
    if draft.part.times == [time] and not draft.part.clock:
        draft.part.clock.append(minutes)  # "every morning at 8 am"
        return end
    if draft.part.times and len(draft.part.clock) != len(draft.part.times):
        draft.unknown.append("a clock time")
    return _add_time(draft, time, "", end, end - 1, minutes)


def read_clock_words(draft: Draft, found: Match, at: int) -> int:
    """ "at 8 am", "8 am and 2 pm"; but "2 am and 1 pm" without "at" counts pieces."""
    number, word = found.numbers[0], draft.tokens[found.end - 1].text
    part = draft.part
    if number.high is not None:
        return 0
    is_count = found.value == "maybe" and not part.clock and number.low < 5 and (part.dose is None or bool(part.times))
    if is_count or not 0 < number.low <= 12:
        return 0
    hour = int(number.low * 60) % 720 + (720 if word in ("pm", "p", "afternoon", "evening", "night", "tarde", "noche") else 0)
    return read_clock(draft, hour, found.end)


def read_meal(draft: Draft, found: Match, at: int) -> int:
    relation, _, which = found.value.partition(" ")
    draft.understood += 1
    if which in ("morning", "noon", "evening"):
        _minutes_from_meal(draft, found)
        return _add_time(draft, which, relation, found.end, at)
    if relation.startswith("next_"):
        if not draft.part.meals or not draft.part.meals[-1]:
            return 0
        return _add_time(draft, relation.removeprefix("next_"), draft.part.meals[-1], found.end, at)
    draft.part.food = found.value or draft.part.food
    if found.value in ("with meals", "before meals", "after meals"):
        draft.part.meals_a_day = draft.part.meals_a_day or _meals_a_day(found)
        _minutes_from_meal(draft, found)
    return found.end


def _meals_a_day(found: Match) -> int:
    """ "with 2 meals" is twice; else a day has three."""
    is_count = found.value == "with meals" and found.numbers and found.numbers[0].low in (1, 2, 3)
    return int(found.numbers[0].low) if is_count else 3


def _minutes_from_meal(draft: Draft, found: Match) -> None:
    if found.numbers and found.value != "with meals":
        is_hours = any(token.text == "hour" for token in draft.tokens[found.end - 4:found.end])
        number = found.numbers[0]
        if number.high is None:
            draft.part.food_minutes = int(number.low * (60 if is_hours else 1))


def read_weekday(draft: Draft, found: Match, at: int) -> int:
    part = draft.part
    if part.is_after_when and not set(found.value.split()) <= set(part.weekdays):
        draft.unknown.append("a dose between two days")  # "Mon-Sat, 1/2 tablet Sun": whose dose the first days have is not said
        return found.end
    part.weekdays += [day for day in found.value.split() if day not in part.weekdays]
    draft.understood += 1
    if found.end + 1 < len(draft.tokens) and draft.tokens[found.end].text == "/":
        return found.end + 1
    return found.end
