"""Dosage: the directions as the source words them, or put into words from its numbers."""

from decimal import Decimal
from typing import Any

from exchange.fhir.values import codings, dicts, first, label, number, tidy, word

TIMES = {1: "once", 2: "twice", 3: "3 times", 4: "4 times"}
UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
WHEN = {
    "MORN": "in the morning",
    "NOON": "at noon",
    "AFT": "in the afternoon",
    "EVE": "in the evening",
    "NIGHT": "at night",
    "HS": "at bedtime",
    "AC": "before meals",
    "ACM": "before breakfast",
    "ACD": "before lunch",
    "ACV": "before dinner",
    "C": "with meals",
    "CM": "with breakfast",
    "CD": "with lunch",
    "CV": "with dinner",
    "PC": "after meals",
    "PCM": "after breakfast",
    "PCD": "after lunch",
    "PCV": "after dinner",
    "WAKE": "on waking",
}
# Codes of HL7's GTSAbbreviation that name a frequency.
ABBREVIATIONS = {
    "QD": "once daily",
    "BID": "twice daily",
    "TID": "3 times daily",
    "QID": "4 times daily",
    "AM": "in the morning",
    "PM": "in the evening",
    "QOD": "every other day",
    "BED": "at bedtime",
    "WK": "once weekly",
    "MO": "once monthly",
}


def directions(dosages: Any, patient_instruction: Any = "") -> str:
    """All dosage lines in their order, joined with "; then " when there are several; "" when nothing is said."""
    lines = sorted(dicts(dosages), key=lambda line: line.get("sequence") if isinstance(line.get("sequence"), int) else 0)
    sentences = [tidy(line.get("text")) or tidy(line.get("patientInstruction")) or in_words(line) for line in lines]
    return "; then ".join(dict.fromkeys(filter(None, sentences))) or tidy(patient_instruction)


def in_words(line: dict[str, Any]) -> str:
    """The structured parts as a sentence such as "1 tablet twice daily by mouth as needed for pain"."""
    timing = first(line.get("timing"))
    parts = [_dose(line), _route(line), _frequency(first(timing.get("repeat"))) or _timing_code(timing), _moments(timing), _as_needed(line)]
    return " ".join(filter(None, parts))


def as_needed(dosages: Any) -> bool | None:
    """True when any line says so, False when one denies it, None when nothing is said."""
    said = [line.get("asNeededBoolean", line.get("asNeeded")) for line in dicts(dosages)]
    if any(item is True for item in said) or any("asNeededCodeableConcept" in line or "asNeededFor" in line for line in dicts(dosages)):
        return True
    return False if False in said else None


def route(dosages: Any) -> str:
    return next((label(line.get("route")) for line in dicts(dosages) if label(line.get("route"))), "")


def period(dosages: Any, end: str) -> Any:
    """`boundsPeriod.start` or `.end` of the first line that has one."""
    bounds = (first(first(first(line.get("timing")).get("repeat")).get("boundsPeriod")).get(end) for line in dicts(dosages))
    return next((value for value in bounds if value), None)


def _dose(line: dict[str, Any]) -> str:
    amount = first(line.get("doseAndRate")) or line  # STU3 has the dose on the line itself
    span = first(amount.get("doseRange"))
    quantity = first(amount.get("doseQuantity"))
    low, high = first(span.get("low")), first(span.get("high"))
    if number(low.get("value")) is not None and number(high.get("value")) is not None:
        return f"{_plain(low['value'])} to {_quantity(high)}"
    return _quantity(quantity)


def _quantity(quantity: dict[str, Any]) -> str:
    value = number(quantity.get("value"))
    return f"{_plain(value)} {tidy(quantity.get('unit')) or tidy(quantity.get('code'))}".strip() if value is not None else ""


def _plain(value: int | Decimal) -> str:
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _route(line: dict[str, Any]) -> str:
    shown = label(line.get("route"))
    return "by mouth" if shown.lower() in {"oral route", "oral", "oral use", "po"} else shown.lower()


def _frequency(repeat: dict[str, Any]) -> str:
    every, unit = number(repeat.get("period")), UNITS.get(str(repeat.get("periodUnit") or repeat.get("periodUnits")), "")
    times = number(repeat.get("frequency")) or Decimal(1)
    if every is None or not unit or times <= 0 or every <= 0:
        return ""
    if every == 1 and unit in {"day", "week", "month"}:
        how_often = TIMES.get(int(times), f"{_plain(times)} times") if times == int(times) else f"{_plain(times)} times"
        return f"{how_often} {'daily' if unit == 'day' else unit + 'ly'}"
    stretch = unit if every == 1 else f"{_plain(every)} {unit}s"
    return f"every {stretch}" if times == 1 else f"{_plain(times)} times every {stretch}"


def _timing_code(timing: dict[str, Any]) -> str:
    code = first(timing.get("code"))
    known = (ABBREVIATIONS.get(item.upper()) for _, item, _ in codings(code))
    return next(filter(None, known), "") or label(code)


def _moments(timing: dict[str, Any]) -> str:
    when = first(timing.get("repeat")).get("when")
    named = [WHEN[item] for item in when if isinstance(item, str) and item in WHEN] if isinstance(when, list) else []
    return " and ".join(named)


def _as_needed(line: dict[str, Any]) -> str:
    reason = label(line.get("asNeededCodeableConcept") or first(line.get("asNeededFor")))
    if reason:
        return f"as needed for {reason.lower()}" if word(reason) != "as needed" else "as needed"
    return "as needed" if as_needed([line]) else ""
