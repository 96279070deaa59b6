"""What a rule looks at besides the members of its sets and the answers to its questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import TYPE_CHECKING

from interactions.engine.predicates import AnyOf, Predicate, TakenFor

if TYPE_CHECKING:
    from interactions.engine.regimen import Regimen
    from interactions.engine.rules import Rule

Read = Callable[["Regimen"], Hashable]


def the_day(regimen: Regimen) -> Hashable:
    return regimen.patient.as_of


def person_of(regimen: Regimen) -> Hashable:
    """Age, sex, pregnancy and lactation."""
    patient = regimen.patient
    return patient.age, patient.sex, regimen.is_pregnant, patient.pregnant_weeks, regimen.is_lactating


def filtration_of(regimen: Regimen) -> Hashable:
    return regimen.egfr and regimen.egfr[:2]


def clearance_of(regimen: Regimen) -> Hashable:
    return regimen.crcl and regimen.crcl[:2]


def unknown_names(regimen: Regimen) -> Hashable:
    return regimen.has_unknown_drug


def stopped_lately(regimen: Regimen) -> Hashable:
    return regimen.list.past, regimen.list.day


def whole_list(regimen: Regimen) -> Hashable:
    return regimen.list.entries


def all_allergies(regimen: Regimen) -> Hashable:
    return regimen.patient.allergies


@cache
def result_of(test: str) -> Read:
    """The newest result of a test, and the day on which it is looked at."""

    def read(regimen: Regimen) -> Hashable:
        found = regimen.newest.get(test)
        return found and (found, regimen.patient.as_of)

    return read


@cache
def days_of(tests: tuple[str, ...]) -> Read:
    """The day of the newest result of each test."""

    def read(regimen: Regimen) -> Hashable:
        newest = regimen.newest
        return regimen.patient.labs is None, *[test in newest and newest[test].on for test in tests]

    return read


# Reads that only look at the list: nothing about the patient can change what the rule says.
OF_THE_LIST = frozenset({stopped_lately, whole_list})


def reads_of(rule: Rule) -> tuple[Read, ...]:
    """Everything of that kind that the check of a rule's shape looks at."""
    found: list[Read] = []
    if rule.shape in ("monitoring", "adherence") or any(map(is_timed, rule.asked)):
        found.append(the_day)
    if rule.absent:
        found.append(unknown_names)
    if rule.shape == "pair":
        found.append(stopped_lately)
    if rule.shape in ("allergy", "duplicate") and not rule.roles:
        found.append(whole_list)
    if rule.shape == "allergy":
        found.append(all_allergies)
    if rule.shape == "monitoring":
        found.append(days_of(tuple(rule.params["tests"])))
    return tuple(found)


def is_timed(question: Predicate) -> bool:
    """Whether the answer about a line changes from day to day."""
    if isinstance(question, AnyOf):
        return any(is_timed(one) for group in question.groups for one in group)
    return isinstance(question, TakenFor)
