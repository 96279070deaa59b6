"""Who works here, and as what: for managers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import services
from accounts.forms import EditPersonForm, NewPersonForm
from accounts.models import Membership
from accounts.once import EditConflict, made_before, once
from accounts.permissions import requires
from accounts.scoping import get_visible

NAMES = ("first_name", "last_name", "credentials", "npi")


@requires("users.manage")
def people(request: HttpRequest) -> HttpResponse:
    members = Membership.objects.visible_to(request.organization).select_related("user")
    return render(request, "accounts/people.html", {"members": members})


@requires("users.manage")
def add_person(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    if form.is_bound and made_before(request, form.data.get("request_key", "")):
        return redirect("people")
    if form.is_valid():
        data = dict(form.cleaned_data)
        once(request, data.pop("request_key"), lambda: services.add_person(request.organization, by=request.user, **data))
        return redirect("people")
    return render(request, "accounts/person.html", {"form": form, "title": "New person"}, status=422 if form.is_bound else 200)


@requires("users.manage")
def edit_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    member = get_visible(Membership.objects.select_related("user"), request.organization, pk)
    initial = {name: getattr(member.user, name) for name in NAMES} | {
        "version": member.version,
        "roles": [role.value for role in member.roles],
        "is_active": member.is_active,
    }
    form = EditPersonForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.change_person(member, by=request.user, **form.cleaned_data)
            return redirect("people")
        except EditConflict as conflict:
            form.data = form.data.copy()
            form.data["version"] = conflict.current.version
            form.add_error(None, f"{conflict} Another manager changed this person after you opened the page.")
    return render(request, "accounts/person.html", {"form": form, "title": member.user.printed_name}, status=422 if form.is_bound else 200)
