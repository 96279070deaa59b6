"""From data files to compiled knowledge: classes become sets of ingredients, rules become ANDs of literals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from interactions.engine.predicates import Predicate
from interactions.engine.rules import ALL_SITES, Knowledge, Membership, Modifier, Rule, Washout
from interactions.engine.units import amount, plain
from interactions.knowledge.books import Books, Raw, RawRule
from interactions.knowledge.questions import questions
from interactions.knowledge.schema import SHAPES

TEXTS = (
    "title", "mechanism", "what_could_happen", "what_to_do", "monitoring", "onset", "alternatives", "patient_pending", "patient_agreed",
    "evidence", "review", "detail", "cases",
)  # fmt: skip
PARAMS = (
    "count", "score", "score_at_least", "same_ingredient", "same_too", "severe_only", "not_severe", "intolerance", "intolerance_too",
    "level", "tests", "every_days", "baseline_days", "pdc_below", "late_days", "above", "up_to", "at_least", "below", "unit",
)  # fmt: skip
LEAST = {"duplicate": 2, "additive": 1}
PLACES = ("a", "b", "c", "drug", "of", "needs")
SYSTEMIC = frozenset({"systemic"})
Members = dict[str, Membership]


class Compiler:
    """Keeps the sets seen so far, so that equal selectors share a bit."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.sets: list[Members] = []
        self.equals = equals_of(books)
        self._ids: dict[tuple[object, ...], int] = {}
        self._classes: dict[str, Members] = {}
        self._main: dict[str, str] | None = None
        self._questions: dict[str, Predicate] = {}

    def compile(self) -> Knowledge:
        rules = tuple(self.rule(raw) for raw in self.books.rules)
        scores = {name: fields["weights"] for name, fields in self.books.classes.items() if "weights" in fields}
        washouts = tuple(self.washout(raw.fields) for raw in self.books.washouts)
        return Knowledge(
            rules,
            tuple(self.sets),
            scores=scores,
            washouts=washouts,
            sources=self.books.sources,
            facts=fact_words(self.books),
            release=self.books.release,
            substances={name: group["names"][0] for name, group in self.equals.items()},
        )

    def rule(self, raw: RawRule) -> Rule:
        fields, shape = raw.fields, SHAPES[raw.array]
        places = {**implied(shape), **{name: fields[name] for name in PLACES if name in fields}}
        by_dose = shape == "dose"
        roles = tuple((name, self.set_id(selector, by_dose=by_dose)) for name, selector in places.items())
        when = self.questions(fields)
        need, breadth = 0, 1
        for _, set_id in roles:
            need |= 1 << set_id
            breadth *= max(len(self.sets[set_id]), 1)
        return Rule(
            id=raw.id,
            kind=fields.get("kind", "drug_drug") if shape in ("pair", "additive") else kind_of(raw.array),
            shape=shape,
            severity=fields["severity"],
            action=fields["action"],
            group=fields.get("group", "monitoring" if shape == "monitoring" else raw.id),
            roles=roles,
            present=self.optional(fields, "with"),
            absent=self.optional(fields, "without"),
            when=when,
            modifiers=tuple(self.modifier(one) for one in fields.get("modifiers", ())),
            params=self.params(fields, shape),
            texts={name: fields[name] for name in TEXTS if name in fields},
            over=frozenset(fields.get("over", ())),
            breadth=breadth,
            need=need,
            pair=1 << roles[0][1] if roles and counts_from(fields, shape) > 1 else 0,
            keys=tuple(one.key for one in when),
            file=raw.file,
        )

    def params(self, fields: Raw, shape: str) -> Mapping[str, Any]:
        params = {name: fields[name] for name in PARAMS if name in fields}
        if shape == "dose":
            params["limit"] = amount(fields["max_per_day"], fields["unit"])
            params["limit_words"] = f"{plain(fields['max_per_day'])} {fields['unit']}"
        if shape == "monitoring":
            params["test_words"] = " or ".join(self.books.vocabulary["labs"][test]["label"] for test in fields["tests"])
        if "to" in fields:
            params["to"] = self.set_id({"routes": ["any"], **fields["to"]})
            params["to_tags"] = frozenset([*fields["to"].get("classes", ()), *fields["to"].get("substances", ())])
        if "allowed" in fields:
            params["allowed_sets"] = tuple(tuple(self.set_id({"classes": [name]}) for name in pair) for pair in fields["allowed"])
        if shape == "additive" and "score" not in fields:
            params["count"] = fields["count"]
        return params

    def questions(self, fields: Raw) -> tuple[Predicate, ...]:
        """The questions of a `when`; equal ones are one object."""
        return tuple(self._questions.setdefault(repr(one), one) for one in questions(fields.get("when", {}), self.books))

    def optional(self, fields: Raw, name: str) -> tuple[int, ...]:
        return (self.set_id(fields[name]),) if name in fields else ()

    def modifier(self, fields: Raw) -> Modifier:
        when = self.questions(fields)
        return Modifier(when, self.optional(fields, "with"), self.optional(fields, "without"), fields.get("severity", ""), fields["note"])

    def washout(self, fields: Raw) -> Washout:
        return Washout(self.set_id(fields["drug"]), fields["days"], frozenset(fields["groups"]), fields.get("source", ""))

    def set_id(self, selector: Raw, *, by_dose: bool = False) -> int:
        """The number of the selector's set; equal selectors share it. `by_dose`: only names whose doses are the same."""
        key = (by_dose, *((name, tuple(selector[name])) for name in sorted(selector)))
        if key not in self._ids:
            self._ids[key] = len(self.sets)
            self.sets.append(self.select(selector, by_dose=by_dose))
        return self._ids[key]

    def select(self, selector: Raw, *, by_dose: bool = False) -> Members:
        members: Members = {}
        for class_id in selector.get("classes", ()):
            members = {**self.class_members(class_id), **members}
        for name in self.with_equals(selector.get("ingredients", ()), by_dose=by_dose):
            members[name] = Membership(SYSTEMIC, self.main_class(name))
        gone = set(self.with_equals(selector.get("except", ())))
        for class_id in selector.get("except_classes", ()):
            gone.update(self.class_members(class_id))
        if "routes" in selector:
            sites = sites_of(selector["routes"])
            return {name: Membership(sites, one.says) for name, one in members.items() if name not in gone}
        return {name: one for name, one in members.items() if name not in gone}

    def with_equals(self, names: Iterable[str], *, by_dose: bool = False) -> list[str]:
        """The names and those that mean the same substance, in order."""
        found: dict[str, None] = dict.fromkeys(names)
        for name in list(found):
            group = self.equals.get(name)
            if group and (group["same_dose"] or not by_dose):
                found.update(dict.fromkeys(group["names"]))
        return list(found)

    def class_members(self, class_id: str, above: tuple[str, ...] = ()) -> Members:
        """All members of a class, through the classes inside it, with its words and their routes."""
        if class_id in self._classes:
            return self._classes[class_id]
        fields = self.books.classes.get(class_id, {})
        says = words_of(fields)
        sites = sites_of(fields.get("routes", ("systemic",)))
        members: Members = {}
        for inner in fields.get("classes", ()):
            if inner not in (*above, class_id):
                inside = self.class_members(inner, (*above, class_id))
                members |= {name: Membership(sites if "routes" in fields else one.sites, says) for name, one in inside.items()}
        named = self.with_equals((*fields.get("members", ()), *fields.get("weights", ())))
        members |= {name: Membership(sites, says) for name in named}
        gone = set(self.with_equals(fields.get("except", ())))
        found = {name: one for name, one in members.items() if name not in gone}
        self._classes[class_id] = found
        return found

    def main_class(self, ingredient: str) -> str:
        """What a medicine named by a rule is, in the words of its first therapeutic class."""
        if self._main is None:
            self._main = {}
            for fields in self.books.classes.values():
                if fields.get("kind") == "therapeutic":
                    for name in self.with_equals(fields.get("members", ())):
                        self._main.setdefault(name, words_of(fields))
        return self._main.get(ingredient, "is on the list")


def equals_of(books: Books) -> dict[str, Raw]:
    """Ingredient to the group of names that mean its substance."""
    return {name: group for group in books.equivalents for name in group["names"]}


def implied(shape: str) -> dict[str, Raw]:
    """The medicines that a shape is always about."""
    if shape == "acetaminophen":
        return {"of": {"ingredients": ["acetaminophen"]}}
    return {"of": {"classes": ["opioid-mme"]}} if shape == "mme" else {}


def counts_from(fields: Raw, shape: str) -> int:
    """The least number of medicines of its first set with which a rule that counts says something."""
    return int(fields.get("count", LEAST[shape])) if shape in LEAST else 1


def kind_of(array: str) -> str:
    return {"duplicate": "duplicate_therapy"}.get(array, array)


def words_of(fields: Raw) -> str:
    if fields.get("says"):
        return str(fields["says"])
    label = str(fields.get("label", "medicine"))
    sounds_vowel = label[0] in "aeioAEIO" or label.startswith(("NSAID", "SSRI", "SNRI", "MAO", "H2", "HMG", "LABA", "LAMA", "SGLT"))
    return f"is {'an' if sounds_vowel else 'a'} {label}"


def sites_of(routes: Iterable[str]) -> frozenset[str]:
    return ALL_SITES if "any" in routes else frozenset(routes)


def fact_words(books: Books) -> dict[str, str]:
    """The sentence for each fact that may be missing."""
    words = {test: f"No usable {fields['label']} on file: not checked" for test, fields in books.vocabulary.get("labs", {}).items()}
    return {**words, **{fact: str(text) for fact, text in books.vocabulary.get("facts", {}).items()}}
