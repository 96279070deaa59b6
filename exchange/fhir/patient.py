"""Patient: who it is. Only what a review needs: no social security, license or passport number is taken over."""

import dataclasses
from typing import Any

from exchange.chart import Identifier, ImportedPatient
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.practitioner import read_person
from exchange.fhir.values import NAME, codings, day, dicts, extension, first, flag, label, tidy, word

SEXES = {"male": "M", "female": "F", "m": "M", "f": "F", "248153007": "M", "248152002": "F"}
# Types of number (HL7 table 0203) that tell a chart; SS, DL, PPN and the like are left in the source.
CHART_NUMBERS = frozenset({"", "MR", "MRN", "PI", "MB", "MC", "MA", "PT"})
PERSON = 120  # characters of a name that a chart holds
NAME_USES = ("official", "usual", "", "temp", "nickname", "anonymous")


def read_patient(resource: Resource, book: Book) -> ImportedPatient:
    """One Patient without chart lines. Whatever of it cannot be read is None or empty."""
    name = _name(resource)
    is_deceased, deceased_on = _death(resource)
    doctor = read_person(first(resource.get("generalPractitioner")), resource, book)
    patient = ImportedPatient(
        given_name=book.text(resource, " ".join(_given(name)), "given name", limit=PERSON) or None,
        family_name=book.text(resource, name.get("family") or name.get("text"), "family name", limit=PERSON) or None,
        preferred_name=_nickname(resource, book),
        birth_date=day(resource.get("birthDate")),
        sex=_sex(resource, book),
        is_deceased=is_deceased,
        deceased_on=deceased_on,
        identifiers=_identifiers(resource),
        language=_language(resource)[0],
        language_name=book.text(resource, _language(resource)[1], "language", limit=60),
        interpreter_needed=_interpreter(resource),
        primary_care=doctor.name,
        primary_care_npi=doctor.npi,
        source=source_of(resource),
    )
    _warn_of_gaps(patient, resource, book)
    return _with_contact(patient, resource, book)


def _warn_of_gaps(patient: ImportedPatient, resource: Resource, book: Book) -> None:
    if not patient.name:
        book.warn(resource, "has no name")
    if not patient.birth_date:
        given = tidy(str(resource.get("birthDate") or ""))[:20]
        book.warn(resource, f"the birth date {given} is not a full date; enter it by hand" if given else "has no birth date")
    if resource.get("active") is False:
        book.warn(resource, "is marked as no longer in use in the source")


def _name(resource: Resource) -> dict[str, Any]:
    """The name in use now: official before usual, old and maiden names never."""
    names = [item for item in dicts(resource.get("name")) if not first(item.get("period")).get("end")]
    ranked = [item for use in NAME_USES for item in names if word(item.get("use")) == use]
    return ranked[0] if ranked else first(resource.get("name"))


def _given(name: dict[str, Any]) -> list[str]:
    given = name.get("given")
    return [tidy(part) for part in given if tidy(part)] if isinstance(given, list) else []


def _nickname(resource: Resource, book: Book) -> str:
    found = next((item for item in dicts(resource.get("name")) if word(item.get("use")) == "nickname"), {})
    return book.text(resource, " ".join(_given(found)) or found.get("text"), "preferred name", limit=PERSON)


def _sex(resource: Resource, book: Book) -> str | None:
    """M or F from the gender, the US Core sex or the birth sex; None when they differ or say neither."""
    coded = first(extension(resource, "us-core-individual-sex").get("valueCoding")).get("code")
    said = (resource.get("gender"), coded, extension(resource, "us-core-birthsex").get("valueCode"))
    found = {SEXES[word(item)] for item in said if word(item) in SEXES}
    if len(found) > 1:
        book.conflict(resource, "the gender and the sex at birth differ; choose on the chart the sex that dosing should use")
    return found.pop() if len(found) == 1 else None


def _death(resource: Resource) -> tuple[bool, Any]:
    when = resource.get("deceasedDateTime")
    return bool(when) or resource.get("deceasedBoolean") is True, day(when)


def _identifiers(resource: Resource) -> tuple[Identifier, ...]:
    found = []
    for item in dicts(resource.get("identifier")):
        kind = next((code.upper() for _, code, _ in codings(item.get("type")) if code), "")
        value, system = tidy(item.get("value")), tidy(item.get("system"))
        if value and kind in CHART_NUMBERS and len(value) <= 100 and len(system) <= 200 and "us-ssn" not in system:
            found.append(Identifier(value=value, system=system, kind=kind))
    return tuple(found)


def _language(resource: Resource) -> tuple[str, str]:
    """The language to speak, as a short code such as en or es and by its name; the preferred one first."""
    spoken = sorted(dicts(resource.get("communication")), key=lambda item: item.get("preferred") is not True)
    coded = ((code, label(item.get("language"))) for item in spoken for _, code, _ in codings(item.get("language")) if code)
    code, name = next(coded, ("", ""))
    return code.lower().split("-")[0][:8], name


def _interpreter(resource: Resource) -> bool | None:
    needed = extension(resource, "us-core-interpreter-needed")
    answers = {"373066001": True, "373067005": False}  # SNOMED CT: yes, no
    plain = extension(resource, "patient-interpreterRequired").get("valueBoolean")
    return answers.get(tidy(first(needed.get("valueCoding")).get("code")), flag(plain))


def _with_contact(patient: ImportedPatient, resource: Resource, book: Book) -> ImportedPatient:
    telecoms = [item for item in dicts(resource.get("telecom")) if word(item.get("use")) != "old"]
    home = _address(resource)
    lines = home.get("line") if isinstance(home.get("line"), list) else []
    return dataclasses.replace(
        patient,
        phones=tuple(_contacts(telecoms, "phone", resource, book)),
        email=next(iter(_contacts(telecoms, "email", resource, book)), ""),
        address_lines=tuple(filter(None, (book.text(resource, line, "address") for line in lines))),
        city=book.text(resource, home.get("city"), "city"),
        state=book.text(resource, home.get("state"), "state"),
        postal_code=book.text(resource, home.get("postalCode"), "postal code", limit=10),
    )


def _contacts(telecoms: list[dict[str, Any]], system: str, resource: Resource, book: Book) -> list[str]:
    found = (
        book.text(resource, item.get("value"), system, limit=40 if system == "phone" else NAME)
        for item in telecoms
        if word(item.get("system")) == system
    )
    return list(dict.fromkeys(filter(None, found)))


def _address(resource: Resource) -> dict[str, Any]:
    places = [item for item in dicts(resource.get("address")) if word(item.get("use")) not in {"old", "billing"}]
    return next((item for item in places if not first(item.get("period")).get("end")), first(places))


def named_subject(reference: Any) -> str:
    """The name that a reference shows for the patient, "" when it shows none."""
    return label({"text": first(reference).get("display")})
