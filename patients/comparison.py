"""Two charts side by side, before they are merged."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from patients.history import shown
from patients.kinds import KINDS, Line
from patients.models import ChartRow, Medication, Patient

MOST, SHOWN = 100, 8

FIELDS = (
    "given_names",
    "family_name",
    "preferred_name",
    "birth_date",
    "sex",
    "phone",
    "second_phone",
    "address",
    "language",
    "weight_kg",
    "height_cm",
    "deceased_on",
)


@dataclass(frozen=True)
class Compared:
    """One line of the comparison: what stands in the chart that stays, and in the other one."""

    label: str
    stays: str
    goes: str
    is_list: bool = False

    @property
    def differs(self) -> bool:
        return bool(not self.is_list and self.stays and self.goes and self.stays != self.goes)


def compared(stays: Patient, goes: Patient) -> list[Compared]:
    """Who they are, then how many rows of each kind they have."""
    lines = []
    for name in FIELDS:
        field = Patient._meta.get_field(name)
        line = Compared(str(field.verbose_name).capitalize(), shown(field, getattr(stays, name)), shown(field, getattr(goes, name)))
        if line.stays or line.goes:
            lines.append(line)
    lines.append(Compared("Medicines", *(_listed(_rows(Medication, chart), str) for chart in (stays, goes)), is_list=True))
    today = timezone.localdate()
    for kind in KINDS.values():
        told = (_listed(_rows(kind.model, chart), lambda row, kind=kind: _read(kind.line(row, today))) for chart in (stays, goes))
        lines.append(Compared(kind.title, *told, is_list=True))
    return lines


def _rows(model: type[ChartRow], patient: Patient) -> list[ChartRow]:
    return list(model.objects.filter(patient=patient).current()[:MOST])


def _read(line: Line) -> str:
    return f"{line.main} {line.value}".strip()


def _listed(rows: list[ChartRow], read: Callable[[ChartRow], str]) -> str:
    """How many there are, with the first of them."""
    if not rows:
        return ""
    count = f"{MOST} or more" if len(rows) == MOST else len(rows)
    return f"{count}: {'; '.join(map(read, rows[:SHOWN]))}{'; and more' if len(rows) > SHOWN else ''}"
