"""A full payload of an invented patient: for tests, for `packet_example`, and to show every field.

All people, addresses and numbers are invented (555-01xx numbers are set aside for that). The
clinical content is an example written from general knowledge; no pharmacist has reviewed it.
"""

import json
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).with_name("example.json")


def example_payload() -> dict[str, Any]:
    """A signed Medicare CMR in English and Spanish, with one letter; a new dict each time."""
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))
