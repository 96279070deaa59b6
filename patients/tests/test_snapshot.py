"""The bridge to the engine."""

import datetime as dt
from decimal import Decimal

import pytest

from interactions.services import check
from mtm.lib.canonical import canonical_json
from patients.models import Answered, Fill, Immunization, Medication, SocialHistory
from patients.services.medications import add_medication
from patients.snapshot import snapshot_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def test_the_same_chart_gives_the_same_json(make_patient, make_medication, make_observation, make_allergy):
    patient = make_patient(weight_kg="58.0")
    for _ in range(3):
        make_medication(patient)
        make_observation(patient)
        make_allergy(patient)

    patient.refresh_from_db()
    first, second = (canonical_json(snapshot_of(patient, TODAY)) for _ in range(2))

    assert first == second


def test_eight_queries_whatever_the_chart_holds(make_patient, make_medication, make_observation, django_assert_num_queries):
    patient = make_patient()
    for _ in range(12):
        make_observation(patient)
        line = make_medication(patient)
        Fill.objects.create(organization=patient.organization, patient=patient, medication=line, filled_on=TODAY, days_supply=30)

    with django_assert_num_queries(8):
        case = snapshot_of(patient, TODAY)

    assert len(case["medications"]) == 12


def test_not_asked_is_unknown_and_none_is_an_empty_list(make_patient):
    asked = make_patient(allergy_status=Answered.NONE, condition_status=Answered.NONE, medication_status=Answered.NONE)

    unknown, none = snapshot_of(make_patient(), TODAY), snapshot_of(asked, TODAY)

    assert [unknown[name] for name in ("allergies", "conditions", "medications")] == [None, None, None]
    assert [none[name] for name in ("allergies", "conditions", "medications")] == [[], [], []]
    assert unknown["labs"] == [] and unknown["social"] is None and unknown["immunizations"] is None


def test_rows_count_even_where_the_answer_says_none(make_patient, make_allergy):
    patient = make_patient()
    make_allergy(patient, substance="Penicillin", reaction="hives", severity="", kind="allergy")
    patient.allergy_status = Answered.NONE

    case = snapshot_of(patient, TODAY)

    assert case["allergies"] == [{"substance": "Penicillin", "reaction": "hives", "severity": None, "kind": "allergy"}]


def test_facts_of_the_person_are_unknown_until_they_are_told(make_patient):
    told = make_patient(weight_kg=Decimal("58.5"), height_cm=Decimal("160.0"), pregnancy_status="no", is_lactating=False)

    unknown, known = snapshot_of(make_patient(sex="O"), TODAY)["patient"], snapshot_of(told, TODAY)["patient"]

    assert (unknown["sex"], unknown["weight_kg"], unknown["pregnant_weeks"], unknown["lactating"]) == (None, None, None, None)
    assert (known["sex"], known["weight_kg"], known["height_cm"], known["pregnant_weeks"], known["lactating"]) == ("F", 58.5, 160, 0, False)
    assert known["age"] == 79 and known["birth_date"] == "1947-03-14"


def test_a_merged_chart_speaks_through_the_surviving_one(make_patient, make_medication, make_condition):
    survivor = make_patient()
    duplicate = make_patient(merged_into=survivor)
    make_medication(duplicate, text="warfarin 5 mg")
    make_condition(duplicate, name="Atrial fibrillation")

    case = snapshot_of(survivor, TODAY)

    assert [line["text"] for line in case["medications"]] == ["warfarin 5 mg"]
    assert case["conditions"][0]["text"] == "Atrial fibrillation"


def test_stopped_lines_carry_their_day_and_lines_in_error_are_gone(make_patient, make_medication):
    patient = make_patient()
    make_medication(patient, text="fluoxetine 20 mg", stopped_on=dt.date(2026, 11, 10))
    make_medication(patient, text="never taken", entered_in_error_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    case = snapshot_of(patient, TODAY)

    assert [(line["text"], line["stopped_on"]) for line in case["medications"]] == [("fluoxetine 20 mg", "2026-11-10")]


def test_what_is_not_recognized_goes_in_as_plain_text_with_its_ref_and_is_not_checked(make_patient, technician):
    patient = make_patient()
    line = add_medication(patient, by=technician, text="the little heart pill")

    case = snapshot_of(patient, TODAY)
    answer = check(case)

    assert case["medications"][0]["ref"] == str(line.pk)
    assert "ingredients" not in case["medications"][0] and "rxcui" not in case["medications"][0]
    assert [gap["text"] for gap in answer["not_checked"] if gap["what"] == "medication"] == ["the little heart pill"]


def test_a_chosen_name_counts_over_an_ambiguous_text(make_medication):
    ingredients = [{"rxcui": "7052", "name": "morphine"}]
    line = make_medication(text="MS", directions="", rxcui="7052", ingredients=ingredients, recognition=Medication.Recognition.RESOLVED)

    answer = check(snapshot_of(line.patient, TODAY))

    assert answer["medications"][0]["ingredients"] == ingredients


def test_labs_fills_vaccines_and_habits_are_told_with_their_dates(make_patient, make_medication, make_observation):
    patient = make_patient()
    shared = {"organization": patient.organization, "patient": patient}
    line = make_medication(patient)
    Fill.objects.create(**shared, medication=line, filled_on=TODAY, days_supply=30, quantity="60")
    make_observation(patient, name="INR", value="3.80", unit="", measured_on=dt.date(2026, 11, 16))
    Immunization.objects.create(**shared, name="Influenza", given_on=dt.date(2026, 10, 1))
    Immunization.objects.create(**shared, name="Zoster", is_declined=True)
    SocialHistory.objects.create(**shared, alcohol="2 drinks a week", recorded_on=TODAY)

    case = snapshot_of(patient, TODAY)

    assert case["medications"][0]["fills"] == [{"on": "2026-11-21", "days_supply": 30, "quantity": 60}]
    assert case["labs"] == [{"name": "INR", "code": None, "value": 3.8, "unit": None, "on": "2026-11-16"}]
    assert [vaccine["name"] for vaccine in case["immunizations"]] == ["Influenza"]
    assert case["social"]["alcohol"] == "2 drinks a week" and case["social"]["tobacco"] is None


def test_resolved_conditions_and_later_results_do_not_count_yet(make_patient, make_condition, make_observation):
    patient = make_patient()
    make_condition(patient, name="Pneumonia", code="", system="", resolved_on=dt.date(2020, 1, 1))
    make_condition(patient, name="Heart failure", code="", system="")
    make_observation(patient, measured_on=dt.date(2026, 12, 1))

    case = snapshot_of(patient, TODAY)

    assert case["conditions"] == ["Heart failure"]
    assert case["labs"] == []
