"""What the rules found in one snapshot, and how the pharmacist judged it."""

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.scoping import OrganizationOwned, ScopedQuerySet
from reviews.models.encounter import Encounter, ReviewSnapshot

SEVERITIES = ("contraindicated", "major", "moderate", "minor", "info")


class Screening(OrganizationOwned):
    """One run of the rules over one snapshot, with the knowledge release it used and what it could not check."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="screenings")
    snapshot = models.ForeignKey(ReviewSnapshot, models.PROTECT, related_name="screenings")
    status = models.CharField(max_length=12)
    knowledge_version = models.CharField(max_length=40)
    knowledge_sha256 = models.CharField(max_length=64)
    knowledge_released_on = models.DateField(null=True)
    medications = models.JSONField(default=list)
    not_checked = models.JSONField(default=list)

    same_organization = ("encounter", "snapshot")

    class Meta:
        ordering = ["-created_at"]


class FindingQuerySet(ScopedQuerySet):
    def current(self) -> "FindingQuerySet":
        """Those of the newest screening; earlier ones that no longer fire are kept but not shown."""
        return self.exclude(status=Finding.Status.GONE)

    def ranked(self) -> "FindingQuerySet":
        """Most urgent first: severity, then the engine's own order."""
        order = Case(*(When(severity=name, then=Value(place)) for place, name in enumerate(SEVERITIES)), output_field=IntegerField())
        return self.order_by(order, "rank", "id")

    def serious(self) -> "FindingQuerySet":
        return self.filter(severity__in=("contraindicated", "major"))


class DismissReason(models.TextChoices):
    MANAGED = "managed", "Already managed"
    PRESCRIBER_KNOWS = "prescriber_knows", "Prescriber knows"
    BENEFIT = "benefit", "Benefit outweighs"
    TOLERATED = "tolerated", "Long tolerated"
    NOT_TAKING = "not_taking", "Not taking it"
    FACTS_WRONG = "facts_wrong", "Facts are wrong"
    NOT_RELEVANT = "not_relevant", "Not relevant here"
    OTHER = "other", "Other (say why)"


class Finding(OrganizationOwned):
    """A flag stored for one encounter. `data` is the engine's finding as `check_regimen` prints it."""

    class Status(models.TextChoices):
        OPEN = "open", "To judge"
        ACCEPTED = "accepted", "Accepted"
        DISMISSED = "dismissed", "Dismissed"
        GONE = "gone", "No longer found"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="findings")
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="findings")
    fingerprint = models.CharField(max_length=64)
    rule_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=16, choices=[(name, name.capitalize()) for name in SEVERITIES])
    title = models.CharField(max_length=500)
    data = models.JSONField()
    rank = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    code = models.CharField(max_length=20, choices=DismissReason, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    is_starred = models.BooleanField(default=False)
    came_back = models.BooleanField("judged before, but its facts changed", default=False)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = FindingQuerySet.as_manager()
    same_organization = ("encounter", "screening", "earlier")

    class Meta:
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint(fields=["encounter", "fingerprint"], name="one_finding_a_fingerprint")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_serious(self) -> bool:
        return self.severity in ("contraindicated", "major")

    @property
    def is_judged(self) -> bool:
        return self.judged_at is not None

    @property
    def judgment(self) -> str:
        """The decision in one line, such as "Dismissed by Alice Okoye, PharmD on 11/21/2026: Long tolerated (no bleeding)"."""
        if not self.is_judged:
            return ""
        decision = f"Dismissed by {{}}: {self.get_code_display()}" if self.code else "Accepted by {}"
        who = f"{self.judged_by.printed_name} on {timezone.localtime(self.judged_at):%m/%d/%Y}"
        return decision.format(who) + (f" ({self.reason})" if self.reason else "")

    @property
    def earlier_judgment(self) -> str:
        """How this finding was judged before its facts changed; empty when it is new."""
        return self.earlier.judgment if self.earlier else ""
