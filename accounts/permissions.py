"""May you: one table of role and capability, one decorator.

The decorator says whether a person may do a thing at all; whether this record allows it is
for the services to say.
"""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Role(Enum):
    MANAGER = "manager"
    PHARMACIST = "pharmacist"
    TECHNICIAN = "technician"
    AUDITOR = "auditor"


PREPARES = frozenset(
    {
        "today.view",
        "chart.view",
        "chart.edit",
        "chart.merge",
        "chart.import",
        "directory.edit",  # prescribers and pharmacies
        "encounter.view",
        "encounter.open",
        "encounter.prepare",
        "document.view",
        "document.send",
        "response.record",
        "follow_up.set",
    }
)
CAPABILITIES: dict[Role, frozenset[str]] = {
    Role.TECHNICIAN: PREPARES,
    Role.PHARMACIST: PREPARES | {"finding.judge", "plan.edit", "encounter.sign", "document.correct", "encounter.abandon"},
    Role.MANAGER: frozenset({"today.view", "users.manage", "settings.manage", "reports.view"}),
    Role.AUDITOR: frozenset({"today.view", "audit.view"}),
}
EVERYBODY = "signed-in"  # any active member


def requires(capability: str) -> Callable:
    """Let only members whose roles carry `capability` through: 403 for other members."""
    known = frozenset().union(*CAPABILITIES.values()) | {EVERYBODY}
    if capability not in known:
        raise ValueError(f"No role has the capability '{capability}'.")

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            membership = getattr(request, "membership", None)
            if membership is None or (capability != EVERYBODY and capability not in membership.capabilities):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.capability = capability
        return guarded

    return decorate
