"""Registering a patient, and changing what is known about them."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.once import VersionMixin
from mtm.lib.dates import USDateField, age_on
from mtm.lib.text import CleanTextField
from patients.forms.base import ChartForm
from patients.forms.fields import HeightField, PhoneField, WeightField, feet_and_inches, pounds
from patients.models import Language, Patient, Pharmacy, Prescriber, Sex

YES_NO_UNKNOWN = [("", "Not asked"), ("True", "Yes"), ("False", "No")]
GESTATION = dt.timedelta(weeks=42)


class NameField(CleanTextField):
    """A name has at least one letter."""

    def clean(self, value: Any) -> str:
        text = " ".join(super().clean(value).split())
        if text and not any(char.isalpha() for char in text):
            raise ValidationError("Enter a name with letters.", code="invalid")
        return text


class PatientForm(ChartForm):
    given_names = NameField(max_length=120, label="Given names")
    family_name = NameField(max_length=120, label="Family name")
    preferred_name = NameField(max_length=120, required=False, label="Likes to be called")
    birth_date = USDateField(label="Birth date")
    sex = forms.ChoiceField(choices=Sex, initial=Sex.UNKNOWN, label="Sex", help_text="As doses and ranges need it.")
    phone = PhoneField(label="Phone")
    second_phone = PhoneField(label="Second phone")
    email = forms.EmailField(required=False, max_length=254, label="E-mail")
    address = CleanTextField(max_length=400, multiline=True, required=False, label="Address", help_text="As on an envelope.")
    postal_code = CleanTextField(max_length=10, required=False, label="ZIP code")
    language = forms.ChoiceField(choices=Language, initial=Language.ENGLISH, label="Reads")
    other_language = CleanTextField(max_length=60, required=False, label="Which other language")
    communication_needs = CleanTextField(
        max_length=300, required=False, label="Communication needs", help_text="Such as large print, interpreter, hearing aid."
    )
    weight_kg = WeightField(label="Weight")
    weight_on = USDateField(required=False, label="Weighed on", help_text="Today when left empty.")
    height_cm = HeightField(label="Height")
    pregnancy_status = forms.ChoiceField(
        choices=Patient._meta.get_field("pregnancy_status").choices, initial="unknown", required=False, label="Pregnancy"
    )
    pregnant_until = USDateField(required=False, future=True, label="Due date")
    is_lactating = forms.TypedChoiceField(
        choices=YES_NO_UNKNOWN, coerce=lambda text: text == "True", empty_value=None, required=False, label="Breastfeeding"
    )
    goal = CleanTextField(max_length=500, required=False, multiline=True, rows=2, label="Goal, in the patient's words")
    primary_care = forms.ModelChoiceField(Prescriber.objects.none(), required=False, empty_label="Not known", label="Primary care")
    pharmacy = forms.ModelChoiceField(Pharmacy.objects.none(), required=False, empty_label="Not known", label="Pharmacy")
    is_active = forms.BooleanField(
        required=False, initial=True, label="In our care", help_text="Untick for someone who has left; the chart stays."
    )
    deceased_on = USDateField(required=False, label="Died on")

    rows = (
        ("given_names", "family_name"), ("preferred_name", "birth_date", "sex"), ("phone", "second_phone", "email"),
        ("address", "postal_code"), ("language", "other_language"), "communication_needs",
        ("weight_kg", "weight_on", "height_cm"), ("pregnancy_status", "pregnant_until", "is_lactating"),
        "goal", ("primary_care", "pharmacy"), ("is_active", "deceased_on"),
    )  # fmt: skip

    def clean_weight_on(self) -> dt.date | None:
        """The day of the weight as told, else today; a new weight does not keep the old one's day."""
        weight, day = self.cleaned_data.get("weight_kg"), self.cleaned_data["weight_on"]
        if weight is None:
            return None
        is_left_over = self.row is not None and weight != self.row.weight_kg and day == self.row.weight_on
        return timezone.localdate() if day is None or is_left_over else day

    def clean_pregnancy_status(self) -> str:
        return self.cleaned_data["pregnancy_status"] or "unknown"

    def check_together(self) -> None:
        data = self.cleaned_data
        born, died, due = data.get("birth_date"), data.get("deceased_on"), data.get("pregnant_until")
        if born and died and died < born:
            self.refuse("deceased_on", "This is before the birth date.")
        if born and data.get("weight_on") and data["weight_on"] < born:
            self.refuse("weight_on", "This is before the birth date.")
        if data.get("sex") == Sex.MALE and data.get("pregnancy_status") == "yes":
            self.refuse("pregnancy_status", "The sex says male. Correct one of the two.")
        if due and data.get("pregnancy_status") != "yes":
            self.refuse("pregnancy_status", "There is a due date: choose Pregnant, or remove the date.")
        if due and not dt.timedelta(days=-42) <= due - timezone.localdate() <= GESTATION:
            self.refuse("pregnant_until", "A due date lies within the next 42 weeks. Check the year.")
        if data.get("language") == Language.OTHER and not data.get("other_language"):
            self.refuse("other_language", "Say which language.")

    def doubts(self) -> Iterator[str]:
        data = self.cleaned_data
        age = age_on(data["birth_date"], data.get("deceased_on") or timezone.localdate())
        if age > 110 or age < 18:
            yield f"Born {data['birth_date']:%m/%d/%Y}, the patient is {age} years old. Is the birth year right?"
        yield from self.body_doubts(age)

    def body_doubts(self, age: int) -> Iterator[str]:
        weight, height = self.cleaned_data.get("weight_kg"), self.cleaned_data.get("height_cm")
        if weight is not None and age >= 18 and not Decimal(30) <= weight <= Decimal(250):
            yield f"Weight {weight} kg ({pounds(weight)} lb) is unusual for an adult. Are number and unit right?"
        if height is not None and age >= 18 and not Decimal(120) <= height <= Decimal(215):
            yield f"Height {height} cm ({feet_and_inches(height)}) is unusual for an adult. Are number and unit right?"


class FindForm(forms.Form):
    """Searches travel by POST: a name in an address would stay in logs and histories."""

    q = CleanTextField(max_length=80, required=False, label="Name, birth date or phone")
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)


class MergeForm(VersionMixin, forms.Form):
    """Both charts as the preview showed them."""

    into_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
