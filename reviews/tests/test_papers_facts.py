"""What the papers promise, read back from the PDF: the acceptance facts of the packet and its sisters."""

import copy
import re
from functools import cache

import pytest

from reviews.documents.example import example_payload
from reviews.documents.phrases import words_in
from reviews.documents.plain import codes_in
from reviews.documents.render import DOCUMENTS, render_pdf
from reviews.documents.schema import PaperProblem
from reviews.tests.pdf_reading import read_pages, read_tags, words_of

pytestmark = pytest.mark.papers

PATIENT_PAPERS = [name for name in DOCUMENTS if name != "prescriber_letter"]
LABELS = {"en": ("Medication:", "Why I stopped using it:"), "es": ("Medicamento:", "Por qué dejé de usarlo:")}


@cache
def example_pdf(document, language):
    return render_pdf(example_payload(), document, language)


def payload_with(count):
    """The example with `count` medicines; the first names are as long as a field takes."""
    payload = example_payload()
    medicines = payload["medications"]
    payload["medications"] = [copy.deepcopy(medicines[place % len(medicines)]) for place in range(count)]
    for medicine, name in zip(payload["medications"], ("Unbroken" * 37, "Hydrochlorothiazide with more words " * 8), strict=False):
        medicine.update(name=name.strip(), display=None, brand=name[:200].strip())
    return payload


def test_the_packet_is_cover_letter_then_to_do_list_then_medication_list_then_disposal_on_portrait_letter():
    pages = read_pages(example_pdf("packet", "en"))

    big = [run.text for page in pages for run in page.body if run.size >= 18]
    titles = [
        text for text in big if text in {"Cover Letter", "Recommended To-Do List", "Medication List", "Getting Rid of Medicines Safely"}
    ]
    assert titles == ["Cover Letter", "Recommended To-Do List", "Medication List", "Getting Rid of Medicines Safely"]
    assert {(page.width, page.height) for page in pages} == {(612.0, 792.0)}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("document", ["packet", "medication_list", "to_do_list", "map", "blank_medication_list"])
def test_no_body_text_of_a_large_print_paper_is_under_14_points(document, language):
    pages = read_pages(example_pdf(document, language))

    assert min(run.size for page in pages for run in page.body) >= 14


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_part_of_the_packet_counts_its_own_pages(language):
    words = words_in(language)["everywhere"]
    pages = read_pages(example_pdf("packet", language))

    counts = [re.search(rf"{words['page']} (\d+) {words['of']} (\d+)", page.margins).groups() for page in pages]
    parts = [int(last) for number, last in counts if number == last]
    expected = [(str(number), str(last)) for last in parts for number in range(1, last + 1)]
    assert counts == expected
    assert len(parts) == 4


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_paper_carries_a_form_or_omb_number(document, language):
    text = words_of(example_pdf(document, language))

    assert "OMB" not in text
    assert "10396" not in text
    if document != "prescriber_letter":
        assert ("Not the CMS form" if language == "en" else "No es el formulario de CMS") in text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("count", [0, 1, 12, 40])
def test_no_medicine_is_split_over_two_pages(count, language):
    first, last = LABELS[language]
    raw = render_pdf(payload_with(count), "medication_list", language)

    counted = [(page.text.count(first), page.text.count(last)) for page in read_pages(raw)]
    assert all(starts == ends for starts, ends in counted)
    assert sum(starts for starts, _ in counted) == count + 3
    assert read_tags(raw).count["/Art"] == count + 3


def test_no_topic_of_the_to_do_list_is_split_over_two_pages():
    payload = example_payload()
    payload["topics"] = payload["topics"] * 5
    raw = render_pdf(payload, "to_do_list", "en")

    assert read_tags(raw).count["/Art"] == 15
    for page in read_pages(raw):
        assert page.text.count("What we talked about:") == page.text.count("What I should do:")


@pytest.mark.parametrize("document", ["to_do_list", "map"])
def test_a_topic_too_long_for_a_page_goes_on_in_blocks_that_say_so(document):
    payload = example_payload()
    steps = [{"text": {"en": f"Step number {number} is to " + "walk a little more each day " * 8}, "kind": "do"} for number in range(1, 13)]
    payload["topics"] = [payload["topics"][0] | {"actions": steps}]

    text = words_of(render_pdf(payload, document, "en"))

    assert [number for number in range(1, 13) if f"Step number {number} is" not in text] == []
    assert "Ibuprofen and bleeding. (Continued)" in text


def test_a_medicine_too_long_for_a_page_is_told_before_the_print():
    payload = example_payload()
    long = {"en": "Take it with a very full glass of water. " * 9}
    payload["medications"][0] |= {
        "directions": long,
        "as_taken": long,
        "reason": {"en": long["en"][:300]},
        "name": "Word " * 50,
        "display": None,
    }

    with pytest.raises(PaperProblem, match=r"medications\[0\]: about \d+ lines, and a page holds 33"):
        render_pdf(payload, "medication_list", "en")


def test_pages_after_the_first_repeat_title_name_and_birth_date():
    pages = read_pages(example_pdf("medication_list", "en"))

    assert len(pages) > 2
    assert "(Continued)" not in pages[0].text
    for page in pages[1:]:
        assert all(words in page.margins for words in ("Medication List (Continued)", "Elena Márquez", "DOB: 03/14/1944"))


@pytest.mark.parametrize(
    ("allergies", "side_effects", "says"),
    [
        ({"status": "none_known", "items": []}, [], "Allergies or side effects: None known"),
        ({"status": "not_recorded", "items": []}, None, "Allergies or side effects: Not recorded – ask"),
        ({"status": "listed", "items": [{"substance": "Latex", "reaction": None}]}, [], "Allergies or side effects: Latex."),
        ({"status": "none_known", "items": []}, [{"substance": "Codeine"}], "Allergies: None known Side effects: Codeine."),
    ],
)
def test_the_allergy_box_is_never_blank(allergies, side_effects, says):
    payload = example_payload() | {"allergies": allergies, "side_effects": side_effects}

    assert says in words_of(render_pdf(payload, "medication_list", "en"))


def test_the_medication_list_ends_with_three_blank_medicines_and_a_blank_list_stands_alone():
    listed = words_of(render_pdf(example_payload() | {"medications": []}, "medication_list", "en"))
    blank = words_of(example_pdf("blank_medication_list", "en"))

    assert listed.count("Medication:") == 3
    assert "You told us that you take no medicines now." in listed
    assert blank.count("Medication:") >= 3
    assert "Márquez" not in blank


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name != "blank_medication_list"])
def test_a_spanish_paper_has_no_english_sentence(document):
    english, spanish = words_in("en").pack, words_in("es").pack
    fixed = [line for line in sentences_of(english) if line not in set(sentences_of(spanish)) and len(line.split()) > 2]
    text = words_of(example_pdf(document, "es"))

    assert [line for line in fixed if line in text] == []


def sentences_of(pack):
    for value in pack.values() if isinstance(pack, dict) else pack:
        if isinstance(value, str):
            yield value
        else:
            yield from sentences_of(value)


def test_both_wording_packs_say_the_same_things():
    def shape(pack):
        return {key: shape(value) if isinstance(value, dict) else sorted(re.findall(r"{\w+}", str(value))) for key, value in pack.items()}

    assert shape(words_in("en").pack) == shape(words_in("es").pack)


def test_a_missing_translation_is_an_error_that_names_every_gap():
    payload = example_payload()
    payload["medications"][0]["directions"]["es"] = None
    payload["topics"][1]["actions"][0]["text"]["es"] = " "

    with pytest.raises(PaperProblem) as raised:
        render_pdf(payload, "packet", "es")

    assert len(raised.value.problems) == 2
    assert "payload.medications[0].directions: not written in Spanish yet" in raised.value.problems[0]
    assert render_pdf(payload, "packet", "en")


def test_a_representative_is_named_as_source_and_gets_a_copy():
    payload = example_payload()
    payload["information_sources"] = ["pharmacy_record"]
    payload["patient"]["unable_to_take_part"] = True
    text = words_of(render_pdf(payload, "packet", "en"))

    assert "what Daniel Márquez (son) told us" in text
    assert "cc: Daniel Márquez (son)" in text


def test_a_patient_who_could_not_take_part_needs_a_representative_or_a_note():
    payload = example_payload()
    payload["patient"].update(unable_to_take_part=True, representative=None)

    with pytest.raises(PaperProblem, match="could not take part"):
        render_pdf(payload, "packet", "en")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("document", PATIENT_PAPERS)
def test_no_patient_paper_has_prescription_codes(document, language):
    assert codes_in(words_of(example_pdf(document, language))) == []


@pytest.mark.parametrize("direction", ["Take 1 tablet PO BID", "1 tablet q4-6h prn", "1 tablet QHS", "Take 1 tab q.d."])
def test_a_direction_with_prescription_codes_is_refused(direction):
    payload = example_payload()
    payload["medications"][2]["directions"] = {"en": direction}

    with pytest.raises(PaperProblem, match=r"medications\[2\].directions: .* is a prescription code"):
        render_pdf(payload, "medication_list", "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_disposal_sheet_names_sites_phone_steps_and_further_reading(language):
    text = words_of(example_pdf("packet", language))

    assert all(fact in text for fact in ("Harbor Glen Police Department", "1-800-882-9539", "www.hhs.gov/opioids", "lorazepam"))


def test_the_packet_is_refused_for_any_other_review():
    payload = example_payload()
    payload["plan"] = {"is_medicare_cmr": False}

    with pytest.raises(PaperProblem, match="print pmr and map instead"):
        render_pdf(payload, "packet", "en")
    assert render_pdf(payload, "pmr", "en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_carries_each_request_with_three_answers_notes_and_signature(language):
    words, text = words_in(language)["letter"], words_of(example_pdf("prescriber_letter", language))

    for label in ("accept_with_change", "decline", "why"):
        assert text.count(words[label]) == 2
    assert all(words[label] in text for label in ("notes", "signature", "confidential"))
    assert "Amara Okafor, MD" in text


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (4, 1), (5, 2), (20, 4)])
def test_a_letter_never_has_a_signature_on_a_page_without_a_request(count, pages):
    payload = example_payload()
    payload["letters"][0]["requests"] = (payload["letters"][0]["requests"] * 10)[:count]

    printed = read_pages(render_pdf(payload, "prescriber_letter", "en"))

    assert len(printed) == pages
    assert "Prescriber signature" in printed[-1].text
    assert "Accept with change:" in printed[-1].text


def test_letters_count_their_own_pages():
    payload = example_payload()
    payload["letters"] = [payload["letters"][0], payload["letters"][0] | {"requests": payload["letters"][0]["requests"] * 4}]

    pages = read_pages(render_pdf(payload, "prescriber_letter", "en"))

    assert [re.search(r"Page \d+ of \d+", page.margins).group() for page in pages] == ["Page 1 of 1", "Page 1 of 2", "Page 2 of 2"]


def test_signature_version_and_hash_stand_on_the_first_page():
    first = read_pages(example_pdf("packet", "en"))[0]

    assert "Signed by Dana Whitlow, PharmD on November 18, 2026, 3:05 p.m." in first.text
    assert re.search(r"Version 1 · [0-9a-f]{8}", first.margins)


def test_an_unsigned_paper_says_draft_on_every_page():
    pages = read_pages(render_pdf(example_payload() | {"signature": None}, "packet", "en"))

    assert "DRAFT, not signed" in "".join(run.text for run in pages[0].body)
    assert all("DRAFT, not signed" in page.margins for page in pages)


def test_a_demo_paper_says_so_on_every_page_and_a_real_one_nowhere():
    real = example_payload()
    real["meta"]["demo"] = False

    assert all("DEMO" in page.margins for page in read_pages(example_pdf("pmr", "en")))
    assert "DEMO" not in words_of(render_pdf(real, "pmr", "en"))


def test_a_correction_names_the_version_that_it_replaces():
    payload = example_payload()
    payload["meta"]["version"] = 2
    payload["correction"] = {"replaces_version": 1, "reason": {"en": "The dose of lisinopril was wrong."}}

    text = words_of(render_pdf(payload, "packet", "en"))

    assert "This is version 2. It replaces version 1." in text
    assert "The dose of lisinopril was wrong." in text


def test_a_medicine_that_was_not_checked_says_so():
    assert "Not checked:" in words_of(example_pdf("medication_list", "en"))
    assert "Not checked for safety." in words_of(example_pdf("pmr", "en"))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_tags_title_language_and_fonts_are_what_a_screen_reader_needs(document, language):
    assert read_tags(example_pdf(document, language)).wrong == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_same_payload_gives_the_same_bytes(document):
    assert render_pdf(example_payload(), document, "en") == example_pdf(document, "en")
