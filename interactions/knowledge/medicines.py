"""One line of a medication list, read into a Drug: what it is, by which route, how much a day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from interactions.engine.types import Drug, Fill
from interactions.engine.units import Amount, amount
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.daily_dose import daily_doses
from interactions.knowledge.patient_names import Shown, shown_as, shown_by
from interactions.knowledge.shapes import Resolution
from interactions.knowledge.sig import parse_sig
from interactions.knowledge.sig_shapes import Sig

if TYPE_CHECKING:
    from interactions.knowledge.case import CaseReader

# The routes of the dictionary as the places where a rule's route limit looks.
SITES = {
    "oral": "systemic", "injection": "systemic", "transdermal": "systemic", "sublingual": "systemic", "buccal": "systemic",
    "rectal": "systemic", "implant": "systemic", "topical": "topical", "dental": "topical", "oromucosal": "topical",
    "irrigation": "topical", "ophthalmic": "ophthalmic", "otic": "otic", "nasal": "nasal", "inhaled": "inhaled",
    "vaginal": "vaginal", "intrauterine": "vaginal", "systemic": "systemic",
}  # fmt: skip


SHORT = 2_000


class Line(NamedTuple):
    """A medication as it was read: the Drug, how sure its name is, and its ingredients with their codes."""

    drug: Drug
    status: str
    ingredients: tuple[tuple[str | None, str], ...]
    route: str | None


def read_medicine(reader: CaseReader, index: int, line: Any) -> Line | None:
    """One entry of `medications`; its Drug has no ingredients when the name was not recognized."""
    if isinstance(line, str) and len(line) <= SHORT and not line.isspace() and line:
        return placed(reader, str(index), bare, reader.catalog, " ".join(line.split()))
    fields: Mapping[str, Any] = line if isinstance(line, Mapping) else {"text": line}
    place = f"medications[{index}]"
    text = reader.text(fields.get("text") if fields.get("text") is not None else fields.get("name") or "", place)
    if not text and not fields.get("rxcui"):
        reader.problems.append(f"{place} has no text; write the medicine as it stands on the label")
        return None
    code = str(fields.get("rxcui") or "").strip() or None
    known = understand(reader.catalog, text, code, str(fields.get("directions") or ""))
    return placed(
        reader,
        str(fields.get("ref") or index),
        line_of,
        text,
        known,
        chosen(fields) or known.ingredients,
        str(fields.get("route") or known.route).lower(),
        reader.day(fields.get("started_on"), f"{place}.started_on"),
        reader.day(fields.get("stopped_on"), f"{place}.stopped_on"),
        fields["reason"] if isinstance(fields.get("reason"), str) else None,
        str(fields.get("prescriber") or "")[:120],
        reader.fills(fields),
        str(fields.get("directions") or "")[:600],
    )


def placed(reader: CaseReader, ref: str, make: Callable[..., Line], *content: Hashable) -> Line:
    """The line of this content; where it stands in the case once more, another one."""
    nth = 0
    while (line := make(nth, *content)).drug in reader.refs:
        nth += 1
    reader.refs[line.drug] = ref
    return line


@lru_cache(20_000)
def bare(nth: int, catalog: Catalog, text: str) -> Line:
    """A line of which nothing but its text is given."""
    known = understand(catalog, text, None, "")
    return line_of(nth, text, known, known.ingredients, known.route.lower(), None, None, None, "", None, "")


Named = tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """What the dictionary makes of a line: name, name for the patient, certain ingredients with their codes, route, doses."""

    status: str
    name: str
    shown: Shown
    ingredients: Named
    route: str
    doses: Mapping[str, Amount]
    as_needed: bool


@lru_cache(20_000)
def understand(catalog: Catalog, text: str, code: str | None, directions: str) -> Understood:
    """A line by its text, its code and its directions; the directions' own field wins over those in the text."""
    found = catalog.resolve(text, code)
    if not found.is_resolved and code and not text:
        found = catalog.by_rxcui(code) or found
    sig = (parse_sig(directions, found.product) if directions.strip() else None) or found.sig
    return Understood(
        status=found.status,
        name=found.text,
        shown=shown_as(catalog, text, found) if found.is_resolved else Shown(text, text),
        ingredients=tuple((one.rxcui, one.name.lower()) for one in found.ingredients) if found.is_resolved else (),
        route=found.route or "",
        doses=amounts_a_day(found, sig),
        as_needed=bool(sig and sig.as_needed),
    )


def forget_lines() -> None:
    """Let go of a dictionary that is no longer in use."""
    bare.cache_clear()
    understand.cache_clear()


@lru_cache(20_000)
def line_of(
    nth: int, text: str, known: Understood, ingredients: Named, route: str, started_on: date | None, stopped_on: date | None,
    reason: str | None, prescriber: str, fills: tuple[Fill, ...] | None, directions: str,
) -> Line:  # fmt: skip
    """The line itself, the `nth` of its kind in a case; equal lines are one object, so that all said of one holds for the other."""
    names = tuple(name for _, name in ingredients)
    shown = known.shown if ingredients == known.ingredients else shown_by(names)
    drug = Drug(
        text=text or known.name,
        shown=shown.en,
        shown_es=shown.es,
        ingredients=names,
        site=SITES.get(route),
        doses=known.doses if names else {},
        as_needed=known.as_needed,
        started_on=started_on,
        stopped_on=stopped_on,
        reason=reason,
        prescriber=prescriber,
        fills=fills,
        directions=directions,
    )
    return Line(drug, "resolved" if names else known.status, ingredients, route or None)


def amounts_a_day(found: Resolution, sig: Sig | None) -> dict[str, Amount]:
    """The most a day of each ingredient, a weekly dose as its average a day; one that can't be told is left out."""
    counted = ((name.lower(), amount(dose.value, dose.unit)) for name, dose in daily_doses(found, sig).items())
    return {name: dose for name, dose in counted if dose}


def chosen(fields: Mapping[str, Any]) -> Named:
    """Code and name of the ingredients that the user chose for this line."""
    rows = fields.get("ingredients")
    if not isinstance(rows, list):
        return ()
    pairs = ((row.get("rxcui"), row.get("name")) if isinstance(row, Mapping) else (None, row) for row in rows)
    return tuple((str(code) if code else None, str(name).strip().lower()) for code, name in pairs if str(name or "").strip())
