"""The plan: problems, requests to prescribers, the patient's steps. Texts come proposed; every one can be changed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from reviews import services
from reviews.forms import EditActionForm, EditProblemForm, EditRecommendationForm, NewActionForm, NewProblemForm, NewRecommendationForm
from reviews.models import ActionItem, Encounter, Problem, Recommendation
from reviews.views.pages import back_to, encounter_of, form_page, saved_or_conflict

PENDING_NOTE = (
    "The words below hold until the prescriber has answered; they tell the patient to keep on as before. "
    "The agreed words follow with the answer."
)


def adding(
    request: HttpRequest, encounter: Encounter, form: forms.Form, create: Callable[..., Any], title: str, anchor: str, **context: Any
) -> HttpResponse:
    """A form that makes one row, once, however often it is sent."""
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: create(by=request.user, **data))
        return back_to(encounter, anchor)
    return form_page(request, encounter, form, title=title, back=f"{encounter.get_absolute_url()}#plan", **context)


def editing(request: HttpRequest, row: Any, form: forms.Form, change: Callable[..., Any], title: str, withdraw: str) -> HttpResponse:
    """A form that changes one row, or shows what someone else changed meanwhile."""
    encounter = encounter_of(request, row.encounter_id)
    conflict = None
    if form.is_valid():
        conflict = saved_or_conflict(form, lambda: change(row, by=request.user, **form.cleaned_data))
        if not conflict:
            return back_to(encounter, "plan")
    return form_page(
        request, encounter, form, title=title, back=f"{encounter.get_absolute_url()}#plan", conflict=conflict, withdraw=withdraw
    )


def withdrawing(request: HttpRequest, model: Any, pk: UUID, withdraw: Callable[..., Any]) -> HttpResponse:
    row = get_visible(model, request.organization, pk)
    withdraw(row, by=request.user)
    return back_to(encounter_of(request, row.encounter_id), "plan")


def initial_of(row: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields}


@requires("plan.edit")
def add_problem(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    form = NewProblemForm(request.POST or None)
    return adding(request, encounter, form, lambda **data: services.add_problem(encounter, **data), "A problem of your own", "plan")


@requires("plan.edit")
def edit_problem(request: HttpRequest, pk: UUID) -> HttpResponse:
    problem = get_visible(Problem, request.organization, pk)
    form = EditProblemForm(request.POST or None, initial=initial_of(problem, EditProblemForm))
    return editing(request, problem, form, services.change_problem, "Problem", "plan-problem-withdraw")


@requires("plan.edit")
@require_POST
def withdraw_problem(request: HttpRequest, pk: UUID) -> HttpResponse:
    return withdrawing(request, Problem, pk, services.withdraw_problem)


@requires("plan.edit")
def add_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    problem = get_visible(Problem.objects.select_related("finding", "encounter__patient"), request.organization, pk)
    proposal = services.propose_plan(problem)
    initial = {
        "request": proposal.request,
        "detail": proposal.detail,
        "why": proposal.why,
        "evidence": proposal.evidence,
        "prescriber": proposal.prescribers[0] if proposal.prescribers else None,
    }
    form = NewRecommendationForm(request.POST or None, organization=request.organization, initial=initial)
    encounter = encounter_of(request, problem.encounter_id)
    return adding(
        request,
        encounter,
        form,
        lambda **data: services.add_recommendation(problem, **data),
        "Ask a prescriber",
        f"plan-{pk}",
        lede=problem.statement,
    )


@requires("plan.edit")
def edit_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_visible(Recommendation, request.organization, pk)
    form = EditRecommendationForm(request.POST or None, organization=request.organization, initial=initial_of(row, EditRecommendationForm))
    return editing(request, row, form, services.change_recommendation, "Request to a prescriber", "plan-request-withdraw")


@requires("plan.edit")
@require_POST
def withdraw_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    return withdrawing(request, Recommendation, pk, services.withdraw_recommendation)


@requires("plan.edit")
def add_action_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    problem = get_visible(Problem.objects.select_related("finding", "encounter__patient"), request.organization, pk)
    proposal = services.propose_plan(problem)
    is_pending = proposal.wording == ActionItem.Wording.PENDING
    form = NewActionForm(request.POST or None, initial={"do_en": proposal.patient_en, "do_es": proposal.patient_es})
    encounter = encounter_of(request, problem.encounter_id)
    create = lambda **data: services.add_action_item(encounter, problem=problem, wording=proposal.wording, **data)  # noqa: E731
    return adding(
        request,
        encounter,
        form,
        create,
        "A step for the patient",
        f"plan-{pk}",
        lede=problem.statement,
        note=PENDING_NOTE if is_pending else "",
    )


@requires("plan.edit")
def add_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    form = NewActionForm(request.POST or None)
    return adding(request, encounter, form, lambda **data: services.add_action_item(encounter, **data), "A step for the patient", "plan")


@requires("plan.edit")
def edit_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_visible(ActionItem, request.organization, pk)
    form = EditActionForm(request.POST or None, initial=initial_of(row, EditActionForm))
    return editing(request, row, form, services.change_action_item, "A step for the patient", "plan-action-withdraw")


@requires("plan.edit")
@require_POST
def withdraw_action(request: HttpRequest, pk: UUID) -> HttpResponse:
    return withdrawing(request, ActionItem, pk, services.withdraw_action_item)
