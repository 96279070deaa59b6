"""Write the invented patients through the record room's own services, as a technician would."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organization, User
from mtm.demo.patients import DISPOSAL_SITES, PRESCRIBERS, ROSA, WALTER
from patients.models import (
    Allergy,
    Answered,
    Condition,
    Consent,
    Contact,
    ExternalIdentifier,
    Immunization,
    Observation,
    Patient,
    Pharmacy,
    PlanMembership,
    Prescriber,
    SocialHistory,
)
from patients.services.charts import add_patient
from patients.services.directory import add_entry
from patients.services.medications import add_medication, stop_medication
from patients.services.rows import add_row, answer_list
from reviews.services import add_site


@transaction.atomic
def seed_patients(organization: Organization, *, by: User) -> None:
    """Rosa Marín with 14 medicines, a smaller chart, and two drop-off sites; nothing when the organization has patients already."""
    if Patient.objects.visible_to(organization).exists():
        return
    people = {key: add_entry(Prescriber, organization, by=by, **values) for key, values in PRESCRIBERS.items()}
    pharmacy = add_entry(Pharmacy, organization, by=by, name=organization.name, phone=organization.phone, address=organization.address)
    for site in DISPOSAL_SITES:
        add_site(organization, by=by, **site)
    for story in (ROSA, WALTER):
        seed_chart(organization, story, people, pharmacy, by=by)


def days_ago(days: int | None) -> dt.date | None:
    return timezone.localdate() - dt.timedelta(days=days) if days is not None else None


def seed_chart(
    organization: Organization, story: dict[str, Any], people: dict[str, Prescriber], pharmacy: Pharmacy, *, by: User
) -> Patient:
    """One chart from its story."""
    person = story["person"] | {
        "weight_on": days_ago(story["weighed"]),
        "primary_care": people[story["primary_care"]],
        "pharmacy": pharmacy,
    }
    patient = add_patient(organization, by=by, **person)
    seed_medications(patient, story, people, by=by)
    seed_facts(patient, story, by=by)
    seed_papers(patient, story, by=by)
    return patient


def seed_medications(patient: Patient, story: dict[str, Any], people: dict[str, Prescriber], *, by: User) -> None:
    for text, directions, reason, reason_es, prescriber, started, filled, more in story["medications"]:
        details = {
            "reason": reason,
            "reason_es": reason_es,
            "prescriber": people.get(prescriber),
            "started_on": days_ago(started),
            "last_filled_on": days_ago(filled),
        }
        add_medication(patient, by=by, text=text, directions=directions, **(details | more))
    for text, directions, reason, reason_es, prescriber, started, stopped, why in story["past"]:
        details = {"reason": reason, "reason_es": reason_es, "prescriber": people.get(prescriber), "started_on": days_ago(started)}
        line = add_medication(patient, by=by, text=text, directions=directions, **details)
        stop_medication(line, by=by, version=line.version, stopped_on=days_ago(stopped), reason=why)


def seed_facts(patient: Patient, story: dict[str, Any], *, by: User) -> None:
    for allergy in story["allergies"]:
        add_row(Allergy, patient, by=by, **allergy)
    if not story["allergies"]:
        patient.refresh_from_db()
        answer_list(patient, Allergy, Answered.NONE, by=by, version=patient.version)
    for name, code in story["conditions"]:
        add_row(Condition, patient, by=by, name=name, code=code, system="icd10" if code else "", source="clinic")
    for name, value, unit, days in story["results"]:
        add_row(Observation, patient, by=by, name=name, value=Decimal(value), unit=unit, measured_on=days_ago(days), source="clinic")
    (high, low), days = story["pressure"]
    add_row(Observation, patient, by=by, pressure=(Decimal(high), Decimal(low)), measured_on=days_ago(days), source="clinic")
    add_row(SocialHistory, patient, by=by, recorded_on=days_ago(5), **story["social"])
    for name, days in story["immunizations"]:
        add_row(Immunization, patient, by=by, name=name, given_on=days_ago(days), source="pharmacy")


def seed_papers(patient: Patient, story: dict[str, Any], *, by: User) -> None:
    """Whom we may speak with, who pays, what was agreed, and numbers elsewhere."""
    this_year = timezone.localdate().replace(month=1, day=1)
    for contact in story["contacts"]:
        add_row(Contact, patient, by=by, permission_on=days_ago(200), **contact)
    if story["plan"]:
        add_row(PlanMembership, patient, by=by, starts_on=this_year, mtm_enrolled_on=this_year, **story["plan"])
    for kind in story["consents"]:
        add_row(Consent, patient, by=by, kind=kind, given_on=days_ago(60))
    system, value = story["identifier"]
    add_row(ExternalIdentifier, patient, by=by, system=system, value=value)
