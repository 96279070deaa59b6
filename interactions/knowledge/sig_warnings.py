"""Shorthand that is easily misread, for staff: it is read, and said so.

In the spirit of the published lists of error-prone abbreviations (ISMP; the Joint Commission's "do not use" list), recalled,
in our own words.
"""

from __future__ import annotations

import re

_RISKY = tuple((re.compile(pattern), message) for pattern, message in (
    (r"\bq\.?d\b(?!\.?i)", "\u201cQD\u201d can be misread as QID; read as once a day."),
    (r"\bq\.?o\.?d\b", "\u201cQOD\u201d can be misread as QD or QID; read as every other day."),
    (r"(?<![a-z])\d[\d.]* ?u\b", "\u201cU\u201d can be misread as 0 or 4; read as units."),
    (r"(?<![a-z])\d[\d.]* ?i\.?u\b", "\u201cIU\u201d can be misread as IV or 10; read as units."),
    (r"(?<![\d.])\d+\.0+(?!\d)", "A zero after the decimal point can be misread as ten times the dose."),
    (r"(?<![\d.])\.\d", "A decimal point without a zero before it can be missed: ten times the dose."),
    (r"\bo\.?d\b", "\u201cOD\u201d can mean once a day or the right eye."),
    (r"\bq\.?h\.?s\b|\bh\.?s\b", "\u201cHS\u201d can mean bedtime or half strength; read as bedtime."),
    (r"\b(?:sc|sq|sub q)\b", "\u201cSC\u201d and \u201cSQ\u201d can be misread as SL or 5 every; read as under the skin."),
    (r"\b(?:a[du]|o[su]|as(?= (?:bid|tid|qid|q\d|q |daily|prn|twice|once|every|\d)))\b",
     "Ear and eye shorthand (AD, AS, AU, OS, OU) is easily mixed up."),
    (r"\bcc\b", "\u201ccc\u201d can be misread as U; read as mL."),
    (r"\bug\b", "\u201cug\u201d can be misread as mg; read as mcg."),
    (r"\bbi-?weekly\b|\bbiw\b", "\u201cBiweekly\u201d can mean twice a week or every two weeks; it was not read."),
    (r"\bbi-?monthly\b", "\u201cBimonthly\u201d can mean twice a month or every two months; it was not read."),
    (r"\bt\.?i\.?w\b", "\u201cTIW\u201d can be misread as three times a day; read as three times a week."),
    (r"\bss\b", "\u201cSS\u201d can mean sliding scale or one half."),
    (r"\bd/?c\b", "\u201cD/C\u201d can mean discharge or stop."),
    (r"\bq ?\d+(?! ?(?:-|to|h|hr|hrs|hours?|o\b|d|days?|w|wk|wks|weeks?|"
     r"m|mo|months?|min|mins|minutes?|y|years?|nd|rd|th|st|[\d.]|am|pm|nights?))",
     "An interval without its unit (\u201cq8\u201d) was read as hours."),
    (r"\bt ?\d ?t\b", "\u201cT1T\u201d was read as 1 tablet."),
))


def warnings_of(folded: str) -> tuple[str, ...]:
    """What in the text is easily misread."""
    return tuple(message for pattern, message in _RISKY if pattern.search(folded))
