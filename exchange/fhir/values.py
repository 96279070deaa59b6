"""FHIR's data types read with tolerance: a wrong shape is an absent value, never an exception."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mtm.lib.text import INVISIBLE

RXNORM = frozenset({"http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88"})
NDC = frozenset({"http://hl7.org/fhir/sid/ndc", "urn:oid:2.16.840.1.113883.6.69"})
LOINC = frozenset({"http://loinc.org", "urn:oid:2.16.840.1.113883.6.1"})
CVX = frozenset({"http://hl7.org/fhir/sid/cvx", "urn:oid:2.16.840.1.113883.12.292"})
CODE_SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10",
    "http://hl7.org/fhir/sid/icd-10": "icd10",
    "urn:oid:2.16.840.1.113883.6.90": "icd10",
    "http://snomed.info/sct": "snomed",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "http://hl7.org/fhir/sid/icd-9-cm": "icd9",
    "urn:oid:2.16.840.1.113883.6.103": "icd9",
} | dict.fromkeys(RXNORM, "rxnorm")
# How long a text of each kind may be; longer ones are left out with a warning, never cut.
NAME, LINE = 200, 600

HARMLESS = frozenset("\r\n\t\u200b\u2060\ufeff")
HIDDEN = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff{re.escape(''.join(sorted(INVISIBLE)))}]")
FULL_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:$|T)")


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, or a single object where a list belongs."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


def first(value: Any) -> dict[str, Any]:
    """The first object of a list, or {}."""
    return next(iter(dicts(value)), {})


def word(value: Any) -> str:
    """A code or status: short, lower case, without hidden characters; "" when it is none."""
    return tidy(value).lower() if isinstance(value, str) and len(value) <= NAME else ""


def tidy(value: Any) -> str:
    """A text in NFC with single spaces and without invisible, control or broken characters."""
    if not isinstance(value, str):
        return ""
    visible = HIDDEN.sub("", re.sub(r"[\r\n\t]", " ", value))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def is_altered(value: str) -> bool:
    """True when `tidy` takes out something that could change what a text says (zero-width spaces do not)."""
    return any(char not in HARMLESS for char in HIDDEN.findall(value))


def codings(concept: Any) -> Iterator[tuple[str, str, str]]:
    """(system, code, display) of each coding of a CodeableConcept."""
    for coding in dicts(first(concept).get("coding")):
        yield str(coding.get("system") or "").strip(), tidy(coding.get("code")), tidy(coding.get("display"))


def label(concept: Any) -> str:
    """What a CodeableConcept is called: its text, else the first display."""
    found = first(concept)
    return tidy(found.get("text")) or next((display for _, _, display in codings(found) if display), "")


def codes_in(concept: Any, systems: frozenset[str]) -> tuple[str, ...]:
    """The distinct codes of a concept that belong to one of `systems`, in order."""
    return tuple(dict.fromkeys(code for system, code, _ in codings(concept) if system in systems and code and len(code) <= 40))


def status_code(concept: Any) -> str:
    """A status given as CodeableConcept (R4) or as plain code (STU3)."""
    if isinstance(concept, str):
        return word(concept)
    return next((code.lower() for _, code, _ in codings(concept) if code), "") or word(first(concept).get("text"))


def extension(resource: Any, ending: str) -> dict[str, Any]:
    """The first extension whose URL ends so, or {}."""
    found = (item for item in dicts(first(resource).get("extension")) if str(item.get("url", "")).endswith(ending))
    return next(found, {})


def day(value: Any) -> dt.date | None:
    """The day of a date or dateTime, as written (no time zone arithmetic); None for a year or month alone."""
    match = FULL_DATE.match(value) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None


def moment(value: Any) -> str:
    """A dateTime as a text that sorts by time, "" when unknown; zones are taken into account."""
    if not day(value):
        return ""
    try:
        when = dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
        return (when.astimezone(dt.UTC) if when.tzinfo else when).isoformat()[:19]
    except (ValueError, OverflowError):
        return value[:10]


def number(value: Any) -> Decimal | None:
    """A JSON number as Decimal; None for anything else (a quoted number is told as text)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = Decimal(str(value))
    return Decimal(value) if isinstance(value, int | Decimal) and Decimal(value).is_finite() else None


def flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None
