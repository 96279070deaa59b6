"""Days that cannot be: born before 1900 or tomorrow, measured next year. Told and left out, never stored."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from exchange.chart import ImportedFile, ImportedPatient
from mtm.lib.dates import OLDEST

Line = TypeVar("Line")
Tell = Callable[[str], None]


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
