"""The daily schedule: each medicine at its time, nothing lost, nothing split."""

import copy

import pytest

from reviews.documents.example import example_payload
from reviews.documents.phrases import words_in
from reviews.documents.render import render_pdf
from reviews.documents.schedule import schedule
from reviews.tests.pdf_reading import read_pages, words_of

pytestmark = pytest.mark.papers


def medicine(**facts):
    return {"name": "Apixaban", "kind": "prescription", "directions": "Take it.", "unit": "tablet", "form": "tablet"} | facts


def planned(*medicines, language="en"):
    return schedule({"medications": list(medicines)}, words_in(language))


def test_each_medicine_stands_in_the_band_of_its_time():
    plan = planned(medicine(times={"morning": "1", "bedtime": "2"}))

    assert [(band["time"], [dose["amount"] for dose in band["doses"]]) for band in plan["bands"]] == [
        ("morning", ["1 tablet"]),
        ("noon", []),
        ("evening", []),
        ("bedtime", ["2 tablets"]),
    ]


def test_a_half_is_a_sign_a_word_and_a_picture():
    dose = planned(medicine(times={"noon": "0.5"}))["bands"][1]["doses"][0]

    assert (dose["amount"], dose["picture"]) == ("½ tablet (half)", "half")


@pytest.mark.parametrize(
    ("facts", "group"),
    [
        ({"as_needed": True, "times": {"morning": "1"}}, "need"),
        ({"weekdays": ["sunday"], "times": {"morning": "1"}}, "days"),
        ({}, "ask"),
        ({"times": {}}, "ask"),
    ],
)
def test_what_is_not_taken_every_day_stands_apart(facts, group):
    plan = planned(medicine(**facts))

    assert [name for name, group_of in plan["others"].items() if group_of] == [group]
    assert not any(band["doses"] for band in plan["bands"])


def test_a_stopped_medicine_is_not_on_the_schedule():
    assert planned(medicine(times={"noon": "1"}, stopped_on="2026-11-01"))["takes_none"]


def test_spanish_counts_in_spanish():
    plan = planned(medicine(times={"noon": "2"}, unit="inyección"), language="es")

    assert plan["bands"][1]["doses"][0]["amount"] == "2 inyecciones"


@pytest.mark.parametrize("count", [0, 1, 40])
def test_many_medicines_fill_bands_that_fit_a_page(count):
    payload = example_payload()
    first = payload["medications"][0] | {"times": {"morning": "1"}, "instructions": None}
    payload["medications"] = [copy.deepcopy(first) for _ in range(count)]

    raw = render_pdf(payload, "schedule", "en")

    assert words_of(raw).count("Apixaban 5 mg") == count
    for page in read_pages(raw):
        assert page.text.count("Apixaban 5 mg") == page.text.count("1 tablet ·")
