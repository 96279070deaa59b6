"""What a class and a rule may say: fields, words and references, all problems at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from interactions.engine.types import ACTIONS, LEVELS, SEVERITIES, SITES
from interactions.engine.units import amount
from interactions.knowledge.books import Books, Problem, Raw, RawRule

PATIENT_KINDS = (
    "drug_condition", "older_adult", "renal", "hepatic", "pregnancy", "lactation", "unneeded", "cost", "drug_food",
)  # fmt: skip
ADDITIVE_KINDS = ("qt", "bleeding", "serotonergic", "cns_polypharmacy", "anticholinergic_burden", "drug_drug")
PAIR_KINDS = ("drug_drug", "opioid_benzodiazepine")
READ = ("read", "excerpt", "recalled")
SHAPES = {
    "pair": "pair", "additive": "additive", "duplicate": "duplicate", "missing_therapy": "missing", "allergy": "allergy",
    "monitoring": "monitoring", "adherence": "adherence", "dose": "dose", "acetaminophen_total": "acetaminophen", "opioid_mme": "mme",
    **dict.fromkeys(PATIENT_KINDS, "patient"),
}  # fmt: skip
COMMON = frozenset(
    "id title severity action group mechanism what_could_happen what_to_do monitoring onset alternatives patient_pending patient_agreed "
    "evidence review cases over template detail when modifiers with without note".split()
)
NEEDED = (
    "id", "title", "severity", "action", "mechanism", "what_could_happen", "what_to_do", "patient_pending", "patient_agreed", "evidence",
    "cases",
)  # fmt: skip
OWN: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # shape: required, optional
    "pair": (frozenset({"a", "b"}), frozenset({"c", "kind"})),
    "additive": (frozenset({"of", "kind"}), frozenset({"count", "score", "score_at_least", "needs"})),
    "duplicate": (frozenset(), frozenset({"of", "count", "allowed", "same_ingredient"})),
    "patient": (frozenset({"drug"}), frozenset()),
    "missing": (frozenset({"without"}), frozenset({"drug"})),
    "allergy": (
        frozenset(),
        frozenset({"to", "drug", "level", "same_ingredient", "same_too", "severe_only", "not_severe", "intolerance", "intolerance_too"}),
    ),
    "monitoring": (frozenset({"drug", "tests", "every_days"}), frozenset({"baseline_days"})),
    "adherence": (frozenset({"drug"}), frozenset({"pdc_below", "late_days"})),
    "dose": (frozenset({"drug", "max_per_day", "unit"}), frozenset({"routes"})),
    "acetaminophen": (frozenset({"above"}), frozenset({"up_to"})),
    "mme": (frozenset({"at_least"}), frozenset({"below"})),
}
SELECTORS = ("a", "b", "c", "drug", "of", "needs", "with", "without", "to")
SELECTOR_FIELDS = frozenset({"ingredients", "classes", "except", "except_classes", "routes", "substances"})
WHEN_FIELDS = frozenset(
    "age_min age_max sex conditions all_conditions no_conditions egfr_below egfr_min crcl_below crcl_min labs pregnant weeks_min weeks_max "
    "lactating could_be_pregnant alcohol tobacco doses durations as_needed no_reason typed_as any".split()
)
CLASS_FIELDS = frozenset("label says kind members classes except routes sources read weights note".split())
ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


EQUIVALENT_FIELDS = frozenset("names same_dose note sources read".split())


def check_equivalents(books: Books) -> Iterator[Problem]:
    """A group names two ingredients or more, each in one group only, and says why and from where."""
    seen: set[str] = set()
    for group in books.equivalents:
        names = group.get("names", ())
        where = names[0] if names else "-"
        if group.keys() != EQUIVALENT_FIELDS:
            yield Problem("equivalents.toml", where, f"the fields are {', '.join(sorted(EQUIVALENT_FIELDS))}")
        if len(names) < 2 or seen & set(names):
            yield Problem("equivalents.toml", where, "name at least two ingredients, none of them in another group")
        if group.get("read") not in READ or not set(group.get("sources", ())) <= books.sources.keys():
            yield Problem("equivalents.toml", where, "sources are ids of sources.toml, read is read, excerpt or recalled")
        seen.update(names)


def check_classes(books: Books) -> Iterator[Problem]:
    for class_id, fields in books.classes.items():
        where = books.class_files[class_id]
        for message in _class_messages(books, class_id, fields):
            yield Problem(where, class_id, message)


def _class_messages(books: Books, class_id: str, fields: Raw) -> Iterator[str]:
    if not isinstance(fields, dict):
        yield "a class is a table"
        return
    if not ID.match(class_id):
        yield "write the id in lower case, words joined by -"
    for name in sorted(fields.keys() - CLASS_FIELDS):
        yield f"unknown field {name!r}"
    if not fields.get("label"):
        yield "has no label"
    if fields.get("kind") not in ("therapeutic", "property"):
        yield "kind is therapeutic or property"
    for name in fields.get("classes", ()):
        if name not in books.classes:
            yield f"there is no class {name!r}"
    yield from _routes(fields)
    if not (fields.get("members") or fields.get("classes") or fields.get("weights")):
        yield "has no members"


def check_rules(books: Books) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for rule in books.rules:
        if rule.id in seen:
            yield Problem(rule.file, rule.id, f"this id is already used in {seen[rule.id]}")
        seen[rule.id] = rule.file
        for message in _rule_messages(books, rule):
            yield Problem(rule.file, rule.id, message)
    known = set(seen)
    for rule in books.rules:
        for other in rule.fields.get("over", ()):
            if other not in known:
                yield Problem(rule.file, rule.id, f"over names the rule {other!r}, which does not exist")
    for washout in books.washouts:
        for message in _selector(books, "drug", washout.fields.get("drug")):
            yield Problem(washout.file, "washout", message)


def _rule_messages(books: Books, rule: RawRule) -> Iterator[str]:
    shape = SHAPES.get(rule.array)
    if shape is None:
        yield f"there is no kind of rule [[{rule.array}]]"
        return
    fields = rule.fields
    required, optional = OWN[shape]
    for name in sorted(fields.keys() - COMMON - required - optional):
        yield f"unknown field {name!r}"
    for name in [*NEEDED, *sorted(required)]:
        if name not in fields:
            yield f"{name} is missing"
    checks: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _words(fields),
        lambda: _shape(books, shape, fields),
        lambda: _selectors(books, fields),
        lambda: _when(books, fields.get("when", {})),
        lambda: _modifiers(books, fields.get("modifiers", ())),
        lambda: _evidence(books, fields),
        lambda: _cases(fields),
    )
    for check in checks:
        yield from check()


def _words(fields: Raw) -> Iterator[str]:
    if not ID.match(str(fields.get("id", ""))):
        yield "write the id in lower case, words joined by -"
    if fields.get("severity") not in SEVERITIES:
        yield f"severity is one of {', '.join(SEVERITIES)}"
    if fields.get("action") not in ACTIONS:
        yield f"action is one of {', '.join(ACTIONS)}"
    for name in ("patient_pending", "patient_agreed"):
        said = fields.get(name, {})
        for language in ("en", "es"):
            if not isinstance(said, dict) or not str(said.get(language, "")).strip():
                yield f"{name} has no {language}"
    for one in fields.get("alternatives", ()):
        if not isinstance(one, dict) or not one.get("ingredients") or one.keys() - {"ingredients", "note", "replaces"}:
            yield "an alternative is { ingredients, note, replaces }"


def _shape(books: Books, shape: str, fields: Raw) -> Iterator[str]:
    kind = fields.get("kind")
    if shape == "additive" and kind not in ADDITIVE_KINDS:
        yield f"kind is one of {', '.join(ADDITIVE_KINDS)}"
    if shape == "additive" and "count" not in fields and "score" not in fields:
        yield "an additive rule has count, or score and score_at_least"
    if "score" in fields and not books.classes.get(fields["score"], {}).get("weights"):
        yield f"score names {fields['score']!r}, which is no class with weights"
    if shape == "pair" and kind not in (None, *PAIR_KINDS):
        yield f"kind is one of {', '.join(PAIR_KINDS)}"
    if shape in ("duplicate", "allergy") and not fields.get("same_ingredient"):
        for name in ("of",) if shape == "duplicate" else ("to", "drug"):
            if name not in fields:
                yield f"{name} is missing"
    if shape == "adherence" and ("pdc_below" in fields) == ("late_days" in fields):
        yield "an adherence rule has pdc_below or late_days"
    if shape == "dose" and amount(0, str(fields.get("unit"))) is None:
        yield f"unit {fields.get('unit')!r} is not known"
    for test in fields.get("tests", ()):
        if test not in books.vocabulary.get("labs", {}):
            yield f"tests names {test!r}, which is not in vocabulary/labs.toml"
    for pair in fields.get("allowed", ()):
        for name in pair:
            if name not in books.classes:
                yield f"allowed names the class {name!r}, which does not exist"


def _selectors(books: Books, fields: Raw) -> Iterator[str]:
    for name in SELECTORS:
        if name in fields:
            yield from _selector(books, name, fields[name])


def _selector(books: Books, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{name} is a table with ingredients or classes"
        return
    for key in sorted(value.keys() - SELECTOR_FIELDS):
        yield f"{name}: unknown field {key!r}"
    for class_id in [*value.get("classes", ()), *value.get("except_classes", ())]:
        if class_id not in books.classes:
            yield f"{name}: there is no class {class_id!r}"
    if not (value.get("ingredients") or value.get("classes") or value.get("substances")):
        yield f"{name} selects nothing"
    yield from _routes(value)


def _routes(value: Raw) -> Iterator[str]:
    for route in value.get("routes", ()):
        if route not in (*SITES, "any"):
            yield f"route {route!r} is not one of {', '.join(SITES)}, any"


def _when(books: Books, when: Any) -> Iterator[str]:
    if not isinstance(when, dict):
        yield "when is a table"
        return
    for name in sorted(when.keys() - WHEN_FIELDS):
        yield f"when: unknown field {name!r}"
    conditions = books.vocabulary.get("conditions", {})
    for name in ("conditions", "all_conditions", "no_conditions"):
        for one in when.get(name, ()):
            if one not in conditions:
                yield f"when: condition {one!r} is not in vocabulary/conditions.toml"
    for lab in when.get("labs", ()):
        if lab.get("test") not in books.vocabulary.get("labs", {}):
            yield f"when: test {lab.get('test')!r} is not in vocabulary/labs.toml"
    for dose in when.get("doses", ()):
        if amount(0, str(dose.get("unit"))) is None or not {"above", "at_least", "below"} & dose.keys():
            yield "when: a dose is { of, above or at_least or below, unit }"
    for part in when.get("any", ()):
        yield from _when(books, part)


def _modifiers(books: Books, modifiers: Any) -> Iterator[str]:
    for one in modifiers:
        if one.keys() - {"when", "with", "without", "severity", "note"} or not one.get("note"):
            yield "a modifier is { when, with, without, severity, note } with a note"
        elif "{fact}" in one["note"] and not one.get("when"):
            yield "a note can say {fact} only where its modifier asks about the patient"
        if one.get("severity", "major") not in SEVERITIES:
            yield f"modifier: severity is one of {', '.join(SEVERITIES)}"
        yield from _when(books, one.get("when", {}))
        yield from _selectors(books, one)


def _evidence(books: Books, fields: Raw) -> Iterator[str]:
    evidence = fields.get("evidence") or {}
    if evidence.get("level") not in LEVELS:
        yield f"evidence.level is one of {', '.join(LEVELS)}"
    if evidence.get("read") not in READ:
        yield f"evidence.read is one of {', '.join(READ)}"
    if not evidence.get("sources"):
        yield "evidence has no sources"
    for one in evidence.get("sources", ()):
        if one not in books.sources:
            yield f"there is no source {one!r}"
    due = (fields.get("review") or {}).get("next")
    if due and not isinstance(due, date):
        yield "review.next is a date, without quotes"


def _cases(fields: Raw) -> Iterator[str]:
    cases = fields.get("cases", ())
    outcomes = [case.get("fires") for case in cases]
    for outcome in outcomes:
        if outcome not in (True, False, "unknown"):
            yield 'a case ends with fires = true, false or "unknown"'
    if not any(outcome is True for outcome in outcomes):
        yield "no case in which it fires"
    if not any(outcome is False for outcome in outcomes):
        yield "no near miss: a case in which it does not fire"
