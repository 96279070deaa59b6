"""Loading an RxNorm release: over the shipped tables, all or nothing, with everything known before still known."""

import csv
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from interactions.checks import dictionary_is_up_to_date
from interactions.knowledge.catalog import TABLES, Catalog, get_catalog
from interactions.knowledge.loader import get_checker
from interactions.knowledge.releases.archive import Refused
from interactions.knowledge.releases.lines import quiet
from interactions.knowledge.releases.loading import load_rxnorm
from interactions.knowledge.releases.store import Store
from interactions.tests.release_files import dictionary_in, small_release

MISSING = "The RxNorm release in use does not have this code; these are its last known ingredients."
RETIRED = "RxNorm has retired this code; these are its last known ingredients."


@pytest.fixture
def store(tmp_path):
    with dictionary_in(tmp_path / "dictionary"):
        yield Store(tmp_path / "dictionary")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The small release, loaded once for the tests that only ask."""
    folder = tmp_path_factory.mktemp("loaded")
    load(Store(folder / "dictionary"), small_release(), folder / "RxNorm_full_prescribe_11022026.zip")
    return folder / "dictionary"


@pytest.fixture
def catalog(loaded):
    with dictionary_in(loaded):
        yield get_catalog()


def load(store, release, path):
    return load_rxnorm(release.zip(path), store, quiet)


def names_of(resolution):
    return [one.name for one in resolution.ingredients]


def meaning(resolution):
    return resolution.status, names_of(resolution), resolution.product and resolution.product.name


def rows(name):
    with (TABLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_new_ingredients_brands_salts_combinations_and_products_are_known(catalog):
    assert catalog.version.startswith("RxNorm prescribable 2026-11-02, over 2025-10")
    assert names_of(catalog.resolve("Zorvexa 15 mg tab")) == ["zorvalidone"]
    assert catalog.resolve("zorvalidone 15 mg tablet").product.brands == ("Zorvexa",)
    assert catalog.resolve("furosemide 41 mg tab").product.rxcui == "9000006"
    assert names_of(catalog.resolve("lisinopril/zorvalidone 15-15")) == ["lisinopril", "zorvalidone"]
    assert [one.rxcui for one in catalog.suggest("zorva").items][:2] == ["9000001", "9000003"]


def test_codes_of_branded_drugs_and_of_drug_components_mean_their_clinical_drug_or_ingredient(catalog):
    branded, component = catalog.by_rxcui("9000005"), catalog.by_rxcui("9000004")

    assert (branded.product.rxcui, branded.note) == ("9000003", "")
    assert (names_of(component), component.product) == (["zorvalidone"], None)


def test_every_name_that_was_resolved_before_means_the_same_after_a_load(catalog):
    shipped = Catalog()
    names = [row["name"] for row in rows("names.tsv")]

    changed = [name for name in names if meaning(catalog.resolve(name)) != meaning(shipped.resolve(name))]

    assert changed == []


def test_every_code_that_was_known_before_has_its_ingredients_after_a_load(catalog):
    shipped = Catalog()
    codes = [row["rxcui"] for name in ("products.tsv", "ingredients.tsv", "names.tsv") for row in rows(name) if row["rxcui"]]

    known = {code: found for code in codes if (found := shipped.by_rxcui(code))}

    assert [code for code, found in known.items() if meaning(catalog.by_rxcui(code)) != meaning(found)] == []


def test_every_own_case_is_understood_as_before(catalog):
    shipped = Catalog()
    texts = [line.split("\t")[0] for path in (Path(__file__).parent / "cases").glob("*.tsv") for line in path.read_text("utf-8").splitlines()[1:]]

    changed = [text for text in texts if meaning(catalog.resolve(text)) != meaning(shipped.resolve(text))]

    assert changed == []


def test_codes_that_are_not_in_the_release_are_marked(catalog):
    notes = [catalog.by_rxcui(code).note for code in ("313988", "855332", "9000008")]

    assert notes == [MISSING, "", RETIRED]


def test_a_product_that_the_next_release_leaves_out_is_retired_and_keeps_its_ingredients(store, tmp_path):
    load(store, small_release(), tmp_path / "first.zip")
    following = small_release()
    following.files = {name: [line for line in lines if "9000006" not in line] for name, lines in following.files.items()}

    report = load(store, following, tmp_path / "second.zip")

    found = get_catalog().by_rxcui("9000006")
    assert (names_of(found), found.note) == (["furosemide"], RETIRED)
    assert "  retired product 9000006 furosemide 41 MG Oral Tablet" in list(report.lines())


def test_a_retired_code_of_the_archive_resolves_by_its_successor_or_by_its_last_name(store, tmp_path):
    release = (
        small_release()
        .archived(8000001, "SCD", "zorvalidone 14 MG Oral Tablet")
        .archived(8000002, "SCD", "zorva-lidone 15 MG Oral Tablet", merged_to=8000003)
        .archived(8000004, "SCD", "never heard of 1 MG / zorvalidone 15 MG Oral Tablet")
        .merged(8000003, 9000003)
    )

    load(store, release, tmp_path / "release.zip")

    by_name, by_successor, half = (get_catalog().by_rxcui(code) for code in ("8000001", "8000002", "8000004"))
    assert (names_of(by_name), by_name.note) == (["zorvalidone"], RETIRED)
    assert (by_successor.product.rxcui, by_successor.note) == ("9000003", "RxNorm has retired this code and replaced it by 9000003.")
    assert half is None


def test_an_ingredient_that_gets_a_new_name_keeps_the_one_that_rules_know(store, tmp_path):
    release = small_release()
    release.files["RXNCONSO.RRF"] = [line.replace("|IN|4603|furosemide|", "|IN|4603|Frusemide|") for line in release.files["RXNCONSO.RRF"]]

    report = load(store, release, tmp_path / "release.zip")

    assert names_of(get_catalog().resolve("frusemide 41 mg tab")) == names_of(get_catalog().by_rxcui("4603")) == ["furosemide"]
    assert "  renamed ingredient 4603 Frusemide (was: furosemide)" in list(report.lines())


def test_an_ingredient_without_a_code_takes_the_code_of_the_release(store, tmp_path):
    name = next(row["name"] for row in rows("ingredients.tsv") if not row["rxcui"] and row["name"].isalpha())

    load(store, small_release().concept(9000020, "IN", name.upper()), tmp_path / "release.zip")

    assert get_catalog().resolve(name).ingredients[0].rxcui == "9000020"


def test_an_ingredient_whose_code_was_merged_moves_to_the_new_code_under_its_old_name(store, tmp_path):
    release = small_release().concept(9000021, "IN", "atorvastatin free acid").archived(83367, "IN", "atorvastatin", merged_to=9000021)

    load(store, release, tmp_path / "release.zip")

    found, old = get_catalog().resolve("lipitor 20 mg"), get_catalog().by_rxcui("83367")
    assert [(one.rxcui, one.name) for one in found.ingredients] == [("9000021", "atorvastatin")]
    assert (names_of(old), old.note) == (["atorvastatin"], "RxNorm has retired this code and replaced it by 9000021.")


def test_half_a_combination_is_never_taken_for_the_whole(store, tmp_path):
    release = small_release().drug(9000030, "furosemide 20 MG / newcomerol 5 MG Oral Tablet", (9000031, "furosemide 20 MG", 4603))

    report = load(store, release, tmp_path / "release.zip")

    assert get_catalog().by_rxcui("9000030") is None
    assert any("1 products left out" in note and "newcomerol" in note for note in report.notes)


def test_a_pack_has_the_ingredients_of_all_its_drugs_and_none_for_the_inert_ones(store, tmp_path):
    name = "{21 (zorvalidone 15 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack"
    release = (
        small_release().concept(9000040, "GPCK", name).relation(9000040, "contains", 9000003)
        .concept(9000041, "BPCK", f"{name} [Zorvipak 28 Day]").relation(9000041, "contains", 9000003)
    )  # fmt: skip

    load(store, release, tmp_path / "release.zip")

    assert names_of(get_catalog().by_rxcui("9000040")) == names_of(get_catalog().resolve("Zorvipak 28 day")) == ["zorvalidone"]


def test_loading_the_same_release_again_changes_nothing(store, tmp_path):
    load(store, small_release(), tmp_path / "release.zip")
    first = get_catalog()

    report = load(store, small_release(), tmp_path / "release.zip")

    assert "Nothing changed." in list(report.lines())
    assert get_catalog() is not first
    assert (get_catalog().sha256, get_catalog().version) == (first.sha256, first.version)


def test_other_sources_in_the_files_are_left_alone(store, tmp_path):
    release = small_release().concept(9000050, "IN", "licensed name", sab="NDDF")

    load(store, release, tmp_path / "release.zip")

    assert get_catalog().resolve("licensed name").status == "unresolved"


# --- all or nothing -----------------------------------------------------------------------------------------


def test_the_checker_goes_over_to_a_new_release_without_a_restart_and_says_which_it_used(store, tmp_path):
    before = get_checker()

    load(store, small_release(), tmp_path / "release.zip")

    assert get_checker() is not before
    assert get_checker().catalog is get_catalog()
    assert get_checker().check({"medications": ["Zorvexa"]}, date(2026, 11, 21))[0]["medications"][0]["status"] == "resolved"


def test_many_threads_that_meet_a_new_release_all_go_on_and_end_with_it(store, tmp_path):
    get_catalog()
    load(store, small_release(), tmp_path / "release.zip")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: get_catalog().resolve("furosemide 40 mg tab").status, range(64)))

    assert set(found) == {"resolved"}
    assert get_catalog().resolve("zorvalidone").is_resolved


def test_a_result_says_which_dictionary_was_used(store, tmp_path):
    shipped = get_checker().check({"medications": []}, date(2026, 11, 21))[0]

    load(store, small_release(), tmp_path / "RxNorm_full_11022026.zip")

    output = get_checker().check({"medications": []}, date(2026, 11, 21))[0]
    assert shipped["dictionary"]["version"].startswith("2025-10")
    assert output["dictionary"]["version"].startswith("RxNorm prescribable 2026-11-02, over 2025-10")
    assert output["knowledge"]["version"] == f"{shipped['knowledge']['version']}, RxNorm 2026-11-02"
    assert output["knowledge"]["sha256"] != shipped["knowledge"]["sha256"]
    assert len(output["knowledge"]["version"]) <= 40  # as long as a screening keeps


def test_a_refused_release_leaves_the_one_before_in_use_and_nothing_behind(store, tmp_path):
    load(store, small_release(), tmp_path / "first.zip")
    before = get_catalog()
    bad = small_release()
    bad.files["RXNREL.RRF"].append("1|2|3")

    with pytest.raises(Refused):
        load(store, bad, tmp_path / "bad.zip")

    assert get_catalog() is before
    assert sorted(one.name.partition("-")[0] for one in store.folder.iterdir()) == [".lock", "current.toml", "rxnorm"]


@pytest.mark.parametrize("step", ["write_sorted", "write_manifest", "changes_of"])
def test_an_interruption_at_any_step_leaves_the_tables_in_use(store, tmp_path, monkeypatch, step):
    load(store, small_release(), tmp_path / "first.zip")
    before = store.stamp(), store.folder_of("rxnorm")

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"interactions.knowledge.releases.loading.{step}", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load(store, small_release(), tmp_path / "second.zip")

    assert (store.stamp(), store.folder_of("rxnorm")) == before
    assert not list(store.folder.glob(".building*"))


def test_a_load_that_is_killed_leaves_the_tables_in_use_and_the_next_one_cleans_up(store, tmp_path):
    load(store, small_release(), tmp_path / "first.zip")
    before = store.stamp()
    process = start_loading(long_release().zip(tmp_path / "long.zip"), store)

    wait_for(lambda: list(store.folder.glob(".building*")))
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert store.stamp() == before
    load(store, small_release(), tmp_path / "second.zip")
    assert not list(store.folder.glob(".building*"))


def test_control_c_leaves_the_tables_in_use_and_says_so(store, tmp_path):
    process = start_loading(long_release().zip(tmp_path / "long.zip"), store)

    wait_for(lambda: list(store.folder.glob(".building*")))
    process.send_signal(signal.SIGINT)
    said = process.communicate()[1]

    assert process.returncode == 1
    assert "Interrupted. Nothing was changed." in said
    assert store.stamp() is None
    assert not list(store.folder.glob(".building*"))


def long_release():
    """A release that takes some seconds to read."""
    release = small_release()
    for number in range(400_000):
        release.ndc(9000003, f"{number * 217_645_177 % 10**11:011d}")
    return release


def start_loading(path, store):
    environment = os.environ | {"DICTIONARY_DIR": str(store.folder)}
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "load_rxnorm", str(path)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(condition):
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_two_loads_at_once_are_refused(store, tmp_path):
    path = small_release().zip(tmp_path / "release.zip")

    with store.building("rxnorm"), pytest.raises(Refused, match="another release is being loaded; wait"):
        load_rxnorm(path, store, quiet)


def test_a_loaded_release_that_cannot_be_read_is_not_used(store, tmp_path, caplog):
    load(store, small_release(), tmp_path / "release.zip")
    (store.folder_of("rxnorm") / "names.tsv").unlink()

    with dictionary_in(store.folder):
        assert get_catalog().resolve("furosemide 40 mg tab").is_resolved

    assert "Load the release again" in caplog.text or get_catalog().version.startswith("2025-10")


# --- the command --------------------------------------------------------------------------------------------


def run(*arguments):
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_prints_the_report_and_shows_progress_apart(settings, store, tmp_path):
    settings.DICTIONARY_DIR = store.folder
    path = small_release().zip(tmp_path / "RxNorm_full_prescribe_11022026.zip")

    code, out, err = run("load_rxnorm", path)

    assert code == 0
    assert out.startswith("In use: RxNorm prescribable 2026-11-02, over ")
    assert "  added ingredient 9000001 zorvalidone" in out
    assert "RXNCONSO.RRF: " in err


def test_the_command_goes_back_to_the_shipped_tables(settings, store, tmp_path):
    settings.DICTIONARY_DIR = store.folder
    load(store, small_release(), tmp_path / "release.zip")

    said = run("load_rxnorm", "--forget")[1]

    assert said == "Back to the shipped tables.\n"
    assert get_catalog().resolve("zorvalidone").status == "unresolved"


@pytest.mark.parametrize("arguments", [(), ("a.zip", "--forget"), ("--nonsense",)])
def test_wrong_usage_exits_with_two(arguments):
    done = subprocess.run([sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "load_rxnorm", *arguments], capture_output=True, text=True)

    assert done.returncode == 2


def test_a_release_laid_over_older_tables_of_ours_is_told_by_the_check(store, tmp_path):
    load(store, small_release(), tmp_path / "release.zip")
    before = dictionary_is_up_to_date()
    manifest = store.folder_of("rxnorm") / "MANIFEST.toml"
    manifest.write_text(manifest.read_text().replace('based_on = "', 'based_on = "older'))

    after = dictionary_is_up_to_date()

    assert before == []
    assert [one.hint for one in after] == ["Run manage.py load_rxnorm again."]


@pytest.mark.shared
def test_the_sample_release_of_what_ships_changes_nothing(store):
    from conftest import SHARED

    report = load_rxnorm(SHARED / "samples" / "rxnorm", store, quiet)

    assert "Nothing changed." in list(report.lines())
    assert get_catalog().resolve("0093-1113-10").product.name == "lisinopril 10 MG Oral Tablet"
    assert get_catalog().by_rxcui("104375").product.name == "lisinopril 2.5 MG Oral Tablet"


