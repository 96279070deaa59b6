"""One patient's list laid over the knowledge: who is in which set, answered with bit tests, and what was asked so far."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from itertools import chain

from interactions.engine import kidney
from interactions.engine.layout import Layout
from interactions.engine.noes import Group
from interactions.engine.predicates import Answer, Predicate, Roles
from interactions.engine.rules import Knowledge, Plan
from interactions.engine.types import Drug, Entry, Lab, Patient, Snapshot


class Regimen:
    """Working view of a snapshot; made for one screen and thrown away."""

    def __init__(self, snapshot: Snapshot, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.patient: Patient = snapshot.patient
        self.has_unknown_drug = snapshot.has_unknown_drug
        self.drugs = snapshot.drugs
        stopped = chain.from_iterable(map(knowledge.entries, snapshot.past))
        past = tuple([entry for entry in stopped if self.washouts(entry)])
        self.list: Layout = knowledge.layout(self.drugs, past, self.patient.as_of if past else None)
        self._answers: dict[Predicate, Answer] = {}
        self._noes: dict[Group, int] = {}

    def laid_instead(self, drug: Drug, gone: Collection[Drug]) -> Layout:
        """The list with `drug` in place of the lines `gone`."""
        drugs = (*[one for one in self.drugs if one not in gone], drug)
        return self.knowledge.layout(drugs, self.list.past, self.list.day)

    def with_list(self, laid: Layout) -> Regimen:
        """The same patient with another list of known medicines; the answers about the patient stay."""
        other = object.__new__(Regimen)
        other.__dict__.update(self.__dict__)
        other.has_unknown_drug = False
        other.list = laid
        return other

    # --- medicines ----------------------------------------------------------------------------------------

    def lingering(self, set_id: int, group: str) -> tuple[Entry, ...]:
        """Stopped medicines of a set that still act on the rules of this group."""
        bit = 1 << set_id
        return tuple(entry for entry in self.list.past if entry.row & bit and self.washout_days(entry, group))

    def washout_days(self, entry: Entry, group: str) -> int:
        """Days for which a stopped medicine still counts, 0 when it no longer does."""
        return max((days for days, groups in self.washouts(entry) if group in groups), default=0)

    def washouts(self, entry: Entry) -> list[tuple[int, frozenset[str]]]:
        """Days and groups of every wash-out that has not yet passed."""
        stopped = entry.drug.stopped_on
        if stopped is None:
            return []
        gone = (self.patient.as_of - stopped).days
        return [(w.days, w.groups) for w in self.knowledge.washouts if entry.row >> w.set_id & 1 and gone < w.days]

    # --- patient ------------------------------------------------------------------------------------------

    def answer(self, question: Predicate) -> Answer:
        """The answer to a question about the patient, asked once."""
        found = self._answers.get(question)
        if found is None:
            found = self._answers[question] = question.ask(self, {})
        return found

    def ask(self, question: Predicate, roles: Roles) -> Answer:
        """The answer to any question, of which `roles` are the medicines."""
        return self.answer(question) if question in self.knowledge.about_patient else question.ask(self, roles)

    def noes(self, plan: Plan) -> int:
        """The bits of a plan's questions that this patient answers with no."""
        found = 0
        for group in plan.groups:
            noes = self._noes.get(group)
            if noes is None:
                noes = self._noes[group] = group.noes(self)
            found |= noes
        return found & plan.asked

    @cached_property
    def newest(self) -> dict[str, Lab]:
        """The newest dated result of each test, however old."""
        found: dict[str, Lab] = {}
        for lab in self.patient.labs or ():
            best = found.get(lab.test)
            if lab.on and lab.on <= self.patient.as_of and (best is None or best.on is None or lab.on > best.on):
                found[lab.test] = lab
        return found

    @cached_property
    def egfr(self) -> kidney.Kidney | None:
        return kidney.egfr(self.patient)

    @cached_property
    def crcl(self) -> kidney.Kidney | None:
        return kidney.clearance(self.patient)

    @cached_property
    def is_pregnant(self) -> bool | None:
        """Pregnancy as told, from the weeks, from the problem list, or settled by sex and age."""
        patient = self.patient
        if patient.is_pregnant is not None:
            return patient.is_pregnant
        if "pregnancy" in (patient.conditions or {}):
            return True
        settled = patient.sex == "M" or (patient.age is not None and not 12 <= patient.age <= 55)
        return False if settled or "cannot-become-pregnant" in (patient.conditions or {}) else None

    @cached_property
    def is_lactating(self) -> bool | None:
        patient = self.patient
        if patient.is_lactating is not None:
            return patient.is_lactating
        if "lactation" in (patient.conditions or {}):
            return True
        settled = patient.sex == "M" or (patient.age is not None and not 12 <= patient.age <= 55)
        return False if settled else None
