"""The directory of an organization: prescribers and pharmacies, shared by its charts."""

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.scoping import OrganizationOwned


class Prescriber(OrganizationOwned):
    """Someone who writes prescriptions, and how to reach them."""

    name = models.CharField(max_length=200, help_text="As on a letter: Dr. Lena Haddad.")
    credentials = models.CharField(max_length=60, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return f"{self.name}, {self.specialty}" if self.specialty else self.name


class Pharmacy(OrganizationOwned):
    """Where the patient's prescriptions are filled."""

    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "pharmacies"

    def __str__(self) -> str:
        return self.name
