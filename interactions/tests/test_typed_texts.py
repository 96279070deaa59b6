"""How well typed texts are understood: sets of texts, each measured before anything was repaired by it.

`cases/typed_first.tsv` to `typed_fourth.tsv` hold text, meaning and kind. A meaning is the ingredients
joined by "+"; "?a|b" a question that offers these (each reading written out, or one ingredient of it); "-" no medicine.
`docs/knowledge.md` gives the rates at the first reading.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from interactions.knowledge.catalog import get_catalog

CASES = Path(__file__).parent / "cases"
SETS = ("typed_first", "typed_second", "typed_third", "typed_fourth")


def rows_of(name):
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and line[0] != "#"][1:]


def is_right(resolution, meaning):
    if meaning == "-":
        return resolution.status == "unresolved"
    if meaning.startswith("?"):
        return resolution.status == "ambiguous" and all(is_offered(one, resolution.candidates) for one in meaning[1:].split("|"))
    names = sorted(one.name for one in resolution.ingredients)
    return resolution.status == "resolved" and names == sorted(meaning.split("+"))


def is_offered(meaning, candidates):
    wanted = set(meaning.split("+"))
    return any(wanted <= {one.name for one in candidate.ingredients} for candidate in candidates)


def wrong_of(rows):
    return [(text, meaning) for text, meaning, _ in rows if not is_right(get_catalog().resolve(text), meaning)]


@pytest.mark.parametrize("name", SETS)
def test_at_least_97_of_100_texts_of_every_set_are_understood(name):
    rows = rows_of(name)

    wrong = wrong_of(rows)

    assert len(rows) > 200
    assert len(wrong) <= 0.03 * len(rows), wrong


@pytest.mark.parametrize("kind", ["misspelling", "abbreviation"])
def test_at_least_90_of_100_misspellings_and_short_forms_are_understood(kind):
    mine = [row for name in SETS for row in rows_of(name) if row[2] == kind]

    wrong = wrong_of(mine)

    assert len(wrong) <= 0.1 * len(mine), wrong


def test_nothing_that_is_no_medicine_is_taken_for_one():
    texts = [text for name in SETS for text, meaning, _ in rows_of(name) if meaning == "-"]

    guessed = [text for text in texts if get_catalog().resolve(text).status == "resolved"]

    assert guessed == []


def test_no_text_is_taken_for_another_medicine():
    rows = [row for name in SETS for row in rows_of(name) if row[1][0] not in "?-"]

    swapped = [(text, [one.name for one in found.ingredients]) for text, meaning, _ in rows
               if (found := get_catalog().resolve(text)).is_resolved
               and {one.name for one in found.ingredients}.isdisjoint(meaning.split("+"))]

    assert swapped == []


@pytest.mark.parametrize("text, first, second", [
    ("prednislone", "predniSONE", "prednisoLONE"), ("celebra", "celecoxib", "citalopram"), ("hydroxy", "hydrOXYzine", "hydroxychloroquine"),
])
def test_a_text_near_two_lookalikes_shows_both_with_tall_letters(text, first, second):
    labels = {one.label for one in get_catalog().resolve(text).candidates}

    assert {first, second} <= labels


@pytest.mark.parametrize("text", [
    "MS", "MSO4", "MgSO4", "AZT", "CPZ", "HCT", "HCTZ", "PCA", "PTU", "TAC", "T3", "ZnSO4", "DPT", "nitro drip", "norflox", "MTX", "TDF", "IV vanc",
])
def test_a_short_form_that_safety_bodies_warn_of_is_asked(text):
    resolution = get_catalog().resolve(text)

    assert resolution.status == "ambiguous"


def test_a_strength_that_only_one_reading_has_decides_a_short_form():
    catalog = get_catalog()

    assert [one.name for one in catalog.resolve("HCTZ 25 mg").ingredients] == ["hydrochlorothiazide"]
    assert catalog.resolve("HCTZ").status == "ambiguous"


def test_a_stopped_medicine_and_another_persons_are_asked_about():
    statuses = [get_catalog().resolve(text).status for text in ("stopped taking Xarelto in June", "wife's metformin", "held warfarin")]

    assert statuses == ["ambiguous"] * 3
