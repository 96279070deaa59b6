"""Medicines of a file in our dictionary: codes, names, and both together."""

import pytest

from exchange.recognize import recognize
from exchange.tests.bundles import bundle, patient, read, request, statement
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.releases.directory import load_ndc
from interactions.knowledge.releases.lines import quiet
from interactions.knowledge.releases.store import Store
from interactions.tests.release_files import dictionary_in, directory, listing


def recognized(*resources):
    file = recognize(read(bundle(patient(), *resources)), get_catalog())
    return file.patients[0].medications, file


@pytest.mark.parametrize(
    ("text", "code", "names"),
    [
        ("warfarin sodium 5 MG Oral Tablet", "855332", ["warfarin"]),
        ("Hydrochlorothiazide 25 MG", "316049", ["hydrochlorothiazide"]),
        ("Lasix 40mg", "", ["furosemide"]),
        ("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", "562251", ["amoxicillin", "clavulanate"]),
        ("the little green one", "316049", []),
        ("Dr. Luz joint tea", "", []),
    ],
)
def test_a_medicine_is_recognized_by_its_code_or_else_by_its_name(text, code, names):
    (line,), _ = recognized(request(text, code))

    assert [one.name for one in line.ingredients] == names
    assert line.status == ("resolved" if names else "unresolved")


def test_of_several_codes_the_one_that_the_dictionary_knows_counts():
    concept = {
        "text": "coumadin 5",
        "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code} for code in ("999999999", "855332")],
    }

    (line,), _ = recognized(request() | {"medicationCodeableConcept": concept})

    assert line.product_rxcui == "855332"


def test_a_code_and_a_name_of_the_same_product_turn_out_to_be_one():
    lines, _ = recognized(request("warfarin sodium 5 MG Oral Tablet", "855332"), statement("warfarin 5 mg tablet"))

    assert len(lines) == 1
    assert lines[0].source == ("MedicationRequest/r2", "MedicationStatement/r3")


def test_a_code_that_means_another_drug_than_the_name_is_a_conflict_and_not_checked():
    (line,), file = recognized(request("naproxen 500 MG Oral Tablet", "855332"))

    assert (line.status, line.ingredients) == ("ambiguous", ())
    assert "names naproxen, but its code 855332 means warfarin" in file.conflicts[0]


NDC = "http://hl7.org/fhir/sid/ndc"


@pytest.fixture
def with_directory(tmp_path):
    listings = [listing("0777-3105", "Anymed", "WARFARIN SODIUM", "5"), listing("0777-3106", "Othermed", "WARFARIN SODIUM", "2.5")]
    load_ndc(directory(tmp_path / "fda", listings, ["0777-3105-02", "0777-3106-02"]), Store(tmp_path / "dictionary"), quiet)
    with dictionary_in(tmp_path / "dictionary"):
        yield


def by_ndc(*codes, **concept):
    return request() | {"medicationCodeableConcept": {"coding": [{"system": NDC, "code": code} for code in codes]} | concept}


@pytest.mark.parametrize("code", ["0777-3105-02", "00777310502", "00777-3105-02"])
def test_a_medicine_with_a_national_drug_code_alone_gets_its_product(with_directory, code):
    (line,), _ = recognized(by_ndc(code))

    assert (line.status, line.product, line.product_rxcui) == ("resolved", "warfarin sodium 5 MG Oral Tablet", "855332")
    assert line.text == f"NDC {code}"


def test_a_national_drug_code_without_a_loaded_table_stays_uncoded(tmp_path):
    with dictionary_in(tmp_path):
        (line,), _ = recognized(by_ndc("0777-3105-02"))

    assert (line.status, line.ingredients, line.text) == ("unresolved", (), "NDC 0777-3105-02")


def test_a_national_drug_code_that_means_another_drug_than_the_name_is_a_conflict(with_directory):
    (line,), file = recognized(by_ndc("0777-3105-02", text="naproxen 500 MG Oral Tablet"))

    assert (line.status, line.ingredients) == ("ambiguous", ())
    assert "names naproxen, but its code NDC 0777-3105-02 means warfarin" in file.conflicts[0]


def test_of_two_national_drug_codes_that_mean_different_products_neither_counts(with_directory):
    (line,), _ = recognized(by_ndc("0777-3105-02", "0777-3106-02", text="warfarin"))

    assert ([one.name for one in line.ingredients], line.product) == (["warfarin"], "")
