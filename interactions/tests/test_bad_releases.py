"""Releases that must not be loaded: each is refused with one line a problem, and nothing changes."""

import random
import zipfile
from io import StringIO

import pytest
from django.core.management import call_command

from interactions.knowledge.releases.archive import Refused, Source
from interactions.knowledge.releases.directory import load_ndc
from interactions.knowledge.releases.lines import quiet
from interactions.knowledge.releases.loading import load_rxnorm
from interactions.knowledge.releases.rrf import read_release
from interactions.knowledge.releases.store import Store
from interactions.tests.release_files import directory, listing, small_release


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "dictionary")


def problems_of(load, path, store):
    with pytest.raises(Refused) as refused:
        load(path, store, quiet)
    assert store.stamp() is None
    assert not list(store.folder.glob("[!.]*"))
    return [one.replace(f"{path.parent}/", "") for one in refused.value.problems]


def edited(name, edit):
    """A release with one file's lines changed."""
    release = small_release()
    release.files[name] = edit(release.files[name])
    return release


def rewritten(path, change, name="rrf/RXNCONSO.RRF"):
    """The small release with the bytes of one member changed."""
    small_release().zip(path)
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members[name] = change(members[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in members.items():
            archive.writestr(one, content)
    return path


# --- the archive --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content, said", [
    (b"", "is empty; download it again"),
    (b"just some text", "is not a zip archive; name the zip file as it was downloaded"),
    (b"<!DOCTYPE html><html>Sign in</html>", "is a web page, not a zip archive; sign in on the download site first and save the archive itself"),
])
def test_what_is_no_archive_is_refused(store, tmp_path, content, said):
    path = tmp_path / "release.zip"
    path.write_bytes(content)

    assert problems_of(load_rxnorm, path, store) == [f"release.zip: {said}"]


def test_a_file_that_does_not_exist_is_refused(store, tmp_path):
    said = problems_of(load_rxnorm, tmp_path / "nowhere.zip", store)

    assert said == ["nowhere.zip: does not exist; name the release's zip file or its folder"]


def test_an_archive_cut_off_anywhere_is_refused(store, tmp_path):
    whole = small_release().zip(tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "cut.zip"
    places = random.Random(20261121).sample(range(1, len(whole) - 1), 40)

    for place in places:
        path.write_bytes(whole[:place])
        assert len(problems_of(load_rxnorm, path, store)) == 1


def test_random_damage_is_refused_or_harmless_and_never_an_error(store, tmp_path):
    whole = small_release().archived(8000001, "SCD", "old 1 MG Oral Tablet").merged(800, 9000003).zip(tmp_path / "whole.zip").read_bytes()
    path, chance = tmp_path / "damaged.zip", random.Random(20261122)
    refused = 0

    for _ in range(400):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 2, 5))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            read_release(Source(path), quiet)
        except Refused as problem:
            refused += all(str(path) in one for one in problem.problems)

    assert refused > 300


def test_damaged_bytes_within_a_file_are_refused_with_its_line(store, tmp_path):
    path = small_release().zip(tmp_path / "damaged.zip")
    content = bytearray(path.read_bytes())
    content[120:124] = b"\xff\xff\xff\xff"
    path.write_bytes(content)

    (said,) = problems_of(load_rxnorm, path, store)

    assert said.startswith("damaged.zip: rrf/RXNCONSO.RRF:")
    assert "the file is damaged here" in said


@pytest.mark.parametrize("name", ["../RXNCONSO.RRF", "/etc/RXNCONSO.RRF", "C:\\RXNCONSO.RRF", "rrf/../../x", "..\\x"])
def test_names_that_lead_outside_are_refused(store, tmp_path, name):
    path = small_release().zip(tmp_path / "release.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")

    (said,) = problems_of(load_rxnorm, path, store)

    assert "which leads outside the archive; download it again from the official site" in said


def test_a_link_in_an_archive_is_refused(store, tmp_path):
    path = small_release().zip(tmp_path / "release.zip")
    link = zipfile.ZipInfo("rrf/RXNSTY.RRF")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert "is a link, not a file" in problems_of(load_rxnorm, path, store)[0]


def test_a_bomb_is_refused_before_it_is_unpacked(store, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("rrf/RXNCONSO.RRF", "w") as member:
        for _ in range(30):
            member.write(bytes(1 << 20))

    assert "times its size; this is no release" in problems_of(load_rxnorm, path, store)[0]


def test_a_file_that_says_it_is_smaller_than_it_is_does_not_get_through(store, tmp_path):
    path = small_release().zip(tmp_path / "liar.zip")
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("rrf/RXNCONSO.RRF").file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little")))

    assert problems_of(load_rxnorm, path, store)


def test_an_encrypted_archive_is_refused(store, tmp_path):
    path = small_release().zip(tmp_path / "release.zip")
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert problems_of(load_rxnorm, path, store) == ["release.zip: 'rrf/RXNCONSO.RRF' is encrypted; unpack it and load the folder"]


def test_an_archive_of_too_many_files_is_refused(store, tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5001):
            archive.writestr(f"{number}", "")

    assert problems_of(load_rxnorm, path, store) == ["many.zip: holds 5001 files, more than 5000; this is no release"]


# --- the files of RxNorm ------------------------------------------------------------------------------------


def test_missing_files_are_named(store, tmp_path):
    release = small_release()
    del release.files["RXNREL.RRF"], release.files["RXNSAT.RRF"]

    said = problems_of(load_rxnorm, release.zip(tmp_path / "r.zip"), store)

    assert said == [f"r.zip: holds no {name}; use the whole RxNorm release, full or prescribable" for name in ("RXNREL.RRF", "RXNSAT.RRF")]


@pytest.mark.parametrize("name, edit, said", [
    ("RXNCONSO.RRF", lambda lines: [lines[0], lines[1][:-1], *lines[2:]], ":2: has 17 columns separated by | instead of 18"),
    ("RXNCONSO.RRF", lambda lines: [f"{lines[0]}x|", *lines[1:]], ":1: has 19 columns separated by | instead of 18"),
    ("RXNCONSO.RRF", lambda lines: [*lines[:3], "", *lines[3:]], ":4: is empty; download it again"),
    ("RXNREL.RRF", lambda lines: [*lines, "a|b"], "has 1 columns separated by | instead of 16"),
    ("RXNCONSO.RRF", lambda lines: [*lines, lines[0].replace("11289|ENG", "abc|ENG")], "is no name of RxNorm (RXCUI 'abc'"),
    ("RXNCONSO.RRF", lambda lines: [*lines, lines[0].replace("||N|", "||Q|")], "SUPPRESS 'Q')"),
    ("RXNCONSO.RRF", lambda lines: [line.replace("|RXNORM|", "|OTHER|") for line in lines], "holds no ingredient of RxNorm (SAB RXNORM, TTY IN)"),
    ("RXNREL.RRF", lambda lines: [], "relates none of the names in RXNCONSO.RRF"),
])
def test_wrong_columns_and_fields_are_refused_with_the_line(store, tmp_path, name, edit, said):
    (problem,) = problems_of(load_rxnorm, edited(name, edit).zip(tmp_path / "r.zip"), store)

    assert problem.startswith(f"r.zip: rrf/{name}:")
    assert said in problem


@pytest.mark.parametrize("change, said", [
    (lambda content: content.replace(b"furosemide", b"furos\xe9mide", 1), ":2: byte 55 is not UTF-8; use the file as it was downloaded"),
    (lambda content: content.decode().encode("utf-16"), ":1: is UTF-16, not plain text; use the file as it was downloaded"),
    (lambda content: content.replace(b"warfarin", b"warf\0arin", 1), ":1: holds a NUL byte, so it is no text"),
    (lambda content: content[:-20], "columns separated by | instead of 18"),
    (lambda content: content + b"x" * (2 << 20), "is longer than 1,048,576 bytes"),
])
def test_wrong_encoding_and_broken_lines_are_refused_with_the_line(store, tmp_path, change, said):
    problem = problems_of(load_rxnorm, rewritten(tmp_path / "r.zip", change), store)[0]

    assert problem.startswith("r.zip: rrf/RXNCONSO.RRF:")
    assert said in problem


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(store, tmp_path):
    path = rewritten(tmp_path / "r.zip", lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))

    report = load_rxnorm(path, store, quiet)

    assert report.counts["ingredients"] > 2000


def test_every_wrong_line_is_named_up_to_twenty(store, tmp_path):
    few = edited("RXNCONSO.RRF", lambda lines: [*(line[:-1] for line in lines[:3]), *lines[3:]])
    many = edited("RXNCONSO.RRF", lambda lines: [line[:-1] for line in lines] * 5)

    assert len(problems_of(load_rxnorm, few.zip(tmp_path / "few.zip"), store)) == 3
    assert len(problems_of(load_rxnorm, many.zip(tmp_path / "many.zip"), store)) == 21


def test_the_command_prints_each_problem_and_exits_with_one(settings, store, tmp_path):
    settings.DICTIONARY_DIR = store.folder
    path = tmp_path / "release.zip"
    path.write_bytes(b"PK\x03\x04 cut off")
    err = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("load_rxnorm", str(path), stderr=err)

    assert stop.value.code == 1
    assert err.getvalue() == f"{path}: is cut off or damaged (file is not a zip file); download it again\n"


def test_a_place_where_nothing_can_be_written_is_told(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DICTIONARY_DIR = tmp_path / "file"
    err = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("load_rxnorm", str(small_release().zip(tmp_path / "r.zip")), stderr=err)

    assert stop.value.code == 1
    assert "make room or give access, and load again. Nothing was changed." in err.getvalue()


# --- FDA's files --------------------------------------------------------------------------------------------


def fda(folder, change=lambda content: content, name="product.txt"):
    directory(folder, [listing("12345-678", "Anymed", "WARFARIN SODIUM", "5")], ["12345-678-90"])
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    return folder


@pytest.mark.parametrize("change, said", [
    (lambda content: content.replace(b"SUBSTANCENAME\t", b"SUBSTANCE\t"), "product.txt:1: the header has no SUBSTANCENAME"),
    (lambda content: content.split(b"\n", 1)[1], "product.txt:1: the header has no PRODUCTNDC"),
    (lambda content: content.replace(b"WARFARIN", b"WARF\tARIN"), "product.txt:2: has 21 columns separated by tabs instead of 20"),
    (lambda content: content[:-60], "product.txt:2: has "),
    (lambda content: content.replace(b"Anymed", b"Any\x81med"), "is not UTF-8"),
    (lambda content: content.decode().encode("utf-16"), "product.txt:1: the header has no PRODUCTNDC"),
    (lambda content: content.replace(b"Anymed", b"Any\0med"), "product.txt:2: holds a NUL byte"),
    (lambda content: content.replace(b"12345-678", b"1-2"), "product.txt:2: '1-2' is no product code"),
    (lambda content: b"", "product.txt:1: the header has no PRODUCTNDC"),
])
def test_wrong_files_of_fda_are_refused_with_the_line(store, tmp_path, change, said):
    problems = problems_of(load_ndc, fda(tmp_path / "ndc", change), store)

    assert said in problems[0]


def test_a_directory_without_its_packages_is_refused(store, tmp_path):
    folder = fda(tmp_path / "ndc")
    (folder / "package.txt").unlink()

    assert problems_of(load_ndc, folder, store) == ["ndc: holds no package.txt; use FDA's NDC zip file, or a folder with product.txt and package.txt"]
