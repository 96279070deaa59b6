"""Settle a typed name on every line that says it, leave it as typed with a reason, and take either back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from interactions.knowledge.shapes import Candidate
from mtm.lib.errors import DomainError
from patients.models import Medication
from patients.services import recognition
from patients.services.writing import changed_fields, save_row
from patients.unsettled import key_of, stamp_of

RESTORED = (
    "recognition", "left_as_typed", "rxcui", "ingredients", "product_name", "strength", "dose_form", "route", "kind",
    *recognition.DIRECTION_FIELDS,
)  # fmt: skip
Batch = list[tuple[str, int]]  # ids of lines, each with the version that the step gave it


class NameMoved(DomainError):
    """The lines with this name are not those that were shown."""

    title = "These lines changed meanwhile"


@transaction.atomic
def settle_name(line: Medication, chosen: Candidate, *, by: User, stamp: str) -> Batch:
    """Give every waiting line with this line's text the chosen medicine; the typed text stays.

    Raises NameMoved when the lines are not those of `stamp` (see `unsettled.stamp_of`): nothing is written then.
    """
    lines = _lock(line, stamp)
    for one in lines:
        known = recognition.as_meant(one.text, chosen)
        if one.kind == recognition.kind_of(one.text, []):  # a guess of before, no person's word
            known["kind"] = recognition.kind_of(one.text, known["ingredients"])
        if not one.directions_en:
            known |= recognition.plain_directions(one.directions, one.text, known["rxcui"])
        _save(one, known, "medication.recognized", by)
    return _batch(lines)


@transaction.atomic
def leave_as_typed(line: Medication, *, reason: str, by: User, stamp: str) -> Batch:
    """Say of every waiting line with this text why it stays as typed; it is still not checked, and says so."""
    lines = _lock(line, stamp)
    for one in lines:
        _save(one, {"left_as_typed": reason}, "medication.left_as_typed", by)
    return _batch(lines)


@transaction.atomic
def take_back(batch: Batch, *, by: User) -> int:
    """Undo a step on each of its lines that nobody changed since; gives the number of lines."""
    versions = dict(batch)
    lines = Medication.objects.filter(pk__in=versions).select_for_update(of=("self",)).order_by("pk")
    done = 0
    for line in lines:
        before = line.history.filter(version=line.version - 1).order_by("-history_date").first()
        if line.version == versions[str(line.pk)] and not line.is_in_error and before:
            _save(line, {name: getattr(before, name) for name in RESTORED}, "medication.settling_taken_back", by)
            done += 1
    return done


def _lock(line: Medication, stamp: str) -> list[Medication]:
    key = key_of(line.text)
    waiting = Medication.objects.visible_to(line.organization).unsettled_on(timezone.localdate()).of_the_living()
    same = [pk for pk, text in waiting.values_list("pk", "text") if key_of(text) == key]
    lines = list(Medication.objects.filter(pk__in=same).select_for_update(of=("self",)).order_by("created_at", "id"))
    if not lines or stamp_of(lines) != stamp:
        raise NameMoved("Someone settled or changed a line with this name. Reload the list and look at it again.")
    return lines


def _save(line: Medication, values: dict[str, Any], action: str, by: User) -> None:
    changed = changed_fields(line, values)
    line.version += 1
    save_row(line, action, by=by, fields=changed)


def _batch(lines: Iterable[Medication]) -> Batch:
    return [(str(line.pk), line.version) for line in lines]
