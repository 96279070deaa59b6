"""Directions as people write them, to a value: `1-2 q4-6h prn pain max 8/day`, `Take 1 tablet by mouth every morning`.

The text is read from left to right, the longest known phrase at a time (`directions.toml`); a phrase that is not understood
makes the daily dose unknown, it is never guessed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from interactions.knowledge.normalize import fold
from interactions.knowledge.shapes import Product
from interactions.knowledge.sig_asides import read_aside, read_purpose, read_reason
from interactions.knowledge.sig_build import Draft, finished, worded
from interactions.knowledge.sig_doses import read_bare_unit, read_number, read_one, read_unit
from interactions.knowledge.sig_limits import read_limit, read_repeat
from interactions.knowledge.sig_scale import without_scale
from interactions.knowledge.sig_shapes import Sig
from interactions.knowledge.sig_steps import read_divided, read_duration, read_except, read_step_word
from interactions.knowledge.sig_tokens import CLOCK, NUMBER, STOP, plain, tokens_of
from interactions.knowledge.sig_warnings import warnings_of
from interactions.knowledge.sig_when import (
    read_clock,
    read_clock_words,
    read_hours,
    read_meal,
    read_minutes,
    read_per_day,
    read_per_week,
    read_span,
    read_time,
    read_weekday,
)
from interactions.knowledge.sig_words import Match, lexicon, longest
from interactions.knowledge.sig_words import unit_of as unit_of

LONGEST_SIG = 500
_HOW_OFTEN = ("per_day", "hours", "span", "per_week", "time", "weekday", "duration", "clock")
UNIT_OF_FORM = (("tablet", "tablet"), ("capsule", "capsule"), ("inhaler", "puff"), ("spray", "spray"), ("patch", "patch"),
                ("transdermal", "patch"), ("suppository", "suppository"), ("lozenge", "lozenge"), ("film", "film"))


def parse_sig(text: str, product: Product | None = None) -> Sig | None:
    """The direction that a text gives, None when it holds no word of one.

    A product lends its unit (tablet, puff ...) to a bare count, and its route to the verb. Odd or huge input gives None,
    never an error.
    """
    unit = unit_of_product(product) if product else ""
    return _parsed(text[:LONGEST_SIG], unit, (product.route or "") if product else "", len(text) > LONGEST_SIG)


def unit_of_product(product: Product) -> str:
    """The unit in which a product is counted, "" when its form has none."""
    form = product.dose_form.lower()
    return next((unit for part, unit in UNIT_OF_FORM if part in form), "")


@lru_cache(maxsize=8192)
def _parsed(text: str, unit: str, route: str, is_cut: bool) -> Sig | None:
    folded = fold(text)
    sig = _meant(text.strip(), plain(folded), unit, route, is_cut)
    return sig and _said(replace(sig, warnings=warnings_of(folded) + sig.warnings))


def _said(sig: Sig) -> Sig:
    """The direction in plain words; without them when they would be read as another dose or frequency than its fields."""
    said = worded(sig)
    if not said.text_en or said.conflict or said.scale:
        return said
    if said.dose_unit:
        again = [_meant("", fold(said.text_en), "", "", False)]
    else:  # a bare count is read in many ways
        again = [_meant("", plain(fold(text)), "", "", False) for text in (said.text_en, said.text_es) if text]
    return said if all(one and _core(one) == _core(said) for one in again) else replace(said, text_en="", text_es="")


def _core(sig: Sig) -> tuple[object, ...]:
    """How much, how often and on which days."""
    parts = [(one.dose, one.dose_max, one.dose_unit, one.times_per_day, one.times_max, one.weekdays, one.join) for one in sig.parts]
    return parts, sig.as_needed, sig.max_daily_dose, sig.most_doses, sig.repeat


def _meant(text: str, body: str, unit: str, route: str, is_cut: bool) -> Sig | None:
    """What a plain text means, without words for it."""
    draft = Draft(unknown=["..."] if is_cut else [])
    try:
        body, draft.scale = without_scale(body)
        draft.tokens = tokens_of(body, lexicon().words)
        draft.text = body
        _read(draft)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if not draft.understood and not draft.scale:
        return None
    return finished(text, draft, unit, route)


def _read(draft: Draft) -> None:
    at = 0
    while at < len(draft.tokens):
        at = _step(draft, at)


def _step(draft: Draft, at: int) -> int:
    """Take the phrase at token `at` into the draft; the place after it."""
    token = draft.tokens[at]
    if token.text == "x" and 0 < at < len(draft.tokens) - 1 and draft.tokens[at - 1].text == draft.tokens[at + 1].text == NUMBER:
        return at + 1  # "2 x 500 mg"
    found = longest(draft.tokens, at)
    aside = read_aside(draft, at, found)
    if aside:
        return aside
    if found and draft.join == "then" and found.kind in _HOW_OFTEN and draft.part.has_when:
        draft.close("then")
    if found and found.kind in _HANDLERS:
        end = _HANDLERS[found.kind](draft, found, at)
        if end:
            draft.last = found.kind if draft.tokens[end - 1].text != "/" else draft.last
            return end
        if found.kind not in ("clock", "limit"):
            draft.unknown.append(draft.text[token.start:draft.tokens[found.end - 1].end])
            return found.end
    if token.text == NUMBER:
        return read_number(draft, at)
    if token.text == CLOCK:
        return read_clock(draft, int(token.low), at + 1)
    if draft.as_needed and not draft.reason and draft.last == "route":
        end = read_reason(draft, at)  # "as needed by mouth, pain"
        if end > at:
            return end
    if token.text not in (STOP, "/", ":"):
        draft.unknown.append(token.text)
    return at + 1


# --- where, why, advice ----------------------------------------------------------------------------------


def _route(draft: Draft, found: Match, at: int) -> int:
    text = draft.tokens[at].text
    if text in ("ad", "au", "os") and found.end - at == 1 and draft.part.unit != "drop":
        draft.unknown.append(text)
        return found.end
    site = found.value
    if site == "one_nostril" and found.numbers and (found.numbers[0].low != 1 or found.numbers[0].high):
        if found.numbers[0].low != 2:
            return 0
        site = "each_nostril"
    draft.put(site)
    return found.end


def _as_needed(draft: Draft, found: Match, at: int) -> int:
    draft.as_needed = True
    draft.understood += 1
    joined = draft.tokens[at - 1].text if at else ""
    if draft.part.has_when and (joined in ("and", "plus", "y", "also") or draft.join == "then"):
        draft.unknown.append(f"{joined} as needed")
    return read_reason(draft, found.end)


def _special(draft: Draft, found: Match, at: int) -> int:
    draft.specials.append(found.value.replace("_", " "))
    draft.understood += 1
    return found.end


def _unclear(draft: Draft, found: Match, at: int) -> int:
    draft.unknown.append(draft.text[draft.tokens[at].start:draft.tokens[found.end - 1].end])
    return found.end


def _verb(draft: Draft, found: Match, at: int) -> int:
    if found.value != "may_take":
        draft.verb = draft.verb or found.value
    return found.end


def _note(draft: Draft, found: Match, at: int) -> int:
    if found.value not in draft.notes:
        draft.notes.append(found.value)
    draft.understood += draft.part.dose is not None
    return found.end


def _remove(draft: Draft, found: Match, at: int) -> int:
    """How long a patch or cream stays on: kept as typed, without weight for the dose."""
    draft.asides.append(draft.text[draft.tokens[at].start:draft.tokens[found.end - 1].end])
    return found.end


def _silent(draft: Draft, found: Match, at: int) -> int:
    return read_purpose(draft, at) or found.end


_HANDLERS: dict[str, Callable[[Draft, Match, int], int]] = {
    "unit": read_unit, "one": read_one, "bare_unit": read_bare_unit, "per_day": read_per_day, "hours": read_hours,
    "minutes": read_minutes, "span": read_span, "per_week": read_per_week, "time": read_time, "clock": read_clock_words,
    "meal": read_meal, "weekday": read_weekday, "except": read_except, "step": read_step_word, "duration": read_duration,
    "divided": read_divided, "route": _route, "as_needed": _as_needed, "special": _special, "unclear": _unclear, "per_month": _unclear,
    "verb": _verb, "note": _note, "remove": _remove, "silent": _silent, "limit": read_limit, "repeat": read_repeat,
}
