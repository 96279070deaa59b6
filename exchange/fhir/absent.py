"""Codes and words that say that there is none: never an allergy, a condition or a medicine."""

import re
from typing import Any

from exchange.fhir.values import codings

# SNOMED CT concepts and codes of HL7's "absent or unknown" list (International Patient Summary).
# 716186003 is named in the samples' notes; the others are recalled.
NO_ALLERGY = frozenset({"716186003", "160244002", "no-known-allergies"})
NO_DRUG_ALLERGY = frozenset({"409137002", "no-known-medication-allergies"})
NO_OTHER_ALLERGY = frozenset(
    {"429625007", "428607008", "428197003", "716184000", "no-known-food-allergies", "no-known-environmental-allergies", "no-allergy-info"}
)
NO_CONDITION = frozenset({"160245001", "no-known-problems", "no-problem-info"})
NO_MEDICATION = frozenset({"787481004", "182849000", "no-known-medications", "no-medication-info"})

NO_ALLERGY_WORDS = re.compile(
    r"^(?:patient )?(?:has |reports? )?(?:no|denies|negative for)\b.*\b(?:allerg|(?:drug|medication) reaction)", re.I
)
NO_ALLERGY_SHORT = {"nkda": "drug", "nkma": "drug"} | dict.fromkeys(["nka", "none", "none known", "no known", "nil known", "nil"], "all")
DRUG_WORDS = re.compile(r"\b(?:drug|medic)", re.I)
OTHER_WORDS = re.compile(r"\b(?:food|environment|latex|insect|contrast|seasonal|pollen|animal|to)", re.I)
NO_CONDITION_WORDS = re.compile(
    r"^no (?:known |active |current |significant )*(?:problems?|conditions?|diagnos[ei]s|medical history)\b", re.I
)
NO_MEDICATION_WORDS = re.compile(
    r"^(?:(?:patient )?(?:is )?(?:not (?:currently )?(?:on|taking) (?:any )?|no (?:known |active |current |home |reported )*)"
    r"(?:medications?|medicines?|drugs?|meds)|none)\b[^a-z]*$",
    re.I,
)


def none_known(concept: Any, text: str) -> str | None:
    """What an AllergyIntolerance denies: "all", "drug" or "other"; None when it is a real allergy."""
    codes = {code for _, code, _ in codings(concept)}
    if codes & NO_ALLERGY:
        return "all"
    if codes & NO_DRUG_ALLERGY:
        return "drug"
    if codes & NO_OTHER_ALLERGY:
        return "other"
    if not NO_ALLERGY_WORDS.match(text):
        return NO_ALLERGY_SHORT.get(re.sub(r"[^a-z ]", "", text.lower()).strip())
    if OTHER_WORDS.search(text):
        return "other"
    return "drug" if DRUG_WORDS.search(text) else "all"


def says_no_conditions(concept: Any, text: str) -> bool:
    return bool({code for _, code, _ in codings(concept)} & NO_CONDITION or NO_CONDITION_WORDS.match(text))


def says_no_medications(concept: Any, text: str) -> bool:
    return bool({code for _, code, _ in codings(concept)} & NO_MEDICATION or NO_MEDICATION_WORDS.match(text))
