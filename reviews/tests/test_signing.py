"""Signing: complete, once, by a pharmacist, and never with a serious thing left unsaid."""

from reviews import signing


def test_a_judged_review_has_nothing_that_blocks_it(judged_encounter):
    items = signing.sign_checklist(judged_encounter)

    assert [item.label for item in items if item.is_blocking] == []


def test_signing_makes_papers_letter_and_note(signed_encounter):
    kinds = [document.kind for document in signed_encounter.documents.all()]

    assert sorted(kinds) == ["letter", "note", "patient"]
