"""What the checker takes out of a line: the medicine, how much a day, and how the patient knows it."""

import pytest

from interactions.tests.checking import check, rule_ids, snapshot


@pytest.mark.parametrize(("line", "doses"), [
    ("amlod/benaz 5/20 daily", {"amlodipine": (5, "mg"), "benazepril": (20, "mg")}),
    ("diclofenac 1% gel apply 4 g four times daily", {"diclofenac": (160, "mg")}),
    ("lisinopril 1 tablet (5 mg total) daily", {"lisinopril": (5, "mg")}),
    ("methotrexate 2.5 mg 7 tabs weekly", {"methotrexate": (2.5, "mg")}),
    ("norco 5/325 1-2 tabs q4-6h prn max 6/day", {"acetaminophen": (1950, "mg"), "hydrocodone": (30, "mg")}),
    ("fentanyl 25 mcg/hr patch every 72 hours", {"fentanyl": (25, "mcg/h")}),
    ("fentanyl 25 mcg/hr patch", {}),
    ("metformin", {}),
])
def test_a_line_tells_the_most_a_day_of_each_ingredient(line, doses):
    (drug,) = snapshot(line).drugs

    assert {name: dose.in_unit(doses[name][1]) for name, dose in drug.doses.items()} == {name: most for name, (most, _) in doses.items()}


def test_directions_of_their_own_win_over_those_in_the_text():
    (drug,) = snapshot({"text": "lisinopril 10 mg daily", "directions": "take 2 tablets daily"}).drugs

    assert drug.doses["lisinopril"].in_unit("mg") == 20


def test_a_gel_counts_as_its_drug_and_never_as_its_mass():
    assert not any(one.startswith("dose-") for one in rule_ids(check("diclofenac 1% gel apply 4 g four times daily")))
