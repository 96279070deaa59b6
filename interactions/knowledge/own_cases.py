"""Every rule's own cases, run through the whole checker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from interactions.engine.rules import Knowledge, Rule
from interactions.engine.screen import screen
from interactions.engine.types import Result
from interactions.knowledge.books import Problem
from interactions.knowledge.case import CaseReader
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.vocabulary import Vocabulary

DAY = date(2026, 11, 21)
PERSON = ("age", "sex", "weight_kg", "height_cm", "pregnant_weeks", "pregnant", "lactating", "birth_date")
LABS = {
    "egfr": ("eGFR", "mL/min/1.73m2"),
    "crcl": ("CrCl", "mL/min"),
    "creatinine": ("creatinine", "mg/dL"),
    "potassium": ("potassium", "mmol/L"),
}
INPUTS = ("drugs", "medications", "patient", "conditions", "allergies", "labs", "social", "as_of", "immunizations")
KNOWN = frozenset([*INPUTS, "fires", "note", "alcohol", "tobacco", *PERSON, *LABS])


def run_cases(knowledge: Knowledge, catalog: Catalog, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A problem for every case that does not come out as its rule says."""
    for rule in knowledge.rules:
        for number, case in enumerate(rule.texts.get("cases", ()), start=1):
            for message in run_case(rule, case, knowledge, catalog, vocabulary):
                yield Problem(rule.file, rule.id, f"case {number}: {message}")


def run_case(rule: Rule, case: Mapping[str, Any], knowledge: Knowledge, catalog: Catalog, vocabulary: Vocabulary) -> Iterator[str]:
    for name in sorted(case.keys() - KNOWN):
        yield f"unknown field {name!r}"
    reader = CaseReader(catalog, vocabulary, DAY)
    snapshot = reader.read(written_out(case))
    yield from reader.problems
    for one in snapshot.not_understood:
        if not (case["fires"] == "unknown" and one.what in ("fact", "medication")):
            yield f"{one.text!r}: {one.reason}"
    got = outcome(rule, screen(snapshot, knowledge))
    if got != case["fires"]:
        yield f"fires = {case['fires']} was written, {got} came out"


def outcome(rule: Rule, result: Result) -> bool | str:
    """True when the rule is among the findings, "unknown" when it stands in not_checked."""
    if rule.id in result.rule_ids:
        return True
    waits = any(rule.id in one.rule_ids for one in result.not_checked)
    return "unknown" if waits else False


def written_out(case: Mapping[str, Any]) -> dict[str, Any]:
    """A case in the short form of the rule files as an input of `check_regimen`."""
    full: dict[str, Any] = {"as_of": case.get("as_of", DAY), "medications": list(case.get("drugs", case.get("medications", ())))}
    full["patient"] = {**{name: case[name] for name in PERSON if name in case}, **case.get("patient", {})}
    for name in ("conditions", "allergies"):
        if name in case:
            full[name] = case[name]
    social = {**{name: case[name] for name in ("alcohol", "tobacco") if name in case}, **case.get("social", {})}
    full["social"] = social
    labs = [{"name": LABS[name][0], "value": case[name], "unit": LABS[name][1]} for name in LABS if name in case]
    if labs or "labs" in case:
        full["labs"] = [{"on": DAY, **lab} for lab in (*labs, *case.get("labs", ()))]
    return full
