"""A file's chart beside the chart on file: what is new, what is there already, what differs.

Pure but for reading the chart: the same file and chart give the same rows, so that a page and the
write after it can tell whether anything changed in between (`Comparison.digest`).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from exchange.chart import (
    ImportedAllergy,
    ImportedCondition,
    ImportedImmunization,
    ImportedMedication,
    ImportedObservation,
    ImportedPatient,
)
from exchange.merge import plain_name, same_wording
from mtm.lib.canonical import sha256_of
from patients.measures import measure_of
from patients.models import Allergy, Answered, Condition, Immunization, Medication, Observation, Patient, PlanMembership

NEW, SAME, CHANGED, UNUSABLE = "new", "same", "changed", "unusable"
STATE_WORDS = {NEW: "New", SAME: "Already in the chart", CHANGED: "Differs", UNUSABLE: "Cannot be imported"}
LONG = 12  # lines of a section that is folded when nothing in it needs a look
MAX_VALUE = Decimal(10) ** 8  # what the chart's number column holds


@dataclass(frozen=True)
class Row:
    """One line to tick. `changes` are columns of `existing` that a tick would set; `line` is what the file says."""

    key: str
    state: str
    line: Any
    note: str = ""
    is_ticked: bool = True
    existing: Any = None
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def can_tick(self) -> bool:
        return self.state in (NEW, CHANGED)


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    rows: tuple[Row, ...]

    @property
    def is_folded(self) -> bool:
        """A long list of results or vaccines that asks nothing stays closed until someone wants to see it."""
        is_quiet = all(not row.note for row in self.rows)
        return self.name in ("observation", "immunization") and len(self.rows) > LONG and is_quiet


@dataclass(frozen=True)
class Comparison:
    """All sections; `doubts` are reasons to think that file and chart belong to two people."""

    sections: tuple[Section, ...]
    doubts: tuple[str, ...]
    no_known_allergies: str = ""

    @property
    def rows(self) -> Iterator[Row]:
        return (row for section in self.sections for row in section.rows)

    @cached_property
    def digest(self) -> str:
        """Changes when the chart changed in anything that this import touches."""
        seen = [[row.key, row.state, str(getattr(row.existing, "pk", "")), getattr(row.existing, "version", 0)] for row in self.rows]
        return sha256_of([seen, list(self.doubts), self.no_known_allergies])[:32]


def compare(chart: ImportedPatient, patient: Patient | None, *, today: dt.date) -> Comparison:
    """Every line of the file against the rows of `patient`, or against an empty chart."""
    rows = ChartRows(patient)
    kinds = (
        ("active", "Medicines taken now", [_medication(line, rows, today) for line in chart.active_medications]),
        ("past", "Past medicines", [_medication(line, rows, today) for line in chart.past_medications]),
        ("allergy", "Allergies and intolerances", [_allergy(line, rows) for line in chart.allergies]),
        ("condition", "Conditions", [_condition(line, rows) for line in chart.conditions]),
        ("observation", "Results and vital signs", [_observation(line, rows, today) for line in chart.observations]),
        ("immunization", "Vaccines", [_immunization(line, rows) for line in chart.immunizations]),
        ("coverage", "Plans", [_coverage(line, rows) for line in chart.coverages]),
    )
    sections = (
        Section(name, title, tuple(Row(f"{name}-{place}", **found) for place, found in enumerate(lines))) for name, title, lines in kinds
    )
    doubts = tuple(doubts_about(chart, patient)) if patient else ()
    return Comparison(tuple(section for section in sections if section.rows), doubts, _none_known(chart, rows))


class ChartRows:
    """The current rows of a chart, read once each; all empty without a chart."""

    def __init__(self, patient: Patient | None) -> None:
        self.patient = patient

    def of(self, model: Any) -> list[Any]:
        if self.patient is None:
            return []
        return list(model.objects.visible_to(self.patient.organization).of(self.patient).current())

    @cached_property
    def medications(self) -> list[Medication]:
        return self.of(Medication)

    @cached_property
    def allergies(self) -> dict[str, Allergy]:
        return {same_wording(row.substance): row for row in self.of(Allergy)}

    @cached_property
    def conditions(self) -> list[Condition]:
        return self.of(Condition)

    @cached_property
    def observations(self) -> dict[tuple[str, dt.date], Observation]:
        return {(_test(row.name, row.code), row.measured_on): row for row in self.of(Observation)}

    @cached_property
    def immunizations(self) -> dict[tuple[str, Any], Immunization]:
        return {(same_wording(row.name), row.given_on): row for row in self.of(Immunization)}

    @cached_property
    def plans(self) -> dict[str, PlanMembership]:
        return {same_wording(row.plan_name): row for row in self.of(PlanMembership)}


def doubts_about(chart: ImportedPatient, patient: Patient) -> Iterator[str]:
    """Why the file may be another person's: each is asked before anything is written."""
    if chart.name is None:
        yield "The file does not say whose it is."
    elif same_wording(chart.name) != same_wording(patient.full_name):
        yield f"The file says {chart.name}; this chart is {patient.full_name}'s."
    if chart.birth_date and chart.birth_date != patient.birth_date:
        yield f"The file says born {chart.birth_date:%b %d, %Y}; the chart says {patient.birth_date:%b %d, %Y}."
    if chart.sex and patient.sex in ("F", "M") and chart.sex != patient.sex:
        yield "The sex in the file and in the chart differ."


def _medication(line: ImportedMedication, rows: ChartRows, today: dt.date) -> dict[str, Any]:
    same = [row for row in rows.medications if is_same_product(line, row)]
    existing = next((row for row in same if row.is_active_on(today)), same[0] if same else None)
    if existing is None:
        return _new_medication(line, rows)
    running = existing.is_active_on(today)
    if line.is_active and not running:
        return {"state": NEW, "line": line, "note": f"The chart has it as stopped on {existing.stopped_on:%b %d, %Y}."}
    if not line.is_active and running:
        changes = {
            "stopped_on": stop_day(line, today, not_before=existing.started_on),
            "stop_reason": line.stop_reason or "Stopped according to the file",
        }
        note = f"Running in the chart; a tick stops it on {changes['stopped_on']:%b %d, %Y}."
        return {"state": CHANGED, "line": line, "note": note, "existing": existing, "changes": changes, "is_ticked": False}
    if line.directions and running and same_wording(line.directions) != same_wording(existing.directions):
        note = f"In the chart: {existing.directions or 'no directions'}. A tick takes the file's directions."
        return {
            "state": CHANGED,
            "line": line,
            "note": note,
            "existing": existing,
            "changes": {"directions": line.directions},
            "is_ticked": False,
        }
    return {"state": SAME, "line": line, "existing": existing, "is_ticked": False}


def _new_medication(line: ImportedMedication, rows: ChartRows) -> dict[str, Any]:
    names = {one.name for one in line.ingredients}
    alike = [row.text for row in rows.medications if names and names == {one["name"] for one in row.ingredients}]
    note = f"Also in the chart, with the same ingredient: {', '.join(alike)}." if alike else ""
    if not line.is_active and line.stopped_on is None:
        note = f"{note} The file does not say when it was stopped.".strip()
    return {"state": NEW, "line": line, "note": note, "is_ticked": line.status != "ambiguous" or not line.rxcuis}


def is_same_product(line: ImportedMedication, row: Medication) -> bool:
    """One product: the same code, or the same name, strength and form."""
    wordings = {same_wording(line.text), same_wording(line.product)} - {""}
    return bool(row.rxcui and row.rxcui in line.rxcuis) or bool(wordings & {same_wording(row.text), same_wording(row.product_name)})


def stop_day(line: ImportedMedication, today: dt.date, *, not_before: dt.date | None = None) -> dt.date:
    """The day it was stopped, else the last day on which the file heard of it, else today; never before its start."""
    fills = [fill.on + dt.timedelta(days=fill.days_supply or 0) for fill in line.fills]
    known = line.stopped_on or max([day for day in (line.said_on, line.started_on, *fills) if day], default=today)
    floor = max([day for day in (not_before, line.started_on) if day], default=known)
    return max(min(known, today), floor)


def _allergy(line: ImportedAllergy, rows: ChartRows) -> dict[str, Any]:
    existing = rows.allergies.get(same_wording(line.substance))
    if existing:
        return {"state": SAME, "line": line, "existing": existing, "is_ticked": False}
    says_none = rows.patient is not None and rows.patient.allergy_status == Answered.NONE
    return {"state": NEW, "line": line, "note": "The chart says that no allergies are known." if says_none else ""}


def _none_known(chart: ImportedPatient, rows: ChartRows) -> str:
    """What becomes of the file's "no known allergies": "answer", or why not."""
    if not chart.no_known_allergies:
        return ""
    return "The file says that no allergies are known, but the chart lists some. The chart stays as it is." if rows.allergies else "answer"


def _condition(line: ImportedCondition, rows: ChartRows) -> dict[str, Any]:
    existing = next((row for row in rows.conditions if _is_same_condition(line, row)), None)
    if existing:
        return {"state": SAME, "line": line, "existing": existing, "is_ticked": False}
    if not line.is_active and not line.ended_on:
        return {"state": UNUSABLE, "line": line, "note": "Past, and the file does not say since when.", "is_ticked": False}
    return {"state": NEW, "line": line, "is_ticked": line.is_active}


def _is_same_condition(line: ImportedCondition, row: Condition) -> bool:
    return bool(line.code and line.code == row.code) or same_wording(plain_name(line.text)) == same_wording(plain_name(row.name))


def _observation(line: ImportedObservation, rows: ChartRows, today: dt.date) -> dict[str, Any]:
    if line.on is None:
        return {"state": UNUSABLE, "line": line, "note": "The file does not say when it was measured.", "is_ticked": False}
    if line.value is not None and abs(line.value) >= MAX_VALUE:
        return {"state": UNUSABLE, "line": line, "note": "The number is too large to be a result.", "is_ticked": False}
    existing = rows.observations.get((_test(line.name, line.loinc), line.on))
    if existing is None:
        doubt = _implausible(line)
        return {"state": NEW, "line": line, "note": doubt, "is_ticked": not doubt}
    if line.value is not None and existing.value is not None and abs(existing.value - line.value) > Decimal("0.00005"):
        note = f"The chart has {existing.shown_value} {existing.unit} for that day; both can't be right. A tick adds the file's."
        return {"state": NEW, "line": line, "note": note, "is_ticked": False}
    return {"state": SAME, "line": line, "existing": existing, "is_ticked": False}


def _implausible(line: ImportedObservation) -> str:
    measure = measure_of(line.name, line.loinc)
    if measure is None or line.value is None:
        return ""
    value = measure.canonical(line.value, line.unit)
    if value is None:
        return f"The unit {line.unit or '(none)'} does not fit this test; rules will not use it."
    return "" if measure.is_possible(value) else "This value is hardly possible. Compare it with the source."


def _test(name: str, code: str) -> str:
    """One name for a test, whatever the source calls it."""
    measure = measure_of(name, code)
    return measure.id if measure else code or same_wording(name)


def _immunization(line: ImportedImmunization, rows: ChartRows) -> dict[str, Any]:
    existing = rows.immunizations.get((same_wording(line.name), line.on))
    return {"state": SAME, "line": line, "existing": existing, "is_ticked": False} if existing else {"state": NEW, "line": line}


def _coverage(line: Any, rows: ChartRows) -> dict[str, Any]:
    existing = rows.plans.get(same_wording(line.plan))
    return {"state": SAME, "line": line, "existing": existing, "is_ticked": False} if existing else {"state": NEW, "line": line}
