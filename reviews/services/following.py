"""After the signature: answers, deliveries, follow-ups. New rows only; nothing signed is touched."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from reviews.models import Delivery, Encounter, FollowUp, PrescriberResponse, Problem, Recommendation, SignedDocument
from reviews.services.errors import EncounterClosed, Incomplete
from reviews.services.locks import lock_encounter, lock_row, require_past, require_words, store

AGREED = frozenset({PrescriberResponse.Answer.ACCEPTED, PrescriberResponse.Answer.MODIFIED})


@transaction.atomic
def record_response(recommendation: Recommendation, *, answer: str, answered_on: dt.date, by: User, note: str = "") -> PrescriberResponse:
    """What the prescriber answered (a PrescriberResponse.Answer), on which day. A later answer is a new row and counts.

    The problem follows: agreed requests are watched, a declined one leaves it unresolved.
    """
    encounter = lock_encounter(recommendation.encounter_id)
    if not encounter.is_signed:
        raise EncounterClosed("The letter is not signed yet. Sign the review first; then record the answer.")
    require_past(answered_on, "date of the answer")
    if answer == PrescriberResponse.Answer.MODIFIED:
        note = require_words(note, "Say what the prescriber changed.")
    response = PrescriberResponse.objects.create(
        organization=recommendation.organization,
        recommendation=recommendation,
        answer=answer,
        note=note.strip(),
        answered_on=answered_on,
        recorded_by=by,
    )
    audit.record("response.recorded", response, by=by, patient_id=encounter.patient_id, reason_code=answer)
    _follow_answer(recommendation.problem, by)
    return response


def _follow_answer(problem: Problem, by: User) -> None:
    """Set the problem's status by the newest answer to each of its requests; a closed problem stays closed."""
    problem = lock_row(problem)
    if problem.status in {Problem.Status.RESOLVED, Problem.Status.PARTIAL}:
        return
    requests = Recommendation.objects.standing().filter(problem=problem).prefetch_related("responses")
    answers = [request.response.answer if request.response else PrescriberResponse.Answer.NONE for request in requests]
    if PrescriberResponse.Answer.DECLINED in answers:
        status = Problem.Status.UNRESOLVED
    else:
        status = Problem.Status.MONITORING if answers and AGREED.issuperset(answers) else Problem.Status.RECOMMENDED
    if status != problem.status:
        problem.status = status
        store(problem, by)
        audit.record("problem.status_changed", problem, by=by, fields=["status"])


def agreed_sentence(recommendation: Recommendation) -> dict[str, str] | None:
    """What the patient may be told now that the prescriber agreed, {"en", "es"}; None before that, or without a rule's words.

    After an answer "with a change" the words need the pharmacist's eye first; they are offered all the same.
    """
    response, finding = recommendation.response, recommendation.problem.finding
    if response is None or response.answer not in AGREED or finding is None:
        return None
    return finding.data.get("patient_agreed") or None


@transaction.atomic
def set_problem_status(
    problem: Problem, *, status: str, by: User, resolved_on: dt.date | None = None, version: int | None = None
) -> Problem:
    """How a problem stands at a later look (a Problem.Status); resolved and partly resolved carry their day, today by default."""
    lock_encounter(problem.encounter_id)
    problem = lock_row(problem, version)
    is_closed = status in {Problem.Status.RESOLVED, Problem.Status.PARTIAL}
    day = (resolved_on or timezone.localdate()) if is_closed else None
    if day:
        require_past(day, "day on which the problem was resolved")
    problem.status, problem.resolved_on = status, day
    store(problem, by)
    audit.record("problem.status_changed", problem, by=by, fields=["status", "resolved_on"])
    return problem


@transaction.atomic
def record_delivery(document: SignedDocument, *, channel: str, sent_on: dt.date, by: User, recipient: str = "") -> Delivery:
    """How a signed document reached someone (a Delivery.Channel). Mail that came back is a row of its own."""
    require_past(sent_on, "date of the delivery")
    if sent_on < timezone.localdate(document.signed_at):
        raise Incomplete(
            f"This paper was signed on {timezone.localtime(document.signed_at):%m/%d/%Y}. It can't have been sent before that."
        )
    delivery = Delivery.objects.create(
        organization=document.organization, document=document, channel=channel, sent_on=sent_on, recipient=recipient.strip(), recorded_by=by
    )
    audit.record("document.delivered", delivery, by=by, patient_id=document.encounter.patient_id, reason_code=channel)
    return delivery


@transaction.atomic
def set_follow_up(encounter: Encounter, *, due_on: dt.date, how: str, by: User, note: str = "") -> FollowUp:
    """When the patient is heard from next; a newer date replaces the older one in the worklist, and both stay."""
    encounter = lock_encounter(encounter.pk)
    if encounter.status == Encounter.Status.ABANDONED:
        raise EncounterClosed("This review was not done. Start a new one to set a follow-up.")
    if due_on < timezone.localdate():
        raise Incomplete("The follow-up date has passed. Choose today or later.")
    follow_up = FollowUp(organization=encounter.organization, encounter=encounter, due_on=due_on, how=how, note=note.strip(), set_by=by)
    store(follow_up, by)
    audit.record("follow_up.set", follow_up, by=by)
    return follow_up


@transaction.atomic
def complete_follow_up(follow_up: FollowUp, *, by: User, outcome: str = "") -> FollowUp:
    """Say that the patient was heard from, and how it went; doing so twice changes nothing."""
    follow_up = lock_row(follow_up)
    if follow_up.done_at:
        return follow_up
    follow_up.done_at, follow_up.done_by, follow_up.outcome = timezone.now(), by, outcome.strip()
    store(follow_up, by)
    audit.record("follow_up.done", follow_up, by=by, fields=["done_at", "outcome"])
    return follow_up
