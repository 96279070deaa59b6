"""The command `resolve_drug`: order, shape, and what it says of unfit input."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command


def run(path):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("resolve_drug", str(path), stdout=out, stderr=err)
    except SystemExit as stopped:
        return stopped.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_every_line_is_answered_in_order_with_the_promised_keys(tmp_path):
    file = tmp_path / "drugs.txt"
    file.write_text("Warfarin 5 mg daily\n\nmtx\nnone\n", "utf-8")

    code, out, _ = run(file)

    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["text"] for one in answers] == ["Warfarin 5 mg daily", "", "mtx", "none"]
    assert [one["status"] for one in answers] == ["resolved", "unresolved", "ambiguous", "unresolved"]
    keys = {"text", "status", "ingredients", "product", "route", "sig", "candidates", "how"}
    assert all(keys <= one.keys() for one in answers)


def test_the_sig_of_a_line_has_the_promised_keys(tmp_path):
    file = tmp_path / "drugs.txt"
    file.write_text("oxycodone 5 mg 1 tab q6h prn pain", "utf-8")

    sig = json.loads(run(file)[1])["sig"]

    assert sig["dose"] == 1
    assert sig["dose_unit"] == "tablet"
    assert sig["times_per_day"] == 4
    assert sig["as_needed"] is True
    assert sig["max_daily_dose"] == 4
    assert sig["text_en"] == "Take 1 tablet every 6 hours if needed for pain."
    assert sig["text_es"] == "Tome 1 tableta cada 6 horas si lo necesita para el dolor."


@pytest.mark.parametrize("content, line", [
    (b"aspirin\nlas\0ix\n", 2), (b"\xff\xfe\n", 1), (b"ok\nok\n" + b"a" * 50_000 + b"\n", 3),
])
def test_unfit_lines_are_refused_with_their_number_and_nothing_is_answered(tmp_path, content, line):
    file = tmp_path / "drugs.txt"
    file.write_bytes(content)

    code, out, err = run(file)

    assert (code, out) == (1, "")
    assert err.startswith(f"{file}:{line}: ")
    assert len(err.strip().splitlines()) == 1


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "no-such-file", tmp_path):
        code, out, err = run(path)

        assert (code, out) == (1, "")
        assert "cannot be read" in err


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    file = tmp_path / "drugs.txt"
    file.write_bytes("\ufefflisinopril\r\nmetformin\r\n".encode())

    answers = [json.loads(line) for line in run(file)[1].splitlines()]

    assert [one["text"] for one in answers] == ["lisinopril", "metformin"]
    assert all(one["status"] == "resolved" for one in answers)
