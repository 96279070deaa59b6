"""Encounter -> plain dict: what a paper says. Pure over fetched rows (`facts.gather`); see `schema.py` for the shape.

Medicines come in record order from the frozen snapshot, with the wording of their rows; nothing
is taken from a later state, and what was not checked says so.
"""

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from mtm.lib import logo
from patients.models import Contact, Medication, Patient, Source
from reviews.documents.facts import Facts, gather
from reviews.documents.letters import letters
from reviews.documents.schema import TIMES, VERSION
from reviews.documents.typed import as_typed, both, form, reaction
from reviews.models import Encounter, Problem
from reviews.models.disposal import zip_in

Section = dict[str, Any]

RECENTLY_STOPPED = dt.timedelta(days=90)
KINDS = {"rx": "prescription", "otc": "otc", "herbal": "herbal", "vitamin": "vitamin", "supplement": "supplement"}
SOURCES = {
    Source.PATIENT: "patient",
    Source.CAREGIVER: "representative",
    Source.BOTTLE: "bottles",
    Source.PHARMACY: "pharmacy_record",
    Source.CLINIC: "medical_record",
    Source.HOSPITAL: "medical_record",
    Source.IMPORT: "medical_record",
}
MEANINGS = {
    "reviewed": {"en": "I reviewed these medicines and prepared this plan.", "es": "Revisé estos medicamentos y preparé este plan."},
    "corrected": {"en": "I corrected this paper.", "es": "Corregí este documento."},
    "added": {"en": "I added this to the review.", "es": "Agregué esto a la revisión."},
}
HOW = {
    "in_person": {"en": "In person.", "es": "En persona."},
    "phone": {"en": "By phone.", "es": "Por teléfono."},
    "video": {"en": "By video call.", "es": "Por videollamada."},
}
OTHER_STEPS = {"en": "Other steps we talked about.", "es": "Otros pasos de los que hablamos."}


@dataclass(frozen=True)
class Mark:
    """What makes a payload a document of its own: its id and version, and the signature unless it is a draft."""

    document_id: str = "draft"
    version: int = 1
    signed_at: dt.datetime | None = None
    meaning: str = "reviewed"


DRAFT = Mark()


def draft_payload(encounter: Encounter, language: str | None = None, *, by: User | None = None) -> Section:
    """What would be signed now, unsigned, with all letters; nothing is stored. `language` is "en" or "es", else the review's."""
    facts = gather(encounter, signer=by or encounter.opened_by)
    return patient_payload(facts, DRAFT, language) | {"letters": letters(facts)}


def patient_payload(facts: Facts, mark: Mark, language: str | None = None) -> Section:
    """The patient's papers: packet, or record and action plan."""
    language = language or facts.encounter.language
    return record_payload(facts, mark, language) | {
        "information_sources": sources(facts),
        "topics": topics(facts),
        "follow_up": follow_up(facts),
        "controlled_medicines": list(facts.controlled[:20]),
        "disposal_sites": [site.as_printed(language) for site in facts.disposal_sites],
        "care_team": care_team(facts),
        "other_information": as_typed(facts.encounter.other_information, language),
    }


def record_payload(facts: Facts, mark: Mark, language: str) -> Section:
    """What every document of a review holds: who, whose, when, and the record that was reviewed."""
    encounter, reactions = facts.encounter, facts.case.get("allergies")
    return {
        "schema": VERSION,
        "meta": {
            "document_id": mark.document_id,
            "version": mark.version,
            "prepared_on": facts.prepared_on.isoformat(),
            "service_on": facts.service_on.isoformat(),
            "demo": facts.is_demo,
        },
        "signature": signature(facts.signer, mark, facts.organization.time_zone),
        "organization": organization(facts),
        "pharmacist": pharmacist(facts.signer),
        "patient": patient(facts, language),
        "plan": {"is_medicare_cmr": encounter.gets_medicare_packet, "part_d_plan": encounter.plan_name or None},
        "medications": medicines(facts, language),
        "allergies": allergies(reactions, language),
        "side_effects": [react(one, language) for one in reactions or [] if is_intolerance(one)],
    }


def signature(signer: User, mark: Mark, time_zone: str) -> Section | None:
    if mark.signed_at is None:
        return None
    local = mark.signed_at.astimezone(zoneinfo.ZoneInfo(time_zone)).replace(microsecond=0)
    return {"printed_name": signer.printed_name, "signed_at": local.isoformat(), "meaning": MEANINGS[mark.meaning]}


def pharmacist(signer: User) -> Section:
    return {"name": signer.get_full_name() or signer.username, "credentials": signer.credentials or None}


def organization(facts: Facts) -> Section:
    owner = facts.organization
    details = {"hours": owner.hours, "tty": owner.tty, "fax": owner.fax, "npi": owner.npi}
    return {"name": owner.name, "address": lines(owner.address), "phone": owner.phone} | {
        name: text or None for name, text in (details | {"logo": logo.to_text(bytes(owner.logo)) if owner.logo else None}).items()
    }


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def patient(facts: Facts, language: str) -> Section:
    row, encounter = facts.patient, facts.encounter
    is_absent = encounter.held_with != Encounter.With.PATIENT and bool(encounter.why_not_patient)
    return {
        "name": row.full_name,
        "preferred_name": row.preferred_name or None,
        "birth_date": row.birth_date.isoformat(),
        "phone": row.phone or None,
        "address": home_address(row),
        "language": language,
        "representative": representative(facts, is_absent=is_absent),
        "unable_to_take_part": is_absent,
        "unable_note": encounter.why_not_patient or None,
    }


def home_address(row: Patient) -> list[str]:
    """As on an envelope: the ZIP code ends the last line, unless it was typed there."""
    address = lines(row.address)
    if address and row.postal_code and not zip_in(row.address):
        address[-1] = f"{address[-1]} {row.postal_code}"
    return address


def representative(facts: Facts, *, is_absent: bool) -> Section | None:
    """Who spoke for the patient or helped: a source of the list, named in the copies; a legal representative may get the mail."""
    encounter = facts.encounter
    if encounter.held_with not in {Encounter.With.CAREGIVER, Encounter.With.REPRESENTATIVE} or not encounter.participant_name:
        return None
    contact = next((one for one in facts.contacts if one.name.casefold() == encounter.participant_name.casefold()), None)
    address = lines(contact.address) if contact else []
    return {
        "name": encounter.participant_name,
        "relation": (contact.relationship or None) if contact else None,
        "address": address,
        "phone": (contact.phone or None) if contact else None,
        "took_part": True,
        "receives_mail": is_absent and bool(address) and encounter.held_with == Encounter.With.REPRESENTATIVE,
    }


def sources(facts: Facts) -> list[str]:
    """Where the list comes from, the patient first."""
    found = [SOURCES.get(row.source) for row in facts.medications.values()]
    return [name for name in dict.fromkeys(["patient", *found]) if name]


def medicines(facts: Facts, language: str) -> list[Section]:
    """Taken now, and stopped in the last three months; what was not known before the review is never guessed."""
    earliest = (facts.service_on - RECENTLY_STOPPED).isoformat()
    shown = [line for line in facts.lines if not line.get("stopped_on") or line["stopped_on"] >= earliest]
    return [medicine(line, facts.medications.get(line["ref"]), line["text"] in facts.unchecked_texts, language) for line in shown]


def medicine(line: Section, row: Medication | None, is_unchecked: bool, language: str) -> Section:
    """One line of the snapshot, worded by its row; a line whose row is gone prints what the snapshot says."""
    said = {
        "ref": line["ref"],
        "name": line["text"],
        "kind": KINDS.get(line.get("kind") or "rx", "other"),
        "generic": generic_name([one["name"] for one in line.get("ingredients") or []]),
        "as_taken": as_typed(line.get("as_taken") or "", language),
        "started_on": line.get("started_on"),
        "stopped_on": line.get("stopped_on"),
        "not_checked": is_unchecked,
    }
    if row is None:
        directions, reason = line.get("directions") or "", line.get("reason") or ""
        return said | {"directions": as_typed(directions, language) or {language: None}, "reason": as_typed(reason, language)}
    return said | {
        "strength": row.strength or None,
        "form": form(row.dose_form),
        "directions": both(row.directions_en or row.directions, row.directions_es) or {language: None},
        "reason": both(row.reason, row.reason_es),
        "prescriber": row.prescriber.name if row.prescriber else None,
        "stop_reason": as_typed(row.stop_reason, language),
        "times": {time: getattr(row, time) for time in TIMES if getattr(row, time)} or None,
        "as_needed": row.is_as_needed,
    }


def generic_name(ingredients: list[str]) -> str | None:
    """The ingredients; of a multivitamin, whose list would not fit, the first ones and how many more."""
    named = ", ".join(ingredients)
    return (named if len(named) <= 300 else f"{', '.join(ingredients[:5])} (+{len(ingredients) - 5})") or None


def allergies(reactions: list[Any] | None, language: str) -> Section:
    """Three answers: a list, none known, not recorded."""
    items = [react(one, language) for one in reactions or [] if not is_intolerance(one)]
    status = "listed" if items else "not_recorded" if reactions is None else "none_known"
    return {"status": status, "items": items}


def is_intolerance(one: Any) -> bool:
    return isinstance(one, dict) and one.get("kind") == "intolerance"


def react(one: Any, language: str) -> Section:
    if isinstance(one, str):
        return {"substance": one, "reaction": None}
    return {"substance": one["substance"], "reaction": reaction(one.get("reaction"), language)}


def topics(facts: Facts) -> list[Section]:
    """One topic a problem that the patient has a step for, then the steps that belong to no problem."""
    told = [topic(facts, problem, {"en": problem.topic_en or None, "es": problem.topic_es or None}) for problem in facts.problems]
    return [one for one in (*told, topic(facts, None, OTHER_STEPS)) if one["actions"]]


def topic(facts: Facts, problem: Problem | None, text: Section) -> Section:
    steps = []
    for action in facts.actions_of(problem):
        by_when = action.by_when.isoformat() if action.by_when else None
        do, dont = both(action.do_en, action.do_es), both(action.dont_en, action.dont_es)
        steps += [{"text": do, "kind": "do", "by_when": by_when}] if do else []
        steps += [{"text": dont, "kind": "dont", "by_when": None}] if dont else []
    return {"text": text, "actions": steps}


def follow_up(facts: Facts) -> Section | None:
    if facts.follow_up is None:
        return None
    return {"on": facts.follow_up.due_on.isoformat(), "how": HOW[facts.follow_up.how]}


def care_team(facts: Facts) -> Section:
    emergency = next((one for one in facts.contacts if one.role == Contact.Role.EMERGENCY), None)
    return {
        "emergency_contact": person(emergency, emergency.relationship) if emergency else None,
        "primary_care": person(facts.patient.primary_care) if facts.patient.primary_care else None,
        "pharmacy": person(facts.patient.pharmacy) if facts.patient.pharmacy else None,
    }


def person(row: Any, relation: str = "") -> Section:
    return {"name": row.name, "relation": relation or None, "phone": row.phone or None}
