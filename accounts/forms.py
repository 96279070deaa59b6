"""Forms of the gatehouse."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Organization, User
from accounts.once import RequestKeyMixin, VersionMixin
from accounts.permissions import Role
from mtm.lib import logo
from mtm.lib.text import CleanTextField

ROLE_CHOICES = [(role.value, role.value.capitalize()) for role in Role]


def npi_is_valid(number: str) -> bool:
    """The Luhn check of a ten-digit NPI, with the prefix 80840 (CMS NPI check digit rule)."""
    if not re.fullmatch(r"\d{10}", number):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


class NPIField(CleanTextField):
    """Ten digits with a right check digit, or empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 10, "required": False, "label": "NPI"} | kwargs))

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number and not npi_is_valid(number):
            raise forms.ValidationError("This NPI is not right: ten digits, the last of which checks the others.", code="npi")
        return number


def plain_helper(*rows: Any) -> FormHelper:
    """A layout without a form tag: the page prints the form, its target and its button."""
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*rows)
    return helper


def columns(*names: str) -> Div:
    """Fields side by side on a wide screen."""
    width = 12 // len(names)
    return Div(*(Field(name, wrapper_class=f"col-sm-{width}") for name in names), css_class="row")


class OrganizationForm(VersionMixin, forms.Form):
    name = CleanTextField(max_length=200)
    address = CleanTextField(max_length=400, multiline=True, required=False, help_text="As on an envelope.")
    phone = CleanTextField(max_length=40, required=False)
    fax = CleanTextField(max_length=40, required=False)
    hours = CleanTextField(max_length=120, required=False, label="Days and hours")
    tty = CleanTextField(max_length=40, required=False, label="TTY number")
    npi = NPIField()
    logo = forms.FileField(
        required=False,
        help_text="PNG or JPEG, at most 500 KB. Papers print it in gray at the left of the letterhead, up to half an inch high.",
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,image/png,image/jpeg"}),
        error_messages={"empty": "The file is empty. Save the picture again and choose the new file."},
    )
    remove_logo = forms.BooleanField(required=False, label="Remove the logo")
    idle_lock_minutes = forms.IntegerField(min_value=5, max_value=60, label="Lock after minutes without use")
    review_idle_lock_minutes = forms.IntegerField(min_value=5, max_value=60, label="In an open review")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("has_logo"):
            del self.fields["remove_logo"]

    @property
    def helper(self) -> FormHelper:
        return plain_helper(
            "version",
            "name",
            "address",
            columns("phone", "fax"),
            columns("hours", "tty"),
            "npi",
            "logo",
            *(["remove_logo"] if "remove_logo" in self.fields else []),
            columns("idle_lock_minutes", "review_idle_lock_minutes"),
        )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Organization.objects.filter(name=name).exclude(pk=self.initial.get("pk")).exists():
            raise forms.ValidationError("Another organization has this name.", code="taken")
        return name

    def clean_logo(self) -> bytes | None:
        """The picture as it will be kept; None when no file was chosen."""
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        try:
            return logo.cleaned(upload.read(logo.LARGEST_FILE + 1))
        except logo.LogoProblem as problem:
            raise forms.ValidationError(str(problem), code="logo") from None

    def clean(self) -> dict[str, Any]:
        """`logo` stays among the values only where it changes: the new picture, or None to remove the old one."""
        values = super().clean() or self.cleaned_data
        is_removed = values.pop("remove_logo", False)
        if not values.get("logo") and not is_removed:
            values.pop("logo", None)
        return values

    def ask_for_file_again(self) -> None:
        """A browser does not keep a chosen file when it shows a form again: say so beside what is wrong."""
        if "logo" in self.files and "logo" not in self.errors:
            self.add_error("logo", "Choose the file again: it was not saved, and the browser does not keep it.")


class PersonForm(forms.Form):
    first_name = CleanTextField(max_length=80, label="Given name")
    last_name = CleanTextField(max_length=80, label="Family name")
    credentials = CleanTextField(max_length=60, required=False, help_text="Such as PharmD or CPhT; printed under a signature.")
    npi = NPIField()
    roles = forms.MultipleChoiceField(
        choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one role."}
    )


class NewPersonForm(RequestKeyMixin, PersonForm):
    username = CleanTextField(max_length=60, label="Sign-in name", help_text="Letters, digits, dot, dash or underscore.")
    password = forms.CharField(
        max_length=200,
        min_length=15,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="First password",
        help_text="At least 15 characters. Several words are easiest to keep in mind.",
    )

    helper = plain_helper(
        "request_key", columns("first_name", "last_name"), columns("credentials", "npi"), "roles", columns("username", "password")
    )

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].casefold()
        if not re.fullmatch(r"[a-z0-9._-]{2,60}", name):
            raise forms.ValidationError("Use letters, digits, dot, dash or underscore.", code="invalid")
        if User.objects.filter(username=name).exists():
            raise forms.ValidationError("This sign-in name is taken.", code="taken")
        return name

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class EditPersonForm(VersionMixin, PersonForm):
    is_active = forms.BooleanField(required=False, label="May sign in")

    helper = plain_helper("version", columns("first_name", "last_name"), columns("credentials", "npi"), "roles", "is_active")


class AccountForm(forms.Form):
    """A person's own choices. Keys of one letter can be turned off (WCAG 2.2, 2.1.4)."""

    single_letter_keys = forms.BooleanField(
        required=False,
        label="Keys of one letter, such as p for accept",
        help_text="Turn them off if you dictate, or press keys by accident.",
    )

    helper = plain_helper("single_letter_keys")


class LogSearchForm(forms.Form):
    """Searches travel by POST: an id in a query would stay in logs and histories."""

    person = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Everybody")
    action = CleanTextField(max_length=60, required=False, label="Action begins with")
    object_id = CleanTextField(max_length=40, required=False, label="Chart or record id")
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    helper = plain_helper(columns("person", "action", "object_id"), columns("since", "until"))

    def __init__(self, *args: Any, organization: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(memberships__organization=organization).order_by("last_name", "first_name")
        self.fields["person"].label_from_instance = lambda user: user.printed_name
