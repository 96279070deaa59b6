"""Small FHIR resources for tests: each is valid R4 unless the test says otherwise."""

import json

from exchange.files import read_file

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED = "http://snomed.info/sct"
ROSA = {"reference": "Patient/rosa"}


def patient(**fields):
    plain = {
        "resourceType": "Patient",
        "id": "rosa",
        "name": [{"family": "Marín", "given": ["Rosa"]}],
        "birthDate": "1947-03-14",
        "gender": "female",
    }
    return plain | fields


def coded(text, code="", system=RXNORM):
    return {"text": text} | ({"coding": [{"system": system, "code": code, "display": text}]} if code else {})


def request(text="warfarin 5 MG Oral Tablet", code="", **fields):
    plain = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": coded(text, code),
        "subject": ROSA,
    }
    return plain | fields


def statement(text, code="", **fields):
    plain = {"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": coded(text, code), "subject": ROSA}
    return plain | fields


def dispense(text, code="", on="2026-05-01", days=30, **fields):
    plain = {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "medicationCodeableConcept": coded(text, code),
        "subject": ROSA,
        "whenHandedOver": on,
        "daysSupply": {"value": days},
    }
    return plain | fields


def allergy(text, code="", **fields):
    return {"resourceType": "AllergyIntolerance", "code": coded(text, code, SNOMED), "patient": ROSA} | fields


def condition(text, code="", **fields):
    return {"resourceType": "Condition", "code": coded(text, code, SNOMED), "subject": ROSA} | fields


def observation(text, value=None, unit="mg/dL", on="2026-05-01", code="", **fields):
    plain = {
        "resourceType": "Observation",
        "status": "final",
        "code": coded(text, code, "http://loinc.org"),
        "subject": ROSA,
        "effectiveDateTime": on,
    }
    return plain | ({"valueQuantity": {"value": value, "unit": unit}} if value is not None else {}) | fields


def status(code):
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/any", "code": code}]}


def bundle(*resources, kind="collection", **fields):
    """Entries whose full URL is https://clinic.example/Type/id; resources without an id get their place as one."""
    named = [{"id": f"r{place}"} | resource for place, resource in enumerate(resources, start=1)]
    entries = [{"fullUrl": f"https://clinic.example/{item['resourceType']}/{item['id']}", "resource": item} for item in named]
    return {"resourceType": "Bundle", "type": kind, "entry": entries} | fields


def read(value):
    """The ImportedFile of a Python value, by way of real bytes."""
    return read_file(json.dumps(value).encode())


def read_chart(*resources):
    """The one patient of a bundle of Rosa and these resources, and the file."""
    file = read(bundle(patient(), *resources))
    assert len(file.patients) == 1
    return file.patients[0], file
