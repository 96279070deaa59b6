"""After the signature: answers, deliveries, the next talk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from reviews import services
from reviews.forms import DeliveryForm, FollowUpForm, ResponseForm
from reviews.models import FollowUp, Recommendation, SignedDocument
from reviews.views.pages import encounter_of, form_page


def home_of(encounter: Any) -> str:
    """Where one goes on: the papers of a signed review, the workspace of an open one."""
    return reverse("encounter-documents" if encounter.is_signed else "encounter", args=[encounter.pk])


@requires("response.record")
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_visible(Recommendation.objects.select_related("prescriber", "problem"), request.organization, pk)
    encounter = encounter_of(request, row.encounter_id)
    form = ResponseForm(request.POST or None, initial={"answered_on": timezone.localdate()})
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.record_response(row, by=request.user, **data))
        return redirect(home_of(encounter))
    return form_page(
        request,
        encounter,
        form,
        title=f"Answer of {row.prescriber.name}",
        lede=row.request,
        button="Record the answer",
        back=home_of(encounter),
    )


@requires("document.send")
def deliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_visible(SignedDocument.objects.select_related("prescriber"), request.organization, pk)
    encounter = encounter_of(request, document.encounter_id)
    recipient = document.prescriber.name if document.prescriber else encounter.patient.full_name
    form = DeliveryForm(request.POST or None, initial={"sent_on": timezone.localdate(), "recipient": recipient})
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.record_delivery(document, by=request.user, **data))
        return redirect(home_of(encounter))
    return form_page(
        request, encounter, form, title="How it was given or sent", lede=str(document), button="Record", back=home_of(encounter)
    )


@requires("follow_up.set")
def follow_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    form = FollowUpForm(request.POST or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.set_follow_up(encounter, by=request.user, **data))
        return redirect(home_of(encounter))
    return form_page(request, encounter, form, title="Follow-up", button="Set the date", back=home_of(encounter))


@requires("follow_up.set")
@require_POST
def follow_up_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_visible(FollowUp, request.organization, pk)
    services.complete_follow_up(row, by=request.user)
    return redirect("today")
