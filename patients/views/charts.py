"""Find a patient, register one, look at a chart, change who the patient is."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.audit import reads_chart
from accounts.permissions import requires
from mtm.lib.canonical import sha256_of
from mtm.lib.htmx import render_noun
from patients.chart import summary_of
from patients.forms.patient import FindForm, PatientForm
from patients.history import changes_of
from patients.models import Patient
from patients.panels import panels_of
from patients.services import charts
from patients.services.writing import was_sent
from patients.views.forms import chart_of, form_page, save_changed, save_new

PAGE, MOST = 50, 1000
SIMILAR = ("family_name", "given_names", "birth_date", "phone")


@requires("chart.view")
def patients(request: HttpRequest) -> HttpResponse:
    """The list; searching goes by POST, so that no name stands in an address."""
    form = FindForm(request.POST or None)
    sought, number = (form.cleaned_data["q"], form.cleaned_data["page"] or 1) if form.is_bound and form.is_valid() else ("", 1)
    page = page_of_found(request, sought, number) if not form.errors else Paginator([], PAGE).get_page(1)
    context = {"form": form, "page": page, "sought": sought, "is_cut": page.paginator.count == MOST}
    return render_noun(request, "patients/results", context, page="list")


def page_of_found(request: HttpRequest, sought: str, number: int) -> Page:
    """One page of at most a thousand charts: one walk over the names, then only the rows that are shown."""
    keys = list(charts.find_patients(request.organization, sought).values_list("pk", flat=True)[:MOST])
    page = Paginator(keys, PAGE).get_page(number)
    rows = Patient.objects.visible_to(request.organization).in_bulk(page.object_list)
    page.object_list = [rows[key] for key in page.object_list if key in rows]
    return page


@requires("chart.edit")
def add(request: HttpRequest) -> HttpResponse:
    form = PatientForm(request.POST or None, organization=request.organization)
    duplicates = _duplicates(request, form) if form.is_valid() else []
    key = sha256_of([str(one.patient.pk) for one in duplicates])[:16]
    if not duplicates or request.POST.get("someone_else") == key:
        patient = save_new(request, form, lambda: charts.add_patient(request.organization, by=request.user, **form.values))
        if patient:
            return redirect("patient", patient.pk)
    return form_page(request, "patients/new.html", form, duplicates=duplicates, duplicates_key=key)


@requires("chart.view")
@reads_chart()
def chart(request: HttpRequest, pk: Any) -> HttpResponse:
    patient = chart_of(request, pk)
    if patient.merged_into_id:
        return render(request, "patients/merged.html", {"patient": patient, "changes": changes_of(patient)})
    context = {"patient": patient, "summary": summary_of(patient), "panels": panels_of(request, patient)}
    return render(request, "patients/chart.html", context)


@requires("chart.edit")
@reads_chart()
def edit(request: HttpRequest, pk: Any) -> HttpResponse:
    patient = chart_of(request, pk)
    form = PatientForm(request.POST or None, organization=request.organization, row=patient)
    saved, conflict = save_changed(form, lambda version: charts.change_patient(patient, by=request.user, version=version, **form.values))
    if saved:
        messages.success(request, "Saved.")
        return redirect("patient", patient.pk)
    return form_page(request, "patients/edit.html", form, patient=patient, conflict=conflict)


@requires("chart.view")
@reads_chart()
def history(request: HttpRequest, pk: Any) -> HttpResponse:
    patient = chart_of(request, pk)
    return render(
        request, "patients/history.html", {"patient": patient, "title": "Changes to who the patient is", "changes": changes_of(patient)}
    )


def _duplicates(request: HttpRequest, form: PatientForm) -> list[charts.Duplicate]:
    """Charts that may be the same person's; a form that is sent again is not its own duplicate."""
    found = charts.likely_duplicates(request.organization, **{name: form.cleaned_data[name] for name in SIMILAR})
    return found if found and not was_sent(form.cleaned_data["request_key"], by=request.user) else []
