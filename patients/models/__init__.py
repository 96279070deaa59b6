"""The record room's nouns."""

from patients.models.base import ChartQuerySet, ChartRow, Source
from patients.models.care_team import Pharmacy, Prescriber
from patients.models.clinical import Allergy, Condition, Immunization, Observation, SocialHistory
from patients.models.medication import Fill, Medication
from patients.models.patient import Answered, Consent, Contact, ExternalIdentifier, Language, Patient, PlanMembership, Sex

__all__ = [
    "Allergy",
    "Answered",
    "ChartQuerySet",
    "ChartRow",
    "Condition",
    "Consent",
    "Contact",
    "ExternalIdentifier",
    "Fill",
    "Immunization",
    "Language",
    "Medication",
    "Observation",
    "Patient",
    "Pharmacy",
    "PlanMembership",
    "Prescriber",
    "Sex",
    "SocialHistory",
    "Source",
]
