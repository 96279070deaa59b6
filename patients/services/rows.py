"""Rows of a chart: add, change, mark as entered in error. Every write is locked, versioned and audited."""

from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.once import lock_version
from mtm.lib.errors import DomainError
from patients.models import Allergy, Answered, ChartRow, Condition, Medication, Observation, Patient
from patients.services.body import follow_results
from patients.services.writing import changed_fields, lock_chart, noun_of, save_row

Row = TypeVar("Row", bound=ChartRow)
ERROR_FIELDS = ("entered_in_error_at", "entered_in_error_reason")
PRESSURES = (("Systolic blood pressure", "8480-6"), ("Diastolic blood pressure", "8462-4"))

# Lists that can be known to be empty: the patient's field with the answer, and what a person calls them.
ANSWERS: dict[type[ChartRow], tuple[str, str]] = {
    Allergy: ("allergy_status", "allergies"),
    Condition: ("condition_status", "conditions"),
    Medication: ("medication_status", "medicines"),
}


class RowInError(DomainError):
    """The row was marked as entered in error."""

    title = "This line was marked as entered in error"


class NotEmpty(DomainError):
    """There are rows, so the answer can't be "none"."""

    title = "The list is not empty"


@transaction.atomic
def add_row(model: type[Row], patient: Patient, *, by: User | None, **values: Any) -> Row:
    """Add a row to a chart. A first allergy, condition or medicine answers the question whether there are any.

    A blood pressure comes as `pressure` (systolic, diastolic) and becomes two results; the systolic one is returned.
    """
    patient = lock_chart(patient)
    if "pressure" in values:
        return _add_pressure(patient, by=by, **values)
    row = model(organization=patient.organization, patient=patient, **values)
    save_row(row, f"{noun_of(model)}.added", by=by, fields=values)
    _after(row, by=by, status=Answered.LISTED)
    return row


@transaction.atomic
def change_row(row: Row, *, by: User | None, version: int, **values: Any) -> Row:
    """Change a row that is still as the caller saw it; raises EditConflict otherwise. No change writes nothing."""
    row = lock_version(type(row), row.pk, version)
    if row.is_in_error:
        raise RowInError("Put it back first if it is right after all.")
    changed = changed_fields(row, values)
    if not changed:
        row.version = version
        return row
    save_row(row, f"{noun_of(type(row))}.changed", by=by, fields=changed)
    _after(row, by=by)
    return row


@transaction.atomic
def mark_in_error(row: Row, *, by: User | None, version: int, reason: str) -> Row:
    """Take a row out of every list, with the reason; it stays in the history and can be put back."""
    row = lock_version(type(row), row.pk, version)
    row.entered_in_error_at, row.entered_in_error_reason = timezone.now(), reason
    save_row(row, f"{noun_of(type(row))}.marked_in_error", by=by, fields=ERROR_FIELDS)
    is_last = not type(row).objects.filter(patient=row.patient).current().exists()
    _after(row, by=by, status=Answered.UNKNOWN if is_last else None)
    return row


@transaction.atomic
def put_back(row: Row, *, by: User | None, version: int) -> Row:
    """Undo `mark_in_error`."""
    row = lock_version(type(row), row.pk, version)
    row.entered_in_error_at, row.entered_in_error_reason = None, ""
    save_row(row, f"{noun_of(type(row))}.put_back", by=by, fields=ERROR_FIELDS)
    _after(row, by=by, status=Answered.LISTED)
    return row


@transaction.atomic
def answer_list(patient: Patient, model: type[ChartRow], status: str, *, by: User | None, version: int) -> Patient:
    """Say that there are none ("no known allergies"), or that nobody asked. Raises NotEmpty when there are rows."""
    field, plural = ANSWERS[model]
    lock_chart(patient)
    patient = lock_version(Patient, patient.pk, version)
    rows = model.objects.of(patient).current()
    if (rows.filter(stopped_on=None) if model is Medication else rows).exists():
        raise NotEmpty(f"There are {plural} in the list. Mark wrong ones as entered in error first.")
    setattr(patient, field, status)
    save_row(patient, "chart.answered", by=by, fields=[field])
    return patient


def _after(row: ChartRow, *, by: User | None, status: str | None = None) -> None:
    """What follows from a row: the answer whether there are any, and the patient's weight and height."""
    field = ANSWERS.get(type(row), ("", ""))[0]
    if field and status:
        patient = Patient.objects.select_for_update().get(pk=row.patient_id)
        if getattr(patient, field) != status:
            setattr(patient, field, status)
            patient.version += 1
            save_row(patient, "chart.answered", by=by, fields=[field])
    if isinstance(row, Observation):
        follow_results(row, by=by)


def _add_pressure(patient: Patient, *, by: User | None, pressure: tuple[Decimal, Decimal], **values: Any) -> Observation:
    """Systolic and diastolic as two results of one day, as the books read them."""
    rows = []
    for (name, code), value in zip(PRESSURES, pressure, strict=True):
        shared = values | {"name": name, "code": code, "value": value, "unit": "mmHg"}
        rows.append(Observation(organization=patient.organization, patient=patient, **shared))
        save_row(rows[-1], "observation.added", by=by, fields=shared)
    return rows[0]
