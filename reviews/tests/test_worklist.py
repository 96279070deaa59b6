"""What waits: who is due, which papers are owed, which answers are missing."""

import datetime as dt

import pytest
from django.utils import timezone

from reviews import services, worklist
from reviews.models import Encounter

DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("held_on", "due_on"),
    [(dt.date(2026, 11, 21), dt.date(2026, 12, 5)), (dt.date(2028, 2, 20), dt.date(2028, 3, 5))],
)
def test_papers_are_due_14_days_after_the_cmr(make_encounter, held_on, due_on):
    """Acceptance fact 25."""
    encounter = make_encounter(is_medicare=True, held_on=held_on)

    clock = worklist.paper_clock(encounter, due_on)

    assert (clock.due_on, clock.days_left, clock.days_late) == (due_on, 0, 0)
    assert worklist.paper_clock(encounter, due_on + dt.timedelta(days=1)).days_late == 1


def test_the_clock_shows_one_box_a_day():
    assert worklist.PaperClock(DAY + dt.timedelta(days=12), DAY).boxes == [True, True] + [False] * 12
    assert all(worklist.PaperClock(DAY - dt.timedelta(days=3), DAY).boxes)


def test_other_reviews_have_no_clock(make_encounter):
    assert worklist.paper_clock(make_encounter(is_medicare=False)) is None
    assert worklist.paper_clock(make_encounter(kind="tmr", is_medicare=True)) is None


def test_papers_are_owed_until_they_are_given_or_sent_and_again_when_the_mail_came_back(
    signed_encounter, papers_of, organization, technician
):
    today = timezone.localdate()
    assert [row.encounter for row in worklist.papers_owed(organization)] == [signed_encounter]

    services.record_delivery(papers_of["patient"], channel="mail", sent_on=today, by=technician)
    assert worklist.papers_owed(organization) == []

    services.record_delivery(papers_of["patient"], channel="returned", sent_on=today, by=technician)
    assert [row.next_step for row in worklist.papers_owed(organization)] == ["Mail came back: send again"]


def test_a_held_cmr_that_is_not_signed_runs_against_the_clock_too(make_encounter, organization, yesterday):
    make_encounter(is_medicare=True, held_on=yesterday)

    [row] = worklist.papers_owed(organization)

    assert (row.next_step, row.clock.days_left) == ("Sign the review", 13)


def test_telling_by_phone_is_not_a_paper(signed_encounter, papers_of, organization, technician):
    services.record_delivery(papers_of["patient"], channel="phone", sent_on=timezone.localdate(), by=technician)

    assert len(worklist.papers_owed(organization)) == 1


def test_open_reviews_stand_prepared_first_then_by_their_worst_finding(
    make_finding, make_encounter, make_screening, make_patient, organization
):
    mild = make_finding(severity="minor").encounter
    worst = make_finding(severity="contraindicated").encounter
    make_finding(mild, severity="info")
    ready = make_encounter(make_patient(), is_prepared=True)
    make_encounter(make_patient(), status=Encounter.Status.ABANDONED)

    rows = worklist.open_reviews(organization)

    assert [row.encounter for row in rows] == [ready, worst, mild]
    assert [(row.worst and row.worst.severity, row.to_judge, row.is_screened) for row in rows] == [
        (None, 0, False),
        ("contraindicated", 1, True),
        ("minor", 2, True),
    ]


def test_an_open_review_says_how_much_was_not_checked(make_encounter, make_screening, organization):
    make_screening(make_encounter(), not_checked=[{"what": "medication", "text": "pill", "reason": "name not recognized"}])

    assert [row.not_checked for row in worklist.open_reviews(organization)] == [1]


def test_a_request_waits_until_it_is_answered(signed_encounter, organization, technician):
    request = signed_encounter.recommendations.first()
    later = timezone.localdate() + dt.timedelta(days=12)
    waiting = worklist.waiting_for_prescribers(organization, later)
    assert [(row.days, row.is_long) for row in waiting if row.request == request] == [(12, True)]

    services.record_response(request, answer="none", answered_on=timezone.localdate(), by=technician)
    assert len(worklist.waiting_for_prescribers(organization)) == len(waiting)

    services.record_response(request, answer="accepted", answered_on=timezone.localdate(), by=technician)
    assert len(worklist.waiting_for_prescribers(organization)) == len(waiting) - 1


def test_nobody_waits_for_a_letter_that_is_not_signed(judged_encounter, organization):
    assert worklist.waiting_for_prescribers(organization) == []


def test_the_newest_follow_up_of_a_review_counts_until_it_is_done(make_encounter, organization, technician):
    today = timezone.localdate()
    encounter = make_encounter()
    services.set_follow_up(encounter, due_on=today, how="phone", by=technician)
    newest = services.set_follow_up(encounter, due_on=today + dt.timedelta(days=3), how="phone", by=technician)

    assert worklist.follow_ups_due(organization, today) == []
    assert worklist.follow_ups_due(organization, today + dt.timedelta(days=7)) == [newest]

    services.complete_follow_up(newest, by=technician)
    assert worklist.follow_ups_due(organization, today + dt.timedelta(days=7)) == []


def test_another_organization_sees_none_of_it(signed_encounter, make_finding, other_organization):
    make_finding()

    assert worklist.open_reviews(other_organization) == []
    assert worklist.papers_owed(other_organization) == []
    assert worklist.waiting_for_prescribers(other_organization) == []
    assert worklist.follow_ups_due(other_organization, dt.date(2099, 1, 1)) == []


def test_each_list_takes_a_fixed_number_of_queries(make_finding, make_encounter, signed_encounter, organization, django_assert_num_queries):
    for _ in range(5):
        make_finding()

    with django_assert_num_queries(3):
        assert [str(row.encounter.patient) for row in worklist.open_reviews(organization)]
    with django_assert_num_queries(1):
        assert [str(row.encounter.patient) for row in worklist.papers_owed(organization)]
    with django_assert_num_queries(1):
        assert [str(row.request.encounter.patient) for row in worklist.waiting_for_prescribers(organization)]


def test_the_reviews_of_a_chart_include_those_of_a_merged_one(make_encounter, make_patient):
    surviving = make_patient()
    merged = make_encounter(make_patient(merged_into=surviving))

    assert list(worklist.reviews_of(surviving)) == [merged]
