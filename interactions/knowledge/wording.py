"""Sentences for patients: both languages, no order to change a prescribed medicine, plain enough to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

GRADE = 8.0
_PLACE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[a-záéíóúüñ']+", re.IGNORECASE)
# What a patient must not hear before the prescriber has agreed, in any form of the verb.
_ORDERS = {
    "en": re.compile(
        r"\b(stop|stops|stopped|stopping|quit|start|starts|starting|begin|change|changed|changing|switch|skip|reduce|raise|lower|increase|"
        r"decrease|double|halve|cut back|hold|do not (?:take|use)|don't (?:take|use)|never take|avoid \{)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(deje|dejar|suspenda|suspender|pare|parar|empiece|empezar|comience|inicie|iniciar|cambie|cambiar|reduzca|reducir|aumente|aumentar|"
        r"disminuya|baje|suba|omita|salte|duplique|no (?:tome|use|lo tome)|nunca tome|evite \{)\b",
        re.IGNORECASE,
    ),
}
_WAITS = {"en": re.compile(r"until you hear from us"), "es": re.compile(r"hasta que le avisemos")}
# Short stand-ins, so that the length of a drug's name does not count against the sentence.
_STANDINS = {
    "en": {"a": "this", "b": "that", "c": "those", "prescriber": "the doctor"},
    "es": {"a": "esto", "b": "eso", "c": "aquello", "prescriber": "su médico"},
}


def wording_messages(fields: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the patient sentences of one rule."""
    for name in ("patient_pending", "patient_agreed"):
        said = fields.get(name, {})
        for language in ("en", "es"):
            text = str(said.get(language, ""))
            if not text:
                continue
            if name == "patient_pending" and (found := _ORDERS[language].search(text)):
                yield f"{name}.{language} says {found.group()!r}: before the prescriber has agreed the patient is told nothing to change"
            if name == "patient_pending" and fields.get("severity") == "contraindicated" and _WAITS[language].search(text):
                yield f"{name}.{language} lets the patient go on and wait, though the rule is contraindicated; say whom to call today"
            grade = reading_grade(text, language)
            if grade > GRADE:
                yield f"{name}.{language} reads at grade {grade:.1f}; at most {GRADE:g}"


def reading_grade(text: str, language: str) -> float:
    """Years of school: Flesch-Kincaid (1975) for English, Crawford (1989) for Spanish."""
    plain = _PLACE.sub(lambda found: _STANDINS[language].get(found.group(1), "this"), text)
    words = _WORD.findall(plain)
    sentences = max(len(re.findall(r"[.!?:;]+(?=\s|$)", plain)), 1)
    if not words:
        return 0.0
    syllables = sum(count_syllables(word, language) for word in words)
    if language == "en":
        return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return -0.205 * 100 * sentences / len(words) + 0.049 * 100 * syllables / len(words) - 3.407


def count_syllables(word: str, language: str) -> int:
    lower = word.lower()
    if language == "es":
        return max(len(re.findall(r"[aeoáéó][iuü]?|[iuü][aeoáéó]?|[íú]", lower)), 1)
    groups = len(re.findall(r"[aeiouy]+", lower))
    silent = lower.endswith("e") and not lower.endswith(("le", "ee")) and groups > 1
    return max(groups - silent, 1)
