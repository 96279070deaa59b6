"""Charts: register, change, find, and see who may already be registered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz

from accounts.models import Organization, User
from accounts.once import lock_version
from mtm.lib.dates import parse_date
from patients.models import Patient
from patients.models.patient import PatientQuerySet, plain_letters
from patients.services.writing import changed_fields, lock_chart, save_row

SIMILAR_NAME = 72  # of 100; "Rosa Elena Marín" and "R. Marin" have 75, twins' names often more
SHOWN_DUPLICATES = 12


@dataclass(frozen=True)
class Duplicate:
    """A chart that may be the same person's, and why we think so."""

    patient: Patient
    why: str
    score: int


@transaction.atomic
def add_patient(organization: Organization, *, by: User | None, **values: Any) -> Patient:
    """Register a patient. `values` are fields of Patient; weight in kg, height in cm."""
    patient = Patient(organization=organization, **values)
    save_row(patient, "patient.added", by=by, fields=values)
    return patient


@transaction.atomic
def change_patient(patient: Patient, *, by: User | None, version: int, **values: Any) -> Patient:
    """Change a patient that is still as the caller saw it; raises EditConflict otherwise."""
    lock_chart(patient)
    patient = lock_version(Patient, patient.pk, version)
    changed = changed_fields(patient, values)
    if not changed:
        patient.version = version
        return patient
    save_row(patient, "patient.changed", by=by, fields=changed)
    return patient


def find_patients(organization: Organization, text: str) -> PatientQuerySet:
    """Open charts with any part of a name, birth date (in any of the usual ways of writing) or phone."""
    charts, text = Patient.objects.visible_to(organization).open_charts(), text.strip()
    try:
        born = parse_date(text, today=timezone.localdate())
    except (ValueError, OverflowError):
        return charts.matching(text).by_name()
    born_then = Q(search_text__contains=born.isoformat())
    return charts.filter(born_then | Q(search_text__contains=text) if text.isdigit() else born_then).by_name()


def likely_duplicates(
    organization: Organization, *, family_name: str, given_names: str, birth_date: dt.date, phone: str = "", exclude: Any = None
) -> list[Duplicate]:
    """Charts with the same birth date and a similar name, the same name, or the same phone; likeliest first."""
    name, digits = plain_letters(f"{given_names} {family_name}"), "".join(filter(str.isdigit, phone))
    test = Q(search_text__contains=birth_date.isoformat()) | Q(
        search_text__startswith=f"{plain_letters(family_name)} {plain_letters(given_names)} "
    )
    if len(digits) >= 7:
        test |= Q(search_text__contains=digits)
    charts = Patient.objects.visible_to(organization).open_charts().exclude(pk=exclude).filter(test)
    found = [one for chart in charts[:500] if (one := _compared(chart, name, birth_date, digits))]
    return sorted(found, key=lambda one: (-one.score, str(one.patient)))[:SHOWN_DUPLICATES]


def _compared(chart: Patient, name: str, birth_date: dt.date, digits: str) -> Duplicate | None:
    likeness = round(fuzz.token_sort_ratio(name, plain_letters(f"{chart.given_names} {chart.family_name}")))
    same_day = chart.birth_date == birth_date
    same_phone = len(digits) >= 7 and digits in chart.search_text
    if same_day and likeness >= SIMILAR_NAME:
        return Duplicate(chart, "same birth date, " + ("same name" if likeness == 100 else "similar name"), 200 + likeness)
    if likeness == 100:
        return Duplicate(chart, "same name, another birth date", 150)
    return Duplicate(chart, "same phone", likeness) if same_phone else None
