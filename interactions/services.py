"""The library desk's one door to the checker, for screens and for other rooms."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from interactions.knowledge.loader import get_checker


def check(case: dict[str, Any]) -> dict[str, Any]:
    """Check a case and return the output object of `check_regimen`; see docs/knowledge.md.

    Writes nothing and needs no database. Odd content never raises: what could not be used stands in `not_checked`.
    """
    output, _ = get_checker().check(case, timezone.localdate())
    return output


def release() -> dict[str, str]:
    """Version, hash and date of the knowledge in use, with the dictionary when one was loaded."""
    return dict(get_checker().release)
