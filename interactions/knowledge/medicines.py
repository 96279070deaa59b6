"""One line of a medication list, read into a Drug: what it is, by which route, how much a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from interactions.engine.types import Drug
from interactions.engine.units import Amount
from interactions.knowledge.doses import daily_amounts
from interactions.knowledge.shapes import Resolution

if TYPE_CHECKING:
    from interactions.knowledge.case import CaseReader

# The routes of the dictionary as the places where a rule's route limit looks.
SITES = {
    "oral": "systemic", "injection": "systemic", "transdermal": "systemic", "sublingual": "systemic", "buccal": "systemic",
    "rectal": "systemic", "implant": "systemic", "topical": "topical", "dental": "topical", "oromucosal": "topical",
    "irrigation": "topical", "ophthalmic": "ophthalmic", "otic": "otic", "nasal": "nasal", "inhaled": "inhaled",
    "vaginal": "vaginal", "intrauterine": "vaginal", "systemic": "systemic",
}  # fmt: skip


def read_medicine(reader: CaseReader, index: int, line: Any) -> Drug | None:
    """The Drug of one entry of `medications`; without ingredients when the name was not recognized."""
    fields: Mapping[str, Any] = line if isinstance(line, Mapping) else {"text": line}
    place = f"medications[{index}]"
    text = reader.text(fields.get("text") if fields.get("text") is not None else fields.get("name") or "", place)
    if not text and not fields.get("rxcui"):
        reader.problems.append(f"{place} has no text; write the medicine as it stands on the label")
        return None
    resolution = resolve(reader, fields, text)
    ingredients = chosen(fields) or tuple(one.name.lower() for one in resolution.ingredients)
    if not resolution.is_resolved and not chosen(fields):
        ingredients = ()
    directions = str(fields.get("directions") or "")
    sig = reader.sig_of(resolution, directions)
    return Drug(
        ref=str(fields.get("ref") or index),
        text=text or resolution.text,
        shown=shown(resolution, ingredients, text),
        ingredients=ingredients,
        site=SITES.get(str(fields.get("route") or resolution.route or "").lower()),
        doses=daily_amounts(resolution, sig) if ingredients else no_doses(),
        as_needed=bool(sig and sig.as_needed),
        started_on=reader.day(fields.get("started_on"), f"{place}.started_on"),
        stopped_on=reader.day(fields.get("stopped_on"), f"{place}.stopped_on"),
        reason=fields["reason"] if isinstance(fields.get("reason"), str) else None,
        prescriber=str(fields.get("prescriber") or "")[:120],
        fills=reader.fills(fields),
    )


def resolve(reader: CaseReader, fields: Mapping[str, Any], text: str) -> Resolution:
    code = str(fields.get("rxcui") or "").strip() or None
    found = reader.catalog.resolve(text, code)
    if found.is_resolved or code is None or text:
        return found
    return reader.catalog.by_rxcui(code) or found


def chosen(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The ingredients that the user chose for this line."""
    rows = fields.get("ingredients")
    if not isinstance(rows, list):
        return ()
    names = (str(row.get("name") or "") if isinstance(row, Mapping) else str(row) for row in rows)
    return tuple(dict.fromkeys(name.strip().lower() for name in names if name.strip()))


def shown(resolution: Resolution, ingredients: tuple[str, ...], text: str) -> str:
    """The name that the patient reads on the bottle: the brand as typed, else the ingredients."""
    if resolution.how == "brand" and resolution.name:
        return resolution.name
    return "/".join(ingredients) or text


def no_doses() -> dict[str, Amount]:
    return {}
