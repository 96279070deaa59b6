"""After the signature: answers, deliveries, follow-ups, and what they change in the plan."""

import datetime as dt

import pytest
from django.utils import timezone

from reviews import services
from reviews.models import Encounter, PrescriberResponse


@pytest.fixture
def recommendation(signed_encounter):
    return signed_encounter.recommendations.first()


def answer(recommendation, pharmacist, word, **fields):
    return services.record_response(recommendation, answer=word, answered_on=timezone.localdate(), by=pharmacist, **fields)


@pytest.mark.parametrize(
    ("word", "status"), [("accepted", "monitoring"), ("modified", "monitoring"), ("declined", "unresolved"), ("none", "recommended")]
)
def test_the_problem_follows_the_answer(recommendation, technician, word, status):
    answer(recommendation, technician, word, note="Half the dose")

    recommendation.problem.refresh_from_db()
    assert recommendation.problem.status == status


def test_the_newest_answer_counts_and_the_earlier_one_stays(recommendation, pharmacist):
    answer(recommendation, pharmacist, "declined")
    answer(recommendation, pharmacist, "accepted")

    recommendation.problem.refresh_from_db()
    assert recommendation.problem.status == "monitoring"
    assert PrescriberResponse.objects.filter(recommendation=recommendation).count() == 2


def test_an_answer_with_a_change_says_which(recommendation, pharmacist):
    with pytest.raises(services.Incomplete, match="what the prescriber changed"):
        answer(recommendation, pharmacist, "modified")


def test_an_answer_of_tomorrow_is_refused(recommendation, pharmacist):
    with pytest.raises(services.Incomplete, match="in the future"):
        services.record_response(recommendation, answer="accepted", answered_on=timezone.localdate() + dt.timedelta(days=1), by=pharmacist)


def test_no_answer_comes_before_the_letter(judged_encounter, pharmacist):
    with pytest.raises(services.EncounterClosed, match="Sign the review first"):
        answer(judged_encounter.recommendations.first(), pharmacist, "accepted")


def test_the_agreed_sentence_is_offered_once_the_prescriber_agreed(recommendation, pharmacist):
    assert services.agreed_sentence(recommendation) is None

    answer(recommendation, pharmacist, "accepted")

    fresh = type(recommendation).objects.get(pk=recommendation.pk)
    assert "Do not take" in services.agreed_sentence(fresh)["en"]


def test_a_declined_request_offers_no_sentence(recommendation, pharmacist):
    answer(recommendation, pharmacist, "declined")

    assert services.agreed_sentence(type(recommendation).objects.get(pk=recommendation.pk)) is None


def test_a_resolved_problem_keeps_its_day_and_stays_resolved(recommendation, pharmacist):
    problem = services.set_problem_status(recommendation.problem, status="resolved", by=pharmacist)

    answer(recommendation, pharmacist, "declined")

    problem.refresh_from_db()
    assert (problem.status, problem.resolved_on) == ("resolved", timezone.localdate())


def test_a_delivery_is_a_row_of_its_own(papers_of, technician):
    delivery = services.record_delivery(papers_of["patient"], channel="mail", sent_on=timezone.localdate(), recipient="Rosa", by=technician)

    assert delivery.recorded_by == technician
    assert papers_of["patient"].deliveries.count() == 1


def test_a_paper_is_not_sent_before_it_is_signed(papers_of, technician, yesterday):
    with pytest.raises(services.Incomplete, match="before that"):
        services.record_delivery(papers_of["patient"], channel="mail", sent_on=yesterday, by=technician)


def test_a_follow_up_can_be_set_moved_and_done(signed_encounter, technician):
    today = timezone.localdate()
    services.set_follow_up(signed_encounter, due_on=today + dt.timedelta(days=30), how="phone", by=technician)
    follow_up = services.set_follow_up(signed_encounter, due_on=today, how="phone", note="Bleeding?", by=technician)

    done = services.complete_follow_up(follow_up, outcome="No bleeding", by=technician)

    assert (done.outcome, done.done_by) == ("No bleeding", technician)
    assert services.complete_follow_up(done, outcome="again", by=technician).outcome == "No bleeding"
    assert signed_encounter.follow_ups.count() == 2


def test_a_follow_up_lies_ahead(signed_encounter, technician, yesterday):
    with pytest.raises(services.Incomplete, match="has passed"):
        services.set_follow_up(signed_encounter, due_on=yesterday, how="phone", by=technician)


def test_a_review_that_was_not_done_has_no_follow_up(make_encounter, technician):
    encounter = make_encounter(status=Encounter.Status.ABANDONED)

    with pytest.raises(services.EncounterClosed):
        services.set_follow_up(encounter, due_on=timezone.localdate(), how="phone", by=technician)
