"""Directions as people write them, to a value: `1-2 q4-6h prn pain max 8/day`, `Take 1 tablet by mouth every morning`.

The text is read from left to right, phrase by phrase (see `sig_words`); a phrase that is not understood makes the
daily dose unknown, it is never guessed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from interactions.knowledge import sig_words as words
from interactions.knowledge.normalize import fold
from interactions.knowledge.shapes import Product
from interactions.knowledge.sig_build import Draft, finished
from interactions.knowledge.sig_shapes import Sig, SigPart

LONGEST_SIG = 500
DAYS = {"d": 1, "w": 7, "s": 7, "m": 30}
MASS_UNITS = ("mg", "mcg", "g", "mL", "unit", "mEq")
_DROP = re.compile(r"[\s,;.:()\[\]*/&+-]+")
_ANY_WORD = re.compile(r"\S+")
_MEAN = re.compile(r"[a-z0-9]")
UNIT_OF_FORM = (("tablet", "tablet"), ("capsule", "capsule"), ("inhaler", "puff"), ("spray", "spray"), ("patch", "patch"),
                ("transdermal", "patch"), ("suppository", "suppository"), ("lozenge", "lozenge"), ("film", "film"))


def parse_sig(text: str, product: Product | None = None) -> Sig | None:
    """The direction that a text gives, None when it holds no word of one.

    A product lends its unit (tablet, puff ...) to a bare count. Odd or huge input gives None, never an error.
    """
    unit = unit_of_product(product) if product else ""
    return _parsed(text[:LONGEST_SIG], unit)


def unit_of_product(product: Product) -> str:
    """The unit in which a product is counted, "" when its form has none."""
    form = product.dose_form.lower()
    return next((unit for part, unit in UNIT_OF_FORM if part in form), "")


@lru_cache(maxsize=8192)
def _parsed(text: str, unit: str) -> Sig | None:
    folded = words.plain(fold(text))
    draft = Draft()
    try:
        _read(folded, draft)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if not draft.understood:
        return None
    return finished(text.strip(), draft, unit)


def _read(text: str, draft: Draft) -> None:
    position = 0
    while position < len(text):
        blank = _DROP.match(text, position)
        if blank:
            position = blank.end()
            continue
        end = _phrase(text, position, draft)
        if not end:
            found = _ANY_WORD.match(text, position)
            end = found.end() if found else position + 1
            if found and _MEAN.search(found.group()):
                draft.unknown.append(found.group().strip(",;.()"))
        position = end


def _phrase(text: str, at: int, draft: Draft) -> int:
    """Take the phrase at `at` into the draft; the end of it, 0 when none fits."""
    for reader in _READERS:
        end = reader(text, at, draft)
        if end:
            return end
    return 0


def _maximum(text: str, at: int, draft: Draft) -> int:
    found = words.MAXIMUM.match(text, at)
    if not found:
        return 0
    draft.maximum = words.number(found.group("value"))
    draft.maximum_unit = words.unit_of(found.group("unit")) if found.group("unit") else ""
    draft.understood += 1
    return found.end()


def _most_doses(text: str, at: int, draft: Draft) -> int:
    found = words.MOST_DOSES.match(text, at)
    if not found or (draft.part.minutes is None and not found.group("doses")):
        return 0
    draft.most_doses = int(found.group("count"))
    draft.understood += 1
    return found.end()


def _mixed(text: str, at: int, draft: Draft) -> int:
    """ "in 8 oz of water" is how it is taken, not how much."""
    found = words.MIXED.match(text, at)
    return found.end() if found else 0


def _duration(text: str, at: int, draft: Draft) -> int:
    found = words.DURATION.match(text, at)
    if not found:
        return 0
    draft.duration = int(found.group("count")) * DAYS[found.group("period")[0]]
    draft.understood += 1
    return found.end()


def _frequency(text: str, at: int, draft: Draft) -> int:
    """How often; "up to 3 times a day" is kept as a most."""
    at_most = words.AT_MOST.match(text, at)
    if not at_most:
        return _by_count(text, at, draft) or _by_the_clock(text, at, draft) or _by_word(text, at, draft)
    end = _by_count(text, at_most.end(), draft) or _by_word(text, at_most.end(), draft)
    if end:
        draft.part = replace(draft.part, is_most=True)
    return end


def _by_the_clock(text: str, at: int, draft: Draft) -> int:
    """ "every 4 to 6 hours", "every 5 minutes", "every 3 days"."""
    found = words.HOURS.match(text, at)
    if found:
        return _hours(draft, int(found.group("low")), int(found.group("high") or found.group("low")), found.end())
    found = words.MINUTES.match(text, at)
    if found:
        draft.set(minutes=int(found.group("count")))
        return found.end()
    found = words.EVERY_DAYS.match(text, at)
    if found and int(found.group("count")):
        return _often(draft, Fraction(1, int(found.group("count")) * DAYS[found.group("period")[0]]), None, found.end())
    return 0


def _by_count(text: str, at: int, draft: Draft) -> int:
    """ "3 times a day", "2 times a week"."""
    found = words.COUNT_A_WEEK.match(text, at)
    if found:
        return _often(draft, Fraction(int(found.group("low")), 7), None, found.end())
    found = words.COUNT_A_DAY.match(text, at)
    if found:
        return _often(draft, Fraction(found.group("low")), _fraction(found.group("high")), found.end())
    return 0


def _by_word(text: str, at: int, draft: Draft) -> int:
    """ "daily", "twice a week"."""
    best, often = 0, Fraction(0)
    for value, pattern in words.FIXED:
        fixed = pattern.match(text, at)
        if fixed and fixed.end() > best:
            best, often = fixed.end(), value
    if best and _longest_time(text, at) > best:
        return 0
    return _often(draft, often, None, best) if best else 0


def _longest_time(text: str, at: int) -> int:
    return max((found.end() for _, pattern in (*words.TIME, *words.WEEKDAY) if (found := pattern.match(text, at))), default=0)


def _often(draft: Draft, often: Fraction, most: Fraction | None, end: int) -> int:
    """A daily or weekly word beside another frequency ("daily ... at bedtime") is a repetition only when it is 1."""
    known = draft.part.times_per_day
    if known is not None and known != often:
        if often == 1:
            return end
        if known != 1 or draft.part.weekdays:
            draft.specials.append("changes")
            return end
    draft.set(times_per_day=often, times_max=most)
    return end


def _hours(draft: Draft, low: int, high: int, end: int) -> int:
    if not low or not high:
        raise ValueError("every 0 hours")
    low, high = min(low, high), max(low, high)
    slowest, fastest = Fraction(24, high), Fraction(24, low)
    draft.set(times_per_day=slowest, times_max=fastest if fastest != slowest else None, hours=(low, high))
    return end


def _fraction(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _dose(text: str, at: int, draft: Draft) -> int:
    found = words.DOSE.match(text, at)
    return _take_dose(draft, found, words.unit_of(found.group("unit"))) if found else 0


def _count(text: str, at: int, draft: Draft) -> int:
    found = words.COUNT.match(text, at)
    return _take_dose(draft, found, "") if found else 0


def _take_dose(draft: Draft, found: re.Match[str], unit: str) -> int:
    """A first dose fills the part; "2 tablets (10 mg)" adds its mass; after a frequency a new part begins."""
    low, high = words.number(found.group("low")), _number_or_none(found.group("high"))
    if high is not None and high < low:
        raise ValueError("a range that falls")
    part = draft.part
    if part.dose is not None and part.times_per_day is None and not part.times and not part.weekdays:
        if unit in MASS_UNITS and part.amount is None and high is None:
            draft.set(amount=low, amount_unit=unit)
            return found.end()
        draft.specials.append("changes")
        return found.end()
    if part.dose is not None:
        draft.parts.append(part)
        draft.part = SigPart()
    is_last = draft.part.times_per_day is not None or bool(draft.part.times or draft.part.weekdays)
    draft.set(dose=low, dose_max=high, dose_unit=unit, is_dose_last=is_last)
    return found.end()


def _number_or_none(text: str | None) -> Fraction | None:
    return words.number(text) if text else None


def _as_needed(text: str, at: int, draft: Draft) -> int:
    found = words.PRN.match(text, at)
    if not found:
        return 0
    draft.as_needed = True
    draft.understood += 1
    return _reason(text, found.end(), draft)


def _reason(text: str, at: int, draft: Draft) -> int:
    """The words after "as needed" up to the next phrase that means something else."""
    blank = re.compile(r"[\s,(]*").match(text, at)
    start = blank.end() if blank else at
    found = words.REASON.match(text, start)
    if not found:
        return at
    group = "why" if found.group("why") else "bare"
    kept, end = _reason_words(text, found.start(group), found.end(group))
    if kept:
        draft.reason = " ".join(kept)
    return end if kept else at


def _reason_words(text: str, start: int, stop: int) -> tuple[list[str], int]:
    kept: list[str] = []
    end = start
    for word in re.compile(r"[a-z'/-]+").finditer(text, start, stop):
        probe = Draft()
        is_other = any(reader(text, word.start(), probe) for reader in _ENDS_A_REASON)
        if is_other or word.group() in ("take", "do", "no", "not", "up", "may", "use", "x"):
            break
        kept.append(word.group())
        end = word.end()
    return kept, end


def _time(text: str, at: int, draft: Draft) -> int:
    best, time = 0, ""
    for name, pattern in words.TIME:
        found = pattern.match(text, at)
        if found and found.end() > best:
            best, time = found.end(), name
    if best:
        if "with" in text[at:best] or "con " in text[at:best]:
            draft.food = draft.food or "with food"
        if time not in draft.part.times:
            draft.set(times=(*draft.part.times, time))
    return best


def _weekday(text: str, at: int, draft: Draft) -> int:
    for days, pattern in words.WEEKDAY_SETS:
        found = pattern.match(text, at)
        if found:
            draft.set(weekdays=days)
            return found.end()
    for day, pattern in words.WEEKDAY:
        found = pattern.match(text, at)
        if found:
            if day not in draft.part.weekdays:
                draft.set(weekdays=(*draft.part.weekdays, day))
            return found.end()
    return 0


def _food(text: str, at: int, draft: Draft) -> int:
    best, food = 0, ""
    for name, pattern in words.FOOD:
        found = pattern.match(text, at)
        if found and found.end() > best:
            best, food = found.end(), name
    if best:
        draft.food = food
        draft.meals = draft.meals or bool(words.MEALS.search(text[at:best]))
        draft.understood += 1
    return best


def _route(text: str, at: int, draft: Draft) -> int:
    best, route = 0, ""
    for name, pattern in words.ROUTE:
        found = pattern.match(text, at)
        if found and found.end() > best:
            best, route = found.end(), name
    if best and len(text[at:best].replace(".", "")) == 2 and route in ("ophthalmic", "otic") and draft.part.dose_unit != "drop":
        return 0  # "as directed", "1 tab od": eyes and ears only after drops
    if best:
        draft.route = draft.route or route
        draft.understood += 1
    return best


def _special(text: str, at: int, draft: Draft) -> int:
    for special, pattern in words.SPECIAL:
        found = pattern.match(text, at)
        if found:
            draft.specials.append(special)
            draft.understood += special != "changes"
            return found.end()
    return 0


def _verb(text: str, at: int, draft: Draft) -> int:
    for verb, pattern in words.VERB:
        found = pattern.match(text, at)
        if found:
            draft.verb = draft.verb or verb
            return found.end()
    return 0


def _silent(text: str, at: int, draft: Draft) -> int:
    """Words without weight, and "for blood pressure": the reason of a medicine that is taken always."""
    reason = re.compile(r"(?:for|para)\s+(?=[a-z])").match(text, at)
    if reason and draft.understood:
        kept, end = _reason_words(text, reason.end(), len(text))
        if kept:
            return end
    found = words.SILENT.match(text, at)
    return found.end() if found else 0


# In this order: the longer and surer phrases first, words without weight last.
_READERS = (_mixed, _maximum, _most_doses, _duration, _frequency, _dose, _as_needed, _time, _weekday, _food, _route, _special, _verb,
            _count, _silent)
_ENDS_A_REASON = (_maximum, _most_doses, _duration, _frequency, _food, _special, _time)
