"""Registering and changing a patient: what is typed, what is asked, what is refused."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from patients.models import Patient

pytestmark = pytest.mark.django_db

PLAIN = {"given_names": "Walter", "family_name": "Brandt", "birth_date": "8/30/1961", "sex": "M", "language": "en", "is_active": "on"}


def new_form(**fields):
    return PLAIN | {"request_key": str(uuid.uuid4())} | fields


def register(client, **fields):
    return client.post(reverse("patient-add"), new_form(**fields))


def confirm_key(response):
    return response.context["form"].confirm_key


def test_a_patient_is_stored_metric_from_what_a_counter_types(pharmacist_client, pharmacist):
    response = register(pharmacist_client, weight_kg="201 lb", height_cm="5 ft 11 in", phone="(555) 010-5120", birth_date="Aug 30, 1961")

    patient = Patient.objects.get()
    assert response.url == reverse("patient", args=[patient.pk])
    assert (patient.weight_kg, patient.height_cm, patient.birth_date) == (Decimal("91.2"), Decimal("180.3"), dt.date(1961, 8, 30))
    assert patient.history.get().history_user == pharmacist
    assert AuditEvent.objects.filter(action="patient.added", patient_id=patient.pk).exists()


def test_sending_the_form_twice_makes_one_patient(pharmacist_client):
    form = new_form()

    first, second = (pharmacist_client.post(reverse("patient-add"), form) for _ in range(2))

    assert (first.url, Patient.objects.count()) == (second.url, 1)


@pytest.mark.parametrize("born", ["1/1/1905", "1/1/2015"])
def test_a_doubtful_birth_year_is_asked_about_and_kept_when_confirmed(pharmacist_client, born):
    asked = register(pharmacist_client, birth_date=born)

    assert (asked.status_code, Patient.objects.count()) == (422, 0)
    assert "Is the birth year right?" in asked.text

    register(pharmacist_client, birth_date=born, confirm=confirm_key(asked))

    assert Patient.objects.count() == 1


def test_a_confirmed_doubt_does_not_cover_another_one(pharmacist_client):
    asked = register(pharmacist_client, birth_date="1/1/1905")

    response = register(pharmacist_client, birth_date="1/1/1904", confirm=confirm_key(asked))

    assert (response.status_code, Patient.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "1/1/2099"), ("birth_date", "1/1/1899"), ("birth_date", "2/30/1950"), ("birth_date", "1e999999"), ("birth_date", ""),
        ("family_name", ""), ("family_name", "   "), ("family_name", "M\x00rin"), ("family_name", "Mar\u202ein"), ("family_name", "x" * 121), ("family_name", "123"),
        ("sex", "X"), ("weight_kg", "1e999999"), ("weight_kg", "58"), ("weight_kg", "-5 kg"), ("weight_kg", "9999 kg"), ("weight_kg", "٥٨ kg"),
        ("height_cm", "9 ft 13 in"), ("height_cm", "160"), ("phone", "12"), ("phone", "call me maybe"), ("email", "nobody"), ("deceased_on", "1/1/1950"),
        ("pregnancy_status", "yes"), ("language", "other"), ("primary_care", "7d9f1f0e-53c5-4c4c-8d0b-1f2f3a4b5c6d"), ("primary_care", "' OR 1=1"), ("request_key", "x"), ("request_key", ""),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field_and_nothing_is_written(pharmacist_client, field, value):
    response = register(pharmacist_client, **{field: value})

    assert response.status_code == 422
    assert response.context["form"].errors
    assert Patient.objects.count() == 0


def test_emoji_and_accents_stay_as_typed(pharmacist_client):
    register(pharmacist_client, family_name="Núñez-O’Brien", preferred_name="Wally 🙂")

    assert (Patient.objects.get().family_name, Patient.objects.get().preferred_name) == ("Núñez-O’Brien", "Wally 🙂")


def test_another_organizations_prescriber_is_no_choice(pharmacist_client, other_organization, make_prescriber):
    stranger = make_prescriber(organization=other_organization)

    response = register(pharmacist_client, primary_care=str(stranger.pk))

    assert (response.status_code, "primary_care" in response.context["form"].errors) == (422, True)


def test_fields_that_are_not_on_the_form_are_not_taken(pharmacist_client, make_patient):
    other = make_patient()

    register(pharmacist_client, merged_into=str(other.pk), allergy_status="none", version="77", organization=str(uuid.uuid4()))

    patient = Patient.objects.get(family_name="Brandt")
    assert (patient.merged_into, patient.allergy_status, patient.version, patient.organization) == (None, "unknown", 1, other.organization)


def test_a_new_weight_does_not_keep_the_old_ones_day(pharmacist_client, make_patient):
    patient = make_patient(weight_kg=Decimal("58.0"), weight_on=dt.date(2020, 1, 1))

    edit(pharmacist_client, patient, weight_kg="120 lb", weight_on="01/01/2020")

    patient.refresh_from_db()
    assert (patient.weight_kg, patient.weight_on > dt.date(2020, 1, 1)) == (Decimal("54.4"), True)


def edit(client, patient, **fields):
    born = f"{patient.birth_date:%m/%d/%Y}"
    shown = {
        "given_names": patient.given_names,
        "family_name": patient.family_name,
        "birth_date": born,
        "sex": patient.sex,
        "phone": patient.phone,
    }
    return client.post(reverse("patient-edit", args=[patient.pk]), PLAIN | shown | {"version": patient.version} | fields)


def test_an_edit_keeps_who_changed_what(pharmacist_client, make_patient):
    patient = make_patient(phone="(555) 010-1111")

    edit(pharmacist_client, patient, phone="(555) 010-2222")

    page = pharmacist_client.get(reverse("patient-history", args=[patient.pk])).text
    assert all(words in page for words in ("(555) 010-1111", "(555) 010-2222", "Alice Okoye"))
    assert AuditEvent.objects.get(action="patient.changed").fields == ["phone"]


def test_two_edits_of_one_patient_lose_nothing(pharmacist_client, technician_client, make_patient):
    patient = make_patient(phone="(555) 010-1111", preferred_name="Rosa")

    edit(technician_client, patient, phone="(555) 010-2222", preferred_name="Rosita", address="7 Mill Court")
    refused = edit(pharmacist_client, patient, phone="(555) 010-3333", preferred_name="Rosa")

    page = refused.text
    assert refused.status_code == 409
    assert all(words in page for words in ("Bob Ruiz", "(555) 010-2222", "(555) 010-3333"))
    form = refused.context["form"]
    assert (form["phone"].value(), form["preferred_name"].value(), form["address"].value()) == ("(555) 010-3333", "Rosita", "7 Mill Court")

    patient.refresh_from_db()
    edit(pharmacist_client, patient, phone="(555) 010-3333", preferred_name="Rosita", address="7 Mill Court")

    patient.refresh_from_db()
    assert (patient.phone, patient.preferred_name, patient.address) == ("(555) 010-3333", "Rosita", "7 Mill Court")


def test_deceased_and_inactive_patients_stay_findable_and_say_so(pharmacist_client, make_patient):
    patient = make_patient()

    edit(pharmacist_client, patient, deceased_on="1/2/2024", is_active="")

    page = pharmacist_client.get(reverse("patient", args=[patient.pk])).text
    assert "Died Jan 2, 2024" in page
    assert "Inactive" in page
    assert "Died Jan 2, 2024" in pharmacist_client.get(reverse("patients")).text
