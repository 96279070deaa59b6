"""Everything that can be said about the knowledge as a whole: every error at once, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from interactions.knowledge.books import Books, Problem
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.compiler import Compiler
from interactions.knowledge.loader import problems_of
from interactions.knowledge.own_cases import run_cases
from interactions.knowledge.schema import SHAPES
from interactions.knowledge.vocabulary import Vocabulary
from interactions.knowledge.wording import wording_messages

TABLES = ("dose", "monitoring", "renal", "pregnancy", "lactation", "allergy", "washout")


def all_problems(books: Books, catalog: Catalog) -> list[Problem]:
    """Form, names, patient wording, and, once the form is right, every rule's own cases."""
    problems = [*problems_of(books), *unknown_names(books, catalog), *wording_problems(books)]
    if not any(problems_of(books)):
        knowledge = Compiler(books).compile()
        problems += run_cases(knowledge, catalog, Vocabulary(books.vocabulary))
    return problems


def wording_problems(books: Books) -> Iterator[Problem]:
    for rule in books.rules:
        for message in wording_messages(rule.fields):
            yield Problem(rule.file, rule.id, message)


def unknown_names(books: Books, catalog: Catalog) -> Iterator[Problem]:
    """Ingredient names that the dictionary does not have: such a member would never match."""
    known = {facts.ingredient.name.lower() for facts in catalog.facts.values()}
    for name in (name for group in books.equivalents for name in group["names"]):
        if name not in known:
            yield Problem("equivalents.toml", name, "the dictionary has no such ingredient")
    for class_id, fields in books.classes.items():
        for name in (*fields.get("members", ()), *fields.get("weights", ())):
            if name not in known:
                yield Problem(books.class_files[class_id], class_id, f"the dictionary has no ingredient {name!r}")
    for rule in (*books.rules, *books.washouts):
        for place in ("a", "b", "c", "drug", "of", "needs", "with", "without", "to"):
            for name in (rule.fields.get(place) or {}).get("ingredients", ()):
                if name not in known:
                    yield Problem(rule.file, rule.id, f"{place}: the dictionary has no ingredient {name!r}")


def counts(books: Books, catalog: Catalog, today: date) -> dict[str, Any]:
    """How much there is and how well it is founded."""
    rules = [rule.fields for rule in books.rules]
    compiled = Compiler(books).compile() if not any(problems_of(books)) else None
    covered = {name for members in compiled.sets for name in members} if compiled else set()
    reviews = [fields.get("review") or {} for fields in rules]
    return {
        "release": books.release,
        "rules": len(rules),
        "by_kind": tally(kind_of(rule.array, rule.fields) for rule in books.rules),
        "by_severity": tally(fields.get("severity") for fields in rules),
        "by_read": tally((fields.get("evidence") or {}).get("read") for fields in rules),
        "second_read": sum(bool(review.get("second_read")) for review in reviews),
        "pharmacist_reviewed": sum(bool(review.get("pharmacist")) for review in reviews),
        "spanish_reviewed": sum(bool(review.get("spanish")) for review in reviews),
        "facts_by_table": {name: sum(rule.array == name for rule in (*books.rules, *books.washouts)) for name in TABLES},
        "cases": sum(len(fields.get("cases", ())) for fields in rules),
        "classes": len(books.classes),
        "ingredients_covered": len(covered),
        "sources": len(books.sources),
        "conditions": len(books.vocabulary.get("conditions", {})),
        "overdue": sorted(rule.id for rule in books.rules if is_overdue(rule.fields, today)),
    }


def kind_of(array: str, fields: dict[str, Any]) -> str:
    if SHAPES.get(array) in ("pair", "additive"):
        return str(fields.get("kind", "drug_drug"))
    return {"duplicate": "duplicate_therapy"}.get(array, array)


def tally(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(str(value) for value in values).items()))


def is_overdue(fields: dict[str, Any], today: date) -> bool:
    due = (fields.get("review") or {}).get("next")
    return isinstance(due, date) and due < today
