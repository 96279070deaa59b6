"""What was signed, as it was signed, and the files made from it."""

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.scoping import OrganizationOwned, ScopedQuerySet
from patients.models import Prescriber
from reviews.models.encounter import Encounter

LEASE_SECONDS = 20  # the task's hard time limit and five more
MOST_ATTEMPTS = 5


class SignedDocument(OrganizationOwned):
    """A payload with its hash, its signer, the meaning and the time. Never updated, never deleted."""

    class Kind(models.TextChoices):
        PATIENT = "patient", "Patient's papers"
        LETTER = "letter", "Letter to the prescriber"
        NOTE = "note", "Note for the record"
        ADDENDUM = "addendum", "Addendum"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind)
    prescriber = models.ForeignKey(Prescriber, models.PROTECT, null=True, blank=True, related_name="letters")
    number = models.PositiveSmallIntegerField("version", default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    correction_reason = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="en")
    payload = models.JSONField()
    schema_version = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200)
    meaning = models.CharField(max_length=120)
    signed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    same_organization = ("encounter", "prescriber", "replaces")

    class Meta:
        ordering = ["signed_at", "kind", "number"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    @property
    def patient_id(self) -> uuid.UUID:
        return self.encounter.patient_id

    @property
    def is_replaced(self) -> bool:
        return hasattr(self, "replaced_by")


class DocumentFileQuerySet(ScopedQuerySet):
    def unfinished(self) -> "DocumentFileQuerySet":
        """Rows still to be rendered whose lease ran out, but for those parked after five failures."""
        free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
        return self.filter(free, pdf=None, attempts__lt=MOST_ATTEMPTS)

    def take_lease(self, pk: Any) -> "DocumentFile | None":
        """Take the row in one conditional update, or None when it is done, parked or in other hands."""
        until = timezone.now() + dt.timedelta(seconds=LEASE_SECONDS)
        taken = self.unfinished().filter(pk=pk).update(leased_until=until, attempts=F("attempts") + 1)
        return self.select_related("document").get(pk=pk) if taken else None


class DocumentFile(OrganizationOwned):
    """One PDF of a signed document. The row without bytes is the job; the bytes are set once."""

    document = models.ForeignKey(SignedDocument, models.PROTECT, related_name="files")
    name = models.CharField("paper", max_length=24)
    language = models.CharField(max_length=2, default="en")
    template_version = models.CharField(max_length=20)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, null=True)
    rendered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = DocumentFileQuerySet.as_manager()
    same_organization = ("document",)

    class Meta:
        ordering = ["created_at", "name"]
        constraints = [
            models.UniqueConstraint(fields=["document", "name", "language", "template_version"], name="one_file_a_paper"),
            models.CheckConstraint(
                name="file_has_bytes_and_hash_or_neither",
                condition=Q(pdf__isnull=True, pdf_sha256__isnull=True) | Q(pdf__isnull=False, pdf_sha256__isnull=False),
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.pdf_sha256 is not None

    @property
    def is_parked(self) -> bool:
        return not self.is_ready and self.attempts >= MOST_ATTEMPTS

    @property
    def file_name(self) -> str:
        return f"MTM-{self.pk}.pdf"


class Delivery(OrganizationOwned):
    """How a signed document reached someone, on which day."""

    class Channel(models.TextChoices):
        HAND = "hand", "Given by hand"
        MAIL = "mail", "Mailed"
        FAX = "fax", "Faxed"
        PHONE = "phone", "Told by phone"
        RETURNED = "returned", "Mail came back"

    document = models.ForeignKey(SignedDocument, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    sent_on = models.DateField("date")
    recipient = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    same_organization = ("document",)

    class Meta:
        ordering = ["sent_on", "created_at"]
