"""The one bridge from the record room to the engine: a chart as the frozen case that rules read.

The case has the shape of `check_regimen`'s input. A missing or null field is unknown, an empty list says
that there is none. Rows of merged charts count. The same chart on the same day gives the same JSON.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from patients.models import Allergy, Answered, Condition, Fill, Immunization, Medication, Observation, Patient, Sex, SocialHistory

RESULTS_KEPT = 5  # of each test, newest first: enough to see a trend
SOCIAL = ("alcohol", "tobacco", "caffeine", "other_use", "living_situation", "dexterity", "vision", "pill_box")
NEEDED: dict[Any, tuple[str, ...]] = {
    Allergy: ("substance", "reaction", "severity", "kind"),
    Condition: ("name", "system", "code", "resolved_on"),
    Fill: ("medication", "filled_on", "days_supply", "quantity"),
    Immunization: ("name", "code", "given_on", "is_declined"),
    Observation: ("name", "code", "value", "text_value", "unit", "measured_on"),
    SocialHistory: (*SOCIAL, "recorded_on"),
}
Case = dict[str, Any]


def charts_of(patient: Patient) -> list[Any]:
    """The ids of this chart and of those merged into it."""
    return [patient.pk, *patient.merged_charts.values_list("pk", flat=True)]


def lines_of(charts: list[Any]) -> list[Medication]:
    """Every medicine of these charts in table order, with its prescriber; those entered in error are left out."""
    return list(_rows(Medication, charts).for_record())


def snapshot_of(patient: Patient, as_of: dt.date, *, charts: list[Any] | None = None, lines: list[Medication] | None = None) -> Case:
    """The case of a patient on a day, in eight queries; everything in it is plain JSON.

    Each medication carries `ref`, the id of its row. Weight is in kg, height in cm, days are ISO dates.
    `charts` and `lines` are what `charts_of` and `lines_of` gave, where the caller has them at hand; one of the
    lines may still be in typing.
    """
    charts = charts_of(patient) if charts is None else charts
    lines = lines_of(charts) if lines is None else lines
    return {
        "id": str(patient.pk),
        "as_of": as_of.isoformat(),
        "patient": person(patient, as_of),
        "conditions": listed(patient.condition_status, [condition(row) for row in _rows(Condition, charts) if _holds(row, as_of)]),
        "allergies": listed(patient.allergy_status, [allergy(row) for row in _rows(Allergy, charts)]),
        "labs": newest_results(_rows(Observation, charts).filter(measured_on__lte=as_of)),
        "medications": listed(patient.medication_status, medications(lines, _rows(Fill, charts))),
        "social": social(_rows(SocialHistory, charts).first()),
        "immunizations": immunizations(_rows(Immunization, charts)),
    }


def _rows(model: Any, charts: list[Any]) -> Any:
    """Rows of a chart and of those merged into it, as `of` gives them: the charts are looked up once, and only the
    columns that the case needs are read.
    """
    rows = model.objects.filter(patient__in=charts).current()
    return rows.only(*NEEDED[model]) if model in NEEDED else rows


def listed(status: str, rows: list[Any]) -> list[Any] | None:
    """Rows where there are some; else [] when the answer was "none", and None when nobody asked."""
    return rows or ([] if status == Answered.NONE else None)


def number(value: Decimal | None) -> int | float | None:
    """A decimal as the shortest JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def person(patient: Patient, as_of: dt.date) -> Case:
    """Who the rules look at. Dosing needs F or M; any other answer is unknown to them."""
    return {
        "birth_date": day(patient.birth_date),
        "age": patient.age_on(as_of),
        "sex": patient.sex if patient.sex in (Sex.FEMALE, Sex.MALE) else None,
        "weight_kg": number(patient.weight_kg),
        "weight_on": day(patient.weight_on),
        "height_cm": number(patient.height_cm),
        "pregnant_weeks": patient.pregnant_weeks_on(as_of),
        "lactating": patient.is_lactating,
        "language": patient.language,
    }


def _holds(row: Condition, as_of: dt.date) -> bool:
    """Whether a problem still holds on the day."""
    return row.resolved_on is None or row.resolved_on > as_of


def condition(row: Condition) -> Case | str:
    """Plain words, or the code with its words."""
    return {"system": row.system, "code": row.code, "text": row.name} if row.code else row.name


def allergy(row: Allergy) -> Case:
    return {"substance": row.substance, "reaction": row.reaction or None, "severity": row.severity or None, "kind": row.kind}


def newest_results(rows: Iterable[Observation]) -> list[Case]:
    """The latest results of each test. No result on file is a fact, so the list is never unknown."""
    kept: dict[str, list[Case]] = {}
    for row in rows:
        results = kept.setdefault(row.code or row.name.casefold(), [])
        if len(results) < RESULTS_KEPT:
            results.append(result(row))
    return [one for results in kept.values() for one in results]


def result(row: Observation) -> Case:
    value = number(row.value) if row.value is not None else row.text_value or None
    return {"name": row.name, "code": row.code or None, "value": value, "unit": row.unit or None, "on": day(row.measured_on)}


def social(row: SocialHistory | None) -> Case | None:
    """The newest answers; None when nobody asked."""
    if row is None:
        return None
    return {name: getattr(row, name) or None for name in SOCIAL} | {"on": day(row.recorded_on)}


def immunizations(rows: Iterable[Immunization]) -> list[Case] | None:
    """Vaccines that were given; without any row nobody has asked."""
    rows = list(rows)
    given = [{"name": row.name, "code": row.code or None, "on": day(row.given_on)} for row in rows if not row.is_declined]
    return given if rows else None


def medications(lines: list[Medication], filled: Iterable[Fill]) -> list[Case]:
    """Every line in table order, past ones with the day they stopped."""
    fills: dict[Any, list[Case]] = {}
    for fill in filled:
        fills.setdefault(fill.medication_id, []).append(one_fill(fill))
    return [medication(line, fills.get(line.pk)) for line in lines]


def one_fill(fill: Fill) -> Case:
    return {"on": day(fill.filled_on), "days_supply": fill.days_supply, "quantity": number(fill.quantity)}


def medication(line: Medication, fills: list[Case] | None = None) -> Case:
    """One line for the engine, saved or not yet. A line that is not recognized goes in as plain text."""
    known = {"rxcui": line.rxcui or None, "ingredients": line.ingredients} if line.is_checked else {}
    return known | {
        "ref": str(line.pk),
        "text": line.text,
        "directions": line.directions or line.directions_en or None,
        "as_taken": line.as_taken or None,
        "route": line.route or None,
        "started_on": day(line.started_on),
        "stopped_on": day(line.stopped_on),
        "reason": line.reason or None,
        "kind": line.kind,
        "prescriber": line.prescriber.name if line.prescriber else None,
        "fills": fills or None,
    }
