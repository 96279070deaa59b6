"""Which lines of a signed paper may be corrected: the texts that people read, never a hash, an id, a signature or a list's length."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reviews.models import SignedDocument

Section = dict[str, Any]
LANGUAGES = {"en": "", "es": " (Spanish)"}
MEDICINE = {
    "directions": ("how it is taken", 600),
    "as_taken": ("how it is really taken", 400),
    "reason": ("what it is for", 300),
    "stop_reason": ("why it was stopped", 300),
}
REQUEST = {"ask": ("request", 200), "detail": ("how", 500), "why": ("why", 400), "evidence": ("evidence", 300)}


@dataclass(frozen=True)
class Line:
    """One line that may be corrected. `pointer` is a JSON pointer (RFC 6901) into the payload."""

    pointer: str
    label: str
    text: str
    max_length: int


def correctable_lines(document: SignedDocument) -> list[Line]:
    """The lines of a signed document that may be corrected, in the order in which they are printed."""
    payload = document.payload
    if document.kind == SignedDocument.Kind.PATIENT:
        return [*patient_lines(payload)]
    if document.kind == SignedDocument.Kind.LETTER:
        return [*letter_lines(payload)]
    return [*record_lines(payload)]


def patient_lines(payload: Section) -> Iterator[Line]:
    for number, topic in enumerate(payload.get("topics") or []):
        yield from texts(f"/topics/{number}/text", topic["text"], f"Topic {number + 1}", 600)
        for place, action in enumerate(topic["actions"]):
            label = f"Topic {number + 1}, {'do' if action['kind'] == 'do' else 'do not'}"
            yield from texts(f"/topics/{number}/actions/{place}/text", action["text"], label, 400)
    for number, medicine in enumerate(payload["medications"]):
        yield Line(f"/medications/{number}/name", f"Medicine {number + 1}", medicine["name"], 300)
        for field, (label, length) in MEDICINE.items():
            yield from texts(f"/medications/{number}/{field}", medicine.get(field), f"{medicine['name']}: {label}", length)
        if isinstance(medicine.get("prescriber"), str):
            yield Line(f"/medications/{number}/prescriber", f"{medicine['name']}: prescriber", medicine["prescriber"], 200)
    for section, title in (("allergies", "Allergy"), ("side_effects", "Side effect")):
        yield from reactions(payload, section, title)
    yield from texts("/other_information", payload.get("other_information"), "Other information", 2000)


def reactions(payload: Section, section: str, title: str) -> Iterator[Line]:
    base = "/allergies/items" if section == "allergies" else "/side_effects"
    items = payload["allergies"]["items"] if section == "allergies" else payload.get("side_effects") or []
    for number, item in enumerate(items):
        if isinstance(item["substance"], str):
            yield Line(f"{base}/{number}/substance", f"{title} {number + 1}", item["substance"], 200)
        yield from texts(f"{base}/{number}/reaction", item.get("reaction"), f"{title} {number + 1}: what happened", 200)


def letter_lines(payload: Section) -> Iterator[Line]:
    for number, letter in enumerate(payload["letters"]):
        yield from texts(f"/letters/{number}/facts", letter.get("facts"), "Facts about the patient", 600)
        for place, request in enumerate(letter["requests"]):
            for field, (label, length) in REQUEST.items():
                yield from texts(f"/letters/{number}/requests/{place}/{field}", request.get(field), f"Request {place + 1}: {label}", length)


def record_lines(payload: Section) -> Iterator[Line]:
    for number, section in enumerate(payload["record"]):
        for place, line in enumerate(section["lines"]):
            yield Line(f"/record/{number}/lines/{place}", f"{section['title']}, line {place + 1}", line, 5000)


def texts(pointer: str, text: Section | None, label: str, length: int) -> Iterator[Line]:
    """One line a language that the text is written in."""
    for language, suffix in LANGUAGES.items():
        if text and text.get(language):
            yield Line(f"{pointer}/{language}", f"{label}{suffix}", text[language], length)


def corrected(payload: Section, changes: dict[str, str]) -> Section:
    """A copy of the payload with the texts at these pointers replaced; the pointers are known to exist."""
    result = copy.deepcopy(payload)
    for pointer, text in changes.items():
        *path, last = [int(part) if part.isdigit() else part for part in pointer.lstrip("/").split("/")]
        target = result
        for part in path:
            target = target[part]
        target[last] = text
    return result
