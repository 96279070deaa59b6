"""Treatment that is called for and is not on the list."""

from __future__ import annotations

from collections.abc import Iterator

from interactions.engine.checks.common import decide
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Outcome


def check_missing(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule once for the patient; the medicines that make it due stand together in one place.

    Where the rule asks about one medicine's dose or duration, the first one that answers yes is enough.
    """
    if not rule.roles:
        outcome = decide(regimen, rule, {})
        if outcome:
            yield outcome
        return
    (name, set_id), *_ = rule.roles
    outcomes = [decide(regimen, rule, {name: (entry,)}) for entry in regimen.members(set_id)]
    found = sorted((one for one in outcomes if one), key=lambda one: hasattr(one, "missing"))
    yield from found[:1]
