"""MedicationRequest, MedicationStatement and MedicationDispense: one line each, before like lines are joined.

What is active: a request or statement that is active, on hold or of unknown status and whose end
date, if any, has not passed; a dispensing that happened. Completed, stopped, cancelled and
not-taken ones are past. Drafts, proposals, options, "do not give" and errors are no medicines.
"""

import datetime as dt
from typing import Any

from exchange.chart import Fill, ImportedMedication
from exchange.fhir import dosage
from exchange.fhir.absent import says_no_medications
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.practitioner import Person, read_person
from exchange.fhir.values import NDC, RXNORM, codes_in, day, dicts, first, flag, label, number, tidy, word

KINDS = ("MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationOrder")
NOT_A_MEDICINE = frozenset({"entered-in-error", "draft"})
NOT_GIVEN = frozenset({"preparation", "in-progress", "cancelled", "declined"})
PAST = frozenset({"completed", "stopped", "cancelled", "not-taken", "ended", "declined"})
DOUBTFUL = {"on-hold": "is on hold", "unknown": "has the status unknown", "intended": "is only intended", "": "has no status"}
NOT_ORDERED = frozenset({"proposal", "option"})


def read_medication(resource: Resource, book: Book, today: dt.date) -> ImportedMedication | None:
    """One line of the medication list, or None when the resource is not a medicine the patient has or had."""
    if _left_out(resource, book):
        return None
    concept, drug = medicine_of(resource, book)
    text = name_of(concept, drug, resource)
    if says_no_medications(concept, text):
        book.warn(resource, f'says "{text}"; that is not a medicine')
        return None
    text = book.text(resource, text, "medicine's name", limit=300)
    if not text:
        book.warn(resource, "names no medicine; it was left out")
        return None
    if not first(concept).get("coding"):
        book.warn(resource, f"{text} carries no code; it is recognized by its name alone")
    return _line(resource, text, concept, book, today)


def _line(resource: Resource, text: str, concept: dict[str, Any], book: Book, today: dt.date) -> ImportedMedication:
    dosages = resource.get("dosageInstruction") or resource.get("dosage")
    is_dispense = resource["resourceType"] == "MedicationDispense"
    started, stopped = _dates(resource, dosages)
    why = label(resource.get("statusReason") or resource.get("statusReasonCodeableConcept"))
    person = _prescriber(resource, book)
    return ImportedMedication(
        text=text,
        rxcuis=codes_in(concept, RXNORM),
        ndcs=codes_in(concept, NDC),
        directions=book.line(resource, _directions(resource, dosages), "directions"),
        route=book.text(resource, dosage.route(dosages), "route"),
        is_active=_is_active(resource, stopped, book, today),
        source_status=word(resource.get("status")),
        as_needed=dosage.as_needed(dosages),
        said_on=_said_on(resource),
        started_on=None if is_dispense else started,
        stopped_on=stopped,
        stop_reason=book.text(resource, why, "status reason"),
        reason=book.text(resource, _reason(resource, book), "reason"),
        prescriber=person.name,
        prescriber_npi=person.npi,
        is_reported=resource["resourceType"] == "MedicationStatement" or resource.get("reportedBoolean") is True,
        is_dispense=is_dispense,
        fills=_fills(resource) if is_dispense else (),
        source=source_of(resource),
    )


def _left_out(resource: Resource, book: Book) -> bool:
    status, intent = word(resource.get("status")), word(resource.get("intent"))
    if status in NOT_A_MEDICINE:
        reason = f"has the status {status}"
    elif resource["resourceType"] == "MedicationDispense" and status in NOT_GIVEN:
        reason = f"has the status {status}: nothing was handed over"
    elif intent in NOT_ORDERED:
        reason = f"is only a {intent}"
    elif flag(resource.get("doNotPerform")):
        reason = "says not to give this medicine"
    else:
        return False
    book.warn(resource, f"{reason}; it was left out")
    return True


def medicine_of(resource: Resource, book: Book) -> tuple[dict[str, Any], Resource]:
    """The CodeableConcept that names the medicine and the Medication it stands in ({} when it is coded in place).

    R4 has medicationCodeableConcept or medicationReference; R5 puts either into `medication`.
    """
    both = first(resource.get("medication"))
    concept = first(resource.get("medicationCodeableConcept")) or first(both.get("concept"))
    if concept:
        return concept, {}
    reference = first(resource.get("medicationReference")) or first(both.get("reference"))
    drug = book.find(reference, resource)
    if drug is None and reference:
        book.warn(resource, f"points to a Medication that is not in the file ({tidy(str(reference.get('reference')))[:80]})")
        return {"text": reference.get("display")}, {}
    return first((drug or {}).get("code")) or {"text": reference.get("display")}, drug or {}


def name_of(concept: dict[str, Any], drug: Resource, resource: Resource) -> str:
    """The name as the source shows it: the text, else a display, else its ingredients, else its National Drug Code."""
    parts = [label(item.get("itemCodeableConcept") or first(item.get("item")).get("concept")) for item in dicts(drug.get("ingredient"))]
    reference = first(resource.get("medicationReference"))
    code = next((f"NDC {code}" for code in codes_in(concept, NDC)), "")
    return label(concept) or tidy(reference.get("display")) or " / ".join(filter(None, parts)) or code


def _directions(resource: Resource, dosages: Any) -> str:
    return tidy(resource.get("renderedDosageInstruction")) or dosage.directions(dosages)


def _dates(resource: Resource, dosages: Any) -> tuple[dt.date | None, dt.date | None]:
    effective = first(resource.get("effectivePeriod"))
    starts = (dosage.period(dosages, "start"), effective.get("start"), resource.get("authoredOn"))
    ends = (dosage.period(dosages, "end"), effective.get("end"))
    started, stopped = (next(filter(None, map(day, group)), None) for group in (starts, ends))
    return (None, stopped) if started and stopped and started > stopped else (started, stopped)


def _said_on(resource: Resource) -> dt.date | None:
    """The day on which the source says this: ordered, asserted, handed over."""
    names = ("authoredOn", "dateWritten", "dateAsserted", "whenHandedOver", "whenPrepared", "effectiveDateTime")
    given = [resource.get(name) for name in names] + [first(resource.get("effectivePeriod")).get("start")]
    return next(filter(None, map(day, given)), None)


def _is_active(resource: Resource, stopped: dt.date | None, book: Book, today: dt.date) -> bool:
    status = word(resource.get("status"))
    if resource["resourceType"] == "MedicationDispense":
        return status not in {"stopped"}
    if status in PAST or resource.get("taken") == "n":
        return False
    if stopped and stopped < today:
        book.warn(resource, f"is {status or 'without status'}, but its end date {stopped} has passed; it stands among the past medicines")
        return False
    if status in DOUBTFUL:
        book.warn(resource, f"{DOUBTFUL[status]}; it stands among the active medicines, ask whether the patient takes it")
    return True


def _reason(resource: Resource, book: Book) -> str:
    """Reason in words: a code's text, or the Condition that a reference points to."""
    both = first(resource.get("reason"))
    named = label(resource.get("reasonCode") or both.get("concept") or resource.get("reasonForUseCodeableConcept"))
    if named:
        return named
    reference = first(resource.get("reasonReference") or both.get("reference"))
    condition = book.find(reference, resource) or {}
    return label(condition.get("code")) or tidy(reference.get("display"))


def _prescriber(resource: Resource, book: Book) -> Person:
    requester = first(resource.get("requester"))
    if resource["resourceType"] != "MedicationDispense":
        return read_person(requester.get("agent") or requester or resource.get("prescriber"), resource, book)
    order = book.find(first(resource.get("authorizingPrescription")), resource)
    return _prescriber(order, book) if order and order["resourceType"] == "MedicationRequest" else Person()


def _fills(resource: Resource) -> tuple[Fill, ...]:
    on = day(resource.get("whenHandedOver")) or day(resource.get("whenPrepared"))
    supply = number(first(resource.get("daysSupply")).get("value"))
    quantity = number(first(resource.get("quantity")).get("value"))
    days = int(supply) if supply is not None and 0 < supply <= 1000 else None
    return (Fill(on, days, quantity if quantity is not None and quantity > 0 else None),) if on else ()
