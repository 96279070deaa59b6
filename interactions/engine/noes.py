"""Which questions a patient answers with no, as bits: one look-up for each fact in place of one question after another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from interactions.engine.predicates import AgeIs, HasCondition, KidneyIs, LabIs, LactatingIs, Predicate, PregnantIs, SexIs
from interactions.engine.reads import Read, clearance_of, filtration_of, person_of, result_of

if TYPE_CHECKING:
    from interactions.engine.regimen import Regimen

Numbered = tuple[int, Predicate]
MOST_VALUES = 4_096


class Group:
    """Questions about one fact, as bits in `mask`; what they say is remembered by the fact's value where `read` tells it."""

    def __init__(self, questions: Iterable[Numbered], read: Read | None = None) -> None:
        self.questions, self.read = tuple(questions), read
        self.mask = sum(bit for bit, _ in self.questions)
        self.memory: dict[object, int] = {}

    def noes(self, regimen: Regimen) -> int:
        """The bits of the questions that are answered with no; one that fails is left to its rules."""
        if self.read is None:
            return self.asked(regimen)
        try:
            value = self.read(regimen)
        except Exception:
            return 0
        found = self.memory.get(value)
        if found is None:
            if len(self.memory) >= MOST_VALUES:
                self.memory.clear()
            found = self.memory[value] = self.asked(regimen)
        return found

    def asked(self, regimen: Regimen) -> int:
        return reduce(or_, [bit for bit, question in self.questions if is_no(regimen, question)], 0)


class OfConditions(Group):
    """Questions for any of some conditions, or for none of them: each condition of the patient has its bits."""

    def __init__(self, questions: Iterable[tuple[int, HasCondition]]) -> None:
        super().__init__(found := tuple(questions))
        self.wanted = 0
        self.of: dict[str, int] = {}
        for bit, question in found:
            self.wanted |= 0 if question.is_none else bit
            for one in question.ids:
                self.of[one] = self.of.get(one, 0) | bit

    def noes(self, regimen: Regimen) -> int:
        conditions = regimen.patient.conditions
        if conditions is None:
            return 0
        met = 0
        for one in conditions:
            met |= self.of.get(one, 0)
        return self.wanted ^ met


def is_no(regimen: Regimen, question: Predicate) -> bool:
    try:
        return regimen.answer(question).holds is False
    except Exception:
        return False


def grouped(questions: Iterable[Predicate]) -> tuple[Group, ...]:
    """The questions by the one fact that they are about; each of the others is a group of its own."""
    conditions: list[tuple[int, HasCondition]] = []
    by_fact: dict[Read, list[Numbered]] = {}
    alone: list[Numbered] = []
    for number, question in enumerate(questions):
        bit, fact = 1 << number, fact_of(question)
        if isinstance(question, HasCondition) and not question.is_all:
            conditions.append((bit, question))
        elif fact:
            by_fact.setdefault(fact, []).append((bit, question))
        else:
            alone.append((bit, question))
    of_facts = (Group(found, fact) for fact, found in by_fact.items())
    return (OfConditions(conditions), *of_facts, *(Group((one,)) for one in alone))


def fact_of(question: Predicate) -> Read | None:
    """The fact that a question is about, where its value is short."""
    if isinstance(question, KidneyIs):
        return filtration_of if question.measure == "egfr" else clearance_of
    if isinstance(question, LabIs):
        return result_of(question.test)
    return person_of if isinstance(question, AgeIs | SexIs | PregnantIs | LactatingIs) else None
