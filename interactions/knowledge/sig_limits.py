"""The most that a direction allows ("max 8 a day", "up to 4 times a day") and what may be repeated."""

from __future__ import annotations

from fractions import Fraction

from interactions.knowledge.sig_build import Draft
from interactions.knowledge.sig_tokens import NUMBER, STOP
from interactions.knowledge.sig_words import Match, longest, period

_TIMES = ("time", "x")


def read_limit(draft: Draft, found: Match, at: int) -> int:
    """What follows "max" or "up to"; the place after it, 0 when it is no limit."""
    start = found.end
    while start < len(draft.tokens) and draft.tokens[start].text in ("of", "is", ":", "dose", "de", "a", "total", "only"):
        start += 1
    after = longest(draft.tokens, start)
    if after and after.kind in ("per_day", "per_week", "span", "hours"):
        return _most_often(draft, found, after, start)
    if after and after.kind == "duration" and found.value == "up_to":
        return start
    if start >= len(draft.tokens) or draft.tokens[start].text != NUMBER:
        draft.unknown.append(draft.text[draft.tokens[at].start:draft.tokens[found.end - 1].end])
        return found.end
    return _most_amount(draft, found, start, at)


def _most_often(draft: Draft, found: Match, after: Match, start: int) -> int:
    """ "up to 3 times a day", "no more than once a week"."""
    part = draft.part
    draft.understood += 1
    if after.kind == "per_day":
        count = after.numbers[0].high or after.numbers[0].low if after.numbers else Fraction(1)
        part.most = Fraction(after.value) if after.value.isdigit() else count
        return after.end
    if part.has_when:
        draft.unknown.append(draft.text[draft.tokens[start].start:draft.tokens[after.end - 1].end])
        return after.end
    part.is_most = True
    return start


def _most_amount(draft: Draft, found: Match, start: int, at: int) -> int:
    number = draft.tokens[start]
    counted = longest(draft.tokens, start)
    unit = counted.value if counted and counted.kind == "unit" else ""
    end = counted.end if counted and counted.kind == "unit" else start + 1
    if end < len(draft.tokens) and draft.tokens[end].text in _TIMES:
        unit, end = "dose", end + 1
    while end < len(draft.tokens) and draft.tokens[end].text in ("total", "prn", "of", "at"):
        end += 1
    span = _period(draft, end)
    amount = number.high or number.low
    draft.understood += 1
    said = draft.text[draft.tokens[at].start:draft.tokens[end - 1].end]
    names_day = any(token.text in ("daily", "mdd", "day") for token in draft.tokens[at:start])
    if span is None:
        return _without_period(draft, found, amount, unit, end, names_day, said)
    if span.value == "day":
        _take_most(draft, amount, unit)
    elif span.value == "week":
        draft.week_limit = amount, unit
    elif span.value == "event" and unit in ("dose", ""):
        draft.most_doses = int(amount)
    else:
        draft.unknown.append(said)
    return span.end


def _period(draft: Draft, at: int) -> Match | None:
    """The time that follows a limit; "every 6 hours" after it says how often, it is no day."""
    span = period(draft.tokens, at)
    if span is None:
        return None
    after = longest(draft.tokens, at)
    if after and after.kind == "time" and after.end > span.end:
        return None  # "up to 2 tablets every day at bedtime"
    length = 1 if any(token.text == "day" for token in draft.tokens[at:span.end]) else 24
    return span if span.value != "day" or all(token.low == length for token in span.numbers) else None


def _without_period(draft: Draft, found: Match, amount: Fraction, unit: str, end: int, names_day: bool, said: str) -> int:
    if names_day:
        _take_most(draft, amount, unit)
    elif _is_event(draft) and (unit in ("dose", "") or (unit == draft.part.unit and draft.part.dose == 1)):
        draft.most_doses = int(amount)
    elif found.value == "up_to" and draft.part.dose is None and unit != "dose":
        draft.part.dose, draft.part.unit, draft.part.is_dose_most = amount, unit, True
    else:
        draft.unknown.append(said)
    return end


def _is_event(draft: Draft) -> bool:
    """True for doses minutes apart: their most is that of one attack."""
    return draft.part.minutes is not None or (draft.repeat is not None and (draft.repeat[0] or 60) < 60)


def _take_most(draft: Draft, amount: Fraction, unit: str) -> None:
    """ "max 4 doses a day" limits the times, else the amount."""
    if unit == "dose" and draft.part.unit != "dose":
        draft.part.most = amount
    elif draft.maximum not in (None, amount):
        draft.unknown.append("two limits")
    else:
        draft.maximum, draft.maximum_unit = amount, unit


def read_repeat(draft: Draft, found: Match, at: int) -> int:
    """ "may repeat in 2 hours", "may repeat once"."""
    texts = [token.text for token in draft.tokens[at:found.end]]
    wait, times = draft.repeat or (None, None)
    numbers = list(found.numbers)
    if found.value == "count":
        times = int(numbers[0].low) if numbers else 1
    else:
        times = 1 if "once" in texts else times
        if len(numbers) > 1:
            times = int(numbers[0].low) if "x" in texts or "time" in texts else times
        length = int(numbers[-1].high or numbers[-1].low) if numbers else 1
        wait = length * (60 if "hours" in found.value else 1)
    end = found.end
    if [token.text for token in draft.tokens[end:end + 2]] == ["x", NUMBER]:
        times, end = int(draft.tokens[end + 1].high or draft.tokens[end + 1].low), end + 2
    draft.repeat = wait, times
    draft.understood += 1
    return end + 1 if end < len(draft.tokens) and draft.tokens[end].text == STOP else end
