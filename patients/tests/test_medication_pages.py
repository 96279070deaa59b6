"""The medication table and its pages: who may, what they answer, and that nothing typed is lost."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from patients.models import Fill, Medication, Prescriber
from patients.services.medications import add_medication

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def patient(make_patient):
    return make_patient()


@pytest.fixture
def line(patient, technician):
    return add_medication(patient, by=technician, text="warfarin 5 mg tablet", directions="1 po qpm")


def entry(**fields):
    return {"text": "naproxen 220 mg tablet", "directions": "1 po bid wc", "request_key": str(uuid.uuid4()), "source": "patient"} | fields


def edit_fields(line, **changes):
    """What the edit form sends for a line, with changes."""
    plain = {
        "version": line.version, "text": line.text, "rxcui": line.rxcui, "directions": line.directions, "reason": line.reason,
        "directions_en": line.directions_en, "directions_es": line.directions_es, "kind": line.kind, "source": line.source,
        "morning": line.morning, "noon": line.noon, "evening": line.evening, "bedtime": line.bedtime, "as_taken": line.as_taken,
    }  # fmt: skip
    return plain | changes


def test_the_page_shows_every_line_and_an_empty_one_to_type_in(technician_client, patient, line):
    page = technician_client.get(reverse("medications", args=[patient.pk]))

    assert page.status_code == 200
    assert "warfarin 5 mg tablet" in page.text and "Take 1 tablet by mouth every evening." in page.text
    assert 'id="new-text"' in page.text and "1 of 1" in page.text


def test_looking_at_the_page_is_logged(technician_client, patient):
    technician_client.get(reverse("medications", args=[patient.pk]))

    assert AuditEvent.objects.filter(action="chart.viewed", patient_id=patient.pk).count() == 1


PAGES = ("medication", "medication-edit", "medication-name", "medication-stop", "medication-error", "medication-fill", "medication-history")
VERBS = ("medication-restart", "medication-put-back", "medication-move", "medication-prescriber")


def test_a_stranger_finds_nothing_at_all(outsider_client, patient, line):
    answers = [outsider_client.get(reverse(name, args=[line.pk])).status_code for name in PAGES]
    answers += [outsider_client.post(reverse(name, args=[line.pk]), {"version": 1}).status_code for name in (*PAGES[1:-1], *VERBS)]
    answers.append(outsider_client.get(reverse("medications", args=[patient.pk])).status_code)
    answers += [outsider_client.post(reverse(name, args=[patient.pk]), entry()).status_code for name in ("medication-add", "medication-check")]

    assert set(answers) == {404}
    assert Medication.objects.count() == 1


@pytest.mark.parametrize("who", ["manager_client", "auditor_client"])
def test_managers_and_auditors_see_no_medicines(request, who, patient, line):
    client = request.getfixturevalue(who)

    answers = [client.get(reverse(name, args=[line.pk])).status_code for name in PAGES]
    answers.append(client.get(reverse("medications", args=[patient.pk])).status_code)
    answers.append(client.post(reverse("medication-add", args=[patient.pk]), entry()).status_code)
    answers.append(client.post(reverse("drug-suggest"), {"q": "warf", "field": "new-text"}).status_code)

    assert set(answers) == {403}


def test_a_chart_that_was_merged_away_leads_to_the_surviving_one(technician_client, patient, make_patient):
    duplicate = make_patient(merged_into=patient)

    answer = technician_client.get(reverse("medications", args=[duplicate.pk]))

    assert answer.url == reverse("medications", args=[patient.pk])


def test_saving_a_line_answers_with_the_line_its_flags_and_an_empty_row(technician_client, patient, line):
    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), entry(), headers=HTMX)

    added = Medication.objects.exclude(pk=line.pk).get()
    assert answer.status_code == 200
    assert f'id="medication-{added.pk}"' in answer.text and "Major" in answer.text
    assert 'id="new-request_key"' in answer.text and "Saved" in answer.text
    assert "2 of 2" in answer.text


def test_without_javascript_saving_leads_back_to_the_table(technician_client, patient):
    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), entry())

    assert answer.url == reverse("medications", args=[patient.pk])
    assert Medication.objects.get().directions_en.startswith("Take 1 tablet")


def test_without_javascript_an_ambiguous_name_leads_to_the_choice(technician_client, patient):
    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), entry(text="MS"), follow=True)
    line = Medication.objects.get()

    chosen = technician_client.post(reverse("medication-name", args=[line.pk]), {"version": 1, "label": "morphine"})

    assert "morphine" in answer.text and "magnesium sulfate" in answer.text
    line.refresh_from_db()
    assert chosen.status_code == 302 and line.is_checked and line.text == "MS"


def test_an_unknown_name_is_marked_not_checked(technician_client, patient):
    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), entry(text="Dr. Luz joint tea"), headers=HTMX)

    assert "Not checked" in answer.text and "Name not recognized" in answer.text
    assert "0 of 1" in answer.text


def test_the_same_form_sent_twice_makes_one_line(technician_client, patient):
    sent = entry()

    answers = [technician_client.post(reverse("medication-add", args=[patient.pk]), sent, headers=HTMX).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert Medication.objects.count() == 1


def test_a_used_key_with_other_contents_is_refused(technician_client, patient):
    sent = entry()
    technician_client.post(reverse("medication-add", args=[patient.pk]), sent)

    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), sent | {"text": "aspirin 81 mg"})

    assert answer.status_code == 409
    assert Medication.objects.count() == 1


BAD = [
    ({"text": ""}, "Type the medicine."),
    ({"text": "x" * 301}, "at most 300 characters"),
    ({"text": "war\x00farin"}, "Character 4"),
    ({"text": "war\u202efarin"}, "invisible"),
    ({"directions": "1 po bid " * 100}, "at most 600 characters"),
    ({"rxcui": "1e999999"}, "Choose the medicine from the list again"),
    ({"last_filled_on": "13/45/2026"}, "Enter a date"),
    ({"last_filled_on": "01/01/2199"}, "in the future"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_bad_input_is_told_at_its_field_and_writes_nothing(technician_client, patient, fields, message, headers):
    answer = technician_client.post(reverse("medication-add", args=[patient.pk]), entry(**fields), headers=headers)

    assert answer.status_code == 422
    assert message in answer.text
    assert not Medication.objects.exists()


def test_from_becomes_a_prescriber_a_source_or_stays_as_typed(technician_client, patient, make_prescriber):
    haddad = make_prescriber(name="Dr. Lena Haddad")
    add = reverse("medication-add", args=[patient.pk])

    for words in ("haddad", "herself", "the hospital in Dayton"):
        technician_client.post(add, entry(came_from=words, source="bottle"))

    lines = list(Medication.objects.for_record())
    assert [line.prescriber for line in lines] == [haddad, None, None]
    assert [line.source for line in lines] == ["bottle", "patient", "bottle"]
    assert lines[2].source_detail == "the hospital in Dayton"


def test_a_typed_prescriber_is_added_to_the_directory_by_one_button(technician_client, patient, organization):
    technician_client.post(reverse("medication-add", args=[patient.pk]), entry(came_from="Dr. Kwame Osei"))
    line = Medication.objects.get()

    for _ in range(2):
        technician_client.post(reverse("medication-prescriber", args=[line.pk]), {"version": 1})

    line.refresh_from_db()
    assert line.prescriber.name == "Dr. Kwame Osei" and line.prescriber.organization == organization
    assert Prescriber.objects.count() == 1 and line.source_detail == ""


def test_another_organizations_prescriber_is_never_found(technician_client, patient, make_prescriber, other_organization):
    make_prescriber(name="Dr. Lena Haddad", organization=other_organization)

    technician_client.post(reverse("medication-add", args=[patient.pk]), entry(came_from="haddad"))

    assert Medication.objects.get().prescriber is None


def test_editing_a_line_in_its_place_saves_and_answers_with_it(technician_client, line):
    form = technician_client.get(reverse("medication-edit", args=[line.pk]), headers=HTMX)
    answer = technician_client.post(reverse("medication-edit", args=[line.pk]), edit_fields(line, reason="Atrial fibrillation"), headers=HTMX)

    line.refresh_from_db()
    assert f'id="line-{line.pk}-directions"' in form.text
    assert answer.status_code == 200 and "Atrial fibrillation" in answer.text and "Saved" in answer.text
    assert line.version == 2


def test_a_conflict_shows_both_and_loses_nothing_typed(technician_client, pharmacist, line):
    from patients.services.medications import change_medication

    mine = edit_fields(line, reason="Atrial fibrillation")
    change_medication(line, by=pharmacist, version=1, reason="Clots", as_taken="Skips Sundays")

    refused = technician_client.post(reverse("medication-edit", args=[line.pk]), mine)
    settled = technician_client.post(reverse("medication-edit", args=[line.pk]), mine | {"version": 2, "as_taken": "Skips Sundays"})

    assert refused.status_code == 409
    assert "Atrial fibrillation" in refused.text and "Clots" in refused.text and "Alice Okoye" in refused.text
    line.refresh_from_db()
    assert settled.status_code == 302 and (line.reason, line.as_taken) == ("Atrial fibrillation", "Skips Sundays")


def test_saving_the_same_edit_twice_is_no_conflict(technician_client, line):
    sent = edit_fields(line, reason="Atrial fibrillation")

    answers = [technician_client.post(reverse("medication-edit", args=[line.pk]), sent).status_code for _ in range(2)]

    line.refresh_from_db()
    assert answers == [302, 302] and line.version == 2


def test_stopping_asks_for_a_reason_and_moves_the_line_to_the_past(technician_client, patient, line):
    url = reverse("medication-stop", args=[line.pk])

    refused = technician_client.post(url, {"version": 1, "stopped_on": "11/01/2025", "reason": ""})
    technician_client.post(url, {"version": 1, "stopped_on": "11/01/2025", "reason": "Bleeding"})
    page = technician_client.get(reverse("medications", args=[patient.pk]))

    assert refused.status_code == 422 and "Say why" in refused.text
    assert "Past medicines" in page.text and "Bleeding" in page.text and "Nov 1, 2025" in page.text


def test_restart_error_and_put_back_each_do_what_they_say(technician_client, patient, line):
    def press(name, **fields):
        line.refresh_from_db()
        return technician_client.post(reverse(name, args=[line.pk]), {"version": line.version} | fields, follow=True)

    press("medication-stop", stopped_on="11/01/2025", reason="Bleeding")
    restarted = press("medication-restart")
    marked = press("medication-error", reason="Other patient")
    back = press("medication-put-back")

    assert "Past medicines" not in restarted.text
    assert "Entered in error" in marked.text and "Other patient" in marked.text
    assert "Put back." in back.text and "Entered in error" not in back.text


def test_an_old_button_is_refused_with_a_hint_and_then_works(technician_client, pharmacist, line):
    from patients.services.medications import change_medication

    change_medication(line, by=pharmacist, version=1, reason="Clots")
    answer = technician_client.post(reverse("medication-stop", args=[line.pk]), {"version": 1, "stopped_on": "11/01/2025", "reason": "Bleeding"})

    line.refresh_from_db()
    assert answer.status_code == 422 and "Someone changed this line" in answer.text and "Bleeding" in answer.text
    assert line.stopped_on is None


def test_the_history_says_who_when_from_what_to_what(technician_client, line):
    technician_client.post(reverse("medication-edit", args=[line.pk]), edit_fields(line, reason="Clots"))
    line.refresh_from_db()
    technician_client.post(reverse("medication-edit", args=[line.pk]), edit_fields(line, reason="Atrial fibrillation"))

    page = technician_client.get(reverse("medication-history", args=[line.pk]))

    assert all(words in page.text for words in ("Bob Ruiz", "What it is for", "Clots", "Atrial fibrillation"))


def test_a_fill_is_recorded_once_however_often_it_is_sent(technician_client, line):
    sent = {"request_key": str(uuid.uuid4()), "filled_on": "11/01/2025", "days_supply": "30", "quantity": "30"}

    for _ in range(2):
        technician_client.post(reverse("medication-fill", args=[line.pk]), sent)

    line.refresh_from_db()
    assert Fill.objects.count() == 1 and line.last_filled_on == dt.date(2025, 11, 1)


def test_the_checklist_names_what_is_missing(technician_client, patient, make_observation):
    make_observation(patient, name="Creatinine", value="1.2", unit="mg/dL")

    page = technician_client.get(reverse("medications", args=[patient.pk])).text

    assert "not asked" in page and "no potassium" in page and "no medicines yet" in page
