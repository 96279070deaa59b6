"""The organization's letterhead and lock times, and switching between organizations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import audit, services
from accounts.forms import OrganizationForm
from accounts.models import Membership
from accounts.once import EditConflict
from accounts.permissions import EVERYBODY, requires

FIELDS = ("name", "address", "phone", "fax", "hours", "tty", "npi", "idle_lock_minutes", "review_idle_lock_minutes", "version", "pk")


@requires("settings.manage")
def organization_settings(request: HttpRequest) -> HttpResponse:
    organization = request.organization
    form = OrganizationForm(request.POST or None, initial={name: getattr(organization, name) for name in FIELDS})
    if form.is_valid():
        try:
            services.change_settings(organization, by=request.user, **form.cleaned_data)
            return redirect("settings")
        except EditConflict as conflict:
            form.data = form.data.copy()
            form.data["version"] = conflict.current.version
            form.add_error(None, str(conflict))
    return render(request, "accounts/settings.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(EVERYBODY)
@require_POST
def switch_organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Act for another organization that this person belongs to."""
    membership = get_object_or_404(Membership.objects.active().filter(user=request.user), organization_id=pk)
    request.session["membership"] = str(membership.pk)
    audit.record("session.switched", membership, by=request.user)
    return redirect("today")
