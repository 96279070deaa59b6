"""The command: one case a line, all or nothing, no traceback whatever comes in."""

import io
import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interactions import services

GOOD = {"id": "c1", "as_of": "2026-11-21", "medications": ["Warfarin 5 mg daily", "naproxen 500 mg"]}
KEYS = {"id", "knowledge", "dictionary", "status", "medications", "findings", "not_checked"}
FINDING = {
    "rule_id", "kind", "severity", "action", "drugs", "title", "what_could_happen", "mechanism", "what_to_do", "patient_pending",
    "patient_agreed", "alternatives", "why", "value", "unit", "evidence", "sources", "group", "refs", "fingerprint",
}  # fmt: skip


def run(monkeypatch, capsys, data, *arguments):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    code = 0
    try:
        call_command("check_regimen", *arguments)
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_one_line_out_for_one_line_in_and_in_order(monkeypatch, capsys):
    lines = "\n".join(json.dumps({**GOOD, "id": number}) for number in range(3)).encode()

    code, out, _ = run(monkeypatch, capsys, lines)

    outputs = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["id"] for one in outputs] == [0, 1, 2]
    assert outputs[0].keys() == KEYS
    assert outputs[0]["findings"][0].keys() >= FINDING
    assert outputs[0]["knowledge"].keys() == {"version", "sha256", "released_on"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"nope", "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"medications": "warfarin"}', "medications is a list"),
        (b'{"medications": [7]}', "medications[0]"),
        (b'{"medications": [""]}', "medications[0] has no text"),
        (b'{"medications": [], "as_of": "soon"}', "as_of: 'soon' is no date"),
        (b'{"medications": [], "patient": {"age": "old"}}', "patient.age: write a number"),
        (b'{"medications": [], "labs": ["eGFR 30"]}', "a result is an object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"medications": ["\xff"]}', "is not UTF-8"),
    ],
)
def test_a_refused_line_is_named_and_nothing_is_printed(monkeypatch, capsys, line, words):
    code, out, err = run(monkeypatch, capsys, json.dumps(GOOD).encode() + b"\n" + line + b"\n")

    assert code == 1
    assert out == ""
    assert words in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_refused_in_words(monkeypatch, capsys):
    code, _, err = run(monkeypatch, capsys, b"", "no-such-file.jsonl")

    assert code == 1
    assert "cannot be read" in err


def test_explain_names_the_first_fact_that_failed(monkeypatch, capsys):
    _, out, _ = run(monkeypatch, capsys, json.dumps({**GOOD, "patient": {"age": 40}}).encode(), "--explain")

    failed = {one["rule_id"]: one["failed"] for one in json.loads(out)["explain"]}
    assert failed["older-nsaid"] == "age 65-150: age 40"
    assert failed["doac-nsaid"].startswith("no medicine for a")


def test_explain_survives_a_stopped_medicine_that_no_longer_acts(monkeypatch, capsys):
    stopped = [{"text": "Lipitor 20 mg", "stopped_on": "2026-01-01"}, {"text": "Prozac 20 mg", "stopped_on": "2026-11-20"}]

    code, out, _ = run(monkeypatch, capsys, json.dumps({**GOOD, "medications": stopped}).encode(), "--explain")

    assert code == 0
    assert json.loads(out)["explain"]


def test_what_one_caller_changes_no_other_sees():
    first = services.check(GOOD)
    expected = json.dumps(first)

    for finding in first["findings"]:
        finding["drugs"].clear()
        finding["patient_pending"].clear()
        finding["sources"].clear()
        for one in finding["also"]:
            one.clear()
    for line in first["medications"]:
        line["ingredients"].clear()

    assert json.dumps(services.check(GOOD)) == expected


def test_a_case_put_together_as_text_is_the_json_of_its_output():
    listed = [{"text": "warfarin 5 mg daily", "ref": 'ä "1"'}, "naproxen 220 mg twice daily", "Lisinopril 10 mg", "zzyzx", "Lisinopril 10 mg"]
    case = {"id": {"n": [1]}, "as_of": "2026-11-21", "medications": listed, "labs": [7], "conditions": ["peñas"]}
    checker, day = services.get_checker(), date(2026, 11, 21)

    twice = [checker.check_text(case, day) for _ in range(2)]

    output, problems = checker.check(case, day)
    assert output["findings"] and problems
    assert twice == [(json.dumps(output, ensure_ascii=False), problems)] * 2


def test_two_equal_lines_keep_their_own_names():
    twice = [{"ref": "m1", "text": "Naproxen 500 mg"}, {"ref": "m2", "text": "Naproxen 500 mg"}]

    output = services.check({**GOOD, "medications": twice})

    duplicate = next(one for one in output["findings"] if one["rule_id"] == "duplicate-ingredient")
    assert duplicate["refs"] == ["m1", "m2"]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "name", "value", "unit", "on", "rxcui", "age"]), inner, max_size=4),
    max_leaves=8,
)
odd_cases = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("id", "as_of", "patient", "conditions", "allergies", "labs", "medications", "social"), values),
)


@given(odd_cases)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_case_however_odd_ends_in_an_exception(odd):
    output = services.check(odd)

    assert output["status"] in ("flagged", "not_checked", "clear")
    json.dumps(output)


def test_odd_numbers_are_said_and_not_used():
    output = services.check({"medications": [], "patient": {"age": 10**400, "weight_kg": float("inf")}})

    assert {line["text"] for line in output["not_checked"]} >= {"age", "weight_kg"}


def test_values_straight_from_a_model_are_read_too():
    case = {
        "as_of": datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        "patient": {"age": 72, "sex": "F", "weight_kg": Decimal("61.5")},
        "labs": [{"name": "eGFR", "value": Decimal("24"), "unit": "mL/min", "on": date(2026, 11, 1)}],
        "medications": [{"ref": "m1", "text": "Metformin 500 mg", "directions": "1 tablet twice daily", "started_on": date(2026, 1, 1)}],
    }

    output = services.check(case)

    finding = next(one for one in output["findings"] if one["rule_id"] == "metformin-30")
    assert finding["refs"] == ["m1"]
    json.dumps(output)
