"""National Drug Codes: every form of writing them, and the medicine they stand for."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.releases.directory import load_ndc
from interactions.knowledge.releases.lines import quiet
from interactions.knowledge.releases.loading import load_rxnorm
from interactions.knowledge.releases.ndc import LAYOUTS, SEGMENTS, readings
from interactions.knowledge.releases.store import Store
from interactions.tests.release_files import dictionary_in, directory, listing, small_release

LISTINGS = [
    listing("0777-3105", "Anymed", "SILDENAFIL CITRATE", "25", DOSAGEFORMNAME="TABLET, FILM COATED"),
    listing("07773-105", "Othermed", "WARFARIN SODIUM", "5"),
    listing("12345-678", "Glucomix", "GLIPIZIDE; METFORMIN HYDROCHLORIDE", "2.5; 250", "mg/1; mg/1"),
    listing("54321-0987", "Sunny", "OCTINOXATE; UNKNOWN SUBSTANCE"),
    listing("4321-0987", "Onemed", "WARFARIN SODIUM", "5"),
    listing("43210-987", "Two Flowers", "UNKNOWN SUBSTANCE"),
    listing("54321-0988", "A Kit", "", DOSAGEFORMNAME="KIT"),
    listing("55555-444", "Cefa", "CEFTRIAXONE SODIUM", "1", "g/1", DOSAGEFORMNAME="INJECTION, POWDER, FOR SOLUTION", ROUTENAME="INTRAVENOUS"),
]
PACKAGES = ["0777-3105-02", "07773-105-02", "12345-678-90", "54321-0987-1", "54321-0988-1", "55555-444-01", "4321-0987-44", "43210-987-44"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The small RxNorm release and a small directory, loaded."""
    folder = tmp_path_factory.mktemp("ndc")
    store = Store(folder / "dictionary")
    load_rxnorm(small_release().zip(folder / "release.zip"), store, quiet)
    load_ndc(directory(folder / "fda", LISTINGS, PACKAGES), store, quiet)
    return folder / "dictionary"


@pytest.fixture
def catalog(folder):
    with dictionary_in(folder):
        yield get_catalog()


def names_of(resolution):
    return [one.name for one in resolution.ingredients]


# --- forms --------------------------------------------------------------------------------------------------


@st.composite
def codes(draw):
    """A code in one layout: its segments, and its 11 digits."""
    layout = draw(st.sampled_from([*LAYOUTS, SEGMENTS]))
    parts = [draw(st.text("0123456789", min_size=length, max_size=length)) for length in layout]
    return parts, "".join(part.zfill(length) for part, length in zip(parts, SEGMENTS, strict=True))


@given(codes(), st.sampled_from(["", "NDC ", "ndc:", "NDC# ", "  NDC code: "]), st.sampled_from(["-", " - ", "\u2013", "\u2011"]))
def test_hyphens_always_give_the_one_code(code, before, hyphen):
    parts, eleven = code

    assert readings(before + hyphen.join(parts)) == (eleven,)
    assert readings(" ".join(parts)) == (eleven,)


@given(codes())
def test_a_star_for_the_missing_zero_gives_the_one_code(code):
    parts, eleven = code

    starred = [part.rjust(length, "*") for part, length in zip(parts, SEGMENTS, strict=True)]

    assert readings("-".join(starred)) == readings("".join(starred)) == (eleven,)


@given(codes())
def test_digits_alone_give_every_layout_that_fits_and_the_right_one_among_them(code):
    parts, eleven = code

    found = readings("".join(parts))

    assert eleven in found
    assert all(len(one) == 11 and one.isdigit() for one in found)
    assert len(found) == len(set(found)) <= (1 if len("".join(parts)) == 11 else 3)


@given(codes())
def test_labeler_and_product_alone_give_the_nine_digits_of_the_product(code):
    parts, eleven = code

    assert readings("-".join(parts[:2])) == ((eleven[:9],) if sum(map(len, parts[:2])) >= 8 else ())


@pytest.mark.parametrize("text", [
    "", "ndc", "800-555-1212", "555-1212", "warfarin 5 mg", "2026-11-21", "123456789", "1234567890123", "12-34-56", "0777-310-2",
    "0777-3105-02-1", "**777-3105-02", "07*77-3105-02", "1.5", "-", "*", "00777-3105-002", "٠777-3105-02", "0777--3105-02", "9" * 5000,
])
def test_other_texts_are_no_codes(text):
    assert readings(text) == ()


# --- medicines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["99999-1234-01", "99999123401", "NDC 99999-1234-1", "99999-1234-*1"])
def test_the_link_of_rxnorm_gives_the_product(catalog, text):
    found = catalog.resolve(text)

    assert (found.status, found.how, found.product.name) == ("resolved", "ndc", "zorvalidone 15 MG Oral Tablet")


@pytest.mark.parametrize("text, product", [
    ("0777-3105-02", "sildenafil 25 MG Oral Tablet"), ("00777-3105-02", "sildenafil 25 MG Oral Tablet"),
    ("*0777-3105-02", "sildenafil 25 MG Oral Tablet"), ("00777310502", "sildenafil 25 MG Oral Tablet"),
    ("0777-3105", "sildenafil 25 MG Oral Tablet"), ("0777-3105-99", "sildenafil 25 MG Oral Tablet"),
    ("07773-105-02", "warfarin sodium 5 MG Oral Tablet"), ("07773-*105-02", "warfarin sodium 5 MG Oral Tablet"),
    ("12345-678-90", "glipizide 2.5 MG / metformin hydrochloride 250 MG Oral Tablet"),
])
def test_a_listing_of_fda_gives_the_product_of_its_substances_strength_and_form(catalog, text, product):
    assert catalog.resolve(text).product.name == product


def test_ten_digits_that_fit_two_listings_give_both_and_no_guess(catalog):
    found = catalog.resolve("0777310502")

    assert found.status == "ambiguous"
    assert [one.label for one in found.candidates] == [
        "sildenafil 25 MG Oral Tablet (NDC 00777-3105-02)", "warfarin sodium 5 MG Oral Tablet (NDC 07773-0105-02)",
    ]  # fmt: skip
    assert [one.rxcui for one in found.candidates] == ["314228", "855332"]
    assert "choose the one on the label" in found.note


def test_a_listing_that_is_not_known_is_no_choice_but_keeps_the_other_from_being_taken(catalog):
    found = catalog.resolve("4321098744")

    assert found.status == "ambiguous"
    assert [one.label for one in found.candidates] == ["warfarin sodium 5 MG Oral Tablet (NDC 04321-0987-44)"]
    assert "Listed as Two Flowers by Any Labeler, with substances that the dictionary does not know" in found.note


def test_ten_digits_that_fit_one_listing_are_that_one(catalog):
    assert names_of(catalog.resolve("1234567890")) == ["glipizide", "metformin"]


def test_a_listing_without_a_product_of_that_strength_gives_its_ingredients_and_route(catalog):
    found = catalog.resolve("55555-444-01")

    assert (found.status, names_of(found), found.route) == ("resolved", ["ceftriaxone"], "injection")


@pytest.mark.parametrize("text, said", [
    ("54321-0987-1", "substances that the dictionary does not know: OCTINOXATE; UNKNOWN SUBSTANCE"),
    ("54321-0988-1", "A Kit by Any Labeler without a substance"),
    ("11111-2222-33", "the loaded tables do not have it"), ("8005551212", "the loaded tables do not have it"),
])
def test_what_cannot_be_told_stays_unresolved_and_says_why(catalog, text, said):
    found = catalog.resolve(text)

    assert (found.status, found.ingredients) == ("unresolved", ())
    assert said in found.note


def test_without_a_loaded_table_a_code_is_unresolved_and_says_what_to_do(tmp_path):
    with dictionary_in(tmp_path):
        found = get_catalog().resolve("0777-3105-02")

    assert found.status == "unresolved"
    assert "load_ndc" in found.note


def test_what_the_next_directory_leaves_out_stays_known_and_marked(tmp_path):
    store = Store(tmp_path / "dictionary")
    load_ndc(directory(tmp_path / "first", LISTINGS, PACKAGES), store, quiet)

    report = load_ndc(directory(tmp_path / "second", [LISTINGS[1] | {"PROPRIETARYNAME": "Newname"}], PACKAGES[1:2]), store, quiet)

    with dictionary_in(store.folder):
        former, kept = get_catalog().resolve("0777-3105-02"), get_catalog().resolve("07773-105-02")
    assert (names_of(former), former.note) == (["sildenafil"], "This National Drug Code is no longer listed.")
    assert (names_of(kept), kept.note) == (["warfarin"], "")
    assert {"  no longer listed listing 0777-3105 Anymed", "  renamed listing 07773-105 Newname (was: Othermed)"} <= set(report.lines())


def test_the_zip_of_fda_and_a_single_file_are_read_too(tmp_path):
    fda = directory(tmp_path / "fda", LISTINGS, PACKAGES, encoding="utf-8", ending="\n")
    with zipfile.ZipFile(tmp_path / "ndctext.zip", "w") as archive:
        for name in ("product.txt", "package.txt"):
            archive.write(fda / name, name)

    reports = [load_ndc(path, Store(tmp_path / f"dictionary{number}"), quiet) for number, path in enumerate([tmp_path / "ndctext.zip", fda / "product.txt"])]

    assert [report.counts["listed products"] for report in reports] == [8, 8]
    assert all(report.version.startswith("NDC directory 20") for report in reports)


def test_the_dictionary_in_use_is_named_with_both_parts(catalog):
    assert catalog.version.startswith("RxNorm prescribable")
    assert "; NDC directory 20" in catalog.version


@pytest.mark.shared
def test_the_sample_listings_of_fda_load_and_resolve(tmp_path):
    from conftest import SHARED

    (tmp_path / "fda").mkdir()
    for name in ("product", "package"):
        (tmp_path / "fda" / f"{name}.txt").write_bytes((SHARED / "samples" / "ndc" / f"{name}_reshaped.txt").read_bytes())
    report = load_ndc(tmp_path / "fda", Store(tmp_path / "dictionary"), quiet)

    with dictionary_in(tmp_path / "dictionary"):
        found = [get_catalog().resolve(code) for code in ("0052-0105-30", "63941-519-12", "57687-242-07")]

    assert report.counts["listed products"] == 500
    assert [names_of(one) for one in found] == [["mirtazapine"], ["acetaminophen"], []]
