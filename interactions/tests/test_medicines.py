"""What the checker takes out of a line: the medicine, how much a day, and how the patient knows it."""

import pytest

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.patient_names import spanish_names
from interactions.tests.checking import check, finding, rule_ids, snapshot


@pytest.mark.parametrize(("line", "doses"), [
    ("amlod/benaz 5/20 daily", {"amlodipine": (5, "mg"), "benazepril": (20, "mg")}),
    ("diclofenac 1% gel apply 4 g four times daily", {"diclofenac": (160, "mg")}),
    ("lisinopril 1 tablet (5 mg total) daily", {"lisinopril": (5, "mg")}),
    ("methotrexate 2.5 mg 7 tabs weekly", {"methotrexate": (2.5, "mg")}),
    ("norco 5/325 1-2 tabs q4-6h prn max 6/day", {"acetaminophen": (1950, "mg"), "hydrocodone": (30, "mg")}),
    ("fentanyl 25 mcg/hr patch every 72 hours", {"fentanyl": (25, "mcg/h")}),
    ("fentanyl 25 mcg/hr patch", {}),
    ("metformin", {}),
])
def test_a_line_tells_the_most_a_day_of_each_ingredient(line, doses):
    (drug,) = snapshot(line).drugs

    assert {name: dose.in_unit(doses[name][1]) for name, dose in drug.doses.items()} == {name: most for name, (most, _) in doses.items()}


def test_directions_of_their_own_win_over_those_in_the_text():
    (drug,) = snapshot({"text": "lisinopril 10 mg daily", "directions": "take 2 tablets daily"}).drugs

    assert drug.doses["lisinopril"].in_unit("mg") == 20


def test_a_gel_counts_as_its_drug_and_never_as_its_mass():
    assert not any(one.startswith("dose-") for one in rule_ids(check("diclofenac 1% gel apply 4 g four times daily")))


@pytest.mark.parametrize(("line", "en", "es"), [
    ("Coumadin 5 mg daily", "Coumadin", "Coumadin"),
    ("tylenol pm", "Tylenol PM", "Tylenol PM"),
    ("st johns wort", "st john's wort", "hierba de San Juan"),
    ("ibuprofen 600 mg", "ibuprofen", "ibuprofeno"),
    ("naproxen sodium 220 mg", "naproxen sodium", "naproxeno"),
    ("hctz 25 mg", "hydrochlorothiazide", "hidroclorotiazida"),
    ("lisinopril 10 MG Oral Tablet", "lisinopril", "lisinopril"),
    ("lisinopril/hctz 20/12.5", "hydrochlorothiazide/lisinopril", "hidroclorotiazida/lisinopril"),
    ("acetaminophen 500 mg", "acetaminophen", "acetaminofén"),
    ("ticagrelor 90 mg", "ticagrelor", "ticagrelor"),
    ({"text": "Lipitor 20 mg daily", "rxcui": "617310"}, "Lipitor", "Lipitor"),
    ({"text": "", "rxcui": "617310"}, "atorvastatin", "atorvastatina"),
])
def test_a_medicine_is_named_as_the_patient_knows_it(line, en, es):
    (drug,) = snapshot(line).drugs

    assert (drug.name_in("en"), drug.name_in("es")) == (en, es)


def test_the_patient_hears_the_name_in_their_language():
    found = finding(check("warfarin 5 mg daily", "ibuprofen 600 mg"), "warfarin-nsaid")

    assert "ibuprofen" in found["patient_pending"]["en"]
    assert "ibuprofeno" in found["patient_pending"]["es"]


def test_every_spanish_name_is_of_an_ingredient_and_means_it():
    catalog = get_catalog()
    known = {facts.ingredient.name.lower() for facts in catalog.facts.values()}

    for name, spanish in spanish_names().items():
        found = catalog.resolve(spanish)
        assert name in known
        assert not found.is_resolved or found.how == "fuzzy" or [one.name.lower() for one in found.ingredients] == [name]


def test_directions_in_a_field_of_their_own_are_read_like_those_in_the_line():
    apart = check({"text": "methotrexate 2.5 mg tablet", "directions": "1 tab daily"})
    weekly = check({"text": "methotrexate 2.5 mg tablet", "directions": "4 tabs weekly on Sunday"})

    assert "methotrexate-daily" in rule_ids(apart)
    assert "methotrexate-daily" not in rule_ids(weekly)
