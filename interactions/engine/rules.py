"""The compiled knowledge: sets and questions as bits, rules as ANDs of literals, each found from its rarest set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import Any

from interactions.engine.layout import Layout
from interactions.engine.noes import Group, grouped
from interactions.engine.predicates import AgeIs, KidneyIs, Predicate, is_about_patient
from interactions.engine.reads import OF_THE_LIST, Read, reads_of
from interactions.engine.types import SITES, Drug, Entry, Heard, Members

ALL_SITES = frozenset(SITES)
# Shapes of which nothing is left when a fact about the patient or the rest of the list says no.
SETTLED_BY_NO = frozenset({"pair", "patient", "missing", "additive", "duplicate", "dose", "acetaminophen"})
# Shapes that can say something against one more medicine.
ALTERNATIVE = frozenset({"pair", "patient", "allergy"})
LISTS, LINES = 2_048, 16_384


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an ingredient is in a set: the routes that count and the words ("is a systemic NSAID")."""

    sites: frozenset[str]
    says: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """Something about the patient or the list that changes a rule's weight or adds a line."""

    when: tuple[Predicate, ...]
    present: tuple[int, ...]
    absent: tuple[int, ...]
    severity: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule or table row.

    `roles` are the places that medicines must fill (name, set); `present` and `absent` sets must or must not be
    on the list as well. `params` holds what only its shape knows, `texts` the words, `breadth` how general it is;
    `need` are the sets, as bits, of which one medicine must be there, `pair` those of which two.
    """

    id: str
    kind: str
    shape: str
    severity: str
    action: str
    group: str
    roles: tuple[tuple[str, int], ...]
    present: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    when: tuple[Predicate, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    over: frozenset[str] = frozenset()
    breadth: int = 0
    need: int = 0
    pair: int = 0
    keys: tuple[str, ...] = ()
    file: str = ""

    @property
    def asked(self) -> tuple[Predicate, ...]:
        """The questions of the rule and of its modifiers."""
        return (*self.when, *chain.from_iterable(modifier.when for modifier in self.modifiers))


@dataclass(frozen=True, slots=True)
class Washout:
    """How long a stopped medicine still counts for rules of some groups."""

    set_id: int
    days: int
    groups: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A rule in its normal form, an AND of literals, and what its outcomes are a function of.

    As bits: `need`, sets of which a medicine is on the list or still acts; `pair`, sets of which two are on the list;
    `present` and `absent`, sets that must or must not be on the list; `noes`, the questions in `settling`, of which one
    no settles the rule. An outcome depends on the members of `sets`, the answers to `questions` and on `reads`;
    `memory` keeps it by these; where `is_of_the_list` nothing about the patient can change it.
    """

    rule: Rule
    need: int
    pair: int
    present: int
    absent: int
    noes: int
    settling: tuple[Predicate, ...]
    sets: tuple[int, ...]
    questions: tuple[Predicate, ...]
    reads: tuple[Read, ...]
    is_of_the_list: bool
    memory: dict[Members, Heard] = field(default_factory=dict)

    def may_speak(self, ones: int, twos: int, reach: int) -> bool:
        """Whether every literal about the medicines of a list holds."""
        here = self.need & reach == self.need and self.pair & twos == self.pair
        return here and self.present & ones == self.present and not self.absent & ones


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Forms worth asking about a list, those that look at nothing but the list apart, and the questions that settle them.

    `forms` are all of them in their order, `asked` the questions as bits, `groups` hold them.
    """

    forms: tuple[Form, ...]
    of_the_list: tuple[Form, ...]
    of_the_patient: tuple[Form, ...]
    asked: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Forms that look at the same of one patient, so that they are asked as one; `heard` is what they said of one list."""

    forms: tuple[Form, ...]
    questions: tuple[Predicate, ...]
    reads: tuple[Read, ...]
    heard: Heard = field(default_factory=dict)


class Knowledge:
    """Everything the checker knows, compiled once, then read only but for what it remembers of earlier lists.

    `sets` maps a set id to its members; `scores` a class id to the weight of each ingredient,
    `substances` an ingredient that has several names to the one under which it is counted.
    """

    def __init__(
        self,
        rules: tuple[Rule, ...],
        sets: tuple[Mapping[str, Membership], ...],
        *,
        scores: Mapping[str, Mapping[str, float]],
        washouts: tuple[Washout, ...],
        sources: Mapping[str, Mapping[str, Any]],
        facts: Mapping[str, str],
        release: Mapping[str, str],
        substances: Mapping[str, str] | None = None,
    ) -> None:
        self.rules, self.sets, self.scores, self.washouts = rules, sets, scores, washouts
        self.sources, self.facts, self.release = sources, facts, release
        self.substances = substances or {}
        self.by_id = {rule.id: rule for rule in rules}
        self._rows: dict[tuple[str, str | None], int] = {}
        self._memberships = _by_ingredient(sets)
        self.questions = tuple(dict.fromkeys(one for rule in rules for one in rule.asked if is_about_patient(one)))
        self.about_patient = frozenset(self.questions)
        self.groups = grouped(self.questions)
        forms = self._forms(rules)
        self._anchored, self.loose = _anchor(forms, sets)
        self._touched = _touched(forms)
        self.entries = lru_cache(LINES)(self._entries)
        self.plan = lru_cache(LISTS)(self._plan)
        self.layout = lru_cache(LISTS)(self._layout)
        self.touching = lru_cache(LISTS)(self._touching)

    def row(self, ingredient: str, site: str | None) -> int:
        """The sets of an ingredient on a route, as bits; an unknown route fits every route."""
        key = ingredient, site
        found = self._rows.get(key)
        if found is None:
            found = 0
            for set_id, member in self._memberships.get(ingredient, ()):
                if site is None or site in member.sites:
                    found |= 1 << set_id
            self._rows[key] = found
        return found

    def substance(self, ingredient: str) -> str:
        """What an ingredient counts as: "lithium carbonate" is lithium."""
        return self.substances.get(ingredient, ingredient)

    def knows(self, ingredient: str) -> bool:
        """Whether any rule is about the ingredient by name or class."""
        return ingredient in self._memberships

    def line(self, set_id: int, ingredient: str) -> str:
        """Why the ingredient is in the set ("naproxen is a systemic NSAID")."""
        return f"{ingredient} {self.sets[set_id][ingredient].says}"

    def _entries(self, drug: Drug) -> tuple[Entry, ...]:
        """The ingredients of a line with their sets."""
        return tuple(Entry(drug, name, self.row(name, drug.site), self.substance(name)) for name in drug.ingredients)

    def _forms(self, rules: Iterable[Rule]) -> tuple[Form, ...]:
        numbers = {question: number for number, question in enumerate(self.questions)}
        return tuple(_form(rule, numbers) for rule in rules)

    def _layout(self, drugs: tuple[Drug, ...], past: tuple[Entry, ...], day: date | None) -> Layout:
        """The list of these lines and of stopped medicines that still act on a day."""
        return Layout(self, tuple(chain.from_iterable(map(self.entries, drugs))), past, day)

    def _plan(self, ones: int, twos: int, reach: int) -> Plan:
        """All that is worth asking about a list with these sets; see `Layout`."""
        anchored = chain.from_iterable(self._anchored.get(bit, ()) for bit in bits_of(reach))
        return self._planned(form for form in (*self.loose, *anchored) if form.may_speak(ones, twos, reach))

    def _touching(self, row: int, ones: int, twos: int, reach: int) -> Plan:
        """What is worth asking about such a list because of one entry with the sets `row`, were it added as an alternative."""
        touched = chain.from_iterable(self._touched.get(bit, ()) for bit in bits_of(row))
        able = (form for form in dict.fromkeys(touched) if form.rule.shape in ALTERNATIVE and form.may_speak(ones, twos, reach))
        return self._planned((*able, *(form for form in self.loose if form.rule.shape == "allergy")))

    def _planned(self, forms: Iterable[Form]) -> Plan:
        able = tuple(forms)
        of_the_list = tuple([form for form in able if form.is_of_the_list])
        of_the_patient = tuple([form for form in able if not form.is_of_the_list])
        asked = reduce(or_, [form.noes for form in of_the_patient], 0)
        return Plan(able, of_the_list, of_the_patient, asked, tuple([group for group in self.groups if group.mask & asked]))


def bundled(forms: Iterable[Form]) -> tuple[Bundle, ...]:
    """Forms together that ask for the same of the numbers in which patients differ most: age and kidney function."""
    alike: dict[frozenset[Predicate], list[Form]] = {}
    for form in forms:
        alike.setdefault(frozenset([one for one in form.questions if isinstance(one, AgeIs | KidneyIs)]), []).append(form)
    return tuple(map(_bundle, alike.values()))


def _bundle(forms: list[Form]) -> Bundle:
    questions = dict.fromkeys(chain.from_iterable(form.questions for form in forms))
    reads = dict.fromkeys(chain.from_iterable(form.reads for form in forms))
    return Bundle(tuple(forms), tuple(questions), tuple(reads))


def bits_of(mask: int) -> Iterator[int]:
    """The bits of a mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _form(rule: Rule, numbers: Mapping[Predicate, int]) -> Form:
    is_settled = rule.shape in SETTLED_BY_NO
    settling = tuple(one for one in rule.when if one in numbers) if is_settled else ()
    questions = tuple(dict.fromkeys(one for one in rule.asked if one in numbers))
    reads = reads_of(rule)
    helpers = (one for modifier in rule.modifiers for one in (*modifier.present, *modifier.absent))
    return Form(
        rule,
        rule.need,
        rule.pair,
        _mask(rule.present) if is_settled else 0,
        _mask(rule.absent) if is_settled else 0,
        _mask(numbers[one] for one in settling),
        settling,
        tuple(dict.fromkeys((*(one for _, one in rule.roles), *rule.present, *rule.absent, *helpers))),
        questions,
        reads,
        not questions and OF_THE_LIST.issuperset(reads),
    )


def _mask(numbers: Iterable[int]) -> int:
    return sum({1 << one for one in numbers})


def _touched(forms: tuple[Form, ...]) -> dict[int, list[Form]]:
    found: dict[int, list[Form]] = {}
    for form in forms:
        for _, set_id in form.rule.roles:
            found.setdefault(1 << set_id, []).append(form)
    return found


def _by_ingredient(sets: tuple[Mapping[str, Membership], ...]) -> dict[str, list[tuple[int, Membership]]]:
    found: dict[str, list[tuple[int, Membership]]] = {}
    for set_id, members in enumerate(sets):
        for name, member in members.items():
            found.setdefault(name, []).append((set_id, member))
    return found


def _anchor(forms: tuple[Form, ...], sets: tuple[Mapping[str, Membership], ...]) -> tuple[dict[int, list[Form]], list[Form]]:
    """Each form under its rarest required set; forms that require no medicine on their own."""
    anchored: dict[int, list[Form]] = {}
    loose: list[Form] = []
    for form in forms:
        needed = [set_id for _, set_id in form.rule.roles]
        if not needed:
            loose.append(form)
            continue
        rarest = min(needed, key=lambda set_id: len(sets[set_id]))
        anchored.setdefault(1 << rarest, []).append(form)
    return anchored, loose
