"""What the views of this room share: scoped fetch, one form page, conflicts that lose nothing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.once import EditConflict
from accounts.scoping import get_visible
from reviews.models import Encounter


def encounter_of(request: HttpRequest, pk: Any) -> Encounter:
    """One review of this organization, with its patient; 404 for strangers."""
    encounter = get_visible(Encounter.objects.select_related("patient", "signed_by", "organization"), request.organization, pk)
    request.audited = encounter
    return encounter


def form_page(request: HttpRequest, encounter: Encounter, form: forms.Form, *, title: str, back: str, **context: Any) -> HttpResponse:
    """One form under the patient's banner; 422 when it has errors."""
    context |= {"patient": encounter.patient, "encounter": encounter, "form": form, "title": title, "back": back}
    return render(request, "reviews/form.html", context, status=422 if form.is_bound and (form.errors or context.get("conflict")) else 200)


def saved_or_conflict(form: forms.Form, save: Callable[[], Any]) -> dict[str, Any] | None:
    """Run `save`; when someone else saved meanwhile, say field by field how the two differ.

    The form then carries the new version, so that saving again is a decision, not an accident.
    """
    try:
        save()
        return None
    except EditConflict as conflict:
        current = conflict.current
        form.data = form.data.copy()
        form.data["version"] = current.version
        last = current.history.select_related("history_user").first()
        differences = [
            (field.label, form.cleaned_data[name], getattr(current, name))
            for name, field in form.fields.items()
            if name != "version" and form.cleaned_data.get(name) != getattr(current, name)
        ]
        return {
            "differences": differences,
            "by": last.history_user.printed_name if last and last.history_user else None,
            "at": last.history_date if last else None,
        }


def back_to(encounter: Encounter, anchor: str = "") -> HttpResponse:
    """The workspace, at the plan item or finding just worked on."""
    response = redirect("encounter", encounter.pk)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response
