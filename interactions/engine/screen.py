"""Screen one snapshot: every rule that the list touches is asked; what fails is said, never swallowed."""

from __future__ import annotations

from interactions.engine.alternatives import offered
from interactions.engine.explain import explain_unknowns, listed
from interactions.engine.memory import outcomes
from interactions.engine.rank import make_cards
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge, Rule
from interactions.engine.types import Finding, Flag, NotChecked, Result, Snapshot, Unknown


def screen(snapshot: Snapshot, knowledge: Knowledge) -> Result:
    """Findings most urgent first, the flags behind them, and what could not be checked."""
    regimen = Regimen(snapshot, knowledge)
    flags, unknowns, failed = ask_all(regimen)
    cards = make_cards(flags)
    kept = tuple([flag for card in cards for flag in (card.lead, *card.others)])
    open_questions = explain_unknowns(settled(unknowns, kept), knowledge)
    not_checked = (*snapshot.not_understood, *failed, *open_questions, *without_rules(regimen))
    return Result(tuple([Finding(card, offered(card, regimen)) for card in cards]), kept, not_checked)


def ask_all(regimen: Regimen) -> tuple[list[Flag], list[Unknown], list[NotChecked]]:
    """Every flag and every open question, before the specific silences the general, and the rules that failed."""
    flags: list[Flag] = []
    unknowns: list[Unknown] = []
    failed: list[NotChecked] = []
    plan = regimen.knowledge.plan(regimen.ones, regimen.reach)
    noes = regimen.noes(plan)
    for form in plan.forms:
        if not form.noes & noes:
            try:
                found = outcomes(regimen, form)
            except Exception as error:  # any fault of one rule must be seen, and must not silence the others
                failed.append(failure(form.rule, error))
                continue
            flags += found.flags
            unknowns += found.unknowns
    return flags, unknowns, failed


def failure(rule: Rule, error: Exception) -> NotChecked:
    """A rule that fails is not checked and takes no other rule with it."""
    reason = f"This rule failed ({type(error).__name__}) and was not checked. Report it."
    return NotChecked("rule", rule.id, reason, (), (), (rule.id,))


def without_rules(regimen: Regimen) -> list[NotChecked]:
    """One line about the medicines of which no rule knows a part: no finding about them means little."""
    knows = regimen.knowledge.knows
    strange = [drug for drug in regimen.drugs if not any(map(knows, drug.ingredients))]
    names = sorted({name for drug in strange for name in drug.ingredients})
    if not names:
        return []
    reason = f"No rule of this release is about {listed(names)}: only duplicates and allergies were checked"
    return [NotChecked("fact", "rules", reason, ("rules",), tuple(names))]


def settled(unknowns: list[Unknown], flags: tuple[Flag, ...]) -> list[Unknown]:
    """Leave out an open question where the same rule has already spoken about the same medicines."""
    spoken = {(flag.rule, flag.ingredients) for flag in flags}
    return [one for one in unknowns if (one.rule, frozenset(one.ingredients)) not in spoken]
