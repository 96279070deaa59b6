"""No file, however damaged, gives anything but a clear refusal or a chart: no other exception ever."""

import copy
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.chart import ImportedFile, as_json, from_json
from exchange.errors import RefusedFile
from exchange.files import read_file
from exchange.plausible import without_impossible_days
from exchange.services import read_upload
from exchange.tests.bundles import bundle, observation, patient, read, request
from mtm.lib.canonical import canonical_json

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "rosa_marin.json"
ROSA = EXAMPLE.read_bytes()
NOTHING = [None, "", [], [None], [[]], {}, [{}]]
NUMBERS = [True, False, 0, -1, 10**20, 1.5]
TEXTS = ["x", "x" * 700, "\u0000", "\ud800", "\u202e", "2026-13-45", "9999-12-31"]
SHAPES = [[5], {"x": 1}, [{"coding": 5}], {"coding": [None]}, {"reference": 5}, {"reference": "#"}]
ODD = st.sampled_from([*NOTHING, *NUMBERS, *TEXTS, *SHAPES])


def paths(value, path=()):
    """The path of every value inside `value`."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))


PATHS = list(paths(json.loads(ROSA)))


def with_changes(changes):
    data = copy.deepcopy(json.loads(ROSA))
    for path, odd in changes:
        place = data
        try:
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = copy.deepcopy(odd)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return data


def readable_or_refused(data):
    """Read as an import does; the result goes through JSON unchanged."""
    try:
        file = without_impossible_days(read(data), today=dt.date(2026, 11, 21))
    except RefusedFile as refused:
        assert str(refused)
        return
    written = canonical_json(as_json(file))
    written.encode()
    assert from_json(ImportedFile, json.loads(written)) == file


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PATHS), ODD), min_size=1, max_size=6))
def test_any_value_may_be_replaced_by_anything(changes):
    readable_or_refused(with_changes(changes))


@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PATHS), ODD), min_size=1, max_size=12))
def test_any_value_may_be_replaced_by_anything_in_a_long_run(changes):
    readable_or_refused(with_changes(changes))


def truncations(count):
    return [len(ROSA) * step // count for step in range(count)]


@pytest.mark.parametrize("length", truncations(20))
def test_a_truncated_file_is_refused_with_its_place(length):
    with pytest.raises(RefusedFile) as caught:
        read_file(ROSA[:length])

    assert length == 0 or caught.value.line


@pytest.mark.slow
@pytest.mark.parametrize("length", truncations(200))
def test_a_file_truncated_at_200_places_is_refused_with_its_place(length):
    test_a_truncated_file_is_refused_with_its_place(length)


@pytest.mark.parametrize(
    "people",
    [
        [patient(id=f"p{number}") for number in range(101)],
        [patient()] * 40_001,
        [patient(), *[observation(f"test {number}", number) for number in range(2001)]],
        [patient(), *[request(f"medicine {number}") for number in range(2001)]],
    ],
)
def test_more_than_anyone_can_confirm_is_refused(people):
    with pytest.raises(RefusedFile, match="more than"):
        read_upload(json.dumps(bundle(*people)).encode())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, len(ROSA) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_byte_is_refused_or_read(place, noise):
    try:
        read_file(ROSA[:place] + noise + ROSA[place + len(noise) :])
    except RefusedFile as refused:
        assert str(refused)
