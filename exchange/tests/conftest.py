"""Files of invented patients, staged and not."""

from pathlib import Path

import pytest

from exchange import services

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ROSA = (EXAMPLES / "rosa_marin.json").read_bytes()
WALTER = (EXAMPLES / "walter_jablonski.json").read_bytes()


@pytest.fixture
def stage(organization, technician):
    """Stage the content of a file as Bob; the first (usually the only) person in it."""

    def make(data=ROSA, patient=None, **fields):
        file = services.read_upload(data)
        plain = {"data": data, "file_name": "chart.json", "by": technician, "patient": patient}
        return services.stage_import(organization, file, **(plain | fields))[0]

    return make


@pytest.fixture
def accept(technician):
    """Accept as Bob: every line that is ticked by itself, or those of `ticked`."""

    def make(staged, patient=None, ticked=None, **fields):
        comparison = services.compare_with(staged, patient)
        chosen = [row.key for row in comparison.rows if row.is_ticked and row.can_tick] if ticked is None else ticked
        return services.accept_import(staged, by=technician, version=staged.version, ticked=chosen, patient=patient, **fields)

    return make


@pytest.fixture
def rosa(make_patient):
    """The chart of the person in rosa_marin.json."""
    return make_patient(family_name="Marín")
