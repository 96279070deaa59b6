"""The log: who did and who saw what. Searches go by POST and are themselves recorded."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import audit
from accounts.forms import LogSearchForm
from accounts.models import AuditEvent
from accounts.permissions import requires

PAGE_ROWS = 50


@requires("audit.view")
def log(request: HttpRequest) -> HttpResponse:
    form = LogSearchForm(request.POST or None, organization=request.organization)
    events = AuditEvent.objects.visible_to(request.organization).select_related("user")
    if form.is_bound and form.is_valid():
        events = narrowed(events, form.cleaned_data)
    number = form.cleaned_data.get("page") if form.is_bound and form.is_valid() else 1
    audit.record("log.viewed", by=request.user, organization=request.organization)
    page = Paginator(events, PAGE_ROWS).get_page(number or 1)
    return render(request, "accounts/log.html", {"form": form, "page": page}, status=422 if form.is_bound and not form.is_valid() else 200)


def narrowed(events: Any, wanted: dict) -> Any:
    """Only the events that the search asks for."""
    if wanted["person"]:
        events = events.filter(user=wanted["person"])
    if wanted["action"]:
        events = events.filter(action__startswith=wanted["action"])
    if wanted["object_id"]:
        events = events.filter(object_id=wanted["object_id"])
    if wanted["since"]:
        events = events.filter(at__date__gte=wanted["since"])
    if wanted["until"]:
        events = events.filter(at__date__lte=wanted["until"])
    return events
