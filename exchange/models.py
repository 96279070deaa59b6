"""What came in and waits for a person's yes."""

from django.db import models

from accounts.scoping import OrganizationOwned
from exchange.chart import ImportedFile, ImportedPatient, from_json


class StagedImport(OrganizationOwned):
    """One person's chart as a file told it. Nothing of it is in any chart until someone confirms it.

    `person_name` and `birth_date` are the file's, for lists. `content` is the ImportedFile (with this one
    patient) as JSON. All three are emptied when the import is discarded.
    `patient` is the chart it was uploaded onto, or the chart it went into.
    """

    class Status(models.TextChoices):
        STAGED = "staged", "Waiting"
        ACCEPTED = "accepted", "Imported"
        DISCARDED = "discarded", "Discarded"

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField(default=1)
    parts = models.PositiveSmallIntegerField(default=1)
    person_name = models.CharField(max_length=250, blank=True)
    birth_date = models.DateField(null=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.STAGED)
    content = models.JSONField(default=dict)
    patient = models.ForeignKey("patients.Patient", models.PROTECT, null=True, blank=True, related_name="imports")
    staged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    same_organization = ("patient",)

    class Meta:
        ordering = ["-created_at", "part", "id"]
        indexes = [models.Index(fields=["organization", "status", "-created_at"])]

    def __str__(self) -> str:
        return f"Import of {self.created_at:%m/%d/%Y}" if self.created_at else "Import"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.STAGED

    @property
    def file(self) -> ImportedFile:
        return from_json(ImportedFile, self.content)

    @property
    def chart(self) -> ImportedPatient:
        return self.file.patients[0]
