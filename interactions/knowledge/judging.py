"""Does a line in which a name was found speak of that medicine as taken? Yes, ask, or no.

A test, an allergy, a device or a person is no medicine; a medicine that was stopped, or that somebody else takes, is
asked about; plain words around a name ("my blood pressure pill is", "over the counter") do no harm.
"""

from __future__ import annotations

import re

from interactions.knowledge.plain_words import (
    DIAGNOSES,
    NOT_A_MEDICINE,
    ORDINARY_NAMES,
    PEOPLE,
    SPEAKS_OF_A_CONDITION,
)
from interactions.knowledge.reading import Reading

YES, ASK, NO = "yes", "ask", "no"
SHORT_NAME = 4  # "asa" beside an unknown word may as well be a person
MOST_LEADING = 8
# Before a name they say that it is not taken (now, or by this patient).
NOT_TAKEN = frozenset((
    "stop stopped stopping hold held holding dc d/c dc'd discontinue discontinued off quit former formerly previously "
    "past prior wife wife's husband husband's son son's daughter daughter's mother mother's father father's sister's "
    "brother's dog dog's cat cat's without avoid instead lieu replaced replacing finished completed ran tried failed "
    "suspendido dejo").split())
_PRESCRIBER = re.compile(r"\b(?:dr|doctor|md|np|pa)\b\.? ?(?:[a-z]\.? )?([a-z'-]+)|([a-z'-]+),? (?:md|do|np|pa)\b")


def verdict(reading: Reading) -> str:
    """YES, ASK or NO for a reading with a name."""
    words = (set(reading.unknown) | set(reading.leading)) - _prescribers(reading.folded)
    first = reading.names[0].entry
    if words & (SPEAKS_OF_A_CONDITION - DIAGNOSES) or _is_refused(first.key, words, reading):
        return NO
    if words & PEOPLE and not is_supported(reading):
        return NO if first.kind in ("brand", "alias", "pack") else ASK
    if words & DIAGNOSES and not is_supported(reading):
        return ASK
    return _before_the_name(reading, words)


def is_supported(reading: Reading) -> bool:
    """True when a strength, a form or directions stand beside the name."""
    return bool(reading.amounts or reading.forms or reading.sig_text)


def is_ordinary(reading: Reading) -> bool:
    """A name that is also a plain word or a first name, with nothing beside it that speaks of a medicine."""
    entry = reading.names[0].entry
    is_as_written = entry.name.lower() == reading.folded and not entry.name.isalpha()  # "Retin-A"
    return entry.key in ORDINARY_NAMES and len(reading.names) == 1 and not is_supported(reading) and not is_as_written


def _is_refused(key: str, words: set[str], reading: Reading) -> bool:
    """Names that are plain words or very short need more beside them than an unknown word."""
    if key in NOT_A_MEDICINE and (key not in ORDINARY_NAMES or not is_supported(reading)):
        return True
    if reading.names[0].joined_by == "(":
        return False  # "allergy pill (cetirizine)"
    if "allergy" in words and reading.names[0].entry.kind in ("ingredient", "salt", "abbreviation"):
        return True
    return bool(words) and (key in ORDINARY_NAMES or (len(key) <= SHORT_NAME and not is_supported(reading)))


def _before_the_name(reading: Reading, words: set[str]) -> str:
    leading = [word for word in reading.leading if word in words]
    if not leading:
        return YES
    if len(leading) > MOST_LEADING or len(reading.names[0].entry.key) <= SHORT_NAME:
        return NO
    if NOT_TAKEN & set(leading):
        return ASK
    strange = [word for word in leading if word not in NOT_A_MEDICINE or word in PEOPLE]
    return YES if len(strange) <= (1 if is_supported(reading) else 0) else ASK


def _prescribers(folded: str) -> frozenset[str]:
    """The names behind "Dr." or before "MD"."""
    return frozenset(one for found in _PRESCRIBER.findall(folded) for one in found if one) | {"dr", "doctor", "md"}
