"""Prescribers and pharmacies of the organization."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.permissions import requires
from accounts.scoping import get_visible
from patients.forms.base import ChartForm
from patients.forms.directory import PharmacyForm, PrescriberForm
from patients.history import changes_of
from patients.models import Pharmacy, Prescriber
from patients.services import directory
from patients.views.forms import form_page, save_changed, save_new


@dataclass(frozen=True)
class EntryKind:
    noun: str
    model: type[Prescriber] | type[Pharmacy]
    form: type[ChartForm]


ENTRIES = {kind.noun: kind for kind in (EntryKind("prescriber", Prescriber, PrescriberForm), EntryKind("pharmacy", Pharmacy, PharmacyForm))}


@requires("chart.view")
def entries(request: HttpRequest) -> HttpResponse:
    lists = {kind.noun: kind.model.objects.visible_to(request.organization) for kind in ENTRIES.values()}
    return render(request, "patients/directory.html", {"prescribers": lists["prescriber"], "pharmacies": lists["pharmacy"]})


@requires("directory.edit")
def add(request: HttpRequest, noun: str) -> HttpResponse:
    kind = ENTRIES[noun]
    form = kind.form(request.POST or None, organization=request.organization)
    if save_new(request, form, lambda: directory.add_entry(kind.model, request.organization, by=request.user, **form.values)):
        messages.success(request, f"{noun.capitalize()} added.")
        return redirect("directory")
    return form_page(request, "patients/entry.html", form, title=f"New {noun}")


@requires("directory.edit")
def edit(request: HttpRequest, noun: str, pk: Any) -> HttpResponse:
    kind = ENTRIES[noun]
    entry = get_visible(kind.model, request.organization, pk)
    form = kind.form(request.POST or None, organization=request.organization, row=entry)
    saved, conflict = save_changed(form, lambda version: directory.change_entry(entry, by=request.user, version=version, **form.values))
    if saved:
        messages.success(request, f"{noun.capitalize()} saved.")
        return redirect("directory")
    return form_page(request, "patients/entry.html", form, title=str(entry), conflict=conflict, changes=changes_of(entry))
