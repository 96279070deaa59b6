"""Three-valued questions about one patient: yes, no, or not known, each with its words.

Equal questions are made one by the compiler, so that each is asked once and compared by identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from interactions.engine.kidney import Kidney, latest
from interactions.engine.types import Entry
from interactions.engine.units import Amount, plain
from interactions.engine.words import day_words

if TYPE_CHECKING:
    from interactions.engine.regimen import Regimen

Roles = Mapping[str, Entry]


class Answer(NamedTuple):
    """`holds` is None when not known; `missing` then names the fact."""

    holds: bool | None
    why: str = ""
    missing: str = ""


NONE_OF_THEM = Answer(False)


class Predicate(Protocol):
    """A question with a stable `key`, which enters the fingerprint of a finding."""

    @property
    def key(self) -> str: ...

    def ask(self, regimen: Regimen, roles: Roles) -> Answer: ...


def unknown(fact: str) -> Answer:
    return Answer(None, missing=fact)


@dataclass(frozen=True, slots=True, eq=False)
class AgeIs:
    """Age in whole years, both ends included."""

    low: int
    high: int

    @property
    def key(self) -> str:
        return f"age {self.low}-{self.high}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        age = regimen.patient.age
        return unknown("age") if age is None else Answer(self.low <= age <= self.high, f"age {age}")


@dataclass(frozen=True, slots=True, eq=False)
class SexIs:
    sex: str

    @property
    def key(self) -> str:
        return f"sex {self.sex}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        sex = regimen.patient.sex
        return unknown("sex") if sex is None else Answer(sex == self.sex, "female" if sex == "F" else "male")


@dataclass(frozen=True, slots=True, eq=False)
class HasCondition:
    """At least one of the conditions (all of them: `is_all`; none of them: `is_none`)."""

    ids: tuple[str, ...]
    is_all: bool = False
    is_none: bool = False

    @property
    def key(self) -> str:
        return ("no " if self.is_none else "") + "+".join(self.ids)

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        known = regimen.patient.conditions
        if known is None:
            return unknown("conditions")
        found = [known[one] for one in self.ids if one in known] if known else []
        if self.is_none:
            return Answer(not found, "no condition on the list calls for it")
        if not found:
            return NONE_OF_THEM
        holds = len(found) == len(self.ids) if self.is_all else bool(found)
        return Answer(holds, ", ".join(dict.fromkeys(found)))


@dataclass(frozen=True, slots=True, eq=False)
class KidneyIs:
    """Kidney function by the measure that the label uses, low end included, high end not."""

    measure: str
    low: float
    below: float

    @property
    def key(self) -> str:
        return f"{self.measure} {plain(self.low)}-{plain(min(self.below, 9999))}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        found: Kidney | None = regimen.egfr if self.measure == "egfr" else regimen.crcl
        if found is None:
            return unknown("egfr")
        if found.low >= self.low and found.high < self.below:
            return Answer(True, found.words)
        if found.high < self.low or found.low >= self.below:
            return Answer(False, found.words)
        return unknown("egfr")


@dataclass(frozen=True, slots=True, eq=False)
class LabIs:
    """The newest result of a test that is not too old: above (not at) and below (not at)."""

    test: str
    label: str
    unit: str
    above: float | None
    below: float | None
    within_days: int

    @property
    def key(self) -> str:
        return f"{self.test} {self.above}-{self.below}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        lab = latest(regimen.patient, self.test, self.within_days)
        if lab is None:
            return unknown(self.test)
        holds = (self.above is None or lab.value > self.above) and (self.below is None or lab.value < self.below)
        return Answer(holds, f"{self.label} {plain(lab.value)} {self.unit}".rstrip() + f" on {day_words(lab.on)}")


@dataclass(frozen=True, slots=True, eq=False)
class PregnantIs:
    """Pregnant, between two weeks when the rule says so."""

    wanted: bool
    low: int | None = None
    high: int | None = None

    @property
    def key(self) -> str:
        return f"pregnant {self.wanted} {self.low}-{self.high}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        pregnant = regimen.is_pregnant
        if pregnant is None:
            return unknown("pregnancy")
        if not pregnant or not self.wanted or (self.low is None and self.high is None):
            return Answer(pregnant == self.wanted, "pregnant" if pregnant else "not pregnant")
        weeks = regimen.patient.pregnant_weeks
        if weeks is None:
            return unknown("pregnancy_weeks")
        return Answer((self.low or 0) <= weeks <= (self.high or 99), f"week {weeks} of pregnancy")


@dataclass(frozen=True, slots=True, eq=False)
class CouldBePregnant:
    """A woman of 12 to 50 years who is not known to be pregnant and has no reason on file why she can't be."""

    key: str = "could be pregnant"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        patient = regimen.patient
        if patient.sex == "M" or regimen.is_pregnant or "cannot-become-pregnant" in (patient.conditions or {}):
            return Answer(False, "pregnancy is not in question")
        if patient.age is not None and not 12 <= patient.age <= 50:
            return Answer(False, f"age {patient.age}")
        if patient.sex is None or patient.age is None:
            return unknown("sex" if patient.sex is None else "age")
        return Answer(True, f"a woman of {patient.age} could become pregnant")


@dataclass(frozen=True, slots=True, eq=False)
class LactatingIs:
    wanted: bool
    key: str = "lactating"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        lactating = regimen.is_lactating
        return unknown("lactation") if lactating is None else Answer(lactating == self.wanted, "breastfeeding")


@dataclass(frozen=True, slots=True, eq=False)
class ReactsToSomething:
    """An allergy or intolerance of any kind is on file; implied by every rule about them."""

    key: str = "allergies"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        allergies = regimen.patient.allergies
        return unknown("allergies") if allergies is None else Answer(bool(allergies))


@dataclass(frozen=True, slots=True, eq=False)
class DrinksAlcohol:
    """Any alcohol, or heavy use; alcohol use disorder on the problem list counts as heavy."""

    heavy: bool
    key: str = "alcohol"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        conditions = regimen.patient.conditions or {}
        if "alcohol-use-disorder" in conditions:
            return Answer(True, conditions["alcohol-use-disorder"])
        use = regimen.patient.alcohol
        if use is None:
            return unknown("alcohol")
        return Answer(use == "heavy" or (use == "some" and not self.heavy), "heavy alcohol use" if use == "heavy" else "drinks alcohol")


@dataclass(frozen=True, slots=True, eq=False)
class Smokes:
    wanted: bool
    key: str = "tobacco"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        use = regimen.patient.tobacco
        return unknown("tobacco") if use is None else Answer(use == self.wanted, "uses tobacco" if use else "no tobacco")


@dataclass(frozen=True, slots=True, eq=False)
class DoseIs:
    """The most of one ingredient that the directions of a line allow in a day."""

    role: str
    limit: Amount
    unit: str
    relation: str  # above, at_least, below

    @property
    def key(self) -> str:
        return f"{self.role} {self.relation} {self.limit.scaled} {self.limit.base}"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        entry = roles[self.role]
        dose = entry.drug.doses.get(entry.ingredient)
        if dose is None or dose.base != self.limit.base:
            return unknown("dose")
        holds = {"above": dose.scaled > self.limit.scaled, "below": dose.scaled < self.limit.scaled}.get(
            self.relation, dose.scaled >= self.limit.scaled
        )
        return Answer(holds, f"{entry.ingredient} {plain(dose.in_unit(self.unit))} {self.unit} a day")


@dataclass(frozen=True, slots=True, eq=False)
class TakenFor:
    """A line taken for at least so many days."""

    role: str
    days: int

    @property
    def key(self) -> str:
        return f"{self.role} {self.days} days"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        entry = roles[self.role]
        if entry.drug.started_on is None:
            return unknown("start_date")
        days = (regimen.patient.as_of - entry.drug.started_on).days
        return Answer(days >= self.days, f"{entry.ingredient} taken since {day_words(entry.drug.started_on)}")


@dataclass(frozen=True, slots=True, eq=False)
class AsNeededIs:
    wanted: bool
    key: str = "as needed"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        entry = next(iter(roles.values()))
        return Answer(entry.drug.as_needed == self.wanted, "taken as needed" if self.wanted else "taken regularly")


@dataclass(frozen=True, slots=True, eq=False)
class NoReason:
    """No reason for use is written on the line; a line that never said is not known."""

    key: str = "no reason"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        reason = next(iter(roles.values())).drug.reason
        return unknown("reason_for_use") if reason is None else Answer(not reason.strip(), "no reason for use on file")


@dataclass(frozen=True, slots=True, eq=False)
class TypedAs:
    words: tuple[str, ...]
    key: str = "typed as"

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        text = next(iter(roles.values())).drug.typed
        padded = f" {text.lower()} "
        found = next((word for word in self.words if f" {word} " in padded), None)
        return Answer(found is not None, f"on the list as {text}")


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """At least one of several groups of questions holds as a whole."""

    groups: tuple[tuple[Predicate, ...], ...]

    @property
    def key(self) -> str:
        return " | ".join(" & ".join(one.key for one in group) for group in self.groups)

    def ask(self, regimen: Regimen, roles: Roles) -> Answer:
        answers = [together([one.ask(regimen, roles) for one in group]) for group in self.groups]
        for wanted in (True, None):
            for answer in answers:
                if answer.holds is wanted:
                    return answer
        return Answer(False, answers[0].why if answers else "")


# Questions about one line of the list; all others are about the patient alone.
ABOUT_A_LINE = (DoseIs, TakenFor, AsNeededIs, NoReason, TypedAs)


def is_about_patient(question: Predicate) -> bool:
    """Whether the answer is the same for every medicine of a list."""
    if isinstance(question, AnyOf):
        return all(is_about_patient(one) for group in question.groups for one in group)
    return not isinstance(question, ABOUT_A_LINE)


def together(answers: list[Answer]) -> Answer:
    """Kleene's AND: one no settles it, else one unknown leaves it open."""
    for answer in answers:
        if answer.holds is False:
            return answer
    for answer in answers:
        if answer.holds is None:
            return answer
    return Answer(True, "; ".join(answer.why for answer in answers if answer.why))
