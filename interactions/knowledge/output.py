"""The output object of `check_regimen`, the one shape in which a checked case leaves the checker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from interactions.engine.explain import finding_json
from interactions.engine.rules import Knowledge
from interactions.engine.screen import screen
from interactions.engine.types import NotChecked, Result
from interactions.engine.units import Amount, plain
from interactions.knowledge.case import CaseReader
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.medicines import Line
from interactions.knowledge.releases.in_use import joined_hash
from interactions.knowledge.vocabulary import Vocabulary

Output = dict[str, Any]
_UNITS = {"mcg": "mg", "unit": "units", "mcg/h": "mcg/h", "meq": "mEq", "ml": "mL"}


class Checker:
    """Reads cases and checks them against one knowledge and one dictionary."""

    def __init__(self, knowledge: Knowledge, catalog: Catalog, vocabulary: Vocabulary) -> None:
        self.knowledge, self.catalog, self.vocabulary = knowledge, catalog, vocabulary
        self.release = _release_with(knowledge.release, catalog)
        self.dictionary = {"version": catalog.version, "sha256": catalog.sha256}

    def reader(self, today: date) -> CaseReader:
        return CaseReader(self.catalog, self.vocabulary, today)

    def check(self, case: Any, today: date) -> tuple[Output, list[str]]:
        """The output object and what is wrong with the form of the case (empty when nothing is).

        A part of the case that is not well formed stands in `not_checked` too, so a caller may go on.
        """
        reader = self.reader(today)
        snapshot = reader.read(case)
        result = screen(snapshot, self.knowledge)
        identity = case.get("id") if isinstance(case, dict) else None
        return self.as_json(identity, result, reader), reader.problems

    def as_json(self, identity: Any, result: Result, reader: CaseReader) -> Output:
        refused = [NotChecked("fact", "case", f"not used: {problem}") for problem in reader.problems]
        not_checked = [*result.not_checked, *refused]
        return {
            "id": identity,
            "knowledge": dict(self.release),
            "dictionary": dict(self.dictionary),
            "status": "not_checked" if refused and result.status == "clear" else result.status,
            "medications": [line_json(line, reader.refs[line.drug]) for line in reader.lines],
            "findings": [finding_json(finding, self.knowledge, reader.refs) for finding in result.findings],
            "not_checked": [one.as_json() for one in not_checked],
        }


def _release_with(release: Mapping[str, str], catalog: Catalog) -> dict[str, str]:
    """The release of the rules; with a loaded dictionary its version and hash speak of that one, too."""
    if not catalog.label:
        return dict(release)
    return {**release, "version": f"{release['version']}, {catalog.label}", "sha256": joined_hash(release["sha256"], catalog.sha256)}


def line_json(line: Line, ref: str) -> Output:
    """One medication as it was understood, every list and object of it the caller's own."""
    body = line_body(line)
    dose = body["daily_dose"]
    return {
        **body,
        "ref": ref,
        "ingredients": [{**one} for one in body["ingredients"]],
        "daily_dose": dose and {**dose},
        "daily_doses": {name: one and {**one} for name, one in body["daily_doses"].items()},
    }


@lru_cache(20_000)
def line_body(line: Line) -> Output:
    drug = line.drug
    return {
        "ref": "",
        "text": drug.text,
        "status": line.status,
        "ingredients": [{"rxcui": code, "name": name} for code, name in line.ingredients],
        "route": line.route,
        "daily_dose": dose_json(drug.doses.get(drug.ingredients[0])) if len(drug.ingredients) == 1 else None,
        "daily_doses": {name: dose_json(dose) for name, dose in drug.doses.items()},
        "stopped_on": drug.stopped_on.isoformat() if drug.stopped_on else None,
    }


def dose_json(dose: Amount | None) -> Output | None:
    return dict(zip(("value", "unit"), in_words(dose), strict=True)) if dose else None


@lru_cache(20_000)
def in_words(dose: Amount) -> tuple[float | int, str]:
    unit = _UNITS[dose.base]
    return plain(dose.in_unit("unit" if unit == "units" else unit.lower())), unit
