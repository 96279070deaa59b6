"""One patient's list laid over the knowledge: who is in which set, answered with bit tests."""

from __future__ import annotations

from functools import cached_property

from interactions.engine import kidney
from interactions.engine.rules import Knowledge
from interactions.engine.types import Drug, Entry, Patient, Snapshot


def entries_of(drugs: tuple[Drug, ...], knowledge: Knowledge) -> list[Entry]:
    return [Entry(drug, name, knowledge.row(name, drug.site), knowledge.substance(name)) for drug in drugs for name in drug.ingredients]


class Regimen:
    """Working view of a snapshot; made for one screen and thrown away."""

    def __init__(self, snapshot: Snapshot, knowledge: Knowledge) -> None:
        self.snapshot = snapshot
        self.knowledge = knowledge
        self.patient: Patient = snapshot.patient
        self.entries = entries_of(snapshot.drugs, knowledge)
        self.past = entries_of(snapshot.past, knowledge)
        self.ones = 0
        for entry in self.entries:
            self.ones |= entry.row
        self.reach = self.ones
        for entry in self.past:
            self.reach |= entry.row
        self._members: dict[int, list[Entry]] = {}

    def members(self, set_id: int) -> list[Entry]:
        """The entries of a set, in the order of the list."""
        found = self._members.get(set_id)
        if found is None:
            bit = 1 << set_id
            found = self._members[set_id] = [entry for entry in self.entries if entry.row & bit]
        return found

    def lingering(self, set_id: int, group: str) -> list[Entry]:
        """Stopped medicines of a set that still act on the rules of this group."""
        bit = 1 << set_id
        return [entry for entry in self.past if entry.row & bit and self.washout_days(entry, group)]

    def washout_days(self, entry: Entry, group: str) -> int:
        """Days for which a stopped medicine still counts, 0 when it no longer does."""
        stopped = entry.drug.stopped_on
        if stopped is None:
            return 0
        gone = (self.patient.as_of - stopped).days
        days = [w.days for w in self.knowledge.washouts if entry.row >> w.set_id & 1 and group in w.groups and gone < w.days]
        return max(days, default=0)

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
