"""How much: counts, masses, ranges, and where a new part of the direction begins."""

from __future__ import annotations

from fractions import Fraction

from interactions.knowledge.sig_build import Draft
from interactions.knowledge.sig_tokens import NUMBER, STOP, Token
from interactions.knowledge.sig_words import Match, longest

MASSES = ("mg", "mcg", "g", "unit", "mEq")
MEASURES = (*MASSES, "mL")
LEAST_QUANTITY = 14
LIMITS = frozenset("< > above over below under than exceeds beneath sobre".split())
VITALS = frozenset(
    "sbp dbp bp hr pulse pulso bg bs glucose glucosa sugar temp temperature temperatura "
    "fever fiebre weight wt peso systolic diastolic".split())


def read_unit(draft: Draft, found: Match, at: int) -> int:
    number = found.numbers[0]
    if _is_limit(draft, at):
        draft.unknown.append(draft.text[number.start:number.end])
        return found.end
    after = longest(draft.tokens, found.end)
    is_piece = after is not None and after.kind == "bare_unit" and after.value not in (*MEASURES, "puff")
    if after and is_piece and found.value in MEASURES:
        return _strength(draft, found, after, at)
    return _dose(draft, number.low, number.high, found.value, found.end, number)


def _is_limit(draft: Draft, at: int) -> bool:
    """ "pulse under 60", "BG > 200", "for a weight of 150": the number is a limit or a finding, never a dose."""
    before = [token.text for token in draft.tokens[max(0, at - 3):at] if token.text != STOP]
    return any(word in VITALS for word in before) or (bool(before) and before[-1] in LIMITS)


def _strength(draft: Draft, found: Match, piece: Match, at: int) -> int:
    """ "20 mg tablet" says what one piece holds; after "2 x" it is two pieces of it, else one dose."""
    mass = found.numbers[0].low
    part = draft.part
    if part.dose is not None and not part.unit and not part.has_when and draft.tokens[at - 1].text in (NUMBER, "x", "of"):
        part.unit, part.amount, part.amount_unit = piece.value, mass * part.dose, found.value
        return piece.end
    return _dose(draft, mass, found.numbers[0].high, found.value, piece.end, draft.tokens[at])


def read_one(draft: Draft, found: Match, at: int) -> int:
    """ "a tablet"."""
    return _dose(draft, Fraction(1), None, found.value, found.end, draft.tokens[at])


def read_number(draft: Draft, at: int) -> int:
    """A number without a unit: a count where pieces are taken, else not understood."""
    token = draft.tokens[at]
    if _is_limit(draft, at):
        draft.unknown.append(draft.text[token.start:token.end])
        return at + 1
    following = draft.tokens[at + 1] if at + 1 < len(draft.tokens) else None
    if (following and following.text in ("%", ">", "<", ":")) or (at and draft.tokens[at - 1].text in ("<", ">", "%")):
        draft.unknown.append(draft.text[token.start:following.end if following else token.end])
        return at + 2
    if following and following.text == "/" and at + 2 < len(draft.tokens) and draft.tokens[at + 2].text == NUMBER:
        draft.unknown.append(draft.text[token.start:draft.tokens[at + 2].end])  # "5/325" is a strength, no count
        return at + 3
    if token.is_aside and draft.part.dose is not None:
        draft.asides.append(draft.text[token.start:token.end])  # "moderate pain (4-6)"
        return at + 1
    is_last = at + 1 == len(draft.tokens) and token.high is None
    if is_last and token.low >= LEAST_QUANTITY and draft.part.dose is not None and draft.part.has_when:
        draft.asides.append(draft.text[token.start:token.end])  # the quantity that a field left behind
        return at + 1
    return _dose(draft, token.low, token.high, "", at + 1, token)


def _dose(draft: Draft, low: Fraction, high: Fraction | None, unit: str, end: int, token: Token) -> int:
    """A first dose fills the part; "2 tablets (10 mg)" adds its mass; after a frequency a new part begins."""
    if not low:
        draft.unknown.append(draft.text[token.start:draft.tokens[end - 1].end])
        return end
    part = draft.part
    is_total = end < len(draft.tokens) and draft.tokens[end].text == "total" and part.unit not in MEASURES
    if (token.is_aside or is_total) and part.dose is not None and part.has_when and unit in MEASURES and high is None:
        part.amount, part.amount_unit = part.amount or low, part.amount_unit or unit  # "3 mL daily (3 mL = 150 mg)"
        return end
    following = draft.tokens[end] if end < len(draft.tokens) else None
    if following and following.text == "equals" and part.has_when and (part.dose, part.unit) == (low, unit):
        return end
    if part.dose is not None and not part.has_when and part.duration is None:
        return _second_dose(draft, low, high, unit, end, token)
    if part.dose is not None:
        _next_part(draft)
    part = draft.part
    if draft.join == "then" and part.has_when:
        draft.close("then")
        part = draft.part
    part.is_dose_last = part.has_when or bool(part.food or part.duration)
    part.is_after_when = bool(part.times or part.weekdays)
    part.dose, part.dose_max, part.unit = low, high, unit
    draft.understood += 1
    return _to_second(draft, end)


def _second_dose(draft: Draft, low: Fraction, high: Fraction | None, unit: str, end: int, token: Token) -> int:
    """Two doses without a frequency between: a mass beside a count, else two parts that share what follows."""
    part = draft.part
    if draft.join:
        _next_part(draft)
        draft.part.dose, draft.part.dose_max, draft.part.unit = low, high, unit
        return end
    if high is None and part.dose_max is None and part.amount is None:
        if unit in MEASURES and part.unit not in MASSES:
            is_each = end < len(draft.tokens) and draft.tokens[end].text in ("each", "cada")
            part.amount, part.amount_unit = low * part.dose if is_each and part.dose else low, unit
            return end
        if part.unit in MEASURES and unit not in MEASURES:
            part.amount, part.amount_unit, part.dose, part.unit = part.dose, part.unit, low, unit
            return end
    is_range = part.dose_max is not None and high is not None and part.unit not in MEASURES
    if unit in MEASURES and (token.is_aside or is_range):
        return end  # "1 to 2 tablets (5 to 10 mg)"
    draft.unknown.append(draft.text[token.start:draft.tokens[end - 1].end])
    return end


def _to_second(draft: Draft, end: int) -> int:
    """ "1 tablet to 2 tablets", "1 tablet or 2 tablets" is a range."""
    part = draft.part
    if end >= len(draft.tokens) or draft.tokens[end].text not in ("to", "or", "a", "o"):
        return end
    found = longest(draft.tokens, end + 1)
    if part.dose_max is not None or not found or found.kind != "unit" or found.value != part.unit or found.numbers[0].high:
        return end
    if part.dose is None or found.numbers[0].low <= part.dose:
        return end
    part.dose_max = found.numbers[0].low
    return found.end


def _next_part(draft: Draft) -> None:
    """Close the open part; a part that ends in time is followed by the next step."""
    ends = draft.part.duration is not None or draft.part.is_once
    is_joined = bool(draft.join)
    draft.close(draft.join or ("then" if ends else "and"))
    draft.part.is_joined = is_joined


def read_bare_unit(draft: Draft, found: Match, at: int) -> int:
    part = draft.part
    if part.dose is not None and not part.unit:
        part.unit = found.value
    elif found.value == "puff" and draft.tokens[at].text == "inhalation":
        draft.put("inhaled")
    return found.end
