"""From the phrases that were read to a finished direction: what they imply, the most a day, the plain words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from interactions.knowledge.sig_shapes import Sig, SigPart
from interactions.knowledge.sig_text import english, spanish


@dataclass(slots=True)
class Draft:
    """What has been read of a direction so far; `parts` are closed, `part` is open."""

    parts: list[SigPart] = field(default_factory=list)
    part: SigPart = field(default_factory=SigPart)
    verb: str = ""
    route: str | None = None
    as_needed: bool = False
    reason: str = ""
    food: str = ""
    meals: bool = False
    duration: int | None = None
    maximum: Fraction | None = None
    maximum_unit: str = ""
    most_doses: int | None = None
    specials: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    understood: int = 0

    def set(self, **changes: object) -> None:
        self.part = replace(self.part, **changes)  # type: ignore[arg-type]
        self.understood += 1


def finished(text: str, draft: Draft, unit: str) -> Sig:
    """The direction of a read draft; `unit` counts a bare number, "" when it is not known."""
    parts = tuple(_closed(part, draft, unit) for part in (*draft.parts, draft.part))
    parts = _with_shared_unit(parts)
    first = parts[0]
    same = len({(part.dose, part.dose_max, part.dose_unit) for part in parts}) == 1
    often = _sum([part.times_per_day for part in parts])
    leftover = " ".join(draft.unknown)
    special = draft.specials[0] if draft.specials else ""
    sig = Sig(
        text, parts, draft.verb, draft.route, first.dose if same else None, first.dose_max if same else None, first.dose_unit,
        often, _sum([part.times_max or part.times_per_day for part in parts]) if any(part.times_max for part in parts) else None,
        tuple(dict.fromkeys(time for part in parts for time in part.times)), draft.as_needed, draft.reason, draft.food,
        draft.duration, most_doses=draft.most_doses, special=special, leftover=leftover)
    maximum, maximum_unit = _most(draft, sig)
    sig = replace(sig, max_daily_dose=maximum, max_daily_unit=maximum_unit)
    return replace(sig, text_en=english(sig), text_es=spanish(sig))


def _closed(part: SigPart, draft: Draft, unit: str) -> SigPart:
    """Fill what the words imply: times of day count, weekdays count, meals are three."""
    often = part.times_per_day
    if part.weekdays:
        often = Fraction(len(part.weekdays), 7)
    elif (often is None and part.times) or (often == 1 and len(part.times) > 1):
        often = Fraction(len(part.times))
    elif often is None and draft.meals and draft.food and not draft.as_needed:
        often = Fraction(3)
    if draft.meals and part.times == ("bedtime",) and part.times_per_day is None and draft.food:
        often = Fraction(4)
    return replace(part, times_per_day=often, dose_unit=part.dose_unit or (unit if part.dose is not None else ""))


def _with_shared_unit(parts: tuple[SigPart, ...]) -> tuple[SigPart, ...]:
    """ "2 tabs qAM and 1 qhs": a later bare count has the unit of the first."""
    shared = next((part.dose_unit for part in parts if part.dose_unit), "")
    return tuple(replace(part, dose_unit=part.dose_unit or (shared if part.dose is not None else "")) for part in parts)


def _sum(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


# Directions whose dose is not told by the words.
UNSURE = ("taper", "sliding scale", "changes")


def _most(draft: Draft, sig: Sig) -> tuple[Fraction | None, str]:
    """The stated maximum, else what the parts allow; None after a taper, a scale or words not understood."""
    if draft.maximum is not None:
        return draft.maximum, draft.maximum_unit or sig.dose_unit
    if sig.special in UNSURE or sig.leftover:
        return None, ""
    most = _sum([part.most_per_day for part in sig.parts])
    return most, sig.dose_unit if most is not None else ""


def with_verb(sig: Sig, verb: str) -> Sig:
    """The direction with another verb (a key of `sig_words.VERBS`, "" for the usual one)."""
    worded = replace(sig, verb=verb)
    return replace(worded, text_en=english(worded), text_es=spanish(worded))


def with_dose(sig: Sig, dose: Fraction, unit: str, dose_max: Fraction | None = None) -> Sig:
    """The direction with a dose where it has none, or with the unit of a bare count."""
    parts = tuple(
        replace(part, dose_unit=part.dose_unit or unit) if part.dose is not None
        else replace(part, dose=dose, dose_max=dose_max, dose_unit=unit)
        for part in sig.parts)
    first = parts[0]
    filled = replace(sig, parts=parts, dose=first.dose, dose_max=first.dose_max, dose_unit=first.dose_unit)
    if sig.max_daily_dose is None and not sig.special and not sig.leftover:
        most = _sum([part.most_per_day for part in parts])
        filled = replace(filled, max_daily_dose=most, max_daily_unit=unit if most is not None else "")
    elif not sig.max_daily_unit:
        filled = replace(filled, max_daily_unit=unit)
    return replace(filled, text_en=english(filled), text_es=spanish(filled))
