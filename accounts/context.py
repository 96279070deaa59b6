"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.middleware import idle_minutes


def gatehouse(request: HttpRequest) -> dict[str, Any]:
    """The member's capabilities, the demo flag and the idle time in seconds."""
    membership = getattr(request, "membership", None)
    return {
        "organization": getattr(request, "organization", None),
        "can": {name.replace(".", "_"): True for name in membership.capabilities} if membership else {},
        "is_demo": settings.MTM_ENV == "demo",
        "idle_seconds": idle_minutes(request) * 60 if membership and request.resolver_match else 0,
    }
