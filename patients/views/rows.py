"""Rows of a chart, whatever their kind: add, change, entered in error, put back, history, and "there are none"."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.audit import reads_chart
from accounts.once import EditConflict
from accounts.permissions import requires
from accounts.scoping import get_visible
from patients.chart import panel_of
from patients.forms.base import ChartForm
from patients.forms.rows import AnswerForm, InErrorForm, VersionForm
from patients.history import changes_of, newest_editor
from patients.kinds import KINDS
from patients.models import ChartRow, Patient
from patients.services import rows
from patients.views.forms import chart_of, save_changed, save_new


@requires("chart.view")
@reads_chart()
def panel(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    """One panel, closed: where Cancel leads."""
    return show_panel(request, chart_of(request, pk), noun)


@requires("chart.edit")
@reads_chart()
def add(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    patient, kind = chart_of(request, pk), KINDS[noun]
    form = kind.form(request.POST or None, organization=request.organization, key=f"{noun}-new")
    if save_new(request, form, lambda: rows.add_row(kind.model, patient, by=request.user, **form.values)):
        return done(request, patient, noun)
    return show_form(request, patient, noun, form)


@requires("chart.edit")
@reads_chart()
def edit(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    row, patient = row_of(request, noun, pk)
    form = KINDS[noun].form(request.POST or None, organization=request.organization, row=row, key=f"{noun}-{row.pk}")
    saved, conflict = save_changed(form, lambda version: rows.change_row(row, by=request.user, version=version, **form.values))
    if saved:
        return done(request, patient, noun)
    return show_form(request, patient, noun, form, row=row, conflict=conflict)


@requires("chart.edit")
@require_POST
def mark_in_error(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    row, patient = row_of(request, noun, pk)
    reason = InErrorForm(request.POST)
    if reason.is_valid():
        try:
            rows.mark_in_error(row, by=request.user, **reason.cleaned_data)
            return done(request, patient, noun)
        except EditConflict as conflict:
            row = conflict.current
            reason.add_error(
                "reason", f"{newest_editor(row)[0]} changed this line meanwhile. Look at it above; if it is still wrong, send this again."
            )
    form = KINDS[noun].form(organization=request.organization, row=row, key=f"{noun}-{row.pk}")
    return show_form(request, patient, noun, form, row=row, reason=reason)


@requires("chart.edit")
@require_POST
def put_back(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    row, patient = row_of(request, noun, pk)
    form = VersionForm(request.POST)
    if form.is_valid():
        rows.put_back(row, by=request.user, **form.cleaned_data)
        return done(request, patient, noun)
    return show_panel(request, patient, noun, status=422)


@requires("chart.edit")
@require_POST
def answer(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    """ "No known allergies", or back to "nobody asked"."""
    patient, form = chart_of(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        patient = rows.answer_list(patient, KINDS[noun].model, by=request.user, **form.cleaned_data)
        return done(request, patient, noun)
    return show_panel(request, patient, noun, status=422)


@requires("chart.view")
@reads_chart()
def history(request: HttpRequest, pk: Any, noun: str) -> HttpResponse:
    row, patient = row_of(request, noun, pk)
    context = {"patient": patient, "title": f"Changes: {row}", "changes": changes_of(row)}
    return render(request, "patients/history.html", context)


def row_of(request: HttpRequest, noun: str, pk: Any) -> tuple[ChartRow, Patient]:
    """A row, and the chart that shows it: the surviving one where charts were merged."""
    row = get_visible(KINDS[noun].model.objects.select_related("patient__merged_into"), request.organization, pk)
    patient = row.patient.merged_into or row.patient
    request.audited = patient
    return row, patient


def done(request: HttpRequest, patient: Patient, noun: str) -> HttpResponse:
    """After a write: the closed panel with a fresh banner, or back to the chart."""
    if not request.htmx:
        return redirect(f"{chart_url(patient)}#{noun}-panel")
    patient = Patient.objects.visible_to(request.organization).get(pk=patient.pk)
    return show_panel(request, patient, noun, is_saved=True)


def chart_url(patient: Patient) -> str:
    return reverse("patient", args=[patient.pk])


def show_panel(request: HttpRequest, patient: Patient, noun: str, *, is_saved: bool = False, status: int = 200) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{chart_url(patient)}#{noun}-panel")
    context = {"patient": patient, "panel": panel_of(patient, noun), "is_saved": is_saved}
    return render(request, "patients/partials/panel.html", context, status=status)


def show_form(
    request: HttpRequest,
    patient: Patient,
    noun: str,
    form: ChartForm,
    *,
    row: ChartRow | None = None,
    conflict: dict[str, Any] | None = None,
    reason: InErrorForm | None = None,
) -> HttpResponse:
    """The panel with its form open: inside the chart for htmx, else as a page of its own."""
    context = {
        "patient": patient,
        "panel": panel_of(patient, noun),
        "kind": KINDS[noun],
        "form": form,
        "row": row,
        "conflict": conflict,
        "reason": reason,
    }
    status = 409 if conflict else 422 if form.is_bound or reason else 200
    return render(request, "patients/partials/panel.html" if request.htmx else "patients/row.html", context, status=status)
