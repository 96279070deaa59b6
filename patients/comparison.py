"""Two charts side by side, before they are merged."""

from dataclasses import dataclass

from patients.history import shown
from patients.kinds import KINDS
from patients.models import ChartRow, Medication, Patient

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

    @property
    def differs(self) -> bool:
        return bool(self.stays and self.goes and self.stays != self.goes)


def compared(stays: Patient, goes: Patient) -> list[Compared]:
    """Who they are, then how many rows of each kind they have."""
    lines = []
    for name in FIELDS:
        field = Patient._meta.get_field(name)
        line = Compared(str(field.verbose_name).capitalize(), shown(field, getattr(stays, name)), shown(field, getattr(goes, name)))
        if line.stays or line.goes:
            lines.append(line)
    kinds: list[tuple[str, type[ChartRow]]] = [("Medicines", Medication), *((kind.title, kind.model) for kind in KINDS.values())]
    return lines + [Compared(title, _listed(stays, model), _listed(goes, model)) for title, model in kinds]


def _listed(patient: Patient, model: type[ChartRow]) -> str:
    """How many there are, with the first of them."""
    rows = list(model.objects.filter(patient=patient).current()[:40])
    if not rows:
        return "none"
    names = "; ".join(str(row) for row in rows[:8])
    return f"{len(rows)}: {names}{' and more' if len(rows) > 8 else ''}"
