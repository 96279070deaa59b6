"""MedicationRequest, MedicationStatement and MedicationDispense as real systems write them."""

import datetime as dt

import pytest

from exchange.tests.bundles import bundle, coded, dispense, patient, read, read_chart, request, statement


@pytest.mark.parametrize("status", ["active", "on-hold", "unknown"])
def test_a_request_that_may_be_running_is_active(status):
    chart, file = read_chart(request(status=status))

    assert len(chart.active_medications) == 1
    assert (status == "active") == (not any("ask whether" in text for text in file.warnings))


@pytest.mark.parametrize("status", ["completed", "stopped", "cancelled"])
def test_a_request_that_ended_is_past(status):
    chart, _ = read_chart(request(status=status))

    assert len(chart.past_medications) == 1
    assert chart.active_medications == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "entered-in-error"},
        {"status": "draft"},
        {"intent": "proposal"},
        {"intent": "option"},
        {"doNotPerform": True},
    ],
)
def test_what_was_never_a_medicine_is_left_out_with_a_warning(fields):
    chart, file = read_chart(request(**fields))

    assert chart.medications == ()
    assert any("MedicationRequest/r2" in text and "left out" in text for text in file.warnings)


def test_a_statement_of_not_taking_is_past():
    chart, _ = read_chart(statement("simvastatin 20 mg", status="not-taken"))

    assert len(chart.past_medications) == 1


def test_an_end_date_that_has_passed_ends_an_active_statement():
    chart, file = read_chart(statement("prednisone 20 mg", effectivePeriod={"start": "2025-01-01", "end": "2025-01-10"}))

    assert chart.past_medications[0].stopped_on == dt.date(2025, 1, 10)
    assert any("end date 2025-01-10 has passed" in text for text in file.warnings)


@pytest.mark.parametrize("status", ["in-progress", "cancelled", "declined", "preparation"])
def test_a_dispensing_that_did_not_happen_is_no_medicine(status):
    chart, _ = read_chart(dispense("warfarin 5 mg", status=status))

    assert chart.medications == ()


def test_a_completed_dispensing_is_taken_as_current_and_to_be_asked():
    chart, file = read_chart(dispense("warfarin 5 mg"))

    assert len(chart.active_medications) == 1
    assert any("dispensing alone" in text for text in file.warnings)


def test_a_contained_medication_is_found():
    order = request(contained=[{"resourceType": "Medication", "id": "m", "code": coded("warfarin 5 MG", "855332")}])
    del order["medicationCodeableConcept"]

    chart, _ = read_chart(order | {"medicationReference": {"reference": "#m"}})

    assert chart.medications[0].rxcui == "855332"


@pytest.mark.parametrize("reference", ["Medication/m", "https://clinic.example/Medication/m", "Medication/m/_history/3"])
def test_a_referenced_medication_is_found_by_any_url(reference):
    order = request(medicationReference={"reference": reference})
    del order["medicationCodeableConcept"]

    chart, _ = read_chart(order, {"resourceType": "Medication", "id": "m", "code": coded("warfarin 5 MG", "855332")})

    assert chart.medications[0].text == "warfarin 5 MG"


def test_a_medication_that_is_elsewhere_is_read_by_its_display_and_told():
    order = request(medicationReference={"reference": "Medication/gone", "display": "warfarin 5 mg tablet"})
    del order["medicationCodeableConcept"]

    chart, file = read_chart(order)

    assert chart.medications[0].text == "warfarin 5 mg tablet"
    assert any("not in the file (Medication/gone)" in text for text in file.warnings)


def test_an_order_that_names_no_medicine_is_told():
    order = request()
    del order["medicationCodeableConcept"]

    chart, file = read_chart(order)

    assert chart.medications == ()
    assert any("names no medicine" in text for text in file.warnings)


@pytest.mark.parametrize("text", ["No known medications", "Patient is not currently taking any medications", "None"])
def test_no_medications_is_not_a_medicine(text):
    chart, _ = read_chart(statement(text))

    assert chart.medications == ()


@pytest.mark.parametrize(
    ("dosage", "words"),
    [
        ({"text": " Take 1 tablet\n daily "}, "Take 1 tablet daily"),
        (
            {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 1.0}}]},
            "1 once daily",
        ),
        (
            {
                "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                "doseAndRate": [{"doseQuantity": {"value": 10, "unit": "mL"}}],
            },
            "10 mL twice daily",
        ),
        ({"timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}}, "every 8 hours"),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}}, "once weekly"),
        ({"timing": {"code": {"coding": [{"code": "BID"}]}}, "asNeededBoolean": True}, "twice daily as needed"),
        ({"asNeededCodeableConcept": {"text": "Pain"}}, "as needed for pain"),
        (
            {"doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "tablet"}}}], "route": {"text": "Oral"}},
            "1 to 2 tablet by mouth",
        ),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["HS"]}}}, "once daily at bedtime"),
        ({"timing": {"repeat": {"frequency": "x", "period": -1, "periodUnit": "d"}}}, ""),
    ],
)
def test_directions_are_the_source_s_words_or_its_numbers_in_words(dosage, words):
    chart, _ = read_chart(request(dosageInstruction=[dosage]))

    assert chart.medications[0].directions == words


def test_several_dosage_lines_follow_their_sequence():
    lines = [{"sequence": 2, "text": "then 10 mg daily"}, {"sequence": 1, "text": "20 mg daily for 5 days"}]

    chart, _ = read_chart(request("prednisone", dosageInstruction=lines))

    assert chart.medications[0].directions == "20 mg daily for 5 days; then then 10 mg daily"


def test_prescriber_reason_and_dates_come_along():
    doctor = {
        "resourceType": "Practitioner",
        "id": "d",
        "name": [{"family": "Haddad", "given": ["Lena"], "prefix": ["Dr."]}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    }
    why = {"resourceType": "Condition", "id": "c", "code": {"text": "Atrial fibrillation"}, "subject": {"reference": "Patient/rosa"}}
    order = request(
        requester={"reference": "Practitioner/d"}, reasonReference=[{"reference": "Condition/c"}], authoredOn="2024-02-05T23:30:00-08:00"
    )

    chart, _ = read_chart(order, doctor, why)

    line = chart.medications[0]
    assert (line.prescriber, line.prescriber_npi, line.reason) == ("Dr. Lena Haddad", "1234567893", "Atrial fibrillation")
    assert line.started_on == dt.date(2024, 2, 5)


def test_an_npi_whose_check_digit_fails_is_not_taken_over():
    doctor = {
        "resourceType": "Practitioner",
        "id": "d",
        "name": [{"text": "L. Haddad"}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "510"}],
    }

    chart, _ = read_chart(request(requester={"reference": "Practitioner/d"}), doctor)

    assert (chart.medications[0].prescriber, chart.medications[0].prescriber_npi) == ("L. Haddad", "")


def test_a_self_prescribed_medicine_names_no_prescriber():
    chart, _ = read_chart(request(requester={"reference": "Patient/rosa", "display": "**self-prescribed**"}, reportedBoolean=True))

    assert chart.medications[0].prescriber == ""
    assert chart.medications[0].is_reported


@pytest.mark.parametrize(
    ("medication", "version"),
    [
        (
            {
                "medication": {
                    "concept": {
                        "text": "warfarin 5 mg",
                        "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "855332"}],
                    }
                }
            },
            "R5",
        ),
        ({"medicationCodeableConcept": coded("warfarin 5 mg", "855332"), "taken": "y"}, "STU3"),
    ],
)
def test_another_fhir_version_is_told_and_read_as_far_as_possible(medication, version):
    old = {"resourceType": "MedicationStatement", "status": "active", "subject": {"reference": "Patient/rosa"}} | medication

    file = read(bundle(patient(), old))

    assert file.patients[0].medications[0].rxcui == "855332"
    assert any(f"FHIR {version}" in text for text in file.warnings)
