"""What is known about a test: its unit, other units, and when a value is low, high or hardly possible.

Units, names and possible ranges come from the books (`interactions/knowledge/vocabulary/labs.toml`), so that
what may be typed is what the rules can read. Body measures, which no rule reads as a lab, stand here.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from interactions.knowledge.books import HERE

OLD_AFTER = dt.timedelta(days=365)
INFINITE = Decimal("Infinity")
SAME_SPELLING = {"mcmol/l": "umol/L", "µmol/l": "umol/L", "μmol/l": "umol/L"}

# Limits of the words "low" and "high", in the test's own unit, for adults. They describe a number at a glance and
# decide nothing; rules have limits of their own. All recalled, not looked up again:
# eGFR below 60 is decreased (KDIGO); potassium and sodium as most laboratories print them; INR 2 to 3 is the usual
# target on warfarin; A1c below 7 % and blood pressure below 130/80 are the usual goals (ADA; ACC/AHA 2017).
LIMITS: dict[str, dict[str, Decimal]] = {
    "egfr": {"below": Decimal(60)},
    "potassium": {"below": Decimal("3.5"), "above": Decimal("5.0")},
    "sodium": {"below": Decimal(135), "above": Decimal(145)},
    "inr": {"above": Decimal("3.0")},
    "a1c": {"from": Decimal("7.0")},
    "systolic": {"below": Decimal(90), "from": Decimal(130)},
    "diastolic": {"from": Decimal(80)},
}

BODY: dict[str, dict] = {
    "diastolic": {
        "label": "diastolic blood pressure", "words": ["diastolic", "dbp", "diastolic blood pressure"], "loinc": ["8462-4"],
        "unit": "mmHg", "units": {"": 1, "mmhg": 1, "mm[hg]": 1}, "low": 20, "high": 200,
    },
    "weight": {
        "label": "weight", "words": ["weight", "body weight", "wt"], "loinc": ["29463-7", "3141-9"], "unit": "kg",
        "units": {"kg": 1, "kgs": 1, "lb": 0.45359237, "lbs": 0.45359237, "[lb_av]": 0.45359237, "g": 0.001}, "low": 0.4, "high": 650,
    },
    "height": {
        "label": "height", "words": ["height", "body height", "ht"], "loinc": ["8302-2"],
        "unit": "cm", "units": {"cm": 1, "m": 100, "in": 2.54, "[in_i]": 2.54}, "low": 20, "high": 280,
    },
    "temperature": {
        "label": "temperature", "words": ["temperature", "body temperature", "temp"], "loinc": ["8310-5"],
        "unit": "F", "units": {"f": 1, "°f": 1, "[degf]": 1}, "low": 75, "high": 115,
    },
    "oxygen": {
        "label": "oxygen saturation", "words": ["oxygen saturation", "spo2", "o2 sat"], "loinc": ["59408-5", "2708-6"],
        "unit": "%", "units": {"": 1, "%": 1}, "low": 30, "high": 100,
    },
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """One test. `units` maps a unit, in small letters and without spaces, to the factor that gives `unit`."""

    id: str
    label: str
    words: frozenset[str]
    loinc: tuple[str, ...]
    unit: str
    units: dict[str, Decimal]
    low: Decimal
    high: Decimal

    @property
    def needs_unit(self) -> bool:
        """Whether a bare number could mean two things."""
        return len(set(self.units.values())) > 1 or (bool(self.unit) and "" not in self.units)

    @property
    def unit_list(self) -> str:
        """The units as a person reads them: "mg/dL or umol/L"."""
        return " or ".join(dict.fromkeys([self.unit, *(spell(unit) for unit, factor in self.units.items() if unit and factor != 1)]))

    def canonical(self, value: Decimal, unit: str) -> Decimal | None:
        """The value in this test's own unit, or None when the unit does not fit."""
        factor = self.units.get(plain_unit(unit))
        return value * factor if factor is not None else None

    def spelled(self, unit: str) -> str:
        """The unit in its usual spelling, empty filled in where only one can be meant."""
        small = plain_unit(unit)
        if small == plain_unit(self.unit) or (not small and not self.needs_unit):
            return self.unit
        return spell(small) if small in self.units and self.units[small] != 1 else unit.strip()

    def word(self, value: Decimal | None, unit: str) -> str:
        """ "low", "high" or nothing."""
        number = self.canonical(value, unit) if value is not None else None
        limits = LIMITS.get(self.id, {})
        if number is None or not limits:
            return ""
        if number < limits.get("below", -INFINITE):
            return "low"
        return "high" if number > limits.get("above", INFINITE) or number >= limits.get("from", INFINITE) else ""

    def is_possible(self, number: Decimal) -> bool:
        return self.low <= number <= self.high


def plain_unit(unit: str) -> str:
    return unit.replace(" ", "").casefold()


def spell(unit: str) -> str:
    """Liter, deciliter and unit with their capital letters."""
    return SAME_SPELLING.get(unit, unit.replace("/dl", "/dL").replace("/l", "/L").replace("mmol/l", "mmol/L"))


@cache
def measures() -> dict[str, Measure]:
    """Every known test by id."""
    read = tomllib.loads((HERE / "vocabulary" / "labs.toml").read_text(encoding="utf-8"))
    return {name: _measure(name, fields) for name, fields in (read | BODY).items()}


def _measure(name: str, fields: dict) -> Measure:
    unit = fields.get("unit", "")
    units = {plain_unit(other): Decimal(str(factor)) for other, factor in fields.get("units", {"": 1, unit: 1}).items()}
    low, high = (Decimal(str(fields.get(end, default))) for end, default in (("low", "-Infinity"), ("high", "Infinity")))
    words = frozenset(word.casefold() for word in [fields["label"], *fields["words"]])
    return Measure(name, fields["label"], words, tuple(fields.get("loinc", ())), unit, units, low, high)


@cache
def _index() -> dict[str, Measure]:
    by_word = {word: measure for measure in measures().values() for word in measure.words}
    return by_word | {code: measure for measure in measures().values() for code in measure.loinc}


def measure_of(name: str, code: str = "") -> Measure | None:
    """The test of this LOINC code or name, or None when we know nothing about it."""
    return _index().get(code) or _index().get(" ".join(name.split()).casefold())


def shown_name(measure: Measure) -> str:
    """The label with a capital letter where it has none of its own."""
    return measure.label if any(char.isupper() for char in measure.label) else measure.label.capitalize()


def test_names() -> list[str]:
    """What the test field offers while typing."""
    return ["Blood pressure", *sorted((shown_name(measure) for measure in measures().values()), key=str.casefold)]
