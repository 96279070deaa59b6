"""The personal medication record: what is taken, and what was."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from patients.models.base import ChartQuerySet, ChartRow


class MedicationQuerySet(ChartQuerySet):
    def active_on(self, day: dt.date) -> Self:
        """Medicines taken on `day`; an open-ended course is still running."""
        started = Q(started_on=None) | Q(started_on__lte=day)
        running = Q(stopped_on=None) | Q(stopped_on__gt=day)
        return self.current().filter(started & running)

    def past_on(self, day: dt.date) -> Self:
        return self.current().filter(stopped_on__lte=day)

    def unsettled_on(self, day: dt.date) -> Self:
        """Running medicines whose name nobody has settled: not recognized, or several fit, and not left so on purpose."""
        open_ones = (Medication.Recognition.AMBIGUOUS, Medication.Recognition.UNRESOLVED)
        return self.active_on(day).filter(recognition__in=open_ones, left_as_typed="")

    def of_the_living(self) -> Self:
        """Without the charts of people who died or come no more."""
        return self.filter(patient__deceased_on=None, patient__is_active=True)

    def newest_products(self) -> Self:
        """Lines whose product is known, newest first."""
        return self.current().exclude(rxcui="").exclude(product_name="").order_by("-created_at")

    def for_record(self) -> Self:
        """In the order of entry, with the prescriber in the same query."""
        return self.select_related("prescriber").order_by("position", "created_at", "id")


class Medication(ChartRow):
    """One line of the personal medication record, in the patient's own terms.

    `text` is what was typed and never changes by itself. `ingredients` is a list of
    {"rxcui", "name"} once recognized; a line without it is not checked, and says so.
    """

    class Kind(models.TextChoices):
        PRESCRIPTION = "rx", "Prescription"
        OTC = "otc", "Over the counter"
        HERBAL = "herbal", "Herbal"
        VITAMIN = "vitamin", "Vitamin or mineral"
        SUPPLEMENT = "supplement", "Supplement"

    class Recognition(models.TextChoices):
        RESOLVED = "resolved", "Recognized"
        AMBIGUOUS = "ambiguous", "More than one medicine fits"
        UNRESOLVED = "unresolved", "Name not recognized"

    text = models.CharField("medicine", max_length=300)
    recognition = models.CharField(max_length=10, choices=Recognition, default=Recognition.UNRESOLVED)
    left_as_typed = models.CharField("left as typed because", max_length=300, blank=True)
    rxcui = models.CharField("RxCUI", max_length=12, blank=True)
    product_name = models.CharField(max_length=500, blank=True)
    ingredients = models.JSONField(default=list, blank=True)
    strength = models.CharField(max_length=200, blank=True)
    dose_form = models.CharField("form", max_length=120, blank=True)
    route = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PRESCRIPTION)
    directions = models.CharField("directions as written", max_length=600, blank=True)
    directions_en = models.CharField("directions in plain English", max_length=600, blank=True)
    directions_es = models.CharField("directions in plain Spanish", max_length=600, blank=True)
    as_taken = models.CharField("how it is really taken", max_length=600, blank=True)
    morning = models.CharField(max_length=20, blank=True)
    noon = models.CharField(max_length=20, blank=True)
    evening = models.CharField(max_length=20, blank=True)
    bedtime = models.CharField(max_length=20, blank=True)
    is_as_needed = models.BooleanField("only when needed", default=False)
    reason = models.CharField("what it is for", max_length=200, blank=True)
    reason_es = models.CharField("what it is for, in Spanish", max_length=200, blank=True)
    prescriber = models.ForeignKey("patients.Prescriber", models.PROTECT, null=True, blank=True, related_name="medications")
    started_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.CharField("why it was stopped", max_length=300, blank=True)
    last_filled_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()
    objects = MedicationQuerySet.as_manager()
    same_organization = ("patient", "prescriber")

    class Meta:
        ordering = ["position", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="medication_stops_after_start",
                condition=Q(stopped_on=None) | Q(started_on=None) | Q(stopped_on__gte=F("started_on")),
            )
        ]
        indexes = [
            models.Index(fields=["organization", "-created_at"], name="medication_newest"),
            models.Index(fields=["organization", "recognition"], name="medication_recognition"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_checked(self) -> bool:
        """Whether any rule can look at this line."""
        return self.recognition == self.Recognition.RESOLVED and bool(self.ingredients)

    @property
    def display_name(self) -> str:
        return self.text

    def is_active_on(self, day: dt.date) -> bool:
        return (
            not self.is_in_error
            and (self.started_on is None or self.started_on <= day)
            and (self.stopped_on is None or self.stopped_on > day)
        )


class Fill(ChartRow):
    """One dispensing of a medicine."""

    medication = models.ForeignKey(Medication, models.PROTECT, related_name="fills")
    filled_on = models.DateField()
    days_supply = models.PositiveSmallIntegerField(null=True, blank=True)
    quantity = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pharmacy_name = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords()
    same_organization = ("patient", "medication")

    class Meta:
        ordering = ["-filled_on", "id"]
