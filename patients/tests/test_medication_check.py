"""The check while typing: flags before saving, nothing written, few queries, old answers told apart."""

import uuid

import pytest
from django.urls import reverse

from patients.models import Medication
from patients.services.medications import add_medication

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def patient(make_patient, technician):
    patient = make_patient()
    for text in ("warfarin 5 mg tablet", "the little heart pill"):
        add_medication(patient, by=technician, text=text)
    return patient


def look(client, patient, **fields):
    return client.post(reverse("medication-check", args=[patient.pk]), fields, headers=HTMX | {"X-Draft": "7"})


def test_a_flag_appears_before_anything_is_saved(technician_client, patient):
    answer = look(technician_client, patient, text="naproxen 220 mg tablet")

    assert "If saved:" in answer.text and "Warfarin with an NSAID" in answer.text and "sev--major" in answer.text
    assert Medication.objects.count() == 2


def test_what_is_not_checked_is_told_with_counts(technician_client, patient):
    answer = look(technician_client, patient, text="naproxen 220 mg tablet")

    assert "2 of 3" in answer.text
    assert "the little heart pill" in answer.text and "name not recognized" in answer.text


def test_the_directions_are_read_back_in_both_languages(technician_client, patient):
    answer = look(technician_client, patient, text="naproxen 220 mg tablet", directions="1 po bid wc")

    assert "Take 1 tablet by mouth 2 times a day with food." in answer.text
    assert 'lang="es">Tome 1 tableta' in answer.text


def test_directions_that_can_be_read_in_two_ways_are_kept_and_say_why(technician_client, patient):
    answer = look(technician_client, patient, text="naproxen 220 mg tablet", directions="1 po biweekly")

    assert "Kept as typed" in answer.text and "every two weeks" in answer.text


def test_the_answer_repeats_the_number_of_the_question(technician_client, patient):
    assert look(technician_client, patient, text="naproxen").headers["X-Draft"] == "7"


def test_a_changed_line_is_checked_in_its_own_place(technician_client, patient):
    line = Medication.objects.get(text="the little heart pill")

    answer = look(technician_client, patient, text="naproxen 220 mg tablet", ref=str(line.pk))

    assert f'id="flags-{line.pk}"' in answer.text and "2 of 2" in answer.text


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"text": "\x00"}, {"text": "x" * 400}, {"text": "warfarin", "ref": "no-id"}, {"rxcui": "9" * 40}])
def test_an_unfinished_line_is_no_error(technician_client, patient, fields):
    answer = look(technician_client, patient, **fields)

    assert answer.status_code == 200
    assert "If saved:" not in answer.text


def test_a_check_and_a_save_ask_the_database_a_bounded_number_of_times(technician_client, patient, technician, django_assert_max_num_queries):
    for number in range(10):
        add_medication(patient, by=technician, text=f"vitamin c {number + 1}00 mg tablet")
    url = reverse("medication-add", args=[patient.pk])
    sent = {"text": "naproxen 220 mg tablet", "directions": "1 po bid wc"}
    look(technician_client, patient)  # a session's first request also notes that it was seen

    with django_assert_max_num_queries(12):
        look(technician_client, patient, **sent)
    with django_assert_max_num_queries(26):
        technician_client.post(url, sent | {"request_key": str(uuid.uuid4())}, headers=HTMX)

    assert Medication.objects.of(patient).count() == 13
