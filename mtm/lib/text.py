"""Text as people type and paste it, made safe to store without changing what it says."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# Invisible marks that can make a name or a dose read otherwise than it is stored: direction
# overrides and isolates, zero-width spaces and joiners, the byte order mark.
INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\ufeff\u061c" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])))

SUSPECT = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff{''.join(sorted(INVISIBLE))}]")  # all of Cc, Cs and the marks above


def problem_with(text: str, *, multiline: bool = False) -> str | None:
    """Say what in `text` cannot be stored, or None when all of it can."""
    allowed = "\n\t" if multiline else ""
    for found in SUSPECT.finditer(text):
        place, char = found.start() + 1, found.group()
        category = unicodedata.category(char)
        if category == "Cs":
            return f"Character {place} is half of a broken character. Please type the text again."
        if char in INVISIBLE:
            return f"Character {place} is invisible (U+{ord(char):04X}) and could hide what the text says. Please retype the text."
        if category == "Cc" and char not in allowed:
            return f"Character {place} is a control character (U+{ord(char):04X}). Please remove it."
    return None


def clean_text(value: str, *, multiline: bool = False) -> str:
    """NFC, line ends as \\n; raises ValidationError naming the character that can't be kept."""
    text = value.replace("\r\n", "\n").replace("\r", "\n") if multiline else value
    problem = problem_with(text, multiline=multiline)
    if problem:
        raise ValidationError(problem, code="unreadable")
    return unicodedata.normalize("NFC", text)


class CleanTextField(forms.CharField):
    """The only text field of the house: NFC, no control or direction-changing characters, a length that is told."""

    def __init__(self, *, max_length: int = 200, multiline: bool = False, rows: int = 3, **kwargs: Any) -> None:
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_text(text, multiline=self.multiline) if text else text
