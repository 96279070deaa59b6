"""The wallet card: every medicine is on it, nothing runs out of its panel."""

import copy

import pytest

from reviews.documents.example import example_payload
from reviews.documents.render import render_pdf
from reviews.tests.pdf_reading import read_pages, words_of

pytestmark = pytest.mark.papers

PANEL = 160


@pytest.mark.parametrize("count", [0, 1, 14, 40])
def test_every_medicine_is_on_a_card_and_stays_in_its_panel(count):
    payload = example_payload()
    medicines = payload["medications"]
    payload["medications"] = [
        copy.deepcopy(medicines[place % len(medicines)])
        | {"display": None, "name": f"Medicine number {place} with a long name " * (1 + place % 3)}
        for place in range(count)
    ]

    raw = render_pdf(payload, "wallet_card", "en")

    assert [place for place in range(count) if f"Medicine number {place} with" not in words_of(raw)] == []
    for page in read_pages(raw):
        headings = [run for run in page.body if run.text.startswith("My medicine") and "·" not in run.text]
        for heading in headings:
            inside = [run.y for run in page.body if abs(run.x - heading.x) < 3 and heading.y <= run.y < heading.y + PANEL - 12]
            others = [run.y for run in page.body if abs(run.x - heading.x) < 3 and run.y > heading.y]
            assert inside
            assert not [y for y in others if heading.y + PANEL - 16 < y < heading.y + PANEL - 6]


def test_a_medicine_with_long_directions_points_to_the_list():
    payload = example_payload()
    payload["medications"][0] |= {"as_needed": True, "directions": {"en": "Take 1 tablet when your heart races. " * 5}}

    assert "See my Medication List." in words_of(render_pdf(payload, "wallet_card", "en"))


def test_many_allergies_are_never_cut_without_a_word():
    payload = example_payload()
    payload["allergies"]["items"] = [{"substance": f"Substance {number}", "reaction": {"en": "hives and swelling"}} for number in range(30)]

    text = words_of(render_pdf(payload, "wallet_card", "en"))

    assert "Substance 0: hives and swelling." in text
    assert text.count("More on") == 2


def test_the_record_says_the_unit_when_the_form_does_not():
    payload = example_payload()
    payload["medications"] = [
        payload["medications"][0]
        | {"name": "Insulin glargine", "display": None, "form": {"en": "pen"}, "unit": {"en": "unit"}, "times": {"bedtime": "10"}}
    ]

    text = words_of(render_pdf(payload, "pmr", "en"))

    assert "10" in text and "units" in text
