"""What is refused before any reader sees it, and where the message points."""

import io
import json
import time

import pytest

from exchange import files
from exchange.errors import RefusedFile
from exchange.files import parse_json, read_file, read_limited
from exchange.tests.bundles import bundle, patient, read, request

CHART = json.dumps(bundle(patient(), request()), indent=1, ensure_ascii=False)


def refusal(data):
    with pytest.raises(RefusedFile) as caught:
        read_file(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"hello", "neither JSON nor XML"),
        (b"<?xml version='1.0'?><ClinicalDocument/>", "C-CDA is not possible yet"),
        (b"name,dose\nwarfarin,5 mg\n", "CSV is not possible yet"),
        (b"[]", "not a FHIR Bundle"),
        (b"{}", "resourceType"),
        (b'{"hook": "order-select", "context": {}}', "CDS Hooks"),
        (b'{"resourceType": 5}', "resourceType"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_with_what_to_do(data, words):
    assert words in str(refusal(data))


def test_truncated_json_is_refused_with_line_and_column():
    error = refusal(CHART[: len(CHART) // 2].encode())

    assert error.line > 1
    assert error.column >= 1
    assert "export or download it again" in str(error)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999999", "-1E-999999", "9" * 5000, "1e99999999999999999999999"])
def test_a_number_that_is_none_is_refused_at_its_line(number):
    data = '{"resourceType": "Patient",\n "multipleBirthInteger": ' + number + "}"

    assert refusal(data.encode()).line == 2


def test_json_nested_100000_levels_deep_is_refused_without_recursion():
    error = refusal(b'{"resourceType": "Bundle", "entry": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")

    assert "levels deep" in str(error)


def test_json_of_moderate_depth_is_refused_too():
    assert "levels deep" in str(refusal(b'{"resourceType": "Bundle", "entry": ' + b"[" * 150 + b"]" * 150 + b"}"))


def test_too_many_values_are_refused_before_they_are_parsed():
    started = time.process_time()

    error = refusal(b'{"resourceType": "Bundle", "entry": [' + b"[]," * 1_000_001 + b"[]]}")

    assert "1,000,000 values" in str(error)
    assert time.process_time() - started < 5


def test_a_100_mb_stream_is_refused_after_51_mb_at_most():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b" " * size

    stream = Endless()

    with pytest.raises(RefusedFile, match="larger than 50 MB"):
        read_limited(stream)

    assert stream.given <= files.MAX_BYTES + files.CHUNK


def test_a_declared_size_is_refused_before_the_first_byte():
    with pytest.raises(RefusedFile, match="larger than 50 MB"):
        read_limited(io.BytesIO(b"{}"), size=100 * 1024 * 1024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_read_the_same(encoding):
    file = read_file(CHART.encode(encoding))

    assert file.patients[0].family_name == "Marín"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused_with_advice(encoding):
    assert "Save" in str(refusal(CHART.encode(encoding)))


def test_wrong_bytes_are_refused_at_their_line_and_column():
    error = refusal(b'{"resourceType": "Patient",\n "id": "a\xe9b"}')

    assert (error.line, error.column) == (2, 10)


def test_a_key_that_stands_twice_is_a_conflict_and_the_last_one_counts():
    value, doubled = parse_json(b'{"resourceType": "Patient", "gender": "male", "gender": "female"}')
    file = read_file(b'{"resourceType": "Patient", "birthDate": "1947-03-14", "gender": "male", "gender": "female"}')

    assert value["gender"] == "female"
    assert doubled == ("gender",)
    assert any('"gender" stands twice' in text for text in file.conflicts)


def test_a_bulk_export_of_one_object_a_line_says_that_it_comes_later():
    line = json.dumps(patient()).encode()

    assert "second JSON object" in str(refusal(line + b"\n" + line))


def test_hidden_and_direction_changing_characters_are_taken_out_of_names_and_told():
    file = read(bundle(patient(name=[{"family": "Mar\u202eín\x00", "given": ["Ro\ud800sa"]}]), request("war\u200bfarin\u0007 5 mg")))

    assert file.patients[0].name == "Rosa Marín"
    assert file.patients[0].medications[0].text == "warfarin 5 mg"
    assert len([text for text in file.warnings if "hidden or control characters" in text]) == 2


def test_a_text_too_long_for_the_chart_is_left_out_and_told_never_cut():
    file = read(bundle(patient(), request("x" * 5000), request("warfarin")))

    assert [line.text for line in file.patients[0].medications] == ["warfarin"]
    assert any("5,000 characters" in text for text in file.warnings)
