"""Tags of the chart's pages."""

import datetime as dt

from django import template
from django.utils import timezone

from patients import banner as banners
from patients.forms.fields import feet_and_inches, pounds
from patients.models import Patient

register = template.Library()
register.filter("dated", banners.dated)
register.filter("pounds", pounds)
register.filter("feet_and_inches", feet_and_inches)


@register.simple_tag
def banner_of(patient: Patient) -> banners.Banner:
    """Every chart page shows the banner, whichever room it belongs to, so the banner fetches its own facts."""
    return banners.banner_of(patient, timezone.localdate())


@register.filter
def us_date(value: dt.date | None) -> str:
    """Mar 14, 1947."""
    return f"{value:%b} {value.day}, {value.year}" if value else ""


@register.filter
def age(patient: Patient) -> int:
    """Whole years today, or at death."""
    return patient.age_on(timezone.localdate())
