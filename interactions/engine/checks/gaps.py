"""Treatment that is called for and is not on the list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from interactions.engine.checks.common import decide, point_of
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Flag, Outcome, Unknown


def check_missing(regimen: Regimen, rule: Rule) -> Iterator[Outcome]:
    """Yield the rule once for the patient, with every medicine that makes the treatment due.

    Where the rule asks about a medicine's dose or duration, one medicine that answers yes is enough.
    """
    if not rule.roles:
        outcomes = [decide(regimen, rule, {})]
    else:
        (name, set_id), *_ = rule.roles
        outcomes = [decide(regimen, rule, {name: (entry,)}) for entry in regimen.list.members(set_id)]
    flags = [one for one in outcomes if isinstance(one, Flag)]
    unknowns = [one for one in outcomes if isinstance(one, Unknown)]
    if flags:
        yield together(sorted(flags, key=lambda one: sorted(one.ingredients)))
    elif unknowns:
        missing = dict.fromkeys(chain.from_iterable(one.missing for one in unknowns))
        if not rule.roles:  # without a medicine of its own the first open fact says enough
            missing = dict.fromkeys(list(missing)[:1])
        names = dict.fromkeys(chain.from_iterable(one.ingredients for one in unknowns))
        yield Unknown(rule, tuple(missing), tuple(names))


def together(flags: list[Flag]) -> Flag:
    """One flag that names the medicines and the reasons of all."""
    first = flags[0].point
    entries = tuple(chain.from_iterable(one.point.entries for one in flags))
    roles = tuple((name, entries) for name, _ in first.roles)
    return Flag(point_of(first.rule, roles, first.severity), tuple(dict.fromkeys(chain.from_iterable(one.why for one in flags))))
