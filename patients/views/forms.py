"""What the views of this room share: saving once or in the right version, and saying what went wrong."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.once import EditConflict, once
from accounts.scoping import get_visible
from patients.conflict import show_conflict
from patients.forms.base import ChartForm
from patients.models import Patient


def chart_of(request: HttpRequest, pk: Any) -> Patient:
    """A chart of this organization, marked as looked at; 404 for strangers."""
    patient = get_visible(Patient.objects.select_related("primary_care", "pharmacy", "merged_into"), request.organization, pk)
    request.audited = patient
    return patient


def save_new(request: HttpRequest, form: ChartForm, create: Callable[[], Model]) -> Model | None:
    """Make the row once, however often the form is sent; None when the form is not right."""
    return once(request, form.cleaned_data["request_key"], create) if form.is_valid() else None


def save_changed(form: ChartForm, change: Callable[[int], Model]) -> tuple[Model | None, dict[str, Any] | None]:
    """The changed row; or, when someone else was faster, None and what differs. `change` takes the version."""
    if not form.is_valid():
        return None, None
    try:
        return change(form.cleaned_data["version"]), None
    except EditConflict as conflict:
        return None, show_conflict(form, conflict.current)


def form_page(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page with a form: 200 when it is fresh, 422 with what is wrong, 409 when someone else was faster."""
    status = 409 if context.get("conflict") else 422 if form.is_bound else 200
    return render(request, template, {"form": form} | context, status=status)
