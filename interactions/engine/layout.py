"""A list of medicines laid over the knowledge: who is in which set, as bits, and what holds whoever takes them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from interactions.engine.types import Card, Entry, Heard, Outcomes

if TYPE_CHECKING:
    from interactions.engine.alternatives import Trial
    from interactions.engine.rules import Bundle, Form, Knowledge, Plan


class Layout:
    """The entries of a list and the stopped ones that still act (on `day`, None where there are none).

    `ones` are the sets with a medicine on the list, `twos` with two, `reach` those with a stopped one too. `said` keeps
    what those rules of a plan say that look at nothing but the list, `heard` what each other rule said about these members,
    `open` the rules of a plan that some noes leave, as bundles, `trials` the alternatives of a card, laid out.
    """

    def __init__(self, knowledge: Knowledge, entries: tuple[Entry, ...], past: tuple[Entry, ...] = (), day: date | None = None) -> None:
        self.entries, self.past, self.day = entries, past, day
        self.ones = self.twos = 0
        for entry in entries:
            self.twos |= self.ones & entry.row
            self.ones |= entry.row
        self.reach = self.ones
        for entry in past:
            self.reach |= entry.row
        self._knowledge = knowledge
        self.said: dict[Plan, Outcomes] = {}
        self.open: dict[tuple[Plan, int], tuple[Bundle, ...]] = {}
        self.trials: dict[Card, tuple[Trial, ...]] = {}
        self.heard: dict[Form, Heard] = {}
        self._members: dict[int, tuple[Entry, ...]] = {}

    @cached_property
    def plan(self) -> Plan:
        """The rules worth asking about the list."""
        return self._knowledge.plan(self.ones, self.twos, self.reach)

    @cached_property
    def strange(self) -> list[str]:
        """The ingredients of lines of which no rule knows a part."""
        familiar = {entry.drug for entry in self.entries if self._knowledge.knows(entry.ingredient)}
        return sorted({entry.ingredient for entry in self.entries if entry.drug not in familiar})

    def members(self, set_id: int) -> tuple[Entry, ...]:
        """The entries of a set, in the order of the list."""
        found = self._members.get(set_id)
        if found is None:
            bit = 1 << set_id
            found = self._members[set_id] = tuple([entry for entry in self.entries if entry.row & bit])
        return found

    def able(self, set_id: int) -> tuple[Entry, ...]:
        """The entries of a set and the stopped medicines of it that still act on some rule."""
        return (*self.members(set_id), *(entry for entry in self.past if entry.row >> set_id & 1))
