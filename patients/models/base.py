"""What every row of a chart has in common."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.scoping import OrganizationOwned, ScopedQuerySet


class ChartQuerySet(ScopedQuerySet):
    def of(self, patient: Any) -> Self:
        """Rows of this chart and of the charts merged into it."""
        charts = self.model._meta.get_field("patient").related_model.objects
        return self.filter(patient__in=charts.filter(Q(pk=patient.pk) | Q(merged_into=patient)))  # a join would read the whole table

    def current(self) -> Self:
        """Without what was entered in error."""
        return self.filter(entered_in_error_at=None)


class Source(models.TextChoices):
    """Who said so."""

    PATIENT = "patient", "Patient"
    CAREGIVER = "caregiver", "Caregiver"
    BOTTLE = "bottle", "Bottle or label"
    PHARMACY = "pharmacy", "Pharmacy record"
    CLINIC = "clinic", "Clinic list"
    HOSPITAL = "hospital", "Hospital list"
    IMPORT = "import", "Imported file"
    OTHER = "other", "Other"


class ChartRow(OrganizationOwned):
    """One dated, sourced, versioned line of a chart; marked in error, never deleted."""

    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="%(class)ss")
    source = models.CharField(max_length=12, choices=Source, default=Source.PATIENT)
    source_detail = models.CharField("where exactly", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    entered_in_error_at = models.DateTimeField(null=True, editable=False)
    entered_in_error_reason = models.CharField(max_length=300, blank=True)

    objects = ChartQuerySet.as_manager()
    same_organization = ("patient",)

    class Meta:
        abstract = True

    @property
    def is_in_error(self) -> bool:
        return self.entered_in_error_at is not None
