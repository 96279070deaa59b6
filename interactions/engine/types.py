"""The values that go through the checker: frozen, plain, without database or clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from interactions.engine.units import Amount

if TYPE_CHECKING:
    from interactions.engine.rules import Rule

SEVERITIES = ("contraindicated", "major", "moderate", "minor", "info")
ACTIONS = ("stop", "avoid", "adjust", "add", "separate", "monitor", "educate")
LEVELS = ("boxed_label", "label", "guideline", "study", "theoretical")
SITES = ("systemic", "topical", "ophthalmic", "otic", "nasal", "inhaled", "vaginal")
SEVERITY_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}


class Fill(NamedTuple):
    """One dispensing."""

    on: date
    days_supply: int


@dataclass(frozen=True, slots=True, eq=False)
class Drug:
    """One line of the medication list as the checker sees it; equal only to itself, so that two equal lines stay two.

    `shown` is how the patient knows it, `shown_es` in Spanish where that differs; `site` one of SITES or None when
    unknown; `doses` the most a day per ingredient where the directions tell; `stopped_on` is set on past medicines only.
    """

    text: str
    shown: str
    ingredients: tuple[str, ...]
    site: str | None = None
    doses: Mapping[str, Amount] = field(default_factory=dict)
    as_needed: bool = False
    started_on: date | None = None
    stopped_on: date | None = None
    reason: str | None = None
    prescriber: str = ""
    fills: tuple[Fill, ...] | None = None
    shown_es: str = ""
    directions: str = ""

    @property
    def typed(self) -> str:
        """All that was typed about it, the name and the directions, wherever they stood."""
        return f"{self.text} {self.directions}".rstrip()

    def name_in(self, language: str) -> str:
        """The name for a sentence to the patient."""
        return self.shown_es or self.shown if language == "es" else self.shown


@dataclass(frozen=True, slots=True)
class Lab:
    """A result in the canonical unit of its test."""

    test: str
    value: float
    on: date | None


@dataclass(frozen=True, slots=True)
class Allergy:
    """What the patient reacts to: ingredients, and tags (class ids, or substances such as "egg")."""

    text: str
    ingredients: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_severe: bool | None = None
    is_intolerance: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """The facts; None is unknown, an empty collection says that there is none."""

    as_of: date
    age: int | None = None
    sex: str | None = None
    weight_kg: float | None = None
    height_cm: float | None = None
    is_pregnant: bool | None = None
    pregnant_weeks: int | None = None
    is_lactating: bool | None = None
    conditions: Mapping[str, str] | None = None
    allergies: tuple[Allergy, ...] | None = None
    labs: tuple[Lab, ...] | None = None
    bad_labs: frozenset[str] = frozenset()
    alcohol: str | None = None
    tobacco: bool | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that could not be checked, and why; `what` is medication, fact or rule."""

    what: str
    text: str
    reason: str
    missing_facts: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "text": self.text,
            "reason": self.reason,
            "missing_facts": list(self.missing_facts),
            "drugs": list(self.drugs),
            "rule_ids": list(self.rule_ids),
        }


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A frozen case: the patient, what is taken, what was stopped, what was not understood."""

    patient: Patient
    drugs: tuple[Drug, ...]
    past: tuple[Drug, ...] = ()
    not_understood: tuple[NotChecked, ...] = ()
    has_unknown_drug: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One ingredient of one line, with the bits of the sets that it belongs to and the substance as which it counts."""

    drug: Drug
    ingredient: str
    row: int
    substance: str


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """What a rule says about certain medicines, whatever the reasons; equal points are one object (`point_of`).

    `roles` maps the rule's places (a, b, c, drug, of) to the entries that filled them.
    `facts` are the short keys of the patient facts that mattered (for the fingerprint).
    """

    rule: Rule
    roles: tuple[tuple[str, tuple[Entry, ...]], ...]
    entries: tuple[Entry, ...]
    ingredients: frozenset[str]
    severity: str
    facts: tuple[str, ...]
    value: float | int | None
    unit: str | None
    fills: tuple[tuple[str, str], ...]


class Flag(NamedTuple):
    """A rule met by this patient, before grouping: the point and this patient's reasons."""

    point: Point
    why: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        return self.point.rule

    @property
    def ingredients(self) -> frozenset[str]:
        return self.point.ingredients

    @property
    def severity(self) -> str:
        return self.point.severity


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A rule that could not be decided, the facts that it lacked and the ingredients it was about."""

    rule: Rule
    missing: tuple[str, ...]
    ingredients: tuple[str, ...]

    def is_settled_by(self, points: Iterable[Point]) -> bool:
        """Whether the same rule has already spoken about the same medicines."""
        return any(point.ingredients == set(self.ingredients) for point in points if point.rule is self.rule)


Outcome = Flag | Unknown


class Outcomes(NamedTuple):
    """What one or many rules say about one list, and which of them failed."""

    flags: tuple[Flag, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    failed: tuple[NotChecked, ...] = ()


# The members of each set of a rule, and what the rule said about them by all else that it read.
Members = tuple[tuple[Entry, ...], ...]
Heard = dict[tuple[object, ...], Outcomes]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """The leading point and the points of the same mechanism folded into it; `order` ranks it among the others."""

    lead: Point
    others: tuple[Point, ...]
    ingredients: tuple[str, ...]
    drugs: tuple[Drug, ...] = ()
    order: tuple[Any, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        return (self.lead, *self.others)


class Finding(NamedTuple):
    """A card as shown to this patient: the reasons, and the alternatives that the list allows."""

    card: Card
    why: tuple[str, ...]
    alternatives: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a screen found and what it could not check."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]

    @property
    def rule_ids(self) -> set[str]:
        """Every rule that spoke, on a card of its own or folded into another."""
        return {point.rule.id for one in self.findings for point in one.card.points}

    @property
    def status(self) -> str:
        """flagged, not_checked or clear; silence is never taken for a clean bill."""
        if self.findings:
            return "flagged"
        return "not_checked" if self.not_checked else "clear"
