"""The technician's page: one table of medicines, with a check at every step."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import reads_chart
from accounts.once import EditConflict, once
from accounts.permissions import requires
from accounts.scoping import get_visible
from patients.conflict import show_conflict
from patients.forms.medications import DraftForm, EditLineForm, NewLineForm, directory_names
from patients.medication_table import MedicationTable
from patients.models import Medication, Patient
from patients.services import medications as services
from patients.services import recognition

WITH_CHART = ("organization", "patient__merged_into", "prescriber")


def find_line(request: HttpRequest, pk: UUID) -> Medication:
    """The line with its chart, or 404."""
    return get_visible(Medication.objects.select_related(*WITH_CHART), request.organization, pk)


def chart_of(line: Medication) -> Patient:
    """The chart that shows this line: its own, or the one that it was merged into."""
    return line.patient.merged_into or line.patient


def table_of(line: Medication, draft: Medication | None = None) -> MedicationTable:
    return MedicationTable(chart_of(line), timezone.localdate(), draft)


@requires("chart.view")
@require_safe
@reads_chart()
def medications(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole page; a chart that was merged away leads to the one that survived."""
    patient = get_visible(Patient.objects.select_related("organization", "primary_care"), request.organization, pk)
    if patient.merged_into_id:
        return redirect("medications", patient.merged_into_id)
    request.audited = patient
    form = NewLineForm(organization=request.organization, initial={"source": request.session.get("told_by")})
    return render(request, "patients/medications.html", page_of(request, MedicationTable(patient, timezone.localdate()), form))


def page_of(request: HttpRequest, table: MedicationTable, form: NewLineForm) -> dict[str, Any]:
    """The context of the page and of its partials."""
    return {
        "table": table,
        "patient": table.patient,
        "form": form,
        "number": table.next_number,
        "prescribers": directory_names(request.organization),
    }


@requires("chart.edit")
@require_POST
def add_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save the entry row. The answer to htmx is the new line, every line's flags, and the key of the next line's form."""
    patient = get_visible(Patient.objects.select_related("organization"), request.organization, pk)
    form = NewLineForm(request.POST, organization=request.organization)
    if not form.is_valid():
        return refuse_entry(request, patient, form)
    data = form.values
    key = form.cleaned_data["request_key"]
    line = once(request, key, lambda: services.add_medication(patient, by=request.user, **data))
    remember_source(request, data.get("source"))
    if not request.htmx:
        return redirect("medication-name", line.pk) if line.recognition == Medication.Recognition.AMBIGUOUS else redirect("medications", pk)
    return render_line(request, line, patient, request_key=uuid4())


def refuse_entry(request: HttpRequest, patient: Patient, form: NewLineForm) -> HttpResponse:
    """The entry row again, with what was typed and what to do about it."""
    if request.htmx:
        number = MedicationTable(patient, timezone.localdate()).next_number
        return render(
            request, "patients/partials/medication_refused.html", {"form": form, "patient": patient, "number": number}, status=422
        )
    return render(request, "patients/medications.html", page_of(request, MedicationTable(patient, timezone.localdate()), form), status=422)


def remember_source(request: HttpRequest, source: str | None) -> None:
    """Who tells stays chosen for the next line, and on the next page."""
    if source and request.session.get("told_by") != source:
        request.session["told_by"] = source


@requires("chart.edit")
@require_POST
def check_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a line that is being typed would bring: flags, plain directions, what was not checked. Writes nothing.

    The header X-Draft repeats the number the page gave this look, so that an older answer can be thrown away.
    """
    patient = get_visible(Patient.objects.select_related("organization"), request.organization, pk)
    form = DraftForm(request.POST, organization=request.organization)
    typed = form.cleaned_data if form.is_valid() else {"ref": None, "text": ""}
    table = MedicationTable(patient, timezone.localdate(), draft_of(patient, typed))
    key, flags = (f"line-{typed['ref']}", f"flags-{typed['ref']}") if typed["ref"] else ("new", "new-flags")
    doubts = recognition.doubts_of(table.draft) if table.draft else ()
    context = {"table": table, "patient": patient, "draft": table.draft, "doubts": doubts, "key": key, "flags": flags, "form": form}
    response = render(request, "patients/partials/medication_check.html", context)
    response["X-Draft"] = request.headers.get("X-Draft", "")[:20].encode("ascii", "ignore").decode()
    return response


def draft_of(patient: Patient, typed: dict[str, Any]) -> Medication | None:
    """A line as it would be saved; None before there is a name."""
    if not typed["text"]:
        return None
    own = {"text": typed["text"], "directions": typed["directions"], "organization": patient.organization, "patient": patient}
    known = recognition.recognize(typed["text"], typed["rxcui"])
    plain = recognition.plain_directions(typed["directions"], typed["text"], known["rxcui"])
    kind = recognition.kind_of(typed["text"], known["ingredients"])
    return Medication(**own, **known, **plain, kind=kind, **({"id": typed["ref"]} if typed["ref"] else {}))


@requires("chart.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_chart("medication.viewed")
def edit_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One line with all it can hold, in its place in the table or on a page of its own."""
    line = find_line(request, pk)
    request.audited = line
    form = EditLineForm(request.POST or None, line=line, organization=request.organization)
    context: dict[str, Any] = {"form": form, "line": line, "patient": chart_of(line)}
    if form.is_valid():
        try:
            line = services.change_medication(line, by=request.user, **form.values, version=form.cleaned_data["version"])
            return after_edit(request, line)
        except EditConflict:
            current = find_line(request, pk)
            context |= {"conflict": show_conflict(form, current)}
            if not context["conflict"]["differences"]:
                return after_edit(request, current)
    status = 409 if "conflict" in context else 422 if form.is_bound else 200
    if request.htmx:
        table = table_of(line)
        shown = table.line_of(line)
        return render(
            request,
            "patients/partials/medication_edit_answer.html",
            context | {"table": table, "number": shown.number if shown else ""},
            status=status,
        )
    return render(request, "patients/medication_edit.html", context | {"prescribers": directory_names(request.organization)}, status=status)


def after_edit(request: HttpRequest, line: Medication) -> HttpResponse:
    """The line as it is now, with everybody's flags; or back to the table."""
    if not request.htmx:
        return redirect("medications", chart_of(line).pk)
    return render_line(request, line)


def render_line(request: HttpRequest, line: Medication, patient: Patient | None = None, **new: Any) -> HttpResponse:
    """A saved line with every line's flags; for a new one also the key of the next form."""
    table = MedicationTable(patient or chart_of(line), timezone.localdate())
    context = {"table": table, "patient": table.patient, "line": table.line_of(line), "is_new": bool(new), "now": timezone.localtime()}
    return render(request, "patients/partials/medication_saved.html", context | new)


@requires("chart.view")
@require_safe
@reads_chart("medication.viewed")
def show_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One line as it rests: where leaving an edit without saving leads."""
    line = find_line(request, pk)
    request.audited = line
    if not request.htmx:
        return redirect("medications", chart_of(line).pk)
    table = table_of(line)
    return render(request, "patients/partials/medication_shown.html", {"line": table.line_of(line), "patient": table.patient})
