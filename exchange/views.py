"""Pages of the post room: upload, compare, confirm or discard."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import reads_chart
from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from exchange import services
from exchange.compare import Comparison
from exchange.forms import ConfirmForm, DiscardForm, UploadForm
from exchange.models import StagedImport
from patients.models import Patient

PAGE_AND_FORM = ["GET", "HEAD", "POST"]
NEW_CHART = "new"
SHOWN_WAITING = 50


@require_http_methods(PAGE_AND_FORM)
@requires("chart.import")
def upload(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Choose a file, for a new chart or for the one that is open."""
    patient = get_visible(Patient.objects.open_charts(), request.organization, pk) if pk else None
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        first = once(request, form.cleaned_data["request_key"], lambda: _stage(request, form, patient))
        if first.parts > 1:
            messages.info(request, f"The file holds {first.parts} people. Confirm each of them below.")
            return redirect("import")
        return redirect("staged-import", first.pk)
    waiting = (
        StagedImport.objects.visible_to(request.organization)
        .filter(status=StagedImport.Status.STAGED)
        .select_related("staged_by", "patient")
    )
    context = {"form": form, "patient": patient, "waiting": waiting[:SHOWN_WAITING]}
    return render(request, "exchange/upload.html", context, status=422 if form.is_bound else 200)


def _stage(request: HttpRequest, form: UploadForm, patient: Patient | None) -> StagedImport:
    name = form.cleaned_data["file"].name
    return services.stage_import(request.organization, form.imported, data=form.raw, file_name=name, by=request.user, patient=patient)[0]


@require_http_methods(PAGE_AND_FORM)
@requires("chart.import")
@reads_chart("import.viewed")
def staged_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file says beside the chart it would go into, and the yes."""
    staged = get_visible(StagedImport.objects.select_related("staged_by", "decided_by", "patient"), request.organization, pk)
    request.audited = staged
    # A confirmation sent twice goes on to `once`, which answers as it did the first time.
    if not staged.is_waiting and not (request.method == "POST" and staged.content):
        return render(request, "exchange/decided.html", {"staged": staged})
    duplicates = [] if staged.patient else services.duplicates_of(staged)
    onto = _onto(request, staged, bool(duplicates))
    patient = _target(request, staged, onto)
    comparison = services.compare_with(staged, patient)
    form = ConfirmForm(request.POST if request.method == "POST" else None, comparison=comparison, onto=onto, version=staged.version)
    if form.is_valid() and onto:
        try:
            return _accepted(request, staged, form, patient)
        except (services.ChartChanged, services.WrongChart) as problem:
            _show_again(form, comparison, problem)
    return render(
        request, "exchange/staged.html", _context(staged, form, patient, comparison, duplicates, onto), status=422 if form.is_bound else 200
    )


def _onto(request: HttpRequest, staged: StagedImport, has_duplicates: bool) -> str:
    """The chosen chart: the one it was uploaded onto, the one asked for, a new one when nobody is like it, else "" (to choose)."""
    if staged.patient_id:
        return str(staged.patient_id)
    return request.POST.get("onto") or request.GET.get("onto") or ("" if has_duplicates or not staged.chart.name else NEW_CHART)


def _target(request: HttpRequest, staged: StagedImport, onto: str) -> Patient | None:
    if onto in ("", NEW_CHART):
        return None
    try:
        wanted = UUID(onto)
    except ValueError:
        raise Http404 from None
    return get_visible(Patient.objects.open_charts(), request.organization, wanted)


def _accepted(request: HttpRequest, staged: StagedImport, form: ConfirmForm, patient: Patient | None) -> HttpResponse:
    data = form.cleaned_data
    target = once(
        request,
        data["request_key"],
        lambda: services.accept_import(
            staged,
            by=request.user,
            version=data["version"],
            ticked=data["take"],
            patient=patient,
            digest=data["digest"],
            is_same_person=data["is_same_person"],
        ),
    )
    count = len(data["take"])
    messages.success(request, f"{count} line{'' if count == 1 else 's'} of the file {'is' if count == 1 else 'are'} now in this chart.")
    return redirect("patient", target.pk)


def _show_again(form: ConfirmForm, comparison: Comparison, problem: Exception) -> None:
    """The same ticks over the comparison as it is now, to be sent once more."""
    form.add_error(None, str(problem))
    form.data = form.data.copy()
    form.data["digest"] = comparison.digest


def _context(
    staged: StagedImport, form: ConfirmForm, patient: Patient | None, comparison: Comparison, duplicates: list[Any], onto: str
) -> dict[str, Any]:
    return {
        "staged": staged,
        "file": staged.file,
        "chart": staged.chart,
        "form": form,
        "patient": patient,
        "comparison": comparison,
        "duplicates": duplicates,
        "onto": onto,
        "ticked": form.ticked,
        "discard": DiscardForm(initial={"version": staged.version}, auto_id="discard-%s"),
    }


@requires("chart.import")
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    staged = get_visible(StagedImport, request.organization, pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return render(request, "exchange/decided.html", {"staged": staged, "form": form}, status=422)
    data = form.cleaned_data
    once(request, data["request_key"], lambda: services.discard_import(staged, by=request.user, version=data["version"]))
    messages.success(request, "The import was discarded; nothing of it is in any chart.")
    return redirect("import")
