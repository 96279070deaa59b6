"""What rooms above hang into a chart's page, such as its reviews."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from patients.models import Patient

Collect = Callable[[HttpRequest, Patient], dict[str, Any]]
PANELS: list[tuple[str, str, Collect]] = []


def add_panel(capability: str, template: str, collect: Collect) -> None:
    """Hang a panel into the chart page; `collect(request, patient)` gives the template's context."""
    PANELS.append((capability, template, collect))


def panels_of(request: HttpRequest, patient: Patient) -> list[dict[str, Any]]:
    """The panels that this person may see, each with its template's name."""
    capabilities = request.membership.capabilities
    return [{"template": template} | collect(request, patient) for capability, template, collect in PANELS if capability in capabilities]
