"""The first page after signing in. The rooms above hang their panels into it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import EVERYBODY, requires

# Rooms above register what they show here: (capability, template, function of the request).
PANELS: list[tuple[str, str, Callable[[HttpRequest], dict[str, Any]]]] = []


def add_panel(capability: str, template: str, collect: Callable[[HttpRequest], dict[str, Any]]) -> None:
    """Hang a panel into the today page; `collect` gives the template's context."""
    PANELS.append((capability, template, collect))


@requires(EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    capabilities = request.membership.capabilities
    panels = [{"template": template} | collect(request) for capability, template, collect in PANELS if capability in capabilities]
    return render(request, "accounts/today.html", {"panels": panels, "day": timezone.localdate()})
