"""A case as `check_regimen` takes it, read into a frozen snapshot.

What can't be understood is kept as "not checked"; what is no case at all is a problem in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from interactions.engine.types import Allergy, Drug, Fill, Lab, NotChecked, Patient, Snapshot
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.medicines import Line, read_medicine
from interactions.knowledge.vocabulary import Vocabulary

Case = Mapping[str, Any]
LONGEST = 2_000
MOST_LINES = 500
BIGGEST = 1e12
_BRACKETS = re.compile(r"\(([^)]*)\)|\s[-:]\s(.*)$")


class CaseReader:
    """Reads one case; `problems` says what is wrong with it, in words that tell what to do.

    `lines` are the medications as read, `refs` the names by which the case knows them.
    """

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary, today: date) -> None:
        self.catalog, self.vocabulary, self.today = catalog, vocabulary, today
        self.lines: list[Line] = []
        self.refs: dict[Drug, str] = {}
        self.problems: list[str] = []
        self.not_understood: list[NotChecked] = []

    def read(self, case: Any) -> Snapshot:
        """The snapshot of a case; `problems` is empty when the case is well formed."""
        if not isinstance(case, Mapping):
            self.problems.append("a case is a JSON object with medications, patient, conditions, allergies and labs")
            case = {}
        as_of = self.day(case.get("as_of"), "as_of") or self.today
        patient = self.patient(case, as_of)
        if case.get("medications") is None:
            self.unclear("medication", "medications", "the medication list is not known; an empty list says that there is none")
        rows = enumerate(self.items(case, "medications") or ())
        self.lines = [line for index, row in rows if (line := read_medicine(self, index, row))]
        for line in self.lines:
            if not line.drug.ingredients and not is_past(line.drug.stopped_on, as_of):
                reason = "name not recognized" if line.status == "unresolved" else "several medicines have this name; choose one"
                self.unclear("medication", line.drug.text, reason)
        drugs = [line.drug for line in self.lines if line.drug.ingredients]
        active = tuple(drug for drug in drugs if not is_past(drug.stopped_on, as_of))
        past = tuple(drug for drug in drugs if is_past(drug.stopped_on, as_of))
        unknown = any(one.what == "medication" for one in self.not_understood)
        return Snapshot(patient, active, past, tuple(self.not_understood), has_unknown_drug=unknown)

    def patient(self, case: Case, as_of: date) -> Patient:
        facts = self.table(case, "patient")
        social = self.table(case, "social")
        weeks = self.number(facts, "pregnant_weeks", 0, 45)
        pregnant = facts.get("pregnant")
        labs, bad = self.labs(case, as_of)
        return Patient(
            as_of=as_of,
            age=self.age(facts, as_of),
            sex=self.sex(facts.get("sex")),
            weight_kg=self.number(facts, "weight_kg", 1, 600),
            height_cm=self.number(facts, "height_cm", 30, 260),
            is_pregnant=pregnant if isinstance(pregnant, bool) else (None if weeks is None else weeks > 0),
            pregnant_weeks=int(weeks) if weeks else None,
            is_lactating=facts.get("lactating") if isinstance(facts.get("lactating"), bool) else None,
            conditions=self.conditions(case),
            allergies=self.allergies(case),
            labs=labs,
            bad_labs=bad,
            alcohol=alcohol_use(social.get("alcohol")),
            tobacco=tobacco_use(social.get("tobacco")),
        )

    # --- person -------------------------------------------------------------------------------------------

    def age(self, facts: Case, as_of: date) -> int | None:
        years = self.number(facts, "age", 0, 125)
        if years is not None:
            return int(years)
        born = self.day(facts.get("birth_date"), "birth_date")
        if born is None:
            return None
        found = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
        if 0 <= found <= 125:
            return found
        self.unclear("fact", "birth_date", f"the birth date {born} is not possible and was not used", "age")
        return None

    def sex(self, value: Any) -> str | None:
        word = str(value or "").strip().lower()
        return {"f": "F", "female": "F", "m": "M", "male": "M"}.get(word)

    # --- lists --------------------------------------------------------------------------------------------

    def conditions(self, case: Case) -> dict[str, str] | None:
        lines = self.items(case, "conditions")
        if lines is None:
            return None
        found: dict[str, str] = {}
        unclear = []
        for line in lines:
            text, seen = self.condition(line)
            for one in seen.ids:
                found.setdefault(one, text)
            if not seen.is_understood and text:
                unclear.append(text)
        if unclear:
            words = ", ".join(dict.fromkeys(unclear))
            self.unclear("fact", words[:LONGEST], "condition not recognized: no rule looked at it", "condition")
        return found

    def condition(self, line: Any) -> tuple[str, Any]:
        """The words of a problem and what they mean; a code that is known wins over its text."""
        if not isinstance(line, Mapping):
            text = self.text(line, "conditions")
            return text, self.vocabulary.condition(text)
        code, system = str(line.get("code") or ""), str(line.get("system") or "").lower()
        text = self.text(line.get("text") or line.get("display") or "", "conditions")
        seen = self.vocabulary.by_icd10(code) if code and "icd" in system else self.vocabulary.by_snomed(code)
        if not seen.ids and text:
            in_words = self.vocabulary.condition(text)
            seen = in_words if in_words.ids or not seen.is_understood else seen
        label = self.vocabulary.conditions[seen.ids[0]]["label"] if seen.ids else code
        return text or label, seen

    def allergies(self, case: Case) -> tuple[Allergy, ...] | None:
        lines = self.items(case, "allergies")
        if lines is None:
            return None
        return tuple(found for line in lines if (found := self.allergy(line)))

    def allergy(self, line: Any) -> Allergy | None:
        fields = line if isinstance(line, Mapping) else {}
        text = self.text(fields.get("substance") or fields.get("text") or "" if fields else line, "allergies")
        if not text or self.vocabulary.says_none(text):
            return None
        bracket = _BRACKETS.search(text)
        substance = text[: bracket.start()] if bracket else text
        told = [part or "" for part in (bracket.groups() if bracket else ())]
        reaction = " ".join([*told, str(fields.get("reaction") or ""), str(fields.get("severity") or "")])
        severe, intolerance = self.vocabulary.reaction(reaction)
        tags = self.vocabulary.allergy_tags(substance)
        resolution = self.catalog.resolve(substance.strip())
        names = tuple(one.name.lower() for one in resolution.ingredients) if resolution.is_resolved else ()
        if not tags and not names:
            self.unclear("fact", text, "allergy not recognized: no rule looked at it", "allergy")
        is_intolerance = intolerance or str(fields.get("kind") or "").lower() == "intolerance"
        return Allergy(text, names, tags, severe, is_intolerance)

    def labs(self, case: Case, as_of: date) -> tuple[tuple[Lab, ...] | None, frozenset[str]]:
        lines = self.items(case, "labs")
        if lines is None:
            return None, frozenset()
        found: list[Lab] = []
        bad: set[str] = set()
        for line in lines:
            if not isinstance(line, Mapping):
                self.problems.append("labs: a result is an object with name, value, unit and on")
                continue
            lab = self.lab(line, as_of, bad)
            if lab:
                found.append(lab)
        return tuple(found), frozenset(bad)

    def lab(self, line: Case, as_of: date, bad: set[str]) -> Lab | None:
        name = self.text(line.get("name") or line.get("text") or "", "labs")
        test = self.vocabulary.test_named(name, str(line.get("code") or ""))
        on = self.day(line.get("on"), f"labs: {name}")
        value = line.get("value")
        value = float(value) if isinstance(value, Decimal) else value
        if test is None:
            return None  # a result that no rule asks for
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < BIGGEST:
            self.unclear("fact", name, f"{name}: the result is not a number and was not used", test)
            bad.add(test)
            return None
        reading = self.vocabulary.lab(test, float(value), str(line.get("unit") or ""))
        if reading.value is None or on is None or on > as_of:
            why = reading.problem or f"{name}: a result needs a date that is not in the future; it was not used"
            self.unclear("fact", name, why, test)
            bad.add(test)
            return None
        return Lab(test, reading.value, on)

    # --- plain values -------------------------------------------------------------------------------------

    def items(self, case: Case, name: str) -> list[Any] | None:
        """The list of that name; None when it is left out or null."""
        value = case.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            self.problems.append(f"{name} is a list, or null when it is not known")
            return None
        if len(value) > MOST_LINES:
            self.problems.append(f"{name} has {len(value)} entries; the most is {MOST_LINES}")
        return value[:MOST_LINES]

    def table(self, case: Case, name: str) -> Case:
        value = case.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.problems.append(f"{name} is an object, or null when it is not known")
        return value if isinstance(value, Mapping) else {}

    def text(self, value: Any, name: str) -> str:
        if not isinstance(value, str):
            self.problems.append(f"{name}: {type(value).__name__} found where text belongs")
            return ""
        if len(value) > LONGEST:
            self.problems.append(f"{name}: a text of {len(value)} characters; the most is {LONGEST}")
        return " ".join(value[:LONGEST].split())

    def day(self, value: Any, name: str) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            self.problems.append(f"{name}: {str(value)[:40]!r} is no date; write it as 2026-11-21")
            return None

    def number(self, facts: Case, name: str, low: float, high: float) -> Any:
        """A number inside its bounds; one outside is said and not used."""
        value = facts.get(name)
        if value is None:
            return None
        value = float(value) if isinstance(value, Decimal) else value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problems.append(f"patient.{name}: write a number")
            return None
        if low <= value <= high:
            return value
        self.unclear("fact", name, f"{name} {str(value)[:20]} is not possible and was not used", name)
        return None

    def fills(self, line: Case) -> tuple[Fill, ...] | None:
        rows = self.items(line, "fills")
        if rows is None:
            return None
        found = []
        for row in rows:
            on = self.day(row.get("on"), "fills") if isinstance(row, Mapping) else None
            days = row.get("days_supply") if isinstance(row, Mapping) else None
            if on and isinstance(days, int) and not isinstance(days, bool) and 0 < days <= 400:
                found.append(Fill(on, days))
        return tuple(found)

    def unclear(self, what: str, text: str, reason: str, *missing: str) -> None:
        self.not_understood.append(NotChecked(what, text, reason, tuple(missing)))


def is_past(stopped_on: date | None, as_of: date) -> bool:
    return stopped_on is not None and stopped_on <= as_of


def alcohol_use(value: Any) -> str | None:
    """none, some or heavy; None when nothing is said."""
    words = str(value or "").lower().strip()
    if not words:
        return None
    if re.match(r"(none|no\b|never|denies|not? current|does ?n.t drink|abstinent|sober|0)", words):
        return "none"
    if re.search(r"heavy|daily|every day|binge|abuse|dependen|alcoholic|[3-9] (drinks|beers|glasses).*(day|night)|excess", words):
        return "heavy"
    return "some"


def tobacco_use(value: Any) -> bool | None:
    words = str(value or "").lower().strip()
    if not words:
        return None
    return not re.match(r"(none|no\b|never|non|former|quit|ex-|denies|0)", words)
