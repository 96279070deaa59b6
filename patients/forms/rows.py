"""One form for each kind of row in a chart."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.once import VersionMixin
from mtm.lib.dates import USDateField
from mtm.lib.text import CleanTextField
from patients.forms.base import ChartForm
from patients.forms.fields import PhoneField
from patients.measures import Measure, measure_of, test_names
from patients.models import Allergy, Answered, Condition, Consent, Contact, Source

ICD10 = re.compile(r"^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")
NUMBER = re.compile(r"^-?[0-9]{1,7}(\.[0-9]{1,4})?$")
PRESSURE = re.compile(r"^([0-9]{2,3}) ?/ ?([0-9]{2,3})$")


class SourcedForm(ChartForm):
    source = forms.ChoiceField(choices=Source, initial=Source.PATIENT, label="Who said so")


class AllergyForm(SourcedForm):
    substance = CleanTextField(max_length=200, label="Substance")
    kind = forms.ChoiceField(choices=Allergy.Kind, initial=Allergy.Kind.ALLERGY, label="Kind")
    reaction = CleanTextField(max_length=300, required=False, label="What happened")
    severity = forms.ChoiceField(choices=Allergy.Severity, required=False, label="How bad")
    noted_on = USDateField(required=False, label="Since")

    rows = (("substance", "kind"), ("reaction", "severity"), ("noted_on", "source"))


class ConditionForm(SourcedForm):
    name = CleanTextField(max_length=200, label="Condition", help_text="Plain words are enough.")
    system = forms.ChoiceField(choices=Condition.System, required=False, label="Code system")
    code = CleanTextField(max_length=20, required=False, label="Code")
    started_on = USDateField(required=False, label="Since")
    resolved_on = USDateField(required=False, label="Resolved on")

    rows = ("name", ("system", "code"), ("started_on", "resolved_on", "source"))

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip().upper()
        if code and "." not in code and len(code) > 3 and code[0].isalpha():
            code = f"{code[:3]}.{code[3:]}"
        return code

    def check_together(self) -> None:
        system, code = self.cleaned_data.get("system"), self.cleaned_data.get("code")
        if code and not system:
            self.refuse("system", "Say which system the code is from.")
        if system and not code:
            self.refuse("code", "Enter the code, or choose No code.")
        if code and system == Condition.System.ICD10 and not ICD10.match(code):
            self.refuse("code", "An ICD-10-CM code looks like I48.91.")
        if code and system == Condition.System.SNOMED and not re.fullmatch(r"\d{6,18}", code):
            self.refuse("code", "A SNOMED CT code has 6 to 18 digits.")
        check_order(self, "started_on", "resolved_on", "This is before the start.")


class ObservationForm(SourcedForm):
    """A result: a number, a blood pressure such as 126/68 (stored as two results), or words."""

    name = CleanTextField(max_length=120, label="Test", widget=forms.TextInput(attrs={"list": "test-names", "autocomplete": "off"}))
    result = CleanTextField(max_length=120, label="Result", help_text="Such as 38, 126/68 or not detected.")
    unit = CleanTextField(max_length=40, required=False, label="Unit")
    measured_on = USDateField(label="Date", initial=timezone.localdate)
    source = forms.ChoiceField(choices=Source, initial=Source.CLINIC, label="Who said so")

    rows = (("name", "result", "unit"), ("measured_on", "source"))
    suggestions = staticmethod(test_names)

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        return {
            "name": row.name,
            "result": row.shown_value,
            "unit": row.unit,
            "measured_on": row.measured_on,
            "source": row.source,
            "version": row.version,
        }

    @property
    def measure(self) -> Measure | None:
        name = self.cleaned_data.get("name", "")
        same = self.row is not None and name == self.row.name
        return measure_of(name, self.row.code if same else "")

    @property
    def pressure(self) -> tuple[Decimal, Decimal] | None:
        """Systolic and diastolic, when the result is written so."""
        match = PRESSURE.match(self.cleaned_data.get("result", ""))
        return (Decimal(match.group(1)), Decimal(match.group(2))) if match else None

    @property
    def number(self) -> Decimal | None:
        text = self.cleaned_data.get("result", "").replace(",", "")
        return Decimal(text) if NUMBER.match(text) else None

    @property
    def is_pressure(self) -> bool:
        return " ".join(self.cleaned_data.get("name", "").split()).casefold() in {"bp", "blood pressure"}

    def check_together(self) -> None:
        if {"name", "result"} & set(self.errors):
            return
        if self.is_pressure or (self.pressure and not self.measure):
            self.check_pressure()
        elif self.measure and self.number is not None:
            self.check_unit(self.measure)
        elif re.match(r"^[-+.\d]", self.cleaned_data["result"]) and self.number is None and not self.pressure:
            self.refuse("result", "Enter a number such as 1.3, with at most four decimals, or the result in words.")

    def check_pressure(self) -> None:
        if not self.pressure:
            self.refuse("result", "Enter both numbers, such as 126/68.")
        elif self.row is not None:
            self.refuse("result", "Change one of the two numbers at a time.")
        elif (plain := self.cleaned_data.get("unit", "").casefold().replace(" ", "")) and plain not in {"mmhg", "mm[hg]"}:
            self.refuse("unit", "Blood pressure is given in mmHg.")

    def check_unit(self, measure: Measure) -> None:
        unit = self.cleaned_data.get("unit", "")
        if not unit and measure.needs_unit:
            self.refuse("unit", f"Which unit? {measure.unit_list}.")
        elif measure.canonical(Decimal(1), unit) is None:
            wanted = f"is given in {measure.unit_list}" if measure.unit else "has no unit"
            self.refuse("unit", f"{unit} does not fit: {measure.label} {wanted}.")

    def doubts(self) -> Iterator[str]:
        measure, number = self.measure, self.number
        if measure and number is None and not self.pressure:
            yield f"“{self.cleaned_data['result']}” is not a number, so no rule can read this {measure.label}. Keep it in words?"
        if measure and number is not None:
            plain = measure.canonical(number, self.cleaned_data["unit"])
            if plain is not None and not measure.is_possible(plain):
                yield f"{measure.label} {number} {self.cleaned_data['unit']} is outside what people have. Are number and unit right?"
        if self.pressure and not self.row:
            high, low = self.pressure
            if not (60 <= high <= 250 and 30 <= low <= 150 and low < high):
                yield f"Blood pressure {high}/{low} is unusual. Is it right?"

    @property
    def values(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("name", "unit", "measured_on", "source")}
        if self.pressure and not self.row and (self.is_pressure or not self.measure):
            return data | {"pressure": self.pressure}
        if self.measure and self.number is not None:
            data["unit"] = self.measure.spelled(data["unit"])
        code = self.row.code if self.row is not None and self.row.name == data["name"] else ""
        return data | {"code": code, "value": self.number, "text_value": "" if self.number is not None else self.cleaned_data["result"]}


class SocialHistoryForm(SourcedForm):
    recorded_on = USDateField(label="Date", initial=timezone.localdate)
    alcohol = CleanTextField(max_length=200, required=False, label="Alcohol", help_text="Such as none, 2 drinks a week, 4 a day.")
    tobacco = CleanTextField(max_length=200, required=False, label="Tobacco")
    caffeine = CleanTextField(max_length=200, required=False, label="Caffeine")
    other_use = CleanTextField(max_length=200, required=False, label="Cannabis and other use")
    living_situation = CleanTextField(max_length=200, required=False, label="Lives")
    dexterity = CleanTextField(max_length=200, required=False, label="Hands", help_text="Opens bottles, holds an inhaler, injects.")
    vision = CleanTextField(max_length=200, required=False, label="Vision")
    pill_box = CleanTextField(max_length=200, required=False, label="Pill box")

    rows = (
        ("alcohol", "tobacco"),
        ("caffeine", "other_use"),
        ("living_situation", "pill_box"),
        ("dexterity", "vision"),
        ("recorded_on", "source"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.get(name) for line in self.rows[:4] for name in line):
            raise ValidationError("Fill in at least one line.", code="empty")
        return data


class ImmunizationForm(SourcedForm):
    name = CleanTextField(max_length=200, label="Vaccine")
    code = CleanTextField(max_length=8, required=False, label="CVX code")
    given_on = USDateField(required=False, label="Date")
    is_declined = forms.BooleanField(required=False, label="Declined")

    rows = (("name", "code"), ("given_on", "source"), "is_declined")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code and not re.fullmatch(r"\d{1,4}", code):
            raise ValidationError("A CVX code is a number such as 150.", code="invalid")
        return code


class ContactForm(ChartForm):
    role = forms.ChoiceField(choices=Contact.Role, label="Role")
    name = CleanTextField(max_length=200, label="Name")
    relationship = CleanTextField(max_length=80, required=False, label="Relationship")
    phone = PhoneField(label="Phone")
    address = CleanTextField(max_length=400, multiline=True, rows=2, required=False, label="Address")
    may_discuss = forms.BooleanField(required=False, label="The patient agrees that we speak with this person")
    permission_on = USDateField(required=False, label="Agreed on")

    rows = (("name", "role"), ("relationship", "phone"), "address", ("may_discuss", "permission_on"))

    def check_together(self) -> None:
        if self.cleaned_data.get("may_discuss") and not self.cleaned_data.get("permission_on") and "permission_on" not in self.errors:
            self.cleaned_data["permission_on"] = timezone.localdate()
        if self.cleaned_data.get("permission_on") and not self.cleaned_data.get("may_discuss"):
            self.refuse("may_discuss", "There is a date: tick that the patient agrees, or remove the date.")


class PlanMembershipForm(ChartForm):
    plan_name = CleanTextField(max_length=200, label="Plan or program")
    contract_number = CleanTextField(max_length=10, required=False, label="Contract number")
    member_id = CleanTextField(max_length=60, required=False, label="Member id")
    is_part_d = forms.BooleanField(required=False, label="Medicare Part D plan", help_text="Makes a comprehensive review a Medicare one.")
    mtm_enrolled_on = USDateField(required=False, label="MTM enrollment")
    starts_on = USDateField(required=False, future=True, label="Starts")
    ends_on = USDateField(required=False, future=True, label="Ends")

    rows = ("plan_name", ("contract_number", "member_id"), "is_part_d", ("starts_on", "ends_on", "mtm_enrolled_on"))

    def check_together(self) -> None:
        check_order(self, "starts_on", "ends_on", "This is before the start.")


class ConsentForm(ChartForm):
    kind = forms.ChoiceField(choices=Consent.Kind, label="To what")
    is_given = forms.TypedChoiceField(
        choices=[("True", "Yes"), ("False", "No")], coerce=lambda text: text == "True", initial="True", label="Answer"
    )
    given_on = USDateField(label="Date", initial=timezone.localdate)
    expires_on = USDateField(required=False, future=True, label="Until")
    note = CleanTextField(max_length=300, required=False, label="Note")

    rows = (("kind", "is_given"), ("given_on", "expires_on"), "note")

    def check_together(self) -> None:
        check_order(self, "given_on", "expires_on", "This is before the consent.")


class ExternalIdentifierForm(ChartForm):
    system = CleanTextField(max_length=200, label="Given by", help_text="Such as the clinic (MRN) or the health plan.")
    value = CleanTextField(max_length=120, label="Number")

    rows = (("system", "value"),)


class InErrorForm(VersionMixin, forms.Form):
    """Why a row should never have been there."""

    reason = CleanTextField(max_length=300, label="Why was this wrong?")


class VersionForm(VersionMixin, forms.Form):
    """A button that acts on a row as it was shown."""


class AnswerForm(VersionMixin, forms.Form):
    """That there are none, or that nobody asked; `version` is the patient's."""

    status = forms.ChoiceField(choices=[(Answered.NONE.value, "None known"), (Answered.UNKNOWN.value, "Not asked")])


def check_order(form: ChartForm, first: str, last: str, message: str) -> None:
    """The second day does not lie before the first."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.refuse(last, message)
