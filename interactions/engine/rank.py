"""From flags to cards: the specific silences the general, one mechanism is one card, the urgent comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from interactions.engine.types import ACTIONS, LEVELS, SEVERITY_RANK, Card, Point

ADDITIVE = frozenset({"qt", "bleeding", "serotonergic", "cns_polypharmacy", "anticholinergic_burden"})
# Kinds that speak about medicines meeting each other: one mechanism among them is one card.
MEETINGS = ADDITIVE - {"cns_polypharmacy", "anticholinergic_burden"} | {"drug_drug"}
# Kinds of which each medicine keeps its own card, even by the same mechanism.
APART = frozenset({"duplicate_therapy", "allergy", "dose", "renal", "adherence"})
KINDS = (
    "allergy", "drug_drug", "opioid_benzodiazepine", "pregnancy", "acetaminophen_total", "dose", "duplicate_therapy", "renal", "hepatic",
    "drug_condition", "bleeding", "serotonergic", "qt", "opioid_mme", "cns_polypharmacy", "anticholinergic_burden", "older_adult",
    "lactation", "missing_therapy", "monitoring", "adherence", "drug_food", "unneeded", "cost",
)  # fmt: skip
MOST_REASONS = 6
_ACTION = {name: rank for rank, name in enumerate(ACTIONS)}
_LEVEL = {name: rank for rank, name in enumerate(LEVELS)}
_KIND = {name: rank for rank, name in enumerate(KINDS)}


@lru_cache(4_096)
def make_cards(points: tuple[Point, ...]) -> tuple[Card, ...]:
    """Cards in the order in which a pharmacist should see them."""
    by_group: dict[str, list[Point]] = {}
    ranking = []
    for point in points:
        rule = point.rule
        by_group.setdefault("monitoring" if rule.kind == "monitoring" else rule.group, []).append(point)
        if rule.over:
            ranking.append(point)
    cards = chain.from_iterable([cards_of(tuple(group), tuple(ranking)) for group in by_group.values()])
    return tuple(sorted(cards, key=attrgetter("order")))


@lru_cache(16_384)
def cards_of(points: tuple[Point, ...], ranking: tuple[Point, ...]) -> tuple[Card, ...]:
    """The cards of one mechanism; `ranking` are the points of any mechanism whose rules silence others by name."""
    others = (*points, *ranking)
    return tuple(make_card(group) for group in clusters([point for point in points if not is_silenced(point, others)]))


def is_silenced(point: Point, others: Iterable[Point]) -> bool:
    return any(silences(other, point) for other in others if other is not point)


def silences(other: Point, point: Point) -> bool:
    """Whether `other` speaks in place of `point`."""
    if point.rule.id in other.rule.over and (point.ingredients <= other.ingredients or not point.ingredients):
        return True
    if other.rule.group != point.rule.group or other.rule.id == point.rule.id or other.rule.id in point.rule.over:
        return False
    if point.rule.kind == "monitoring":
        return False  # two tests of one medicine are both due
    if point.rule.kind in ADDITIVE and other.rule.kind not in ADDITIVE:
        return bool(other.rule.kind == "drug_drug") and point.ingredients <= other.ingredients
    if other.rule.kind != point.rule.kind or other.ingredients != point.ingredients:
        return False
    return other.rule.breadth < point.rule.breadth


def clusters(points: Sequence[Point]) -> list[list[Point]]:
    """Points of one mechanism that belong on one card: a medicine in common, or one rule or all due tests."""
    groups: list[list[Point]] = []
    for point in points:
        touching = [group for group in groups if any(belongs_with(point, other) for other in group)]
        apart = [group for group in groups if group not in touching]
        groups = [*apart, [point, *chain.from_iterable(touching)]]
    return groups


def belongs_with(one: Point, other: Point) -> bool:
    if one.rule.kind == "monitoring" or other.rule.kind == "monitoring":
        return one.rule.kind == other.rule.kind
    if one.rule.group != other.rule.group:
        return False
    shares = not one.ingredients.isdisjoint(other.ingredients)
    if one.rule.kind in MEETINGS and other.rule.kind in MEETINGS:
        return shares
    if one.rule.kind != other.rule.kind:
        return False
    return shares or one.rule.kind not in APART


def make_card(group: list[Point]) -> Card:
    """The most urgent point leads; the others give their medicines and their reasons."""
    return card_of(*sorted(group, key=order_of))


@lru_cache(16_384)
def card_of(lead: Point, *others: Point) -> Card:
    """The one card of these points, so that its words are made once."""
    names = sorted(set(chain.from_iterable(point.ingredients for point in (lead, *others))))
    drugs = dict.fromkeys(entry.drug for point in (lead, *others) for entry in point.entries)
    return Card(lead, others, tuple(names), tuple(drugs), order_of(lead))


@lru_cache(16_384)
def reasons_of(*whys: tuple[str, ...]) -> tuple[str, ...]:
    """The most telling of the reasons of several points, each line once; "x is on the list" only where nothing better is known."""
    lines = list(dict.fromkeys(chain.from_iterable(whys)))
    telling = [line for line in lines if not line.endswith(" is on the list")]
    return tuple((telling or lines)[:MOST_REASONS])


def order_of(point: Point) -> tuple[object, ...]:
    rule = point.rule
    evidence = rule.texts.get("evidence") or {}
    return (
        SEVERITY_RANK[point.severity],
        rule.kind in ADDITIVE,
        _ACTION.get(rule.action, 99),
        _KIND.get(rule.kind, 99),
        _LEVEL.get(evidence.get("level", ""), 99),
        rule.breadth,
        rule.id,
        sorted(point.ingredients),
        [entry.drug.text for entry in point.entries],
    )
