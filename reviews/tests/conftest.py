"""Rows of a review for tests; people and charts come from mtm/tests/fixtures.py."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone

from mtm.lib.canonical import sha256_of
from patients.models import Answered
from reviews import services, signing
from reviews.models import Encounter, Finding, ReviewSnapshot, Screening
from reviews.services.screening import facts_now, knowledge_now

NUMBER = itertools.count(1)
WARFARIN = {
    "text": "warfarin 5 mg tablet",
    "rxcui": "855332",
    "ingredients": [{"rxcui": "11289", "name": "warfarin"}],
    "recognition": "resolved",
}
NAPROXEN = {
    "text": "naproxen 500 mg tablet",
    "rxcui": "198014",
    "ingredients": [{"rxcui": "7258", "name": "naproxen"}],
    "recognition": "resolved",
}
DAILY = {
    "directions": "1 po daily",
    "directions_en": "Take 1 tablet by mouth each day.",
    "directions_es": "Tome 1 tableta por la boca cada día.",
}
HELD = {
    "held_how": "in_person",
    "identity_checked": True,
    "disposal_discussed": True,
}


@pytest.fixture
def warfarin_and_naproxen(make_patient, make_medication, make_prescriber):
    """A patient for whom the rules have a serious finding; the chart says everything else that papers need."""
    patient = make_patient(
        allergy_status=Answered.NONE,
        condition_status=Answered.NONE,
        medication_status=Answered.LISTED,
        address="5 Elm Street\nSpringfield, OH 45501",
    )
    prescriber = make_prescriber()
    reasons = {"reason": "to prevent clots", "reason_es": "para prevenir coágulos"}
    make_medication(patient, prescriber=prescriber, **WARFARIN, **DAILY, **reasons)
    make_medication(
        patient, prescriber=prescriber, **NAPROXEN, **DAILY, reason="for knee pain", reason_es="para el dolor de rodilla"
    )
    return patient


@pytest.fixture
def make_encounter(pharmacist, make_patient):
    """An open review, held today in person with the patient; a comprehensive one unless said otherwise."""

    def make(patient=None, **fields):
        patient = patient or make_patient()
        plain = {
            "organization": patient.organization,
            "patient": patient,
            "kind": "cmr",
            "opened_by": pharmacist,
            "held_on": timezone.localdate(),
        }
        return Encounter.objects.create(**(plain | HELD | fields))

    return make


@pytest.fixture
def make_screening(pharmacist):
    """A snapshot of now, and a screening of it with nothing found unless said otherwise."""

    def make(encounter, **fields):
        facts = facts_now(encounter)
        owner = {"organization": encounter.organization, "encounter": encounter}
        number = ReviewSnapshot.objects.filter(encounter=encounter).count() + 1
        snapshot = ReviewSnapshot.objects.create(**owner, number=number, data=facts, sha256=sha256_of(facts), taken_by=pharmacist)
        knowledge = knowledge_now()
        plain = {
            "status": "clear",
            "knowledge_version": knowledge["version"],
            "knowledge_sha256": knowledge["sha256"],
            "knowledge_released_on": timezone.localdate(),
        }
        return Screening.objects.create(**owner, snapshot=snapshot, **(plain | fields))

    return make


def finding_data(**fields):
    """A finding as the rules print it."""
    plain = {
        "rule_id": "warfarin-nsaid",
        "kind": "drug_drug",
        "severity": "major",
        "action": "avoid",
        "drugs": ["naproxen", "warfarin"],
        "title": "Warfarin with an NSAID",
        "what_could_happen": "Bleeding, above all in the gut.",
        "what_to_do": "Consider acetaminophen instead of naproxen.",
        "why": ["naproxen is a systemic NSAID", "age 79 raises the risk"],
        "patient_pending": {"en": "Call us before you take more naproxen.", "es": "Llámenos antes de tomar más naproxeno."},
        "patient_agreed": {"en": "Do not take naproxen.", "es": "No tome naproxeno."},
        "sources": [{"id": "label-warfarin", "title": "Warfarin prescribing information"}],
        "refs": [],
        "fingerprint": f"{next(NUMBER):064x}",
    }
    return plain | fields


@pytest.fixture
def make_finding(make_encounter, make_screening):
    """A major finding to judge, on an open review unless one is given."""

    def make(encounter=None, *, status="open", **data):
        encounter = encounter or make_encounter()
        screening = Screening.objects.filter(encounter=encounter).order_by("-created_at").first() or make_screening(encounter)
        data = finding_data(**data)
        named = {name: data[name] for name in ("fingerprint", "rule_id", "kind", "severity", "title")}
        return Finding.objects.create(
            organization=encounter.organization, encounter=encounter, screening=screening, data=data, status=status, **named
        )

    return make


@pytest.fixture
def judged_encounter(warfarin_and_naproxen, make_encounter, pharmacist):
    """A Medicare CMR, checked and judged: each finding accepted with a step for the patient and a request to the prescriber."""
    encounter = make_encounter(warfarin_and_naproxen, is_medicare=True, plan_name="Lakeview Part D Plan")
    services.refresh(encounter, by=pharmacist)
    for finding in Finding.objects.filter(encounter=encounter, status="open"):
        problem = services.accept_finding(finding, by=pharmacist)
        proposal = services.propose_plan(problem)
        services.add_action_item(
            encounter, problem=problem, wording=proposal.wording, do_en=proposal.patient_en, do_es=proposal.patient_es, by=pharmacist
        )
        if proposal.prescribers:
            services.add_recommendation(
                problem,
                prescriber=proposal.prescribers[0],
                request=proposal.request,
                detail=proposal.detail,
                why=proposal.why,
                by=pharmacist,
            )
    return Encounter.objects.get(pk=encounter.pk)


def reasons_for(encounter):
    """A reason for everything that only needs one."""
    return {item.id: "Known and watched." for item in signing.sign_checklist(encounter) if not item.is_blocking}


@pytest.fixture
def signed_encounter(judged_encounter, pharmacist):
    """The same, signed."""
    signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons_for(judged_encounter))
    return Encounter.objects.get(pk=judged_encounter.pk)


@pytest.fixture
def papers_of(signed_encounter):
    """The signed documents by kind, newest versions."""
    return {document.kind: document for document in signed_encounter.documents.order_by("number")}


@pytest.fixture
def yesterday():
    return timezone.localdate() - dt.timedelta(days=1)
