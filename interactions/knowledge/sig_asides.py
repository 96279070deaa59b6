"""What stands beside the dose: the reason, what the medicine is for, advice in sentences of its own."""

from __future__ import annotations

from interactions.knowledge.sig_body import BODY_EN
from interactions.knowledge.sig_build import Draft
from interactions.knowledge.sig_language import REASONS_BY_SPANISH
from interactions.knowledge.sig_tokens import NUMBER, STOP, Token
from interactions.knowledge.sig_words import Match, longest

LONGEST_REASON = 8
_FOR = ("for", "para", "due", "because", "if", "when", "against", "with")
_WHY = ("for", "para", "to", "due", "because")
_PLACES_FIRST = ("by", "po", "via", "per", "sl", "ou", "od", "on", "subq", "topically", "orally", "rectally", "vaginally", "pr")
_COMPARED = ("than", "above", "over", "below", "under", ">", "<", "/")
_MAY_BE_A_REASON = ("silent", "route", "bare_unit", "time", "verb", "one")
_ACTS = ("take", "another", "repeat", "give", "increase", "double", "extra", "additional", "tome", "repita")
_WEIGHTY = ("unit", "hours", "limit", "per_day", "span", "per_week", "duration", "one", "minutes", "as_needed")


def read_reason(draft: Draft, at: int) -> int:
    """The words after "as needed" up to the next phrase that means something else; the place after them."""
    start = at
    if start < len(draft.tokens) and draft.tokens[start].text in _FOR and not _means(draft.tokens, start):
        start += 1
    words, end = _words(draft.tokens, start)
    if not words:
        return at
    if _is_condition(words):
        draft.unknown.append(" ".join(words))  # "if SBP > 160" is said nowhere rather than in part
    draft.reason = REASONS_BY_SPANISH.get(" ".join(words), " ".join(words))
    return end


def read_purpose(draft: Draft, at: int) -> int:
    """ "for blood pressure": the place after it, 0 when none stands here."""
    if draft.tokens[at].text not in _WHY or (at and not draft.understood):
        return 0
    place = longest(draft.tokens, at + 1)
    if draft.tokens[at].text == "to" and place and place.kind == "route":
        return 0
    words, end = _words(draft.tokens, at + 1)
    if not words:
        return 0
    if _is_condition(words):
        draft.unknown.append(" ".join(words))
    draft.purpose = " ".join(words)
    return end


def _words(tokens: list[Token], start: int) -> tuple[list[str], int]:
    words: list[str] = []
    end = at = start
    while at < len(tokens) and at - start < LONGEST_REASON:
        if words and tokens[at].text == NUMBER and words[-1] in _COMPARED and tokens[at].high is None:
            words.append(str(tokens[at].low))
            at = end = at + 1
            continue
        if tokens[at].text in (STOP, NUMBER, "@", ":", "%") or _means(tokens, at):
            break
        if tokens[at].text in ("take", "do", "no", "not", "up", "may", "use", "tome", "use", "if", "unless", "until", "then", "hasta"):
            break
        words.append(tokens[at].text)
        at += 1
        if words[-1] not in ("or", "and", "/", "y", "o", "to", "of", "in", "at", "on", "a", "de", "en", "per"):
            end = at
    return words[:end - start], end


def _is_condition(words: list[str]) -> bool:
    """ "fever > 101", "bp above 160 / 90": a limit, and no name of a reason."""
    return any(word in _COMPARED[:-1] or word[0].isdigit() for word in words)


def _means(tokens: list[Token], at: int) -> bool:
    """True when a phrase of weight begins here; a body part or a lone word may be part of a reason ("back pain")."""
    found = longest(tokens, at)
    if found is None:
        return False
    if found.kind == "route" and found.value.startswith(("right_", "left_", "both_", "each_", "one_")):
        return True
    if found.kind == "route" and found.value in BODY_EN and tokens[at].text in ("in", "on", "en", "over"):
        return False  # "for pain in the left knee"
    if found.kind == "route":
        return tokens[at].text in _PLACES_FIRST or (found.end - at > 2 and tokens[at].text in ("to", "in", "into", "en", "por"))
    if found.kind == "time":
        return found.end - at > 1 or tokens[at].text not in ("night", "morning", "noche")
    if found.kind == "step":
        return found.value not in ("and", "or") or _means(tokens, found.end)
    if found.kind == "verb":
        return found.end - at > 1 or tokens[at].text in ("take", "tome", "apply", "inject", "may")
    return found.kind not in _MAY_BE_A_REASON


def read_aside(draft: Draft, at: int, found: Match | None) -> int:
    """A sentence of advice that is not known ("Discard after 28 days"): the place after it, 0 when none starts here."""
    if not found or found.kind != "aside":
        return 0
    end = found.end
    while end < len(draft.tokens) and draft.tokens[end].text != STOP:
        inner = longest(draft.tokens, end)
        is_weighty = (inner and inner.kind in _WEIGHTY) or draft.tokens[end].text in _ACTS
        if is_weighty and not any(_is_harmless(token.text) for token in draft.tokens[at:at + 3]):
            return 0
        end += 1
    draft.asides.append(draft.text[draft.tokens[at].start:draft.tokens[end - 1].end])
    return end


def _is_harmless(first: str) -> bool:
    """What begins so says nothing of the dose, whatever follows."""
    return first in (
        "discard", "store", "keep", "refrigerate", "call", "refill", "llame", "follow", "last", "replaces", "formerly", "brand", "generic")
