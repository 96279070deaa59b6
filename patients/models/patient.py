"""The patient, and the people and papers around one chart."""

import datetime as dt
import unicodedata
from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.scoping import OrganizationOwned, ScopedQuerySet
from mtm.lib.dates import age_on
from patients.models.base import ChartRow


def plain_letters(text: str) -> str:
    """Small letters without accents, so that "marin" finds Marín."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


class PatientQuerySet(ScopedQuerySet):
    def open_charts(self) -> Self:
        """Charts to work in: not merged away, not entered in error."""
        return self.filter(merged_into=None)

    def by_name(self) -> Self:
        """By family and given names without regard to accents, as `search_text` begins."""
        return self.order_by("search_text", "id")

    def matching(self, text: str) -> Self:
        """Any part of a name, birth date or phone; every word must be found somewhere."""
        found = self
        for word in text.split():
            digits = "".join(filter(str.isdigit, word))
            test = Q(search_text__contains=plain_letters(word))
            if len(digits) >= 3 and digits != word:
                test |= Q(search_text__contains=digits)
            found = found.filter(test)
        return found


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"
    OTHER = "O", "Other"
    UNKNOWN = "U", "Not known"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    OTHER = "other", "Another language"


class Answered(models.TextChoices):
    """A list that may be empty because there is nothing, or because nobody asked."""

    UNKNOWN = "unknown", "Not asked"
    NONE = "none", "None known"
    LISTED = "listed", "Listed"


class Patient(OrganizationOwned):
    """One person. Weight and height are stored metric."""

    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    preferred_name = models.CharField(max_length=120, blank=True, help_text="What the patient likes to be called.")
    birth_date = models.DateField()
    deceased_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField("active", default=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    pregnant_until = models.DateField("pregnant, due date", null=True, blank=True)
    pregnancy_status = models.CharField(
        max_length=12, choices=[("unknown", "Not asked"), ("no", "Not pregnant"), ("yes", "Pregnant")], default="unknown"
    )
    is_lactating = models.BooleanField("breastfeeding", null=True, blank=True)
    weight_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    weight_on = models.DateField(null=True, blank=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    second_phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True, help_text="As it stands on an envelope.")
    postal_code = models.CharField("ZIP code", max_length=10, blank=True)
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    other_language = models.CharField(max_length=60, blank=True)
    communication_needs = models.CharField(max_length=300, blank=True, help_text="Such as large print, interpreter, hearing aid.")
    allergy_status = models.CharField(max_length=8, choices=Answered, default=Answered.UNKNOWN)
    condition_status = models.CharField(max_length=8, choices=Answered, default=Answered.UNKNOWN)
    medication_status = models.CharField(max_length=8, choices=Answered, default=Answered.UNKNOWN)
    primary_care = models.ForeignKey("patients.Prescriber", models.PROTECT, null=True, blank=True, related_name="primary_patients")
    pharmacy = models.ForeignKey("patients.Pharmacy", models.PROTECT, null=True, blank=True, related_name="patients")
    goal = models.CharField("goal, in the patient's words", max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_charts")
    search_text = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords(excluded_fields=["search_text"])
    objects = PatientQuerySet.as_manager()
    same_organization = ("primary_care", "pharmacy", "merged_into")

    class Meta:
        ordering = ["family_name", "given_names", "id"]
        # The search reads this index alone, in the order of the list.
        indexes = [models.Index(fields=["organization", "merged_into", "search_text", "id"], name="patient_search")]
        constraints = [
            models.CheckConstraint(name="patient_not_merged_into_self", condition=Q(merged_into=None) | ~Q(merged_into=models.F("id"))),
            models.CheckConstraint(
                name="patient_dies_after_birth", condition=Q(deceased_on=None) | Q(deceased_on__gte=models.F("birth_date"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_names}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.searchable()
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        """Names, birth date as it may be typed, and phones, all in one line to search in."""
        born = self.birth_date
        phones = " ".join("".join(filter(str.isdigit, phone)) for phone in (self.phone, self.second_phone))
        dates = f"{born:%Y-%m-%d} {born:%m/%d/%Y} {born.month}/{born.day}/{born.year} {born:%m%d%Y}"
        return plain_letters(f"{self.family_name} {self.given_names} {self.preferred_name} {dates} {phones}")

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}"

    def age_on(self, day: dt.date) -> int:
        return age_on(self.birth_date, self.deceased_on or day)

    def pregnant_weeks_on(self, day: dt.date) -> int | None:
        """Completed weeks of pregnancy; 0 says not pregnant, None not known. 40 weeks end at the due date."""
        if self.pregnancy_status == "no" or self.sex == Sex.MALE:
            return 0
        if self.pregnancy_status != "yes":
            return None
        if self.pregnant_until is None:
            return 1  # known to be pregnant, week not told
        return min(max(40 - (self.pregnant_until - day).days // 7, 1), 42)


class ExternalIdentifier(ChartRow):
    """The number another system knows this patient by; kept out of URLs and logs."""

    system = models.CharField(max_length=200, help_text="Who gave the number, such as the clinic or the health plan.")
    value = models.CharField("number", max_length=120)

    history = HistoricalRecords()

    class Meta:
        ordering = ["system", "value", "id"]

    def __str__(self) -> str:
        return f"{self.system}: {self.value}"


class Contact(ChartRow):
    """A caregiver, representative or emergency contact, and what may be said to them."""

    class Role(models.TextChoices):
        CAREGIVER = "caregiver", "Caregiver"
        REPRESENTATIVE = "representative", "Legal representative"
        EMERGENCY = "emergency", "Emergency contact"

    role = models.CharField(max_length=14, choices=Role, default=Role.CAREGIVER)
    name = models.CharField(max_length=200)
    relationship = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    may_discuss = models.BooleanField("patient agrees that we speak with this person", default=False)
    permission_on = models.DateField("agreed on", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["role", "name", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display().lower()})"


class PlanMembership(ChartRow):
    """Insurance or program, with dates. `is_part_d` makes a comprehensive review a Medicare one."""

    plan_name = models.CharField(max_length=200)
    contract_number = models.CharField(max_length=10, blank=True)
    member_id = models.CharField(max_length=60, blank=True)
    is_part_d = models.BooleanField("Medicare Part D plan", default=False)
    mtm_enrolled_on = models.DateField("MTM enrollment", null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "plan_name", "id"]

    def __str__(self) -> str:
        return self.plan_name

    def is_active_on(self, day: dt.date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


class Consent(ChartRow):
    """A dated yes or no: to the review, to sharing, to the privacy notice."""

    class Kind(models.TextChoices):
        MTM = "mtm", "Takes part in MTM"
        PRIVACY_NOTICE = "privacy", "Privacy notice received"
        SHARE_PRESCRIBER = "prescriber", "Share with prescribers"
        EMAIL = "email", "Papers by e-mail, after a warning"
        SUD = "sud", "Substance use records (42 CFR Part 2)"

    kind = models.CharField(max_length=12, choices=Kind)
    is_given = models.BooleanField("agreed", default=True)
    given_on = models.DateField("date")
    expires_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-given_on", "kind", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {'yes' if self.is_given else 'no'}, {self.given_on:%m/%d/%Y}"
