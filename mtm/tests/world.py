"""One row of every owned kind for an organization: what the sweep's URLs point at."""

import datetime as dt
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

import exchange
from accounts.models import Membership, Organization, User
from exchange.services import read_upload, stage_import
from mtm.lib.canonical import sha256_of
from mtm.tests.fixtures import client_of
from patients.models import (
    Allergy,
    Condition,
    Consent,
    Contact,
    ExternalIdentifier,
    Fill,
    Immunization,
    Medication,
    Observation,
    Patient,
    Pharmacy,
    PlanMembership,
    Prescriber,
    SocialHistory,
)
from reviews.documents.example import example_payload
from reviews.models import (
    ActionItem,
    DisposalSite,
    DocumentFile,
    Encounter,
    Finding,
    FollowUp,
    Problem,
    Recommendation,
    ReviewSnapshot,
    Screening,
    SignedDocument,
)

NUMBER = itertools.count(1)
EXAMPLE = Path(exchange.__file__).parent / "examples" / "walter_jablonski.json"
ROLES = ("manager", "pharmacist", "technician", "auditor")


@dataclass
class World:
    """An organization with people and `rows`: the name of a kind to its row."""

    organization: Organization
    people: dict[str, User]
    rows: dict[str, Any]

    def client(self, role: str):
        return client_of(self.people[role])


def make_world(name: str) -> World:
    organization = Organization.objects.create(name=name, address="1 River Street\nSpringfield, OH", phone="(555) 010-2200")
    people = {role: person(organization, f"{role}{next(NUMBER)}", role) for role in ROLES}
    rows = {"organization": organization, "person": people["technician"].memberships.get()}
    rows |= chart(organization)
    rows |= review(organization, rows["patient"], rows["prescriber"], people["pharmacist"])
    data = EXAMPLE.read_bytes()
    rows["staged"] = stage_import(organization, read_upload(data), data=data, file_name="example.json", by=people["technician"])[0]
    return World(organization, people, rows)


def person(organization: Organization, username: str, role: str) -> User:
    user = User(username=username, first_name="Sam", last_name=role.title())
    user.set_password("a long enough password")
    user.save()
    Membership.objects.create(organization=organization, user=user, **{f"is_{role}": True})
    return user


def chart(organization: Organization) -> dict[str, Any]:
    today = timezone.localdate()
    own = {"organization": organization}
    prescriber = Prescriber.objects.create(**own, name="Dr. Osei")
    pharmacy = Pharmacy.objects.create(**own, name="Corner Pharmacy")
    patient = Patient.objects.create(
        **own, given_names="Ada", family_name="Whitlock", birth_date=dt.date(1950, 1, 2), primary_care=prescriber
    )
    second = Patient.objects.create(**own, given_names="Ada", family_name="Whitlok", birth_date=dt.date(1950, 1, 2))
    own["patient"] = patient
    medication = Medication.objects.create(
        **own, text="warfarin 5 mg", recognition="resolved", ingredients=[{"rxcui": "11289", "name": "warfarin"}]
    )
    return {
        "patient": patient,
        "second_patient": second,
        "prescriber": prescriber,
        "pharmacy": pharmacy,
        "medication": medication,
        "unsettled": Medication.objects.create(**own, text="the little heart pill"),
        "fill": Fill.objects.create(**own, medication=medication, filled_on=today),
        "allergy": Allergy.objects.create(**own, substance="codeine"),
        "condition": Condition.objects.create(**own, name="atrial fibrillation"),
        "observation": Observation.objects.create(**own, name="INR", value="2.5", measured_on=today),
        "immunization": Immunization.objects.create(**own, name="influenza", given_on=today),
        "social": SocialHistory.objects.create(**own, alcohol="none", recorded_on=today),
        "contact": Contact.objects.create(**own, name="Ben Whitlock"),
        "coverage": PlanMembership.objects.create(**own, plan_name="River Part D", is_part_d=True),
        "consent": Consent.objects.create(**own, kind="mtm", given_on=today),
        "identifier": ExternalIdentifier.objects.create(**own, system="Clinic", value="RM-1"),
    }


def signed_document(encounter: Encounter, kind: str, by: User) -> SignedDocument:
    payload = example_payload()
    return SignedDocument.objects.create(
        organization=encounter.organization,
        encounter=encounter,
        kind=kind,
        payload=payload,
        sha256=sha256_of(payload),
        signed_by=by,
        signer_name="Sam",
        meaning="reviewed",
        signed_at=timezone.now(),
    )


def review(organization: Organization, patient: Patient, prescriber: Prescriber, pharmacist: User) -> dict[str, Any]:
    own = {"organization": organization}
    encounter = Encounter.objects.create(**own, patient=patient, kind="cmr", opened_by=pharmacist)
    own["encounter"] = encounter
    snapshot = ReviewSnapshot.objects.create(**own, number=1, data={}, sha256="0" * 64, taken_by=pharmacist)
    screening = Screening.objects.create(**own, snapshot=snapshot, status="flagged", knowledge_version="1", knowledge_sha256="0" * 64)
    finding = Finding.objects.create(
        **own,
        screening=screening,
        fingerprint="f" * 64,
        rule_id="r",
        kind="bleeding",
        severity="major",
        title="Bleeding",
        data={"drugs": ["warfarin"], "refs": [], "why": [], "evidence": {"level": "label", "read": "recalled"}},
    )
    problem = Problem.objects.create(**own, category=5, statement="Bleeding", drugs="warfarin")
    signed = Encounter.objects.create(
        organization=organization,
        patient=patient,
        kind="tmr",
        opened_by=pharmacist,
        status="signed",
        signed_by=pharmacist,
        signed_at=timezone.now(),
    )
    document, _ = (signed_document(signed, kind, pharmacist) for kind in ("patient", "note"))
    return {
        "encounter": encounter,
        "finding": finding,
        "problem": problem,
        "recommendation": Recommendation.objects.create(**own, problem=problem, prescriber=prescriber, request="Check the INR"),
        "action": ActionItem.objects.create(**own, problem=problem, do_en="Call us."),
        "follow_up": FollowUp.objects.create(**own, due_on=timezone.localdate(), set_by=pharmacist),
        "signed": signed,
        "disposal_site": DisposalSite.objects.create(
            organization=organization, name="City Hall", address="1 Main Street", postal_code="45501"
        ),
        "document": document,
        "file": DocumentFile.objects.create(
            organization=organization, document=document, name="pmr", template_version="1", pdf=b"%PDF-1.7", pdf_sha256="0" * 64
        ),
    }
