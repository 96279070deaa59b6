"""FHIR R4 in: `read_bundle` turns a Bundle or a single resource into an ImportedFile and writes nothing."""

import datetime as dt
from dataclasses import replace
from typing import Any

from exchange.chart import ImportedFile, ImportedPatient
from exchange.fhir.book import Book, Resource
from exchange.fhir.bundle import open_book
from exchange.fhir.chart_lines import read_lines
from exchange.fhir.medication import KINDS as MEDICATIONS
from exchange.fhir.patient import named_subject, read_patient
from exchange.fhir.validation import validate
from exchange.fhir.values import first, tidy

CHART = (*MEDICATIONS, "AllergyIntolerance", "Condition", "Observation", "Immunization", "Coverage", "List", "Composition")
READ = frozenset({*CHART, "Patient", "Medication", "Practitioner", "PractitionerRole", "Organization", "Bundle"})


def read_bundle(data: dict[str, Any], *, today: dt.date | None = None, doubled_keys: tuple[str, ...] = ()) -> ImportedFile:
    """Read parsed JSON. `today` decides whether an end date has passed; RefusedFile when it is no FHIR.

    Charts are kept apart by the patient that each resource points to: what points to someone who
    is not in the file is left out, unless the file has no Patient at all.
    """
    book = open_book(data)
    for key in doubled_keys:
        book.conflict("", f'The key "{tidy(key)}" stands twice in one object; the last one was read. Ask the source for a correct file.')
    validate(book)
    book.ignored.update(tidy(kind)[:40] for resource in book.everything() if (kind := resource["resourceType"]) not in READ)
    patients = _charts(book, today or dt.date.today())
    if not patients:
        book.warn("", "There is nothing in this file that this program imports.")
    return ImportedFile("fhir-r4", patients, tuple(book.conflicts), tuple(book.warnings), dict(sorted((+book.ignored).items())))


def _charts(book: Book, today: dt.date) -> tuple[ImportedPatient, ...]:
    people = list(book.of_type("Patient"))
    charts = _by_person(people, book) if people else _by_reference(book)
    read = (replace(patient, **read_lines(resources, book, today)) for patient, resources in charts)
    return tuple(patient for patient in read if not patient.is_empty)


def _by_person(people: list[Resource], book: Book) -> list[tuple[ImportedPatient, list[Resource]]]:
    """Each Patient with the resources that point to it."""
    charts: dict[int, list[Resource]] = {id(person): [] for person in people}
    for resource in book.of_type(*CHART):
        reference = subject_of(resource)
        person = book.find(reference, resource)
        if person is not None and id(person) in charts:
            charts[id(person)].append(resource)
        elif not reference and len(people) == 1:
            charts[id(people[0])].append(resource)
        elif resource["resourceType"] not in {"List", "Composition"}:
            book.conflict(resource, "belongs to a patient who is not in this file (or to none); it was left out")
    return [(read_patient(person, book), charts[id(person)]) for person in people]


def _by_reference(book: Book) -> list[tuple[ImportedPatient, list[Resource]]]:
    """Without a Patient: one nameless chart for each person that the resources point to."""
    charts: dict[str, list[Resource]] = {}
    for resource in book.of_type(*CHART):
        charts.setdefault(str(subject_of(resource).get("reference") or ""), []).append(resource)
    if len(charts) > 1:
        book.warn("", f"The file has no Patient, and its content belongs to {len(charts)} people; each stands apart.")
    for resources in charts.values():
        shown = next(filter(None, (named_subject(subject_of(item)) for item in resources)), "")
        named = f' (the source calls the patient "{shown}")' if shown else ""
        book.warn("", f"The file has no Patient{named}. It can only be imported onto a chart that you have opened; compare the person.")
    return [(ImportedPatient(), resources) for resources in charts.values()]


def subject_of(resource: Resource) -> dict[str, Any]:
    """The reference to the patient, under the name that this kind of resource gives it."""
    return first(resource.get("subject") or resource.get("patient") or resource.get("beneficiary"))


__all__ = ["read_bundle"]
