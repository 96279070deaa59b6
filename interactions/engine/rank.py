"""From flags to cards: the specific silences the general, one mechanism is one card, the urgent comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

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
    kept = most_specific(flags)
    cards = [make_card(group) for group in clusters(kept)]
    return sorted(cards, key=card_order)


def most_specific(flags: Sequence[Flag]) -> list[Flag]:
    """Leave out a general rule where one about the same medicines and mechanism says more."""
    by_group: dict[str, list[Flag]] = {}
    for flag in flags:
        by_group.setdefault(flag.rule.group, []).append(flag)
    ranking = [flag for flag in flags if flag.rule.over]
    return [flag for flag in flags if not is_silenced(flag, [*by_group[flag.rule.group], *ranking])]


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
    """Flags that belong on one card: one mechanism and a medicine in common, or one rule or all due tests."""
    by_group: dict[str, list[list[Flag]]] = {}
    for flag in flags:
        name = "monitoring" if flag.rule.kind == "monitoring" else flag.rule.group
        groups = by_group.setdefault(name, [])
        touching = [group for group in groups if any(belongs_with(flag, other) for other in group)]
        merged = [flag, *chain.from_iterable(touching)]
        by_group[name] = [group for group in groups if group not in touching] + [merged]
    return [group for groups in by_group.values() for group in groups]


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
    return Card(lead, tuple(others), tuple(names), reasons_of(lead, others))


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


def card_order(card: Card) -> tuple[object, ...]:
    return flag_order(card.lead)
