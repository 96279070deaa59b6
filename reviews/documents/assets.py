"""The only files that the print engine may read, by name; everything else is refused."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import woff2

from mtm.lib import logo

from .glyphs import font_files, watermark
from .phrases import words_in
from .schema import LANGUAGES

SCHEME = "mtm-static:"
HERE = Path(__file__).parent
SVG, TTF, PNG = "image/svg+xml", "font/ttf", "image/png"
LOGO = f"{SCHEME}logo.png"
LOGO_BOX = (120, 36)  # points: the widest and the highest that a letterhead has room for


@cache
def named_files() -> dict[str, tuple[bytes, str]]:
    """Name -> (bytes, media type): the pictures and fonts of the papers, read once."""
    pictures = {file.name: (file.read_bytes(), SVG) for file in sorted((HERE / "img").glob("*.svg"))}
    fonts = {file.with_suffix(".ttf").name: (unpacked(file), TTF) for file in font_files()}
    words = {"demo"} | {words_in(language)["everywhere"]["draft_mark"] for language in LANGUAGES}
    marks = {f"mark-{word.lower()}.svg": (watermark(word.upper()), SVG) for word in words}
    return {f"{SCHEME}{name}": file for name, file in (pictures | fonts | marks).items()}


def unpacked(file: Path) -> bytes:
    """A woff2 font as the engine uses it; unpacking it here, once, makes a print a third faster."""
    target = io.BytesIO()
    with file.open("rb") as source:
        woff2.decompress(source, target)
    return target.getvalue()


@dataclass(frozen=True)
class Logo:
    """The picture in the letterhead, with the size at which it is printed, in points."""

    png: bytes
    width: float
    height: float

    @property
    def column(self) -> float:
        """The width that it takes in the letterhead, with the space to its right."""
        return self.width + 10


def logo_in(payload: dict[str, Any]) -> Logo | None:
    """The logo of a sound payload (see `schema.problems_in`), or None: then the letterhead begins with the name."""
    text = payload["organization"].get("logo")
    if not text:
        return None
    png = logo.from_text(text)
    width, height = logo.size_of(png)
    scale = min(LOGO_BOX[0] / width, LOGO_BOX[1] / height)
    return Logo(png, round(width * scale, 2), round(height * scale, 2))


def stylesheet(name: str) -> str:
    return (HERE / "css" / f"{name}.css").read_text(encoding="utf-8")
