"""The grammar of RxNorm's names: "12 HR oxycodone hydrochloride 10 MG Extended Release Oral Tablet [Oxycontin]".

A name of a clinical drug is what stands before the first component (hours, volume, device), the components with
their amounts joined by " / ", the dose form, and for a branded drug the brand in brackets.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = r"\d+(?:\.\d+)?(?:e-?\d+)?"
_UNIT = r"(?:%|[A-Z][A-Z'\-]*)(?:/(?:[A-Z][A-Z\-]*|[\d.]+ ?[A-Z]+))?"
_AMOUNT = re.compile(rf"(?:^| )({_NUMBER} {_UNIT})(?= |$)")
_BRAND = re.compile(r" \[([^\[\]]+)\]$")
_DEVICE = re.compile(r"^(?:Abuse-Deterrent |Breath-Actuated |Sensor |NDA\d+ )+")
_HOURS = re.compile(rf"^(?:NDA\d+ )?({_NUMBER} HR) ")
_NEXT_IN_PACK = re.compile(r" / (?=\d+ \()")
_COUNT = re.compile(rf"^\d+ \((?:{_NUMBER} [A-Z]+\) \()?")
_FIRST_OF_FORM = re.compile(r" (?=[A-Z][a-z])")


class DrugName(NamedTuple):
    """A clinical drug's name taken apart; `strength` is written as in the tables, `parts` are the components' names."""

    parts: tuple[str, ...]
    strength: str
    dose_form: str
    release: str
    brand: str


def brand_of(name: str) -> str:
    """The brand in brackets at the end of a name, "" when there is none."""
    found = _BRAND.search(name)
    return found.group(1) if found else ""


def taken_apart(name: str) -> DrugName | None:
    """The parts of a clinical or branded drug's name, None when an amount or the form can't be told."""
    bare = _BRAND.sub("", name)
    read = [_AMOUNT.split(piece) for piece in _DEVICE.sub("", bare).split(" / ")]
    # Before the first component may stand other amounts ("24 HR", "1 MG Dose 1.5 ML"): the last one is its own.
    if any(len(one) < 3 for one in read) or any(len(one) > 3 for one in read[1:]) or any(one[-1].strip() for one in read[:-1]):
        return None
    named = [(one[-3].strip(), one[-2]) for one in read]
    if not all(part for part, _ in named):
        return None
    hours = _HOURS.match(bare)
    strength = named[0][1] if len(named) == 1 else " / ".join(f"{part} {amount}" for part, amount in named)
    return DrugName(tuple(part for part, _ in named), strength, read[-1][-1].strip(), hours.group(1) if hours else "", brand_of(name))


def components_of(name: str) -> tuple[str, ...]:
    """The names of the components of a drug, a drug component or a form group, as far as they can be told."""
    read = taken_apart(name)
    if read:
        return read.parts
    pieces = _DEVICE.sub("", _BRAND.sub("", name)).split(" / ")
    return tuple(_FIRST_OF_FORM.split(_AMOUNT.split(piece)[0])[0].strip() for piece in pieces)


def packed_drugs(name: str) -> tuple[str, ...]:
    """The drugs in a pack's name, "{21 (ethinyl estradiol ... Oral Tablet) / 7 (inert ...) } Pack", without inert ones."""
    inside = name[name.find("{") + 1:name.rfind("}")].strip()
    drugs = (_COUNT.sub("", one).removesuffix(")") for one in _NEXT_IN_PACK.split(inside))
    return tuple(one for one in drugs if one and not one.startswith("inert ingredients"))
