"""One substance under several names of RxNorm counts as one, in classes, rules, pairs, duplicates and allergies."""

import pytest

from interactions.knowledge.books import HERE, read_books
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.loader import get_knowledge, problems_of
from interactions.tests.checking import check, finding, rule_ids


@pytest.mark.parametrize("name", ["lithium 300 mg twice daily", "lithium carbonate 300 mg twice daily", "Lithobid 300 mg twice daily"])
def test_every_name_of_lithium_meets_the_same_rules(name):
    plain = check("lithium 300 mg twice daily", "ibuprofen 600 mg three times daily", "lisinopril 20 mg daily", labs=[])
    other = check(name, "ibuprofen 600 mg three times daily", "lisinopril 20 mg daily", labs=[])

    assert rule_ids(other) == rule_ids(plain)


@pytest.mark.parametrize("names", [
    ("lithium carbonate 300 mg", "lithium 450 mg"),
    ("isosorbide mononitrate 30 mg", "isosorbide dinitrate 10 mg"),
    ("mycophenolate 500 mg", "Myfortic 360 mg"),
])
def test_two_names_of_one_substance_are_a_duplicate_and_no_pair(names):
    output = check(*names)

    assert finding(output, "duplicate-ingredient")["kind"] == "duplicate_therapy"
    assert not any(one["kind"] == "drug_drug" for one in output["findings"])


def test_a_class_holds_all_of_a_substance_as_soon_as_it_holds_one():
    knowledge = get_knowledge()

    for members in (set(one) for rule in knowledge.rules if rule.shape != "dose" for one in [knowledge.sets[place] for _, place in rule.roles]):
        touched = {knowledge.substance(name) for name in members}
        assert {name for name, first in knowledge.substances.items() if first in touched} <= members


def test_a_limit_of_one_prodrug_is_not_the_limit_of_another():
    knowledge = get_knowledge()
    limited = [set(knowledge.sets[place]) for rule in knowledge.rules if rule.shape == "dose" for _, place in rule.roles]

    assert not any({"mycophenolic acid", "mycophenolate mofetil"} <= members for members in limited)


def test_an_allergy_to_one_salt_is_an_allergy_to_the_other():
    assert "allergy-same-ingredient" in rule_ids(check("lithium carbonate 300 mg", allergies=["lithium"]))


def test_the_table_names_what_the_dictionary_has():
    books = read_books(HERE)
    known = {facts.ingredient.name.lower() for facts in get_catalog().facts.values()}

    assert problems_of(books) == []
    assert {name for group in books.equivalents for name in group["names"]} <= known


@pytest.mark.parametrize("salt", ["magnesium lactate", "magnesium oxide", "magnesium citrate", "ferrous gluconate", "calcium citrate"])
def test_every_salt_of_a_metal_binds_levothyroxine(salt):
    output = check("levothyroxine 50 mcg daily", f"{salt} 300 mg tablet daily")

    assert any(one["group"] == "absorption" for one in output["findings"])


@pytest.mark.parametrize(("text", "ingredient"), [
    ("dabigatran 150 mg twice daily", "dabigatran etexilate"),
    ("dabigatran twice daily", "dabigatran etexilate"),
    ("mycophenolate 500 mg twice daily", "mycophenolate mofetil"),
    ("baloxavir", "baloxavir marboxil"),
])
def test_the_everyday_name_of_the_only_prodrug_is_certain(text, ingredient):
    found = get_catalog().resolve(text)

    assert found.is_resolved
    assert [one.name for one in found.ingredients] == [ingredient]


@pytest.mark.parametrize("text", ["tenofovir 300 mg daily", "mycophenolate 360 mg twice daily"])
def test_a_name_with_two_prodrugs_or_another_strength_is_a_question(text):
    assert get_catalog().resolve(text).status == "ambiguous"
