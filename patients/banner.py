"""What stands above every page of a chart: who this is, and the dated facts that a medicine review needs first."""

import datetime as dt
from dataclasses import dataclass

from patients.kinds import day
from patients.measures import OLD_AFTER, Measure, measure_of
from patients.models import Allergy, Answered, Condition, ExternalIdentifier, Language, Medication, Observation, Patient

Newest = dict[str, tuple[Observation, Measure]]
SHOWN = (("egfr", "eGFR"), ("inr", "INR"), ("potassium", "Potassium"), ("a1c", "A1c"))


@dataclass(frozen=True)
class Fact:
    """A dated value; `word` is low, high or nothing, `is_old` says older than twelve months."""

    label: str
    value: str
    on: dt.date | None = None
    word: str = ""
    is_old: bool = False


@dataclass(frozen=True)
class Banner:
    """Everything the banner prints; `allergies` is never empty."""

    age: int
    number: str
    reads: str
    allergies: str
    allergies_known: bool
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]


def banner_of(patient: Patient, today: dt.date) -> Banner:
    """Five small queries: identifier, allergies, results, conditions, medicines."""
    newest = newest_results(patient, today)
    identifier = ExternalIdentifier.objects.of(patient).current().first()
    words, is_known = allergy_words(patient)
    return Banner(
        age=patient.age_on(today),
        number=identifier.value if identifier else "",
        reads=patient.other_language if patient.language == Language.OTHER else patient.get_language_display(),
        allergies=words,
        allergies_known=is_known,
        facts=tuple(_facts(patient, newest, today)),
        missing=tuple(_missing(patient, newest)),
    )


def allergy_words(patient: Patient) -> tuple[str, bool]:
    """The allergies in one line, "No known allergies" or "Not asked"; and whether anybody asked."""
    rows = list(Allergy.objects.of(patient).current())
    if rows:
        return " · ".join(str(row) for row in rows), True
    is_none = patient.allergy_status == Answered.NONE
    return ("No known allergies" if is_none else "Not asked"), is_none


def newest_results(patient: Patient, today: dt.date) -> Newest:
    """The newest usable result of each known test."""
    newest: Newest = {}
    for row in Observation.objects.of(patient).current().filter(measured_on__lte=today).exclude(value=None):
        measure = measure_of(row.name, row.code)
        if measure and measure.id not in newest and measure.canonical(row.value, row.unit) is not None:
            newest[measure.id] = (row, measure)
    return newest


def _facts(patient: Patient, newest: Newest, today: dt.date) -> list[Fact]:
    tests = SHOWN if "egfr" in newest else (("creatinine", "Creatinine"), *SHOWN)
    facts = [_fact(label, *newest[test], today) for test, label in tests if test in newest]
    if "systolic" in newest:
        facts.append(_pressure(newest, today))
    if patient.weight_kg is not None:
        is_old = bool(patient.weight_on and today - patient.weight_on > OLD_AFTER)
        facts.append(Fact("Weight", f"{patient.weight_kg.normalize():f} kg", patient.weight_on, is_old=is_old))
    return facts


def _fact(label: str, row: Observation, measure: Measure, today: dt.date) -> Fact:
    unit = "" if measure.id in ("egfr", "inr") else row.unit
    value = f"{row.shown_value}{'' if unit == '%' else ' '}{unit}".strip()
    return Fact(label, value, row.measured_on, measure.word(row.value, row.unit), today - row.measured_on > OLD_AFTER)


def _pressure(newest: Newest, today: dt.date) -> Fact:
    """Whole numbers, as cuffs show them; both from the same day."""
    row, measure = newest["systolic"]
    value, word = f"{row.value:.0f}", measure.word(row.value, row.unit)
    if "diastolic" in newest and newest["diastolic"][0].measured_on == row.measured_on:
        low, its_measure = newest["diastolic"]
        value, word = f"{value}/{low.value:.0f}", word or its_measure.word(low.value, low.unit)
    return Fact("Blood pressure", value, row.measured_on, word, today - row.measured_on > OLD_AFTER)


def _missing(patient: Patient, newest: Newest) -> list[str]:
    """Facts that most reviews need; INR and A1c only where this patient's list asks for them."""
    conditions = list(Condition.objects.of(patient).current().filter(resolved_on=None).values_list("name", "code"))
    missing = []
    if not {"egfr", "creatinine"} & newest.keys():
        missing.append("kidney function")
    if "inr" not in newest and _takes(patient, "warfarin"):
        missing.append("INR")
    if "a1c" not in newest and any("diabet" in name.casefold() or code.startswith(("E10", "E11", "E13")) for name, code in conditions):
        missing.append("A1c")
    if "systolic" not in newest:
        missing.append("blood pressure")
    if patient.weight_kg is None:
        missing.append("weight")
    if not conditions and patient.condition_status != Answered.NONE:
        missing.append("conditions")
    return missing


def _takes(patient: Patient, ingredient: str) -> bool:
    rows = Medication.objects.of(patient).current().filter(stopped_on=None).values_list("ingredients", flat=True)
    return any(part.get("name", "").casefold() == ingredient for parts in rows for part in parts)


def dated(fact: Fact) -> str:
    """The fact's label with its date: "eGFR, Oct 12, 2026"."""
    return f"{fact.label}, {day(fact.on)}" if fact.on else fact.label
