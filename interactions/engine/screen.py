"""Screen one snapshot: every rule that the list touches is asked; what fails is said, never swallowed."""

from __future__ import annotations

from dataclasses import replace

from interactions.engine.alternatives import offered
from interactions.engine.checks import CHECKS
from interactions.engine.explain import explain_unknowns, listed
from interactions.engine.rank import make_cards
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge, Rule
from interactions.engine.types import Flag, NotChecked, Outcome, Result, Snapshot, Unknown


def screen(snapshot: Snapshot, knowledge: Knowledge) -> Result:
    """Cards most urgent first, the flags behind them, and what could not be checked."""
    regimen = Regimen(snapshot, knowledge)
    flags, unknowns, failed = ask_all(regimen)
    cards = [replace(card, alternatives=offered(card, regimen)) if has_alternatives(card.lead) else card for card in make_cards(flags)]
    kept = tuple(flag for card in cards for flag in (card.lead, *card.others))
    open_questions = explain_unknowns(settled(unknowns, kept), knowledge)
    not_checked = (*snapshot.not_understood, *failed, *open_questions, *without_rules(regimen))
    return Result(tuple(cards), kept, not_checked)


def ask_all(regimen: Regimen) -> tuple[list[Flag], list[Unknown], list[NotChecked]]:
    """Every flag and every open question, before the specific silences the general, and the rules that failed."""
    flags: list[Flag] = []
    unknowns: list[Unknown] = []
    failed: list[NotChecked] = []
    for rule in regimen.knowledge.candidates(regimen.reach):
        for outcome in ask_safely(regimen, rule, failed):
            if isinstance(outcome, Flag):
                flags.append(outcome)
            else:
                unknowns.append(outcome)
    return flags, unknowns, failed


def ask_safely(regimen: Regimen, rule: Rule, failed: list[NotChecked]) -> list[Outcome]:
    """The outcomes of one rule; a rule that fails is not checked and takes no other rule with it."""
    try:
        return list(CHECKS[rule.shape](regimen, rule))
    except Exception as error:  # any fault of one rule must be seen, and must not silence the others
        reason = f"This rule failed ({type(error).__name__}) and was not checked. Report it."
        failed.append(NotChecked("rule", rule.id, reason, (), (), (rule.id,)))
        return []


def without_rules(regimen: Regimen) -> list[NotChecked]:
    """One line about the medicines of which no rule knows a part: no finding about them means little."""
    knows = regimen.knowledge.knows
    strange = [drug for drug in regimen.snapshot.drugs if not any(knows(name) for name in drug.ingredients)]
    names = sorted({name for drug in strange for name in drug.ingredients})
    if not names:
        return []
    reason = f"No rule of this release is about {listed(names)}: only duplicates and allergies were checked"
    return [NotChecked("fact", "rules", reason, ("rules",), tuple(names))]


def settled(unknowns: list[Unknown], flags: tuple[Flag, ...]) -> list[Unknown]:
    """Leave out an open question where the same rule has already spoken about the same medicines."""
    spoken = {(flag.rule.id, flag.ingredients) for flag in flags}
    return [one for one in unknowns if (one.rule.id, frozenset(one.ingredients)) not in spoken]


def has_alternatives(flag: Flag) -> bool:
    return bool(flag.rule.texts.get("alternatives"))
