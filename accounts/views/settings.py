"""The organization's letterhead and lock times, and switching between organizations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, services
from accounts.forms import OrganizationForm
from accounts.models import Membership
from accounts.once import EditConflict
from accounts.permissions import EVERYBODY, requires

FIELDS = ("name", "address", "phone", "fax", "hours", "tty", "npi", "idle_lock_minutes", "review_idle_lock_minutes", "version", "pk")


@requires("settings.manage")
def organization_settings(request: HttpRequest) -> HttpResponse:
    organization = request.organization
    initial = {name: getattr(organization, name) for name in FIELDS} | {"has_logo": bool(organization.logo)}
    form = OrganizationForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        try:
            services.change_settings(organization, by=request.user, **form.cleaned_data)
            return redirect("settings")
        except EditConflict as conflict:
            form.data = form.data.copy()
            form.data["version"] = conflict.current.version
            form.add_error(None, str(conflict))
    if form.is_bound:
        form.ask_for_file_again()
    return render(request, "accounts/settings.html", {"form": form}, status=422 if form.is_bound else 200)


@requires("settings.manage")
@require_safe
def organization_logo(request: HttpRequest) -> HttpResponse:
    """The logo for the settings page; nothing (204) while there is none."""
    logo = request.organization.logo
    return HttpResponse(bytes(logo), content_type="image/png") if logo else HttpResponse(status=204)


@requires(EVERYBODY)
@require_POST
def switch_organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Act for another organization that this person belongs to."""
    membership = get_object_or_404(Membership.objects.active().filter(user=request.user), organization_id=pk)
    request.session["membership"] = str(membership.pk)
    audit.record("session.switched", membership, by=request.user)
    return redirect("today")
