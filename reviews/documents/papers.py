"""The kinds of paper: what each is called, which template and style print it, what it reads from the payload."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import sheets
from .phrases import Words
from .schedule import schedule
from .topics import action_plan, todo
from .wallet import wallet_card

COMMON = frozenset({"schema", "meta", "signature", "correction", "addenda", "organization", "pharmacist", "patient", "plan"})
LISTED = frozenset({"medications", "allergies", "side_effects", "information_sources", "other_information", "notes"})
GRID_ONLY = frozenset({"instructions"})
LIST_ONLY = frozenset({"as_taken", "stop_reason"})
PACKET = LISTED | {"topics", "disposal_sites", "controlled_medicines"}
Part = Callable[[dict[str, Any], Words], dict[str, Any]]


@dataclass(frozen=True)
class Paper:
    """One kind of paper. `reads` are the sections of the payload that it prints, `skips` the fields that it leaves out."""

    template: str
    style: str
    title_from: str
    parts: dict[str, Part]
    reads: frozenset[str] = frozenset()
    skips: frozenset[str] = frozenset()
    is_for_patient: bool = True


TODO: dict[str, Part] = {"todo": todo}
LIST: dict[str, Part] = {"list": sheets.medication_list}
WHOLE: dict[str, Part] = {"cover": sheets.cover} | TODO | LIST | {"disposal": sheets.disposal}

PAPERS = {
    "packet": Paper("packet", "packet", "cover", WHOLE, PACKET, GRID_ONLY),
    "medication_list": Paper("packet", "packet", "list", LIST, LISTED, GRID_ONLY),
    "to_do_list": Paper("packet", "packet", "todo", TODO, frozenset({"topics"})),
    "pmr": Paper("pmr", "pmr", "pmr", {"pmr": sheets.record}, LISTED | {"care_team"}, LIST_ONLY),
    "map": Paper("map", "map", "map", {"map": action_plan}, frozenset({"topics", "care_team", "follow_up"})),
    "schedule": Paper("schedule", "schedule", "schedule", {"schedule": schedule}, frozenset({"medications", "keep_apart"}), LIST_ONLY),
    "wallet_card": Paper("wallet", "wallet", "wallet", {"wallet": wallet_card}, LISTED | {"care_team"}, GRID_ONLY | LIST_ONLY | {"reason"}),
    "prescriber_letter": Paper("letter", "letter", "letter", {"letter": sheets.letters}, frozenset({"letters"}), is_for_patient=False),
    "note": Paper("note", "note", "note", {"record": sheets.sections}, frozenset({"record"}), is_for_patient=False),
    "addendum": Paper("note", "note", "addendum", {"record": sheets.sections}, frozenset({"record"}), is_for_patient=False),
    "blank_medication_list": Paper("blank", "packet", "blank", {"blank": sheets.blank_list}),
}
FOR_THE_RECORD = ("note", "addendum")  # made by signing alone
DOCUMENTS = tuple(name for name in PAPERS if name not in FOR_THE_RECORD)
