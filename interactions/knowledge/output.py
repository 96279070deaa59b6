"""The output object of `check_regimen`, the one shape in which a checked case leaves the checker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from interactions.engine.explain import encode, finding_json, finding_text
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
        self.releases_text = encode({"knowledge": self.release, "dictionary": self.dictionary})[1:-1]

    def reader(self, today: date) -> CaseReader:
        return CaseReader(self.catalog, self.vocabulary, today)

    def check(self, case: Any, today: date) -> tuple[Output, list[str]]:
        """The output object and what is wrong with the form of the case (empty when nothing is).

        A part of the case that is not well formed stands in `not_checked` too, so a caller may go on.
        """
        result, reader = self.screened(case, today)
        return self.as_json(identity_of(case), result, reader), reader.problems

    def check_text(self, case: Any, today: date) -> tuple[str, list[str]]:
        """As `check`, the output object as JSON: much of it is written once and put together again for every case."""
        result, reader = self.screened(case, today)
        status, not_checked = told(result, reader)
        lines = ", ".join([line_text(line, reader.refs[line.drug]) for line in reader.lines])
        findings = ", ".join([finding_text(finding, self.knowledge, reader.refs) for finding in result.findings])
        open_lines = ", ".join(map(not_checked_text, not_checked))
        text = (
            f'{{"id": {encode(identity_of(case))}, {self.releases_text}, "status": "{status}", "medications": [{lines}], '
            f'"findings": [{findings}], "not_checked": [{open_lines}]}}'
        )
        return text, reader.problems

    def screened(self, case: Any, today: date) -> tuple[Result, CaseReader]:
        reader = self.reader(today)
        return screen(reader.read(case), self.knowledge), reader

    def as_json(self, identity: Any, result: Result, reader: CaseReader) -> Output:
        status, not_checked = told(result, reader)
        return {
            "id": identity,
            "knowledge": dict(self.release),
            "dictionary": dict(self.dictionary),
            "status": status,
            "medications": [line_json(line, reader.refs[line.drug]) for line in reader.lines],
            "findings": [finding_json(finding, self.knowledge, reader.refs) for finding in result.findings],
            "not_checked": [one.as_json() for one in not_checked],
        }


def identity_of(case: Any) -> Any:
    return case.get("id") if isinstance(case, dict) else None


def told(result: Result, reader: CaseReader) -> tuple[str, list[NotChecked]]:
    """The status, and all that was not checked with what is wrong with the form of the case."""
    refused = [NotChecked("fact", "case", f"not used: {problem}") for problem in reader.problems]
    status = "not_checked" if refused and result.status == "clear" else result.status
    return status, [*result.not_checked, *refused]


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


def line_text(line: Line, ref: str) -> str:
    """`line_json` as text."""
    return f'{{"ref": {encode(ref)}, {line_rest(line)}'


@lru_cache(20_000)
def line_rest(line: Line) -> str:
    """What follows the reference in the text of a line."""
    return encode(line_body(line)).split(", ", 1)[1]


@lru_cache(20_000)
def not_checked_text(one: NotChecked) -> str:
    return encode(one.as_json())


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
