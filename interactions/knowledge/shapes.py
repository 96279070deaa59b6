"""What the dictionary hands out: plain, frozen values without behavior beyond JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interactions.knowledge.sig_shapes import Sig
from interactions.knowledge.strengths import Amount


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One active ingredient; `rxcui` is None where no RxNorm code has been seen."""

    rxcui: str | None
    name: str

    def as_json(self) -> dict[str, str | None]:
        return {"rxcui": self.rxcui, "name": self.name}


@dataclass(frozen=True, slots=True)
class Product:
    """One clinical drug or pack of RxNorm, with strength and form as RxNorm writes them."""

    rxcui: str | None
    name: str
    strength: str
    dose_form: str
    ingredients: tuple[Ingredient, ...] = ()
    release: str = ""
    brands: tuple[str, ...] = ()
    route: str | None = None
    kind: str = "rx"
    schedule: str = ""
    n_ndc: int = 0

    def as_json(self) -> dict[str, str | None]:
        return {"rxcui": self.rxcui, "name": self.name, "strength": self.strength, "dose_form": self.dose_form}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an ambiguous text; `confidence` runs from 0 to 1."""

    label: str
    ingredients: tuple[Ingredient, ...]
    rxcui: str | None = None
    how: str = ""
    confidence: float = 1.0

    def as_json(self) -> dict[str, Any]:
        parts = [one.as_json() for one in self.ingredients]
        return {"label": self.label, "rxcui": self.rxcui, "ingredients": parts,
                "how": self.how, "confidence": round(self.confidence, 2)}


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a typed medicine was understood.

    `status`: resolved, ambiguous or unresolved. `how`: name, brand, salt, combination, product, pack,
    abbreviation, alias, prefix, fuzzy, rxcui or ndc; empty when unresolved. `strength` is the strength as typed,
    `note` says in one sentence why the user is asked. `amounts` are the typed strengths, `contents` what one tablet,
    mL, puff or hour holds by ingredient name, of the product or of all products that fit (see `daily_dose`).
    """

    text: str
    status: str
    ingredients: tuple[Ingredient, ...] = ()
    product: Product | None = None
    route: str | None = None
    sig: Sig | None = None
    candidates: tuple[Candidate, ...] = ()
    how: str = ""
    strength: str = ""
    name: str = ""
    confidence: float = 0.0
    note: str = ""
    amounts: tuple[Amount, ...] = ()
    contents: tuple[tuple[str, Amount], ...] = ()

    @property
    def is_resolved(self) -> bool:
        return self.status == "resolved"

    def as_json(self) -> dict[str, Any]:
        """The output object of `resolve_drug`."""
        return {
            "text": self.text,
            "status": self.status,
            "ingredients": [one.as_json() for one in self.ingredients],
            "product": self.product.as_json() if self.product else None,
            "route": self.route,
            "sig": self.sig.as_json() if self.sig else None,
            "candidates": [one.as_json() for one in self.candidates],
            "how": self.how,
            "strength": self.strength,
            "confidence": round(self.confidence, 2),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the picker. `rxcui` is the product's code, or None for a bare name."""

    rxcui: str | None
    name: str
    label: str
    brands: tuple[str, ...]
    strength: str
    dose_form: str
    route: str | None
    ingredients: tuple[Ingredient, ...]
    kind: str
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The first lines of the picker and how many there are in all."""

    items: tuple[Suggestion, ...] = ()
    total: int = 0
