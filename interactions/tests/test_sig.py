"""Directions: what they mean, how they read in plain words, and the daily dose they give."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.daily_dose import daily_dose, daily_doses
from interactions.knowledge.sig import parse_sig

CASES = Path(__file__).parent / "cases" / "directions.tsv"
LATIN = re.compile(r"\b(?:po|bid|tid|qid|qd|qhs|hs|prn|ac|pc|qod|q\d+h|sig|gtt)\b", re.IGNORECASE)


def cases():
    lines = CASES.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and line[0] != "#"][1:]


def fraction(cell):
    return Fraction(cell) if cell else None


@pytest.mark.parametrize("text, dose, dose_max, unit, times, prn, most, english", cases())
def test_a_direction_means_what_the_case_says(text, dose, dose_max, unit, times, prn, most, english):
    sig = parse_sig(text)

    assert (sig.dose, sig.dose_max, sig.dose_unit) == (fraction(dose), fraction(dose_max), unit)
    assert (sig.times_per_day, sig.as_needed, sig.max_daily_dose) == (fraction(times), bool(prn), fraction(most))
    assert not english or sig.text_en == english


@pytest.mark.parametrize("text", [case[0] for case in cases()])
def test_the_plain_english_says_the_same_when_read_again(text):
    sig = parse_sig(text)
    if not sig.text_en or sig.special:
        return

    again = parse_sig(sig.text_en)

    facts = ("dose", "dose_max", "dose_unit", "times_per_day", "times_max", "as_needed", "max_daily_dose", "duration_days")
    assert [getattr(again, one) for one in facts] == [getattr(sig, one) for one in facts], sig.text_en


@pytest.mark.parametrize("text", [case[0] for case in cases()])
def test_no_latin_reaches_the_patient_and_both_languages_are_there(text):
    sig = parse_sig(text)

    assert not LATIN.search(sig.text_en + " " + sig.text_es)
    assert bool(sig.text_en) == bool(sig.text_es)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4), st.integers(1, 6), st.booleans(), st.sampled_from(["tablet", "capsule", "puff", "unit", "mL", "mg"]))
def test_any_count_any_times_a_day_reads_back_the_same(dose, times, as_needed, unit):
    text = f"{dose} {unit} {times} times a day" + (" as needed" if as_needed else "")

    sig = parse_sig(text)
    again = parse_sig(sig.text_en)

    assert (sig.dose, sig.dose_unit, sig.times_per_day, sig.as_needed) == (dose, unit, times, as_needed)
    assert (again.dose, again.dose_unit, again.times_per_day, again.as_needed) == (dose, unit, times, as_needed)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_no_text_at_all_makes_the_parser_fail(text):
    sig = parse_sig(text)

    assert sig is None or sig.as_json()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("1 2 0 1/2 0/0 9999999999999999 1e99 tab mg bid q h 0h q0h x days max /day prn for - to every 4 and . , ( )".split()), max_size=12))
def test_no_heap_of_direction_words_makes_the_parser_fail(words):
    sig = parse_sig(" ".join(words))

    assert sig is None or sig.as_json()


@pytest.mark.parametrize("text, doses", [
    ("Warfarin 5 mg daily", {"warfarin": (5, "mg")}),
    ("Naproxen 500 mg twice daily", {"naproxen": (1000, "mg")}),
    ("metformin 1000 mg twice daily", {"metformin": (2000, "mg")}),
    ("metformin ER 500 mg 2 tabs daily with dinner", {"metformin": (1000, "mg")}),
    ("hydrocodone-apap 5-325 1-2 tabs q6h prn pain max 6/day", {"hydrocodone": (30, "mg"), "acetaminophen": (1950, "mg")}),
    ("Percocet 5-325 q6h", {"oxycodone": (20, "mg"), "acetaminophen": (1300, "mg")}),
    ("fentanyl 25 mcg/hr patch q72h", {"fentanyl": (25, "mcg/h")}),
    ("levothyroxine 50 mcg daily", {"levothyroxine": (Fraction(1, 20), "mg")}),
    ("acetaminophen 160 mg/5 mL 2 tsp q6h", {"acetaminophen": (1280, "mg")}),
    ("Lantus 20 units at bedtime", {"insulin glargine": (20, "units")}),
    ("warfarin 5 mg Mon Wed Fri, 2.5 mg Tue Thu Sat Sun", {"warfarin": (5, "mg")}),
    ("diclofenac 1% gel apply 4 g qid", {"diclofenac": (160, "mg")}),
    ("gabapentin 300 mg 1 cap am and 2 caps hs", {"gabapentin": (900, "mg")}),
    ("warfarin 5 po daily", {"warfarin": (5, "mg")}),
    ("potassium chloride 20 mEq 2 tabs daily", {"potassium chloride": (40, "mEq")}),
    ("prednisone 10 mg taper", {}),
    ("Novolog sliding scale", {}),
    ("lisinopril 1 tab daily", {}),
    ("lorazepam 1 bid", {}),
    ("hydrocortisone cream bid", {}),
    ("Coumadin 5mg M/W/F and 2.5 mg other days", {}),
    ("nitroglycerin 0.4 mg SL q5min prn", {}),
])
def test_the_daily_dose_is_exact_or_not_told(text, doses):
    found = daily_doses(get_catalog().resolve(text))

    assert {name: (dose.value, dose.unit) for name, dose in found.items()} == doses


def test_a_weekly_medicine_tells_its_average_and_what_is_taken_at_once():
    dose = daily_dose(get_catalog().resolve("methotrexate 2.5 mg 6 tabs weekly"))

    assert (dose.value, dose.at_once, dose.is_average) == (Fraction(15, 7), 15, True)


def test_directions_from_another_field_count_with_the_strength_of_the_name():
    resolution = get_catalog().resolve("Warfarin 5 mg tablet")

    assert daily_dose(resolution, parse_sig("daily")).value == 5
    assert daily_dose(resolution, parse_sig("1 1/2 tablets every evening")).value == Fraction(15, 2)
    assert daily_dose(resolution, parse_sig("take as told by the clinic")) is None


def test_a_product_lends_its_unit_to_a_bare_count():
    product = get_catalog().by_rxcui("313988").product

    assert parse_sig("1 po bid", product).text_en == "Take 1 tablet by mouth 2 times a day."


@pytest.mark.parametrize("text, english, spanish", [
    ("2 tablets up to 3 times a day as needed", "Take 2 tablets up to 3 times a day if needed.", "Tome 2 tabletas hasta 3 veces al día si lo necesita."),
    ("take 1 tablet up to twice daily", "Take 1 tablet up to 2 times a day.", "Tome 1 tableta hasta 2 veces al día."),
    ("tome 1 tableta hasta 3 veces al dia", "Take 1 tablet up to 3 times a day.", "Tome 1 tableta hasta 3 veces al día."),
    ("1 tab no more than 3 times a week", "Take 1 tablet up to 3 times a week.", "Tome 1 tableta hasta 3 veces a la semana."),
])
def test_up_to_stays_a_most_in_both_languages(text, english, spanish):
    sig = parse_sig(text)

    assert (sig.text_en, sig.text_es) == (english, spanish)
    assert parse_sig(sig.text_en).text_en == english
    assert parse_sig(sig.text_en).max_daily_dose == sig.max_daily_dose
