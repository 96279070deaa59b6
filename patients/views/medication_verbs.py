"""What happens to one line besides typing it: its name is chosen, it stops, it was an error, it moves, it was filled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import reads_chart
from accounts.forms import plain_helper
from accounts.once import EditConflict, once
from accounts.permissions import requires
from patients.forms.medications import ChoiceForm, FillForm, ReasonForm, StopForm, VersionForm
from patients.history import changes_of
from patients.models import Medication
from patients.services import medications as services
from patients.services import recognition
from patients.services.rows import mark_in_error, put_back
from patients.views.medications import chart_of, find_line, render_line


def settle(request: HttpRequest, line: Medication, form: Any, write: Callable[..., Any], done: str) -> HttpResponse | None:
    """Run a verb with the form's values and go back to the table; None when the form has to be shown again."""
    if not form.is_valid():
        return None
    try:
        write(line, by=request.user, **form.cleaned_data)
    except EditConflict as conflict:
        form.data = form.data.copy()
        form.data["version"] = conflict.current.version
        form.add_error(
            None, "Someone changed this line after you opened it. Look at its history, then press the button again if it is still right."
        )
        return None
    messages.success(request, done)
    return redirect("medications", chart_of(line).pk)


def ask(request: HttpRequest, line: Medication, form: Any, title: str, button: str, hint: str = "") -> HttpResponse:
    """The page of one question about one line."""
    form.helper = plain_helper(*form.fields)
    context = {"line": line, "patient": chart_of(line), "form": form, "title": title, "button": button, "hint": hint}
    return render(request, "patients/medication_ask.html", context, status=422 if form.is_bound else 200)


@requires("chart.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_chart("medication.viewed")
def stop_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    request.audited = line = find_line(request, pk)
    form = StopForm(request.POST or None, initial={"version": line.version, "stopped_on": timezone.localdate()})
    done = settle(request, line, form, services.stop_medication, "Stopped. It stands under Past medicines, where it can be restarted.")
    return done or ask(request, line, form, "Stop this medicine", "Stop it", "It moves to the past medicines and stays on record.")


@requires("chart.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_chart("medication.viewed")
def medication_in_error(request: HttpRequest, pk: UUID) -> HttpResponse:
    request.audited = line = find_line(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": line.version})
    done = settle(request, line, form, mark_in_error, "Marked as entered in error. It is not deleted and can be put back.")
    return done or ask(
        request,
        line,
        form,
        "Entered in error",
        "Mark as error",
        "For a line that should never have been there. A medicine that is no longer taken is stopped instead.",
    )


@requires("chart.edit")
@require_POST
def restart_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = find_line(request, pk)
    form = VersionForm(request.POST)
    return settle(request, line, form, services.restart_medication, "Restarted.") or ask(
        request, line, form, "Restart this medicine", "Restart it"
    )


@requires("chart.edit")
@require_POST
def put_medication_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = find_line(request, pk)
    form = VersionForm(request.POST)
    return settle(request, line, form, put_back, "Put back.") or ask(request, line, form, "Put this line back", "Put it back")


@requires("directory.edit")
@require_POST
def add_prescriber_of_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = find_line(request, pk)
    form = VersionForm(request.POST)
    done = settle(request, line, form, services.add_prescriber_of, "Added to the prescribers. Fill in phone and fax in the directory.")
    return done or ask(request, line, form, "Add the prescriber", "Add")


@requires("chart.edit")
@require_POST
def move_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place up, or down; the direction is the name of the button."""
    line = find_line(request, pk)
    services.move_medication(line, by=request.user, up="up" in request.POST)
    return redirect("medications", chart_of(line).pk)


@requires("chart.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_chart("medication.viewed")
def name_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose what an ambiguous name means, or keep it as typed and not checked."""
    request.audited = line = find_line(request, pk)
    form = ChoiceForm(request.POST or None, initial={"version": line.version})
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["label"]:
        return redirect("medications", chart_of(line).pk)
    done = settle(request, line, form, services.choose_name, "The name is settled; rules look at this line now.")
    if done and request.htmx:
        list(messages.get_messages(request))  # said by the save state instead
        return render_line(request, find_line(request, pk))
    context = {"line": line, "patient": chart_of(line), "form": form, "candidates": recognition.candidates_of(line)}
    return done or render(request, "patients/medication_name.html", context, status=422 if form.is_bound else 200)


@requires("chart.edit")
@require_http_methods(["GET", "HEAD", "POST"])
@reads_chart("medication.viewed")
def fill_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    request.audited = line = find_line(request, pk)
    form = FillForm(request.POST or None, initial={"filled_on": timezone.localdate()})
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.record_fill(line, by=request.user, **data))
        messages.success(request, "Fill recorded.")
        return redirect("medications", chart_of(line).pk)
    return ask(request, line, form, "Record a fill", "Save fill")


@requires("chart.view")
@require_safe
@reads_chart("medication.viewed")
def medication_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed what, when, from what to what."""
    request.audited = line = find_line(request, pk)
    return render(
        request,
        "patients/medication_history.html",
        {"line": line, "patient": chart_of(line), "changes": changes_of(line), "fills": line.fills.current()},
    )
