"""The gatehouse: who you are, whose data you see, what you did."""

import uuid
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from accounts.permissions import CAPABILITIES, Role
from accounts.scoping import OrganizationOwned, ScopedQuerySet


class Organization(models.Model):
    """A pharmacy or clinic, with what its letterhead prints."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    address = models.TextField(blank=True, help_text="As it stands on an envelope, one line a row.")
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    hours = models.CharField("days and hours", max_length=120, blank=True)
    tty = models.CharField("TTY number", max_length=40, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True)
    logo = models.BinaryField(null=True, blank=True, editable=True)  # as mtm.lib.logo makes it
    time_zone = models.CharField(max_length=60, default="America/New_York")
    idle_lock_minutes = models.PositiveSmallIntegerField(default=15)
    review_idle_lock_minutes = models.PositiveSmallIntegerField("idle lock in an open review, minutes", default=15)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="idle_lock_5_to_60", condition=Q(idle_lock_minutes__gte=5) & Q(idle_lock_minutes__lte=60)),
            models.CheckConstraint(
                name="review_lock_5_to_60", condition=Q(review_idle_lock_minutes__gte=5) & Q(review_idle_lock_minutes__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Names and credentials print on what they sign."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    credentials = models.CharField(max_length=60, blank=True, help_text="Such as PharmD, RPh, CPhT.")
    npi = models.CharField("NPI", max_length=10, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    single_letter_keys = models.BooleanField(default=True)

    @property
    def printed_name(self) -> str:
        """The name as it stands under a signature: 'Alice Okoye, PharmD'."""
        name = self.get_full_name() or self.username
        return f"{name}, {self.credentials}" if self.credentials else name


class MembershipQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)


class Membership(OrganizationOwned):
    """One person in one organization, with one or more roles; their capabilities add up."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    is_manager = models.BooleanField("manager", default=False)
    is_pharmacist = models.BooleanField("pharmacist", default=False)
    is_technician = models.BooleanField("technician", default=False)
    is_auditor = models.BooleanField("auditor", default=False)
    is_active = models.BooleanField("active", default=True)
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__last_name", "user__first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="one_membership_a_person"),
            models.CheckConstraint(
                name="membership_has_a_role",
                condition=Q(is_manager=True) | Q(is_pharmacist=True) | Q(is_technician=True) | Q(is_auditor=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organization}"

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if getattr(self, f"is_{role.value}"))

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset().union(*(CAPABILITIES[role] for role in self.roles))


class AuditEvent(models.Model):
    """What someone did: ids and field names, never a clinical word. Append-only by trigger."""

    sequence = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    roles = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True, db_index=True)
    patient_id = models.UUIDField(null=True, db_index=True)
    fields = models.JSONField(default=list)
    history_id = models.CharField(max_length=40, blank=True)
    reason_code = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    address = models.GenericIPAddressField(null=True)
    result = models.CharField(max_length=12, default="done")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["organization", "-sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class RequestKey(models.Model):
    """One key a form: the second post of the same form gets the first one's result."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.key)
