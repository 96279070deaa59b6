"""What every form of a chart shares: a request key or a version, the layout, and questions about unusual values."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from accounts.forms import columns, plain_helper
from accounts.models import Organization
from accounts.once import RequestKeyMixin, VersionMixin
from mtm.lib.canonical import sha256_of

FORM_ONLY = frozenset({"request_key", "version", "confirm"})


class ChartForm(RequestKeyMixin, VersionMixin, forms.Form):
    """A form that makes a row (with a request key) or changes one (with its version).

    `rows` is the layout: a name, or a tuple of names side by side. `doubts` lists values that can be
    right but seldom are; they are asked once more, and the tick counts for these very values only.
    """

    confirm = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    rows: tuple[str | tuple[str, ...], ...] = ()

    def __init__(
        self,
        data: Any = None,
        *,
        organization: Organization,
        row: Model | None = None,
        initial: dict[str, Any] | None = None,
        key: str = "new",
    ) -> None:
        self.organization, self.row, self.asked = organization, row, []
        super().__init__(data, initial=(self.initial_of(row) if row else {}) | (initial or {}), auto_id=f"{key}-%s")
        del self.fields["request_key" if row else "version"]
        first = self.rows[0] if isinstance(self.rows[0], str) else self.rows[0][0]
        self.fields[first].widget.attrs["data-focus-first"] = True
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model.objects.visible_to(organization)

    @classmethod
    def initial_of(cls, row: Model) -> dict[str, Any]:
        """What the fields show for this row."""
        return {name: getattr(row, f"{name}_id", getattr(row, name, None)) for name in cls.base_fields if name not in FORM_ONLY} | {
            "version": row.version
        }

    @property
    def helper(self) -> FormHelper:
        lines = [columns(*line) if isinstance(line, tuple) else Div(Field(line), css_class="row-line") for line in self.rows]
        helper = plain_helper("version" if self.row else "request_key", *lines)
        helper.template = "patients/partials/fields.html"
        return helper

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values that belong to the row."""
        return {name: value for name, value in self.cleaned_data.items() if name not in FORM_ONLY}

    @property
    def confirm_key(self) -> str:
        return sha256_of(self.asked)[:16]

    def doubts(self) -> Iterable[str]:
        """Sentences about values that want a second look; called when everything else is right."""
        return ()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_together()
        if not self.errors:
            self.asked = list(self.doubts())
            if self.asked and data.get("confirm") != self.confirm_key:
                raise ValidationError("Something here is unusual. Look at the question below, then save again.", code="unusual")
        return data

    def check_together(self) -> None:
        """Errors that need more than one field; add them with `add_error`."""

    def refuse(self, name: str, message: str) -> None:
        if name in self.fields and name not in self.errors:
            self.add_error(name, ValidationError(message, code="invalid"))
