"""The worklist of names that nobody has settled: one entry a typed text, one key a choice."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.audit import reads_chart
from accounts.permissions import requires
from accounts.scoping import get_visible
from mtm.lib.text import CleanTextField
from patients.models import Medication
from patients.services import settling
from patients.unsettled import NAMES_SHOWN, Name, name_of, names_to_settle, unsettled_texts

STEPS_KEPT = 5  # of a person's steps, the newest can be taken back


class SettleForm(forms.Form):
    """`stamp` says which lines were seen; `label` is the suggestion, of `sought` when another name was looked up."""

    stamp = forms.RegexField(r"^[0-9a-f]{16}$")
    label = forms.CharField(max_length=1000)
    sought = CleanTextField(max_length=300, required=False)
    is_sure = forms.BooleanField(required=False)


class LeaveForm(forms.Form):
    stamp = forms.RegexField(r"^[0-9a-f]{16}$")
    reason = CleanTextField(max_length=300, error_messages={"required": "Say why, in a few words."})


class LookForm(forms.Form):
    sought = CleanTextField(max_length=300, required=False)


@requires("chart.edit")
@require_safe
@reads_chart("names.viewed")
def names(request: HttpRequest) -> HttpResponse:
    request.audited = request.organization
    return show_page(request)


def show_page(request: HttpRequest, changed: Name | None = None, status: int = 200) -> HttpResponse:
    """The whole page; the entry that is being worked on stands first, as a new page begins at its top."""
    waiting = names_to_settle(request.organization, timezone.localdate())
    others = [one for one in waiting if changed is None or one.first.pk != changed.first.pk]
    shown = ([changed] if changed else []) + others
    return render(request, "patients/names.html", {"names": shown[:NAMES_SHOWN], "n_names": len(waiting)} | undo_of(request), status=status)


def show_name(request: HttpRequest, name: Name, status: int = 200) -> HttpResponse:
    """One entry for htmx, the page for a browser without it."""
    if not request.htmx:
        return show_page(request, name, status)
    return render(request, "patients/partials/name.html", {"name": name}, status=status)


def find_name(request: HttpRequest, pk: UUID) -> Name:
    """The name that a line stands for, or 404; raises NameMoved when it waits no more."""
    line = get_visible(Medication.objects.select_related("organization"), request.organization, pk)
    name = name_of(line, timezone.localdate())
    if name is None:
        raise settling.NameMoved("This name is settled, or the line is not taken any more. Reload the list to see what still waits.")
    return name


@requires("chart.edit")
@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a suggestion for all lines of a name; with more than one line it asks first."""
    name, form = find_name(request, pk), SettleForm(request.POST)
    if not form.is_valid():
        return show_name(request, name.with_(error="Choose one of the suggestions."), 422)
    data = form.cleaned_data
    name = name.with_(sought=data["sought"])
    chosen = name.suggestion(data["label"])
    if chosen is None:
        return show_name(request, name.with_(error="This is none of the suggestions now. Choose again."), 422)
    if len(name.lines) > 1 and not data["is_sure"]:
        return show_name(request, name.with_(asked=chosen.label))
    return done(
        request,
        name,
        settling.settle_name(name.first, chosen, by=request.user, stamp=data["stamp"]),
        "settled. Open reviews of these patients ask to be checked again",
    )


@requires("chart.edit")
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave all lines of a name as typed, with the reason."""
    name, form = find_name(request, pk), LeaveForm(request.POST)
    if not form.is_valid():
        error = next(iter(form.errors.get("reason", ["This form is incomplete. Reload the page and send it again."])))
        return show_name(request, name.with_(error=error, reason=request.POST.get("reason", "")), 422)
    batch = settling.leave_as_typed(name.first, reason=form.cleaned_data["reason"], by=request.user, stamp=form.cleaned_data["stamp"])
    return done(request, name, batch, "left as typed")


@requires("chart.edit")
@require_POST
def look_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The suggestions for another name, typed instead; nothing typed brings the first ones back."""
    name, form = find_name(request, pk), LookForm(request.POST)
    if not form.is_valid():
        return show_name(request, name.with_(error=form.errors["sought"][0]), 422)
    return show_name(request, name.with_(sought=form.cleaned_data["sought"]))


@requires("chart.edit")
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo this person's newest step of this session."""
    steps = request.session.get("settled_names", [])
    if not steps:
        messages.info(request, "There is no step to take back.")
        return redirect("names-to-settle")
    batch = steps.pop()
    request.session["settled_names"] = steps
    n_done = settling.take_back(batch, by=request.user)
    n_left = len(batch) - n_done
    messages.success(request, f"Taken back on {count_of(n_done)}." + (f" {count_of(n_left)} changed since and stay." if n_left else ""))
    return redirect(reverse("names-to-settle") + f"#name-{batch[0][0]}")


def done(request: HttpRequest, name: Name, batch: settling.Batch, what: str) -> HttpResponse:
    """Remember the step, say what was done, and take the entry out."""
    request.session["settled_names"] = [*request.session.get("settled_names", []), batch][-STEPS_KEPT:]
    said = f"{count_of(len(batch)).capitalize()} {what}."
    if not request.htmx:
        messages.success(request, said)
        return redirect("names-to-settle")
    n_names = len(unsettled_texts(request.organization, timezone.localdate()))
    return render(request, "patients/partials/name_done.html", {"said": said, "n_names": n_names} | undo_of(request))


def undo_of(request: HttpRequest) -> dict[str, Any]:
    steps = request.session.get("settled_names", [])
    return {"n_undo": len(steps[-1]) if steps else 0}


def count_of(number: int) -> str:
    return f"{number} line{'' if number == 1 else 's'}"


def today_panel(request: HttpRequest) -> dict[str, Any]:
    """How many names wait, for the today page. One query."""
    return {"n_names": len(unsettled_texts(request.organization, timezone.localdate()))}
