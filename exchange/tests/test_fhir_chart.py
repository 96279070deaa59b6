"""The patient, allergies, conditions, results, vaccines and plans of a FHIR file."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.tests.bundles import allergy, bundle, coded, condition, observation, patient, read, read_chart, status


def test_the_name_in_use_is_read_and_not_the_maiden_or_old_one():
    names = [
        {"use": "maiden", "family": "Quiroga", "given": ["Rosa"]},
        {"use": "old", "family": "Old", "given": ["Rosa"], "period": {"end": "2001-01-01"}},
        {"use": "nickname", "given": ["Rosita"]},
        {"use": "official", "family": "Marín", "given": ["Rosa", "Elena"], "prefix": ["Mrs."]},
    ]

    chart = read(bundle(patient(name=names))).patients[0]

    assert (chart.name, chart.preferred_name) == ("Rosa Elena Marín", "Rosita")


@pytest.mark.parametrize(
    ("fields", "sex"),
    [
        ({"gender": "female"}, "F"),
        ({"gender": "other"}, None),
        ({"gender": None, "extension": [{"url": "http://x/us-core-birthsex", "valueCode": "M"}]}, "M"),
        ({"gender": "unknown", "extension": [{"url": "http://x/us-core-individual-sex", "valueCoding": {"code": "248152002"}}]}, "F"),
    ],
)
def test_sex_is_read_from_gender_or_birth_sex(fields, sex):
    assert read(bundle(patient(**fields))).patients[0].sex == sex


def test_gender_and_birth_sex_that_differ_are_a_conflict_not_a_guess():
    file = read(bundle(patient(gender="male", extension=[{"url": "http://x/us-core-birthsex", "valueCode": "F"}])))

    assert file.patients[0].sex is None
    assert "differ" in file.conflicts[0]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"deceasedDateTime": "2022-07-22"}, (True, dt.date(2022, 7, 22))),
        ({"deceasedDateTime": "2022"}, (True, None)),
        ({"deceasedBoolean": True}, (True, None)),
        ({"deceasedBoolean": False}, (False, None)),
        ({}, (False, None)),
    ],
)
def test_death_is_read_with_or_without_a_day(fields, told):
    chart = read(bundle(patient(**fields))).patients[0]

    assert (chart.is_deceased, chart.deceased_on) == told


def test_a_birth_year_alone_is_told_and_not_made_a_day():
    file = read(bundle(patient(birthDate="1947")))

    assert file.patients[0].birth_date is None
    assert any("1947 is not a full date" in text for text in file.warnings)


def test_social_security_and_license_numbers_stay_in_the_source():
    def numbered(kind, value):
        return {"type": {"coding": [{"code": kind}]}, "value": value, "system": "http://x"}

    identifiers = [numbered(kind, f"{kind}-1") for kind in ("MR", "SS", "DL", "PPN")]

    assert [item.value for item in read(bundle(patient(identifier=identifiers))).patients[0].identifiers] == ["MR-1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("No known allergies", ""),
        ("anything", "716186003"),
        ("NKDA", ""),
        ("N.K.A.", ""),
        ("No Known Drug Allergies", ""),
        ("Patient denies any drug allergies", ""),
        ("none", ""),
        ("No known allergy (situation)", ""),
    ],
)
def test_no_known_allergies_is_an_answer_and_never_an_allergy(text, code):
    chart, _ = read_chart(allergy(text, code, clinicalStatus=status("active")))

    assert chart.allergies == ()
    assert chart.no_known_allergies


@pytest.mark.parametrize("text", ["No known food allergies", "No allergy to latex", "No known environmental allergy"])
def test_no_known_food_allergy_is_no_answer_about_medicines(text):
    chart, _ = read_chart(allergy(text))

    assert chart.allergies == ()
    assert not chart.no_known_allergies


@pytest.mark.parametrize(
    "text", ["Nitroglycerin", "Non-steroidal anti-inflammatory drugs", "Novocaine", "Noxzema", "Penicillin - no anaphylaxis"]
)
def test_a_substance_that_begins_like_no_is_an_allergy(text):
    chart, _ = read_chart(allergy(text))

    assert [line.substance for line in chart.allergies] == [text]


def test_none_known_beside_a_listed_allergy_is_a_conflict_and_the_allergy_stays():
    chart, file = read_chart(allergy("No known allergies"), allergy("Penicillin", category=["medication"]))

    assert [line.substance for line in chart.allergies] == ["Penicillin"]
    assert not chart.no_known_allergies
    assert "no known allergies and lists some" in file.conflicts[0]


def test_no_known_drug_allergies_beside_a_food_allergy_is_no_conflict():
    _, file = read_chart(allergy("NKDA"), allergy("Peanuts", category=["food"]))

    assert file.conflicts == ()


@pytest.mark.parametrize(
    "fields",
    [{"verificationStatus": status("refuted")}, {"verificationStatus": status("entered-in-error")}, {"clinicalStatus": status("resolved")}],
)
def test_a_refuted_mistaken_or_resolved_allergy_is_left_out_with_a_warning(fields):
    chart, file = read_chart(allergy("Penicillin", **fields))

    assert chart.allergies == ()
    assert not chart.no_known_allergies
    assert any("Penicillin" in text for text in file.warnings)


def test_reaction_severity_and_substance_of_an_allergy():
    reaction = [{"manifestation": [{"text": "hives"}], "severity": "mild"}, {"manifestation": [{"text": "swelling"}], "severity": "severe"}]

    chart, _ = read_chart(allergy("Allergy to penicillin (disorder)", "91936005", type="allergy", reaction=reaction))

    line = chart.allergies[0]
    assert (line.substance, line.reaction, line.severity, line.kind) == ("Penicillin", "hives, swelling", "severe", "allergy")


def test_an_empty_list_because_none_is_known_answers_too():
    known = {"resourceType": "List", "status": "current", "mode": "snapshot", "subject": {"reference": "Patient/rosa"}}
    nothing = known | {"code": coded("Allergies", "48765-2", "http://loinc.org"), "emptyReason": {"coding": [{"code": "nilknown"}]}}

    chart, _ = read_chart(nothing)

    assert chart.no_known_allergies


@pytest.mark.parametrize(
    ("fields", "is_active"),
    [
        ({"clinicalStatus": status("active")}, True),
        ({"clinicalStatus": status("recurrence")}, True),
        ({"clinicalStatus": status("resolved")}, False),
        ({"clinicalStatus": status("remission")}, False),
        ({"clinicalStatus": "resolved"}, False),
        ({"abatementDateTime": "2020-01-01"}, False),
        ({}, True),
    ],
)
def test_status_or_else_the_end_decides_whether_a_condition_is_active(fields, is_active):
    chart, _ = read_chart(condition("Sinusitis", **fields))

    assert chart.conditions[0].is_active == is_active


def test_one_condition_recorded_five_times_is_one_and_active_when_any_is():
    past = [condition("Viral sinusitis", "444814009", clinicalStatus=status("resolved")) for _ in range(4)]

    chart, _ = read_chart(*past, condition("Viral sinusitis", "444814009", clinicalStatus=status("active")))

    assert [line.is_active for line in chart.conditions] == [True]


@pytest.mark.parametrize("fields", [{"verificationStatus": status("refuted")}, {"verificationStatus": status("entered-in-error")}])
def test_a_refuted_condition_is_left_out_with_a_warning(fields):
    chart, file = read_chart(condition("Diabetes", **fields))

    assert chart.conditions == ()
    assert any("Diabetes" in text for text in file.warnings)


def test_no_known_problems_is_not_a_condition():
    chart, _ = read_chart(condition("No known problems"))

    assert chart.conditions == ()


def test_an_icd_10_code_is_preferred_over_snomed():
    both = {
        "coding": [
            {"system": "http://snomed.info/sct", "code": "49436004"},
            {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I48.91"},
        ],
        "text": "AF",
    }

    chart, _ = read_chart(condition("x") | {"code": both})

    assert (chart.conditions[0].code_system, chart.conditions[0].code) == ("icd10", "I48.91")


def test_the_latest_result_of_each_test_counts_with_time_zones_respected():
    morning = observation("INR", 2.1, "", on="2026-05-01T08:00:00+02:00", code="6301-6")
    later = observation("INR", 3.4, "", on="2026-05-01T07:30:00Z", code="6301-6")

    chart, file = read_chart(later, morning)

    assert [line.value for line in chart.observations] == [Decimal("3.4")]
    assert file.ignored == {"earlier Observation of the same test": 1}


def test_two_values_of_one_test_at_one_time_are_a_conflict():
    _, file = read_chart(observation("Potassium", 4.9, "mmol/L"), observation("Potassium", 5.9, "mmol/L"))

    assert "both 4.9 mmol/L and 5.9 mmol/L" in file.conflicts[0]


def test_blood_pressure_is_two_results():
    parts = [
        {"code": coded("x", "8480-6", "http://loinc.org"), "valueQuantity": {"value": 148, "unit": "mm[Hg]"}},
        {"code": coded("x", "8462-4", "http://loinc.org"), "valueQuantity": {"value": 82, "unit": "mm[Hg]"}},
    ]

    chart, _ = read_chart(observation("Blood pressure", component=parts))

    assert [(line.name, line.value, line.unit) for line in chart.observations] == [
        ("Systolic blood pressure", 148, "mmHg"),
        ("Diastolic blood pressure", 82, "mmHg"),
    ]


@pytest.mark.parametrize(
    ("fields", "value", "words"),
    [
        ({"valueQuantity": {"value": 0.01, "comparator": "<", "unit": "ng/mL"}}, None, "< 0.01"),
        ({"valueString": "trace"}, None, "trace"),
        ({"valueCodeableConcept": {"text": "Never smoker"}}, None, "Never smoker"),
        ({"valueInteger": 7}, Decimal(7), ""),
        ({"valueBoolean": True}, None, "yes"),
    ],
)
def test_results_that_are_no_plain_number(fields, value, words):
    chart, _ = read_chart(observation("Test", **fields))

    assert (chart.observations[0].value, chart.observations[0].words) == (value, words)


@pytest.mark.parametrize("code", ["entered-in-error", "cancelled"])
def test_a_mistaken_result_is_left_out(code):
    chart, file = read_chart(observation("INR", 9.9, status=code))

    assert chart.observations == ()
    assert any(code in text for text in file.warnings)


def test_a_vaccine_not_given_is_left_out_and_one_given_twice_on_a_day_is_one():
    given = {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"text": "Influenza"},
        "patient": {"reference": "Patient/rosa"},
    }
    given["occurrenceDateTime"] = "2025-10-09"

    chart, _ = read_chart(given, given, given | {"status": "not-done", "occurrenceDateTime": "2025-11-01"})

    assert [(line.name, line.on) for line in chart.immunizations] == [("Influenza", dt.date(2025, 10, 9))]
