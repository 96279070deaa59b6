"""The pages of the record room: who may open them, and what they show."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from patients.kinds import KINDS

pytestmark = pytest.mark.django_db


def chart_pages(patient):
    pages = [reverse(name, args=[patient.pk]) for name in ("patient", "patient-edit", "patient-history", "patient-merge")]
    return pages + [reverse(f"{noun}-add", args=[patient.pk]) for noun in KINDS]


def test_a_pharmacist_and_a_technician_open_every_chart_page(pharmacist_client, technician_client, make_patient):
    patient = make_patient()

    statuses = {client.get(page).status_code for client in (pharmacist_client, technician_client) for page in chart_pages(patient)}

    assert statuses == {200}


def test_another_organization_finds_no_chart_page_at_all(outsider_client, make_patient):
    patient = make_patient()

    assert {outsider_client.get(page).status_code for page in chart_pages(patient)} == {404}


def test_manager_and_auditor_see_no_chart(manager_client, auditor_client, make_patient):
    patient = make_patient()
    pages = [*chart_pages(patient), reverse("patients"), reverse("patient-add"), reverse("directory")]

    assert {client.get(page).status_code for client in (manager_client, auditor_client) for page in pages} == {403}


def test_each_look_at_a_chart_is_in_the_log(pharmacist_client, pharmacist, make_patient):
    patient = make_patient()

    pharmacist_client.get(reverse("patient", args=[patient.pk]))

    event = AuditEvent.objects.get(action="chart.viewed")
    assert (event.patient_id, event.user) == (patient.pk, pharmacist)


def test_the_banner_is_never_silent_about_allergies(pharmacist_client, make_patient, make_allergy):
    nobody_asked, none_known, listed = make_patient(), make_patient(allergy_status="none"), make_patient()
    make_allergy(listed, substance="Sulfamethoxazole", reaction="hives")

    pages = [pharmacist_client.get(reverse("patient", args=[patient.pk])).text for patient in (nobody_asked, none_known, listed)]

    assert [words in page for page, words in zip(pages, ("Not asked", "No known allergies", "Sulfamethoxazole: hives"), strict=True)] == [
        True
    ] * 3


def test_the_chart_shows_low_and_old_results_in_words(pharmacist_client, make_patient, make_observation):
    patient = make_patient()
    make_observation(patient, name="eGFR", value="38", measured_on="2020-01-02")

    page = pharmacist_client.get(reverse("patient", args=[patient.pk])).text

    assert '<span class="off">low</span>' in page
    assert "<small>old</small>" in page
    assert "eGFR, Jan 2, 2020" in page


def test_a_chart_of_many_rows_needs_no_more_queries_than_one_of_few(
    pharmacist_client, make_patient, make_observation, make_medication, django_assert_max_num_queries
):
    patient = make_patient()
    for number in range(12):
        make_observation(patient, name=f"Test {number}")
        make_medication(patient)

    with django_assert_max_num_queries(40):
        response = pharmacist_client.get(reverse("patient", args=[patient.pk]))

    assert response.status_code == 200
