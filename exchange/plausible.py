"""What no chart holds: thousands of medicines (refused), births before 1900 and results of next year (left out and told)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from exchange.chart import ImportedFile, ImportedPatient
from exchange.errors import RefusedFile
from mtm.lib.dates import OLDEST

Line = TypeVar("Line")
Tell = Callable[[str], None]


MAX_PEOPLE = 100
MAX_LINES = 2_000


def refuse_too_much(file: ImportedFile) -> None:
    """RefusedFile for a file of more people or lines than a page can show and a person can confirm."""
    if len(file.patients) > MAX_PEOPLE:
        raise RefusedFile(f"The file holds {len(file.patients):,} people, more than {MAX_PEOPLE}. Export fewer at a time.")
    for patient in file.patients:
        lists = (patient.medications, patient.allergies, patient.conditions, patient.observations, patient.immunizations, patient.coverages)
        lines = sum(map(len, lists))
        if lines > MAX_LINES:
            raise RefusedFile(f"The file lists {lines:,} things for one person, more than {MAX_LINES:,}. Is it one patient's chart?")


def without_impossible_days(file: ImportedFile, *, today: dt.date) -> ImportedFile:
    """The file with impossible dates set to unknown, each with a warning."""
    warnings = list(file.warnings)
    patients = tuple(_checked_patient(patient, today, warnings.append) for patient in file.patients)
    return replace(file, patients=patients, warnings=tuple(dict.fromkeys(warnings)))


def _checked_patient(patient: ImportedPatient, today: dt.date, tell: Tell) -> ImportedPatient:
    tomorrow = today + dt.timedelta(days=1)  # a source east of here may already write the next day
    born = patient.birth_date if patient.birth_date and OLDEST <= patient.birth_date <= tomorrow else None
    if patient.birth_date and not born:
        tell(f"The birth date {patient.birth_date} cannot be right; enter it by hand.")
    died = patient.deceased_on
    if died and (died > tomorrow or (born and died < born)):
        tell(f"The day of death {died} cannot be right; it was left out.")
        died = None
    return replace(
        patient,
        birth_date=born,
        deceased_on=died,
        medications=_checked(patient.medications, ("said_on", "started_on", "stopped_on"), tomorrow, tell, future=("stopped_on",)),
        conditions=_checked(patient.conditions, ("onset_on", "ended_on"), tomorrow, tell),
        observations=_checked(patient.observations, ("on",), tomorrow, tell),
        immunizations=_checked(patient.immunizations, ("on",), tomorrow, tell),
    )


def _checked(
    lines: tuple[Line, ...], names: tuple[str, ...], tomorrow: dt.date, tell: Tell, *, future: tuple[str, ...] = ()
) -> tuple[Line, ...]:
    return tuple(_checked_line(line, names, tomorrow, tell, future) for line in lines)


def _checked_line(line: Line, names: tuple[str, ...], tomorrow: dt.date, tell: Tell, future: tuple[str, ...]) -> Line:
    for name in names:
        day = getattr(line, name)
        if day and (day < OLDEST or (day > tomorrow and name not in future)):
            label = getattr(line, "text", "") or getattr(line, "name", "")
            tell(f"{label}: the day {day} cannot be right and was left out.")
            line = replace(line, **{name: None})
    return line
