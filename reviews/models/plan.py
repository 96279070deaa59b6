"""What is done about it: problems, requests to prescribers, the patient's own steps."""

import secrets

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from accounts.scoping import OrganizationOwned, ScopedQuerySet
from patients.models import Prescriber
from reviews.models.encounter import Encounter
from reviews.models.finding import Finding


class Category(models.IntegerChoices):
    """The seven categories of medication therapy problems; each belongs to one of four needs."""

    UNNECESSARY = 1, "Unnecessary medicine"
    NEEDS_ADDITIONAL = 2, "Needs an additional medicine"
    INEFFECTIVE = 3, "Ineffective medicine"
    DOSE_TOO_LOW = 4, "Dose too low"
    ADVERSE_REACTION = 5, "Adverse reaction or unsafe"
    DOSE_TOO_HIGH = 6, "Dose too high"
    NONADHERENCE = 7, "Not taken as meant"


NEED_OF = {1: "Indication", 2: "Indication", 3: "Effectiveness", 4: "Effectiveness", 5: "Safety", 6: "Safety", 7: "Adherence"}

CAUSES = {
    1: (
        "Duplicate therapy",
        "No indication now",
        "Non-drug therapy is better",
        "Recreational use or addiction",
        "Treats an avoidable side effect",
    ),
    2: ("Untreated condition", "Preventive therapy", "Synergistic therapy"),
    3: ("More effective medicine exists", "Condition is refractory", "Wrong dose form", "Contraindicated or not indicated"),
    4: ("Dose", "How often", "How long", "Interaction lowers the level", "Needs monitoring", "Wrong administration or storage"),
    5: ("Undesired effect", "Unsafe for this patient", "Interaction", "Allergy", "Given wrongly", "Changed too fast"),
    6: ("Dose", "How often", "How long", "Interaction raises the level", "Needs monitoring"),
    7: ("Directions not understood", "Prefers not to take it", "Forgets", "Cannot get it", "Cannot swallow or use it", "Cost"),
}


class ProblemQuerySet(ScopedQuerySet):
    def standing(self) -> "ProblemQuerySet":
        """Without what was withdrawn: it stays on record and counts no more."""
        return self.filter(is_withdrawn=False)


class LineQuerySet(ScopedQuerySet):
    """Requests and steps: they stand as long as they and their problem do."""

    def standing(self) -> "LineQuerySet":
        return self.filter(is_withdrawn=False).exclude(problem__is_withdrawn=True)


class Problem(OrganizationOwned):
    """A medication therapy problem: a condition, a medicine and the link between them."""

    class Status(models.TextChoices):
        IDENTIFIED = "identified", "Identified"
        RECOMMENDED = "recommended", "Recommended"
        RESOLVED = "resolved", "Resolved"
        PARTIAL = "partial", "Partly resolved"
        UNRESOLVED = "unresolved", "Not resolved"
        MONITORING = "monitoring", "Monitoring"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="problems")
    finding = models.OneToOneField(Finding, models.PROTECT, null=True, blank=True, related_name="problem")
    category = models.PositiveSmallIntegerField(choices=Category)
    cause = models.CharField(max_length=60, blank=True)
    statement = models.CharField("problem", max_length=1000)
    drugs = models.CharField("medicine", max_length=1000, blank=True)
    condition = models.CharField(max_length=200, blank=True)
    topic_en = models.CharField("what we talked about, for the patient", max_length=600, blank=True)
    topic_es = models.CharField("in Spanish", max_length=600, blank=True)
    severity = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.IDENTIFIED)
    no_step_reason = models.CharField("why no step is needed", max_length=300, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = ProblemQuerySet.as_manager()
    same_organization = ("encounter", "finding")

    class Meta:
        ordering = ["position", "created_at", "id"]
        constraints = [
            models.CheckConstraint(name="problem_names_medicine_or_condition", condition=~(models.Q(drugs="") & models.Q(condition="")))
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def need(self) -> str:
        return NEED_OF[self.category]


def reference_code() -> str:
    """A short code on a letter that finds its request again; no look-alike characters."""
    return "".join(secrets.choice("ACDEFHJKMNPRTUVWXY3479") for _ in range(8))


class Recommendation(OrganizationOwned):
    """One request to one prescriber. Its answer is the newest PrescriberResponse."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="recommendations")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="recommendations")
    prescriber = models.ForeignKey(Prescriber, models.PROTECT, related_name="recommendations")
    request = models.CharField("what we ask", max_length=200, help_text="One line, such as: stop naproxen.")
    detail = models.CharField("how", max_length=500, blank=True, help_text="Doses and dates, when there are any.")
    why = models.CharField(max_length=400, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    reference = models.CharField(max_length=8, default=reference_code, editable=False)
    position = models.PositiveIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = LineQuerySet.as_manager()
    same_organization = ("encounter", "problem", "prescriber")

    class Meta:
        ordering = ["position", "created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["organization", "reference"], name="one_request_a_reference")]

    def __str__(self) -> str:
        return self.request

    @property
    def response(self) -> "PrescriberResponse | None":
        """The newest answer; prefetch `responses` on list pages."""
        answers = list(self.responses.all())
        return answers[-1] if answers else None


class PrescriberResponse(OrganizationOwned):
    """What the prescriber answered, when, and who wrote it down. A later answer is a new row."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        MODIFIED = "modified", "Accepted with a change"
        DECLINED = "declined", "Declined"
        NONE = "none", "No answer"

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.CharField("what they said", max_length=500, blank=True)
    answered_on = models.DateField("date of the answer")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    same_organization = ("recommendation",)

    class Meta:
        ordering = ["created_at", "id"]


class ActionItem(OrganizationOwned):
    """One thing the patient does or does not do. The pending words hold until a prescriber has agreed."""

    class Wording(models.TextChoices):
        PENDING = "pending", "Until the prescriber answers"
        AGREED = "agreed", "Agreed"
        OWN = "own", "The pharmacist's own advice"

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="action_items")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="action_items")
    wording = models.CharField(max_length=8, choices=Wording, default=Wording.OWN)
    do_en = models.CharField("what to do", max_length=400, blank=True)
    do_es = models.CharField("what to do, in Spanish", max_length=400, blank=True)
    dont_en = models.CharField("what not to do", max_length=300, blank=True)
    dont_es = models.CharField("what not to do, in Spanish", max_length=300, blank=True)
    by_when = models.DateField("by", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = LineQuerySet.as_manager()
    same_organization = ("encounter", "problem")

    class Meta:
        ordering = ["position", "created_at", "id"]

    def __str__(self) -> str:
        return self.do_en or self.do_es
