"""The wallet card: eight panels to cut out and fold. A panel is small, so what goes on it is counted, never clipped."""

from math import ceil
from typing import Any

from .naming import capitalized, label_of, unit_of
from .phrases import Words
from .schema import TIMES
from .sheets import allergy_lines, credentialed, related

LINES = 10  # of 12.8 pt in a panel under its heading
NAME_WIDTH, TEXT_WIDTH = 34, 40  # average characters of the paper font in a line, on the careful side
SHORT_DIRECTIONS = 2 * TEXT_WIDTH

Data = dict[str, Any]


def wallet_card(data: Data, words: Words) -> Data:
    """Cards of eight panels: the first with allergies, people and room to write; more cards when the medicines need them."""
    taken = [_entry(medicine, words) for medicine in data["medications"] if not medicine.get("stopped_on")]
    panels = _medicine_panels(taken, words)
    cover = _cover(data, words, len(taken))
    people = [
        _reactions(data, words),
        _people(data, words),
        *({"kind": "blank", "title": words["wallet"][key]} for key in ("new", "notes")),
    ]
    cards = [{"left": [cover, *_filled(panels[:3], 3)], "right": people}]
    for start in range(3, len(panels), 7):
        more = _filled(panels[start : start + 7], 7)
        cards.append({"left": [cover, *more[:3]], "right": more[3:]})
    return {"cards": cards}


def _filled(panels: list[Data], count: int) -> list[Data]:
    return panels + [{"kind": "blank", "title": ""}] * (count - len(panels))


def _medicine_panels(entries: list[Data], words: Words) -> list[Data]:
    """Entries in order, as many to a panel as its lines hold."""
    groups: list[list[Data]] = [[]]
    for entry in entries:
        if groups[-1] and sum(one["lines"] for one in groups[-1]) + entry["lines"] > LINES:
            groups.append([])
        groups[-1].append(entry)
    panels, first = [], 1
    for group in groups:
        key = ("no_medicines", "one_medicine", "medicines")[min(len(group), 2)]
        title = words["wallet"][key].format(first=first, last=first + len(group) - 1)
        panels.append({"kind": "medicines", "title": title, "entries": group})
        first += len(group)
    return panels


def _entry(medicine: Data, words: Words) -> Data:
    label, taken = label_of(medicine, words), _taken(medicine, words)
    if medicine.get("not_checked"):
        taken = f"{taken.rstrip('.')}. {words['pmr']['not_checked']}"
    others = f" ({label.others})" if label.others and len(label.short) + len(label.others) < NAME_WIDTH * 2 else ""
    needed = ceil(len(label.short + others) / NAME_WIDTH) + ceil(len(taken) / TEXT_WIDTH)
    return {"name": label.short, "others": others, "taken": taken, "lines": needed}


def _taken(medicine: Data, words: Words) -> str:
    """ "Morning: 1 tablet, evening: 1 tablet"; other directions as they are when they are short, else where to read them."""
    unit = unit_of(medicine, words)
    amounts = [
        f"{words['pmr']['times'][time].lower()}: {words.amount(amount, unit)}"
        for time, amount in zip(TIMES, words.amounts(medicine), strict=True)
        if amount
    ]
    if amounts and not medicine.get("as_needed"):
        days = f"{words.weekdays(medicine)}: " if medicine.get("weekdays") else ""
        return capitalized(days + ", ".join(amounts))
    directions = medicine["directions"] or words["list"]["why_unknown"]
    return directions if len(directions) <= SHORT_DIRECTIONS else words["wallet"]["see_list"]


def _cover(data: Data, words: Words, count: int) -> Data:
    contact = (data.get("care_team") or {}).get("emergency_contact")
    sentences = words["wallet"]
    return {
        "kind": "cover",
        "title": "",
        "prepared": sentences["cover"].format(date=words.day(data["meta"]["prepared_on"])),
        "allergies": _short(f"{words['list']['allergies_only']} {allergy_lines(data, words)['allergies']}", 2, words),
        "contact": contact and {"name": related(contact), "phone": contact.get("phone")},
        "unfold": sentences["unfold"].format(count=count),
    }


def _reactions(data: Data, words: Words) -> Data:
    said = allergy_lines(data, words)
    return {
        "kind": "text",
        "title": words["list"]["allergies"].rstrip(":"),
        "paragraphs": [_short(said["allergies"], 5, words), _short(said["side_effects"], 4, words)],
    }


def _short(text: str, most: int, words: Words) -> str:
    """The text when it fits; else the whole sentences that fit, and where to read the rest."""
    if len(text) <= most * TEXT_WIDTH:
        return text
    room = most * TEXT_WIDTH - len(words["wallet"]["more"]) - 1
    return f"{text[: text.rfind('.', 0, room) + 1]} {words['wallet']['more']}".strip()


def _people(data: Data, words: Words) -> Data:
    team = data.get("care_team") or {}
    doctor, organization = team.get("primary_care"), data["organization"]
    people = [(doctor["name"], doctor.get("phone") or "")] if doctor else []
    phone = data["pharmacist"].get("phone") or organization["phone"]
    people.append((organization["name"], f"{credentialed(data['pharmacist'])} · {phone}"))
    return {"kind": "people", "title": words["wallet"]["care_team"], "people": people}
