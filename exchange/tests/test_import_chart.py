"""The command: shows, stages or accepts; all files or none; exit codes 0, 1 and 2."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.models import StagedImport
from exchange.tests.conftest import EXAMPLES
from patients.models import Medication, Patient

ROSA, WALTER = (str(EXAMPLES / name) for name in ("rosa_marin.json", "walter_jablonski.json"))


def dry_run(capsys, *files):
    call_command("import_chart", *files, "--dry-run", "--format", "json")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_dry_run_prints_one_object_a_file_and_needs_no_database(capsys):
    rosa, walter = dry_run(capsys, ROSA, WALTER)

    (chart,) = rosa["patients"]
    assert (chart["name"], chart["birth_date"], chart["sex"], chart["deceased"]) == ("Rosa Elena Marín", "1947-03-14", "F", False)
    assert [line["rxcui"] for line in chart["active_medications"][:2]] == ["855332", "198014"]
    assert chart["active_medications"][0]["ingredients"] == [{"rxcui": "11289", "name": "warfarin"}]
    assert {line["status"] for line in chart["active_medications"]} == {"resolved"}
    assert chart["allergies"] == [{"substance": "Penicillin", "reaction": "hives", "severity": "moderate", "kind": "allergy"}]
    assert {"name": "eGFR", "value": 38, "unit": "mL/min/1.73m2", "on": "2026-09-30", "loinc": "98979-8"} in chart["observations"]
    assert walter["patients"][0]["no_known_allergies"] is True
    assert walter["patients"][0]["allergies"] == []
    assert (rosa["conflicts"], walter["warnings"]) == ([], [])


def test_a_file_that_cannot_be_read_exits_1_with_a_line_and_shows_the_others(capsys, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_bytes(Path(ROSA).read_bytes()[:5000])

    with pytest.raises(SystemExit) as caught:
        call_command("import_chart", str(broken), str(tmp_path / "missing.json"), str(tmp_path), WALTER, "--dry-run", "--format", "json")

    captured = capsys.readouterr()
    assert caught.value.code == 1
    assert len(captured.out.splitlines()) == 1
    first, second, third = captured.err.splitlines()
    assert first.startswith(f"{broken}: line ")
    assert "No such file" in second
    assert "directory" in third


def test_a_file_with_nothing_to_import_exits_0_with_no_patients(capsys, tmp_path):
    path = tmp_path / "nobody.json"
    path.write_text('{"resourceType": "Practitioner", "id": "d"}')

    (report,) = dry_run(capsys, str(path))

    assert report["patients"] == []
    assert report["warnings"] == ["There is nothing in this file that this program imports."]


def test_without_dry_run_the_import_waits_for_confirmation(capsys, organization):
    call_command("import_chart", ROSA, "--format", "json")

    staged = StagedImport.objects.get()
    report = json.loads(capsys.readouterr().out)
    assert report["imports"] == [{"id": str(staged.pk), "status": "staged", "patient": None}]
    assert not Patient.objects.exists()


def test_accepting_writes_the_chart_in_the_name_of_a_person(capsys, organization, technician):
    call_command("import_chart", ROSA, WALTER, "--organization", organization.name, "--accept", "--by", "bob")

    assert Patient.objects.count() == 2
    assert Medication.objects.count() == 8
    assert Medication.objects.first().history.first().history_user == technician


def test_a_person_who_is_already_there_is_refused_and_nothing_of_any_file_is_written(capsys, organization, technician):
    call_command("import_chart", ROSA, "--accept", "--by", "bob")
    before = (Patient.objects.count(), Medication.objects.count(), StagedImport.objects.count())

    with pytest.raises(SystemExit) as caught:
        call_command("import_chart", WALTER, ROSA, "--accept", "--by", "bob")

    assert caught.value.code == 1
    assert "already there" in capsys.readouterr().err
    assert (Patient.objects.count(), Medication.objects.count(), StagedImport.objects.count()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["--accept"],
        ["--accept", "--by", "bob", "--dry-run"],
        ["--organization", "Nowhere"],
        ["--by", "nobody"],
        ["--by", "erin"],
        ["--by", "charlie"],
    ],
)
def test_wrong_usage_exits_2(arguments, organization, technician, auditor, outsider):
    with pytest.raises(CommandError) as caught:
        call_command("import_chart", ROSA, *arguments)

    assert caught.value.returncode == 2
    assert not StagedImport.objects.exists()
