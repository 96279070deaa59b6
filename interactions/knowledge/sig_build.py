"""From the phrases that were read to a finished direction: what they imply, the most a day, the plain words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from interactions.knowledge.sig_frequency import WEEK, Facts, settled
from interactions.knowledge.sig_places import NAMED, PAIRED, UNSIDED, route_of, site_of
from interactions.knowledge.sig_repeats import put_together
from interactions.knowledge.sig_scale import Row
from interactions.knowledge.sig_shapes import UNSURE as UNSURE
from interactions.knowledge.sig_shapes import Sig, SigPart
from interactions.knowledge.sig_text import english, spanish, verb_for
from interactions.knowledge.sig_tokens import Token

CONTRADICTS = "The directions contradict themselves; how often is not read."


@dataclass(slots=True)
class Draft:
    """What has been read of a direction so far; `parts` are closed, `part` is open."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    parts: list[Facts] = field(default_factory=list)
    part: Facts = field(default_factory=Facts)
    join: str = ""
    is_alternating: bool = False
    verb: str = ""
    as_needed: bool = False
    reason: str = ""
    purpose: str = ""
    maximum: Fraction | None = None
    maximum_unit: str = ""
    week_limit: tuple[Fraction, str] | None = None
    most_doses: int | None = None
    repeat: tuple[int | None, int | None] | None = None
    scale: tuple[Row, ...] = ()
    specials: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    understood: int = 0
    last: str = ""

    def close(self, join: str) -> None:
        """Begin a new part, joined to the one that was open."""
        self.parts.append(self.part)
        self.part = Facts(join=join)
        self.join = ""

    def put(self, site: str) -> None:
        """Take a place into the open part; a nearer place replaces "by mouth", and an eye or a nose without its side."""
        self.understood += 1
        part = self.part
        if part.site != site and part.site in NAMED and site_of(part.site) in (site_of(site), "transdermal", "topical"):
            if site in NAMED:
                self.unknown.append(site)  # "to hands and feet": a second place is not said in place of the first
            return
        if not part.site or site_of(part.site) == site_of(site) or part.site == "oral" or part.site in UNSIDED:
            part.site, part.sides = site, 2 if site in PAIRED else 1


def finished(text: str, draft: Draft, unit: str, route: str) -> Sig:
    """The direction of a read draft, still without plain words; `unit` counts a bare number, `route` is the product's ("" for none)."""
    parts, conflict = _parts(draft, unit)
    first = parts[0]
    is_same = len({(part.dose, part.dose_max, part.dose_unit) for part in parts}) == 1
    often = _common([_sum([part.times_per_day for part in step]) for step in _steps(parts)])
    most = [_sum([part.times_max or part.times_per_day for part in step]) for step in _steps(parts)]
    site = next((part.site for part in parts if part.site), "")
    way = route_of(site, draft.verb, first.dose_unit)
    sig = Sig(
        text, parts, _verb(draft, way, route), way, first.dose if is_same else None, first.dose_max if is_same else None, first.dose_unit,
        often, _common(most) if any(part.times_max for part in parts) else None,
        tuple(dict.fromkeys(time for part in parts for time in part.times)), draft.as_needed, draft.reason,
        next((part.food for part in parts if part.food), ""),
        _duration(parts), most_doses=draft.most_doses, special=_special(draft, parts, conflict), leftover=" ".join(draft.unknown),
        food_minutes=next((part.food_minutes for part in parts if part.food_minutes), None), week_limit=_week_limit(draft, first),
        repeat=draft.repeat, conflict=conflict, scale=draft.scale,
        notes=tuple(draft.notes), purpose=draft.purpose, aside="; ".join(draft.asides),
        warnings=(CONTRADICTS,) if conflict else ())
    return _with_most(draft, sig)


def _verb(draft: Draft, way: str | None, route: str) -> str:
    """The verb as written; what is mixed is taken, and a product's route gives the verb where the text has none."""
    if draft.verb == "dissolve" and "mix" in draft.notes:
        return "take"
    return verb_for(route) if route and not draft.verb and not way else draft.verb


def worded(sig: Sig) -> Sig:
    """The direction with its plain words made anew."""
    return replace(sig, text_en=english(sig), text_es=spanish(sig))


def _week_limit(draft: Draft, first: SigPart) -> tuple[Fraction, str] | None:
    return (draft.week_limit[0], draft.week_limit[1] or first.dose_unit) if draft.week_limit else None


def _special(draft: Draft, parts: tuple[SigPart, ...], conflict: tuple[SigPart, ...]) -> str:
    """What cannot be told; a taper whose every step is written is no secret."""
    is_written = len(_steps(parts)) > 1 and all(part.dose is not None and part.times_per_day is not None for part in parts)
    found = ["conflict"] * bool(conflict) + [one for one in draft.specials if not (one == "taper" and is_written)]
    return next((one for one in UNSURE if one in found), found[0] if found else "")


# --- parts -----------------------------------------------------------------------------------------------


def _parts(draft: Draft, unit: str) -> tuple[tuple[SigPart, ...], tuple[SigPart, ...]]:
    """The finished parts, and what they say at once that cannot be."""
    facts = [*draft.parts, draft.part]
    if len(facts) > 1 and not (facts[-1].dose or facts[-1].has_when or facts[-1].duration):
        last = facts.pop()
        if last.join == "others":
            draft.unknown.append("other days")
    put_together(facts, draft)
    if not draft.is_alternating and any(not before.has_when and (2, "day") in one.spans for before, one in pairwise(facts)):
        draft.unknown.append("two doses")  # "3 mg and 4 mg on alternating days"
    _share(facts, draft)
    _fill_days(facts, draft)
    conflict: tuple[SigPart, ...] = ()
    parts = []
    for one in facts:
        if one.is_dated and one.duration is not None and not one.has_when:  # "1 tablet on days 2 to 5"
            one.is_daily, one.is_total = True, one.dose != 1
        part, clash = settled(one)
        conflict = conflict or clash
        parts.append(_divided(part, one, draft))
    if parts[0].join:
        parts[0] = replace(parts[0], join="")
    return _with_shared_unit(tuple(parts), unit), conflict


def _share(facts: list[Facts], draft: Draft) -> None:
    """A later step without a dose keeps the one before; parts have the first one's place."""
    for before, one in pairwise(facts):
        if one.dose is None and one.join == "then":
            one.dose, one.dose_max, one.unit = before.dose, before.dose_max, before.unit
        if one.join == "and" and before.duration is not None and one.duration is None:
            draft.unknown.append("and")
        if one.join == "and" and before.duration is not None and one.duration is not None:
            one.join = "then"
        if not one.site:
            one.site, one.sides = before.site, before.sides
    for one, after in zip(facts[-2::-1], facts[:0:-1], strict=False):
        if not one.site and after.site:
            one.site, one.sides = after.site, after.sides


def _fill_days(facts: list[Facts], draft: Draft) -> None:
    """The days of "other days", "except Sunday" and of alternating doses."""
    for index, one in enumerate(facts):
        before = facts[index - 1] if index else None
        if one.is_except:
            one.weekdays, one.is_except = _others([one]), False
        if one.join == "except" and before is not None:
            before.weekdays, one.join = _others([one]) if one.weekdays and not before.weekdays else [], "and"
            before.is_daily = False
            if not one.weekdays:
                draft.unknown.append("except")
        elif one.join == "others" and before is not None:
            _rest_of_week(facts[:index], one, draft)
        elif one.join == "others":
            draft.unknown.append("other days")
    if draft.is_alternating:
        _alternate(facts, draft)


def _others(named: list[Facts]) -> list[str]:
    known = {day for one in named for day in one.weekdays}
    return [day for day in WEEK if day not in known]


def _rest_of_week(before: list[Facts], one: Facts, draft: Draft) -> None:
    if before[-1].spans == [(2, "day")] and not one.weekdays:
        one.join, one.spans, one.is_daily = "in between", [(2, "day")], False
        return
    rest = _others(before)
    if len(rest) in (0, 7) or one.weekdays or one.spans:
        draft.unknown.append("other days")
        return
    one.join, one.weekdays, one.is_daily = "and", rest, False


def _alternate(facts: list[Facts], draft: Draft) -> None:
    """Two doses that take turns, one day each."""
    allowed = all(not (one.counts or one.hours or one.per_week or one.weekdays) and one.dose and one.spans in ([], [(2, "day")])
                  for one in facts)
    if len(facts) != 2 or not allowed:
        draft.unknown.append("alternating")
        return
    times = facts[0].times or facts[1].times
    for one in facts:
        one.spans, one.is_daily, one.times, one.meals = [(2, "day")], False, list(times), [""] * len(times)
    facts[1].join = "in between"


def _divided(part: SigPart, facts: Facts, draft: Draft) -> SigPart:
    """ "1500 mg daily in 3 divided doses" is 500 mg 3 times; in a number not said it is the dose of a day."""
    if not facts.divided or part.dose is None or part.times_per_day is None:
        return part
    times = Fraction(facts.divided) if facts.divided > 0 else part.times_per_day
    if times == 1 or (facts.divided < 0 and part.times_per_day == 1):
        return replace(part, is_total=True)
    if part.times_per_day not in (1, times) or part.dose_max or part.times_max:
        draft.unknown.append("divided")
        return part
    return replace(part, dose=part.dose / times, times_per_day=times, per_day=times, is_total=False)


def _with_shared_unit(parts: tuple[SigPart, ...], unit: str) -> tuple[SigPart, ...]:
    """ "2 tabs qAM and 1 qhs": a later bare count has the unit of the first; without any it is the product's."""
    shared = next((part.dose_unit for part in parts if part.dose_unit), "") or unit
    return tuple(part if part.dose_unit or part.dose is None else replace(part, dose_unit=shared) for part in parts)


def _steps(parts: tuple[SigPart, ...]) -> tuple[tuple[SigPart, ...], ...]:
    return Sig("", parts).steps


def _duration(parts: tuple[SigPart, ...]) -> int | None:
    """How long it is taken: the steps together, None when one has no end."""
    lengths = [next((part.duration_days for part in step[::-1] if part.duration_days), 1 if step[-1].is_once else None)
               for step in _steps(parts)]
    if len(lengths) == 1:
        return parts[-1].duration_days
    known = [length for length in lengths if length is not None]
    return sum(known) if len(known) == len(lengths) else None


def _sum(values: list[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


def _common(values: list[Fraction | None]) -> Fraction | None:
    return values[0] if len(set(values)) == 1 else None


# --- the most a day --------------------------------------------------------------------------------------


def _with_most(draft: Draft, sig: Sig) -> Sig:
    """The stated maximum, else what the parts allow; None after a taper, a scale or words not understood."""
    if draft.maximum is not None:
        return replace(sig, max_daily_dose=draft.maximum, max_daily_unit=draft.maximum_unit or sig.dose_unit, is_limit_stated=True)
    if sig.special in UNSURE or sig.leftover or sig.repeat or draft.scale:
        return sig
    most = most_of(sig.parts)
    return replace(sig, max_daily_dose=most, max_daily_unit=sig.dose_unit if most is not None else "")


def most_of(parts: tuple[SigPart, ...]) -> Fraction | None:
    """The most units a day that the parts allow: of the highest step, and in it of the highest day of the week."""
    if len({part.dose_unit for part in parts}) != 1:
        return None
    steps = [_most_of_step(step) for step in _steps(parts)]
    return max((one for one in steps if one is not None), default=None) if None not in steps else None


def _most_of_step(parts: tuple[SigPart, ...]) -> Fraction | None:
    amounts = [part.most_per_day for part in parts]
    has_months = any(part.every and part.every[1] in ("month", "year") for part in parts)  # of no fixed length
    if None in amounts or has_months:
        return None
    if len(parts) > 1 and any(part.weekdays for part in parts):
        return max(sum((_on_day(part, day) for part in parts), Fraction(0)) for day in WEEK)
    if parts[-1].join == "in between":
        return max(2 * one for one in amounts if one is not None)
    return _sum(amounts)


def _on_day(part: SigPart, day: str) -> Fraction:
    if part.weekdays and day not in part.weekdays:
        return Fraction(0)
    often = (part.per_day or Fraction(1)) if part.weekdays else (part.times_max or part.times_per_day or Fraction(0))
    return (part.dose_max or part.dose or Fraction(0)) * often * part.sides


# --- what the medicine's line adds -----------------------------------------------------------------------


def with_verb(sig: Sig, verb: str) -> Sig:
    """The direction with another verb (a key of the section `verb`, "" for the usual one)."""
    return worded(replace(sig, verb=verb))


def with_dose(sig: Sig, dose: Fraction, unit: str, dose_max: Fraction | None = None) -> Sig:
    """The direction with a dose where it has none, or with the unit of a bare count."""
    parts = tuple(
        replace(part, dose_unit=part.dose_unit or unit) if part.dose is not None
        else replace(part, dose=dose, dose_max=dose_max, dose_unit=unit)
        for part in sig.parts)
    first = parts[0]
    is_same = len({(part.dose, part.dose_max, part.dose_unit) for part in parts}) == 1
    filled = replace(sig, parts=parts, dose=first.dose if is_same else None, dose_max=first.dose_max if is_same else None,
                     dose_unit=first.dose_unit)
    if sig.max_daily_dose is None and not sig.special and not sig.leftover and not sig.repeat:
        most = most_of(parts)
        filled = replace(filled, max_daily_dose=most, max_daily_unit=unit if most is not None else "")
    elif not sig.max_daily_unit:
        filled = replace(filled, max_daily_unit=unit)
    return worded(filled)
