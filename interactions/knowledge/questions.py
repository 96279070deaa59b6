"""The `when` of a rule as a tuple of three-valued questions."""

from __future__ import annotations

from collections.abc import Iterator

from interactions.engine import predicates as ask
from interactions.engine.kidney import MAX_AGE_DAYS
from interactions.engine.units import Amount, amount
from interactions.knowledge.books import Books, Raw

RELATIONS = ("above", "at_least", "below")


def questions(when: Raw, books: Books) -> tuple[ask.Predicate, ...]:
    """Every entry of a `when` has to hold; the cheap and certain ones come first."""
    return (*_person(when), *_conditions(when), *_medicine(when), *_results(when, books), *_alternatives(when, books))


def _person(when: Raw) -> Iterator[ask.Predicate]:
    if "sex" in when:
        yield ask.SexIs(when["sex"])
    if "age_min" in when or "age_max" in when:
        yield ask.AgeIs(when.get("age_min", 0), when.get("age_max", 150))
    if "pregnant" in when or "weeks_min" in when or "weeks_max" in when:
        yield ask.PregnantIs(when.get("pregnant", True), when.get("weeks_min"), when.get("weeks_max"))
    if "lactating" in when:
        yield ask.LactatingIs(when["lactating"])
    if when.get("could_be_pregnant"):
        yield ask.CouldBePregnant()


def _conditions(when: Raw) -> Iterator[ask.Predicate]:
    if "conditions" in when:
        yield ask.HasCondition(tuple(when["conditions"]))
    if "all_conditions" in when:
        yield ask.HasCondition(tuple(when["all_conditions"]), is_all=True)
    if "no_conditions" in when:
        yield ask.HasCondition(tuple(when["no_conditions"]), is_none=True)
    if "alcohol" in when:
        yield ask.DrinksAlcohol(when["alcohol"] == "heavy")
    if "tobacco" in when:
        yield ask.Smokes(when["tobacco"])


def _medicine(when: Raw) -> Iterator[ask.Predicate]:
    if "typed_as" in when:
        yield ask.TypedAs(tuple(word.lower() for word in when["typed_as"]))
    if "as_needed" in when:
        yield ask.AsNeededIs(when["as_needed"])
    for one in when.get("doses", ()):
        for relation in RELATIONS:
            if relation in one:
                yield ask.DoseIs(one["of"], _amount(one[relation], one["unit"]), one["unit"], relation)
    for one in when.get("durations", ()):
        yield ask.TakenFor(one["of"], one["at_least_days"])
    if when.get("no_reason"):
        yield ask.NoReason()


def _results(when: Raw, books: Books) -> Iterator[ask.Predicate]:
    for measure in ("egfr", "crcl"):
        low, below = when.get(f"{measure}_min"), when.get(f"{measure}_below")
        if low is not None or below is not None:
            yield ask.KidneyIs(measure, low or 0, below if below is not None else float("inf"))
    for one in when.get("labs", ()):
        lab = books.vocabulary["labs"][one["test"]]
        days = one.get("within_days", MAX_AGE_DAYS)
        yield ask.LabIs(one["test"], lab["label"], lab.get("unit", ""), one.get("above"), one.get("below"), days)


def _alternatives(when: Raw, books: Books) -> Iterator[ask.Predicate]:
    if "any" in when:
        yield ask.AnyOf(tuple(questions(one, books) for one in when["any"]))


def _amount(value: float, unit: str) -> Amount:
    found = amount(value, unit)
    if found is None:
        raise ValueError(f"unit {unit!r} is not known")
    return found
