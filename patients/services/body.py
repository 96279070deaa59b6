"""The newest weight and height among the results are the patient's, so that nobody types them twice."""

import datetime as dt
from decimal import Decimal

from accounts.models import User
from patients.measures import measure_of
from patients.models import Observation, Patient
from patients.services.writing import changed_fields, save_row

TENTH = Decimal("0.1")


def follow_results(row: Observation, *, by: User | None) -> None:
    """Call after a result was saved or marked in error; other tests than weight and height do nothing."""
    measure = measure_of(row.name, row.code)
    if measure is None or measure.id not in ("weight", "height"):
        return
    patient = Patient.objects.select_for_update().get(pk=row.patient_id)
    newest = _newest(patient, measure.id)
    if newest is None or (measure.id == "weight" and patient.weight_on and patient.weight_on > newest[0]):
        return
    day, value = newest
    values = {"weight_kg": value, "weight_on": day} if measure.id == "weight" else {"height_cm": value}
    changed = changed_fields(patient, values)
    if changed:
        patient.version += 1
        save_row(patient, "patient.changed", by=by, fields=changed)


def _newest(patient: Patient, wanted: str) -> tuple[dt.date, Decimal] | None:
    """The day and the metric value of the newest usable result."""
    for row in Observation.objects.filter(patient=patient).current().exclude(value=None):
        measure = measure_of(row.name, row.code)
        if measure and measure.id == wanted and row.value is not None:
            metric = measure.canonical(row.value, row.unit)
            if metric is not None and measure.is_possible(metric):
                return row.measured_on, metric.quantize(TENTH)
    return None
