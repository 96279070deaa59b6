"""How a line of a file becomes a row of the chart: each with its source, written by the record room's own verbs."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import Organization, User
from exchange.chart import (
    ImportedAllergy,
    ImportedCondition,
    ImportedCoverage,
    ImportedImmunization,
    ImportedMedication,
    ImportedObservation,
    ImportedPatient,
)
from exchange.compare import NEW, Row, stop_day
from exchange.merge import plain_name
from patients.models import (
    Allergy,
    Condition,
    ExternalIdentifier,
    Immunization,
    Language,
    Medication,
    Observation,
    Patient,
    PlanMembership,
    Prescriber,
    Sex,
    Source,
)
from patients.services.charts import add_patient
from patients.services.directory import add_entry
from patients.services.medications import add_medication, change_medication, record_fill
from patients.services.rows import add_row

FOUR_PLACES = Decimal("0.0001")
SEVERITIES = frozenset(Allergy.Severity.values)


@dataclass(frozen=True)
class Writer:
    """Writes ticked rows into one chart; `where` is the source's detail, such as "FHIR import of rosa.json"."""

    patient: Patient
    by: User
    where: str
    today: dt.date

    @property
    def source(self) -> dict[str, str]:
        return {"source": Source.IMPORT, "source_detail": self.where}

    def write(self, section: str, row: Row) -> None:
        getattr(self, f"_{section}")(row)

    def _active(self, row: Row) -> None:
        if row.state == NEW:
            self.add_medicine(row.line)
        else:
            change_medication(row.existing, by=self.by, version=row.existing.version, **row.changes, **self.source)

    _past = _active

    def add_medicine(self, line: ImportedMedication) -> Medication:
        """A new line with its fills. A past one gets a day on which it had been stopped at the latest."""
        ended = {} if line.is_active else {"stopped_on": stop_day(line, self.today), "stop_reason": _stop_reason(line)}
        doctor = prescriber(self.patient.organization, line.prescriber, line.prescriber_npi, by=self.by)
        medication = add_medication(
            self.patient,
            by=self.by,
            text=line.text,
            rxcui="" if line.status == "ambiguous" else line.product_rxcui or line.rxcui or "",
            directions=line.directions,
            reason=plain_name(line.reason),
            prescriber=doctor,
            started_on=line.started_on,
            last_filled_on=max((fill.on for fill in line.fills), default=None),
            **self.source,
            **ended,
        )
        for fill in line.fills:
            record_fill(medication, by=self.by, filled_on=fill.on, days_supply=fill.days_supply, quantity=_quantity(fill.quantity))
        return medication

    def _allergy(self, row: Row) -> None:
        line: ImportedAllergy = row.line
        severity = line.severity if line.severity in SEVERITIES else ""
        kind = Allergy.Kind.INTOLERANCE if line.kind == "intolerance" else Allergy.Kind.ALLERGY
        self._add(Allergy, substance=line.substance, kind=kind, reaction=line.reaction, severity=severity)

    def _condition(self, row: Row) -> None:
        line: ImportedCondition = row.line
        code = {"system": line.code_system, "code": line.code} if line.code_system in ("icd10", "snomed") else {}
        starts = line.onset_on if not (line.ended_on and line.onset_on and line.onset_on > line.ended_on) else None
        self._add(Condition, name=plain_name(line.text), started_on=starts, resolved_on=None if line.is_active else line.ended_on, **code)

    def _observation(self, row: Row) -> None:
        line: ImportedObservation = row.line
        value = line.value.quantize(FOUR_PLACES) if line.value is not None else None
        self._add(Observation, name=line.name, code=line.loinc, value=value, text_value=line.words, unit=line.unit, measured_on=line.on)

    def _immunization(self, row: Row) -> None:
        line: ImportedImmunization = row.line
        self._add(Immunization, name=line.name, code=line.cvx, given_on=line.on)

    def _coverage(self, row: Row) -> None:
        line: ImportedCoverage = row.line
        self._add(PlanMembership, plan_name=line.plan, member_id=line.member_id, is_part_d="part d" in f"{line.kind} {line.plan}".lower())

    def identifiers(self, chart: ImportedPatient) -> None:
        """The numbers by which the source knows the patient, those that the chart does not have yet."""
        numbers = ExternalIdentifier.objects.visible_to(self.patient.organization).of(self.patient).current()
        known = set(numbers.values_list("system", "value"))
        for item in chart.identifiers:
            if (item.system or "the imported file", item.value) not in known:
                self._add(ExternalIdentifier, system=item.system or "the imported file", value=item.value)

    def _add(self, model: Any, **values: Any) -> None:
        add_row(model, self.patient, by=self.by, **values, **self.source)


def new_patient(organization: Organization, chart: ImportedPatient, *, by: User) -> Patient:
    """Register the person of a file, who must have a name and a birth date."""
    doctor = prescriber(organization, chart.primary_care, chart.primary_care_npi, by=by)
    return add_patient(
        organization,
        by=by,
        given_names=chart.given_name or "",
        family_name=chart.family_name or "",
        preferred_name="" if chart.preferred_name == chart.given_name else chart.preferred_name,
        birth_date=chart.birth_date,
        sex=chart.sex or Sex.UNKNOWN,
        deceased_on=chart.deceased_on,
        is_active=not chart.is_deceased,
        phone=next(iter(chart.phones), ""),
        second_phone=next(iter(chart.phones[1:]), ""),
        email=chart.email,
        address=_address(chart),
        postal_code=chart.postal_code,
        communication_needs="Interpreter" if chart.interpreter_needed else "",
        primary_care=doctor,
        **_language(chart),
    )


def _language(chart: ImportedPatient) -> dict[str, str]:
    """English where nothing is said, as on the form for a new patient."""
    if chart.language in ("", Language.ENGLISH, Language.SPANISH):
        return {"language": chart.language or Language.ENGLISH}
    return {"language": Language.OTHER, "other_language": chart.language_name or chart.language}


def _address(chart: ImportedPatient) -> str:
    """Street and place; the ZIP code has a field of its own."""
    place = f"{chart.city}, {chart.state}" if chart.city and chart.state else chart.city or chart.state
    return "\n".join(filter(None, [*chart.address_lines, place]))


def prescriber(organization: Organization, name: str, npi: str, *, by: User) -> Prescriber | None:
    """The prescriber of the directory with this NPI or name, added when there is none."""
    if not name:
        return None
    directory = Prescriber.objects.visible_to(organization)
    found = directory.filter(npi=npi).first() if npi else None
    found = found or directory.filter(name__iexact=name).first()
    return found or add_entry(Prescriber, organization, by=by, name=name, npi=npi)


def _stop_reason(line: ImportedMedication) -> str:
    told = line.stop_reason or f"{line.source_status or 'ended'} according to the file"
    return told if line.stopped_on else f"{told}; the day is the last on which the file mentions it"


def _quantity(quantity: Decimal | None) -> Decimal | None:
    """As the column holds it: two places, below ten million."""
    return quantity.quantize(Decimal("0.01")) if quantity is not None and quantity < 10**7 else None
