"""Each product once, however many orders and refills list it; what the lines say against each other is a conflict.

Two lines are one product when they share an RxCUI, or have the same name, strength and form. Two
products of one ingredient stay two: that is a duplicate to be found, not a spelling to be joined.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

from exchange.chart import Fill, ImportedMedication

Tell = Callable[[str, str], None]  # (source names, message)

SAME_WORD = {
    "tab": "tablet", "tabs": "tablet", "tablets": "tablet", "cap": "capsule", "caps": "capsule", "capsules": "capsule",
    "milligram": "mg", "milligrams": "mg", "microgram": "mcg", "micrograms": "mcg", "ug": "mcg", "µg": "mcg",
    "po": "oral", "inj": "injection", "sol": "solution", "soln": "solution", "susp": "suspension", "er": "extended release",
    "xr": "extended release", "hcl": "hydrochloride",
}  # fmt: skip
STRENGTH = re.compile(r"\d (?:mg|mcg|g|ml|units?|iu|meq|mmol|hr|actuat|%)(?: |$)")
WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%/]")
KIND = re.compile(r" \((?:disorder|finding|situation|substance|product|medicinal product|organism)\)$")
# A dispensing proves use for its supply; after this many more days without another it counts as past.
GRACE = dt.timedelta(days=180)


def join_same(lines: Iterable[ImportedMedication], tell: Tell) -> tuple[ImportedMedication, ...]:
    """One line a product, in the order of first mention."""
    places: dict[str, int] = {}
    groups: dict[int, dict[int, ImportedMedication]] = {}
    # Coded lines first: a line without a code joins the product that its wording names.
    for place, line in sorted(enumerate(lines), key=lambda item: not item[1].rxcuis):
        codes, wording = [f"rxcui {code}" for code in line.rxcuis], same_wording(line.text)
        same = codes if codes and not STRENGTH.search(wording) else [*codes, wording]
        home = next((places[key] for key in same if key in places), place)
        groups.setdefault(home, {})[place] = line
        for key in (*codes, wording):
            places.setdefault(key, home)
    in_order = sorted(groups.values(), key=min)
    return tuple(_joined([group[place] for place in sorted(group)], tell) for group in in_order)


def plain_name(text: str) -> str:
    """A name without the kind that SNOMED CT puts behind it: "Chronic sinusitis (disorder)" is Chronic sinusitis."""
    return KIND.sub("", text)


def same_wording(text: str) -> str:
    """Name, strength and form without differences of case, spacing, punctuation and usual abbreviations."""
    words = (SAME_WORD.get(word, word) for word in WORDS.findall(text.casefold()))
    return " ".join(words)


def without_lapsed(lines: Iterable[ImportedMedication], tell: Tell) -> tuple[ImportedMedication, ...]:
    """Medicines known from dispensings alone whose supply ended long before the newest day in the list become past.

    One antibiotic course of years ago is not a current medicine, though no one ever wrote "stopped".
    """
    lines = tuple(lines)
    newest = max((day for line in lines if (day := _last_heard(line))), default=None)
    return tuple(_lapsed(line, newest, tell) if line.is_dispense and line.is_active else line for line in lines)


def _lapsed(line: ImportedMedication, newest: dt.date | None, tell: Tell) -> ImportedMedication:
    last = max(line.fills, key=lambda fill: fill.on, default=None)
    source = ", ".join(line.source)
    if last is None or last.days_supply is None or newest is None or last.on + dt.timedelta(days=last.days_supply) + GRACE >= newest:
        tell(source, f"{line.text} is known from dispensing alone; ask whether the patient still takes it")
        return line
    tell(source, f"{line.text} was last filled on {last.on} for {last.days_supply} days; it stands among the past medicines")
    return replace(line, is_active=False, stopped_on=last.on + dt.timedelta(days=last.days_supply))


def _last_heard(line: ImportedMedication) -> dt.date | None:
    return max([day for day in (line.said_on, *(fill.on for fill in line.fills)) if day], default=None)


def _joined(group: list[ImportedMedication], tell: Tell) -> ImportedMedication:
    """The newest order or statement leads; dispensings only add fills when there is one."""
    orders = [line for line in group if not line.is_dispense] or group
    newest_first = sorted(orders, key=lambda line: line.said_on or dt.date.min, reverse=True)
    active = [line for line in newest_first if line.is_active]
    lead = active[0] if active else newest_first[0]
    if len(group) > 1:
        _tell_contradictions(newest_first, active, tell)
    same = active or newest_first
    return replace(
        lead,
        rxcuis=tuple(dict.fromkeys(code for line in [lead, *group] for code in line.rxcuis)),
        ndcs=tuple(dict.fromkeys(code for line in [lead, *group] for code in line.ndcs)),
        directions=next((line.directions for line in same if line.directions), ""),
        started_on=min((line.started_on for line in same if line.started_on), default=None),
        stopped_on=None if active else max((line.stopped_on for line in newest_first if line.stopped_on), default=None),
        reason=next((line.reason for line in newest_first if line.reason), ""),
        prescriber=lead.prescriber or next((line.prescriber for line in newest_first if line.prescriber), ""),
        prescriber_npi=lead.prescriber_npi,
        fills=_fills(group),
        source=tuple(dict.fromkeys(name for line in group for name in line.source)),
    )


def _fills(group: list[ImportedMedication]) -> tuple[Fill, ...]:
    distinct = dict.fromkeys(fill for line in group for fill in line.fills)
    return tuple(sorted(distinct, key=lambda fill: fill.on))


def _tell_contradictions(newest_first: list[ImportedMedication], active: list[ImportedMedication], tell: Tell) -> None:
    source = ", ".join(name for line in newest_first for name in line.source)
    newest_day, newest = next(groupby(newest_first, key=lambda line: line.said_on))
    if active and any(not line.is_active for line in newest):
        when = f"on {newest_day}" if newest_day else "at an unknown time"
        tell(source, f"{active[0].text} is both active and, last said {when}, not; it stands among the active medicines, ask the patient")
    said = list(dict.fromkeys(line.directions for line in active if line.directions))
    if len(said) > 1:
        tell(source, f'{active[0].text} has different directions: "{said[0]}" (read) and "{said[1]}"; choose the right ones')
