"""Units, and the words low and high."""

from decimal import Decimal

import pytest

from patients.measures import LIMITS, measure_of, measures


@pytest.mark.parametrize(
    ("name", "value", "unit", "word"),
    [
        ("eGFR", "59.9", "mL/min/1.73 m2", "low"), ("eGFR", "60", "mL/min/1.73m2", ""), ("K", "5.0", "mEq/L", ""), ("potassium", "5.1", "mmol/L", "high"),
        ("potassium", "3.4", "", "low"), ("INR", "3.0", "", ""), ("INR", "3.1", "", "high"), ("A1c", "7.0", "%", "high"), ("A1c", "6.9", "%", ""),
        ("diastolic blood pressure", "79.93", "mmHg", ""), ("diastolic blood pressure", "80", "mm[Hg]", "high"), ("systolic", "89", "mmHg", "low"),
        ("potassium", "5.3", "mg/dL", ""), ("TSH", "99", "mIU/L", ""),
    ],
)  # fmt: skip
def test_a_value_is_called_low_or_high_in_the_tests_own_unit(name, value, unit, word):
    assert measure_of(name).word(Decimal(value), unit) == word


def test_a_loinc_code_names_the_test_whatever_it_is_called():
    assert measure_of("Potassium [Moles/volume] in something", "2823-3") is measures()["potassium"]


def test_an_unknown_test_is_none():
    assert measure_of("unobtainium") is None


def test_only_tests_with_two_meanings_of_a_bare_number_need_a_unit():
    needing = {name for name, measure in measures().items() if measure.needs_unit}

    assert {"creatinine", "glucose", "weight", "height"} <= needing
    assert not {"inr", "a1c", "egfr", "potassium", "systolic"} & needing


def test_every_limit_belongs_to_a_known_test():
    assert LIMITS.keys() <= measures().keys()
