"""The picker's answer: groups, counts, look-alikes, recent choices, free text."""

import re

import pytest
from django.urls import reverse

from interactions.knowledge.catalog import get_catalog
from patients.services.medications import add_medication

pytestmark = pytest.mark.django_db


def suggest(client, typed, **fields):
    return client.post(reverse("drug-suggest"), {"q": typed, "field": "new-text"} | fields)


def headings(answer):
    return [re.sub(r"<svg.*?</svg>|<[^>]+>", "", one).strip() for one in re.findall(r'class="option-head"[^>]*>(.*?)</div>', answer.text)]


def labels(answer):
    return re.findall(r'data-label="([^"]*)"', answer.text)


def test_three_letters_give_several_medicines_with_their_strengths_and_say_how_many_more(technician_client):
    answer = suggest(technician_client, "met")

    assert [heading.split()[0] for heading in headings(answer)] == ["metFORMIN", "metoprolol", "methylphenidate", "methotrexate"]
    assert "metoprolol tartrate 50 mg tablet" in labels(answer)
    assert re.search(r"24 of 3\d\d shown, keep typing", answer.text) and "more <small>or keep typing" in answer.text


def test_more_shows_every_line(technician_client):
    total = get_catalog().suggest("met", 1).total

    answer = suggest(technician_client, "met", more="1")

    assert answer.text.count("data-rxcui") == total + 1  # and the text as typed
    assert f"all {total} matches shown" in answer.text and "data-more" not in answer.text


def test_lookalikes_stand_in_tall_man_letters_with_a_warning_word(technician_client):
    answer = suggest(technician_client, "hydrox")

    assert headings(answer)[0].startswith("hydrOXYzine  Look-alike: hydrALAZINE")
    assert "<mark>hydrOX</mark>Yzine hydrochloride 25 mg tablet" in answer.text
    assert "hydroxyzine hydrochloride 25 mg tablet" in labels(answer)  # the list keeps plain letters


def test_a_brand_is_found_with_its_generic_and_named_in_the_line(technician_client):
    chosen = labels(suggest(technician_client, "synthroid"))

    assert chosen[:2] == ["levothyroxine (Synthroid)", "levothyroxine sodium 25 mcg tablet (Synthroid)"]


def test_a_brand_that_is_no_longer_sold_finds_its_ingredient(technician_client):
    answer = suggest(technician_client, "coumadin")

    assert labels(answer)[0].startswith("warfarin") and "will be marked not checked" not in answer.text


def test_a_free_text_is_always_offered_and_says_that_it_is_not_checked(technician_client):
    answer = suggest(technician_client, "the little heart pill")

    assert labels(answer) == ["the little heart pill"]
    assert "will be marked not checked" in answer.text and "nothing in the dictionary begins like this" in answer.text


def test_what_this_pharmacy_chose_stands_apart_and_changes_nothing_else(technician_client, make_patient, technician):
    before = suggest(technician_client, "lisi")
    add_medication(make_patient(), by=technician, text="lisinopril 40 mg tablet")

    after = suggest(technician_client, "lisi")

    assert headings(after) == ["Recent here", *headings(before)]
    assert labels(after) == ["lisinopril 40 mg tablet", *labels(before)]


def test_a_recent_choice_needs_each_typed_word_and_a_product(technician_client, make_patient, technician):
    for text in ("lisinopril 40 mg tablet", "lisinopril", "blue lisinopril thing"):
        add_medication(make_patient(), by=technician, text=text)

    found = ["Recent here" in headings(suggest(technician_client, typed)) for typed in ("lisi 40", "lisi 20", "isin")]

    assert found == [True, False, False]


def test_a_recent_choice_is_not_found_by_its_salt(technician_client, make_patient, technician):
    add_medication(make_patient(), by=technician, text="tramadol hydrochloride 50 mg tablet")

    assert "Recent here" in headings(suggest(technician_client, "tram"))
    assert "Recent here" not in headings(suggest(technician_client, "hydr"))


def test_another_organizations_choices_are_not_shown(outsider_client, make_patient, technician):
    add_medication(make_patient(), by=technician, text="lisinopril 40 mg tablet")

    assert "Recent here" not in suggest(outsider_client, "lisi").text


@pytest.mark.parametrize("typed", ["<script>", "x" * 5000, "\u202e", "{{7*7}}", "%00", "(", "[a", "50%"])
def test_the_picker_takes_whatever_is_typed(technician_client, typed):
    answer = suggest(technician_client, typed)

    assert answer.status_code in {200, 422}
    assert "<script>" not in answer.text


def test_a_field_that_is_none_and_nothing_typed_are_refused(technician_client):
    assert suggest(technician_client, "lisi", field="<b>").status_code == 422
    assert suggest(technician_client, "").status_code == 422


def test_an_answer_asks_the_database_once_for_itself(technician_client, django_assert_max_num_queries):
    suggest(technician_client, "lisi")

    with django_assert_max_num_queries(4):  # session, person, membership, recent choices
        suggest(technician_client, "lisi")


def look_up(client, patient, **fields):
    return client.post(reverse("medication-look-up", args=[patient.pk]), fields)


def test_without_javascript_the_choices_are_a_page_and_the_choice_fills_the_row(technician_client, make_patient):
    patient = make_patient()
    table = technician_client.get(reverse("medications", args=[patient.pk])).text

    page = look_up(technician_client, patient, text="hydrox", directions="1 po bid", source="bottle")
    filled = look_up(technician_client, patient, text="hydrox", directions="1 po bid", pick="hydroxyzine hydrochloride 25 mg tablet")

    assert "<noscript>" in table and reverse("medication-look-up", args=[patient.pk]) in table
    assert (
        page.status_code == 200 and "Look-alike: hydrALAZINE" in page.text and 'value="hydroxyzine hydrochloride 25 mg tablet"' in page.text
    )
    assert 'name="directions" value="1 po bid"' in page.text and 'name="source" value="bottle"' in page.text
    assert (
        'value="hydroxyzine hydrochloride 25 mg tablet"' in filled.text
        and 'value="995258"' in filled.text
        and 'value="1 po bid"' in filled.text
    )
    assert not patient.medications.exists()


@pytest.mark.parametrize("fields", [{}, {"text": ""}, {"text": "\x00"}, {"text": "x" * 400}])
def test_a_look_up_of_nothing_is_told_at_its_field(technician_client, make_patient, fields):
    assert look_up(technician_client, make_patient(), **fields).status_code == 422


def test_a_pick_that_is_none_of_the_choices_keeps_the_text_without_a_code(technician_client, make_patient):
    answer = look_up(technician_client, make_patient(), text="hydrox", pick="<b>warfarin</b>")

    assert 'value="hydrox"' in answer.text and "<b>warfarin" not in answer.text


def test_a_look_up_in_a_strangers_chart_is_not_found(outsider_client, manager_client, make_patient):
    patient = make_patient()

    assert look_up(outsider_client, patient, text="hydrox").status_code == 404
    assert look_up(manager_client, patient, text="hydrox").status_code == 403
