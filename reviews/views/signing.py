"""Sign, add to what is signed, correct it. Each asks for the password when the last one is older than five minutes."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import reauthentication
from accounts.audit import reads_chart
from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from reviews import signing
from reviews.forms import AddendumForm, CorrectionForm, SignForm
from reviews.models import Encounter, Finding, SignedDocument
from reviews.views.board import previews_of
from reviews.views.pages import encounter_of, form_page


def confirmation(request: HttpRequest) -> dict[str, Any]:
    """What a PasswordAgainMixin form needs to know."""
    return {
        "is_recent": reauthentication.is_recent(request),
        "check_password": partial(reauthentication.is_own_password, request),
    }


def confirmed(request: HttpRequest, form: Any) -> None:
    """Remember the password just given, so that the next signature within five minutes does not ask again."""
    if "password" in form.fields:
        reauthentication.remember(request)


@requires("encounter.sign")
@reads_chart("encounter.viewed")
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    if encounter.is_signed:
        return redirect("encounter-documents", encounter.pk)
    items = signing.sign_checklist(encounter, by=request.user)
    blocking = [item for item in items if item.is_blocking]
    form = SignForm(
        request.POST or ({} if request.method == "POST" else None),
        items=[item for item in items if not item.is_blocking],
        **confirmation(request),
    )
    if form.is_valid() and not blocking:
        try:
            signing.sign_encounter(encounter, by=request.user, acknowledgements=form.acknowledgements)
            confirmed(request, form)
            return redirect("encounter-documents", encounter.pk)
        except signing.NotReady as changed:
            form.add_error(None, str(changed))
    context = {
        "encounter": encounter,
        "patient": encounter.patient,
        "form": form,
        "blocking": blocking,
        "settled": settled(encounter),
        "meaning": signing.MEANINGS["reviewed"]["en"],
        "previews": previews_of(encounter),
        "paper_warnings": signing.sign_warnings(encounter, by=request.user),
    }
    return render(request, "reviews/sign.html", context, status=422 if form.is_bound else 200)


def settled(encounter: Encounter) -> list[tuple[str, str]]:
    """What is done, in words and counts."""
    findings = list(Finding.objects.visible_to(encounter.organization).filter(encounter=encounter).current())
    accepted = sum(finding.status == Finding.Status.ACCEPTED for finding in findings)
    dismissed = sum(finding.status == Finding.Status.DISMISSED for finding in findings)
    problems, steps, requests = (
        rows.filter(is_withdrawn=False).count() for rows in (encounter.problems, encounter.action_items, encounter.recommendations)
    )
    return [
        (f"{accepted + dismissed} of {len(findings)} findings judged", f"{accepted} accepted, {dismissed} dismissed"),
        (f"Plan: {counted(problems, 'problem')}", f"{counted(steps, 'step')} for the patient, {counted(requests, 'request')}"),
    ]


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@requires("encounter.sign")
@reads_chart("encounter.viewed")
def addendum(request: HttpRequest, pk: UUID) -> HttpResponse:
    encounter = encounter_of(request, pk)
    form = AddendumForm(request.POST or None, **confirmation(request))
    if form.is_valid():
        once(
            request,
            form.cleaned_data["request_key"],
            lambda: signing.add_addendum(encounter, text=form.cleaned_data["text"], by=request.user),
        )
        confirmed(request, form)
        return redirect("encounter-documents", encounter.pk)
    return form_page(request, encounter, form, title="Addendum", button="Sign the addendum", back=papers_of(encounter))


@requires("document.correct")
@reads_chart("document.viewed")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change single lines of a signed paper: a new version, which names the one it replaces and why."""
    document = get_visible(SignedDocument.objects.select_related("encounter"), request.organization, pk)
    lines = signing.correctable_lines(document)
    if not lines or document.is_replaced:
        raise Http404
    form = CorrectionForm(request.POST or None, lines=lines, **confirmation(request))
    encounter = encounter_of(request, document.encounter_id)
    if form.is_valid():
        once(
            request,
            form.cleaned_data["request_key"],
            lambda: signing.correct_document(document, changes=form.changes, reason=form.cleaned_data["reason"], by=request.user),
        )
        confirmed(request, form)
        return redirect("encounter-documents", encounter.pk)
    note = (
        f"Version {document.number} stays as it was signed. Change only the lines that are wrong; "
        f"version {document.number + 1} carries them and your reason."
    )
    return form_page(
        request,
        encounter,
        form,
        title=f"Correct: {document.get_kind_display().lower()}",
        button="Sign the correction",
        back=papers_of(encounter),
        note=note,
    )


def papers_of(encounter: Encounter) -> str:
    return reverse("encounter-documents", args=[encounter.pk])
