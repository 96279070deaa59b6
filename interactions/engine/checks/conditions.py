"""One medicine and this patient: age, conditions, kidney, liver, pregnancy, food, cost."""

from __future__ import annotations

from collections.abc import Iterator

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Outcome


def check_patient(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule once per medicine that it is about."""
    (name, set_id), *_ = rule.roles
    seen = set()
    for entry in regimen.list.members(set_id):
        key = entry.ingredient, entry.drug.text
        if key not in seen:
            seen.add(key)
            outcome = decide(regimen, rule, {name: (entry,)})
            if outcome:
                yield outcome
