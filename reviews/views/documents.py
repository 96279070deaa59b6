"""Papers on screen and on paper: drafts, signed files, how far they are."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.audit import reads_chart
from accounts.permissions import requires
from accounts.scoping import get_visible
from mtm.lib.errors import DomainError
from mtm.lib.htmx import render_noun
from reviews import services, signing, worklist
from reviews.documents import payload, render
from reviews.documents.schema import PaperProblem
from reviews.models import DocumentFile, Encounter, FollowUp, Recommendation, SignedDocument
from reviews.views.board import previews_of
from reviews.views.pages import encounter_of


class CannotDraw(DomainError):
    """A paper lacks what it must print; the message says what."""

    status = 422
    title = "This paper cannot be drawn yet"


LABELS = {
    "packet": "Medicare packet",
    "pmr": "Personal medication record",
    "map": "Medication action plan",
    "prescriber_letter": "Letter",
    "medication_list": "Medication list, large print",
    "to_do_list": "To-do list",
    "note": "Note",
    "addendum": "Addendum",
}
SENDABLE = frozenset({SignedDocument.Kind.PATIENT, SignedDocument.Kind.LETTER})


@requires("document.view")
@reads_chart("document.previewed")
@require_safe
def preview(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """A draft of one paper from the chart as it stands; nothing is stored."""
    encounter = encounter_of(request, pk)
    if name not in {paper for paper, _ in previews_of(encounter)} or not encounter.is_open:
        raise Http404
    try:
        content = render.render_pdf(payload.draft_payload(encounter, language=encounter.language), name, encounter.language)
    except PaperProblem as problem:
        raise CannotDraw(f"Put this right first: {problem}") from problem
    return pdf_answer(content, f"MTM-draft-{encounter.pk}.pdf", is_download=False)


@requires("document.view")
@reads_chart("document.viewed")
@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bytes of a signed paper, the same for ever."""
    row = get_visible(DocumentFile.objects.select_related("document__encounter"), request.organization, pk)
    if not row.is_ready:
        raise Http404
    request.audited = row.document
    is_download = "download" in request.GET
    if is_download:
        audit.record("document.downloaded", row.document, by=request.user)
    return pdf_answer(bytes(row.pdf), row.file_name, is_download=is_download)


@requires("document.send")
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a paper that could not be made five more tries."""
    row = get_visible(DocumentFile.objects.select_related("document__encounter").defer("pdf"), request.organization, pk)
    signing.retry_file(row, by=request.user)
    return redirect("encounter-documents", row.document.encounter_id)


def pdf_answer(content: bytes, name: str, *, is_download: bool) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if is_download else "inline"}; filename="{name}"'
    return response


@requires("document.view")
@reads_chart("encounter.viewed")
@require_safe
def documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was signed, which files are ready, what was sent and answered."""
    encounter = encounter_of(request, pk)
    if not encounter.is_signed:
        raise Http404
    return render_noun(request, "reviews/documents", papers_context(encounter))


def papers_context(encounter: Encounter) -> dict[str, Any]:
    rows = documents_of(encounter)
    organization = encounter.organization
    requests = Recommendation.objects.visible_to(organization).filter(encounter=encounter, is_withdrawn=False)
    requests = list(requests.select_related("prescriber", "problem__finding").prefetch_related("responses"))
    for row in requests:
        row.agreed = services.agreed_sentence(row)
    return {
        "encounter": encounter,
        "patient": encounter.patient,
        "documents": rows,
        "all_ready": all(one.is_ready or one.is_parked for row in rows for one in row.shown_files),
        "requests": requests,
        "waiting": sum(row.response is None for row in requests),
        "follow_ups": list(FollowUp.objects.visible_to(organization).filter(encounter=encounter)),
        "clock": worklist.paper_clock(encounter, timezone.localdate()),
    }


def documents_of(encounter: Encounter) -> list[SignedDocument]:
    """Signed documents with their files (without the bytes), newest version last."""
    files = DocumentFile.objects.visible_to(encounter.organization).defer("pdf")
    rows = SignedDocument.objects.visible_to(encounter.organization).filter(encounter=encounter).select_related("prescriber", "replaces")
    rows = list(rows.prefetch_related(Prefetch("files", queryset=files, to_attr="shown_files"), "deliveries"))
    replaced = {row.replaces_id for row in rows}
    for row in rows:
        row.was_replaced = row.pk in replaced
        row.is_sendable = row.kind in SENDABLE and not row.was_replaced
        row.is_correctable = row.is_sendable and bool(signing.correctable_lines(row))
        for one in row.shown_files:
            one.label = f"{LABELS.get(one.name, one.name)}{' (Spanish)' if one.language == 'es' else ''}"
    return rows
