"""What was said before: an outcome is a function of what its rule reads, so the same reading is asked once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from interactions.engine.checks import CHECKS
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Bundle, Form, Plan, Rule, bundled
from interactions.engine.types import Flag, Heard, Members, NotChecked, Outcomes, Unknown

MOST_REMEMBERED = 400
MOST_LEFT = 24  # ways in which the noes of patients leave the rules of one list


def outcomes(regimen: Regimen, form: Form) -> Outcomes:
    """The outcomes of one rule, remembered by all that it read; raises what the rule raises."""
    laid = regimen.list
    heard = laid.heard.get(form)
    if heard is None:
        heard = laid.heard[form] = remembered(form, (*map(laid.members, form.sets),))
    key = (*map(regimen.answer, form.questions), *[read(regimen) for read in form.reads])
    found = heard.get(key)
    if found is None:
        said = list(CHECKS[form.rule.shape](regimen, form.rule))
        flags = tuple(one for one in said if isinstance(one, Flag))
        found = Outcomes(flags, tuple(one for one in said if isinstance(one, Unknown)))
        if len(heard) >= MOST_REMEMBERED:
            heard.clear()
        heard[key] = found
    return found


def remembered(form: Form, members: Members) -> Heard:
    """What a rule said about these members of its sets before."""
    if len(form.memory) >= MOST_REMEMBERED:
        form.memory.clear()
    return form.memory.setdefault(members, {})


def ask(regimen: Regimen, plan: Plan) -> Outcomes:
    """Every flag and every open question of a plan, before the specific silences the general, and the rules that failed."""
    of_list = regimen.list.said.get(plan)
    if of_list is None:
        of_list = regimen.list.said[plan] = all_outcomes(regimen, plan.of_the_list)
    parts = [of_list, *[outcomes_together(regimen, bundle) for bundle in left(regimen, plan)]]
    flags, unknowns, failed = [tuple(chain.from_iterable(each)) for each in zip(*parts, strict=True)]
    return Outcomes(flags, unknowns, failed)


def left(regimen: Regimen, plan: Plan) -> tuple[Bundle, ...]:
    """The rules of a plan that this patient's noes leave."""
    noes = regimen.noes(plan)
    known = regimen.list.open
    found = known.get((plan, noes))
    if found is None:
        if len(known) >= MOST_LEFT:
            known.clear()
        found = known[plan, noes] = bundled(form for form in plan.of_the_patient if not form.noes & noes)
    return found


def outcomes_together(regimen: Regimen, bundle: Bundle) -> Outcomes:
    """The outcomes of a bundle, remembered by all that its rules read unless one of them failed."""
    heard = bundle.heard
    try:
        key = (*map(regimen.answer, bundle.questions), *[read(regimen) for read in bundle.reads])
    except Exception:
        return all_outcomes(regimen, bundle.forms)
    found = heard.get(key)
    if found is None:
        found = all_outcomes(regimen, bundle.forms)
        if len(heard) >= MOST_REMEMBERED:
            heard.clear()
        if not found.failed:
            heard[key] = found
    return found


def all_outcomes(regimen: Regimen, forms: Iterable[Form]) -> Outcomes:
    """The outcomes of many rules, and those that failed: any fault must be seen, and must not silence the others."""
    flags: list[Flag] = []
    unknowns: list[Unknown] = []
    failed: list[NotChecked] = []
    for form in forms:
        try:
            said = outcomes(regimen, form)
        except Exception as error:
            failed.append(failure(form.rule, error))
            continue
        flags += said.flags
        unknowns += said.unknowns
    return Outcomes(tuple(flags), tuple(unknowns), tuple(failed))


def failure(rule: Rule, error: Exception) -> NotChecked:
    """A rule that fails is not checked and takes no other rule with it."""
    reason = f"This rule failed ({type(error).__name__}) and was not checked. Report it."
    return NotChecked("rule", rule.id, reason, (), (), (rule.id,))
