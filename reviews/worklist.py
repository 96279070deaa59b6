"""What waits: open reviews, papers owed, prescribers' answers, follow-ups. Each list takes a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Organization
from patients.models import Patient
from reviews.models import SEVERITIES, Delivery, Encounter, Finding, FollowUp, PrescriberResponse, Recommendation, Screening, SignedDocument

PAPER_DAYS = 14  # the summary of a CMR reaches the patient within 14 calendar days (CMS standardized format FAQ, question 2)
WAIT_DAYS = 7  # a request older than this is worth a call


@dataclass(frozen=True)
class OpenReview:
    """One open review with its worst finding still to judge and the counts."""

    encounter: Encounter
    worst: Finding | None
    to_judge: int
    not_checked: int
    is_screened: bool


@dataclass(frozen=True)
class Clock:
    """A day on which something is due, seen from another day."""

    due_on: dt.date
    day: dt.date

    @property
    def days_left(self) -> int:
        return (self.due_on - self.day).days

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def is_soon(self) -> bool:
        return 0 <= self.days_left <= 3

    @property
    def boxes(self) -> list[bool]:
        """Fourteen boxes, the used ones true."""
        used = min(PAPER_DAYS, max(0, PAPER_DAYS - self.days_left))
        return [place < used for place in range(PAPER_DAYS)]


@dataclass(frozen=True)
class PaperOwed:
    encounter: Encounter
    clock: Clock
    next_step: str


@dataclass(frozen=True)
class Waiting:
    request: Recommendation
    days: int

    @property
    def is_long(self) -> bool:
        return self.days >= WAIT_DAYS


def open_reviews(organization: Organization) -> list[OpenReview]:
    """Open reviews, prepared ones first, then oldest first."""
    encounters = list(Encounter.objects.visible_to(organization).open().select_related("patient").order_by("-is_prepared", "created_at"))
    findings: dict = {encounter.pk: [] for encounter in encounters}
    for finding in Finding.objects.visible_to(organization).filter(encounter__in=encounters, status=Finding.Status.OPEN).order_by("rank"):
        findings[finding.encounter_id].append(finding)
    screenings = {}
    for screening in Screening.objects.visible_to(organization).filter(encounter__in=encounters).order_by("created_at"):
        screenings[screening.encounter_id] = screening
    return [_open_review(encounter, findings[encounter.pk], screenings.get(encounter.pk)) for encounter in encounters]


def _open_review(encounter: Encounter, findings: list[Finding], screening: Screening | None) -> OpenReview:
    worst = min(findings, key=lambda finding: SEVERITIES.index(finding.severity), default=None)
    return OpenReview(encounter, worst, len(findings), len(screening.not_checked) if screening else 0, screening is not None)


def paper_clock(encounter: Encounter, day: dt.date) -> Clock | None:
    """The 14-day clock of a comprehensive review whose papers have not reached the patient; None when there is none."""
    if encounter.kind != Encounter.Kind.CMR or encounter.held_on is None or encounter.status == Encounter.Status.ABANDONED:
        return None
    if is_delivered(encounter):
        return None
    return Clock(encounter.held_on + dt.timedelta(days=PAPER_DAYS), day)


def is_delivered(encounter: Encounter) -> bool:
    """Whether the papers went out and, if they came back, went out again."""
    rows = Delivery.objects.visible_to(encounter.organization).filter(document__encounter=encounter, document__kind=SignedDocument.Kind.PATIENT)
    last = rows.exclude(channel=Delivery.Channel.PHONE).order_by("sent_on", "created_at").last()
    return last is not None and last.channel != Delivery.Channel.RETURNED


def papers_owed(organization: Organization, day: dt.date) -> list[PaperOwed]:
    """Comprehensive reviews that were held and whose papers are still owed, most urgent first."""
    held = Encounter.objects.visible_to(organization).filter(kind=Encounter.Kind.CMR, held_on__isnull=False)
    last = Delivery.objects.filter(document__encounter=OuterRef("pk"), document__kind=SignedDocument.Kind.PATIENT).exclude(channel=Delivery.Channel.PHONE).order_by("-sent_on", "-created_at")
    rows = held.exclude(status=Encounter.Status.ABANDONED).annotate(last_channel=last.values("channel")[:1]).select_related("patient")
    owed = [row for row in rows if row.last_channel in (None, Delivery.Channel.RETURNED)]
    clocks = [PaperOwed(row, Clock(row.held_on + dt.timedelta(days=PAPER_DAYS), day), _next_step(row)) for row in owed]
    return sorted(clocks, key=lambda one: one.clock.due_on)


def _next_step(encounter: Encounter) -> str:
    if encounter.last_channel == Delivery.Channel.RETURNED:
        return "Mail came back: check the address"
    return "Print and give or mail" if encounter.is_signed else "Sign"


def waiting_for_prescribers(organization: Organization, day: dt.date) -> list[Waiting]:
    """Requests of signed reviews without an answer, oldest first; "no answer" is not one."""
    answered = PrescriberResponse.objects.filter(recommendation=OuterRef("pk")).exclude(answer=PrescriberResponse.Answer.NONE)
    rows = Recommendation.objects.visible_to(organization).filter(is_withdrawn=False, encounter__status=Encounter.Status.SIGNED)
    rows = rows.filter(~Exists(answered)).select_related("prescriber", "encounter__patient").order_by("encounter__signed_at")
    return [Waiting(row, (day - timezone.localdate(row.encounter.signed_at)).days) for row in rows]


def follow_ups_due(organization: Organization, until: dt.date) -> list[FollowUp]:
    """The newest open date of each review that falls on or before `until`, earliest first."""
    rows = FollowUp.objects.visible_to(organization).select_related("encounter__patient").order_by("encounter_id", "-created_at")
    newest: dict = {}
    for row in rows:
        newest.setdefault(row.encounter_id, row)
    return sorted((row for row in newest.values() if row.done_at is None and row.due_on <= until), key=lambda row: row.due_on)


def reviews_of(patient: Patient) -> list[Encounter]:
    """All reviews of a chart, newest first."""
    return list(Encounter.objects.visible_to(patient.organization).of(patient).select_related("signed_by"))
