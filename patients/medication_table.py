"""The medication table as it is shown: lines with their flags, what was not checked, what is still missing.

Everything is put together from one snapshot and one check; nothing here asks the database twice.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from interactions.labels import plain_name
from interactions.services import check
from patients.models import Medication, Patient
from patients.services.recognition import candidates_of
from patients.snapshot import charts_of, lines_of, snapshot_of

SEVERITIES = ("contraindicated", "major", "moderate", "minor", "info")
UNDER_A_LINE = SEVERITIES[:3]  # minor ones and notes wait in the panel
Finding = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One running medicine with its number, its flags, and the readings of its name when there are several."""

    number: int
    row: Medication
    flags: list[Finding] = field(default_factory=list)
    is_draft: bool = False

    @property
    def candidates(self) -> tuple[Any, ...]:
        return () if self.is_draft else candidates_of(self.row)

    @property
    def product(self) -> str:
        """The recognized product, or the ingredients, when the typed name does not already say it."""
        name = plain_name(self.row.product_name, self.row.dose_form)
        if not name:
            parts = [one["name"] for one in self.row.ingredients]
            return "" if all(part.casefold() in self.row.text.casefold() for part in parts) else " + ".join(parts)
        said = {self.row.text.casefold(), self.row.text.split(" (")[0].casefold()}
        return "" if name.split(" (")[0].casefold() in said else name

    @property
    def worst(self) -> str:
        """The most urgent severity under this line."""
        return self.flags[0]["severity"] if self.flags else ""


@dataclass(frozen=True)
class Task:
    """One line of "Before it is ready"; `said` is the short word at its end."""

    title: str
    is_done: bool
    said: str


class MedicationTable:
    """The table of one patient on a day. `draft` is a line that is not saved: a new one, or a changed one."""

    def __init__(self, patient: Patient, today: dt.date, draft: Medication | None = None) -> None:
        self.patient, self.today, self.draft = patient, today, draft
        charts = charts_of(patient)
        rows = lines_of(charts)
        self.past = sorted((row for row in rows if self.is_past(row)), key=lambda row: row.stopped_on, reverse=True)
        self.rows = _with_draft([row for row in rows if not self.is_past(row)], draft)
        self.case = snapshot_of(patient, today, charts=charts, lines=self.rows + self.past)

    @cached_property
    def in_error(self) -> list[Medication]:
        """Lines that should never have been there; only the whole page shows them."""
        return list(Medication.objects.of(self.patient).exclude(entered_in_error_at=None).for_record())

    def is_past(self, row: Medication) -> bool:
        return row.stopped_on is not None and row.stopped_on <= self.today

    @cached_property
    def result(self) -> dict[str, Any]:
        return check(self.case)

    @cached_property
    def lines(self) -> list[Line]:
        """The running lines; a finding stands under the last of its medicines, so the line that brought it shows it."""
        flags: dict[str, list[Finding]] = {}
        place = {str(row.pk): number for number, row in enumerate(self.rows)}
        for finding in self.result["findings"]:
            refs = [ref for ref in finding["refs"] if ref in place]
            if refs and finding["severity"] in UNDER_A_LINE:
                flags.setdefault(max(refs, key=place.__getitem__), []).append(finding)
        return [Line(number, row, flags.get(str(row.pk), []), row is self.draft) for number, row in enumerate(self.rows, start=1)]

    def line_of(self, row: Medication) -> Line | None:
        return next((line for line in self.lines if line.row.pk == row.pk), None)

    @property
    def next_number(self) -> int:
        return len(self.rows) + 1

    @cached_property
    def draft_flags(self) -> list[Finding]:
        """What the draft would bring: every finding that it takes part in."""
        ref = str(self.draft.pk) if self.draft else ""
        return [finding for finding in self.result["findings"] if ref in finding["refs"]]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many findings of each severity, most urgent first."""
        found = Counter(finding["severity"] for finding in self.result["findings"])
        return [(severity, found[severity]) for severity in SEVERITIES if found[severity]]

    @property
    def condition_names(self) -> list[str]:
        """What a medicine may be for, to choose from while typing."""
        return [one if isinstance(one, str) else one["text"] for one in self.case["conditions"] or []]

    @property
    def n_checked(self) -> int:
        return sum(row.is_checked for row in self.rows)

    @property
    def unknown_names(self) -> list[Line]:
        return [line for line in self.lines if not line.row.is_checked]

    @property
    def other_gaps(self) -> list[dict[str, Any]]:
        """What could not be checked for another reason than a name."""
        return [gap for gap in self.result["not_checked"] if gap["what"] != "medication"]

    @property
    def announcement(self) -> str:
        """The one sentence of the live region: counts, never the text of a finding."""
        found = self.draft_flags if self.draft else self.result["findings"]
        serious = sum(finding["severity"] in ("contraindicated", "major") for finding in found)
        word = f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "Nothing found"
        start, end = "If saved: " if self.draft else "", f", {serious} serious" if serious else ""
        return f"{start}{word}{end}. {self.n_checked} of {len(self.rows)} medicines checked."

    @cached_property
    def tasks(self) -> list[Task]:
        return tasks_of(self.patient, self.case, [line.number for line in self.unknown_names], len(self.rows))

    @property
    def n_done(self) -> int:
        return sum(task.is_done for task in self.tasks)


def _with_draft(rows: list[Medication], draft: Medication | None) -> list[Medication]:
    """The rows with the draft in the place of the row it changes, or at the end."""
    if draft is None:
        return rows
    if any(row.pk == draft.pk for row in rows):
        return [draft if row.pk == draft.pk else row for row in rows]
    return [*rows, draft]


def tasks_of(patient: Patient, case: dict[str, Any], unknown: list[int], n_lines: int) -> list[Task]:
    """What a review needs, from the snapshot alone."""
    facts = case["patient"]
    names = {lab["name"].casefold() for lab in case["labs"]}
    codes = {lab["code"] for lab in case["labs"]}
    has_kidney = bool(names & {"creatinine", "serum creatinine", "egfr"} or codes & {"2160-0", "33914-3", "98979-8"})
    has_potassium = "potassium" in names or "2823-3" in codes
    missing = [word for word, has in (("creatinine", has_kidney), ("potassium", has_potassium)) if not has]
    size = [f"{facts[key]} {unit}" for key, unit in (("weight_kg", "kg"), ("height_cm", "cm")) if facts[key]]
    known = f"{n_lines} of {n_lines}" if n_lines else "no medicines yet"
    where = f"line {', '.join(map(str, unknown))}" if len(unknown) < 4 else f"{len(unknown)} lines"
    return [
        Task("Phone and language", bool(patient.phone), "done" if patient.phone else "no phone"),
        _listed("Allergies", case["allergies"]),
        _listed("Conditions", case["conditions"]),
        Task("Creatinine and potassium", not missing, "on file" if not missing else f"no {' or '.join(missing)}"),
        Task("Weight and height", len(size) == 2, ", ".join(size) or "not known"),
        Task("Every name recognized", not unknown and n_lines > 0, where if unknown else known),
    ]


def _listed(title: str, rows: list[Any] | None) -> Task:
    return Task(title, rows is not None, "not asked" if rows is None else str(len(rows)) if rows else "none")
