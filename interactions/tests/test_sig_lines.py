"""Directions inside a typed medicine line: the strength is the product's, the count is the dose, and what is said is what is counted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.sig import parse_sig
from interactions.knowledge.sig_body import BODY_EN
from interactions.knowledge.sig_language import EN, ES


def sig_of(text):
    return get_catalog().resolve(text).sig


@pytest.mark.parametrize("text, english", [
    ("warfarin 5 mg ii tabs daily", "Take 2 tablets once a day."),
    ("warfarin 5 mg iii tab qhs", "Take 3 tablets every day at bedtime."),
    ("warfarin 5 mg tt tabs po daily", "Take 2 tablets by mouth once a day."),
    ("ceftriaxone 1 g iv daily", "Inject 1 g into a vein once a day."),
    ("metformina 850 mg una tableta dos veces al dia", "Take 1 tablet 2 times a day."),
    ("metformina 850 mg dos tabletas cada 12 horas", "Take 2 tablets every 12 hours."),
    ("losartan 25 mg media pastilla diaria", "Take 1/2 pill once a day."),
    ("losartan 25 mg tres tabletas al acostarse", "Take 3 tablets every day at bedtime."),
    ("warfarin 5mg M/W/F 2.5mg T/Th/S/Su",
     "Take 5 mg on Monday, Wednesday and Friday and 2.5 mg on Tuesday, Thursday, Saturday and Sunday."),
    ("warfarin 5mg T/Th/Sa/Su", "Take 5 mg 4 times a week on Tuesday, Thursday, Saturday and Sunday."),
    ("warfarin 5 mg 1 tab M-Sat, 1/2 tab Sun",
     "Take 1 tablet on Monday, Tuesday, Wednesday, Thursday, Friday and Saturday and 1/2 tablet on Sunday."),
    ("ritalin 10 mg 8am and noon", "Take 10 mg at 8 am and 12 pm."),
    ("insulin regular 4 IU before meals", "Inject 4 units 3 times a day before meals."),
    ("Afrezza 4 units with meals", "Inhale 4 units 3 times a day with meals."),
    ("testosterone 1.62% gel 2 pumps to shoulders qam", "Apply 2 pumps to the shoulders every morning."),
    ("warfarin 2.5mg M W F, 5mg T Th S Su",
     "Take 2.5 mg on Monday, Wednesday and Friday and 5 mg on Tuesday, Thursday, Saturday and Sunday."),
    ("lisinopril 10 mg (two tabs) daily", "Take 2 tablets once a day."),
    ("lisinopril 10 mg (blood pressure) daily", "Take 10 mg once a day."),
    ("ketoconazole shampoo to scalp twice weekly", "Apply to the scalp 2 times a week."),
    ("furosemide 20 mg q.a.m.", "Take 20 mg every morning."),
    ("oxycodone 5 mg as directed", "Use as directed."),
    ("warfarin 2 mg as directed by coumadin clinic", "Use as directed."),
    ("oxycodone 5 mg prn pain", "Take 5 mg if needed for pain."),
    ("lorazepam 1 mg 1 tab q.h.s.", "Take 1 tablet every day at bedtime."),
    ("lisinopril 10 mg 1 tab b.i.d.", "Take 1 tablet 2 times a day."),
    ("furosemide 40 mg 1 tab Q.O.D.", "Take 1 tablet every other day."),
    ("lorazepam 1 mg q.h.s.", "Take 1 mg every day at bedtime."),
    ("metformin 500 mg p.o. b.i.d. a.c.", "Take 500 mg by mouth 2 times a day before meals."),
    ("haloperidol decanoate 100 mg im every 4 weeks", "Inject 100 mg into a muscle every 4 weeks."),
    ("adalimumab 40 mg sc every 2 weeks", "Inject 40 mg under the skin every 2 weeks."),
    ("semaglutide 0.5 mg sq weekly", "Inject 0.5 mg under the skin once a week."),
    ("heparin 5000 units subq q8h", "Inject 5000 units under the skin every 8 hours."),
    ("nitroglycerin 0.4 mg sl prn chest pain", "Take 0.4 mg under the tongue if needed for chest pain."),
])
def test_a_line_says_its_own_count_days_place_and_way(text, english):
    assert sig_of(text).text_en == english


@pytest.mark.parametrize("text", [
    "warfarin 5 mg couple tabs daily", "lisinopril 10 mg hold for SBP<100", "lisinopril 10 mg daily hold for SBP<100", "lisinopril hold for SBP < 100",
    "metoprolol 25 mg bid hold if HR under 60", "metoprolol 50 mg take 1 tab bid hold for SBP<100", "insulin lispro 6 units tid hold for BG < 70",
    "acetaminophen 650 mg q6h prn fever > 101", "clonidine 0.1 mg 1 tab prn sbp > 160", "furosemide 20 mg 1 tab daily prn weight gain > 3 lb",
    "metoprolol 25 mg bid (hold SBP < 100)", "insulin aspart 4 units if BG 200-250", "warfarin 3 mg and 4 mg alternating days",
    "betamethasone cream to hands and feet bid", "lisinopril 10 mg double dose daily", "acetaminofen 500 mg cada 6 horas si fiebre mayor de 38",
    "acetaminophen 500 mg 1 tableta cada 6 horas si fiebre > 101", "levothyroxine 112 mcg M-Sat, 1/2 tab Sun",
])
def test_what_is_not_wholly_understood_is_not_said_in_part(text):
    sig = sig_of(text)

    assert sig is None or (sig.text_en, sig.text_es, sig.max_daily_dose) == ("", "", None)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from("SBP DBP BP HR pulse BG glucose fever temp weight".split()), st.sampled_from("< > over above below under".split()),
       st.integers(20, 400), st.sampled_from(["lisinopril 10 mg {}", "lisinopril 10 mg 1 tab daily {}", "lisinopril {}"]),
       st.sampled_from(["hold for", "hold if", "for", "if", "prn", "when"]))
def test_the_limit_of_a_condition_is_never_a_dose(finding, sign, number, line, opening):
    sig = sig_of(line.format(f"{opening} {finding} {sign} {number}"))

    assert sig is None or (sig.text_en == sig.text_es == "" and sig.dose in (None, 1, 10))


@pytest.mark.parametrize("place", sorted(BODY_EN))
def test_every_place_of_the_body_comes_back_as_itself_in_both_languages(place):
    sig = parse_sig(f"apply 2 g {EN.sites[place]} twice a day")

    assert (sig.parts[0].site, sig.leftover) == (place, "")
    assert EN.sites[place] in sig.text_en and ES.sites[place] in sig.text_es
    assert parse_sig(sig.text_es).parts[0].site == place


WORDS = st.lists(st.sampled_from(
    "1 2 1/2 5 tab tabs mg mL puff daily bid tid q6h qhs am noon 8am 9pm mon sat M/W/F T/Th and then , . prn pain weekly with meals una dos "
    "tableta cada 8 horas to left knee max 4 /day x 7 days except sunday".split()), min_size=2, max_size=9)


@settings(max_examples=600, deadline=None)
@given(WORDS)
def test_what_is_printed_never_means_another_dose_than_the_fields(words):
    sig = parse_sig(" ".join(words))
    if sig is None or sig.conflict:
        return

    for shown in filter(None, (sig.text_en, sig.text_es)):
        again = parse_sig(shown)
        assert (again.dose, again.dose_max, again.times_per_day, again.max_daily_dose) == (
            sig.dose, sig.dose_max, sig.times_per_day, sig.max_daily_dose), shown


def test_roman_numbers_are_whole_counts():
    assert [parse_sig(f"{roman} tabs daily").max_daily_dose for roman in ("i", "ii", "iii", "iv")] == [Fraction(one) for one in (1, 2, 3, 4)]
