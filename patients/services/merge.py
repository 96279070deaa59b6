"""Two charts of one person: the duplicate points to the surviving chart, and no row moves.

`ChartQuerySet.of` reads both. Signed papers keep the name they were signed under. Undo clears the pointer.
"""

from collections.abc import Callable

from django.db import transaction

from accounts.models import User
from accounts.once import EditConflict
from mtm.lib.errors import DomainError
from patients.models import Patient
from patients.services.writing import save_row

# Rooms above say here what has to be finished before a chart can be merged away, as sentences: an open review
# of the duplicate would otherwise go on under a chart that nobody opens any more.
BLOCKERS: list[Callable[[Patient], list[str]]] = []


class CannotMerge(DomainError):
    """These two charts can't become one."""

    title = "These charts can't be merged"


def add_blocker(blocker: Callable[[Patient], list[str]]) -> None:
    """`blocker(duplicate)` gives the reasons why this chart can't be merged into another one now."""
    BLOCKERS.append(blocker)


def reasons_against(duplicate: Patient, into: Patient) -> list[str]:
    """Why this merge is refused; an empty list when nothing is in the way."""
    if duplicate.pk == into.pk:
        return ["This is one and the same chart."]
    reasons = []
    if duplicate.organization_id != into.organization_id:
        reasons.append("The charts belong to different organizations.")
    if duplicate.merged_into_id:
        reasons.append(f"The chart of {duplicate} was merged before. Undo that first.")
    if into.merged_into_id:
        reasons.append(f"The chart of {into} was itself merged into another one. Merge into that one.")
    if duplicate.merged_charts.exists():
        reasons.append(f"Other charts were merged into that of {duplicate}. Merge the other way round, or undo those first.")
    return reasons + [reason for blocker in BLOCKERS for reason in blocker(duplicate)]


@transaction.atomic
def merge_charts(duplicate: Patient, *, into: Patient, by: User | None, version: int, into_version: int) -> Patient:
    """Point the duplicate to the surviving chart; both must be as the preview showed them."""
    charts = {chart.pk: chart for chart in Patient.objects.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")}
    duplicate, into = charts[duplicate.pk], charts[into.pk]
    reasons = reasons_against(duplicate, into)
    if reasons:
        raise CannotMerge(" ".join(reasons))
    if (duplicate.version, into.version) != (version, into_version):
        raise EditConflict(duplicate)
    _point(duplicate, into, "patient.merged", by=by)
    return into


@transaction.atomic
def undo_merge(duplicate: Patient, *, by: User | None, version: int) -> Patient:
    """Open the duplicate again, with all its rows."""
    duplicate = Patient.objects.select_for_update().get(pk=duplicate.pk)
    if duplicate.version != version:
        raise EditConflict(duplicate)
    if not duplicate.merged_into_id:
        raise CannotMerge("This chart is not merged.")
    _point(duplicate, None, "patient.unmerged", by=by)
    return duplicate


def _point(duplicate: Patient, into: Patient | None, action: str, *, by: User | None) -> None:
    duplicate.merged_into = into
    duplicate.version += 1
    save_row(duplicate, action, by=by, fields=["merged_into"])
