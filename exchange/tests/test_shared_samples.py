"""The sample files beside the project: counts as their notes give them, single resources as read by eye."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from exchange.chart import ImportedFile, as_json, from_json
from exchange.files import read_file

pytestmark = pytest.mark.shared

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
# family name: active medications, active allergies, active conditions, deceased
SYNTHEA = {
    "Hartmann": (7, 0, 12, False),
    "Hermiston": (5, 4, 5, False),
    "Stiedemann": (5, 6, 4, False),
    "Kreiger": (0, 0, 1, False),
    "Halvorson": (8, 0, 5, False),
    "Durgan": (6, 4, 7, True),
    "Ferry": (7, 0, 6, False),
    "Witting": (6, 0, 5, False),
    "Berge": (9, 0, 8, False),
}


def read(folder, pattern):
    (path,) = (SAMPLES / folder).glob(pattern)
    return read_file(path.read_bytes())


@pytest.mark.parametrize("family", SYNTHEA)
def test_a_synthea_chart_has_the_counts_of_its_notes(family):
    file = read("fhir-r4-synthea", f"*_{family}_*.json")

    (chart,) = file.patients
    counts = (len(chart.active_medications), len(chart.allergies), len(chart.active_conditions), chart.is_deceased)
    assert counts == SYNTHEA[family]
    assert chart.family_name == family
    assert file.warnings == ()


@pytest.mark.parametrize("family", SYNTHEA)
def test_a_chart_survives_the_way_through_json(family):
    file = read("fhir-r4-synthea", f"*_{family}_*.json")

    assert from_json(ImportedFile, as_json(file)) == file


def test_hermiston_keeps_both_naproxen_products_and_each_once():
    (chart,) = read("fhir-r4-synthea", "*Hermiston*").patients

    assert [line.rxcui for line in chart.active_medications] == ["895994", "745679", "849574", "198014", "105586"]
    assert [line.text for line in chart.past_medications] == [
        "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet",
        "cycloSPORINE 50 MG Oral Capsule",
        "Hydrocortisone 10 MG/ML Topical Cream",
    ]


def test_durgan_shows_what_the_file_says_against_itself():
    file = read("fhir-r4-synthea", "*Durgan*")

    assert file.patients[0].deceased_on == dt.date(2008, 11, 12)
    assert len(file.conflicts) == 1
    assert "Left ventricular Ejection fraction" in file.conflicts[0]


MEDICATIONS = {
    "medicationdispense-example": ("Nizatidine 15 MG/ML Oral Solution", "476872", "10 mL bid", "", ""),
    "medicationrequest-coded-oral-axid": (
        "Nizatidine 15 MG/ML Oral Solution",
        "476872",
        "10 mL bid",
        "Ronald Bone, MD",
        "Active Duodenal Ulcer",
    ),
    "medicationrequest-contained-oral-axid": (
        "Nizatidine 15 MG/ML Oral Solution [Axid]",
        "582620",
        "10 mL bid",
        "Ronald Bone, MD",
        "Active Duodenal Ulcer",
    ),
    "medicationrequest-referenced-oral-axid": (
        "Nizatidine 15 MG/ML Oral Solution [Axid]",
        None,
        "10 mL bid",
        "Ronald Bone, MD",
        "Active Duodenal Ulcer",
    ),
    "medicationrequest-self-tylenol": (
        "Tylenol PM Pill",
        "1187314",
        "Takes 1-2 tablets once daily at bedtime as needed for restless legs",
        "",
        "Headache",
    ),
}
ALLERGIES = {
    "allergyintolerance-example": ("sulfonamide antibacterial", "skin rash", "mild"),
    "allergyintolerance-non-pharmacologic-agent-example": ("Latex", "skin rash", "mild"),
    "allergyintolerance-provenance-example1": ("Peanuts", "Hives", ""),
    "allergyintolerance-provenance-example2": ("Peanuts", "Hives", ""),
}
CONDITIONS = {
    "condition-SDOH-example": ("Nutrition impaired due to limited access to healthful foods (finding)", "445281000124101", True),
    "condition-duodenal-ulcer": ("Active Duodenal Ulcer", "51868009", True),
    "condition-duodenal-ulcer-resolved": ("Active Duodenal Ulcer", "51868009", False),
}
PATIENTS = {
    "patient-child-example": ("Child Example", dt.date(2016, 1, 15), "M", None),
    "patient-infant-example": ("Infant Example", dt.date(2020, 6, 2), "M", None),
    "patient-deceased-example": ("Mary A. Shaw", dt.date(1937, 10, 21), "F", dt.date(2022, 7, 22)),
    "patient-example": ("Amy V. Baxter", dt.date(1987, 2, 20), "F", None),
}


def one_chart(name):
    (chart,) = read("fhir-r4-us-core", f"{name}.json").patients
    return chart


@pytest.mark.parametrize("name", MEDICATIONS)
def test_a_us_core_medicine_is_read_right(name):
    (line,) = one_chart(name).active_medications

    assert (line.text, line.rxcui, line.directions, line.prescriber, line.reason) == MEDICATIONS[name]


@pytest.mark.parametrize("name", ALLERGIES)
def test_a_us_core_allergy_is_read_right(name):
    (line,) = one_chart(name).allergies

    assert (line.substance, line.reaction, line.severity) == ALLERGIES[name]


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_us_core_condition_is_read_right(name):
    (line,) = one_chart(name).conditions

    assert (line.text, line.code, line.is_active) == CONDITIONS[name]


@pytest.mark.parametrize("name", PATIENTS)
def test_a_us_core_patient_is_read_right(name):
    chart = one_chart(name)

    assert (chart.name, chart.birth_date, chart.sex, chart.deceased_on) == PATIENTS[name]


def test_the_us_core_creatinine_is_read_right():
    (line,) = one_chart("observation-serum-creatinine").observations

    assert (line.name, line.value, line.unit, line.on, line.loinc) == (
        "Creatinine, Blood",
        Decimal(1),
        "mg/dL",
        dt.date(2005, 7, 5),
        "2160-0",
    )


def test_every_us_core_file_is_in_one_of_these_tables():
    tested = {*MEDICATIONS, *ALLERGIES, *CONDITIONS, *PATIENTS, "observation-serum-creatinine"}

    assert {path.stem for path in (SAMPLES / "fhir-r4-us-core").glob("*.json")} == tested
