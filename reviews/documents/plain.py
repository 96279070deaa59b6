"""Is it written so that a patient can read it? No prescription codes, and a school grade for the text.

Grades: Flesch-Kincaid for English (Kincaid 1975); Crawford for Spanish (1989: years of school from
sentences and syllables per 100 words). Formulas recalled, not looked up; they flatter short
sentences, so they warn and never decide.
"""

import re
from collections.abc import Iterator
from typing import Any

CODES = re.compile(
    r"\b(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?o?\.?d|q\.?h\.?s|q\.?[ap]\.?m|q\s?\d{1,2}(?:\s?-\s?\d{1,2})?\s?h(?:rs?)?|p\.?r\.?n"
    r"|p\.o|PO|a\.c|AC|p\.c|PC|h\.s|HS|s\.l|SL|s\.?q|sub-?q|gtts?|iii?|tabs?|caps?)\b\.?(?!\w)",
    re.IGNORECASE,
)
CASE_MATTERS = frozenset({"po", "ac", "pc", "hs", "sl", "cap", "caps"})
WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)")
SYLLABLE = {"en": re.compile(r"[aeiouy]+", re.I), "es": re.compile(r"[aeiouáéíóúü]{1,2}", re.I)}
READ_AT_HOME = ("directions", "as_taken", "instructions")


def codes_in(text: str) -> list[str]:
    """Prescription codes such as BID, PO or q4h; short ones that are also words count in capitals only."""
    found = (match.group(0).strip(". ") for match in CODES.finditer(text))
    return [code for code in found if code.lower() not in CASE_MATTERS or (code.isupper() and len(code) > 1)]


def problems_with_codes(data: dict[str, Any]) -> Iterator[str]:
    """One line for each direction or step (already in one language) that a patient could not read."""
    for index, medicine in enumerate(data.get("medications") or []):
        for field in READ_AT_HOME:
            yield from _line(f"payload.medications[{index}].{field}", medicine.get(field))
    for index, topic in enumerate(data.get("topics") or []):
        yield from _line(f"payload.topics[{index}].text", topic["text"])
        for place, action in enumerate(topic["actions"]):
            yield from _line(f"payload.topics[{index}].actions[{place}].text", action["text"])


def _line(path: str, text: str | None) -> Iterator[str]:
    if codes := codes_in(text or ""):
        yield f"{path}: {', '.join(codes[:5])} is a prescription code; write it in words that the patient can read"


def grade(text: str, language: str) -> float | None:
    """School grade of a text, None when it has no words."""
    words = WORD.findall(text)
    if not words:
        return None
    sentences = max(1, len(SENTENCE_END.findall(text)))
    syllables = sum(_syllables(word, language) for word in words)
    if language == "es":
        return round(-0.205 * (100 * sentences / len(words)) + 0.049 * (100 * syllables / len(words)) - 3.407, 1)
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59, 1)


def _syllables(word: str, language: str) -> int:
    groups = len(SYLLABLE[language].findall(word))
    is_silent = language == "en" and word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, groups - is_silent)
