"""Rows of a chart: add, change, conflict, entered in error, put back, history, and "there are none"."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from patients.history import changes_of
from patients.kinds import KINDS
from patients.models import Allergy, Condition, Consent, Contact, Observation, Patient

pytestmark = pytest.mark.django_db

# One right form of each kind: noun, what is typed.
RIGHT = {
    "allergy": {"substance": "Penicillin", "kind": "allergy", "reaction": "hives", "severity": "severe", "source": "patient"},
    "condition": {"name": "Atrial fibrillation", "system": "icd10", "code": "i4891", "source": "clinic"},
    "observation": {"name": "Potassium", "result": "5.3", "unit": "mmol/L", "measured_on": "1/5/2026", "source": "clinic"},
    "social": {"alcohol": "none", "recorded_on": "1/5/2026", "source": "patient"},
    "immunization": {"name": "Influenza", "given_on": "10/1/2025", "source": "pharmacy"},
    "contact": {"role": "caregiver", "name": "Lucía Marín", "may_discuss": "on", "permission_on": "1/5/2026"},
    "coverage": {"plan_name": "Lakeview Rx", "is_part_d": "on", "starts_on": "1/1/2026", "ends_on": "12/31/2026"},
    "consent": {"kind": "mtm", "is_given": "True", "given_on": "1/5/2026"},
    "identifier": {"system": "Clinic", "value": "RM-4471"},
}


def add(client, patient, noun, /, htmx=False, **fields):
    form = RIGHT[noun] | {"request_key": str(uuid.uuid4())} | fields
    return client.post(reverse(f"{noun}-add", args=[patient.pk]), form, headers={"HX-Request": "true"} if htmx else {})


def change(client, row, noun, **fields):
    return client.post(reverse(noun, args=[row.pk]), RIGHT[noun] | {"version": row.version} | fields)


def test_every_kind_has_a_case_here():
    assert RIGHT.keys() == KINDS.keys()


@pytest.mark.parametrize("noun", RIGHT)
def test_a_row_of_each_kind_is_added_once_with_its_author_and_shown(technician_client, technician, make_patient, noun):
    patient, model = make_patient(), KINDS[noun].model
    key = str(uuid.uuid4())

    answers = [add(technician_client, patient, noun, request_key=key) for _ in range(2)]

    row = model.objects.get()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert row.history.get().history_user == technician
    assert AuditEvent.objects.filter(object_id=str(row.pk), patient_id=patient.pk).count() == 1
    assert KINDS[noun].line(row, timezone.localdate()).main in technician_client.get(reverse("patient", args=[patient.pk])).text


@pytest.mark.parametrize("noun", RIGHT)
def test_a_row_of_each_kind_opens_for_change_and_another_organization_finds_none(pharmacist_client, outsider_client, make_patient, noun):
    add(pharmacist_client, make_patient(), noun)
    row = KINDS[noun].model.objects.get()
    pages = [reverse(noun, args=[row.pk]), reverse(f"{noun}-history", args=[row.pk])]

    assert [pharmacist_client.get(page).status_code for page in pages] == [200, 200]
    assert [outsider_client.get(page).status_code for page in pages] == [404, 404]
    assert change(outsider_client, row, noun).status_code == 404


def test_saving_inside_the_chart_answers_with_the_panel_and_a_fresh_banner(pharmacist_client, make_patient):
    response = add(pharmacist_client, make_patient(), "allergy", htmx=True)

    assert response.status_code == 200
    assert response.text.count("<section") == 2
    assert 'hx-swap-oob="true"' in response.text
    assert "Penicillin: hives" in response.text


def test_a_first_allergy_answers_the_question_and_its_removal_opens_it_again(pharmacist_client, make_patient):
    patient = make_patient()

    add(pharmacist_client, patient, "allergy")
    listed = Patient.objects.get().allergy_status
    allergy = Allergy.objects.get()
    pharmacist_client.post(reverse("allergy-in-error", args=[allergy.pk]), {"version": allergy.version, "reason": "other patient"})

    assert (listed, Patient.objects.get().allergy_status) == ("listed", "unknown")


def test_no_known_allergies_is_an_answer_of_its_own_and_not_given_beside_an_allergy(pharmacist_client, make_patient, make_allergy):
    free, allergic = make_patient(), make_patient()
    make_allergy(allergic)
    allergic.refresh_from_db()

    answers = [
        pharmacist_client.post(reverse("allergy-none", args=[one.pk]), {"status": "none", "version": one.version})
        for one in (free, allergic)
    ]

    free.refresh_from_db(), allergic.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 409]
    assert (free.allergy_status, allergic.allergy_status) == ("none", "listed")


def test_entered_in_error_needs_a_reason_keeps_the_row_and_can_be_undone(pharmacist_client, make_patient, make_condition):
    condition = make_condition(name="Gout")
    wrong = reverse("condition-in-error", args=[condition.pk])

    assert pharmacist_client.post(wrong, {"version": condition.version, "reason": ""}).status_code == 422
    pharmacist_client.post(wrong, {"version": condition.version, "reason": "mother's diagnosis"})

    condition.refresh_from_db()
    assert (condition.is_in_error, condition.entered_in_error_reason) == (True, "mother's diagnosis")
    assert not Condition.objects.of(condition.patient).current().exists()

    pharmacist_client.post(reverse("condition-put-back", args=[condition.pk]), {"version": condition.version})

    assert Condition.objects.of(condition.patient).current().exists()


def test_a_reason_for_an_error_is_kept_when_someone_else_changed_the_line(pharmacist_client, technician_client, make_patient):
    add(pharmacist_client, make_patient(), "allergy")
    allergy = Allergy.objects.get()
    change(technician_client, allergy, "allergy", reaction="swelling")

    response = pharmacist_client.post(reverse("allergy-in-error", args=[allergy.pk]), {"version": 1, "reason": "another patient's"})

    allergy.refresh_from_db()
    assert (response.status_code, allergy.is_in_error) == (422, False)
    assert all(words in response.text for words in ("another patient&#x27;s", "Bob Ruiz changed this line", "swelling"))


@pytest.mark.parametrize("noun", RIGHT)
def test_fields_that_are_not_on_a_form_are_not_taken(pharmacist_client, make_patient, noun):
    patient, other = make_patient(), make_patient()
    forged = {
        "patient": str(other.pk),
        "version": "77",
        "entered_in_error_at": "2026-01-01",
        "entered_in_error_reason": "x",
        "source_detail": "x",
    }

    add(pharmacist_client, patient, noun, **forged, id=str(uuid.uuid4()), organization=str(uuid.uuid4()))

    row = KINDS[noun].model.objects.get()
    kept = (row.patient, row.organization, row.version, row.entered_in_error_at, row.entered_in_error_reason, row.source_detail)
    assert kept == (patient, patient.organization, 1, None, "", "")


def test_two_people_changing_one_row_lose_nothing(pharmacist_client, technician_client, make_patient):
    add(pharmacist_client, make_patient(), "allergy")
    allergy = Allergy.objects.get()

    change(technician_client, allergy, "allergy", reaction="swelling of the lips", noted_on="1/2/2020")
    refused = change(pharmacist_client, allergy, "allergy", reaction="rash")

    allergy.refresh_from_db()
    assert (refused.status_code, allergy.reaction) == (409, "swelling of the lips")
    form = refused.context["form"]
    assert (form["reaction"].value(), form["noted_on"].value(), form["version"].value()) == ("rash", "01/02/2020", "2")
    assert "swelling of the lips" in refused.text


def test_saving_without_a_change_writes_nothing(pharmacist_client, make_patient):
    add(pharmacist_client, make_patient(), "allergy")
    allergy = Allergy.objects.get()

    change(pharmacist_client, allergy, "allergy")

    assert (allergy.history.count(), Allergy.objects.get().version) == (1, 1)


def test_the_history_says_who_when_from_what_to_what(pharmacist_client, technician_client, make_patient):
    add(pharmacist_client, make_patient(), "allergy")
    change(technician_client, Allergy.objects.get(), "allergy", severity="mild")

    newest, oldest = changes_of(Allergy.objects.get())

    assert (newest.by, newest.verb, [(one.label, one.before, one.after) for one in newest.fields]) == (
        "Bob Ruiz",
        "changed",
        [("severity", "Severe", "Mild")],
    )
    assert (oldest.by, oldest.verb) == ("Alice Okoye", "added")


@pytest.mark.parametrize(
    ("fields", "value", "unit"),
    [
        ({"name": "eGFR", "result": "38", "unit": ""}, "38", "mL/min/1.73m2"),
        ({"name": "creatinine", "result": "124", "unit": "umol/L"}, "124", "umol/L"),
        ({"name": "INR", "result": "3.8", "unit": ""}, "3.8", ""),
        ({"name": "A1c", "result": "6.4", "unit": "%"}, "6.4", "%"),
        ({"name": "Weight", "result": "128", "unit": "lb"}, "128", "lb"),
        ({"name": "Plasma unobtainium", "result": "7", "unit": "zot"}, "7", "zot"),
    ],
)
def test_a_result_is_kept_as_given_with_a_unit_that_fits(pharmacist_client, make_patient, fields, value, unit):
    add(pharmacist_client, make_patient(), "observation", **fields)

    row = Observation.objects.get()
    assert (row.value, row.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"unit": "mg/dL"}, "unit"), ({"name": "creatinine", "result": "1.4", "unit": ""}, "unit"), ({"name": "INR", "unit": "mmHg"}, "unit"),
        ({"result": "1e999999"}, "result"), ({"result": ""}, "result"), ({"result": "5.3.1"}, "result"), ({"measured_on": "1/5/2099"}, "measured_on"),
        ({"measured_on": "1/5/1850"}, "measured_on"), ({"name": "Blood pressure", "result": "126", "unit": ""}, "result"),
        ({"name": "Blood pressure", "result": "126/68", "unit": "mg/dL"}, "unit"), ({"name": "x" * 121}, "name"), ({"name": "K\x00"}, "name"),
    ],
)  # fmt: skip
def test_a_result_that_cannot_be_right_is_named_at_its_field(pharmacist_client, make_patient, fields, field):
    response = add(pharmacist_client, make_patient(), "observation", **fields)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Observation.objects.exists()


@pytest.mark.parametrize("fields", [{"result": "53"}, {"name": "Blood pressure", "result": "68/126", "unit": ""}, {"result": "hemolyzed"}])
def test_an_unusual_result_is_asked_about_and_kept_when_confirmed(pharmacist_client, make_patient, fields):
    patient = make_patient()

    asked = add(pharmacist_client, patient, "observation", **fields)
    saved = add(pharmacist_client, patient, "observation", confirm=asked.context["form"].confirm_key, **fields)

    assert (asked.status_code, saved.status_code) == (422, 302)


def test_a_blood_pressure_is_typed_once_and_stored_as_two_results(pharmacist_client, make_patient):
    patient = make_patient()

    add(pharmacist_client, patient, "observation", name="BP", result="126/68", unit="")

    assert dict(Observation.objects.values_list("name", "value")) == {"Systolic blood pressure": 126, "Diastolic blood pressure": 68}
    assert "126/68" in pharmacist_client.get(reverse("patient", args=[patient.pk])).text


def test_a_weight_among_the_results_becomes_the_patients_unless_it_is_older(pharmacist_client, make_patient):
    patient = make_patient(weight_kg=Decimal("60.0"), weight_on=dt.date(2025, 6, 1))

    add(pharmacist_client, patient, "observation", name="Weight", result="150", unit="lb", measured_on="1/5/2024")
    older = Patient.objects.get().weight_kg
    add(pharmacist_client, patient, "observation", name="Weight", result="128", unit="lb", measured_on="1/5/2026")

    patient.refresh_from_db()
    assert (older, patient.weight_kg, patient.weight_on) == (Decimal("60.0"), Decimal("58.1"), dt.date(2026, 1, 5))


@pytest.mark.parametrize(
    ("noun", "fields", "field"),
    [
        ("condition", {"code": "xyz"}, "code"), ("condition", {"system": ""}, "system"), ("condition", {"system": "snomed", "code": "12"}, "code"),
        ("condition", {"started_on": "2/1/2026", "resolved_on": "1/1/2026"}, "resolved_on"), ("coverage", {"ends_on": "1/1/2020"}, "ends_on"),
        ("contact", {"phone": "1"}, "phone"), ("consent", {"kind": "anything"}, "kind"), ("social", {"alcohol": ""}, "__all__"),
        ("immunization", {"code": "flu"}, "code"), ("allergy", {"substance": " "}, "substance"), ("allergy", {"severity": "awful"}, "severity"),
    ],
)  # fmt: skip
def test_bad_rows_are_named_at_their_field(pharmacist_client, make_patient, noun, fields, field):
    response = add(pharmacist_client, make_patient(), noun, **fields)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not KINDS[noun].model.objects.exists()


def test_permission_to_speak_with_a_contact_is_dated(pharmacist_client, make_patient):
    add(pharmacist_client, make_patient(), "contact", permission_on="")

    assert Contact.objects.get().permission_on == timezone.localdate()


def test_a_refused_consent_is_kept_as_no(pharmacist_client, make_patient):
    add(pharmacist_client, make_patient(), "consent", is_given="False")

    assert Consent.objects.get().is_given is False


def test_prescribers_and_pharmacies_are_added_and_changed(technician_client, make_prescriber):
    technician_client.post(reverse("pharmacy-add"), {"name": "Corner Pharmacy", "request_key": str(uuid.uuid4())})
    prescriber = make_prescriber(name="Dr. Lena Haddad")

    technician_client.post(reverse("prescriber", args=[prescriber.pk]), {"name": "Dr. Lena Haddad", "fax": "(555) 010-9999", "version": 1})
    wrong = technician_client.post(
        reverse("prescriber", args=[prescriber.pk]), {"name": "Dr. Lena Haddad", "npi": "1234567890", "version": 2}
    )

    page = technician_client.get(reverse("directory")).text
    assert "Corner Pharmacy" in page
    assert "(555) 010-9999" in page
    assert wrong.status_code == 422
