"""Typed text to comparable text: case, accents, dashes, trademark signs, numbers, keys."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_REPLACED = str.maketrans({
    "\u00b5": "mc", "\u03bc": "mc",  # micro sign and Greek mu: the unit is written mcg
    "\u00ae": " ", "\u2122": " ", "\u00a9": " ",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"',
    "\u00d7": "x", "\u00bd": " 1/2", "\u00bc": " 1/4", "\u00be": " 3/4", "\u2153": " 1/3", "\u2154": " 2/3",
    "&": " and ", "\u2044": "/", "\\": "/", "|": " ", "_": " ", "~": " ",
})
_MCG = re.compile(r"mcg?g\b")
_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\.\d+|[a-z]+(?:'[a-z]+)*|[^\sa-z0-9]")


class Token(NamedTuple):
    """A word, number or sign of folded text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[-1].isdigit()


def fold(text: str) -> str:
    """Lower case without accents, curly signs, control characters or doubled blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_REPLACED))
        text = "".join(one for one in text if not unicodedata.category(one).startswith(("M", "C")))
    text = _SPACES.sub(" ", text.replace("&amp;", "&").lower().translate(_REPLACED)).strip()
    return _THOUSANDS.sub("", _MCG.sub("mcg", text))


def key_of(folded: str) -> str:
    """The comparison key of folded text: letters and digits only ("Co-Q 10" is "coq10")."""
    return _NOT_KEY.sub("", folded)


def tokens_of(folded: str) -> list[Token]:
    """Words, numbers and signs of folded text, in order."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(folded)]
