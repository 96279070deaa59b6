"""The commands that print papers: only the result on standard output, errors one a line, all of a file or nothing."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from reviews.documents.example import example_payload
from reviews.documents.render import DOCUMENTS, render_pdf, template_version
from reviews.documents.schema import problems_in

pytestmark = pytest.mark.papers


@pytest.fixture
def payload_file(tmp_path):
    file = tmp_path / "payload.json"
    file.write_text(json.dumps(example_payload()))
    return file


def render(file, out, document="map", language="en"):
    """Run the command as a user does; gives (exit code, standard output, standard error)."""
    command = [sys.executable, "manage.py", "render_packet", str(file), "--document", document, "--language", language, "--out", str(out)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_example_fits_the_printed_schema():
    schema, example = StringIO(), StringIO()

    call_command("packet_schema", stdout=schema)
    call_command("packet_example", stdout=example)

    Draft202012Validator.check_schema(json.loads(schema.getvalue()))
    assert list(Draft202012Validator(json.loads(schema.getvalue())).iter_errors(json.loads(example.getvalue()))) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_command_writes_the_same_bytes_as_the_function(document, payload_file, tmp_path):
    out = tmp_path / "paper.pdf"

    call_command("render_packet", str(payload_file), document=document, language="es", out=out, stdout=StringIO())

    assert out.read_bytes() == render_pdf(example_payload(), document, "es")


def test_an_unknown_paper_is_wrong_usage_and_lists_the_known_ones(payload_file, tmp_path):
    code, _, errors = render(payload_file, tmp_path / "x.pdf", document="poster")

    assert code == 2
    assert all(name in errors for name in DOCUMENTS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not JSON"),
        (b'{"schema": ', "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'{"a": NaN}', "no JSON number"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "payload: must be object"),
        (b"{}", "payload: schema, meta, organization, pharmacist, patient, plan, medications, allergies is missing"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_and_leaves_nothing(content, says, tmp_path):
    file = tmp_path / "bad.json"
    file.write_bytes(content)

    code, printed, errors = render(file, tmp_path / "x.pdf")

    assert (code, printed) == (1, "")
    assert says in errors
    assert "Traceback" not in errors
    assert len(errors.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def test_a_folder_that_is_not_there_is_refused_and_an_old_file_stays_when_the_payload_is_bad(payload_file, tmp_path):
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    assert render(payload_file, tmp_path / "nowhere" / "x.pdf")[0] == 1
    assert render(broken, old)[0] == 1
    assert old.read_bytes() == b"old"


def change(path, value):
    payload = example_payload()
    *way, last = path
    inner = payload
    for step in way:
        inner = inner[step]
    inner[last] = value
    return payload


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("meta", "prepared_on"), "2026-02-30", "payload.meta.prepared_on: there is no such day"),
        (("meta", "prepared_on"), "tomorrow", "payload.meta.prepared_on: is not written as the field asks"),
        (("meta", "version"), 0, "payload.meta.version: must be 1 or more"),
        (("patient", "name"), "", "payload.patient.name: is empty"),
        (("patient", "nick"), "x", "payload.patient: unknown field nick"),
        (("patient", "language"), "fr", "payload.patient.language: must be one of en, es"),
        (("medications", 0, "directions"), "x", "payload.medications[0].directions: must be object"),
        (("medications", 0, "directions"), {"fr": "x"}, "payload.medications[0].directions: unknown field fr"),
        (("medications", 0, "name"), "x" * 301, "payload.medications[0].name: is longer than 300"),
        (("medications",), [1] * 101, "payload.medications: has more than 100"),
        (("schema",), "mtm-papers/0", "payload.schema: must be mtm-papers/1"),
        (("allergies", "items"), [], "payload.allergies: status 'listed'"),
        (("signature", "signed_at"), "2026-11-18", "payload.signature.signed_at: is not written"),
    ],
)
def test_each_fault_of_a_payload_is_named_with_its_place(path, value, says):
    assert any(line.startswith(says) for line in problems_in(change(path, value)))


def test_the_template_version_is_stable_within_a_process():
    assert template_version() == template_version()
    assert len(template_version()) == 12
