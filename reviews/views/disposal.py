"""The drop-off sites that the disposal sheet names: a manager keeps them."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.once import once
from accounts.permissions import requires
from accounts.scoping import get_visible
from reviews import services
from reviews.forms import EditSiteForm, NewSiteForm
from reviews.models import DisposalSite
from reviews.views.pages import saved_or_conflict


@requires("settings.manage")
def sites(request: HttpRequest) -> HttpResponse:
    return render(request, "reviews/sites.html", {"sites": DisposalSite.objects.visible_to(request.organization)})


@requires("settings.manage")
def add_site(request: HttpRequest) -> HttpResponse:
    form = NewSiteForm(request.POST or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.add_site(request.organization, by=request.user, **data))
        return redirect("disposal-sites")
    return site_page(request, form, "New drop-off site")


@requires("settings.manage")
def edit_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    site = get_visible(DisposalSite, request.organization, pk)
    form = EditSiteForm(request.POST or None, initial={name: getattr(site, name) for name in EditSiteForm.base_fields})
    conflict = None
    if form.is_valid():
        conflict = saved_or_conflict(form, lambda: services.change_site(site, by=request.user, **form.cleaned_data))
        if not conflict:
            return redirect("disposal-sites")
    return site_page(request, form, site.name, conflict)


def site_page(request: HttpRequest, form: forms.Form, title: str, conflict: dict[str, Any] | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "conflict": conflict}
    return render(request, "reviews/site.html", context, status=422 if form.is_bound else 200)
