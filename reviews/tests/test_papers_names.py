"""A medicine's name on paper: each fact once, however it was typed."""

import pytest

from reviews.documents.naming import label_of, quiet, unit_of
from reviews.documents.phrases import words_in

pytestmark = pytest.mark.papers


def named(language="en", **facts):
    return label_of({"name": "x", "directions": "Take it."} | facts, words_in(language))


@pytest.mark.parametrize(
    ("facts", "full"),
    [
        ({"name": "Apixaban", "strength": "5 mg", "form": "tablet"}, "Apixaban 5 mg tablet"),
        ({"name": "sertraline 50 mg tablet", "strength": "50 MG", "form": "tablet"}, "Sertraline 50 mg tablet"),
        ({"name": "metformin 1000mg tab", "strength": "1000 MG", "form": "tablet"}, "Metformin 1000 mg tablet"),
        (
            {"name": "metoprolol succinate ER 50 mg tablet", "strength": "50 MG", "form": "extended-release tablet"},
            "Metoprolol succinate ER 50 mg extended-release tablet",
        ),
        ({"name": "zolpidem 5 mg tablet"}, "Zolpidem 5 mg tablet"),
        ({"name": "warfarin 5 mg tablet", "strength": "2.5 MG", "form": "tablet"}, "Warfarin 5 mg tablet"),
        (
            {"name": "acetaminophen 500 mg / diphenhydramine 25 mg tablet", "strength": "500 MG / 25 MG", "form": "tablet"},
            "Acetaminophen 500 mg / diphenhydramine 25 mg tablet",
        ),
        ({"name": "the little heart pill", "form": "pill"}, "The little heart pill"),
        ({"name": "5 mg of something"}, "5 mg of something"),
    ],
)
def test_a_name_says_each_fact_once(facts, full):
    assert named(**facts).full == full


def test_the_form_is_in_the_language_of_the_paper():
    label = named(language="es", name="omeprazole 20 mg delayed release capsule", strength="20 MG", form="cápsula de liberación retardada")

    assert label.full == "Omeprazole 20 mg, cápsula de liberación retardada"


@pytest.mark.parametrize(
    ("facts", "others"),
    [
        ({"name": "Eliquis", "generic": "apixaban"}, "apixaban"),
        ({"name": "apixaban 5 mg", "generic": "apixaban", "brand": "Eliquis"}, "Eliquis"),
        ({"name": "acetaminophen 500 mg / diphenhydramine 25 mg", "generic": "acetaminophen, diphenhydramine"}, ""),
    ],
)
def test_only_names_not_said_yet_stand_in_brackets(facts, others):
    assert named(**facts).others == others


def test_units_are_written_as_on_labels():
    assert quiet("0.5 MG / 100 UNT / 5 ML") == "0.5 mg / 100 units / 5 mL"


@pytest.mark.parametrize(
    ("facts", "unit"),
    [
        ({"unit": "drop", "form": "tablet"}, "drop"),
        ({"form": "extended-release tablet"}, "tablet"),
        ({"name": "x 5 mg capsule"}, "capsule"),
        ({"name": "a 5 mg / b 2 mg tablet", "form": "tablet"}, "tablet"),
        ({"form": "oral solution"}, ""),
    ],
)
def test_what_is_counted_comes_from_the_unit_or_the_form(facts, unit):
    assert unit_of({"name": "x", "directions": ""} | facts, words_in("en")) == unit
