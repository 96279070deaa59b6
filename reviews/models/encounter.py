"""One review of one patient's medicines, from opening to signature."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.scoping import OrganizationOwned, ScopedQuerySet
from patients.models import Patient


class EncounterQuerySet(ScopedQuerySet):
    def open(self) -> "EncounterQuerySet":
        return self.filter(status=Encounter.Status.OPEN)

    def signed(self) -> "EncounterQuerySet":
        return self.filter(status=Encounter.Status.SIGNED)

    def of(self, patient: Patient) -> "EncounterQuerySet":
        """Reviews of this chart and of the charts merged into it."""
        return self.filter(Q(patient=patient) | Q(patient__merged_into=patient))


class Encounter(OrganizationOwned):
    """A medication therapy review. Once signed its row is fixed by the database."""

    class Kind(models.TextChoices):
        CMR = "cmr", "Comprehensive review (CMR)"
        TMR = "tmr", "Targeted review (TMR)"
        FOLLOW_UP = "follow_up", "Follow-up"
        TRANSITION = "transition", "Transition of care"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        SIGNED = "signed", "Signed"
        ABANDONED = "abandoned", "Not done"

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By phone"
        VIDEO = "video", "By video"

    class With(models.TextChoices):
        PATIENT = "patient", "Patient"
        CAREGIVER = "caregiver", "Caregiver"
        PRESCRIBER = "prescriber", "Prescriber"
        REPRESENTATIVE = "representative", "Authorized representative"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="encounters")
    kind = models.CharField(max_length=12, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    is_medicare = models.BooleanField("under a Medicare Part D MTM program", default=False)
    plan_name = models.CharField("Part D plan", max_length=200, blank=True)
    held_how = models.CharField("how it was held", max_length=10, choices=How, blank=True)
    held_with = models.CharField("who took part", max_length=14, choices=With, default=With.PATIENT)
    participant_name = models.CharField("their name, when not the patient", max_length=200, blank=True)
    why_not_patient = models.CharField("why the patient could not take part", max_length=300, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    identity_checked = models.BooleanField("two identifiers checked", default=False)
    takes_no_medicines = models.BooleanField("takes no medicines", default=False)
    disposal_discussed = models.BooleanField("safe disposal discussed", null=True, blank=True)
    language = models.CharField("language of the papers", max_length=2, choices=[("en", "English"), ("es", "Spanish")], default="en")
    scope = models.CharField("what it is about", max_length=300, blank=True)
    goal = models.CharField("what matters most, in the patient's words", max_length=500, blank=True)
    note = models.TextField("note for the record", blank=True, max_length=5000)
    other_information = models.TextField("other information for the patient's list", blank=True, max_length=1000)
    held_on = models.DateField("date of the review", null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_prepared = models.BooleanField("list is ready for the pharmacist", default=False)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    abandoned_reason = models.CharField(max_length=300, blank=True)
    acknowledged = models.JSONField("what was left open at signing, with reasons", default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = EncounterQuerySet.as_manager()
    same_organization = ("patient",)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind"], condition=Q(status="open"), name="one_open_review_a_patient_and_kind"),
            models.CheckConstraint(
                name="signed_has_signer_and_time", condition=~Q(status="signed") | (Q(signed_at__isnull=False) & Q(signed_by__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("encounter", args=[self.pk])

    @property
    def is_signed(self) -> bool:
        return self.status == self.Status.SIGNED

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def began(self) -> dt.time | None:
        """The time of day at which it began, where the server is."""
        return timezone.localtime(self.started_at).time() if self.started_at else None

    @property
    def ended(self) -> dt.time | None:
        return timezone.localtime(self.ended_at).time() if self.ended_at else None

    @property
    def gets_medicare_packet(self) -> bool:
        """Only a comprehensive review in a Medicare program ends in the packet; all others in PMR and MAP."""
        return self.kind == self.Kind.CMR and self.is_medicare


class ReviewSnapshot(OrganizationOwned):
    """The facts as they were: a `check_regimen` case, never updated. A new look is a new row."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    schema_version = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    same_organization = ("encounter",)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["encounter", "number"], name="one_snapshot_a_number")]


class FollowUp(OrganizationOwned):
    """When the patient is heard from next. A new date is a new row; the newest counts."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="follow_ups")
    due_on = models.DateField()
    how = models.CharField(max_length=10, choices=Encounter.How, default=Encounter.How.PHONE)
    note = models.CharField("what to ask", max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField("how it went", max_length=500, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    history = HistoricalRecords()
    same_organization = ("encounter",)

    class Meta:
        ordering = ["-created_at"]
