"""What a rule looks at besides the members of its sets and the answers to its questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from interactions.engine.predicates import AnyOf, Predicate, TakenFor

if TYPE_CHECKING:
    from interactions.engine.regimen import Regimen
    from interactions.engine.rules import Rule

Read = Callable[["Regimen"], Hashable]


def the_day(regimen: Regimen) -> Hashable:
    return regimen.patient.as_of


def unknown_names(regimen: Regimen) -> Hashable:
    return regimen.has_unknown_drug


def stopped_lately(regimen: Regimen) -> Hashable:
    return regimen.list.past, regimen.list.day


def whole_list(regimen: Regimen) -> Hashable:
    return regimen.list.entries


def all_allergies(regimen: Regimen) -> Hashable:
    return regimen.patient.allergies


def results_of(tests: tuple[str, ...]) -> Read:
    """The newest result of each test."""

    def read(regimen: Regimen) -> Hashable:
        return regimen.patient.labs is None, *map(regimen.newest.get, tests)

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
        found.append(results_of(tuple(rule.params["tests"])))
    return tuple(found)


def is_timed(question: Predicate) -> bool:
    """Whether the answer about a line changes from day to day."""
    if isinstance(question, AnyOf):
        return any(is_timed(one) for group in question.groups for one in group)
    return isinstance(question, TakenFor)
