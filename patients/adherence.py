"""Adherence from fills: the proportion of days covered (PDC). Pure: no database, no clock.

The way of counting follows the Pharmacy Quality Alliance's PDC measures (recalled, not looked up again): from the
first fill to the end of the period, each day counts once, and a refill taken early is used after the supply at home.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST_FILLS = 2  # on different days; one fill alone says nothing about taking
ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Supply:
    """One fill: the day it was handed over and for how many days it lasts."""

    on: dt.date
    days: int


@dataclass(frozen=True)
class Gap:
    """Days without supply, both ends included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Coverage:
    """Days covered of the days observed, with the gaps; `stretches` are the covered days, as (first, last)."""

    observed: int
    covered: int
    stretches: tuple[tuple[dt.date, dt.date], ...]
    gaps: tuple[Gap, ...]

    @property
    def pdc(self) -> float:
        """From 0 to 1."""
        return self.covered / self.observed

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 79.9 never reads as 80."""
        return self.covered * 100 // self.observed


def coverage(supplies: Iterable[Supply], start: dt.date, end: dt.date) -> Coverage | None:
    """How far fills cover the days from the first one on or after `start` to `end`, both included.

    None when it can't be told: fewer than two fills on different days, or a fill without days of supply.
    """
    taken = sorted((one for one in supplies if start <= one.on <= end), key=lambda one: one.on)
    if len({one.on for one in taken}) < FEWEST_FILLS or any(one.days <= 0 for one in taken):
        return None
    stretches = join(shift(taken), end)
    covered = sum((last - first).days + 1 for first, last in stretches)
    return Coverage((end - taken[0].on).days + 1, covered, stretches, gaps_between(stretches, end))


def shift(supplies: Iterable[Supply]) -> list[tuple[dt.date, dt.date]]:
    """When each supply is used: from its own day, or from the day after the one before runs out."""
    used: list[tuple[dt.date, dt.date]] = []
    for one in supplies:
        first = max(one.on, used[-1][1] + ONE) if used else one.on
        used.append((first, first + dt.timedelta(days=one.days - 1)))
    return used


def join(stretches: Iterable[tuple[dt.date, dt.date]], end: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """Stretches that touch become one, and nothing counts after the end."""
    joined: list[tuple[dt.date, dt.date]] = []
    for first, last in stretches:
        if first > end:
            break
        if joined and joined[-1][1] + ONE == first:
            joined[-1] = (joined[-1][0], min(last, end))
        else:
            joined.append((first, min(last, end)))
    return tuple(joined)


def gaps_between(stretches: tuple[tuple[dt.date, dt.date], ...], end: dt.date) -> tuple[Gap, ...]:
    """The days between stretches, and after the last one up to the end."""
    starts = [first for first, _ in stretches[1:]] + [end + ONE]
    return tuple(Gap(last + ONE, start - ONE) for (_, last), start in zip(stretches, starts, strict=True) if start > last + ONE)
