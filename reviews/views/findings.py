"""The pharmacist's verdict on each finding."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.once import EditConflict
from accounts.permissions import requires
from accounts.scoping import get_visible
from reviews import services
from reviews.forms import DismissForm
from reviews.models import Finding
from reviews.views.board import answer_with_board, board_of
from reviews.views.pages import encounter_of


def judge(request: HttpRequest, pk: UUID, act: Callable[[Finding, int | None], object]) -> HttpResponse:
    """Fetch, act, answer with the board; what someone else judged meanwhile is shown instead."""
    finding = get_visible(Finding, request.organization, pk)
    version = request.POST.get("version", "")
    try:
        act(finding, int(version) if version.isdigit() and len(version) < 10 else None)
    except EditConflict:
        return answer_with_board(request, encounter_of(request, finding.encounter_id), anchor=f"finding-{pk}")
    return answer_with_board(request, encounter_of(request, finding.encounter_id), anchor=f"finding-{pk}")


@requires("finding.judge")
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    return judge(request, pk, lambda finding, version: services.accept_finding(finding, by=request.user, version=version))


@requires("finding.judge")
@require_POST
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = DismissForm(request.POST)
    if form.is_valid():
        return judge(
            request, pk, lambda finding, version: services.dismiss_finding(finding, by=request.user, version=version, **form.cleaned_data)
        )
    finding = get_visible(Finding, request.organization, pk)
    encounter = encounter_of(request, finding.encounter_id)
    board = board_of(encounter)
    for shown in board.findings:
        if shown.pk == finding.pk:
            shown.reason_error = " ".join(message for messages in form.errors.values() for message in messages)
            shown.typed_reason = request.POST.get("reason", "")[:300]
    return answer_with_board(request, encounter, board=board, status=422)


@requires("finding.judge")
@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    return judge(request, pk, lambda finding, version: services.reopen_finding(finding, by=request.user, version=version))


@requires("finding.judge")
@require_POST
def star(request: HttpRequest, pk: UUID) -> HttpResponse:
    return judge(request, pk, lambda finding, version: services.star_finding(finding, is_starred=not finding.is_starred, by=request.user))
