"""Names as people who did not write the dictionary type them, with the answers they expect."""

from collections import defaultdict
from pathlib import Path

import pytest

from interactions.knowledge.catalog import get_catalog

EXAM = Path(__file__).parent / "data" / "exam_names.tsv"


def rows() -> list[list[str]]:
    lines = EXAM.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def fits(resolution, answer: str) -> bool:
    """Whether one accepted answer is what the dictionary said."""
    names = sorted(ingredient.name for ingredient in resolution.ingredients)
    if answer == "NONE":
        return resolution.status == "unresolved"
    if answer == "AMBIGUOUS":
        return resolution.status == "ambiguous"
    if answer.startswith("~"):
        return resolution.status == "resolved" and answer[1:] in " + ".join(names)
    return resolution.status == "resolved" and names == answer.split(" + ")


@pytest.fixture(scope="module")
def marks() -> dict[str, list[tuple[str, str, bool]]]:
    """Per kind: the text, the accepted answers, and whether the dictionary gave one of them."""
    catalog, found = get_catalog(), defaultdict(list)
    for kind, text, answers in rows():
        resolution = catalog.resolve(text)
        right = any(fits(resolution, answer) for answer in answers.split(" | "))
        found[kind].append((text, answers, right))
    return found


def missed(marks, *kinds: str) -> tuple[list[str], int]:
    asked = [mark for kind in kinds or marks for mark in marks[kind]]
    return [text for text, _, right in asked if not right], len(asked)


def test_of_all_names_at_least_97_in_100_are_understood(marks):
    misses, asked = missed(marks)

    assert len(misses) <= 0.03 * asked, misses


@pytest.mark.parametrize("kind", ["misspelling", "abbreviation"])
def test_of_slips_and_short_forms_at_least_90_in_100_are_understood(marks, kind):
    misses, asked = missed(marks, kind)

    assert len(misses) <= 0.10 * asked, misses


def test_what_is_no_medicine_is_never_guessed():
    catalog = get_catalog()

    guessed = [text for _, text, answers in rows() if answers == "NONE" and catalog.resolve(text).status == "resolved"]

    assert guessed == []
