"""What people type, measured: tests/cases/typed_medicines.tsv holds the texts and what they mean."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interactions.knowledge.catalog import get_catalog

CASES = Path(__file__).parent / "cases" / "typed_medicines.tsv"


def cases():
    lines = CASES.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and line[0] != "#"][1:]


def is_right(resolution, expected):
    if expected == "-":
        return resolution.status == "unresolved"
    if expected.startswith("?"):
        offered = {" + ".join(sorted(one.name for one in candidate.ingredients)) for candidate in resolution.candidates}
        wanted = {" + ".join(sorted(one.split(" + "))) for one in expected[1:].split("|")}
        return resolution.status == "ambiguous" and wanted <= offered
    names = sorted(one.name for one in resolution.ingredients)
    return resolution.status == "resolved" and names == sorted(expected.split("+"))


def test_there_are_cases_of_every_kind():
    kinds = Counter(kind for _, _, kind in cases())

    assert sum(kinds.values()) >= 500
    assert min(kinds[kind] for kind in ("brand", "misspelling", "abbreviation", "combination", "herb", "nondrug")) >= 15


def test_at_least_97_of_100_typed_texts_are_understood_right():
    catalog = get_catalog()

    wrong = [(text, expected) for text, expected, _ in cases() if not is_right(catalog.resolve(text), expected)]

    assert len(wrong) <= 0.03 * len(cases()), wrong


@pytest.mark.parametrize("kind", ["misspelling", "abbreviation"])
def test_at_least_90_of_100_misspellings_and_abbreviations_are_understood_right(kind):
    mine = [(text, expected) for text, expected, one in cases() if one == kind]

    wrong = [text for text, expected in mine if not is_right(get_catalog().resolve(text), expected)]

    assert len(wrong) <= 0.1 * len(mine), wrong


def test_a_text_that_is_no_medicine_is_never_guessed_at():
    guessed = [text for text, expected, _ in cases() if expected == "-" and get_catalog().resolve(text).status != "unresolved"]

    assert guessed == []
