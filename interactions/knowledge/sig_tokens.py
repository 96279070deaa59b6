"""Directions as a row of tokens: words, numbers and ranges, clock times, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

NUMBER, CLOCK, STOP = "#", "@", "."
_ONE = r"(?:\d{1,2}(?: |-| and |-and-)\d/[2348](?!\d)|\d{1,3}/[2348](?![\d/])|\d{1,9}\.\d{1,6}|\d{1,9}(?!\d)|\.\d{1,6})"
_TOKEN = re.compile(
    rf"(?P<clock>\d{{1,2}}:[0-5]\d(?: ?[ap]\.?m\b\.?)?)|(?P<low>{_ONE})(?:(?: ?-+ ?| to | or | a | o | ?- ?to ?- ?)(?P<high>{_ONE}))?|"
    r"(?P<word>[a-z]+(?:'[a-z]+)?|\d+)|(?P<sign>\S)")
_WORDS = {
    "one and (?:a|one) half": "1 1/2", "two and (?:a|one) half": "2 1/2", "three and (?:a|one) half": "3 1/2",
    "(?:un|una|uno|1) y medi[ao]": "1 1/2", "(?:dos|2) y medi[ao]": "2 1/2", "medi[ao]": "1/2",
    "(?:one|a|1)?[ -]?half(?: of)?(?: (?:a|an|one))?(?= )": " 1/2", "(?:one|a|1)?[ -]?quarter(?: of)?(?: (?:a|an|one))?(?= )": " 1/4",
    "(?:three|3)[ -]quarters?(?: of)?(?: (?:a|an|one))?": "3/4", "(?:un )?cuarto(?: de)?(?: una?)?": "1/4",
    "twenty[ -]one": "21", "twenty[ -]five": "25", "twenty[ -]eight": "28", "twenty[ -]four": "24",
    "seventy[ -]two": "72", "forty[ -]eight": "48",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "fourteen": "14", "fifteen": "15", "sixteen": "16", "eighteen": "18", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "eighty": "80", "ninety": "90",
    "un": "1", "una": "1", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8",
    "nueve": "9", "diez": "10", "doce": "12", "quince": "15", "veinte": "20", "treinta": "30",
}
_SPACES = re.compile(r"\s+")
_WORD = re.compile("|".join(rf"(?P<w{i}>(?<![a-z0-9]){one}(?![a-z]))" for i, one in enumerate(_WORDS)))
_REPLACED = list(_WORDS.values())
_FOUR_DIGITS = re.compile(r"(\d\d)(\d\d)")
_HALF = r"(?:and|y) (?:a |one |1 )?(?:half|1/2|media)(?! (?:tab|pill|cap|past))"
_MASS_WORDS = ("mg", "mcg", "g", "gm", "ml", "meq", "u", "unit", "units")
_DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
           "twelve": "12"}


def _once(found: re.Match[str], number: int, word: int) -> str:
    """ "2 (two) times", "two 2 times": one number."""
    return found.group(number) if _DIGITS[found.group(word)] == found.group(number) else found.group()


_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def _days_between(first: str, last: str) -> str:
    """ "mon" to "fri" as five days."""
    start, end = (_DAYS.index({"m": "mon", "f": "fri"}.get(day, day)) for day in (first, last))
    return " ".join(_DAYS[(start + step) % 7] for step in range((end - start) % 7 + 1))


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "t": "1", "tt": "2", "ttt": "3"}
_PIECE = r"(?:tab|cap|pill|softgel|puff|spray|drop|gtt|supp|comprimid|pastilla)"
_Fix = tuple[str, str | Callable[[re.Match[str]], str]]


def _compiled(*fixes: _Fix) -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return tuple((re.compile(pattern), better) for pattern, better in fixes)


# Before number words become digits, and after.
_FIRST = _compiled(
    (r"\b(?:[a-z]\.){2,}(?![a-z])", lambda found: found.group().replace(".", "") + " "),
    (r"\b(?:[a-z]\.)+[a-z]\b(?!\.)", lambda found: found.group().replace(".", "")),
    (rf"\b(i{{1,3}}|iv|t{{1,3}}) (?={_PIECE})", lambda found: f"{_ROMAN[found.group(1)]} "),
    (r"\((?:s|es)\)", ""), (r"\b(?:tk|take) (\d) t (?=po\b)", r"take \1 tablet "), (r"\b(?:tk|take) (\d) c (?=po\b)", r"take \1 capsule "),
    # fields that a computer joined without a blank: "BIDx10 days", "TIDPRNas needed for pain"
    (r"(?<=[a-z])instr(?:uctions)?:?(?=[a-z ]|$)", ". "), (r"\bint(?=prn)", ""),
    (r"(?<![a-z])(bid|tid|qid|qd|qhs|hs|daily|hr|hrs|po|days?|weekly|bedtime)(?=x ?\d|prn|wm\b|wc\b)", r"\1 "), (r"\bx(?=\d)", "x "),
    (r"(?<=[a-z0-9])(?=prn)", " "), (r"\bprn(?=as|for|pain|anxiety|nausea|cough|sleep|itching|headache)", "prn "),
    (rf"\b(\d{{1,2}}) \(?({'|'.join(_DIGITS)})\)?\b", lambda found: _once(found, 1, 2)),
    (rf"\b({'|'.join(_DIGITS)}) \(?(\d{{1,2}})\)?(?![\d./]| ?(?:m?c?g|ml|meq|u|units?)\b)", lambda found: _once(found, 2, 1)),
    (r"\b\d+ rf \d+\b", " "),
    (r"(?<![-/a-z])(m|sun|mon|tue|wed|thu|fri|sat)(?:s|rs|r|nes|ur)?(?:days?)? ?(?:-|thru|through|to|al?) ?"
     r"(f|sun|mon|tue|wed|thu|fri|sat)(?:s|rs|r|nes|ur)?(?:days?)?\b(?!-)", lambda found: _days_between(*found.groups())),
    (r"\bt ?(\d(?:-\d|/2)?) ?t\b", r"take \1 tablet "), (r"\bt ?(\d(?:-\d)?) ?c\b", r"take \1 capsule "),
    (r"\b(?:once|1) or (?:twice|2 times) (?:weekly|a week|per week)\b", "1-2 x week"),
    (r"\b(?:qd|q day|once|daily|1) ?(?:-|/|to|or) ?(?:bid|twice|2 times)(?: daily| a day)?\b(?! (?:weekly|a |per |every))", "1-2 x day"),
    (r"\b(?:bid|twice) ?(?:-|/|to|or) ?(?:tid|three times)(?: daily| a day)?\b", "2-3 x day"),
    (r"\b(?:tid|three times) ?(?:-|/|to|or) ?(?:qid|four times)(?: daily| a day)?\b", "3-4 x day"),
    (r"\bat [0-2]\d[0-5]\d\b(?! ?(?:mg|mcg|units?|u|iu|ml))(?:,? (?:and )?[0-2]\d[0-5]\d\b)*",
     lambda found: _FOUR_DIGITS.sub(r"\1:\2", found.group())), (r"\bw/o ", "without "),
    (r"\b(s|sat?|f|fri?|thu?)([ ,/]{1,2})su\b", r"\1\2sun"), (r"\bsu(?=[/,] ?(?:m|mon|tu|tue|w|wed)\b)", "sun"),
    (r"(?<![/-])\bw/ ?", "with "), (r"\bc/ ?(?=\d)", "cada "), (r"@", " at "), (r"\+", " and "), (r"'", ""))
_LAST = _compiled(
    (r"\b\d+ ?refills?\b|#\s?\d+|\b(?:qty|quantity|disp|dispense|refills?|rf):? ?#?\d+\b", " "),
    (r"(\d) ?(?:°|º|degrees)", r"\1 h "),
    (r"\bq ?(\d+(?: ?- ?\d+)?) ?o\b", r"q \1 h"), (r"(?<=[a-z])-(?=[a-z0-9])", " "), (r"=", " equals ( "),
    (r"\b1 ?(tab(?:let)?|pill|cap(?:sule|let)?|caplet|tableta|pastilla)s? " + _HALF,
     r"1 1/2 \1"),
    (r"\b(\d) ?(tab(?:let)?s?|pills?|caps?(?:ules?)?|caplets?|tabletas?|pastillas?) " + _HALF,
     r"\1 1/2 \2"),
    (r"\bwith morning and evening meals?\b", "with breakfast and dinner"), (r"\b0(\d/\d)", r"\1"), (r"(\d/\d)(?:ths?|nd|rd) ",
    r"\1 "), (r"(\d/\d) (?:of )?(?:a |an |one )(?=[a-z])", r"\1 "),
    (r"(\d/\d) of (?:1 )?(?=[a-z])", r"\1 "), (r"(?<=\d)(?:st|nd|rd|th)\b(?! ?(?:s\b|sat\b|/))", " "))


class Token(NamedTuple):
    """A word, "#" (a number from `low` to `high`), "@" (a clock time, `low` minutes of the day) or "." (a sentence ends).

    `start` and `end` are places in the plain text; `is_aside` says that it stood in brackets.
    """

    text: str
    start: int
    end: int
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    is_aside: bool = False


def plain(folded: str) -> str:
    """Number words to digits, halves to fractions, dotted abbreviations without dots."""
    text = folded
    for pattern, better in _FIRST:
        text = pattern.sub(better, text)
    text = _SPACES.sub(" ", _WORD.sub(_digits, text))
    for pattern, better in _LAST:
        text = pattern.sub(better, text)
    return text


def _digits(found: re.Match[str]) -> str:
    index = found.lastgroup
    return _REPLACED[int(index[1:])] if index else found.group()


def number(text: str) -> Fraction:
    """ "1 1/2", "1-1/2", "1/2", "2.5" as a Fraction; ValueError or ZeroDivisionError when it is none."""
    whole, _, rest = text.replace("-and-", " ").replace(" and ", " ").replace("-", " ").strip().partition(" ")
    return Fraction(whole) + Fraction(rest) if rest else Fraction(whole)


def tokens_of(text: str, same: Mapping[str, str]) -> list[Token]:
    """The tokens of a plain text without commas and brackets; `same` says as which word one counts, "" for none.

    Raises ValueError for a range that falls.
    """
    tokens: list[Token] = []
    depth = 0
    for found in _TOKEN.finditer(text):
        word, sign = found.group("word"), found.group("sign")
        if word:
            if counts := same.get(word, word):
                tokens.append(Token(counts, found.start(), found.end(), is_aside=depth > 0))
        elif sign:
            depth = depth + 1 if sign in "([" else max(0, depth - 1) if sign in ")]" else depth
            if sign in ".;\n!":
                tokens.append(Token(STOP, found.start(), found.end()))
            elif sign in "/%<>:":
                tokens.append(Token(sign, found.start(), found.end()))
        else:
            tokens.append(_measured(found, depth > 0))
    return _without_doubles(tokens)


def _measured(found: re.Match[str], is_aside: bool) -> Token:
    if found.group("clock"):
        return Token(CLOCK, found.start(), found.end(), Fraction(_minutes(found.group("clock"))))
    low = number(found.group("low"))
    high = number(found.group("high")) if found.group("high") else None
    if high is not None and high < low:
        raise ValueError("a range that falls")
    return Token(NUMBER, found.start(), found.end(), low, high if high != low else None, is_aside)


def _minutes(clock: str) -> int:
    """ "8:30 pm" as minutes of the day."""
    hour, minute = int(clock.split(":")[0]), int(clock.split(":")[1][:2])
    if "p" in clock and hour < 12:
        hour += 12
    if "a" in clock and hour == 12:
        hour = 0
    if hour > 24:
        raise ValueError("no hour of the day")
    return hour % 24 * 60 + minute


def _without_doubles(tokens: list[Token]) -> list[Token]:
    """ "1 (one) tablet" is one number."""
    kept: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        before = kept[-1] if kept else None
        is_double = before and token.text == before.text == NUMBER and (token.low, token.high) == (before.low, before.high)
        if is_double and token.is_aside and not (after and after.text in _MASS_WORDS):
            continue
        kept.append(token)
    return kept
