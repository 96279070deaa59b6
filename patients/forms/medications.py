"""Typing a line of the medication list, changing it, stopping it, and a fill."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from accounts.models import Organization
from accounts.once import RequestKeyMixin, VersionMixin
from mtm.lib.dates import USDateField
from mtm.lib.text import CleanTextField
from patients.models import Medication, Prescriber, Source

THEMSELVES = frozenset({"patient", "self", "herself", "himself", "themself", "themselves", "me", "otc"})
DIRECTORY_SHOWN = 300  # names offered while typing; any other is found when the line is saved
TITLES = frozenset({"dr", "dr.", "doctor", "the"})
code_field = RegexValidator(r"^\d{1,12}$", "This medicine's code is not right. Choose the medicine from the list again.")


class LineForm(forms.Form):
    """The five columns of the table. `rxcui` is the code of the item that was picked, if one was."""

    text = CleanTextField(max_length=300, label="Medicine", error_messages={"required": "Type the medicine."})
    rxcui = forms.CharField(required=False, max_length=12, validators=[code_field], widget=forms.HiddenInput)
    directions = CleanTextField(max_length=600, required=False, label="Directions")
    reason = CleanTextField(max_length=200, required=False, label="For")
    came_from = CleanTextField(max_length=200, required=False, label="From")
    last_filled_on = USDateField(required=False, label="Last fill")

    columns = ("text", "directions", "reason", "came_from", "last_filled_on")
    placeholders = {"text": "such as metop 50", "directions": "such as 1 po bid wc", "came_from": "prescriber or source"}

    def __init__(self, data: Any = None, *, organization: Organization, key: str = "new", **kwargs: Any) -> None:
        self.organization, self.key = organization, key
        super().__init__(data, auto_id=f"{key}-%s", **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field.widget, forms.HiddenInput | forms.CheckboxInput):
                look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                field.widget.attrs |= {"form": f"{key}-form", "class": look}
            if name in self.placeholders:
                field.widget.attrs |= {"placeholder": self.placeholders[name], "autocomplete": "off"}
        self.fields["reason"].widget.attrs |= {"list": "conditions", "autocomplete": "off"}
        self.fields["came_from"].widget.attrs["list"] = "prescribers"
        self.fields["last_filled_on"].widget.attrs["placeholder"] = "mm/dd/yyyy"

    def clean(self) -> dict[str, Any]:
        """Turn `came_from` into a prescriber of the directory, a source, or words of its own."""
        data = super().clean()
        typed = data.get("came_from", "")
        data["prescriber"] = prescriber = find_prescriber(self.organization, typed) if typed else None
        source = None if prescriber else source_named(typed)
        data["source_detail"] = "" if prescriber or source else typed
        if source:
            data["source"] = source
        data["came_from"] = from_words(prescriber, data["source_detail"]) or typed
        return data

    @property
    def other_errors(self) -> list[str]:
        """Errors that belong to no visible field."""
        return [*self.non_field_errors(), *(error for field in self.hidden_fields() for error in field.errors)]

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned columns of a Medication, with the picked `rxcui`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "request_key", "came_from"}}


class NewLineForm(RequestKeyMixin, LineForm):
    """The entry row. `source` says who tells all this: it stays chosen from line to line."""

    source = forms.ChoiceField(choices=Source, required=False, initial=Source.PATIENT, label="Told by")


class DraftForm(LineForm):
    """The entry row while it is typed: anything may still be missing. `ref` is the line being changed."""

    ref = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        for name in ("reason", "came_from", "last_filled_on"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


class EditLineForm(VersionMixin, LineForm):
    """The same columns with everything else that a line can hold."""

    kind = forms.ChoiceField(choices=Medication.Kind, label="Kind")
    as_taken = CleanTextField(max_length=600, required=False, label="How it is really taken")
    directions_en = CleanTextField(max_length=600, required=False, label="In plain English")
    directions_es = CleanTextField(max_length=600, required=False, label="In plain Spanish")
    morning = CleanTextField(max_length=20, required=False, label="Morning")
    noon = CleanTextField(max_length=20, required=False, label="Noon")
    evening = CleanTextField(max_length=20, required=False, label="Evening")
    bedtime = CleanTextField(max_length=20, required=False, label="Bedtime")
    is_as_needed = forms.BooleanField(required=False, label="Only when needed")
    reason_es = CleanTextField(max_length=200, required=False, label="What it is for, in Spanish")
    started_on = USDateField(required=False, label="Started on")
    source = forms.ChoiceField(choices=Source, label="Told by")

    details = (
        "as_taken", "kind", "source", "started_on", "directions_en", "directions_es", "reason_es",
        "morning", "noon", "evening", "bedtime", "is_as_needed",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, line: Medication, **kwargs: Any) -> None:
        self.line = line
        super().__init__(data, key=f"line-{line.pk}", initial=self.initial_of(line), **kwargs)
        self.fields["is_as_needed"].widget.attrs |= {"form": f"line-{line.pk}-form", "class": "form-check-input"}
        if not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True  # where a refused form has the focus, its errors decide

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.details]

    @classmethod
    def initial_of(cls, line: Medication) -> dict[str, Any]:
        """What the fields show for this line."""
        own = {name: getattr(line, name) for name in cls.base_fields if hasattr(line, name)}
        return own | {"came_from": from_words(line.prescriber, line.source_detail)}

    def clean(self) -> dict[str, Any]:
        """From, when left as it was, stays what it was, even where two prescribers share a name."""
        untouched = self.cleaned_data.get("came_from", "") == self.initial["came_from"]
        data = super().clean()
        if untouched:
            data |= {"prescriber": self.line.prescriber, "source_detail": self.line.source_detail}
        started = data.get("started_on")
        if started and self.line.stopped_on and started > self.line.stopped_on:
            message = f"This is after the day it was stopped, {self.line.stopped_on:%m/%d/%Y}."
            self.add_error("started_on", ValidationError(message, code="crossed"))
        return data


class ReasonForm(VersionMixin, forms.Form):
    """Why a line was entered in error."""

    reason = CleanTextField(max_length=300, label="Why was it an error?", error_messages={"required": "Say why, in a few words."})


class StopForm(VersionMixin, forms.Form):
    stopped_on = USDateField(label="Stopped on")
    reason = CleanTextField(max_length=300, label="Why was it stopped?", error_messages={"required": "Say why, in a few words."})


class VersionForm(VersionMixin, forms.Form):
    """A button that changes one row."""


class ChoiceForm(VersionMixin, forms.Form):
    """Which of the candidates is meant; the empty answer keeps the name as typed."""

    label = forms.CharField(required=False, max_length=500)


class FillForm(RequestKeyMixin, forms.Form):
    filled_on = USDateField(label="Filled on")
    days_supply = forms.IntegerField(required=False, min_value=1, max_value=400, label="For how many days")
    quantity = forms.DecimalField(
        required=False, min_value=Decimal("0.01"), max_value=Decimal(99999), max_digits=7, decimal_places=2, label="Quantity"
    )
    pharmacy_name = CleanTextField(max_length=200, required=False, label="Pharmacy")


def find_prescriber(organization: Organization, typed: str) -> Prescriber | None:
    """The one prescriber whose name, or name with specialty, is or contains what was typed; None when none or several."""
    directory = Prescriber.objects.visible_to(organization)
    words = [word for word in typed.replace(",", " ").split() if word.casefold() not in TITLES]
    if not words:
        return None
    rows = directory.filter(name__icontains=words[0])[:DIRECTORY_SHOWN]
    exact = [row for row in rows if typed.casefold() in {row.name.casefold(), str(row).casefold()}]
    wanted = {word.casefold() for word in words}
    found = exact or [row for row in rows if wanted <= set(str(row).casefold().replace(",", " ").split())]
    return found[0] if len(found) == 1 else None


def source_named(typed: str) -> str | None:
    """The source that plain words name: "herself" or "bottle"."""
    word = typed.casefold()
    if word in THEMSELVES:
        return Source.PATIENT
    return next((value for value, label in Source.choices if word in {value, label.casefold()}), None)


def from_words(prescriber: Prescriber | None, detail: str) -> str:
    """What stands in the From column."""
    return str(prescriber) if prescriber else detail


def directory_names(organization: Organization) -> Iterable[str]:
    """Names to offer in the From column."""
    return [str(one) for one in Prescriber.objects.visible_to(organization)[:DIRECTORY_SHOWN]]
