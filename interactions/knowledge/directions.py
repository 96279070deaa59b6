"""Directions inside a typed medicine line: their dose, when the line gives only a strength, and the form they imply."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from interactions.knowledge.reading import Reading
from interactions.knowledge.shapes import Product
from interactions.knowledge.sig import parse_sig, unit_of_product
from interactions.knowledge.sig_build import with_dose, with_verb
from interactions.knowledge.sig_shapes import Sig
from interactions.knowledge.sig_text import MEASURED, verb_of
from interactions.knowledge.strengths import Amount

_UNITS = {"MG": "mg", "MCG": "mcg", "G": "g", "UNT": "unit", "MEQ": "mEq"}
_FORM_OF_UNIT = {
    "tablet": ("tablet",), "capsule": ("capsule",), "puff": ("inhal",), "patch": ("transdermal", "patch"),
    "suppository": ("suppository",), "lozenge": ("lozenge",), "film": ("film",), "drop": ("solution", "suspension"),
}


def sig_of(reading: Reading) -> Sig | None:
    """The direction of a line, also when it stands before the name ("take 1 tablet of ...")."""
    between = reading.between if reading.sig_text else []
    text = " ".join(part for part in (reading.lead_sig, *between, reading.sig_text) if part)
    if reading.is_joined:
        return parse_sig(f"{reading.amount_text} and {text}")  # "3 mg and 4 mg on alternating days"
    sig = parse_sig(text) if text else None
    goes_on = sig is not None and any(part.dose_unit in MEASURED for part in sig.parts) and (
        sig.parts[0].is_dose_last or text.startswith("alternat") or (sig.parts[0].dose is None and len(sig.parts) > 1))
    if goes_on and len(reading.amounts) == 1 and not reading.amounts[0].per:
        return parse_sig(f"{reading.amount_text} {text}")  # "5 mg" Mon Wed Fri, 2.5 mg other days
    return sig


def add_form_of(sig: Sig | None, reading: Reading) -> None:
    """ "1 tab daily" says that the product is a tablet, where no form was typed."""
    if sig is not None and not reading.forms and sig.dose_unit in _FORM_OF_UNIT:
        reading.forms.append(_FORM_OF_UNIT[sig.dose_unit])


def filled(sig: Sig | None, reading: Reading, products: Sequence[Product], is_single: bool) -> Sig | None:
    """The direction with the dose that the strength implies: "Warfarin 5 mg daily" is 5 mg at a time.

    A concentration or a percentage implies no dose; a bare or combined strength ("5-325") implies one piece of it.
    """
    if sig is not None and sig.leftover:
        return sig  # a word was not understood: it may be the count
    if sig is None or any(part.dose is not None for part in sig.parts):
        return _counted(sig, reading, products)
    if not any(part.times_per_day is not None or part.minutes for part in sig.parts) and not sig.as_needed:
        return sig  # "5 mg as directed": a strength beside nothing else is no dose
    if not reading.amounts or any(one.per or one.unit == "%" for one in reading.amounts):
        return sig
    typed = reading.amounts[0].typed
    if len(reading.amounts) == 1 and typed and typed[1] in _UNITS:
        return with_dose(sig, typed[0], _UNITS[typed[1]])
    if is_single and len(reading.amounts) == 2 and typed and typed[1] in _UNITS:
        return _ranged(sig, reading.amounts)
    unit = _common_unit(products)
    return with_dose(sig, Fraction(1), unit) if unit else sig


def _ranged(sig: Sig, amounts: Sequence[Amount]) -> Sig:
    """ "50-100 mg at bedtime" of one ingredient is a dose range."""
    low, high = sorted(amounts, key=lambda one: one.value)
    unit = (low.typed or (low.value, low.unit))[1]
    first, last = (one.typed[0] if one.typed else one.value for one in (low, high))
    return with_dose(sig, first, _UNITS.get(unit, "mg"), last)


def worded(sig: Sig | None, route: str | None, products: Sequence[Product]) -> Sig | None:
    """The direction with the verb of the medicine's route ("Inject", "Take") where the text has none."""
    if sig is None or sig.verb or sig.route:
        return sig
    is_oral = not products or any(one.route == "oral" for one in products)
    return with_verb(sig, verb_of(route) or ("take" if route is None and is_oral else ""))


def _counted(sig: Sig | None, reading: Reading, products: Sequence[Product]) -> Sig | None:
    """A bare count ("1 po bid") takes the unit that all fitting products share."""
    if sig is None or sig.dose_unit or sig.dose is None or not (reading.amounts or reading.forms):
        return sig
    unit = _common_unit(products)
    return with_dose(sig, sig.dose, unit) if unit else sig


def _common_unit(products: Sequence[Product]) -> str:
    units = {unit_of_product(one) for one in products}
    return units.pop() if len(units) == 1 else ""
