"""Two charts of one person become one, and can become two again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.audit import reads_chart
from accounts.permissions import requires
from accounts.scoping import get_visible
from patients.comparison import compared
from patients.forms.patient import FindForm, MergeForm
from patients.forms.rows import VersionForm
from patients.models import Patient
from patients.services import charts, merge
from patients.views.forms import chart_of

SHOWN = 20


@requires("chart.merge")
@reads_chart()
def choose(request: HttpRequest, pk: Any) -> HttpResponse:
    """Which other chart is the same person's? Likely ones first; searching goes by POST."""
    patient = chart_of(request, pk)
    form = FindForm(request.POST or None)
    likely = charts.likely_duplicates(
        request.organization, family_name=patient.family_name, given_names=patient.given_names,
        birth_date=patient.birth_date, phone=patient.phone, exclude=patient.pk,
    )  # fmt: skip
    sought = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = charts.find_patients(request.organization, sought).exclude(pk=patient.pk)[:SHOWN] if sought else []
    context = {"patient": patient, "form": form, "likely": likely, "found": found, "sought": sought}
    return render(request, "patients/merge.html", context, status=422 if form.errors else 200)


@requires("chart.merge")
@reads_chart()
def preview(request: HttpRequest, pk: Any, other: Any) -> HttpResponse:
    """Both charts side by side: `pk` stays, `other` is merged into it. POST does it."""
    into, duplicate = chart_of(request, pk), get_visible(Patient, request.organization, other)
    form = MergeForm(request.POST or None, initial={"version": duplicate.version, "into_version": into.version})
    if form.is_valid():
        merge.merge_charts(duplicate, into=into, by=request.user, **form.cleaned_data)
        messages.success(request, f"The chart of {duplicate} was merged into this one. Nothing was moved, so it can be undone here.")
        return redirect("patient", into.pk)
    reasons = merge.reasons_against(duplicate, into)
    context = {"patient": into, "duplicate": duplicate, "form": form, "reasons": reasons, "lines": compared(into, duplicate)}
    return render(request, "patients/merge_preview.html", context, status=422 if form.is_bound else 200)


@requires("chart.merge")
@require_POST
def undo(request: HttpRequest, pk: Any) -> HttpResponse:
    """`pk` is the chart that was merged away; it opens again."""
    duplicate, form = chart_of(request, pk), VersionForm(request.POST)
    if form.is_valid():
        merge.undo_merge(duplicate, by=request.user, **form.cleaned_data)
        messages.success(request, "The charts are two again.")
    return redirect("patient", duplicate.pk)
