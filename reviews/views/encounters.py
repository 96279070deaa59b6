"""Open a review, work in it, say how it was held."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.audit import reads_chart
from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from patients.models import Patient
from reviews import services
from reviews.forms import AbandonForm, EncounterForm, StartForm
from reviews.models import Encounter
from reviews.views.board import DISMISS_CODES, answer_with_board, board_of
from reviews.views.pages import encounter_of, form_page, saved_or_conflict


@requires("encounter.open")
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    patient = get_visible(Patient, request.organization, pk)
    form = StartForm(request.POST or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        try:
            encounter = once(request, data.pop("request_key"), lambda: services.start_encounter(patient, by=request.user, **data))
        except services.AlreadyOpen as already:
            messages.warning(request, str(already))
            return redirect(already.encounter)
        services.refresh(encounter, by=request.user)
        return redirect(encounter)
    context = {"patient": patient, "form": form, "title": "New review", "button": "Open the review", "back": reverse("patient", args=[pk])}
    return render(request, "reviews/form.html", context, status=422 if form.is_bound else 200)


@requires("encounter.view")
@reads_chart("encounter.viewed")
def workspace(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    context = {"encounter": encounter, "patient": encounter.patient, "board": board_of(encounter), "dismiss_codes": DISMISS_CODES}
    return render(request, "reviews/encounter.html", context)


@requires("encounter.prepare")
@require_POST
def screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a new look at the chart and let the rules read it."""
    encounter = encounter_of(request, pk)
    services.refresh(encounter, by=request.user)
    return answer_with_board(request, encounter, anchor="findings")


@requires("encounter.prepare")
@require_POST
def prepared(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    services.mark_prepared(encounter, by=request.user)
    return redirect(encounter)


@requires("encounter.prepare")
@reads_chart("encounter.viewed")
def details(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    may_all = "plan.edit" in request.membership.capabilities
    form = EncounterForm(request.POST or None, initial=initial_of(encounter), may_all=may_all)
    conflict = None
    if form.is_valid():
        conflict = saved_or_conflict(form, lambda: services.change_encounter(encounter, by=request.user, **form.details))
        if not conflict:
            return redirect(encounter)
    return form_page(request, encounter, form, title="How it was held", back=encounter.get_absolute_url(), conflict=conflict)


def initial_of(encounter: Encounter) -> dict:
    return {name: getattr(encounter, name) for name in EncounterForm.base_fields}


@requires("encounter.abandon")
def abandon(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    form = AbandonForm(request.POST or None)
    if form.is_valid():
        services.abandon_encounter(encounter, by=request.user, **form.cleaned_data)
        return redirect("patient", encounter.patient_id)
    return form_page(
        request, encounter, form, title="This review will not be done", button="Close the review", back=encounter.get_absolute_url()
    )
