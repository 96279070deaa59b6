"""The pharmacist's word on each finding: accept, dismiss with a reason, take back, star."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from reviews.models import DismissReason, Finding, Problem
from reviews.services.errors import Incomplete, Superseded
from reviews.services.locks import lock_line, require_words, store
from reviews.services.proposals import propose_problem


@transaction.atomic
def accept_finding(finding: Finding, *, by: User, version: int | None = None) -> Problem:
    """Make the finding a problem, with category, cause and texts proposed; accepting twice gives the same problem.

    A finding that came back with other facts takes over the problem of the earlier one.
    """
    finding = lock_line(finding, version)
    refuse_gone(finding)
    if finding.status == Finding.Status.ACCEPTED:
        return Problem.objects.get(finding=finding)
    _judge(finding, Finding.Status.ACCEPTED, by)
    problem = problem_for(finding, by)
    audit.record("finding.accepted", finding, by=by, fields=["status"])
    return problem


def problem_for(finding: Finding, by: User) -> Problem:
    """The finding's problem: its own of before, that of the earlier finding, or a new one."""
    own = Problem.objects.filter(encounter=finding.encounter, finding__isnull=False)
    problem = own.filter(finding=finding).first() or own.filter(finding=finding.earlier_id).first()
    if problem is None:
        last = Problem.objects.filter(encounter=finding.encounter).aggregate(last=Max("position"))["last"] or 0
        problem = Problem(organization=finding.organization, encounter=finding.encounter, position=last + 1, **propose_problem(finding))
    else:
        problem.is_withdrawn = False
        problem.version += 1
    problem.finding = finding
    store(problem, by)
    audit.record("problem.added", problem, by=by)
    return problem


@transaction.atomic
def dismiss_finding(finding: Finding, *, code: str, reason: str = "", by: User, version: int | None = None) -> Finding:
    """Set a finding aside with one of DismissReason; "other" needs words. A problem made from it is withdrawn."""
    finding = lock_line(finding, version)
    refuse_gone(finding)
    if code not in DismissReason.values:
        raise Incomplete("Choose a reason from the list.")
    if code == DismissReason.OTHER:
        reason = require_words(reason, "Say in your words why this does not apply.")
    withdraw_problem_of(finding, by)
    _judge(finding, Finding.Status.DISMISSED, by, code, reason.strip())
    audit.record("finding.dismissed", finding, by=by, fields=["status", "code", "reason"], reason_code=code)
    return finding


@transaction.atomic
def reopen_finding(finding: Finding, *, by: User, version: int | None = None) -> Finding:
    """Take a judgment back; the problem made from it is withdrawn, and comes back when it is accepted again."""
    finding = lock_line(finding, version)
    refuse_gone(finding)
    withdraw_problem_of(finding, by)
    finding.status, finding.code, finding.reason = Finding.Status.OPEN, "", ""
    finding.judged_by = finding.judged_at = None
    store(finding, by)
    audit.record("finding.reopened", finding, by=by, fields=["status"])
    return finding


@transaction.atomic
def star_finding(finding: Finding, *, is_starred: bool, by: User) -> Finding:
    """Mark as a talking point, or take the mark off."""
    finding = lock_line(finding)
    finding.is_starred = is_starred
    store(finding, by)
    audit.record("finding.starred" if is_starred else "finding.unstarred", finding, by=by, fields=["is_starred"])
    return finding


def refuse_gone(finding: Finding) -> None:
    if finding.status == Finding.Status.GONE:
        raise Superseded("The facts changed and this finding is no longer there. Reload the page to see the current ones.")


def withdraw_problem_of(finding: Finding, by: User) -> None:
    for problem in Problem.objects.filter(finding=finding, is_withdrawn=False):
        problem.is_withdrawn = True
        problem.version += 1
        store(problem, by)
        audit.record("problem.withdrawn", problem, by=by, fields=["is_withdrawn"])


def _judge(finding: Finding, status: str, by: User, code: str = "", reason: str = "") -> None:
    finding.status, finding.code, finding.reason = status, code, reason
    finding.judged_by, finding.judged_at = by, timezone.now()
    store(finding, by)
