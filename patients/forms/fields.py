"""Fields that read what a counter in the United States types: lb or kg, ft-in or cm, telephone numbers."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mtm.lib.text import CleanTextField

KG_PER_LB = Decimal("0.45359237")  # exact, by definition of the pound
CM_PER_INCH = Decimal("2.54")
NUMBER = r"([0-9]{1,4}(?:\.[0-9]{1,3})?)"
WEIGHT = re.compile(rf"^{NUMBER} ?(kg|kgs|kilos?|kilograms?|lb|lbs|pounds?)\.?$", re.I)
FEET = re.compile(rf"^([0-9]) ?(?:ft|feet|foot|'|′)\.? ?(?:{NUMBER} ?(?:in|inch|inches|\"|″|'')?\.?)?$", re.I)
LENGTH = re.compile(rf"^{NUMBER} ?(cm|m|in|inch|inches|\"|″)\.?$", re.I)


class MeasureField(CleanTextField):
    """A number with its unit in one box, as `Decimal` of the metric unit with one decimal; empty is None."""

    unit = ""
    example = ""
    low, high = Decimal(0), Decimal(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 20, "required": False, "help_text": f"Such as {self.example}."} | kwargs))

    def convert(self, text: str) -> Decimal | None:
        raise NotImplementedError

    def to_python(self, value: Any) -> Decimal | None:
        text = super().to_python(value)
        if not text:
            return None
        found = self.convert(" ".join(text.split()))
        if found is None:
            raise ValidationError(f"Enter a number with its unit, such as {self.example}.", code="invalid")
        metric = found.quantize(Decimal("0.1"))
        if not self.low <= metric <= self.high:
            raise ValidationError(f"{metric} {self.unit} is not possible. Check the number and the unit.", code="impossible")
        return metric

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f} {self.unit}" if isinstance(value, Decimal) else value

    def run_validators(self, value: Any) -> None:
        """The text was measured while it was read; a Decimal has no length."""


class WeightField(MeasureField):
    unit, example = "kg", "128 lb or 58 kg"
    low, high = Decimal("0.4"), Decimal(650)

    def convert(self, text: str) -> Decimal | None:
        match = WEIGHT.match(text)
        if not match:
            return None
        return Decimal(match.group(1)) * (KG_PER_LB if match.group(2)[0].lower() in "lp" else 1)


class HeightField(MeasureField):
    unit, example = "cm", "5 ft 3 in or 160 cm"
    low, high = Decimal(20), Decimal(280)

    def convert(self, text: str) -> Decimal | None:
        if match := FEET.match(text):
            inches = Decimal(match.group(2) or 0)
            return (12 * int(match.group(1)) + inches) * CM_PER_INCH if inches < 12 else None
        if match := LENGTH.match(text):
            unit = match.group(2).lower()
            return Decimal(match.group(1)) * {"cm": 1, "m": 100}.get(unit, CM_PER_INCH)
        return None


class PhoneField(CleanTextField):
    """A telephone number as typed, with at least seven digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 40, "required": False} | kwargs))
        self.widget.attrs.setdefault("inputmode", "tel")

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not re.fullmatch(r"[0-9+()./ x#extEXT-]*", text):
            raise ValidationError("Use digits, such as (555) 010-4471 or 555-010-4471 x12.", code="invalid")
        if text and sum(char.isdigit() for char in text) < 7:
            raise ValidationError("This number is too short. Enter at least seven digits.", code="short")
        return text


def pounds(kg: Decimal) -> int:
    """Whole pounds, for reading."""
    return round(kg / KG_PER_LB)


def feet_and_inches(cm: Decimal) -> str:
    """Whole inches, for reading: 160 cm is 5 ft 3 in."""
    feet, inches = divmod(round(cm / CM_PER_INCH), 12)
    return f"{feet} ft {inches} in"
