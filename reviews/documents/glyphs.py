"""Which characters the paper font can print; the rest is told to staff, never printed as a box or in another font."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from .schema import PaperProblem

WEIGHTS = (400, 500, 700)
SUBSETS = ("latin", "latin-ext")
SPACES = frozenset(" \n\r\t\u00a0")
IN_WORDS = {"≥": "at least", "≤": "at most", "→": "to", "µ": "mc", "μ": "mc", "°": "degrees", "×": "times", "✓": "yes"}


def font_folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"


def font_files() -> list[Path]:
    """IBM Plex Sans, three weights in two subsets each; copied from the npm package by the set-up."""
    files = [font_folder() / f"ibm-plex-sans-{subset}-{weight}-normal.woff2" for subset in SUBSETS for weight in WEIGHTS]
    if not all(file.exists() for file in files):
        raise PaperProblem(["the paper font is not installed; run `python3 start.py setup` and print again"])
    return files


@cache
def printable() -> frozenset[str]:
    """Every character that all three weights have and that a reader can see."""
    covered = [set(), set(), set()]
    for place, file in enumerate(font_files()):
        covered[place % len(WEIGHTS)].update(TTFont(file).getBestCmap())
    shown = (char for char in map(chr, set.intersection(*covered)) if unicodedata.category(char) not in {"Cc", "Cf"})
    return frozenset(shown) | SPACES


def unsupported_characters(payload: Any, path: str = "payload") -> list[str]:
    """One line for each text with a character that cannot be printed: where it is, which one, what to do."""
    if isinstance(payload, dict):
        return [line for key, value in payload.items() for line in unsupported_characters(value, f"{path}.{key}")]
    if isinstance(payload, list):
        return [line for index, value in enumerate(payload) for line in unsupported_characters(value, f"{path}[{index}]")]
    if not isinstance(payload, str):
        return []
    strange = sorted(set(unicodedata.normalize("NFC", payload)) - printable())
    return [f"{path}: the paper font has no {_described(strange)}; write it in other letters or in words"] if strange else []


def _described(characters: list[str]) -> str:
    return ", ".join(f"{_shown(char)} (U+{ord(char):04X}{_hint(char)})" for char in characters[:5])


def _shown(char: str) -> str:
    return f"“{char}”" if char.isprintable() else unicodedata.name(char, "control character").lower()


def _hint(char: str) -> str:
    return f", say “{IN_WORDS[char]}”" if char in IN_WORDS else ""


@cache
def watermark(word: str) -> bytes:
    """An SVG of a word in hollow letters across the page: readable through, and it survives copier and fax."""
    font = TTFont(font_folder() / "ibm-plex-sans-latin-700-normal.woff2")
    glyphs, names, outlines, x = font.getGlyphSet(), font.getBestCmap(), [], 0
    for char in word:
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
        glyphs[names[ord(char)]].draw(TransformPen(pen, (1, 0, 0, -1, x, 800)))
        outlines.append(pen.getCommands())
        x += glyphs[names[ord(char)]].width
    path = f'<path d="{" ".join(outlines)}" fill="none" stroke="#000" stroke-width="{x / 1440:.1f}"/>'
    turned = f'<g transform="rotate(-40 {x / 2} {x / 2}) translate(0 {x / 2 - 400})">{path}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x} {x}">{turned}</svg>'.encode()
