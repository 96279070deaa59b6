"""More of one ingredient in a day than its limit, and the two sums over a whole list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Entry, Outcome, Unknown
from interactions.engine.units import Amount, amount, plain

# CDC 2022: transdermal fentanyl counts by mcg an hour; everything else by mg a day.
PATCH = "mcg/h"


def check_dose(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule when all lines of an ingredient together exceed `max_per_day`."""
    (name, set_id), *_ = rule.roles
    limit: Amount = rule.params["limit"]
    by_ingredient: dict[str, list[Entry]] = {}
    for entry in regimen.list.members(set_id):
        by_ingredient.setdefault(entry.ingredient, []).append(entry)
    for ingredient, entries in by_ingredient.items():
        known = [dose for entry in entries if (dose := entry.drug.doses.get(ingredient)) and dose.base == limit.base]
        total = sum(dose.scaled for dose in known)
        if total > limit.scaled:
            yield from flag_dose(regimen, rule, name, entries, Amount(total, limit.base))
        elif len(known) < len(entries) and not ruled_out(regimen, rule, name, entries):
            yield Unknown(rule, ("dose",), (ingredient,))


def flag_dose(regimen: Regimen, rule: Rule, name: str, entries: Sequence[Entry], total: Amount) -> Iterator[Outcome]:
    unit = rule.params["unit"]
    value = plain(total.in_unit(unit))
    line = f"{entries[0].ingredient}: the directions allow {value} {unit} a day"
    outcome = decide(regimen, rule, {name: tuple(entries)}, (line,), value=value, unit=f"{unit}/day", facts=(f"dose {value}",))
    if outcome:
        yield outcome


def ruled_out(regimen: Regimen, rule: Rule, name: str, entries: Sequence[Entry]) -> bool:
    """Whether a patient fact already says that the limit is not for this patient."""
    return any(regimen.ask(one, {name: entries[0]}).holds is False for one in rule.when)


def check_acetaminophen(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule when every product with acetaminophen adds up to more than `above` mg a day."""
    entries = [entry for entry in regimen.list.entries if entry.ingredient == "acetaminophen" and entry.drug.site in (None, "systemic")]
    if not entries:
        return
    doses = [entry.drug.doses.get("acetaminophen") for entry in entries]
    total = sum(dose.scaled for dose in doses if dose and dose.base == "mcg")
    limit = amount(rule.params["above"], "mg")
    assert limit is not None  # noqa: S101 - mg is a unit of mass
    ceiling = amount(rule.params["up_to"], "mg") if "up_to" in rule.params else None
    if total > limit.scaled and not (ceiling and total > ceiling.scaled):
        value = plain(Amount(total, "mcg").in_unit("mg"))
        lines = [f"together up to {value} mg a day", *sorted(f"{entry.drug.text}: acetaminophen" for entry in entries)]
        outcome = decide(regimen, rule, {"of": tuple(entries)}, lines, value=value, unit="mg/day", facts=(f"total {value}",))
        if outcome:
            yield outcome
    elif None in doses and not ceiling and not ruled_out(regimen, rule, "of", entries):
        yield Unknown(rule, ("dose",), ("acetaminophen",))


def check_mme(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule when the opioids of a list reach `at_least` morphine milligram equivalents a day."""
    factors = regimen.knowledge.scores["opioid-mme"]
    entries = [entry for entry in regimen.list.entries if entry.ingredient in factors and entry.drug.site in (None, "systemic")]
    if not entries:
        return
    parts = [equivalents(entry, factors[entry.ingredient]) for entry in entries]
    total = plain(round(sum(part for part in parts if part is not None), 2))
    if total >= rule.params["at_least"] and total < rule.params.get("below", float("inf")):
        lines = sorted(part_line(entry, part) for entry, part in zip(entries, parts, strict=True))
        outcome = decide(regimen, rule, {"of": tuple(entries)}, lines, value=total, unit="MME/day", facts=(f"mme {total}",))
        if outcome:
            yield outcome
    elif None in parts and total < rule.params["at_least"]:
        lacking = tuple(entry.ingredient for entry, part in zip(entries, parts, strict=True) if part is None)
        yield Unknown(rule, ("dose",), lacking)


def equivalents(entry: Entry, factor: float) -> float | None:
    """Morphine milligram equivalents a day of one line; None when the directions do not tell."""
    dose = entry.drug.doses.get(entry.ingredient)
    if dose is None:
        return None
    is_fentanyl = entry.ingredient == "fentanyl"
    if dose.base != (PATCH if is_fentanyl else "mcg"):
        return None
    return float(dose.in_unit(PATCH if is_fentanyl else "mg")) * factor


def part_line(entry: Entry, part: float | None) -> str:
    return f"{entry.ingredient}: {plain(part)} MME a day" if part is not None else f"{entry.ingredient}: dose not known, not counted"
