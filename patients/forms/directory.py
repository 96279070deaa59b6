"""Prescribers and pharmacies."""

from accounts.forms import NPIField
from mtm.lib.text import CleanTextField
from patients.forms.base import ChartForm
from patients.forms.fields import PhoneField


class PharmacyForm(ChartForm):
    name = CleanTextField(max_length=200, label="Name")
    phone = PhoneField(label="Phone")
    fax = PhoneField(label="Fax")
    address = CleanTextField(max_length=400, multiline=True, required=False, label="Address", help_text="As on an envelope.")

    rows = ("name", ("phone", "fax"), "address")


class PrescriberForm(PharmacyForm):
    name = CleanTextField(max_length=200, label="Name", help_text="As on a letter: Dr. Lena Haddad.")
    credentials = CleanTextField(max_length=60, required=False, label="Credentials")
    specialty = CleanTextField(max_length=120, required=False, label="Specialty")
    npi = NPIField()

    rows = ("name", ("credentials", "specialty"), ("phone", "fax", "npi"), "address")
