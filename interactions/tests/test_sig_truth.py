"""Directions put together from pieces whose meaning is known: what is read must be that, or nothing."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from interactions.knowledge.sig import parse_sig

DOSES = {
    "1 tab": 1, "2 tablets": 2, "1/2 tab": "1/2", "1.5 tabs": "3/2", "three tablets": 3, "1-2 tabs": 2, "one and one-half tablets": "3/2",
    "1 (one) tablet": 1, "half a tablet": "1/2", "two (2) tabs": 2, "2 (two) tablets": 2, "1 tablet (10 mg total)": 1, "1 or 2 tablets": 2,
    "una tableta": 1, "media tableta": "1/2", "2 tabletas": 2, "½ tablet": "1/2", "1½ tabs": "3/2", "1-1/2 tabs": "3/2", "0.5 tablet": "1/2",
}
OFTEN = {
    "qd": 1, "bid": 2, "TID": 3, "q.i.d.": 4, "q8h": 3, "every 6 hours": 4, "q4-6h": 6, "twice a day": 2, "3 times daily": 3,
    "2 (two) times a day": 2, "every morning": 1, "qam and qhs": 2, "in the morning and at bedtime": 2, "with breakfast, lunch and dinner": 3,
    "at 8 am and 8 pm": 2, "nightly": 1, "ac & hs": 4, "with meals": 3, "every other day": "1/2", "qod": "1/2", "weekly": "1/7", "mwf": "3/7",
    "twice weekly": "2/7", "every 12 hrs": 2, "once daily": 1, "1-3 times a day": 3, "up to 3 times a day": 3, "Mon-Fri": "5/7",
    "every 4 hours, up to 5 times a day": 5, "q12": 2, "dos veces al dia": 2, "cada 8 horas": 3, "q72h": "1/3", "every 2 weeks": "1/14",
}
BESIDE = ["", "po", "by mouth", "with food", "x 10 days", "prn pain", "as needed for sleep", "for blood pressure", "until gone", "."]
ORDERS = ["{dose} {beside} {often} {last}", "take {dose} {often} {beside} {last}", "{often} take {dose} {beside} {last}", "{dose} {beside} {often}. {last}"]
NAMED = {"qam": "morning", "at noon": "noon", "with dinner": "evening", "qhs": "bedtime"}


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(DOSES)), st.sampled_from(sorted(OFTEN)), st.lists(st.sampled_from(BESIDE), min_size=2, max_size=2, unique=True),
       st.sampled_from(ORDERS))
def test_a_dose_and_a_frequency_give_their_product(dose, often, beside, order):
    sig = parse_sig(order.format(dose=dose, often=often, beside=beside[0], last=beside[1]))

    assert sig.leftover == ""
    assert sig.max_daily_dose == Fraction(DOSES[dose]) * Fraction(OFTEN[often])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(DOSES)), st.sampled_from(sorted(NAMED))), min_size=2, max_size=4, unique_by=lambda pair: pair[1]),
       st.sampled_from([" and ", ", ", " ", ", and "]))
def test_doses_at_several_times_add_up(pairs, join):
    sig = parse_sig(join.join(f"{dose} {time}" for dose, time in pairs))

    assert sig.leftover == ""
    assert sig.max_daily_dose == sum(Fraction(DOSES[dose]) for dose, _ in pairs)
    assert sig.times == tuple(NAMED[time] for _, time in pairs)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(DOSES)), st.integers(1, 14)), min_size=2, max_size=5), st.sampled_from([", ", ", then ", " then "]))
def test_steps_in_time_count_at_the_highest(steps, join):
    sig = parse_sig(join.join(f"{dose} daily x {days} days" for dose, days in steps))

    assert sig.leftover == ""
    assert sig.max_daily_dose == max(Fraction(DOSES[dose]) for dose, _ in steps)
    assert sig.duration_days == sum(days for _, days in steps)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(DOSES)), st.sampled_from(sorted(OFTEN)), st.text("bcdfghjklmnpqrstvwxz", min_size=5, max_size=9))
def test_a_word_that_nobody_knows_leaves_the_dose_untold(dose, often, word):
    sig = parse_sig(f"{word} {dose} {often}")

    assert sig.leftover and sig.text_en == ""
