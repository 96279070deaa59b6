"""Dates as they are typed in the United States, and whole years between them."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
NUMERIC = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
WORDS = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$|^(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4})$", re.I)
OLDEST = dt.date(1900, 1, 1)
IN_A_SENTENCE = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")


def with_us_days(text: str) -> str:
    """The sentence with its ISO days as people write them: "eGFR 38 on Oct 12, 2026"."""
    return IN_A_SENTENCE.sub(lambda found: us_day(found.group()), text)


def us_day(written: str) -> str:
    """ "2026-10-12" as "Oct 12, 2026"; what is no day, such as February 30, stays as it is."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day:%b} {day.day}, {day.year}"


def parse_date(text: str, *, today: dt.date) -> dt.date:
    """Read 3/14/1947, 03-14-1947, 03141947, 1947-03-14, Mar 14, 1947 or 14 Mar 1947.

    A two-digit year means the latest such year that is not after `today`.
    Raises ValueError when the text is no date.
    """
    text = " ".join(text.split())
    if match := ISO.match(text):
        year, month, day = map(int, match.groups())
    elif match := NUMERIC.match(text) or COMPACT.match(text):
        month, day, year = map(int, match.groups())
        if len(match.group(3)) == 2:
            year += 2000 if 2000 + year <= today.year else 1900
    elif match := WORDS.match(text):
        name = (match.group(1) or match.group(5))[:3].lower()
        month = MONTHS.get(name, 0)
        day, year = int(match.group(2) or match.group(4)), int(match.group(3) or match.group(6))
    else:
        raise ValueError(text)
    return dt.date(year, month, day)


class DateInput(forms.DateInput):
    """Plain text, not the browser's picker: faster to type, and it shows what was typed when it is wrong."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "mm/dd/yyyy"} | (attrs or {}), format="%m/%d/%Y"
        )


class USDateField(forms.Field):
    """A day. Future days are refused unless `future=True`; days before 1900 always."""

    widget = DateInput

    def __init__(self, *, future: bool = False, past: bool = True, **kwargs: Any) -> None:
        self.future, self.past = future, past
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        from django.utils import timezone

        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        today = timezone.localdate()
        try:
            day = parse_date(str(value)[:40], today=today)
        except (ValueError, OverflowError):
            raise ValidationError("Enter a date such as 03/14/1947.", code="invalid") from None
        if day < OLDEST:
            raise ValidationError("This date is before 1900. Check the year.", code="too_old")
        if day > today and not self.future:
            raise ValidationError("This date is in the future. Check the year.", code="future")
        if day < today and not self.past:
            raise ValidationError("This date has passed. Choose today or later.", code="past")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Whole years lived by `day`; someone born on Feb 29 grows older on Mar 1."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
