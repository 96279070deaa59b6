"""The daily schedule: every medicine at its time of day, the others by themselves; what must be kept apart."""

from typing import Any

from .naming import capitalized, label_of, unit_of
from .phrases import Words
from .schema import TIMES, WEEKDAYS

Data = dict[str, Any]
MOST_IN_BAND = 7


def schedule(data: Data, words: Words) -> Data:
    """Bands for the four times of day, then medicines for some days, for when needed, and of unknown time."""
    taken = [medicine for medicine in data["medications"] if not medicine.get("stopped_on")]
    daily = [medicine for medicine in taken if _group(medicine) == "daily"]
    others = {group: [_other(medicine, words) for medicine in taken if _group(medicine) == group] for group in ("days", "need", "ask")}
    return {
        "bands": [band for place, time in enumerate(TIMES) for band in _bands(place, time, daily, words)],
        "others": others,
        "has_others": any(others.values()),
        "apart": data.get("keep_apart") or [],
        "takes_none": not taken,
    }


def _group(medicine: Data) -> str:
    if medicine.get("as_needed"):
        return "need"
    if medicine.get("weekdays"):
        return "days"
    return "daily" if any((medicine.get("times") or {}).values()) else "ask"


def _bands(place: int, time: str, daily: list[Data], words: Words) -> list[Data]:
    """One band for a time of day, or several when one would not fit on a page."""
    sentences, continued = words["schedule"], words["everywhere"]["continued"]
    doses = [_dose(medicine, words.amounts(medicine)[place], words) for medicine in daily if words.amounts(medicine)[place]]
    first = {
        "time": time,
        "name": sentences["times"][time],
        "doses": doses[:MOST_IN_BAND],
        "count": len(doses),
        "counted": sentences["one_medicine" if len(doses) == 1 else "many_medicines"],
    }
    later = range(MOST_IN_BAND, len(doses), MOST_IN_BAND)
    more = [first | {"name": f"{first['name']} {continued}", "doses": doses[at : at + MOST_IN_BAND], "count": 0} for at in later]
    return [first, *more]


def _dose(medicine: Data, amount: str, words: Words) -> Data:
    return {
        "name": label_of(medicine, words).short,
        "amount": words.amount(amount, unit_of(medicine, words)),
        "reason": medicine.get("reason"),
        "note": medicine.get("instructions") or medicine["directions"],
        "picture": _picture(amount, medicine, words),
        "not_checked": bool(medicine.get("not_checked")),
    }


def _picture(amount: str, medicine: Data, words: Words) -> str:
    """The kind of medicine, never its color or size: tablet, half, capsule, drop or a plain dot."""
    said = f"{medicine.get('unit') or ''} {medicine.get('form') or ''}".casefold()
    kinds = words["schedule"]["pictures"]
    found = next((kind for kind, names in kinds.items() if any(name in said for name in names)), "other")
    return "half" if found == "tablet" and amount == "½" else found


def _other(medicine: Data, words: Words) -> Data:
    days = medicine.get("weekdays") or []
    title = words.weekdays(medicine)
    return _dose(medicine, "", words) | {
        "reason": capitalized(medicine.get("reason") or "").rstrip("."),
        "directions": medicine["directions"] or words["list"]["why_unknown"],
        "title": f"{title[:1].upper()}{title[1:]}",
        "week": [{"name": words["weekdays"][day][:3], "on": day in days} for day in (WEEKDAYS[-1], *WEEKDAYS[:-1])],
    }
