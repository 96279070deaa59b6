"""The dictionary: names, codes, products, the picker and what it costs."""

from __future__ import annotations

import hashlib
import time
import tomllib

import pytest

from interactions.knowledge.catalog import TABLES, Catalog, get_catalog


def names_of(resolution):
    return sorted(one.name for one in resolution.ingredients)


def test_a_strength_and_a_form_give_the_rxnorm_product():
    resolution = get_catalog().resolve("furosemide 40mg tab")

    assert resolution.as_json() | {"strength": "", "confidence": 1, "note": ""} == {
        "text": "furosemide 40mg tab", "status": "resolved", "ingredients": [{"rxcui": "4603", "name": "furosemide"}],
        "product": {"rxcui": "313988", "name": "furosemide 40 MG Oral Tablet", "strength": "40 MG", "dose_form": "Oral Tablet"},
        "route": "oral", "sig": None, "candidates": [], "how": "name", "strength": "", "confidence": 1, "note": ""}


def test_without_a_form_there_is_no_product():
    resolution = get_catalog().resolve("warfarin 5 mg")

    assert resolution.product is None
    assert resolution.route == "oral"


@pytest.mark.parametrize("text, product", [
    ("amoxicillin 400 mg/5 mL susp", "amoxicillin 80 MG/ML Oral Suspension"),
    ("diclofenac 1% gel", "diclofenac sodium 0.01 MG/MG Topical Gel"),
    ("levothyroxine 50 mcg tablet", "levothyroxine sodium 0.05 MG Oral Tablet"),
    ("fentanyl 25 mcg/hr patch", "72 HR fentanyl 0.025 MG/HR Transdermal System"),
    ("metoprolol succ er 50 mg tab", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet"),
    ("Norco 10/325 tab", "acetaminophen 325 MG / hydrocodone bitartrate 10 MG Oral Tablet"),
    ("aspirin 81 mg ec tab", "aspirin 81 MG Delayed Release Oral Tablet"),
])
def test_strengths_are_understood_in_every_usual_spelling(text, product):
    assert get_catalog().resolve(text).product.name == product


@pytest.mark.parametrize("text, route", [
    ("timolol 0.5% eye drops", "ophthalmic"), ("fluticasone nasal spray", "nasal"), ("triamcinolone cream", "topical"),
    ("estradiol vaginal cream", "vaginal"), ("nitroglycerin 0.4 mg SL tab", "sublingual"), ("albuterol inhaler", "inhaled"),
    ("clonidine patch", "transdermal"), ("bisacodyl suppository", "rectal"), ("insulin glargine", "injection"),
    ("ciprofloxacin ear drops", "otic"), ("lisinopril", "oral"),
])
def test_the_route_comes_from_the_form_the_words_or_the_only_one_there_is(text, route):
    assert get_catalog().resolve(text).route == route


def test_the_parts_of_a_combination_may_stand_in_any_order():
    catalog = get_catalog()

    first, second = catalog.resolve("lisinopril/hctz 20-12.5"), catalog.resolve("HCTZ-lisinopril 12.5/20 mg")

    assert names_of(first) == names_of(second) == ["hydrochlorothiazide", "lisinopril"]


def test_two_medicines_on_one_line_are_asked_and_never_taken_for_a_combination():
    resolution = get_catalog().resolve("warfarin and aspirin")

    assert resolution.status == "ambiguous"
    assert {one.label for one in resolution.candidates} == {"warfarin", "aspirin"}


def test_a_brand_family_with_different_ingredients_is_asked():
    resolution = get_catalog().resolve("Zantac")

    assert resolution.status == "ambiguous"
    assert [names_of(one) for one in resolution.candidates] == [["ranitidine"], ["famotidine"]]


def test_a_misspelling_near_two_lookalikes_lists_both():
    resolution = get_catalog().resolve("prednislone")

    assert resolution.status == "ambiguous"
    assert {"predniSONE", "prednisoLONE"} <= {one.label for one in resolution.candidates}


@pytest.mark.parametrize("code, names", [
    ("313988", ["furosemide"]), ("4603", ["furosemide"]), ("202991", ["furosemide"]), ("66493", []), ("221052", ["abacavir"]),
])
def test_a_code_gives_its_product_ingredient_brand_or_salt(code, names):
    found = get_catalog().by_rxcui(code)

    assert (names_of(found) if found else []) == names


def test_a_code_decides_the_drug_and_the_text_its_directions():
    resolution = get_catalog().resolve("the heart pill 1 tab daily", rxcui="313988")

    assert names_of(resolution) == ["furosemide"]
    assert resolution.product.rxcui == "313988"


def test_every_product_resolves_to_its_own_ingredients_by_its_full_name():
    catalog = get_catalog()
    rows = [catalog.product_at(row) for row in range(0, 12_000, 37)]
    products = [one for one in rows if one.dose_form != "Pack" and len(one.ingredients) < 4]

    wrong = [one.name for one in products if catalog.resolve(one.name).ingredients != one.ingredients]

    assert len(wrong) <= len(products) * 0.04, wrong


def test_the_picker_lists_all_strengths_and_says_how_many_there_are():
    few, all_ = get_catalog().suggest("furosemide", limit=3), get_catalog().suggest("furosemide", limit=500)

    assert len(few.items) == 3
    assert few.total == all_.total == len(all_.items) > 8
    assert few.items[0].name == "furosemide"


def test_the_picker_finds_generic_products_by_a_brand_of_three_letters():
    found = get_catalog().suggest("las", limit=200)

    assert "furosemide 40 MG Oral Tablet" in {one.name for one in found.items}


def test_a_typed_brand_stands_before_its_siblings_and_tablets_before_injections():
    found = get_catalog().suggest("synthroid", limit=500).items

    products = found[1:]
    is_typed = ["Synthroid" in one.brands for one in products]
    is_injected = [one.route == "injection" for one in products]
    assert found[0].brands == ("Synthroid",) and products[0].dose_form == "Oral Tablet"
    assert is_typed == sorted(is_typed, reverse=True) and any(is_typed)
    assert is_injected == sorted(is_injected) and any(is_injected)


def test_three_letters_show_several_ingredients_and_a_whole_name_shows_one():
    catalog = get_catalog()

    few, one = catalog.suggest("met", limit=24), catalog.suggest("synthroid", limit=24)

    assert len({item.ingredients for item in few.items}) == 4 and len(few.items) == 24 < few.total
    assert len({item.ingredients for item in one.items}) == 1


def test_a_short_form_leaves_room_for_the_names_that_it_begins():
    found = get_catalog().suggest("levo", limit=24).items

    assert {"levothyroxine", "levofloxacin", "levetiracetam"} <= {one.ingredients[0].name for one in found}


@pytest.mark.parametrize("text", ["met", "syn", "tylenol", "hydro", "insulin"])
def test_every_line_is_reached_whatever_is_shown_first(text):
    catalog = get_catalog()

    few, all_ = catalog.suggest(text, limit=24), catalog.suggest(text, limit=5000)

    assert all_.total == few.total == len(all_.items)
    assert set(few.items) <= set(all_.items)


def test_the_picker_narrows_by_strength():
    found = get_catalog().suggest("metformin 500")

    assert found.items
    assert all("500 MG" in one.strength for one in found.items)


@pytest.mark.parametrize("text", ["", "\0", "🙂", "‮abc", "a" * 100_000, "1e999999", "(((((", "[]{}", "%", "mg" * 400, "9" * 5000, "½" * 50])
def test_odd_text_is_unresolved_and_never_an_error(text):
    assert get_catalog().resolve(text).status == "unresolved"
    assert get_catalog().suggest(text).items == () or text


def test_the_tables_are_those_of_the_manifest():
    manifest = tomllib.loads((TABLES / "MANIFEST.toml").read_text("utf-8"))

    for name, sha in manifest["tables"].items():
        assert hashlib.sha256((TABLES / name).read_bytes()).hexdigest() == sha, name
    assert "courtesy of the U.S. National Library of Medicine" in (TABLES / "README.md").read_text("utf-8").replace("\n", " ")


def test_the_catalog_loads_in_a_moment():
    started = time.process_time()
    Catalog()

    assert time.process_time() - started < 1.5  # the processor's seconds, of which a busy machine takes none; 0.15 measured


def test_a_misspelled_name_keeps_its_strength_and_directions():
    resolution = get_catalog().resolve("lisinipril 10mg 1 tab po daily")

    assert (resolution.how, resolution.product.name) == ("fuzzy", "lisinopril 10 MG Oral Tablet")
    assert resolution.sig.text_en == "Take 1 tablet by mouth once a day."


def test_a_part_of_a_combination_that_is_not_understood_is_never_dropped():
    resolution = get_catalog().resolve("amlodipine/foobar 5-20")

    assert resolution.status == "ambiguous"
    assert "not understood" in resolution.note


def test_a_code_and_a_name_that_disagree_are_told():
    resolution = get_catalog().resolve("Naproxen 500 mg twice daily", rxcui="11289")

    assert names_of(resolution) == ["warfarin"]
    assert resolution.sig is None
    assert "another medicine" in resolution.note
