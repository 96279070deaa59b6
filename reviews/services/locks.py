"""Row locks and the guards that stand behind them; call all of these inside `atomic`."""

from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import Membership, User
from accounts.once import EditConflict, lock_version
from reviews.models import Encounter
from reviews.services.errors import EncounterClosed, Incomplete, NotAllowed

Row = TypeVar("Row", bound=models.Model)
UNSET = object()  # a new row has no prescriber yet, and asking for one raises


def lock_encounter(pk: Any) -> Encounter:
    """The review as it is now, held until the transaction ends. Every change of a review takes this lock first."""
    return Encounter.objects.select_for_update().get(pk=pk)


def lock_open_encounter(pk: Any) -> Encounter:
    """As `lock_encounter`; raises EncounterClosed when nothing may change any more."""
    encounter = lock_encounter(pk)
    if encounter.is_signed:
        raise EncounterClosed("This review is signed and stays as it is. Add an addendum, or correct a line as a new version.")
    if not encounter.is_open:
        raise EncounterClosed("This review was marked as not done. Start a new one.")
    return encounter


def lock_row(row: Row, version: int | None = None) -> Row:
    """The row as it is now, held; raises EditConflict when `version` is given and another one is stored.

    A row with a version comes back with the next one, ready to be saved.
    """
    if version is not None:
        return lock_version(type(row), row.pk, version)
    fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if hasattr(fresh, "version"):
        fresh.version += 1
    return fresh


def lock_line(row: Row, version: int | None = None) -> Row:
    """Lock a line of an open review: the review first, then the line."""
    lock_open_encounter(row.encounter_id)
    return lock_row(row, version)


def store(row: Row, by: User) -> Row:
    """Save with the person in the row's history, request or not."""
    row._history_user = by
    row.save()
    return row


def change(row: Row, values: dict[str, Any], allowed: frozenset[str]) -> list[str]:
    """Set the named fields and return those that differ; a field outside `allowed` is a programming error."""
    unknown = values.keys() - allowed
    if unknown:
        raise TypeError(f"{type(row).__name__} has no field to change named {', '.join(sorted(unknown))}")
    changed = [name for name, value in values.items() if getattr(row, name, UNSET) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def require_pharmacist(by: User, organization: Any) -> None:
    """Raise NotAllowed unless `by` is an active pharmacist of the organization at this moment."""
    if not Membership.objects.visible_to(organization).active().filter(user=by, is_pharmacist=True).exists():
        raise NotAllowed("Only a pharmacist of this organization can do this. Ask one to sign in.")


def require_words(text: str, question: str) -> str:
    """The text without outer spaces; raises Incomplete with `question` when nothing is left."""
    text = text.strip()
    if not text:
        raise Incomplete(question)
    return text


def require_past(day: Any, what: str) -> None:
    """Raise Incomplete when a thing that has happened is dated in the future."""
    if day > timezone.localdate():
        raise Incomplete(f"The {what} is in the future. Check the date.")


__all__ = [
    "EditConflict",
    "change",
    "lock_encounter",
    "lock_line",
    "lock_open_encounter",
    "lock_row",
    "require_past",
    "require_pharmacist",
    "require_words",
    "store",
]
