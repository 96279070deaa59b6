"""The kinds of rows in a chart: one table from which routes, forms, lists and pages are made."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patients.forms import rows as forms
from patients.forms.base import ChartForm
from patients.measures import OLD_AFTER, measure_of
from patients.models import (
    Allergy,
    ChartRow,
    Condition,
    Consent,
    Contact,
    ExternalIdentifier,
    Immunization,
    Observation,
    PlanMembership,
    SocialHistory,
)

ROUTES = {"add": "add", "closed": "panel", "history": "history", "in_error": "in-error", "put_back": "put-back", "answer": "none"}


@dataclass(frozen=True)
class Line:
    """How a row reads in its list: what it is, its value with a word, and the rest in small print."""

    main: str
    value: str = ""
    word: str = ""
    detail: str = ""
    is_old: bool = False


@dataclass(frozen=True)
class RowKind:
    """One kind of row. `noun` names its routes and its panel; `none` is the sentence for "there are none"."""

    noun: str
    model: type[ChartRow]
    form: type[ChartForm]
    title: str
    one: str
    line: Callable[[Any, dt.date], Line]
    empty: str
    none: str = ""

    @property
    def routes(self) -> dict[str, str]:
        """The names of its routes."""
        return {name: f"{self.noun}-{ending}" for name, ending in ROUTES.items()}


def day(value: dt.date | None, before: str = "") -> str:
    return f"{before} {value:%b} {value.day}, {value.year}".strip() if value else ""


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def allergy_line(row: Allergy, today: dt.date) -> Line:
    kind = "" if row.kind == Allergy.Kind.ALLERGY else "side effect"
    severity = row.get_severity_display().lower() if row.severity else ""
    return Line(row.substance, row.reaction, detail=joined(kind, severity, day(row.noted_on, "since"), row.get_source_display().lower()))


def condition_line(row: Condition, today: dt.date) -> Line:
    code = f"{row.get_system_display()} {row.code}" if row.code else "no code"
    return Line(row.name, detail=joined(code, day(row.started_on, "since"), day(row.resolved_on, "resolved")), is_old=bool(row.resolved_on))


def observation_line(row: Observation, today: dt.date) -> Line:
    measure = measure_of(row.name, row.code)
    word = measure.word(row.value, row.unit) if measure else ""
    unit = row.unit.replace("{1.73_m2}", "1.73 m2")
    is_old = today - row.measured_on > OLD_AFTER
    return Line(row.name, f"{row.shown_value} {unit}".strip(), word, joined(day(row.measured_on), "old" if is_old else ""), is_old)


def immunization_line(row: Immunization, today: dt.date) -> Line:
    return Line(row.name, "declined" if row.is_declined else "", detail=day(row.given_on) or "date not known")


def social_line(row: SocialHistory, today: dt.date) -> Line:
    told = [("Alcohol", row.alcohol), ("Tobacco", row.tobacco), ("Caffeine", row.caffeine), ("Other use", row.other_use),
            ("Lives", row.living_situation), ("Hands", row.dexterity), ("Vision", row.vision), ("Pill box", row.pill_box)]  # fmt: skip
    return Line(day(row.recorded_on), "; ".join(f"{name}: {text}" for name, text in told if text), detail=row.get_source_display().lower())


def contact_line(row: Contact, today: dt.date) -> Line:
    may = (
        f"we may speak with this person, {day(row.permission_on)}".rstrip(", ")
        if row.may_discuss
        else "no permission to speak with this person"
    )
    return Line(row.name, joined(row.relationship, row.phone), detail=joined(row.get_role_display().lower(), may))


def plan_line(row: PlanMembership, today: dt.date) -> Line:
    dates = joined(day(row.starts_on, "from"), day(row.ends_on, "until"), day(row.mtm_enrolled_on, "in MTM since"))
    return Line(
        row.plan_name, row.member_id, detail=joined("Medicare Part D" if row.is_part_d else "", dates), is_old=not row.is_active_on(today)
    )


def consent_line(row: Consent, today: dt.date) -> Line:
    return Line(
        row.get_kind_display(), "yes" if row.is_given else "no", detail=joined(day(row.given_on), day(row.expires_on, "until"), row.note)
    )


def identifier_line(row: ExternalIdentifier, today: dt.date) -> Line:
    return Line(row.system, row.value)


KINDS = {
    kind.noun: kind
    for kind in (
        RowKind("allergy", Allergy, forms.AllergyForm, "Allergies", "allergy", allergy_line, "Nobody asked yet.", "No known allergies"),
        RowKind(
            "condition",
            Condition,
            forms.ConditionForm,
            "Conditions",
            "condition",
            condition_line,
            "Nobody asked yet.",
            "No known conditions",
        ),
        RowKind("observation", Observation, forms.ObservationForm, "Labs and vitals", "result", observation_line, "No results on file."),
        RowKind("social", SocialHistory, forms.SocialHistoryForm, "Daily life", "answers", social_line, "Nobody asked yet."),
        RowKind(
            "immunization", Immunization, forms.ImmunizationForm, "Immunizations", "vaccine", immunization_line, "No vaccines on file."
        ),
        RowKind("contact", Contact, forms.ContactForm, "Contacts", "contact", contact_line, "No caregiver or emergency contact on file."),
        RowKind("coverage", PlanMembership, forms.PlanMembershipForm, "Insurance and programs", "plan", plan_line, "No plan on file."),
        RowKind("consent", Consent, forms.ConsentForm, "Consents", "consent", consent_line, "No consent on file."),
        RowKind(
            "identifier",
            ExternalIdentifier,
            forms.ExternalIdentifierForm,
            "Numbers elsewhere",
            "number",
            identifier_line,
            "No numbers on file.",
        ),
    )
}
