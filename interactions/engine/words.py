"""Days and names as people write them."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(on: date | None) -> str:
    """Oct 12, 2026."""
    return f"{MONTHS[on.month - 1]} {on.day}, {on.year}" if on else "a day not known"
