"""Days inside sentences, as people in the United States write them."""

import pytest

from mtm.lib.dates import with_us_days


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("eGFR 38 on 2026-10-12", "eGFR 38 on Oct 12, 2026"),
        ("taken since 2023-01-02, stopped 2023-02-30", "taken since Jan 2, 2023, stopped 2023-02-30"),
        ("call 614-2026-1010", "call 614-2026-1010"),
        ("", ""),
    ],
)
def test_iso_days_in_a_sentence_are_written_out_and_all_else_stays(sentence, shown):
    assert with_us_days(sentence) == shown
