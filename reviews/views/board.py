"""The workspace's three columns, gathered in a fixed number of queries."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from patients.models import Medication
from reviews import services
from reviews.models import ActionItem, DismissReason, Encounter, Finding, FollowUp, Problem, Recommendation, Screening
from reviews.views.pages import back_to

LETTERS = dict(zip(DismissReason.values, "mkblnwio", strict=True))  # the keyboard map's letters, in the order of the choices
DISMISS_CODES = [(code, label, LETTERS[code]) for code, label in DismissReason.choices]


@dataclass
class Board:
    """What one look at a review shows."""

    medicines: list[dict[str, Any]]
    findings: list[Finding]
    problems: list[Problem]
    loose_actions: list[ActionItem]
    screening: Screening | None
    is_stale: bool
    follow_up: FollowUp | None
    previews: list[tuple[str, str]] = field(default_factory=list)
    opens_folded: bool = False

    @property
    def main(self) -> list[Finding]:
        return [finding for finding in self.findings if finding not in self.folded]

    @property
    def folded(self) -> list[Finding]:
        """Minor ones still to judge: there, counted, out of the way."""
        return [finding for finding in self.findings if finding.severity in ("minor", "info") and finding.status == Finding.Status.OPEN]

    @property
    def to_judge(self) -> int:
        return sum(finding.status == Finding.Status.OPEN for finding in self.findings)

    @property
    def accepted(self) -> int:
        return sum(finding.status == Finding.Status.ACCEPTED for finding in self.findings)

    @property
    def not_checked(self) -> list[dict[str, Any]]:
        return self.screening.not_checked if self.screening else []

    @property
    def checked_count(self) -> int:
        return sum(line["medication"].is_checked for line in self.medicines)

    @property
    def action_count(self) -> int:
        return len(self.loose_actions) + sum(len(problem.shown_actions) for problem in self.problems)


def board_of(encounter: Encounter) -> Board:
    """Gather the board; findings are numbered in rank order, and a judged one keeps its place."""
    organization = encounter.organization
    found = Finding.objects.visible_to(organization).filter(encounter=encounter).current().ranked()
    findings = list(found.select_related("judged_by", "earlier__judged_by"))
    for number, finding in enumerate(findings, start=1):
        finding.number = number
    actions = list(ActionItem.objects.visible_to(organization).filter(encounter=encounter, is_withdrawn=False))
    return Board(
        medicines=[
            {"medication": one, "findings": [finding for finding in findings if str(one.pk) in finding.data.get("refs", [])]}
            for one in medicines_of(encounter)
        ],
        findings=findings,
        problems=problems_of(encounter, actions),
        loose_actions=[action for action in actions if action.problem_id is None],
        screening=services.latest_screening(encounter),
        is_stale=services.is_stale(encounter),
        follow_up=FollowUp.objects.visible_to(organization).filter(encounter=encounter).first(),
        previews=previews_of(encounter),
    )


def medicines_of(encounter: Encounter) -> list[Medication]:
    """The list of today while a review is open; of a closed one the list that was reviewed, in the words it had then."""
    rows = Medication.objects.visible_to(encounter.organization).of(encounter.patient)
    if encounter.is_open:
        return list(rows.active_on(timezone.localdate()).for_record())
    snapshot = services.latest_snapshot(encounter)
    case = snapshot.data if snapshot else {}
    taken = {
        line["ref"]: line for line in case.get("medications") or [] if not line.get("stopped_on") or line["stopped_on"] > case["as_of"]
    }
    return [as_reviewed(row, taken[str(row.pk)]) for row in rows.filter(pk__in=taken).for_record()]


def as_reviewed(row: Medication, line: dict[str, Any]) -> Medication:
    """The row, unsaved, with the words of the snapshot where someone changed them since."""
    if (line.get("directions") or "") != row.directions:
        row.directions_en = ""
    row.text, row.directions = line["text"], line.get("directions") or ""
    row.as_taken, row.reason = line.get("as_taken") or "", line.get("reason") or ""
    return row


def problems_of(encounter: Encounter, actions: list[ActionItem]) -> list[Problem]:
    """The standing problems, each with its standing steps and requests."""
    requests = (
        Recommendation.objects.visible_to(encounter.organization)
        .filter(is_withdrawn=False)
        .select_related("prescriber")
        .prefetch_related("responses")
    )
    problems = Problem.objects.visible_to(encounter.organization).filter(encounter=encounter, is_withdrawn=False)
    rows = list(problems.prefetch_related(Prefetch("recommendations", queryset=requests, to_attr="shown_requests")))
    for problem in rows:
        problem.shown_actions = [action for action in actions if action.problem_id == problem.pk]
    return rows


def previews_of(encounter: Encounter) -> list[tuple[str, str]]:
    """The papers that signing would make, by name and label."""
    patient = (
        [("packet", "Medicare packet")]
        if encounter.gets_medicare_packet
        else [("pmr", "Personal medication record"), ("map", "Medication action plan")]
    )
    return [*patient, ("prescriber_letter", "Letters to prescribers")]


def answer_with_board(
    request: HttpRequest, encounter: Encounter, *, board: Board | None = None, anchor: str = "", status: int = 200
) -> HttpResponse:
    """The board for htmx; the whole page, at the row just touched, without JavaScript."""
    if not request.htmx and status == 200:
        return back_to(encounter, anchor)
    context = {"encounter": encounter, "board": board or board_of(encounter), "dismiss_codes": DISMISS_CODES}
    template = "reviews/partials/board.html" if request.htmx else "reviews/encounter.html"
    return render(request, template, context | {"patient": encounter.patient}, status=status)
