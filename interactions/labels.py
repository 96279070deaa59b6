"""RxNorm's names as people write them: "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet" becomes
"metoprolol succinate 50 mg extended-release tablet (24-hour)". Every number and every word of meaning stays.
"""

import re
from decimal import Decimal
from functools import lru_cache

from interactions.knowledge.shapes import Suggestion

LONGEST = 300  # characters of a line's name
UNITS = {
    "MG": "mg", "MCG": "mcg", "ML": "mL", "UNT": "units", "MEQ": "mEq", "ACTUAT": "actuation", "HR": "hour", "SQCM": "sq cm",
}  # fmt: skip
UNIT = re.compile(rf"\b({'|'.join(UNITS)})\b")
HOURS = re.compile(r"^((?:[A-Z][a-z]+ )*)(\d+) HR (.+)$")
VOLUME = re.compile(r"^([\d.]+ ML) (.+)$")
TINY = re.compile(r"\b(0\.0\d+) mg(?![/\w])")  # micrograms read more safely than 0.05 mg
BELOW_ONE = re.compile(r"\b(0\.\d+) mg(?![/\w])")
IN_MICROGRAMS = ("levothyroxine", "liothyronine")  # whose labels count in micrograms throughout
FORM_WORDS = (
    ("extended release", "extended-release"), ("delayed release", "delayed-release"),
    ("oral tablet", "tablet"), ("oral capsule", "capsule"),
)  # fmt: skip


@lru_cache(20_000)
def plain_name(name: str, dose_form: str = "") -> str:
    """A product's name with small units, a plain form, and pack size or duration at its end."""
    if found := HOURS.match(name):
        name, end = found.group(3), f" ({found.group(1).lower()}{found.group(2)}-hour)"
    elif found := VOLUME.match(name):
        name, end = found.group(2), f", {found.group(1)}"
    else:
        end = ""
    if dose_form and name.endswith(dose_form):
        name = name.removesuffix(dose_form) + plain_form(dose_form)
    name = UNIT.sub(lambda unit: UNITS[unit.group()], name + end)
    small = BELOW_ONE if name.startswith(IN_MICROGRAMS) else TINY
    return small.sub(lambda number: f"{(Decimal(number.group(1)) * 1000).normalize():f} mcg", name)


def plain_form(dose_form: str) -> str:
    form = dose_form.lower()
    for long, short in FORM_WORDS:
        form = form.replace(long, short)
    return form


def brand_meant(item: Suggestion, typed: str) -> str:
    """The brand that was typed, which the patient's list then names too; "lev" of levothyroxine is not Levo-T."""
    names = [one.name.casefold() for one in item.ingredients]
    words = [word.casefold() for word in typed.split() if len(word) > 2]
    words = [word for word in words if not any(name.startswith(word) for name in names)]
    return next((brand for brand in item.brands for word in words if brand.casefold().startswith(word)), "")


def label_of(item: Suggestion, typed: str) -> str:
    """What is written into the line when this item is chosen; the name of a long pack is cut, its code says all."""
    brand = brand_meant(item, typed)
    label = plain_name(item.name, item.dose_form) + (f" ({brand})" if brand else "")
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
