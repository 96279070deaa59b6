"""Observation: lab results, vital signs and scores; a panel such as blood pressure gives one result a component."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from exchange.chart import ImportedObservation
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.values import LOINC, codes_in, codings, day, dicts, first, label, moment, number, tidy, word

NOT_A_RESULT = frozenset({"entered-in-error", "cancelled"})
BLOOD_PRESSURE = {"8480-6": "Systolic blood pressure", "8462-4": "Diastolic blood pressure"}
# UCUM spellings that people write otherwise (ucum.org; annotations in braces carry no unit of their own).
UNITS = {
    "mL/min/{1.73_m2}": "mL/min/1.73m2",
    "mL/min/1.73 m2": "mL/min/1.73m2",
    "mL/min/1.73m^2": "mL/min/1.73m2",
    "mL/min/{1.73m2}": "mL/min/1.73m2",
    "mm[Hg]": "mmHg",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "[degF]": "°F",
    "Cel": "°C",
    "{INR}": "",
    "{score}": "",
    "(score)": "",
    "{T-score}": "",
    "1": "",
}
ANNOTATION = re.compile(r"\{[^}]*\}")


class Result(NamedTuple):
    """One result and when it was taken, as a text that sorts by time ("" when unknown)."""

    observation: ImportedObservation
    at: str


def read_observations(resource: Resource, book: Book) -> Iterator[Result]:
    """Every result in an Observation that has a value; none for a cancelled or mistaken one."""
    status = word(resource.get("status"))
    if status in NOT_A_RESULT:
        book.warn(resource, f"{label(resource.get('code'))} has the status {status}; it was left out")
        return
    parts = [part for part in [resource, *dicts(resource.get("component"))] if _has_value(part)]
    if not parts:
        book.ignored["Observation without a value"] += 1
    for part in parts:
        result = _result(part, resource, book)
        if result.observation.name and (result.observation.value is not None or result.observation.words):
            yield result


def _has_value(part: dict[str, Any]) -> bool:
    return any(name.startswith("value") for name in part)


def _result(part: dict[str, Any], resource: Resource, book: Book) -> Result:
    when = _when(resource)
    value, words, unit, comparator = _value(part, resource, book)
    loinc = next((code for code in codes_in(part.get("code"), LOINC) if len(code) <= 12), "")
    observation = ImportedObservation(
        name=book.text(resource, BLOOD_PRESSURE.get(loinc) or label(part.get("code")), "name of the test", limit=120),
        value=value,
        words=words,
        unit=book.text(resource, unit, "unit", limit=40),
        on=day(when),
        loinc=loinc,
        comparator=comparator,
        category=next((code for _, code, _ in codings(first(resource.get("category")))), ""),
        source=source_of(resource),
    )
    return Result(observation, moment(when))


def _when(resource: Resource) -> Any:
    period = first(resource.get("effectivePeriod"))
    return (
        resource.get("effectiveDateTime")
        or resource.get("effectiveInstant")
        or period.get("end")
        or period.get("start")
        or resource.get("issued")
    )


def _value(part: dict[str, Any], resource: Resource, book: Book) -> tuple[Decimal | None, str, str, str]:
    """(number, words, unit, comparator) of value[x]; a number below a limit keeps its sign as words."""
    quantity = first(part.get("valueQuantity"))
    amount = number(quantity.get("value"))
    if amount is None:
        amount = number(part.get("valueInteger"))
    comparator = word(quantity.get("comparator"))
    unit = readable_unit(tidy(quantity.get("unit")) or tidy(quantity.get("code")))
    if amount is not None and comparator:
        return None, f"{comparator} {amount}", unit, comparator
    if amount is not None:
        return amount, "", unit, ""
    return None, book.text(resource, _words(part), "result", limit=120), "", ""


def _words(part: dict[str, Any]) -> str:
    if isinstance(part.get("valueBoolean"), bool):
        return "yes" if part["valueBoolean"] else "no"
    return label(part.get("valueCodeableConcept")) or tidy(part.get("valueString")) or tidy(part.get("valueDateTime"))


def readable_unit(unit: str) -> str:
    """A UCUM unit as people write it; annotations such as {score} drop out."""
    return UNITS[unit] if unit in UNITS else ANNOTATION.sub("", unit)


def latest(results: list[Result], book: Book) -> tuple[ImportedObservation, ...]:
    """The newest result of each test, newest first; two values at the same time are a conflict."""
    newest: dict[str, Result] = {}
    for result in results:
        key = result.observation.loinc or result.observation.name.casefold()
        known = newest.get(key)
        if known and known.at == result.at and _said(known) != _said(result):
            book.conflict(" and ".join(known.observation.source + result.observation.source), _two_values(known, result))
        if known is None or result.at > known.at:
            newest[key] = result
    book.ignored["earlier Observation of the same test"] += len(results) - len(newest)
    return tuple(item.observation for item in sorted(newest.values(), key=lambda item: item.at, reverse=True))


def _said(result: Result) -> tuple[Decimal | None, str, str]:
    return result.observation.value, result.observation.words, result.observation.unit


def _two_values(one: Result, other: Result) -> str:
    first_value, second_value = (
        f"{item.observation.words or item.observation.value} {item.observation.unit}".strip() for item in (one, other)
    )
    return f"{one.observation.name} of {one.observation.on or 'unknown date'} is both {first_value} and {second_value}; the first was read"
