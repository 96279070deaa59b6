"""What an import would do, as one JSON object a file: the output of `import_chart --dry-run --format json`."""

from typing import Any

from exchange.chart import (
    ImportedAllergy,
    ImportedCondition,
    ImportedFile,
    ImportedMedication,
    ImportedObservation,
    ImportedPatient,
    as_json,
)


def report_on(file: ImportedFile, name: str) -> dict[str, Any]:
    """`file`, `format`, `patients`, `conflicts`, `warnings`, and `ignored` (kinds not imported, counted)."""
    return {
        "file": name,
        "format": file.format,
        "patients": [patient_report(patient) for patient in file.patients],
        "conflicts": list(file.conflicts),
        "warnings": list(file.warnings),
        "ignored": file.ignored,
    }


def patient_report(patient: ImportedPatient) -> dict[str, Any]:
    died = patient.deceased_on.isoformat() if patient.deceased_on else patient.is_deceased
    return {
        "name": patient.name,
        "birth_date": as_json(patient.birth_date),
        "sex": patient.sex,
        "deceased": died,
        "language": patient.language,
        "active_medications": [_medication(line) for line in patient.active_medications],
        "past_medications": [_medication(line) for line in patient.past_medications],
        "allergies": [_allergy(line) for line in patient.allergies],
        "no_known_allergies": patient.no_known_allergies,
        "conditions_active": [_condition(line) for line in patient.active_conditions],
        "conditions_past": [_condition(line) for line in patient.conditions if not line.is_active],
        "observations": [_observation(line) for line in patient.observations],
        "immunizations": [{"name": line.name, "on": as_json(line.on)} for line in patient.immunizations],
        "coverages": [{"plan": line.plan, "kind": line.kind} for line in patient.coverages],
    }


def _medication(line: ImportedMedication) -> dict[str, Any]:
    return {
        "text": line.text,
        "rxcui": line.rxcui,
        "status": line.status,
        "ingredients": as_json(line.ingredients),
        "directions": line.directions,
        "as_needed": line.as_needed,
        "source_status": line.source_status,
        "started_on": as_json(line.started_on),
        "stopped_on": as_json(line.stopped_on),
        "reason": line.reason,
        "prescriber": line.prescriber,
        "fills": as_json(line.fills),
        "source": list(line.source),
    }


def _allergy(line: ImportedAllergy) -> dict[str, Any]:
    return {"substance": line.substance, "reaction": line.reaction, "severity": line.severity, "kind": line.kind}


def _condition(line: ImportedCondition) -> dict[str, Any]:
    return {"system": line.code_system, "code": line.code, "text": line.text, "onset_on": as_json(line.onset_on)}


def _observation(line: ImportedObservation) -> dict[str, Any]:
    value = line.words or None if line.value is None else _number(line)
    return {"name": line.name, "value": value, "unit": line.unit, "on": as_json(line.on), "loinc": line.loinc}


def _number(line: ImportedObservation) -> int | float | None:
    value = line.value
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
