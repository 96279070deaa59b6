"""After the signature: addenda and corrections. What was signed stays, byte for byte."""

import pytest

from accounts.models import AuditEvent
from mtm.lib.canonical import sha256_of
from reviews import services, signing
from reviews.models import DocumentFile, SignedDocument
from reviews.tasks import render_file


@pytest.fixture
def papers(papers_of):
    return papers_of["patient"]


def first_line(document, part):
    return next(line for line in signing.correctable_lines(document) if part in line.pointer)


def test_an_addendum_is_a_signed_document_of_its_own_with_a_file(signed_encounter, pharmacist):
    addendum = signing.add_addendum(signed_encounter, text="The patient called.\nShe stopped naproxen.", by=pharmacist)

    assert addendum.payload["record"] == [{"title": "Addendum", "lines": ["The patient called.", "She stopped naproxen."]}]
    assert (addendum.signer_name, addendum.sha256) == ("Alice Okoye", sha256_of(addendum.payload))
    assert [file.name for file in addendum.files.all()] == ["addendum"]


def test_an_addendum_needs_words_a_pharmacist_and_a_signed_review(signed_encounter, make_encounter, technician, pharmacist):
    with pytest.raises(services.Incomplete, match="Write what"):
        signing.add_addendum(signed_encounter, text=" ", by=pharmacist)
    with pytest.raises(services.NotAllowed):
        signing.add_addendum(signed_encounter, text="A word", by=technician)
    with pytest.raises(services.EncounterClosed, match="Change the review itself"):
        signing.add_addendum(make_encounter(), text="A word", by=pharmacist)


def test_an_addendum_that_can_not_be_printed_is_refused_at_once(signed_encounter, pharmacist):
    with pytest.raises(services.Incomplete):
        signing.add_addendum(signed_encounter, text="A smile: 😀", by=pharmacist)


def test_a_correction_is_a_new_version_that_names_the_old_one_and_the_old_one_stays(papers, pharmacist):
    """Acceptance fact 63."""
    render_file(str(papers.files.get().pk))
    before = SignedDocument.objects.filter(pk=papers.pk).values().get()
    bytes_before = bytes(papers.files.get().pdf)
    line = first_line(papers, "directions/en")

    newer = signing.correct_document(
        papers, changes={line.pointer: "Take half a tablet by mouth each day."}, reason="Dose was halved", by=pharmacist
    )

    assert (newer.number, newer.replaces, newer.correction_reason) == (2, papers, "Dose was halved")
    assert newer.payload["correction"]["replaces_hash"] == papers.sha256
    assert newer.payload["medications"][0]["directions"]["en"] == "Take half a tablet by mouth each day."
    assert newer.payload["signature"]["meaning"]["en"] == "I corrected this paper."
    assert newer.sha256 == sha256_of(newer.payload)
    assert SignedDocument.objects.filter(pk=papers.pk).values().get() == before
    assert bytes(DocumentFile.objects.get(document=papers).pdf) == bytes_before
    assert AuditEvent.objects.filter(action="document.signed", object_id=str(newer.pk)).count() == 1


def test_only_the_named_line_differs(papers, pharmacist):
    line = first_line(papers, "topics/0/text/en")

    newer = signing.correct_document(papers, changes={line.pointer: "We talked about naproxen."}, reason="Wording", by=pharmacist)

    changed = {key for key in newer.payload if newer.payload[key] != papers.payload.get(key)}
    assert changed == {"meta", "signature", "correction", "topics"}


def test_only_the_newest_version_can_be_corrected(papers, pharmacist):
    line = first_line(papers, "/reason/en")
    signing.correct_document(papers, changes={line.pointer: "to thin the blood"}, reason="Wording", by=pharmacist)

    with pytest.raises(services.Superseded, match="Version 2 replaced this one"):
        signing.correct_document(papers, changes={line.pointer: "for the heart"}, reason="Wording", by=pharmacist)


def test_a_corrected_version_can_be_corrected_again(papers, pharmacist):
    line = first_line(papers, "/reason/en")
    second = signing.correct_document(papers, changes={line.pointer: "to thin the blood"}, reason="Wording", by=pharmacist)

    third = signing.correct_document(second, changes={line.pointer: "to prevent a stroke"}, reason="Wording", by=pharmacist)

    assert (third.number, third.payload["correction"]["replaces_version"]) == (3, 2)


@pytest.mark.parametrize(
    "pointer", ["/signature/printed_name", "/meta/document_id", "/patient/name", "/medications/0/not_checked", "/nowhere", ""]
)
def test_what_is_no_line_of_the_paper_can_not_be_corrected(papers, pharmacist, pointer):
    with pytest.raises(services.Incomplete, match="can't be corrected"):
        signing.correct_document(papers, changes={pointer: "Mallory"}, reason="No", by=pharmacist)


def test_a_correction_needs_a_change_a_reason_and_a_pharmacist(papers, pharmacist, technician):
    line = first_line(papers, "/reason/en")

    with pytest.raises(services.Incomplete, match="Nothing differs"):
        signing.correct_document(papers, changes={line.pointer: line.text}, reason="Wording", by=pharmacist)
    with pytest.raises(services.Incomplete, match="Say why"):
        signing.correct_document(papers, changes={line.pointer: "other"}, reason=" ", by=pharmacist)
    with pytest.raises(services.Incomplete, match="not emptied"):
        signing.correct_document(papers, changes={line.pointer: " "}, reason="Wording", by=pharmacist)
    with pytest.raises(services.Incomplete, match="at most 300"):
        signing.correct_document(papers, changes={line.pointer: "x" * 301}, reason="Wording", by=pharmacist)
    with pytest.raises(services.NotAllowed):
        signing.correct_document(papers, changes={line.pointer: "other"}, reason="Wording", by=technician)


def test_letter_note_and_addendum_can_be_corrected_too(papers_of, signed_encounter, pharmacist):
    addendum = signing.add_addendum(signed_encounter, text="She stoped it.", by=pharmacist)

    for document, part in ((papers_of["letter"], "/why/"), (papers_of["note"], "/record/0/"), (addendum, "/record/0/")):
        newer = signing.correct_document(
            document, changes={first_line(document, part).pointer: "Put right."}, reason="Typing", by=pharmacist
        )
        assert (newer.kind, newer.prescriber, newer.number) == (document.kind, document.prescriber, 2)


def test_lines_stand_in_the_order_in_which_they_are_printed(papers):
    sections = [line.pointer.split("/")[1] for line in signing.correctable_lines(papers)]

    assert list(dict.fromkeys(sections)) == ["topics", "medications"]
    assert sections == sorted(sections, key=["topics", "medications"].index)


def test_a_further_paper_is_made_once(papers, technician):
    first = signing.add_file(papers, name="medication_list", language="en", by=technician)

    assert signing.add_file(papers, name="medication_list", language="en", by=technician) == first


@pytest.mark.parametrize(("name", "language"), [("prescriber_letter", "en"), ("note", "en"), ("secrets", "en")])
def test_a_paper_that_does_not_belong_to_the_document_is_refused(papers, technician, name, language):
    with pytest.raises(services.Incomplete, match="can't be made"):
        signing.add_file(papers, name=name, language=language, by=technician)
