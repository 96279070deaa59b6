"""What any file says about a patient, in our own words: every reader (FHIR, C-CDA, CSV) fills these.

Nothing here knows a file format, Django or the clock. Dates are days, as the source wrote them;
None is unknown. `source` names the source's own records, such as "MedicationRequest/12".
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_type_hints

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Ingredient:
    rxcui: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Fill:
    """One dispensing: the day it was handed over, the supply in days and the quantity, as far as known."""

    on: dt.date
    days_supply: int | None = None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ImportedMedication:
    """One product, however often the file lists it.

    `rxcuis` are RxNorm codes the source gave, best first, `ndcs` its National Drug Codes as written;
    `source_status` is the source's own word.
    `status` (resolved, ambiguous, unresolved), `ingredients` and `product` come from our dictionary.
    """

    text: str
    rxcuis: tuple[str, ...] = ()
    ndcs: tuple[str, ...] = ()
    directions: str = ""
    route: str = ""
    is_active: bool = True
    source_status: str = ""
    as_needed: bool | None = None
    said_on: dt.date | None = None
    started_on: dt.date | None = None
    stopped_on: dt.date | None = None
    stop_reason: str = ""
    reason: str = ""
    prescriber: str = ""
    prescriber_npi: str = ""
    is_reported: bool = False
    is_dispense: bool = False
    fills: tuple[Fill, ...] = ()
    source: tuple[str, ...] = ()
    status: str = "unresolved"
    ingredients: tuple[Ingredient, ...] = ()
    product: str = ""
    product_rxcui: str = ""

    @property
    def rxcui(self) -> str | None:
        return self.rxcuis[0] if self.rxcuis else None


@dataclass(frozen=True, slots=True)
class ImportedAllergy:
    """A substance not to be given; `kind` is allergy, intolerance or "" (not said)."""

    substance: str
    reaction: str = ""
    severity: str = ""
    kind: str = ""
    category: str = ""
    criticality: str = ""
    code: str = ""
    code_system: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedCondition:
    """`code_system` is icd10, snomed, icd9 or ""; `text` is what the source calls it."""

    text: str
    code: str = ""
    code_system: str = ""
    is_active: bool = True
    source_status: str = ""
    onset_on: dt.date | None = None
    ended_on: dt.date | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedObservation:
    """The latest result of one test: `value` with its unit, or `words`. `comparator` is <, <=, > or >=."""

    name: str
    value: Decimal | None = None
    words: str = ""
    unit: str = ""
    on: dt.date | None = None
    loinc: str = ""
    comparator: str = ""
    category: str = ""
    source: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The result as people read it, with at most four decimals: "38 mL/min/1.73m2"."""
        number = f"{round(self.value, 4):f}".rstrip("0").rstrip(".") if self.value is not None and self.value % 1 else self.value
        return f"{self.words or number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class ImportedImmunization:
    name: str
    on: dt.date | None = None
    cvx: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedCoverage:
    plan: str
    member_id: str = ""
    kind: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number the source knows the patient by; `kind` is its HL7 type, such as MR."""

    value: str
    system: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPatient:
    """One person's chart as the file tells it; a nameless one can only go onto a chart that is open."""

    given_name: str | None = None
    family_name: str | None = None
    preferred_name: str = ""
    birth_date: dt.date | None = None
    sex: str | None = None
    is_deceased: bool | None = None
    deceased_on: dt.date | None = None
    identifiers: tuple[Identifier, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""
    address_lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    language: str = ""
    language_name: str = ""
    interpreter_needed: bool | None = None
    primary_care: str = ""
    primary_care_npi: str = ""
    medications: tuple[ImportedMedication, ...] = ()
    allergies: tuple[ImportedAllergy, ...] = ()
    no_known_allergies: bool = False
    conditions: tuple[ImportedCondition, ...] = ()
    observations: tuple[ImportedObservation, ...] = ()
    immunizations: tuple[ImportedImmunization, ...] = ()
    coverages: tuple[ImportedCoverage, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        return " ".join(part for part in (self.given_name, self.family_name) if part) or None

    @property
    def active_medications(self) -> tuple[ImportedMedication, ...]:
        return tuple(line for line in self.medications if line.is_active)

    @property
    def past_medications(self) -> tuple[ImportedMedication, ...]:
        return tuple(line for line in self.medications if not line.is_active)

    @property
    def active_conditions(self) -> tuple[ImportedCondition, ...]:
        return tuple(line for line in self.conditions if line.is_active)

    @property
    def is_empty(self) -> bool:
        return not (
            self.name
            or self.birth_date
            or self.medications
            or self.allergies
            or self.no_known_allergies
            or self.conditions
            or self.observations
            or self.immunizations
            or self.coverages
        )


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """Everything read from one file. `ignored` counts what this program does not import, by kind."""

    format: str
    patients: tuple[ImportedPatient, ...] = ()
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    ignored: dict[str, int] = field(default_factory=dict)


def as_json(value: Any) -> Any:
    """Dataclasses, dates and decimals as JSON values; a decimal is a text, so that no digit changes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: as_json(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def from_json(kind: type[Kind], data: dict[str, Any]) -> Kind:
    """The dataclass `kind` that `as_json` wrote down; raises KeyError, TypeError or ValueError on anything else."""
    hints = get_type_hints(kind)
    return kind(**{name: _typed(hints[name], value) for name, value in data.items()})


def _typed(hint: Any, value: Any) -> Any:
    """`value` as the annotation asks: X, X | None, tuple[X, ...], where X is a dataclass, a date, a decimal or plain."""
    parts = get_args(hint)
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(_typed(parts[0], item) for item in value)
    wanted = next((part for part in parts if part is not type(None)), hint) if parts else hint
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        return from_json(wanted, value)
    if wanted is dt.date:
        return dt.date.fromisoformat(value)
    return Decimal(value) if wanted is Decimal else value
