"""Everything that a review's papers are made from, fetched in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Organization, User
from interactions.knowledge.catalog import get_catalog
from patients.models import Contact, Medication, Patient
from patients.snapshot import snapshot_of
from reviews.models import ActionItem, DisposalSite, Encounter, Finding, FollowUp, Problem, Recommendation, ReviewSnapshot, Screening
from reviews.models.disposal import zip_in

Case = dict[str, Any]
MOST_SITES = 3


@dataclass(frozen=True)
class Facts:
    """Rows as they are at one moment. `case` is the frozen snapshot; medicines are printed from it and from their rows by `ref`."""

    encounter: Encounter
    patient: Patient
    organization: Organization
    signer: User
    case: Case
    screening: Screening | None
    medications: dict[str, Medication]
    contacts: tuple[Contact, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    actions: tuple[ActionItem, ...]
    recommendations: tuple[Recommendation, ...]
    follow_up: FollowUp | None
    controlled: tuple[str, ...]
    disposal_sites: tuple[DisposalSite, ...]
    prepared_on: dt.date
    is_demo: bool

    @property
    def service_on(self) -> dt.date:
        return self.encounter.held_on or self.prepared_on

    @property
    def lines(self) -> list[Case]:
        """The medicines of the snapshot, past ones too; none where nobody asked."""
        return self.case.get("medications") or []

    @property
    def taken(self) -> list[Case]:
        """Those that were taken on the day of the snapshot."""
        return [line for line in self.lines if not line.get("stopped_on") or line["stopped_on"] > self.case["as_of"]]

    @property
    def unchecked(self) -> list[Case]:
        """Those taken that no rule could look at."""
        return [line for line in self.taken if line["text"] in self.unchecked_texts]

    @property
    def unchecked_texts(self) -> frozenset[str]:
        """Medicines, as typed, that no rule could look at; all of them while nothing was screened."""
        if self.screening is None:
            return frozenset(line["text"] for line in self.lines)
        named = {one["text"] for one in self.screening.not_checked if one["what"] == "medication"}
        return frozenset(named | {one["text"] for one in self.screening.medications if one["status"] != "resolved"})

    def actions_of(self, problem: Problem | None) -> list[ActionItem]:
        wanted = problem.pk if problem else None
        return [action for action in self.actions if action.problem_id == wanted]


def gather(encounter: Encounter, *, signer: User) -> Facts:
    """Fetch what the papers of a review need. To sign, hold the rows of the chart first (`signing.hold_chart`)."""
    patient, organization = encounter.patient, encounter.organization
    snapshot = ReviewSnapshot.objects.filter(encounter=encounter).order_by("-number").first()
    case = snapshot.data if snapshot else snapshot_of(patient, as_of=timezone.localdate())
    plan = {"encounter": encounter}
    return Facts(
        encounter=encounter,
        patient=patient,
        organization=organization,
        signer=signer,
        case=case,
        screening=Screening.objects.filter(encounter=encounter, snapshot=snapshot).order_by("-created_at").first() if snapshot else None,
        medications={str(row.pk): row for row in Medication.objects.visible_to(organization).of(patient).for_record()},
        contacts=tuple(Contact.objects.visible_to(organization).of(patient).current()),
        findings=tuple(Finding.objects.filter(**plan).ranked().select_related("judged_by", "earlier__judged_by")),
        problems=tuple(Problem.objects.standing().filter(**plan)),
        actions=tuple(ActionItem.objects.standing().filter(**plan)),
        recommendations=tuple(Recommendation.objects.standing().filter(**plan).select_related("prescriber")),
        follow_up=FollowUp.objects.filter(**plan, done_at=None).order_by("-created_at").first(),
        controlled=controlled_in(case),
        disposal_sites=tuple(DisposalSite.objects.visible_to(organization).nearest(home_zip(patient), most=MOST_SITES)),
        prepared_on=timezone.localdate(),
        is_demo=settings.MTM_ENV == "demo",
    )


def home_zip(patient: Patient) -> str:
    """The ZIP code of the patient's home: its own field, or the end of the address; "" when neither has one."""
    return zip_in(patient.postal_code) or zip_in(patient.address)


def controlled_in(case: Case) -> tuple[str, ...]:
    """Names of the controlled substances among the medicines taken, for the disposal sheet."""
    catalog = get_catalog()
    names = [
        ingredient["name"]
        for line in case.get("medications") or []
        if not line.get("stopped_on")
        for ingredient in line.get("ingredients") or []
        if ingredient.get("rxcui") in catalog.facts and catalog.schedule_of(ingredient["rxcui"])
    ]
    return tuple(dict.fromkeys(names))
