"""Short hands for tests of the checker: one case in, the output object of `check_regimen` out."""

from datetime import date

from interactions.knowledge.loader import get_checker

DAY = date(2026, 11, 21)


def case(*medications, **fields):
    return {"as_of": "2026-11-21", "medications": list(medications), **fields}


def check(*medications, **fields):
    output, problems = get_checker().check(case(*medications, **fields), DAY)
    assert not problems
    return output


def rule_ids(output):
    """Every rule that spoke, on its own card or folded into another."""
    return {one["rule_id"] for finding in output["findings"] for one in (finding, *finding["also"])}


def finding(output, rule_id):
    return next(one for one in output["findings"] if rule_id in {one["rule_id"], *(other["rule_id"] for other in one["also"])})


def waiting(output):
    """Rules that stand in `not_checked`."""
    return {rule for line in output["not_checked"] for rule in line["rule_ids"]}


def snapshot(*medications, **fields):
    return get_checker().reader(DAY).read(case(*medications, **fields))
