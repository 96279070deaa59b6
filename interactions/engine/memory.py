"""What was answered before: an outcome is a function of what its rule reads, so it is asked once for the same reading."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple

from interactions.engine.checks import CHECKS
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Form, Rule
from interactions.engine.types import Flag, Unknown

MOST_REMEMBERED = 20_000


class Outcomes(NamedTuple):
    """What one rule says about one list."""

    flags: tuple[Flag, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def _results(regimen: Regimen, rule: Rule) -> Hashable:
    return regimen.patient.labs is None, *map(regimen.newest.get, rule.params["tests"])


def _allergies(regimen: Regimen, rule: Rule) -> Hashable:
    return regimen.patient.allergies, _whole_list(regimen, rule)


def _whole_list(regimen: Regimen, rule: Rule) -> Hashable:
    return None if rule.roles else regimen.entries


def _stopped(regimen: Regimen, rule: Rule) -> Hashable:
    return tuple(regimen.past)


# What a shape looks at besides the members of its sets, the answers to its questions and the day.
READS: Mapping[str, Callable[[Regimen, Rule], Hashable]] = {
    "pair": _stopped,
    "allergy": _allergies,
    "duplicate": _whole_list,
    "monitoring": _results,
}


def outcomes(regimen: Regimen, form: Form) -> Outcomes:
    """The outcomes of one rule, remembered by all that it read; raises what the rule raises."""
    rule, memory = form.rule, regimen.knowledge.memory
    read = READS.get(rule.shape)
    key = (
        form,
        regimen.patient.as_of,
        regimen.has_unknown_drug,
        read and read(regimen, rule),
        *map(regimen.members, form.sets),
        *map(regimen.answer, form.questions),
    )
    found: Outcomes | None = memory.get(key)
    if found is None:
        said = list(CHECKS[rule.shape](regimen, rule))
        flags = tuple(one for one in said if isinstance(one, Flag))
        found = Outcomes(flags, tuple(one for one in said if isinstance(one, Unknown)))
        if len(memory) >= MOST_REMEMBERED:
            memory.clear()
        memory[key] = found
    return found
