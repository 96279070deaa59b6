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
from interactions.knowledge.sig_language import ES

CASES = Path(__file__).parent / "data" / "directions.tsv"
LATIN = re.compile(r"\b(?:po|bid|tid|qid|qd|qhs|hs|prn|ac|pc|qod|q\d+h|sig|gtt)\b", re.IGNORECASE)
PART = ("dose dose_max dose_unit times_per_day times_max times hours weekdays minutes is_most times_most is_dose_most join every per_week "
        "meals clock is_total is_once site sides duration_days amount amount_unit").split()
WHOLE = ("as_needed with_food food_minutes is_limit_stated max_daily_dose max_daily_unit week_limit most_doses repeat special notes scale "
         "duration_days").split()


def cases():
    lines = CASES.read_text("utf-8").splitlines()
    return [(line.split("\t") + [""] * 9)[:10] for line in lines if line and line[0] != "#"][1:]


def fraction(cell):
    return Fraction(cell) if cell else None


def meaning(sig):
    """All that a direction says, to compare two of them."""
    return [[getattr(part, one) for one in PART] for part in sig.parts], [getattr(sig, one) for one in WHOLE]


@pytest.mark.parametrize("text, dose, dose_max, unit, times, prn, most, days, route, english", cases(), ids=lambda cell: cell[:60])
def test_a_direction_means_what_the_case_says(text, dose, dose_max, unit, times, prn, most, days, route, english):
    sig = parse_sig(text)

    assert (sig.dose, sig.dose_max, sig.dose_unit) == (fraction(dose), fraction(dose_max), unit)
    assert (sig.times_per_day, sig.as_needed, sig.max_daily_dose) == (fraction(times), bool(prn), fraction(most))
    assert (sig.duration_days, sig.route) == (int(days) if days else None, route or None)
    assert bool(sig.leftover) == (english == "-")
    assert sig.text_en == ("" if english == "-" else english)


def test_there_are_at_least_300_cases():
    assert len({case[0].lower() for case in cases()}) >= 300


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_shown_means_the_same_when_it_is_read_again(language):
    differing = []
    for text, *_ in cases():
        sig = parse_sig(text)
        shown = getattr(sig, f"text_{language}")
        if shown and not sig.conflict and meaning(parse_sig(shown)) != meaning(sig):
            differing.append((text, shown))

    assert differing == []


@pytest.mark.parametrize("text", [case[0] for case in cases()], ids=lambda text: text[:60])
def test_no_latin_reaches_the_patient_and_both_languages_are_there(text):
    sig = parse_sig(text)

    assert not LATIN.search(sig.text_en + " " + sig.text_es)
    assert bool(sig.text_es) == (bool(sig.text_en) and sig.as_needed_for in ("", *ES.reasons))


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
    ("Coumadin 5mg M/W/F and 2.5 mg other days", {"warfarin": (5, "mg")}),
    ("warfarin 5 mg daily except 7.5 mg on Wednesday", {"warfarin": (Fraction(15, 2), "mg")}),
    ("warfarin 5 mg alternating with 2.5 mg every other day", {"warfarin": (5, "mg")}),
    ("prednisone 10 mg 4 tabs daily x 3 days then 2 tabs daily x 3 days", {"prednisone": (40, "mg")}),
    ("azithromycin 250 mg 2 tabs today then 1 daily x 4 days", {"azithromycin": (500, "mg")}),
    ("fluticasone 50 mcg nasal spray 2 sprays each nostril daily", {"fluticasone": (Fraction(1, 5), "mg")}),
    ("fluticasone 50 mcg nasal spray 2 sprays nasally daily", {}),
    ("methotrexate 2.5 mg 4 tabs daily weekly", {}),
    ("methotrexate 2.5 mg 4 tabs biweekly", {}),
    ("clonazepam 0.5 mg .5 tab bid", {"clonazepam": (Fraction(1, 2), "mg")}),
    ("Humalog 8 units before meals and 4 units at bedtime", {"insulin lispro": (28, "units")}),
    ("lamotrigine 25 mg daily for 2 weeks then 50 mg daily", {"lamotrigine": (50, "mg")}),
    ("prednisone 10 mg daily x 3 days then 2 tabs daily x 3 days", {}),
    ("prednisone 40 mg x 3 days, 20 mg x 3 days", {}),
    ("lisinopril 20 mg 2 tablets daily", {"lisinopril": (40, "mg")}),
    ("glyburide 5 mg 2 x 5 mg tablets daily", {"glyburide": (10, "mg")}),
    ("ibandronate 150 mg monthly", {}),
    ("tylenol 500 mg 1-2 tabs prn pain max 6/day", {"acetaminophen": (3000, "mg")}),
    ("tylenol 500 mg 2 tabs q4h, up to 4 times a day", {"acetaminophen": (4000, "mg")}),
    ("acetaminophen 500 mg 2 tabs q6h prn max 3 g/day", {"acetaminophen": (3000, "mg")}),
    ("metformin 500 mg 2000 mg daily in 2 divided doses", {"metformin": (2000, "mg")}),
    ("furosemide 20 mg take 40 mg by mouth daily", {"furosemide": (40, "mg")}),
    ("sumatriptan 50 mg 1 tab at onset of migraine may repeat in 2 hours", {}),
    ("oxycodone 5 mg 1 tab q6h while awake", {}),
    ("levothyroxine 100 mcg 1 tab daily except 1/2 tab on sunday", {"levothyroxine": (Fraction(1, 10), "mg")}),
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


def test_what_may_be_repeated_counts_up_to_its_limit_and_without_one_cannot_be_told():
    resolution = get_catalog().resolve("sumatriptan 50 mg tablet")

    assert daily_dose(resolution, parse_sig("1 tab at onset of migraine, may repeat in 2 hours, max 200 mg/day")).value == 200
    assert daily_dose(resolution, parse_sig("1 tab at onset of migraine, may repeat in 2 hours")) is None


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


def test_a_dose_that_differs_by_weekday_tells_its_week():
    dose = daily_dose(get_catalog().resolve("warfarin 5 mg Mon Wed Fri, 2.5 mg other days"))

    assert (dose.value, dose.weekly, dose.is_average) == (5, 25, False)


@pytest.mark.parametrize("text", ["take 4 tablets daily weekly", "1 tab bid q8h", "10 mg every day on monday", "1 tab daily once a week"])
def test_directions_that_contradict_themselves_are_shown_and_not_guessed(text):
    sig = parse_sig(text)

    assert (sig.special, sig.times_per_day, sig.max_daily_dose) == ("conflict", None, None)
    assert sig.text_en.startswith("The directions say both") and sig.text_es.startswith("Las indicaciones dicen")
    assert sig.warnings


@pytest.mark.parametrize("text, word", [
    ("1 tab qd", "QD"), ("1 tab qod", "QOD"), ("10 U hs", "U"), ("1000 IU daily", "IU"), ("1.0 mg daily", "zero after"),
    (".5 mg daily", "without a zero"), ("1 tab biweekly", "Biweekly"), ("1 gtt os bid", "Ear and eye"), ("10 units sq daily", "SQ"),
    ("5 cc daily", "cc"), ("1 tab tiw", "TIW"), ("1 tab q8", "q8"),
])
def test_shorthand_that_is_easily_misread_is_said_to_staff(text, word):
    assert any(word in warning for warning in parse_sig(text).warnings)


@pytest.mark.parametrize("text", ["take 1 tablet by mouth twice daily", "0.5 mg daily", "tome 1 tableta al acostarse", "1 tablet as directed"])
def test_plain_words_raise_no_warning(text):
    assert parse_sig(text).warnings == ()


DOSES = st.sampled_from(["1 tablet", "2 capsules", "1/2 tablet", "1 1/2 tablets", "1 to 2 tablets", "10 mL", "2.5 mg", "20 units", "2 puffs", "1 patch"])
OFTEN = st.sampled_from([
    "once a day", "3 times a day", "2 to 3 times a day", "every 6 hours", "every 4 to 6 hours", "every other day", "every 3 days", "once a week",
    "every 2 weeks", "once a month", "every 3 months", "3 times a week", "on Monday and Friday", "every morning", "at bedtime",
    "in the morning and at bedtime", "with breakfast and dinner", "before lunch", "at 8 am and 2:30 pm", "2 times a day on Tuesday",
    "up to 3 times a day", "every 4 hours, up to 4 times a day", "3 times a day before meals and at bedtime", "every hour", "2 times a day every other day"])
PLACES = st.sampled_from(["", "by mouth", "under the tongue", "in each nostril", "in the left eye", "under the skin", "into a muscle", "to the affected area"])
FOODS = st.sampled_from(["", "with food", "after meals", "on an empty stomach"])
NEEDS = st.sampled_from(["", "if needed", "as needed for pain", "prn nausea"])
ENDS = st.sampled_from(["", "for 10 days", "for 1 day"])
LIMITS = st.sampled_from(["", "max 8 a day", "do not take more than 3 g a day", "no more than 2 doses a week"])


@settings(max_examples=400, deadline=None)
@given(DOSES, PLACES, OFTEN, FOODS, NEEDS, ENDS, LIMITS)
def test_what_is_printed_reads_back_the_same_in_both_languages(dose, place, often, food, needed, end, limit):
    sig = parse_sig(f"{dose} {place} {often} {food} {needed} {end}. {limit}")

    assert sig.leftover == ""
    assert sig.conflict or meaning(parse_sig(sig.text_en)) == meaning(sig), sig.text_en
    assert sig.conflict or meaning(parse_sig(sig.text_es)) == meaning(sig), sig.text_es


@settings(max_examples=150, deadline=None)
@given(DOSES, OFTEN, DOSES, OFTEN, st.sampled_from([" and ", ", then ", " for 3 days, then "]))
def test_two_parts_read_back_the_same_in_both_languages(dose, often, second, often_then, join):
    sig = parse_sig(f"{dose} {often}{join}{second} {often_then}")
    if not sig.text_en or sig.conflict:
        return

    assert meaning(parse_sig(sig.text_en)) == meaning(sig), sig.text_en
    assert meaning(parse_sig(sig.text_es)) == meaning(sig), sig.text_es
