"""All lines of one chart: every resource read, like ones joined, contradictions told."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from exchange.chart import ImportedAllergy, ImportedCondition
from exchange.fhir.allergy import Answer, nil_known, read_allergy
from exchange.fhir.book import Book, Resource
from exchange.fhir.condition import read_condition
from exchange.fhir.coverage import read_coverage
from exchange.fhir.immunization import read_immunization
from exchange.fhir.medication import KINDS, read_medication
from exchange.fhir.observation import latest, read_observations
from exchange.merge import join_same, same_wording, without_lapsed

Line = TypeVar("Line")


def read_lines(resources: list[Resource], book: Book, today: dt.date) -> dict[str, Any]:
    """The fields of an ImportedPatient that list things, from the resources of one person."""

    def of(*kinds: str) -> list[Resource]:
        return [item for item in resources if item["resourceType"] in kinds]

    lines = _read(read_medication(item, book, today) for item in of(*KINDS))
    results = [result for item in of("Observation") for result in read_observations(item, book)]
    allergies, none_known = _allergies([read_allergy(item, book) for item in of("AllergyIntolerance")], of("List", "Composition"), book)
    return {
        "medications": without_lapsed(join_same(lines, book.conflict), book.warn),
        "allergies": allergies,
        "no_known_allergies": none_known,
        "conditions": _conditions(_read(read_condition(item, book) for item in of("Condition"))),
        "observations": latest(results, book),
        "immunizations": _once(_read(read_immunization(item, book) for item in of("Immunization")), key=lambda line: (line.name, line.on)),
        "coverages": _once(_read(read_coverage(item, book) for item in of("Coverage")), key=lambda line: (line.plan, line.member_id)),
    }


def _read(lines: Iterable[Line | None]) -> list[Line]:
    return [line for line in lines if line is not None]


def _once(lines: list[Line], *, key: Callable[[Line], Any]) -> tuple[Line, ...]:
    return tuple({key(line): line for line in reversed(lines)}.values())[::-1]


def _allergies(answers: list[Answer], lists: list[Resource], book: Book) -> tuple[tuple[ImportedAllergy, ...], bool]:
    """Each substance once, and whether the file says that there is none."""
    found: dict[str, ImportedAllergy] = {}
    for answer in answers:
        if answer.allergy:
            found.setdefault(same_wording(answer.allergy.substance), answer.allergy)
    denied = {answer.denies for answer in answers if answer.denies} | ({"all"} if any(map(nil_known, lists)) else set())
    drugs = any(allergy.category in {"medication", ""} for allergy in found.values())
    if found and ("all" in denied or ("drug" in denied and drugs)):
        book.conflict("", "The file says that there are no known allergies and lists some; the listed ones were read, ask the patient.")
    return tuple(found.values()), bool(denied & {"all", "drug"}) and not found


def _conditions(lines: list[ImportedCondition]) -> tuple[ImportedCondition, ...]:
    """Each condition once; an active one before a past one, then the newest."""
    found: dict[str, ImportedCondition] = {}
    for line in lines:
        key = f"{line.code_system} {line.code}" if line.code else same_wording(line.text)
        known = found.get(key)
        if known is None or _rank(line) > _rank(known):
            found[key] = line
    return tuple(found.values())


def _rank(line: ImportedCondition) -> tuple[bool, dt.date]:
    return line.is_active, line.onset_on or dt.date.min
