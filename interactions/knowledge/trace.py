"""For `--explain`: every rule that was looked at and failed, with the first fact that failed it."""

from __future__ import annotations

from datetime import date
from typing import Any

from interactions.engine.predicates import Answer
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Knowledge, Rule
from interactions.engine.screen import screen
from interactions.knowledge.output import Checker


def traced(checker: Checker, case: Any, today: date) -> list[dict[str, str]]:
    """One {rule_id, failed} a rule that did not fire and is not waiting for a fact."""
    snapshot = checker.reader(today).read(case)
    regimen = Regimen(snapshot, checker.knowledge)
    result = screen(snapshot, checker.knowledge)
    spoke = result.rule_ids | {one for line in result.not_checked for one in line.rule_ids}
    return [
        {"rule_id": rule.id, "failed": first_failure(regimen, rule, checker.knowledge)}
        for rule in checker.knowledge.rules
        if rule.id not in spoke
    ]


def first_failure(regimen: Regimen, rule: Rule, knowledge: Knowledge) -> str:
    for place, set_id in rule.roles:
        if not regimen.list.reach >> set_id & 1:
            few = ", ".join(sorted(knowledge.sets[set_id])[:3])
            return f"no medicine for {place} ({few} ...)"
    for set_id in rule.absent:
        if regimen.list.ones >> set_id & 1:
            names = ", ".join(entry.ingredient for entry in regimen.list.members(set_id))
            return f"{names} is on the list"
    entries = {place: able[0] for place, set_id in rule.roles if (able := regimen.list.able(set_id))}
    for question in rule.when:
        answer: Answer = regimen.ask(question, entries)
        if answer.holds is False:
            return f"{question.key}: {answer.why}" if answer.why else question.key
    return "the medicines do not meet, their number or dose is too small, or a more specific rule speaks"
