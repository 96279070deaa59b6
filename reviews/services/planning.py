"""The plan: problems, requests to prescribers, the patient's own steps. Every line can be withdrawn, none is deleted."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import User
from patients.models import Prescriber
from reviews.models import CAUSES, ActionItem, Encounter, Finding, Problem, Recommendation
from reviews.services.errors import Incomplete
from reviews.services.judging import reopen_finding
from reviews.services.locks import change, lock_line, lock_open_encounter, lock_row, require_words, store

Line = TypeVar("Line", Problem, Recommendation, ActionItem)

PROBLEM = frozenset("category cause statement drugs condition topic_en topic_es severity no_step_reason".split())
RECOMMENDATION = frozenset("prescriber request detail why evidence is_urgent".split())
ACTION_ITEM = frozenset("problem wording do_en do_es dont_en dont_es by_when".split())
MOST_ACTIONS = 5  # more than five steps are seldom remembered; warned, not refused


@transaction.atomic
def add_problem(encounter: Encounter, *, category: int, statement: str, by: User, **details: Any) -> Problem:
    """A problem that no rule found; `details` are any of PROBLEM. Needs a medicine or a condition."""
    encounter = lock_open_encounter(encounter.pk)
    problem = _new(Problem, encounter)
    change(problem, {"category": category, "statement": statement, **details}, PROBLEM)
    return _keep(problem, "problem.added", by)


@transaction.atomic
def change_problem(problem: Problem, *, by: User, version: int | None = None, **details: Any) -> Problem:
    """Change any of PROBLEM. Raises EditConflict when someone else did since `version`."""
    return _change(lock_line(problem, version), details, PROBLEM, "problem.changed", by)


@transaction.atomic
def withdraw_problem(problem: Problem, *, by: User, version: int | None = None) -> Problem:
    """Take a problem off the plan; its requests and steps count no more. An accepted finding goes back to be judged."""
    problem = lock_line(problem, version)
    if problem.finding and problem.finding.status == Finding.Status.ACCEPTED:
        reopen_finding(problem.finding, by=by)
        return Problem.objects.get(pk=problem.pk)
    return _withdraw(problem, "problem.withdrawn", by)


@transaction.atomic
def set_no_step_reason(problem: Problem, *, reason: str, by: User, version: int | None = None) -> Problem:
    """Say why a problem needs no step; an empty reason takes that back."""
    return _change(lock_line(problem, version), {"no_step_reason": reason.strip()}, PROBLEM, "problem.changed", by)


@transaction.atomic
def add_recommendation(problem: Problem, *, prescriber: Prescriber, request: str, by: User, **details: Any) -> Recommendation:
    """One request to one prescriber; `details` are any of RECOMMENDATION. It goes into that prescriber's letter."""
    encounter = lock_open_encounter(problem.encounter_id)
    recommendation = _new(Recommendation, encounter, problem=lock_standing(problem))
    change(recommendation, {"prescriber": prescriber, "request": request, **details}, RECOMMENDATION)
    return _keep(recommendation, "recommendation.added", by)


@transaction.atomic
def change_recommendation(recommendation: Recommendation, *, by: User, version: int | None = None, **details: Any) -> Recommendation:
    return _change(lock_line(recommendation, version), details, RECOMMENDATION, "recommendation.changed", by)


@transaction.atomic
def withdraw_recommendation(recommendation: Recommendation, *, by: User, version: int | None = None) -> Recommendation:
    return _withdraw(lock_line(recommendation, version), "recommendation.withdrawn", by)


@transaction.atomic
def add_action_item(encounter: Encounter, *, by: User, problem: Problem | None = None, **details: Any) -> ActionItem:
    """One step for the patient; `details` are any of ACTION_ITEM. Needs what to do, or what not to do, in one language at least."""
    encounter = lock_open_encounter(encounter.pk)
    item = _new(ActionItem, encounter, problem=lock_standing(problem) if problem else None)
    change(item, details, ACTION_ITEM)
    return _keep(item, "action_item.added", by)


@transaction.atomic
def change_action_item(item: ActionItem, *, by: User, version: int | None = None, **details: Any) -> ActionItem:
    return _change(lock_line(item, version), details, ACTION_ITEM, "action_item.changed", by)


@transaction.atomic
def withdraw_action_item(item: ActionItem, *, by: User, version: int | None = None) -> ActionItem:
    return _withdraw(lock_line(item, version), "action_item.withdrawn", by)


@transaction.atomic
def reorder(encounter: Encounter, lines: Iterable[Line], *, by: User) -> None:
    """Put lines of one kind (problems, requests or steps of this review) in the given order."""
    encounter = lock_open_encounter(encounter.pk)
    for position, line in enumerate(lines, start=1):
        line = lock_row(line)
        if line.encounter_id != encounter.pk:
            raise Incomplete("This line belongs to another review. Reload the page.")
        if line.position != position:
            line.position = position
            store(line, by)
            audit.record(f"{_noun(line)}.moved", line, by=by, fields=["position"])


def has_too_many_actions(encounter: Encounter) -> bool:
    """Whether the patient gets more steps than people tend to carry out."""
    return ActionItem.objects.visible_to(encounter.organization).standing().filter(encounter=encounter).count() > MOST_ACTIONS


def lock_standing(problem: Problem) -> Problem:
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if problem.is_withdrawn:
        raise Incomplete("This problem was withdrawn. Accept its finding again, or add a problem.")
    return problem


def _new(model: type[Line], encounter: Encounter, **fields: Any) -> Line:
    last = model.objects.filter(encounter=encounter).aggregate(last=Max("position"))["last"] or 0
    return model(organization=encounter.organization, encounter=encounter, position=last + 1, **fields)


def _keep(line: Line, action: str, by: User) -> Line:
    require_sense(line)
    store(line, by)
    audit.record(action, line, by=by)
    return line


def _change(line: Line, details: dict[str, Any], allowed: frozenset[str], action: str, by: User) -> Line:
    changed = change(line, details, allowed)
    require_sense(line)
    store(line, by)
    audit.record(action, line, by=by, fields=changed)
    return line


def _withdraw(line: Line, action: str, by: User) -> Line:
    line.is_withdrawn = True
    store(line, by)
    audit.record(action, line, by=by, fields=["is_withdrawn"])
    return line


def require_sense(line: Line) -> None:
    """Raise Incomplete for a line that says nothing or contradicts itself."""
    if isinstance(line, Problem):
        require_words(line.statement, "Say what the problem is.")
        require_words(f"{line.drugs}{line.condition}", "Name the medicine or the condition that the problem is about.")
        if line.cause and line.cause not in CAUSES[line.category]:
            raise Incomplete("This cause does not go with the category. Choose one from its list.")
    elif isinstance(line, Recommendation):
        require_words(line.request, "Say what you ask of the prescriber.")
    else:
        require_words(f"{line.do_en}{line.do_es}{line.dont_en}{line.dont_es}", "Say what the patient does, or does not do.")
        if line.problem and line.problem.encounter_id != line.encounter_id:
            raise Incomplete("This problem belongs to another review. Reload the page.")


def _noun(line: Line) -> str:
    return {Problem: "problem", Recommendation: "recommendation", ActionItem: "action_item"}[type(line)]
