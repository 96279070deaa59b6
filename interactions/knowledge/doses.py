"""How much of each ingredient the directions of a line allow in a day."""

from __future__ import annotations

from interactions.engine.units import Amount
from interactions.knowledge.shapes import Resolution
from interactions.knowledge.sig_shapes import Sig


def daily_amounts(resolution: Resolution, sig: Sig | None) -> dict[str, Amount]:
    """Amounts by ingredient name; an ingredient whose amount is not certain is left out."""
    return {}
