"""Steps in time and the words between doses: then, on day 1, other days, except, alternating, for how long."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from interactions.knowledge.sig_build import Draft
from interactions.knowledge.sig_tokens import NUMBER
from interactions.knowledge.sig_words import Match, longest


def read_except(draft: Draft, found: Match, at: int) -> int:
    """ "daily except Sunday", "1 tablet daily except 1/2 tablet on Sunday"."""
    draft.join = "except"
    after = _first_meant(draft, found.end)
    if after and after.kind == "weekday":
        draft.part.is_except = True
        draft.join = ""
    return found.end


def read_step_word(draft: Draft, found: Match, at: int) -> int:
    return _STEPS[found.value](draft, found, at)


def _then(draft: Draft, found: Match, at: int) -> int:
    draft.join = "then"
    return found.end


def _first(draft: Draft, found: Match, at: int) -> int:
    """ "2 tablets on day 1", "days 2-5: 1 tablet": how long the step is that it stands with."""
    numbers = [number.low for number in found.numbers]
    last = (found.numbers[-1].high or found.numbers[-1].low) if found.numbers else Fraction(1)
    first = numbers[0] if numbers else Fraction(1)
    part = draft.part
    is_titled = found.end < len(draft.tokens) and draft.tokens[found.end].text == ":"
    if part.dose is not None and (is_titled or part.is_once or part.duration is not None):
        draft.close("then")
        part = draft.part
    part.is_dated = True
    if first == last and not part.has_when:
        part.is_once = True
    else:
        part.duration = int(last - first) + 1
    draft.understood += 1
    return found.end


def _first_week(draft: Draft, found: Match, at: int) -> int:
    """ "week 1: 1 tablet daily; weeks 2-4: 2 tablets daily"."""
    end = _first(draft, found, at)
    days = (draft.part.duration or 1) * 7
    draft.part.is_once, draft.part.is_dated, draft.part.duration = False, False, days
    return end


def _once(draft: Draft, found: Match, at: int) -> int:
    if found.numbers and (found.numbers[0].low != 1 or found.numbers[0].high):
        return 0
    draft.part.is_once = True
    draft.understood += 1
    return found.end


def _other_days(draft: Draft, found: Match, at: int) -> int:
    """The days that the part before left; before its dose it belongs to the next part."""
    if draft.part.weekdays or draft.part.spans:
        draft.close("others")
    else:
        draft.part.join = "others"
    draft.understood += 1
    return found.end


def _alternate(draft: Draft, found: Match, at: int) -> int:
    draft.is_alternating = True
    draft.join = "and"
    return found.end


def _and(draft: Draft, found: Match, at: int) -> int:
    if draft.join not in ("then", "except"):
        draft.join = "and"
    return found.end


def _or(draft: Draft, found: Match, at: int) -> int:
    """ "or" between two doses or two ways is not understood; between other words it has no weight."""
    after = _first_meant(draft, found.end)
    if after and after.kind in ("unit", "one", "per_day", "hours", "span", "time", "number") and draft.part.dose is not None:
        draft.unknown.append("or")
    return found.end


def _stop(draft: Draft, found: Match, at: int) -> int:
    if draft.part.duration is None and not draft.part.weekdays:
        draft.unknown.append(draft.tokens[at].text)
    return found.end


def _first_meant(draft: Draft, at: int) -> Match | None:
    """The next phrase that is no verb or filler."""
    while at < len(draft.tokens):
        found = longest(draft.tokens, at)
        if found is None:
            is_number = draft.tokens[at].text == NUMBER
            return Match("number", "", (draft.tokens[at],), at + 1) if is_number else None
        if found.kind not in ("verb", "silent", "bare_unit"):
            return found
        at = found.end
    return None


def read_duration(draft: Draft, found: Match, at: int) -> int:
    if found.value == "doses":
        return _doses_in_all(draft, found)
    if found.value == "bare":
        return 0
    count, period = found.value.split()
    number = found.numbers[-1].high or found.numbers[-1].low if count == "#" else Fraction(1)
    days = int(number * {"day": 1, "week": 7, "month": 30, "year": 365}[period])
    if draft.tokens[at].text == NUMBER and draft.part.dose is None and not draft.part.has_when:
        return 0
    if not days or (draft.part.duration is not None and draft.part.duration != days):
        draft.unknown.append(draft.text[draft.tokens[at].start:draft.tokens[found.end - 1].end])
        return found.end
    draft.part.duration = days
    draft.understood += 1
    return found.end


def _doses_in_all(draft: Draft, found: Match) -> int:
    number = found.numbers[0]
    if draft.part.minutes is not None and number.high is None:
        draft.most_doses = int(number.low)
    elif number.low == 1 and number.high is None and not draft.part.has_when:
        draft.part.is_once = True
    elif number.high is not None or not draft.part.has_when:
        draft.unknown.append(draft.text[number.start:number.end])
    else:
        draft.asides.append(f"{number.low} doses in all")
    return found.end


def read_divided(draft: Draft, found: Match, at: int) -> int:
    part = draft.part
    if found.value == "#":
        if found.numbers[0].high is not None or not found.numbers[0].low or found.numbers[0].low.denominator != 1:
            return 0
        part.divided = int(found.numbers[0].low)
    elif found.value == "two":
        part.divided = 2
    elif " ".join(token.text for token in draft.tokens[at:found.end]) in ("in all", "en total", "total"):
        part.is_total = part.dose is not None and part.is_daily and not part.counts and found.end - at == 2
    else:
        part.divided = -1
    return found.end


_STEPS: dict[str, Callable[[Draft, Match, int], int]] = {
    "then": _then, "first": _first, "first_week": _first_week, "once": _once, "other_days": _other_days, "alternate": _alternate,
    "and": _and, "or": _or,
    "stop": _stop}
