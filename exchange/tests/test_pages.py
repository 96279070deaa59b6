"""Upload, comparison, confirmation and discarding, with and without JavaScript (none is needed)."""

import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from exchange.models import StagedImport
from exchange.tests.conftest import ROSA, WALTER
from patients.models import Medication, Patient

pytestmark = pytest.mark.django_db


def upload(client, data=ROSA, url=None, key=None, name="chart.json"):
    file = SimpleUploadedFile(name, data, content_type="application/json")
    return client.post(url or reverse("import"), {"file": file, "request_key": key or uuid.uuid4()})


def hidden(response):
    """The hidden fields of the confirmation form and the boxes that are ticked in it."""
    form = response.text.split('id="confirm"')[1].split("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return fields | {"take": re.findall(r'name="take" value="([^"]+)"[^>]* checked', form)}


def page_of(staged):
    return reverse("staged-import", args=[staged.pk])


@pytest.fixture
def chart_page(settings):
    """Where a confirmed import leads."""
    return lambda patient: reverse("patient", args=[patient.pk])


def test_a_technician_uploads_sees_and_confirms(technician_client, chart_page):
    uploaded = upload(technician_client)
    shown = technician_client.get(uploaded.url)
    before = Patient.objects.count()
    confirmed = technician_client.post(uploaded.url, hidden(shown))

    patient = Patient.objects.get()
    assert (uploaded.status_code, shown.status_code, before) == (302, 200, 0)
    assert confirmed.url == chart_page(patient)
    assert patient.full_name == "Rosa Elena Marín"
    assert Medication.objects.of(patient).count() == 7
    assert AuditEvent.objects.filter(action="import.accepted", patient_id=patient.pk).exists()


def test_the_comparison_shows_ingredients_notes_and_what_is_not_checked(pharmacist_client):
    response = pharmacist_client.get(upload(pharmacist_client, ROSA.replace(b"acetaminophen 500 mg tablet", b"Dr. Luz joint tea")).url)

    assert "warfarin sodium 5 MG Oral Tablet" in response.text
    assert response.text.count("Not checked") == 1
    assert "carries no code" in response.text
    assert "Penicillin" in response.text
    assert "38 mL/min/1.73m2" in response.text


def test_lines_without_a_tick_stay_out(technician_client):
    url = upload(technician_client).url
    fields = hidden(technician_client.get(url))

    technician_client.post(url, fields | {"take": [key for key in fields["take"] if not key.startswith("active")]})

    assert list(Medication.objects.values_list("text", flat=True)) == ["amoxicillin 500 MG Oral Capsule"]


def test_a_likely_duplicate_must_be_decided_before_anything_can_be_confirmed(technician_client, rosa):
    url = upload(technician_client).url

    undecided = technician_client.get(url)
    onto_chart = technician_client.get(url, {"onto": str(rosa.pk)})
    technician_client.post(url, hidden(onto_chart))

    assert 'id="confirm"' not in undecided.text
    assert "same birth date, same name" in undecided.text
    assert Patient.objects.count() == 1
    assert Medication.objects.of(rosa).count() == 7


def test_a_file_of_another_person_is_written_only_after_a_tick(technician_client, make_patient):
    chart = make_patient(given_names="Tomás", family_name="Vega", sex="M")
    url = upload(technician_client, url=reverse("patient-import", args=[chart.pk])).url
    fields = hidden(technician_client.get(url))

    refused = technician_client.post(url, fields)
    accepted = technician_client.post(url, hidden(refused) | {"is_same_person": "on"})

    assert refused.status_code == 422
    assert "Compare the person first" in refused.text
    assert accepted.status_code == 302
    assert Medication.objects.of(chart).count() == 7


def test_a_chart_that_changed_meanwhile_shows_the_comparison_again_with_the_ticks(technician_client, rosa, make_medication):
    url = upload(technician_client, url=reverse("patient-import", args=[rosa.pk])).url
    fields = hidden(technician_client.get(url)) | {"take": ["active-1"]}
    make_medication(rosa, text="warfarin 5 mg tablet", rxcui="855332", directions="other")

    again = technician_client.post(url, fields)
    second = technician_client.post(url, hidden(again))

    assert again.status_code == 422
    assert "changed this chart after you opened the page" in again.text
    assert hidden(again)["take"] == ["active-1"]
    assert second.status_code == 302
    assert Medication.objects.of(rosa).count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ROSA[:3000], "line 1"),
        (b"<ClinicalDocument/>", "C-CDA is not possible yet"),
        (b"", "empty"),
        (b'{"resourceType": "Practitioner"}', "nothing in this file"),
        (b'{"a": NaN}', "NaN is not a number"),
        ("Marín".encode("cp1252"), "not valid UTF-8"),
    ],
)
def test_a_bad_file_answers_422_at_its_field_and_keeps_nothing(technician_client, data, words):
    response = upload(technician_client, data)

    assert response.status_code == 422
    assert words in response.text or "line " in response.text
    assert not StagedImport.objects.exists()


def test_no_file_at_all_answers_422(technician_client):
    assert technician_client.post(reverse("import"), {"request_key": uuid.uuid4()}).status_code == 422


def test_a_file_of_51_mb_is_refused_without_being_parsed(technician_client):
    response = upload(technician_client, b'{"resourceType": "Bundle"' + b" " * (51 * 1024 * 1024) + b"}")

    assert response.status_code == 422
    assert "larger than 50 MB" in response.text


def test_a_large_file_touches_the_disk_only_inside_the_private_folder(settings):
    assert Path(settings.FILE_UPLOAD_TEMP_DIR).is_relative_to(settings.PRIVATE_DIR)
    assert Path(settings.FILE_UPLOAD_TEMP_DIR).is_dir()


def test_the_same_upload_twice_is_one_import_and_the_same_confirmation_one_chart(technician_client):
    key = uuid.uuid4()

    first, second = upload(technician_client, key=key), upload(technician_client, key=key)
    fields = hidden(technician_client.get(first.url))
    answers = [technician_client.post(first.url, fields) for _ in range(2)]

    assert first.url == second.url
    assert StagedImport.objects.count() == 1
    assert Patient.objects.count() == 1
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}


def test_a_second_confirmation_with_other_ticks_is_told_that_it_was_decided(technician_client, stage):
    staged = stage()
    first, second = (hidden(technician_client.get(page_of(staged))) for _ in range(2))
    technician_client.post(page_of(staged), first)

    response = technician_client.post(page_of(staged), second | {"take": ["active-0"]})

    assert response.status_code == 409
    assert Medication.objects.count() == 7


def test_discarding_asks_for_nothing_and_leaves_no_content(technician_client):
    url = upload(technician_client).url
    form = technician_client.get(url).text.split("/discard/")[1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))

    response = technician_client.post(f"{url}discard/", fields)

    assert response.url == reverse("import")
    assert StagedImport.objects.get().content == {}
    assert "Nothing of it is in any chart" in technician_client.get(url).text


def test_waiting_imports_are_listed_for_the_organization_alone(technician_client, outsider_client, stage):
    stage(WALTER)

    assert "Walter Jablonski" in technician_client.get(reverse("import")).text
    assert "Walter Jablonski" not in outsider_client.get(reverse("import")).text


def test_another_organization_gets_404_for_imports_and_charts(outsider_client, stage, rosa):
    staged = stage(patient=rosa)

    assert outsider_client.get(page_of(staged)).status_code == 404
    assert outsider_client.post(page_of(staged), {}).status_code == 404
    assert outsider_client.post(reverse("staged-import-discard", args=[staged.pk]), {}).status_code == 404
    assert outsider_client.get(reverse("patient-import", args=[rosa.pk])).status_code == 404


def test_another_organization_s_chart_cannot_be_the_target(technician_client, stage, other_organization, make_patient):
    stranger = make_patient(organization=other_organization)
    staged = stage()

    assert technician_client.get(page_of(staged), {"onto": str(stranger.pk)}).status_code == 404
    assert technician_client.get(page_of(staged), {"onto": "nonsense"}).status_code == 404


@pytest.mark.parametrize("who", ["manager_client", "auditor_client"])
def test_managers_and_auditors_import_nothing(request, who, stage):
    client, staged = request.getfixturevalue(who), stage()

    assert client.get(reverse("import")).status_code == 403
    assert client.get(page_of(staged)).status_code == 403
    assert client.post(page_of(staged), {}).status_code == 403


def test_looking_at_an_import_is_logged(technician_client, stage):
    staged = stage()

    technician_client.get(page_of(staged))

    assert AuditEvent.objects.filter(action="import.viewed", object_id=str(staged.pk)).count() == 1


def test_a_made_up_line_is_refused(technician_client, stage):
    staged = stage()
    fields = hidden(technician_client.get(page_of(staged)))

    response = technician_client.post(page_of(staged), fields | {"take": ["active-0", "active-99"]})

    assert response.status_code == 422
    assert not Patient.objects.exists()


def test_the_chart_leads_to_the_import_of_a_file_onto_it(technician_client, rosa):
    page = technician_client.get(reverse("patient", args=[rosa.pk]))

    assert reverse("patient-import", args=[rosa.pk]) in page.text
