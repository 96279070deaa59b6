"""Forms of the post room: choose a file; confirm what of it goes into which chart."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from accounts.forms import plain_helper
from accounts.once import RequestKeyMixin, VersionMixin
from exchange.chart import ImportedFile
from exchange.compare import Comparison
from exchange.errors import RefusedFile
from exchange.files import read_limited
from exchange.services import read_upload


class UploadForm(RequestKeyMixin, forms.Form):
    """One file. What is wrong with it stands at the field, with line and column where there is one."""

    file = forms.FileField(
        label="File",
        help_text="A FHIR R4 bundle or resource (.json), 50 MB at most. Nothing is written before you confirm.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/fhir+json", "class": "form-control"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Export it again from the system it comes from."},
    )

    raw: bytes
    imported: ImportedFile

    @property
    def helper(self) -> FormHelper:
        return plain_helper("request_key", "file")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.raw = read_limited(upload, size=upload.size)
            self.imported = read_upload(self.raw)
            if not self.imported.patients:
                raise RefusedFile(" ".join(self.imported.warnings))
        except RefusedFile as refused:
            raise forms.ValidationError(str(refused), code="refused") from None
        return upload


class ConfirmForm(RequestKeyMixin, VersionMixin, forms.Form):
    """Which lines go in. `onto` is "new" or the id of a chart; `digest` says which comparison was on the screen."""

    onto = forms.CharField(max_length=36, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=32, widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        required=False, label="Lines to import", error_messages={"invalid_choice": "A ticked line is not in the file."}
    )
    is_same_person = forms.BooleanField(
        required=False, label="I compared name, birth date and sex: this file is about the person of this chart"
    )

    def __init__(self, data: Any = None, *, comparison: Comparison, onto: str, version: int) -> None:
        initial = {"onto": onto, "digest": comparison.digest, "version": version}
        super().__init__(data, initial=initial, auto_id="import-%s")
        self.comparison = comparison
        # A line whose state changed meanwhile is no typing error: the digest tells, and the page is shown anew.
        self.fields["take"].choices = [(row.key, row.key) for row in comparison.rows]
        self.fields["is_same_person"].required = bool(comparison.doubts)
        self.fields["is_same_person"].error_messages["required"] = "Compare the person first; then tick this, or choose another chart."

    @property
    def ticked(self) -> frozenset[str]:
        """The lines to show as ticked: as sent, else as suggested."""
        if self.is_bound:
            return frozenset(self.data.getlist("take"))
        return frozenset(row.key for row in self.comparison.rows if row.is_ticked and row.can_tick)


class DiscardForm(RequestKeyMixin, VersionMixin):
    """Nothing to fill in; key and version come along."""
