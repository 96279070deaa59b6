"""From flags to cards: the specific silences the general, one mechanism is one card, the urgent comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from interactions.engine.types import ACTIONS, LEVELS, SEVERITY_RANK, Card, Flag

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


def make_cards(flags: Sequence[Flag]) -> list[Card]:
    """Cards in the order in which a pharmacist should see them."""
    by_group: dict[str, list[Flag]] = {}
    for flag in flags:
        by_group.setdefault("monitoring" if flag.rule.kind == "monitoring" else flag.rule.group, []).append(flag)
    ranking = tuple([flag for flag in flags if flag.rule.over])
    cards = chain.from_iterable([cards_of(tuple(group), ranking) for group in by_group.values()])
    return sorted(cards, key=attrgetter("order"))


@lru_cache(16_384)
def cards_of(flags: tuple[Flag, ...], ranking: tuple[Flag, ...]) -> tuple[Card, ...]:
    """The cards of one mechanism; `ranking` are the flags of any mechanism whose rules silence others by name."""
    others = (*flags, *ranking)
    return tuple(make_card(group) for group in clusters([flag for flag in flags if not is_silenced(flag, others)]))


def is_silenced(flag: Flag, others: Iterable[Flag]) -> bool:
    return any(silences(other, flag) for other in others if other is not flag)


def silences(other: Flag, flag: Flag) -> bool:
    """Whether `other` speaks in place of `flag`."""
    if flag.rule.id in other.rule.over and (flag.ingredients <= other.ingredients or not flag.ingredients):
        return True
    if other.rule.group != flag.rule.group or other.rule.id == flag.rule.id or other.rule.id in flag.rule.over:
        return False
    if flag.rule.kind == "monitoring":
        return False  # two tests of one medicine are both due
    if flag.rule.kind in ADDITIVE and other.rule.kind not in ADDITIVE:
        return bool(other.rule.kind == "drug_drug") and flag.ingredients <= other.ingredients
    if other.rule.kind != flag.rule.kind or other.ingredients != flag.ingredients:
        return False
    return other.rule.breadth < flag.rule.breadth


def clusters(flags: Sequence[Flag]) -> list[list[Flag]]:
    """Flags of one mechanism that belong on one card: a medicine in common, or one rule or all due tests."""
    groups: list[list[Flag]] = []
    for flag in flags:
        touching = [group for group in groups if any(belongs_with(flag, other) for other in group)]
        apart = [group for group in groups if group not in touching]
        groups = [*apart, [flag, *chain.from_iterable(touching)]]
    return groups


def belongs_with(one: Flag, other: Flag) -> bool:
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


def make_card(group: list[Flag]) -> Card:
    """The most urgent flag leads; the others give their medicines and their reasons."""
    lead, *others = sorted(group, key=flag_order)
    names = sorted(set(chain.from_iterable(flag.ingredients for flag in group)))
    return Card(lead, tuple(others), tuple(names), reasons_of(lead, others), flag_order(lead))


def reasons_of(lead: Flag, others: Sequence[Flag]) -> tuple[str, ...]:
    """The most telling reasons, the leading flag's first; "x is on the list" only where nothing better is known."""
    lines = list(dict.fromkeys(chain.from_iterable(flag.why for flag in (lead, *others))))
    telling = [line for line in lines if not line.endswith(" is on the list")]
    return tuple((telling or lines)[:MOST_REASONS])


def flag_order(flag: Flag) -> tuple[object, ...]:
    rule = flag.rule
    evidence = rule.texts.get("evidence") or {}
    return (
        SEVERITY_RANK[flag.severity],
        rule.kind in ADDITIVE,
        _ACTION.get(rule.action, 99),
        _KIND.get(rule.kind, 99),
        _LEVEL.get(evidence.get("level", ""), 99),
        rule.breadth,
        rule.id,
        sorted(flag.ingredients),
        [entry.drug.text for entry in flag.entries],
    )
