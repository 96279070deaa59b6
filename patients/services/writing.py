"""The one way a chart is written: locked, with the person in the history, and told to the log."""

import uuid
from collections.abc import Iterable
from typing import Any

from accounts import audit
from accounts.models import RequestKey, User
from mtm.lib.errors import DomainError
from patients.models import Patient


class ChartClosed(DomainError):
    """The chart was merged into another one."""

    title = "This chart was merged"


def lock_chart(patient: Patient) -> Patient:
    """Lock a chart for writing; call inside `atomic`. Raises ChartClosed for a merged one."""
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    if patient.merged_into_id:
        raise ChartClosed("Work in the chart that it was merged into.")
    return patient


def save_row(row: Any, action: str, *, by: User | None, fields: Iterable[str]) -> None:
    """Save with the person in the history, and say in the log which fields changed."""
    row._history_user = by
    row.save()
    audit.record(action, row, by=by, fields=fields, organization=row.organization)


def changed_fields(row: Any, values: dict[str, Any]) -> list[str]:
    """Set the values that differ, and name them."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def noun_of(model: type) -> str:
    """The first part of an audit action: "allergy", "plan_membership"."""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in model.__name__).lstrip("_")


def was_sent(key: uuid.UUID, *, by: User) -> bool:
    """Whether this person's form with this request key was saved before."""
    return RequestKey.objects.filter(key=key, user=by).exists()
