"""The proportion of days covered, by hand-counted examples."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from patients.adherence import Gap, Supply, coverage

START, END = dt.date(2026, 1, 1), dt.date(2026, 4, 30)


def day(month, number):
    return dt.date(2026, month, number)


def test_refills_in_time_cover_every_day():
    found = coverage([Supply(day(1, 1), 60), Supply(day(3, 2), 60)], START, END)

    assert (found.observed, found.covered, found.percent, found.gaps) == (120, 120, 100, ())


def test_a_late_refill_leaves_a_gap_with_its_dates():
    found = coverage([Supply(day(1, 1), 30), Supply(day(2, 10), 80)], START, END)

    assert found.gaps == (Gap(day(1, 31), day(2, 9)),)
    assert found.gaps[0].days == 10 and found.covered == 110


def test_an_early_refill_is_used_after_the_supply_at_home():
    found = coverage([Supply(day(1, 1), 30), Supply(day(1, 21), 30)], START, END)

    assert found.stretches == ((day(1, 1), day(3, 1)),)


def test_the_period_begins_with_the_first_fill_and_supply_after_its_end_does_not_count():
    found = coverage([Supply(day(4, 1), 20), Supply(day(4, 21), 90)], START, END)

    assert (found.observed, found.covered) == (30, 30)


def test_one_fill_or_an_unknown_supply_tells_nothing():
    assert coverage([Supply(day(1, 1), 90)], START, END) is None
    assert coverage([Supply(day(1, 1), 90), Supply(day(1, 1), 30)], START, END) is None
    assert coverage([Supply(day(1, 1), 30), Supply(day(2, 1), 0)], START, END) is None
    assert coverage([], START, END) is None


def test_almost_eighty_percent_never_reads_as_eighty():
    found = coverage([Supply(day(1, 1), 1), Supply(day(1, 2), 94)], START, END)

    assert found.pdc < 0.8 and found.percent == 79


@given(st.lists(st.builds(Supply, st.dates(START, END), st.integers(1, 120)), max_size=12))
def test_covered_days_and_gaps_always_add_up(supplies):
    found = coverage(supplies, START, END)

    if found:
        assert found.covered + sum(gap.days for gap in found.gaps) == found.observed
        assert 0 < found.pdc <= 1
