"""Allergies, conditions, results and vaccines: the facts that rules read."""

from django.db import models
from simple_history.models import HistoricalRecords

from patients.models.base import ChartRow


class Allergy(ChartRow):
    """An allergy or intolerance. That there is none is the patient's `allergy_status`, not a row."""

    class Kind(models.TextChoices):
        ALLERGY = "allergy", "Allergy"
        INTOLERANCE = "intolerance", "Intolerance or side effect"

    class Severity(models.TextChoices):
        UNKNOWN = "", "Not known"
        MILD = "mild", "Mild"
        MODERATE = "moderate", "Moderate"
        SEVERE = "severe", "Severe"
        LIFE_THREATENING = "anaphylaxis", "Life-threatening"

    substance = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ALLERGY)
    reaction = models.CharField("what happened", max_length=300, blank=True)
    severity = models.CharField(max_length=12, choices=Severity, default=Severity.UNKNOWN, blank=True)
    noted_on = models.DateField("since", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["substance", "id"]
        verbose_name_plural = "allergies"

    def __str__(self) -> str:
        return f"{self.substance}: {self.reaction}" if self.reaction else self.substance


class Condition(ChartRow):
    """A health problem, in plain words or with a code, or both."""

    class System(models.TextChoices):
        NONE = "", "No code"
        ICD10 = "icd10", "ICD-10-CM"
        SNOMED = "snomed", "SNOMED CT"

    name = models.CharField("condition", max_length=200)
    system = models.CharField("code system", max_length=8, choices=System, default=System.NONE, blank=True)
    code = models.CharField(max_length=20, blank=True)
    started_on = models.DateField("since", null=True, blank=True)
    resolved_on = models.DateField("resolved", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Observation(ChartRow):
    """A lab result or vital sign with its unit and date; stored as given, converted by the engine."""

    name = models.CharField("test", max_length=120)
    code = models.CharField("LOINC code", max_length=12, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    text_value = models.CharField("result in words", max_length=120, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    measured_on = models.DateField("date")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-measured_on", "name", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.shown_value} {self.unit}".strip()

    @property
    def shown_value(self) -> str:
        """The number without trailing zeros, or the words."""
        return f"{self.value.normalize():f}" if self.value is not None else self.text_value


class Immunization(ChartRow):
    """A vaccine that was given, or declined."""

    name = models.CharField("vaccine", max_length=200)
    code = models.CharField("CVX code", max_length=8, blank=True)
    given_on = models.DateField("date", null=True, blank=True)
    is_declined = models.BooleanField("declined", default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-given_on", "name", "id"]

    def __str__(self) -> str:
        return self.name


class SocialHistory(ChartRow):
    """How the patient lives and manages medicines; the newest row counts, the older ones stay."""

    alcohol = models.CharField(max_length=200, blank=True, help_text="Such as none, 2 drinks a week, 4 a day.")
    tobacco = models.CharField(max_length=200, blank=True)
    caffeine = models.CharField(max_length=200, blank=True)
    other_use = models.CharField("cannabis and other use", max_length=200, blank=True)
    living_situation = models.CharField(max_length=200, blank=True)
    dexterity = models.CharField("hands", max_length=200, blank=True, help_text="Can open bottles, hold an inhaler, inject.")
    vision = models.CharField(max_length=200, blank=True)
    pill_box = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField("date")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-recorded_on", "-created_at"]
        verbose_name_plural = "social histories"
