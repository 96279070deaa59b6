"""One chart as its page shows it: panels of rows, medicines now and before."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from patients.kinds import KINDS, Line, RowKind
from patients.measures import measure_of
from patients.models import Answered, ChartRow, Medication, Patient
from patients.services.rows import ANSWERS

RESULTS_SHOWN = 12  # tests in the summary; older results of each test fold away


@dataclass(frozen=True)
class Shown:
    """A row with the way it reads."""

    row: ChartRow
    line: Line


@dataclass(frozen=True)
class Panel:
    """The rows of one kind. `folded` are older or settled ones, `wrong` those entered in error."""

    kind: RowKind
    patient: Patient
    shown: list[Shown]
    folded: list[Shown]
    wrong: list[Shown]
    says_none: bool

    @property
    def can_say_none(self) -> bool:
        return bool(self.kind.none) and not self.shown and not self.folded and not self.says_none

    @property
    def is_empty(self) -> bool:
        return not self.shown and not self.folded

    @property
    def needs_answer(self) -> bool:
        """Whether an empty list means that nobody asked."""
        return self.is_empty and bool(self.kind.none) and not self.says_none


def panel_of(patient: Patient, noun: str) -> Panel:
    """The rows of one kind in this chart and the charts merged into it."""
    kind, today = KINDS[noun], timezone.localdate()
    rows = [Shown(row, kind.line(row, today)) for row in kind.model.objects.of(patient)]
    right, wrong = [one for one in rows if not one.row.is_in_error], [one for one in rows if one.row.is_in_error]
    shown, folded = _split(noun, right)
    answer = getattr(patient, ANSWERS[kind.model][0]) if kind.model in ANSWERS else ""
    return Panel(kind, patient, shown, folded, wrong, says_none=answer == Answered.NONE)


def summary_of(patient: Patient) -> dict[str, Any]:
    """Panels by noun, and the medicines of today and before."""
    today = timezone.localdate()
    medications = list(Medication.objects.of(patient).current().for_record())
    return {
        "panels": {noun: panel_of(patient, noun) for noun in KINDS},
        "medications": [row for row in medications if row.stopped_on is None or row.stopped_on > today],
        "past": sorted((row for row in medications if row.stopped_on and row.stopped_on <= today), key=_stopped, reverse=True),
        "merged": patient.merged_charts.all(),
    }


def _stopped(row: Medication) -> dt.date:
    return row.stopped_on or dt.date.min


def _split(noun: str, rows: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """What is shown at once, and what folds away."""
    if noun == "observation":
        return _newest_of_each(rows)
    if noun == "social":
        return rows[:1], rows[1:]
    if noun in ("condition", "coverage"):
        return [one for one in rows if not one.line.is_old], [one for one in rows if one.line.is_old]
    return rows, []


def _newest_of_each(rows: list[Shown]) -> tuple[list[Shown], list[Shown]]:
    """The newest result of each test, known tests first, at most a dozen; the rest folds."""
    newest = [next(group) for _, group in groupby(sorted(rows, key=_test), key=_test)]
    known_first = sorted(
        newest, key=lambda one: (measure_of(one.row.name, one.row.code) is None, -one.row.measured_on.toordinal(), one.row.name)
    )
    shown = known_first[:RESULTS_SHOWN]
    kept = {one.row.pk for one in shown}
    return shown, [one for one in rows if one.row.pk not in kept]


def _test(one: Shown) -> str:
    measure = measure_of(one.row.name, one.row.code)
    return measure.id if measure else one.row.name.casefold()
