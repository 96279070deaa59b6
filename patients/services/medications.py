"""The verbs of the medication list: add, change, choose a name, stop, restart, move, record a fill.

Marking a line as entered in error, and putting it back, is what `rows` does for every row of a chart.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from accounts.once import lock_version
from mtm.lib.errors import DomainError
from patients.models import Answered, Fill, Medication, Patient, Prescriber
from patients.services import recognition
from patients.services.directory import add_entry
from patients.services.writing import changed_fields, lock_chart, save_row

WRITABLE = frozenset(
    "text directions directions_en directions_es as_taken morning noon evening bedtime is_as_needed reason reason_es "
    "prescriber kind route started_on stopped_on stop_reason last_filled_on source source_detail".split()
)


class LineClosed(DomainError):
    """The line is not one to work on any more."""

    title = "This line can't be changed"


class DatesCross(DomainError):
    title = "The dates do not fit"


@transaction.atomic
def add_medication(patient: Patient, *, by: User, text: str, rxcui: str = "", directions: str = "", **details: Any) -> Medication:
    """A new last line, as typed; `rxcui` is the item that a person picked, or a code that a source gave.

    `details` are columns of Medication (see WRITABLE); an empty kind, route or plain direction is filled in.
    """
    _refuse_unknown(details)
    chart = lock_chart(patient)
    line = Medication(organization=patient.organization, patient=chart, text=text, directions=directions)
    known = recognition.recognize(text, rxcui)
    guessed = {"kind": recognition.kind_of(text, known["ingredients"])} | recognition.plain_directions(directions, text, known["rxcui"])
    changed_fields(line, known | guessed | {name: value for name, value in details.items() if value not in ("", None)})
    line.position = (Medication.objects.of(chart).aggregate(last=Max("position"))["last"] or 0) + 1
    _refuse_crossed_dates(line)
    save_row(line, "medication.added", by=by, fields=["text", *(name for name, value in details.items() if value)])
    if chart.medication_status != Answered.LISTED:
        chart.medication_status, chart.version = Answered.LISTED, chart.version + 1
        save_row(chart, "chart.answered", by=by, fields=["medication_status"])
    return line


@transaction.atomic
def change_medication(medication: Medication, *, by: User, version: int, rxcui: str = "", **values: Any) -> Medication:
    """Change columns of a line; a new text or a newly picked item is recognized again, new directions read again.

    `rxcui` counts only when it is not the line's own: an old code never stands for a new text.
    """
    _refuse_unknown(values)
    line = _lock(medication, version)
    before = {name: getattr(line, name) for name in (*recognition.DIRECTION_FIELDS, "directions", "text", "rxcui")}
    picked = rxcui if rxcui != line.rxcui else ""
    changed = set(changed_fields(line, values))
    if picked or "text" in changed:
        changed.update(changed_fields(line, recognition.recognize(line.text, picked)))
    changed.update(changed_fields(line, _read_again(line, before, changed)))
    _refuse_crossed_dates(line)
    save_row(line, "medication.changed", by=by, fields=changed)
    return line


@transaction.atomic
def choose_name(medication: Medication, *, by: User, version: int, label: str) -> Medication:
    """Settle an ambiguous name by one of its candidates; the typed text stays."""
    line = _lock(medication, version)
    chosen = recognition.choose(line, label)
    if chosen is None:
        raise LineClosed("This line no longer offers that choice. Reload the page and look at its name.")
    reading = {} if line.directions_en else recognition.plain_directions(line.directions, line.text, line.rxcui)
    changed = changed_fields(line, chosen | reading)
    save_row(line, "medication.recognized", by=by, fields=changed)
    return line


@transaction.atomic
def add_prescriber_of(medication: Medication, *, by: User, version: int) -> Medication:
    """Put the typed source of a line, such as "Dr. Osei", into the directory and make it the line's prescriber."""
    line = _lock(medication, version)
    if not line.source_detail or line.prescriber_id:
        raise LineClosed("There is no name to add. Type the prescriber into the line first.")
    entry = add_entry(Prescriber, line.organization, by=by, name=line.source_detail)
    changed = changed_fields(line, {"prescriber": entry, "source_detail": ""})
    save_row(line, "medication.changed", by=by, fields=changed)
    return line


@transaction.atomic
def stop_medication(medication: Medication, *, by: User, version: int, stopped_on: dt.date, reason: str) -> Medication:
    """The medicine is no longer taken from this day on; it stays below as a past one."""
    line = _lock(medication, version)
    if line.stopped_on is not None:
        raise LineClosed(f"This medicine was already stopped on {line.stopped_on:%b %d, %Y}.")
    changed_fields(line, {"stopped_on": stopped_on, "stop_reason": reason})
    _refuse_crossed_dates(line)
    save_row(line, "medication.stopped", by=by, fields=["stopped_on", "stop_reason"])
    return line


@transaction.atomic
def restart_medication(medication: Medication, *, by: User, version: int) -> Medication:
    """Undo a stop; when and why it had been stopped stays in the line's history."""
    line = _lock(medication, version)
    if line.stopped_on is None:
        raise LineClosed("This medicine is not stopped.")
    changed_fields(line, {"stopped_on": None, "stop_reason": ""})
    save_row(line, "medication.restarted", by=by, fields=["stopped_on", "stop_reason"])
    return line


@transaction.atomic
def move_medication(medication: Medication, *, by: User, up: bool) -> Medication:
    """Change places with the next running line above or below; versions stay, as no field of a form changes."""
    patient = medication.patient.merged_into or medication.patient
    running = Medication.objects.of(patient).active_on(timezone.localdate())
    lines = list(running.order_by("position", "created_at", "id").select_for_update(of=("self",)))
    place = next((place for place, line in enumerate(lines) if line.pk == medication.pk), None)
    other = place - 1 if place is not None and up else place + 1 if place is not None else -1
    if place is None or not 0 <= other < len(lines):
        return medication
    lines[place], lines[other] = lines[other], lines[place]
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            line.position = position
            save_row(line, "medication.moved", by=by, fields=["position"])
    return lines[other]


@transaction.atomic
def record_fill(
    medication: Medication,
    *,
    by: User,
    filled_on: dt.date,
    days_supply: int | None = None,
    quantity: Decimal | None = None,
    pharmacy_name: str = "",
) -> Fill:
    """One dispensing; the line's last fill follows when this one is newer."""
    values = {"filled_on": filled_on, "days_supply": days_supply, "quantity": quantity, "pharmacy_name": pharmacy_name}
    line = Medication.objects.select_for_update(of=("self",)).get(pk=medication.pk)
    _refuse_in_error(line)
    fill = Fill(organization=line.organization, patient=line.patient, medication=line, **values)
    save_row(fill, "fill.recorded", by=by, fields=[name for name, value in values.items() if value])
    if line.last_filled_on is None or line.last_filled_on < filled_on:
        line.last_filled_on, line.version = filled_on, line.version + 1
        save_row(line, "medication.changed", by=by, fields=["last_filled_on"])
    return fill


def _lock(medication: Medication, version: int) -> Medication:
    """The row, locked and with its next version; raises EditConflict when someone was faster."""
    line = lock_version(Medication, medication.pk, version)
    _refuse_in_error(line)
    return line


def _refuse_in_error(line: Medication) -> None:
    if line.is_in_error:
        raise LineClosed("This line was marked as entered in error. Enter the medicine again if it is taken.")


def _refuse_unknown(values: dict[str, Any]) -> None:
    if strange := values.keys() - WRITABLE:
        raise TypeError(f"No such column of a medication: {', '.join(sorted(strange))}")


def _refuse_crossed_dates(line: Medication) -> None:
    if line.started_on and line.stopped_on and line.stopped_on < line.started_on:
        start, stop = f"{line.started_on:%b %d, %Y}", f"{line.stopped_on:%b %d, %Y}"
        raise DatesCross(f"It can't stop on {stop} when it starts on {start}. Correct one of the days.")


def _read_again(line: Medication, before: dict[str, Any], changed: set[str]) -> dict[str, Any]:
    """Plain directions after a change: new words are read anew, but what a person wrote by hand stays."""
    if not changed & {"directions", "text", "rxcui"}:
        return {}
    now = recognition.plain_directions(line.directions, line.text, line.rxcui)
    if "directions" in changed:
        return {name: value for name, value in now.items() if name not in changed}
    was = recognition.plain_directions(before["directions"], before["text"], before["rxcui"])
    return {name: value for name, value in now.items() if name not in changed and before[name] == was[name]}
