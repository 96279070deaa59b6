"""Open a review, fill in how it was held, hand it over, or say that it was not done."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.once import lock_version
from patients.models import Patient, PlanMembership
from reviews.models import Encounter
from reviews.services.errors import AlreadyOpen, ChartClosed, Incomplete
from reviews.services.locks import change, lock_open_encounter, require_words, store

DETAILS = frozenset(
    """is_medicare plan_name held_how held_with participant_name why_not_patient interpreter identity_checked takes_no_medicines
    disposal_discussed language scope goal note other_information held_on started_at ended_at""".split()
)
# What a technician may fill in; the rest is the pharmacist's (the view decides who may change what).
PREPARATION = frozenset("is_medicare plan_name interpreter language scope goal identity_checked".split())


@transaction.atomic
def start_encounter(patient: Patient, *, kind: str, by: User, **details: Any) -> Encounter:
    """Open a review of `kind` (an Encounter.Kind). `details` are any of DETAILS.

    The papers' language and the Part D plan come from the chart. Raises AlreadyOpen with the open
    review when there is one of this kind, ChartClosed for a chart that takes none.
    """
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    refuse_closed_chart(patient)
    current = Encounter.objects.visible_to(patient.organization).open().filter(patient=patient, kind=kind).first()
    if current:
        raise AlreadyOpen(current)
    encounter = Encounter(organization=patient.organization, patient=patient, kind=kind, opened_by=by, goal=patient.goal)
    encounter.language = patient.language if patient.language in {"en", "es"} else "en"
    encounter.plan_name = part_d_plan_of(patient)
    encounter.is_medicare = bool(encounter.plan_name)
    change(encounter, details, DETAILS)
    store(encounter, by)
    audit.record("encounter.opened", encounter, by=by, fields=["kind", *details])
    return encounter


def refuse_closed_chart(patient: Patient) -> None:
    if patient.deceased_on:
        raise ChartClosed(f"This patient died on {patient.deceased_on:%m/%d/%Y}. If that is wrong, correct the chart first.")
    if patient.merged_into_id:
        raise ChartClosed("This chart was merged into another one. Open the review on the surviving chart.")


def part_d_plan_of(patient: Patient) -> str:
    """The name of the Medicare Part D plan of today, or nothing."""
    rows = PlanMembership.objects.visible_to(patient.organization).of(patient).current().filter(is_part_d=True)
    today = timezone.localdate()
    return next((row.plan_name for row in rows if row.is_active_on(today)), "")


@transaction.atomic
def change_encounter(encounter: Encounter, *, by: User, version: int, **details: Any) -> Encounter:
    """Fill in or change any of DETAILS. Raises EditConflict when the review changed since `version`, EncounterClosed after signing."""
    lock_open_encounter(encounter.pk)
    encounter = lock_version(Encounter, encounter.pk, version)
    changed = change(encounter, details, DETAILS)
    if encounter.started_at and encounter.ended_at and encounter.ended_at < encounter.started_at:
        raise Incomplete("The review ends before it starts. Check the two times.")
    if not changed:
        return Encounter.objects.get(pk=encounter.pk)
    store(encounter, by)
    audit.record("encounter.changed", encounter, by=by, fields=changed)
    return encounter


@transaction.atomic
def mark_prepared(encounter: Encounter, *, by: User, is_prepared: bool = True) -> Encounter:
    """Say that the list is ready for the pharmacist, or take that back."""
    encounter = lock_open_encounter(encounter.pk)
    encounter.is_prepared, encounter.prepared_by = is_prepared, by if is_prepared else None
    encounter.version += 1
    store(encounter, by)
    audit.record("encounter.prepared" if is_prepared else "encounter.unprepared", encounter, by=by, fields=["is_prepared"])
    return encounter


@transaction.atomic
def abandon_encounter(encounter: Encounter, *, reason: str, by: User) -> Encounter:
    """Close a review that was not done, with the reason; its rows stay. Such as: patient declined, could not be reached."""
    encounter = lock_open_encounter(encounter.pk)
    encounter.abandoned_reason = require_words(reason, "Say why the review was not done.")
    encounter.status = Encounter.Status.ABANDONED
    encounter.version += 1
    store(encounter, by)
    audit.record("encounter.abandoned", encounter, by=by, fields=["status", "abandoned_reason"])
    return encounter
