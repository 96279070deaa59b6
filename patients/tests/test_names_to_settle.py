"""The worklist of names that nobody has settled: who may, what a choice does, and the way back."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from patients.models import Medication
from patients.services import settling
from patients.services.medications import add_medication, change_medication
from patients.unsettled import name_of, names_to_settle, suggestions_for
from reviews.models import Encounter
from reviews.services import is_stale, refresh

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TODAY = dt.date(2026, 11, 22)
PAGE = "names-to-settle"


@pytest.fixture
def type_line(make_patient, technician):
    def type_(text, patient=None, **details):
        return add_medication(patient or make_patient(), by=technician, text=text, **details)

    return type_


@pytest.fixture
def lines(type_line):
    """Three lines of three patients that say the same, and one that says something else."""
    same = [type_line(text, directions="1 po bid") for text in ("CPZ", "cpz", "CPZ")]
    type_line("the little heart pill")
    return same


def name(line):
    line.refresh_from_db()
    return name_of(line, TODAY)


def post(client, route, line, *, headers=None, **fields):
    found = name(line)
    return client.post(reverse(route, args=[line.pk]), {"stamp": found.stamp if found else "0" * 16} | fields, headers=headers or {})


def settle(client, line, label="prochlorperazine", **fields):
    return post(client, "name-settle", line, label=label, **fields)


def test_one_entry_a_text_with_its_lines_and_suggestions(technician_client, lines):
    page = technician_client.get(reverse(PAGE))

    assert page.status_code == 200 and page.text.count("data-name") == 2
    assert "3 lines of 3 patients" in page.text and "1 line of 1 patient" in page.text
    assert 'value="prochlorperazine" data-key="2"' in page.text
    assert page.text.index("CPZ") < page.text.index("the little heart pill")


@pytest.mark.parametrize("client_name", ["pharmacist_client", "technician_client"])
def test_pharmacists_and_technicians_may(request, client_name, lines):
    client = request.getfixturevalue(client_name)

    assert client.get(reverse(PAGE)).status_code == 200
    assert settle(client, lines[0], is_sure="1").status_code == 302


@pytest.mark.parametrize("client_name", ["manager_client", "auditor_client"])
def test_others_may_not(request, client_name, lines):
    client = request.getfixturevalue(client_name)

    answers = [client.get(reverse(PAGE)).status_code, client.post(reverse("names-undo")).status_code]
    answers += [post(client, route, lines[0]).status_code for route in ("name-settle", "name-leave", "name-look-up")]

    assert set(answers) == {403}


def test_another_organization_sees_and_changes_nothing(outsider_client, lines):
    page = outsider_client.get(reverse(PAGE))
    answers = [
        post(outsider_client, route, lines[0], label="prochlorperazine", reason="x").status_code
        for route in ("name-settle", "name-leave", "name-look-up")
    ]

    assert "Every name is settled" in page.text and "CPZ" not in page.text
    assert set(answers) == {404} and name(lines[0])


def test_more_than_one_line_is_asked_about_first(technician_client, lines):
    asked = settle(technician_client, lines[0], headers=HTMX)

    assert asked.status_code == 200 and "Make all 3 lines of 3 patients <b>prochlorperazine</b>?" in asked.text
    assert lines[0].patient.full_name in asked.text
    assert len(name(lines[0]).lines) == 3


def test_without_javascript_the_question_is_the_first_entry_of_the_page(technician_client, lines, type_line):
    type_line("MS")
    last = type_line("the blue one")

    asked = post(technician_client, "name-look-up", last, sought="metop")
    sure = settle(technician_client, lines[0])

    assert asked.text.index("the blue one") < asked.text.index("CPZ") and 'value="metoprolol"' in asked.text
    assert "Names to settle" in sure.text and "Make all 3 lines" in sure.text


def test_a_yes_settles_every_line_that_says_the_same_and_keeps_what_was_typed(technician_client, technician, lines):
    done = settle(technician_client, lines[0], is_sure="1", headers=HTMX)

    rows = list(Medication.objects.filter(pk__in=[line.pk for line in lines]).order_by("created_at"))
    assert "3 lines settled" in done.text and "Undo the last step (3 lines)" in done.text
    assert all(row.is_checked and row.ingredients == [{"rxcui": "8704", "name": "prochlorperazine"}] and row.version == 2 for row in rows)
    assert [row.text for row in rows] == ["CPZ", "cpz", "CPZ"]
    assert [row.history.count() for row in rows] == [2, 2, 2] and rows[0].history.first().history_user == technician
    assert AuditEvent.objects.filter(action="medication.recognized").count() == 3


def test_one_line_is_settled_at_once(technician_client, type_line):
    line = type_line("the little heart pill")

    settle(technician_client, line, label="aspirin", sought="aspirin")

    line.refresh_from_db()
    assert line.is_checked and line.kind == "otc"


def test_undo_restores_each_line_and_says_what_changed_since(technician_client, pharmacist, lines):
    settle(technician_client, lines[0], is_sure="1")
    lines[2].refresh_from_db()
    change_medication(lines[2], by=pharmacist, version=lines[2].version, reason="blood pressure")

    said = technician_client.post(reverse("names-undo"), follow=True)

    assert "Taken back on 2 lines. 1 line changed since and stay" in said.text
    assert len(name(lines[0]).lines) == 2 and not lines[0].ingredients
    lines[2].refresh_from_db()
    assert lines[2].is_checked
    assert AuditEvent.objects.filter(action="medication.settling_taken_back").count() == 2


def test_undo_goes_back_step_by_step_and_then_says_that_there_is_none(technician_client, lines, type_line):
    other = type_line("MS")
    settle(technician_client, lines[0], is_sure="1")
    settle(technician_client, other, label="morphine")

    answers = [technician_client.post(reverse("names-undo"), follow=True).text for _ in range(3)]

    assert "on 1 line." in answers[0] and "on 3 lines." in answers[1] and "no step to take back" in answers[2]
    assert len(names_to_settle(other.organization, TODAY)) == 3


def test_leaving_needs_a_reason_and_stays_not_checked(technician_client, lines):
    refused = post(technician_client, "name-leave", lines[0], reason="", headers=HTMX)
    post(technician_client, "name-leave", lines[0], reason="Not a medicine")
    table = technician_client.get(reverse("medications", args=[lines[0].patient_id]))

    assert refused.status_code == 422 and "Say why" in refused.text and 'aria-invalid="true"' in refused.text
    assert name(lines[0]) is None and not lines[0].is_checked and lines[0].left_as_typed == "Not a medicine"
    assert "Not checked" in table.text and "Left as typed: Not a medicine" in table.text


def test_a_new_text_asks_anew(technician_client, technician, lines):
    post(technician_client, "name-leave", lines[0], reason="Not a medicine")
    lines[0].refresh_from_db()

    change_medication(lines[0], by=technician, version=lines[0].version, text="the blue one")

    assert name(lines[0]).text == "the blue one" and lines[0].left_as_typed == ""


def test_another_name_brings_its_own_suggestions(technician_client, type_line):
    line = type_line("the little heart pill")

    looked = post(technician_client, "name-look-up", line, sought="metop", headers=HTMX)
    settle(technician_client, line, label="metoprolol", sought="metop")

    assert 'value="metoprolol"' in looked.text
    line.refresh_from_db()
    assert line.ingredients[0]["name"] == "metoprolol" and line.text == "the little heart pill"


def test_a_choice_counts_for_the_lines_that_were_seen(technician_client, lines, type_line):
    seen = name(lines[0]).stamp
    type_line("CPZ")

    answer = technician_client.post(
        reverse("name-settle", args=[lines[0].pk]), {"stamp": seen, "label": "prochlorperazine", "is_sure": "1"}
    )

    assert answer.status_code == 409 and len(name(lines[0]).lines) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"label": "warfarin"},
        {"label": ""},
        {"label": "prochlorperazine", "stamp": "x"},
        {"label": "x" * 2000},
        {"label": "prochlorperazine", "sought": "\x00"},
    ],
)
def test_what_is_none_of_the_suggestions_is_refused(technician_client, lines, fields):
    answer = post(technician_client, "name-settle", lines[0], **({"is_sure": "1"} | fields))

    assert answer.status_code == 422 and len(name(lines[0]).lines) == 3


def test_a_name_that_waits_no_more_is_told_and_a_stranger_is_not_found(technician_client, lines):
    settle(technician_client, lines[0], is_sure="1")

    assert settle(technician_client, lines[0]).status_code == 409
    assert technician_client.post(reverse("name-settle", args=[lines[0].patient_id])).status_code == 404


def test_stopped_lines_errors_and_the_dead_do_not_wait(technician_client, technician, type_line, make_patient):
    type_line("stopped thing", started_on=dt.date(2020, 1, 1), stopped_on=dt.date(2021, 1, 1))
    type_line("thing of the dead", make_patient(deceased_on=dt.date(2026, 1, 1)))

    assert "Every name is settled" in technician_client.get(reverse(PAGE)).text


def test_an_ambiguous_name_says_why_it_asks(technician_client, type_line):
    type_line("MS")

    page = technician_client.get(reverse(PAGE)).text

    assert "Several fit" in page and "Safety bodies warn of this short form" in page and 'value="magnesium sulfate"' in page


def test_a_line_that_names_two_medicines_offers_neither_alone(technician_client, type_line):
    line = type_line("clonidine/clonazepam")

    page = technician_client.get(reverse(PAGE)).text
    answer = settle(technician_client, line, label="cloNIDine")

    assert "names more than one medicine" in page and 'data-key="1"' not in page
    assert answer.status_code == 422 and name(line)


def test_an_open_review_asks_to_be_checked_again(technician_client, pharmacist, lines):
    review = Encounter.objects.create(organization=lines[0].organization, patient=lines[0].patient, kind="cmr", opened_by=pharmacist)
    refresh(review, by=pharmacist)
    before = is_stale(review)

    settle(technician_client, lines[0], is_sure="1")

    assert not before and is_stale(review)


def test_today_says_how_many_wait_and_leads_there(technician_client, manager_client, lines):
    page = technician_client.get(reverse("today"))

    assert "2 medicine names not settled" in page.text and reverse(PAGE) in page.text
    assert reverse(PAGE) not in manager_client.get(reverse("today")).text


def test_the_page_asks_the_database_as_often_for_many_names_as_for_one(technician_client, type_line, django_assert_max_num_queries):
    for number in range(12):
        type_line(f"the little pill {'abcdefghijkl'[number]}")
    technician_client.get(reverse(PAGE))

    with django_assert_max_num_queries(6):
        page = technician_client.get(reverse(PAGE))

    assert page.text.count("data-name") == 12


def test_no_name_of_a_patient_or_medicine_stands_in_an_address_or_in_the_session(technician_client, lines):
    settle(technician_client, lines[0], is_sure="1")
    said = str(dict(technician_client.session))

    assert "prochlor" not in said and lines[0].patient.family_name not in said
    assert "prochlor" not in reverse("name-settle", args=[lines[0].pk])


@pytest.mark.parametrize("text", ["", "none", "🙂", "[", "x" * 300, "1 2 3", "%", "clonidine/clonazepam"])
def test_suggestions_for_odd_texts_are_few_and_differ(text):
    labels = [one.label.casefold() for one in suggestions_for(text)]

    assert len(labels) <= 5 and len(labels) == len(set(labels))


def test_nothing_is_written_when_the_stamp_is_old(technician, lines):
    found = name(lines[0])

    with pytest.raises(settling.NameMoved):
        settling.settle_name(found.first, found.suggestions[0], by=technician, stamp="0" * 16)

    assert len(name(lines[0]).lines) == 3
