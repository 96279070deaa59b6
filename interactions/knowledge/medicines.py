"""One line of a medication list, read into a Drug: what it is, by which route, how much a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

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


class Line(NamedTuple):
    """A medication as it was read: the Drug, how sure its name is, and its ingredients with their codes."""

    drug: Drug
    status: str
    ingredients: tuple[tuple[str | None, str], ...]
    route: str | None


def read_medicine(reader: CaseReader, index: int, line: Any) -> Line | None:
    """One entry of `medications`; its Drug has no ingredients when the name was not recognized."""
    fields: Mapping[str, Any] = line if isinstance(line, Mapping) else {"text": line}
    place = f"medications[{index}]"
    text = reader.text(fields.get("text") if fields.get("text") is not None else fields.get("name") or "", place)
    if not text and not fields.get("rxcui"):
        reader.problems.append(f"{place} has no text; write the medicine as it stands on the label")
        return None
    resolution = resolve(reader, fields, text)
    ingredients = chosen(fields) or found(resolution)
    names = tuple(name for _, name in ingredients)
    sig = reader.sig_of(resolution, str(fields.get("directions") or ""))
    route = str(fields.get("route") or resolution.route or "").lower()
    drug = Drug(
        ref=str(fields.get("ref") or index),
        text=text or resolution.text,
        shown=shown(resolution, names, text),
        ingredients=names,
        site=SITES.get(route),
        doses=daily_amounts(resolution, sig) if names else {},
        as_needed=bool(sig and sig.as_needed),
        started_on=reader.day(fields.get("started_on"), f"{place}.started_on"),
        stopped_on=reader.day(fields.get("stopped_on"), f"{place}.stopped_on"),
        reason=fields["reason"] if isinstance(fields.get("reason"), str) else None,
        prescriber=str(fields.get("prescriber") or "")[:120],
        fills=reader.fills(fields),
    )
    return Line(drug, "resolved" if names else resolution.status, ingredients, route or None)


def resolve(reader: CaseReader, fields: Mapping[str, Any], text: str) -> Resolution:
    code = str(fields.get("rxcui") or "").strip() or None
    found = reader.catalog.resolve(text, code)
    if found.is_resolved or code is None or text:
        return found
    return reader.catalog.by_rxcui(code) or found


Named = tuple[tuple[str | None, str], ...]


def found(resolution: Resolution) -> Named:
    """Code and name of what the dictionary is certain of."""
    if not resolution.is_resolved:
        return ()
    return tuple((one.rxcui, one.name.lower()) for one in resolution.ingredients)


def chosen(fields: Mapping[str, Any]) -> Named:
    """Code and name of the ingredients that the user chose for this line."""
    rows = fields.get("ingredients")
    if not isinstance(rows, list):
        return ()
    pairs = ((row.get("rxcui"), row.get("name")) if isinstance(row, Mapping) else (None, row) for row in rows)
    return tuple((str(code) if code else None, str(name).strip().lower()) for code, name in pairs if str(name or "").strip())


def shown(resolution: Resolution, ingredients: tuple[str, ...], text: str) -> str:
    """The name that the patient reads on the bottle: the brand as typed, else the ingredients."""
    if resolution.how == "brand" and resolution.name:
        return resolution.name
    return "/".join(ingredients) or text

