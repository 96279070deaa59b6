"""From what was typed to what is known of a line: ingredients, product, kind, plain directions, times of day.

Nothing here changes the typed text, and nothing is guessed: a name with two readings stays ambiguous until
a person chooses.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.shapes import Candidate, Ingredient, Resolution
from interactions.knowledge.sig import parse_sig
from interactions.knowledge.sig_shapes import Sig, SigPart
from patients.models import Medication

Fields = dict[str, Any]
TIMES = ("morning", "noon", "evening", "bedtime")
DIRECTION_FIELDS = ("directions_en", "directions_es", *TIMES, "is_as_needed")
COUNTED = frozenset({"", "tablet", "capsule", "caplet", "softgel", "lozenge", "pill"})  # paper shows these as a bare number
USUAL = {Fraction(2): ("morning", "evening"), Fraction(3): ("morning", "noon", "evening"), Fraction(4): TIMES}
FRACTIONS = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾"}

# Words and ingredients that tell a kind which the dictionary does not: it knows prescription, OTC,
# herbal and supplement, and the record also keeps vitamins and minerals apart.
VITAMINS = frozenset(
    "ascorbic acid|biotin|calcium carbonate|calcium citrate|calcium gluconate|calcium lactate|cholecalciferol|ergocalciferol|"
    "ferrous bisglycinate|ferrous fumarate|ferrous gluconate|ferrous sulfate|folic acid|iron carbonyl|magnesium gluconate|"
    "magnesium glycinate|magnesium oxide|multivitamin|niacin|prenatal multivitamin|pyridoxine|riboflavin|thiamine|vitamin a|"
    "vitamin b complex|vitamin b12|vitamin b6|vitamin e|vitamin k|vitamin k1|vitamin k2|zinc citrate|zinc gluconate|zinc sulfate".split("|")
)
CUES = (
    (Medication.Kind.VITAMIN, ("vitamin", "multivitamin", "mineral")),
    (Medication.Kind.HERBAL, ("tea", "herb", "herbal", "extract", "tincture")),
    (Medication.Kind.SUPPLEMENT, ("supplement",)),
)


def recognize(text: str, rxcui: str = "") -> Fields:
    """What the dictionary makes of a typed medicine; a chosen item's code decides over the words."""
    return fields_of(get_catalog().resolve(text, rxcui or None), rxcui)


def fields_of(resolution: Resolution, chosen: str = "") -> Fields:
    """The columns of a Medication that say how far its name is known; `chosen` is the code that a person picked."""
    product, ingredients = resolution.product, resolution.ingredients if resolution.is_resolved else ()
    return {
        "recognition": resolution.status,
        "left_as_typed": "",  # a new reading asks anew
        "rxcui": code_of(resolution, chosen),
        "ingredients": [one.as_json() for one in ingredients],
        "product_name": product.name[:500] if product else "",
        "strength": (product.strength if product else resolution.strength)[:200],
        "dose_form": product.dose_form[:120] if product else "",
        "route": (resolution.route or "")[:60],
    }


def code_of(resolution: Resolution, chosen: str) -> str:
    """The product's code; else the picked one, if the dictionary has it. An ingredient's code is not put in the
    place of a text that says more, such as a strength."""
    if not resolution.is_resolved:
        return ""
    if resolution.product and resolution.product.rxcui:
        return resolution.product.rxcui
    return chosen if chosen and get_catalog().by_rxcui(chosen) else ""


def kind_of(text: str, ingredients: list[dict[str, str | None]]) -> str:
    """A first guess of the kind of a line, which a person may change."""
    words = set(text.casefold().replace("-", " ").split())
    if not ingredients:
        return next((kind for kind, cues in CUES if words.intersection(cues)), Medication.Kind.PRESCRIPTION)
    if all(one["name"] in VITAMINS for one in ingredients):
        return Medication.Kind.VITAMIN
    catalog = get_catalog()
    return catalog.kind_of(catalog.identities_of(Ingredient(one["rxcui"], one["name"]) for one in ingredients))


def candidates_of(medication: Medication) -> tuple[Candidate, ...]:
    """The readings of an ambiguous line, best first."""
    if medication.recognition != Medication.Recognition.AMBIGUOUS:
        return ()
    return get_catalog().resolve(medication.text).candidates


def choose(medication: Medication, label: str) -> Fields | None:
    """The columns of a line once a person chose one of its candidates; None when there is no such candidate."""
    chosen = next((one for one in candidates_of(medication) if one.label == label), None)
    if chosen is None:
        return None
    return as_meant(medication.text, chosen)


def as_meant(text: str, chosen: Candidate) -> Fields:
    """The columns of a line whose typed text a person read as this candidate; a strength in the text still counts."""
    resolution = get_catalog().resolve(text, chosen.rxcui)
    if not (chosen.rxcui and resolution.is_resolved):
        resolution = replace(resolution, status="resolved", ingredients=chosen.ingredients, candidates=())
    return fields_of(resolution, chosen.rxcui or "")


def plain_directions(directions: str, text: str, rxcui: str = "") -> Fields:
    """Directions as typed in plain English and Spanish, with amounts at the four times of day.

    What is not fully understood stays as typed: no sentence is better than a wrong one.
    """
    blank = dict.fromkeys(DIRECTION_FIELDS, "") | {"is_as_needed": False}
    sig = read(directions, text, rxcui)
    if sig is None or not sig.is_complete or not sig.text_en:
        return blank
    return blank | amounts(sig) | {"directions_en": sig.text_en[:600], "directions_es": sig.text_es[:600], "is_as_needed": sig.as_needed}


def doubts_of(medication: Medication) -> tuple[str, ...]:
    """What stood in the way of reading the directions ("biweekly"), in words for staff."""
    sig = None if medication.directions_en else read(medication.directions, medication.text, medication.rxcui)
    return sig.warnings if sig else ()


def read(directions: str, text: str, rxcui: str = "") -> Sig | None:
    """The parsed directions of a medicine; its product says what a bare "1" counts."""
    if not directions:
        return None
    return parse_sig(directions, get_catalog().resolve(text, rxcui or None).product)


def amounts(sig: Sig) -> dict[str, str]:
    """How much at which time of day, as it stands in the grid: "1", "½", "1-2", "5 mL"."""
    found: dict[str, str] = {}
    for part in () if sig.changes_over_time else sig.parts:
        amount = amount_of(part)
        is_daily = not (part.weekdays or part.every or part.per_week)
        if amount and is_daily and not sig.as_needed:
            found |= {time: amount for time in part.times or usual_times(part) if time in TIMES}
    return found


def usual_times(part: SigPart) -> tuple[str, ...]:
    """When "2 times a day" is, as the list first shows it; once a day has no usual time and stays open."""
    return () if part.hours or part.times_max or part.times_per_day is None else USUAL.get(part.times_per_day, ())


def amount_of(part: SigPart) -> str:
    if part.dose is None:
        return ""
    span = shown(part.dose) + (f"-{shown(part.dose_max)}" if part.dose_max and part.dose_max != part.dose else "")
    return (span if part.dose_unit in COUNTED else f"{span} {part.dose_unit}")[:20]


def shown(value: Fraction) -> str:
    """A number as people write it: 2, ½, 1½, 2.5."""
    whole, rest = divmod(value, 1)
    if not rest:
        return str(whole)
    if rest in FRACTIONS:
        return f"{whole or ''}{FRACTIONS[rest]}"
    return f"{float(value):g}"
