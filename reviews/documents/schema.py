"""What a paper may say: the JSON Schema of the payload, and the checks that a schema cannot say.

The payload is a plain dict, complete in itself: it is frozen at signing, and every paper is a
function of it. It knows no layout and no fixed sentence. Three kinds of text are in it:

* a plain string is a name (of a person, a medicine, a street): printed as it is in every language;
* `{"en": ..., "es": ...}` is a sentence for the reader; the language that is printed must be there;
* dates are ISO; a date that is known only by month or year is "2021-06" or "2021".

A null means "not known"; the paper then says so or leaves a line to write on, never a guess.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from mtm.lib import logo

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

VERSION = "mtm-papers/1"
LANGUAGES = ("en", "es")
TIMES = ("morning", "noon", "evening", "bedtime")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_FIELDS = ("_on", ".on", "_at", "_date", ".answer_by", ".by_when")
KINDS = ("prescription", "otc", "herbal", "vitamin", "supplement", "other")
SOURCES = ("patient", "pharmacy_record", "plan_claims", "medical_record", "bottles", "representative")

Schema = dict[str, Any]


def name(limit: int = 200) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": limit}


def text(limit: int = 600) -> Schema:
    """A sentence for the reader, per language."""
    words = {"type": ["string", "null"], "maxLength": limit}
    return {"type": "object", "properties": dict.fromkeys(LANGUAGES, words), "additionalProperties": False, "minProperties": 1}


def label(limit: int = 200) -> Schema:
    """A name that may differ by language: a plain string, or a text."""
    return {"anyOf": [name(limit), text(limit)]}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema, at_most: int = 100) -> Schema:
    return {"type": "array", "items": schema, "maxItems": at_most}


def record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object that refuses unknown fields, so that nothing is lost in silence; optional fields may be null."""
    loose = {key: maybe(schema) for key, schema in (optional or {}).items()}
    return {"type": "object", "properties": required | loose, "required": list(required), "additionalProperties": False}


def one_of(*choices: str) -> Schema:
    return {"type": "string", "enum": list(choices)}


DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
PARTIAL_DAY = {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$"}
CLOCK = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
FLAG = {"type": "boolean"}
ADDRESS = many(name(120), 6)
PERSON = record({"name": name()}, {"relation": label(80), "phone": name(40)})

META = record(
    {
        "document_id": name(64),
        "version": {"type": "integer", "minimum": 1},
        "prepared_on": DAY,
        "service_on": DAY,
        "demo": FLAG,
    },
)
SIGNATURE = record({"printed_name": name(), "signed_at": INSTANT, "meaning": text(300)})
CORRECTION = record(
    {"replaces_version": {"type": "integer", "minimum": 1}, "reason": label(400)}, {"replaces_hash": name(64), "corrected_on": DAY}
)
ADDENDUM = record({"text": text(2000), "added_on": DAY, "by": name()})
LOGO = name(logo.LONGEST_TEXT) | {"contentEncoding": "base64", "contentMediaType": "image/png"}
ORGANIZATION = record(
    {"name": name(), "address": ADDRESS, "phone": name(40)},
    {"hours": label(200), "tty": name(40), "fax": name(40), "npi": name(20), "logo": LOGO},
)
PHARMACIST = record({"name": name()}, {"credentials": name(80), "title": label(120), "phone": name(40)})
REPRESENTATIVE = record(
    {"name": name(), "took_part": FLAG, "receives_mail": FLAG},
    {"relation": label(80), "address": ADDRESS, "phone": name(40)},
)
PATIENT = record(
    {"name": name(), "birth_date": DAY, "address": ADDRESS, "language": one_of(*LANGUAGES)},
    {
        "preferred_name": name(),
        "salutation": label(),
        "phone": name(40),
        "representative": REPRESENTATIVE,
        "copies_to": many(PERSON, 10),
        "unable_to_take_part": FLAG,
        "unable_note": label(400),
    },
)
PLAN = record({"is_medicare_cmr": FLAG}, {"part_d_plan": name()})
MEDICATION = record(
    {"name": name(300), "kind": one_of(*KINDS), "directions": text(600)},
    {
        "ref": name(64),
        "display": label(300),
        "generic": name(300),
        "brand": name(200),
        "strength": label(120),
        "form": label(120),
        "as_taken": text(400),
        "reason": text(300),
        "instructions": text(300),
        "prescriber": label(),
        "started_on": PARTIAL_DAY,
        "started_is_approximate": FLAG,
        "stopped_on": PARTIAL_DAY,
        "stop_reason": text(300),
        "times": record({}, dict.fromkeys(TIMES, name(20))),
        "unit": label(60),
        "weekdays": many(one_of(*WEEKDAYS), 7),
        "as_needed": FLAG,
        "not_checked": FLAG,
    },
)
REACTION = record({"substance": label()}, {"reaction": text(200)})
ALLERGIES = record({"status": one_of("listed", "none_known", "not_recorded"), "items": many(REACTION)})
ACTION = record({"text": text(400), "kind": one_of("do", "dont")}, {"by_when": DAY})
TOPIC = record({"text": text(600), "actions": many(ACTION, 12)}, {"title": text(120)})
FOLLOW_UP = record({"on": DAY}, {"at": CLOCK, "how": text(300)})
SITE = record({"name": name(), "address": ADDRESS}, {"note": text(200), "hours": label(200), "miles": name(12)})
CARE_TEAM = record({}, {"emergency_contact": PERSON, "primary_care": PERSON, "pharmacy": PERSON})
PRESCRIBER = record({"name": name()}, {"credentials": name(80), "address": ADDRESS, "phone": name(40), "fax": name(40)})
REQUEST = record({"ask": text(200)}, {"code": name(40), "detail": text(500), "why": text(400), "evidence": text(300)})
APART = record({"this": label(), "from_this": label()}, {"how_long": text(120)})
LETTER = record(
    {"prescriber": PRESCRIBER, "requests": many(REQUEST, 20)},
    {"ref": name(64), "facts": text(600), "answer_by": DAY, "case_code": name(40), "answer_url": name(200)},
)
# The note and the addendum are written for the record, in the words of the one who signs.
RECORD_SECTION = record({"title": name(120), "lines": many(name(5000), 500)})

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Payload of the papers of one medication review",
    **record(
        {
            "schema": {"const": VERSION},
            "meta": META,
            "organization": ORGANIZATION,
            "pharmacist": PHARMACIST,
            "patient": PATIENT,
            "plan": PLAN,
            "medications": many(MEDICATION, 100),
            "allergies": ALLERGIES,
        },
        {
            "signature": SIGNATURE,
            "correction": CORRECTION,
            "addenda": many(ADDENDUM, 50),
            "information_sources": many(one_of(*SOURCES), 6),
            "side_effects": many(REACTION),
            "topics": many(TOPIC, 30),
            "follow_up": FOLLOW_UP,
            "disposal_sites": many(SITE, 6),
            "controlled_medicines": many(label(), 20),
            "keep_apart": many(APART, 20),
            "care_team": CARE_TEAM,
            "other_information": text(2000),
            "notes": text(2000),
            "letters": many(LETTER, 20),
            "record": many(RECORD_SECTION, 40),
        },
    ),
}


class PaperProblem(ValueError):
    """What keeps a paper from being printed; `problems` holds one line each: path: what is wrong; what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # a tenth of a second that a start need not wait for

    return Draft202012Validator(SCHEMA)


def problems_in(payload: Any) -> list[str]:
    """Everything wrong with a payload's shape, one line each (`path: what is wrong; what to do`); empty when it is sound."""
    errors = sorted(_validator().iter_errors(payload), key=lambda error: [str(part) for part in error.absolute_path])
    found = list(dict.fromkeys(_line(deepest(error)) for error in errors))[:50]
    return found or [*_days_that_are_none(payload, "payload"), *_contradictions(payload), *_unfit_logo(payload)]


def deepest(error: "ValidationError") -> "ValidationError":
    """Inside an "either this or null", the error about `this` is what helps."""
    while error.context:
        useful = [inner for inner in error.context if inner.validator != "type" or inner.validator_value != "null"]
        if not useful:
            break
        error = max(useful, key=lambda inner: len(inner.absolute_path))
    return error


def _line(error: "ValidationError") -> str:
    path = "payload" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
    return f"{path}: {_what(error)}"


SENTENCES: dict[str, Callable[["ValidationError"], str]] = {
    "required": lambda error: f"{', '.join(key for key in error.validator_value if key not in error.instance)} is missing; add it",
    "additionalProperties": lambda error: f"unknown field {_unknown_fields(error)}; remove it or correct its name",
    "type": lambda error: f"must be {_list(error.validator_value)}; correct it",
    "enum": lambda error: f"must be one of {', '.join(error.validator_value)}; choose one",
    "const": lambda error: f"must be {error.validator_value}; make the payload with this version of the project",
    "maxLength": lambda error: f"is longer than {error.validator_value} characters; shorten it",
    "minLength": lambda error: "is empty; fill it in or give null",
    "maxItems": lambda error: f"has more than {error.validator_value} entries; shorten the list",
    "minProperties": lambda error: "holds no language; give it in en, es or both",
    "minimum": lambda error: f"must be {error.validator_value} or more; correct it",
    "pattern": lambda error: "is not written as the field asks (dates 2026-11-21, times 14:30); correct it",
}


def _what(error: "ValidationError") -> str:
    """The error in plain words; the value itself is not repeated, it may be long or private."""
    return SENTENCES[str(error.validator)](error)


def _unknown_fields(error: "ValidationError") -> str:
    return ", ".join(sorted(set(error.instance) - set(error.schema["properties"])))[:80]


def _list(names: str | list[str]) -> str:
    return names if isinstance(names, str) else " or ".join(names)


def _days_that_are_none(value: Any, path: str) -> Iterator[str]:
    """Dates that have the right form and are no day of the calendar, as 2026-02-30."""
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _days_that_are_none(inner, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _days_that_are_none(inner, f"{path}.{key}")
    elif isinstance(value, str) and path.endswith(DAY_FIELDS) and not _is_day(value):
        yield f"{path}: there is no such day; correct the date"


def _is_day(written: str) -> bool:
    try:
        dt.datetime.fromisoformat({4: f"{written}-01-01", 7: f"{written}-01"}.get(len(written), written))
    except ValueError:
        return False
    return True


def _contradictions(payload: dict[str, Any]) -> Iterator[str]:
    allergies, patient = payload["allergies"], payload["patient"]
    if (allergies["status"] == "listed") != bool(allergies["items"]):
        yield "payload.allergies: status 'listed' goes with items, and only that; list them or choose none_known or not_recorded"
    someone_else = patient.get("representative") or patient.get("unable_note")
    if patient.get("unable_to_take_part") and not someone_else:
        yield "payload.patient: the patient could not take part; name the representative who did, or say why in unable_note"


def _unfit_logo(payload: dict[str, Any]) -> Iterator[str]:
    """The only bytes of a payload that the print engine gets: nothing but a small gray PNG."""
    try:
        if text := payload["organization"].get("logo"):
            logo.from_text(text)
    except logo.LogoProblem as problem:
        yield f"payload.organization.logo: {problem}"
