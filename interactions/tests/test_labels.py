"""RxNorm's names in plain writing: nothing that matters may be lost."""

import re

import pytest

from interactions.knowledge.catalog import get_catalog
from interactions.labels import label_of, plain_name

NAMES = [
    ("warfarin sodium 5 MG Oral Tablet", "Oral Tablet", "warfarin sodium 5 mg tablet"),
    ("24 HR metoprolol succinate 50 MG Extended Release Oral Tablet", "Extended Release Oral Tablet", "metoprolol succinate 50 mg extended-release tablet (24-hour)"),
    ("levothyroxine sodium 0.05 MG Oral Tablet", "Oral Tablet", "levothyroxine sodium 50 mcg tablet"),
    ("digoxin 0.125 MG Oral Tablet", "Oral Tablet", "digoxin 0.125 mg tablet"),
    ("3 ML insulin glargine 100 UNT/ML Pen Injector", "Pen Injector", "insulin glargine 100 units/mL pen injector, 3 mL"),
    ("fentanyl 0.05 MG/ML Injection", "Injection", "fentanyl 0.05 mg/mL injection"),
    ("amoxicillin 200 MG / clavulanate 28.5 MG Chewable Tablet", "Chewable Tablet", "amoxicillin 200 mg / clavulanate 28.5 mg chewable tablet"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "form", "plain"), NAMES)
def test_a_name_is_written_as_people_write_it(name, form, plain):
    assert plain_name(name, form) == plain


@pytest.mark.parametrize("typed", ["bupropion", "metformin", "warfarin", "insulin glargine", "oxycodone", "diltiazem"])
def test_no_two_products_share_a_label_and_every_number_stays(typed):
    found = get_catalog().suggest(typed, 60).items

    labels = [label_of(item, typed) for item in found]

    assert len(set(labels)) == len({item.name for item in found})
    for item, label in zip(found, labels, strict=True):
        large = [number for number in re.findall(r"[\d.]+", item.name) if float(number) >= 0.1]
        assert set(large) <= set(re.findall(r"[\d.]+", label))


def test_a_typed_brand_is_named_in_the_line():
    item = next(one for one in get_catalog().suggest("aleve 220", 12).items if "Aleve" in one.brands)

    assert label_of(item, "aleve 220").endswith("(Aleve)")
    assert "Aleve" not in label_of(item, "naproxen 220")


def test_letters_that_begin_the_ingredient_name_no_brand():
    item = next(one for one in get_catalog().suggest("levothyroxine", 12).items if "Levo-T" in one.brands)

    assert label_of(item, "lev").endswith("tablet") and label_of(item, "levo-t").endswith("(Levo-T)")
