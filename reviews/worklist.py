"""What waits on the today page: each list starts at one organization and takes a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Organization
from patients.models import Patient
from reviews.models import (
    SEVERITIES,
    Delivery,
    DocumentFile,
    Encounter,
    Finding,
    FollowUp,
    PrescriberResponse,
    Recommendation,
    Screening,
    SignedDocument,
)
from reviews.models.document import MOST_ATTEMPTS, DocumentFileQuerySet
from reviews.models.encounter import EncounterQuerySet
from reviews.models.plan import LineQuerySet

PAPERS_DAYS = 14  # CMS, MTM FAQ of 2012, question 2: within 14 calendar days of the CMR
SOON_BELOW = 4
LONG_WAIT = 10  # days without an answer after which a call is worth it; our own choice
SENT = (Delivery.Channel.HAND, Delivery.Channel.MAIL, Delivery.Channel.FAX)
URGENCY = {severity: place for place, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class OpenReview:
    """`worst` is the most urgent finding to judge; `not_checked` counts what the newest screening could not look at."""

    encounter: Encounter
    worst: Finding | None
    to_judge: int
    is_screened: bool
    not_checked: int


@dataclass(frozen=True)
class PaperClock:
    """The 14 days after a Medicare CMR. The day itself is day 0, day 14 is the last one in time, day 15 is late."""

    due_on: dt.date
    today: dt.date

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def days_late(self) -> int:
        return max(-self.days_left, 0)

    @property
    def is_soon(self) -> bool:
        return 0 <= self.days_left < SOON_BELOW

    @property
    def boxes(self) -> list[bool]:
        """One box a day, true where the day has passed."""
        return [day < PAPERS_DAYS - self.days_left for day in range(PAPERS_DAYS)]


@dataclass(frozen=True)
class PaperOwed:
    """Papers of a Medicare CMR that nobody has given or sent yet."""

    encounter: Encounter
    clock: PaperClock
    next_step: str


@dataclass(frozen=True)
class Waiting:
    """A request without an answer, and how many days ago its letter was signed."""

    request: Recommendation
    days: int

    @property
    def is_long(self) -> bool:
        return self.days >= LONG_WAIT


def open_reviews(organization: Organization) -> list[OpenReview]:
    """Open reviews: prepared ones first, then the most urgent finding, then the oldest. Three queries."""
    encounters = list(Encounter.objects.visible_to(organization).open().select_related("patient"))
    findings: dict[object, list[Finding]] = {}
    for finding in (
        Finding.objects.visible_to(organization).filter(encounter__in=encounters, status=Finding.Status.OPEN).defer("data").ranked()
    ):
        findings.setdefault(finding.encounter_id, []).append(finding)
    screened = newest_not_checked(organization, encounters)
    rows = [one_review(encounter, findings.get(encounter.pk, []), screened) for encounter in encounters]
    return sorted(rows, key=lambda row: (not row.encounter.is_prepared, urgency_of(row.worst), row.encounter.created_at))


def one_review(encounter: Encounter, findings: list[Finding], screened: dict[object, int]) -> OpenReview:
    worst = findings[0] if findings else None
    return OpenReview(encounter, worst, len(findings), encounter.pk in screened, screened.get(encounter.pk, 0))


def newest_not_checked(organization: Organization, encounters: list[Encounter]) -> dict[object, int]:
    """How much the newest screening of each review could not check."""
    rows = Screening.objects.visible_to(organization).filter(encounter__in=encounters).order_by("snapshot__number", "created_at")
    return {encounter: len(lines) for encounter, lines in rows.values_list("encounter", "not_checked")}


def urgency_of(finding: Finding | None) -> int:
    return URGENCY[finding.severity] if finding else len(SEVERITIES)


def reviews_of(patient: Patient) -> EncounterQuerySet:
    """Every review of a chart and of the charts merged into it, newest first. One query."""
    return Encounter.objects.visible_to(patient.organization).of(patient).select_related("signed_by", "patient")


def paper_clock(encounter: Encounter, today: dt.date | None = None) -> PaperClock | None:
    """How the 14 days stand after a Medicare CMR was held; None for every other review."""
    if not encounter.gets_medicare_packet or encounter.held_on is None or encounter.status == Encounter.Status.ABANDONED:
        return None
    return PaperClock(encounter.held_on + dt.timedelta(days=PAPERS_DAYS), today or timezone.localdate())


def papers_owed(organization: Organization, today: dt.date | None = None) -> list[PaperOwed]:
    """Medicare CMRs, signed or not, whose papers are not on their way; the most urgent first. One query.

    Mail that came back counts as not sent, until something is sent again.
    """
    newest = Delivery.objects.filter(document__encounter=OuterRef("pk"), document__kind=SignedDocument.Kind.PATIENT)
    newest = newest.exclude(channel=Delivery.Channel.PHONE).order_by("-sent_on", "-created_at").values("channel")[:1]
    held = Encounter.objects.visible_to(organization).exclude(status=Encounter.Status.ABANDONED)
    held = held.filter(kind=Encounter.Kind.CMR, is_medicare=True, held_on__isnull=False).annotate(last_channel=Subquery(newest))
    owing = held.filter(Q(last_channel=None) | ~Q(last_channel__in=SENT)).select_related("patient").order_by("held_on", "created_at")
    return [PaperOwed(row, paper_clock(row, today), next_step(row)) for row in owing]


def next_step(encounter: Encounter) -> str:
    if encounter.is_open:
        return "Sign the review"
    return "Mail came back: send again" if encounter.last_channel else "Give or send the papers, and record it"


def unanswered(organization: Organization) -> LineQuerySet:
    """Requests of signed reviews whose newest answer is missing or "no answer"."""
    newest = PrescriberResponse.objects.filter(recommendation=OuterRef("pk")).order_by("-created_at", "-id").values("answer")[:1]
    asked = Recommendation.objects.visible_to(organization).standing().filter(encounter__status=Encounter.Status.SIGNED)
    return asked.annotate(answered=Subquery(newest)).filter(Q(answered=None) | Q(answered=PrescriberResponse.Answer.NONE))


def waiting_for_prescribers(organization: Organization, today: dt.date | None = None) -> list[Waiting]:
    """Requests without an answer, the oldest first. One query."""
    today = today or timezone.localdate()
    rows = unanswered(organization).select_related("encounter__patient", "prescriber").order_by("encounter__signed_at", "position")
    return [Waiting(row, (today - timezone.localdate(row.encounter.signed_at)).days) for row in rows]


def follow_ups_due(organization: Organization, until: dt.date) -> list[FollowUp]:
    """The newest follow-up of each review when it is not done and due by then; late ones first. One query."""
    newest = FollowUp.objects.filter(encounter=OuterRef("encounter")).order_by("-created_at").values("pk")[:1]
    rows = FollowUp.objects.visible_to(organization).filter(pk=Subquery(newest), done_at=None, due_on__lte=until)
    return list(rows.select_related("encounter__patient").order_by("due_on", "created_at"))


def parked_files(organization: Organization) -> DocumentFileQuerySet:
    """Papers that could not be made in five tries: a person has to look. One query."""
    rows = DocumentFile.objects.visible_to(organization).filter(pdf=None, attempts__gte=MOST_ATTEMPTS).defer("pdf", "document__payload")
    return rows.select_related("document__encounter__patient").order_by("created_at")
