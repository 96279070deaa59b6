"""Medicines whose block could not stay on one page: told to staff before the print, because a split dose is misread.

Lines are estimated from the average width of the paper font, on the careful side; a page holds a
few lines more than is said here.
"""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

Data = dict[str, Any]


def lines(text: Any, width: int) -> int:
    """How many lines a text needs in a column of `width` average characters."""
    return sum(ceil(len(part) / width) or 1 for part in str(text).split("\n")) if text else 0


def _names(medicine: Data) -> tuple[str, str]:
    others = " ".join(filter(None, [medicine.get("generic"), medicine.get("brand")]))
    return medicine.get("display") or medicine["name"], others


def in_list(medicine: Data) -> int:
    name = " ".join(_names(medicine) + (medicine.get("strength") or "", medicine.get("form") or ""))
    values = [medicine.get(field) for field in ("directions", "as_taken", "reason", "prescriber")]
    not_checked = 4 if medicine.get("not_checked") else 0
    return lines(name, 42) + sum(lines(value, 43) for value in values) + not_checked + max(3, 1 + lines(medicine.get("stop_reason"), 24))


def in_grid(medicine: Data) -> int:
    name, others = _names(medicine)
    dose = f"{medicine.get('strength') or ''} {medicine.get('form') or ''}"
    not_checked = 3 if medicine.get("not_checked") else 0
    names = lines(name, 17) + lines(others, 19) + lines(dose, 19) + not_checked
    return max(names, lines(medicine.get("reason"), 12), lines(medicine.get("instructions") or medicine["directions"], 17))


LAYOUTS: dict[str, tuple[Callable[[Data], int], int]] = {
    "packet": (in_list, 33),
    "medication_list": (in_list, 33),
    "pmr": (in_grid, 31),
}


def too_tall(data: Data, document: str) -> Iterator[str]:
    """One line for each medicine (in one language) that would be split over two pages."""
    if document not in LAYOUTS:
        return
    measured, most = LAYOUTS[document]
    for index, medicine in enumerate(data["medications"]):
        if (needed := measured(medicine)) > most:
            yield f"payload.medications[{index}]: about {needed} lines, and a page holds {most}; shorten its texts"
