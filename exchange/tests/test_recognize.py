"""Medicines of a file in our dictionary: codes, names, and both together."""

import pytest

from exchange.recognize import recognize
from exchange.tests.bundles import bundle, patient, read, request, statement
from interactions.knowledge.catalog import get_catalog


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
