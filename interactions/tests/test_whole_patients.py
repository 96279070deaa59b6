"""Whole patients from cases/whole_patients.toml, through the whole checker."""

import tomllib
from pathlib import Path

import pytest

from interactions.tests.checking import check, rule_ids, waiting

PATIENTS = tomllib.loads((Path(__file__).parent / "cases" / "whole_patients.toml").read_text())["patient"]
FIELDS = ("patient", "conditions", "allergies", "labs", "social")


@pytest.mark.rules
@pytest.mark.parametrize("expected", PATIENTS, ids=lambda one: one["name"])
def test_a_whole_patient_gets_the_findings_that_matter(expected):
    output = check(*expected["medications"], **{name: expected[name] for name in FIELDS if name in expected})

    spoke = rule_ids(output)
    assert set(expected["finds"]) <= spoke
    assert not set(expected["not_finds"]) & spoke
    assert set(expected.get("waits", ())) <= waiting(output)
    assert output["status"] == expected["status"]
    assert len(output["findings"]) <= expected.get("most_findings", 99)
