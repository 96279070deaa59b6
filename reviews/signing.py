"""Signing, addenda and corrections: nothing else may set `signed_at` or make a SignedDocument.

All text is copied at signing, in one transaction with its cause: the document with its hash, its
signer, the meaning and the time, and the empty rows of its files. The PDFs are made after the commit.
"""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from mtm.lib.canonical import sha256_of
from mtm.lib.errors import DomainError
from patients.models import Allergy, Medication, Patient
from reviews.checklist import CheckItem, items_for, paper_warnings, patient_papers
from reviews.corrections import Line, correctable_lines, corrected
from reviews.documents.checks import problems_for
from reviews.documents.facts import Facts, gather
from reviews.documents.letters import letters
from reviews.documents.note import note_sections, section
from reviews.documents.papers import DOCUMENTS
from reviews.documents.payload import MEANINGS, Mark, patient_payload, pharmacist, record_payload, signature
from reviews.documents.render import template_version
from reviews.models import DocumentFile, Encounter, Problem, Recommendation, SignedDocument
from reviews.models.document import MOST_ATTEMPTS
from reviews.services.errors import EncounterClosed, Incomplete, Superseded
from reviews.services.locks import lock_encounter, lock_open_encounter, require_pharmacist, require_words, store
from reviews.services.screening import is_stale

__all__ = [
    "MEANINGS",
    "CheckItem",
    "Line",
    "NotReady",
    "add_addendum",
    "add_file",
    "correct_document",
    "correctable_lines",
    "retry_file",
    "sign_checklist",
    "sign_encounter",
    "sign_warnings",
]

Payload = dict[str, Any]
Kind = SignedDocument.Kind
FILES = {Kind.LETTER: ("prescriber_letter",), Kind.NOTE: ("note",), Kind.ADDENDUM: ("addendum",)}


class NotReady(DomainError):
    """The review can't be signed yet; `items` are the lines of the checklist that stand in the way."""

    status = 422
    title = "Not ready to sign"

    def __init__(self, items: list[CheckItem]) -> None:
        super().__init__(" ".join(item.label for item in items))
        self.items = items


def sign_checklist(encounter: Encounter, *, by: User | None = None) -> list[CheckItem]:
    """What must be put right before signing (blocking, first), then what must be acknowledged with a reason; empty when nothing is."""
    return items_for(gather(encounter, signer=by or encounter.opened_by), is_stale=is_stale(encounter))


def sign_warnings(encounter: Encounter, *, by: User) -> list[str]:
    """What to look at on the patient's papers before signing; it does not stand in the way."""
    return paper_warnings(gather(encounter, signer=by))


@transaction.atomic
def sign_encounter(
    encounter: Encounter, *, by: User, acknowledgements: dict[str, str] | None = None, meaning: str = "reviewed"
) -> list[SignedDocument]:
    """Sign the review: its documents are complete and fixed from here on, their PDFs are made after the commit.

    `acknowledgements` maps the id of each item that is not blocking to the pharmacist's reason;
    `meaning` is a key of MEANINGS. Returns the patient's papers, a letter for each prescriber and
    the note. Raises NotReady, NotAllowed (no pharmacist here) or EncounterClosed (signed before).
    """
    encounter = lock_open_encounter(encounter.pk)
    require_pharmacist(by, encounter.organization)
    hold_chart(encounter.patient)
    facts = gather(encounter, signer=by)
    acknowledged = acknowledge(items_for(facts, is_stale=is_stale(encounter)), acknowledgements or {})
    _close(encounter, acknowledged, by)
    documents = _documents_of(facts, acknowledged, meaning)
    _mark_recommended(encounter, by)
    audit.record("encounter.signed", encounter, by=by, fields=["status", "signed_at", "signed_by", "acknowledged"])
    return documents


def hold_chart(patient: Patient) -> None:
    """Keep the rows that papers print from changing until the transaction ends."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    for model in (Medication, Allergy):
        list(model.objects.visible_to(patient.organization).of(patient).select_for_update().values_list("pk", flat=True))


def acknowledge(items: Iterable[CheckItem], reasons: dict[str, str]) -> list[dict[str, str]]:
    """What was left open and why, as it is kept; raises NotReady with the items that lack a reason or can't have one."""
    items = list(items)
    reasons = {name: reason.strip() for name, reason in reasons.items()}
    unsettled = [item for item in items if item.is_blocking or not reasons.get(item.id)]
    if unsettled:
        raise NotReady(unsettled)
    return [{"id": item.id, "label": item.label, "severity": item.severity, "reason": reasons[item.id]} for item in items]


def _close(encounter: Encounter, acknowledged: list[dict[str, str]], by: User) -> None:
    encounter.status, encounter.signed_by, encounter.signed_at = Encounter.Status.SIGNED, by, timezone.now()
    encounter.acknowledged = acknowledged
    encounter.ended_at = encounter.ended_at or (encounter.signed_at if encounter.started_at else None)
    encounter.version += 1
    store(encounter, by)


def _documents_of(facts: Facts, acknowledged: list[dict[str, str]], meaning: str) -> list[SignedDocument]:
    encounter, now = facts.encounter, facts.encounter.signed_at
    written = letters(facts)
    mark = partial(Mark, signed_at=now, meaning=meaning)
    papers = new_id()
    documents = [_sign(facts, papers, Kind.PATIENT, patient_payload(facts, mark(papers)), encounter.language, meaning)]
    prescribers = {str(one.prescriber_id): one.prescriber for one in facts.recommendations}
    for letter in written:
        name = new_id()
        payload = record_payload(facts, mark(name), "en") | {"letters": [letter]}
        documents.append(_sign(facts, name, Kind.LETTER, payload, "en", meaning, prescriber=prescribers[letter["ref"]]))
    name = new_id()
    payload = record_payload(facts, mark(name), "en") | {"record": note_sections(facts, acknowledged)}
    refuse_unprintable(payload, "note", "en")  # the reasons just given are in it
    return [*documents, _sign(facts, name, Kind.NOTE, payload, "en", meaning)]


def new_id() -> str:
    return str(uuid.uuid4())


def _sign(facts: Facts, name: str, kind: str, payload: Payload, language: str, meaning: str, **fields: Any) -> SignedDocument:
    return _store_document(
        facts.encounter, name, kind, payload, language, by=facts.signer, meaning=meaning, signed_at=facts.encounter.signed_at, **fields
    )


def _store_document(
    encounter: Encounter, name: str, kind: str, payload: Payload, language: str, *, by: User, meaning: str, signed_at: Any, **fields: Any
) -> SignedDocument:
    """The signed row with the hash of its payload, and its files still to be made."""
    document = SignedDocument.objects.create(
        pk=uuid.UUID(name),
        organization=encounter.organization,
        encounter=encounter,
        kind=kind,
        language=language,
        payload=payload,
        sha256=sha256_of(payload),
        signed_by=by,
        signer_name=by.printed_name,
        meaning=MEANINGS[meaning]["en"],
        signed_at=signed_at,
        **fields,
    )
    audit.record("document.signed", document, by=by, patient_id=encounter.patient_id)
    for paper in FILES.get(kind) or patient_papers(encounter):
        for tongue in languages_of(payload, paper, language):
            _queue(document, paper, tongue)
    return document


def languages_of(payload: Payload, paper: str, language: str) -> list[str]:
    """The language of the document, and English for the staff beside a Spanish paper where every sentence is there."""
    return [language, *(["en"] if language != "en" and not problems_for(payload, paper, "en") else [])]


def _queue(document: SignedDocument, name: str, language: str) -> DocumentFile:
    """The row is the job; it is dispatched after the commit."""
    file, is_new = DocumentFile.objects.get_or_create(
        document=document,
        name=name,
        language=language,
        template_version=template_version(),
        defaults={"organization": document.organization},
    )
    if is_new:
        transaction.on_commit(partial(_dispatch, str(file.pk)), robust=True)
    return file


def _dispatch(file_id: str) -> None:
    from reviews.tasks import render_file  # brings Celery, which only the first paper has to wait for

    render_file.delay(file_id)


@transaction.atomic
def add_file(document: SignedDocument, *, name: str, language: str, by: User) -> DocumentFile:
    """A further paper of a signed document, such as "medication_list" in large print or a copy in the other language.

    Asking twice gives the same file. Raises Incomplete when this document can't be printed so.
    """
    problems = problems_for(document.payload, name, language) if name in DOCUMENTS else ["There is no such paper."]
    if problems:
        raise Incomplete(f"This paper can't be made: {problems[0]}")
    file = _queue(document, name, language)
    audit.record("document.file_asked", file, by=by, patient_id=document.encounter.patient_id)
    return file


@transaction.atomic
def retry_file(file: DocumentFile, *, by: User) -> DocumentFile:
    """Give a parked paper five more tries; a paper that is made, or still being tried, stays as it is."""
    parked = DocumentFile.objects.filter(pk=file.pk, pdf=None, attempts__gte=MOST_ATTEMPTS)
    if parked.update(attempts=0, leased_until=None):
        transaction.on_commit(partial(_dispatch, str(file.pk)), robust=True)
        audit.record("document.file_retried", file, by=by, patient_id=file.document.encounter.patient_id)
    return DocumentFile.objects.defer("pdf").get(pk=file.pk)


def _mark_recommended(encounter: Encounter, by: User) -> None:
    asked = Recommendation.objects.standing().filter(encounter=encounter).values("problem_id")
    for problem in Problem.objects.standing().filter(encounter=encounter, status=Problem.Status.IDENTIFIED):
        has_step = problem.action_items.standing().exists() or problem.pk in {row["problem_id"] for row in asked}
        problem.status = Problem.Status.RECOMMENDED if has_step else Problem.Status.MONITORING
        problem.version += 1
        store(problem, by)


@transaction.atomic
def add_addendum(encounter: Encounter, *, text: str, by: User) -> SignedDocument:
    """Add words to a signed review, as a signed document of its own with a printable file; nothing signed changes."""
    encounter = lock_encounter(encounter.pk)
    require_pharmacist(by, encounter.organization)
    if not encounter.is_signed:
        raise EncounterClosed("This review is not signed. Change the review itself.")
    text = require_words(text, "Write what you want to add.")
    now, name = timezone.now(), new_id()
    note = SignedDocument.objects.filter(encounter=encounter, kind=Kind.NOTE).latest("number")
    payload = {key: value for key, value in note.payload.items() if key not in {"record", "correction"}}
    payload["meta"] = payload["meta"] | {"document_id": name, "version": 1, "prepared_on": timezone.localdate(now).isoformat()}
    payload["pharmacist"] = pharmacist(by)
    payload["signature"] = signature(by, Mark(name, signed_at=now, meaning="added"), encounter.organization.time_zone)
    payload["record"] = [section("Addendum", [text])]
    refuse_unprintable(payload, "addendum", "en")
    return _store_document(encounter, name, Kind.ADDENDUM, payload, "en", by=by, meaning="added", signed_at=now)


def refuse_unprintable(payload: Payload, paper: str, language: str) -> None:
    problems = problems_for(payload, paper, language)
    if problems:
        raise Incomplete("; ".join(problem.partition(": ")[2] or problem for problem in problems[:3]))


@transaction.atomic
def correct_document(document: SignedDocument, *, changes: dict[str, str], reason: str, by: User) -> SignedDocument:
    """A new version with the changed lines, signed by who corrects, that names the one it replaces; both stay as they are.

    `changes` maps pointers of `correctable_lines` to new texts; lines that stay the same are passed
    over. Raises Superseded when a newer version exists, Incomplete without a reason or a change.
    """
    encounter = lock_encounter(document.encounter_id)
    require_pharmacist(by, encounter.organization)
    document = SignedDocument.objects.select_for_update().get(pk=document.pk)
    newer = SignedDocument.objects.filter(replaces=document).first()
    if newer:
        raise Superseded(f"Version {newer.number} replaced this one. Correct the newest version.")
    reason = require_words(reason, "Say why the paper is corrected.")
    now, name = timezone.now(), new_id()
    payload = corrected(document.payload, real_changes(document, changes))
    payload["meta"] = payload["meta"] | {"document_id": name, "version": document.number + 1}
    payload["signature"] = signature(by, Mark(name, signed_at=now, meaning="corrected"), encounter.organization.time_zone)
    payload["correction"] = {
        "replaces_version": document.number,
        "replaces_hash": document.sha256,
        "reason": reason,
        "corrected_on": timezone.localdate(now).isoformat(),
    }
    for paper in FILES.get(document.kind) or patient_papers(encounter):
        refuse_unprintable(payload, paper, document.language)
    fields = {"number": document.number + 1, "replaces": document, "correction_reason": reason, "prescriber": document.prescriber}
    return _store_document(encounter, name, document.kind, payload, document.language, by=by, meaning="corrected", signed_at=now, **fields)


def real_changes(document: SignedDocument, changes: dict[str, str]) -> dict[str, str]:
    """The changes that differ; raises Incomplete for a line that can't be corrected, an emptied or a too long one."""
    lines = {line.pointer: line for line in correctable_lines(document)}
    found = {}
    for pointer, text in changes.items():
        if pointer not in lines:
            raise Incomplete("This line can't be corrected. Reload the page.")
        text = require_words(text, f"{lines[pointer].label}: a line can be changed but not emptied.")
        if len(text) > lines[pointer].max_length:
            raise Incomplete(f"{lines[pointer].label}: at most {lines[pointer].max_length} characters.")
        if text != lines[pointer].text:
            found[pointer] = text
    if not found:
        raise Incomplete("Nothing differs from the signed paper. Change at least one line.")
    return found
