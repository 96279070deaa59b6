"""The only files that the print engine may read, by name; everything else is refused."""

import io
from functools import cache
from pathlib import Path

from fontTools.ttLib import woff2
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .glyphs import font_files, watermark
from .phrases import words_in
from .schema import LANGUAGES

SCHEME = "mtm-static:"
HERE = Path(__file__).parent
SVG, TTF = "image/svg+xml", "font/ttf"


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


class PaperFetcher(URLFetcher):
    """Serves our own named files and nothing else: no file, no network, no data: address.

    A name that is not ours stops the print. It could only come from a fault of ours, because all
    text of the payload is escaped; a paper must not go out with a part missing in silence.
    """

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in named_files():
            raise FatalURLFetchingError(f"papers read only their own files, not {url[:80]!r}")
        content, media_type = named_files()[url]
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


def stylesheet(name: str) -> str:
    return (HERE / "css" / f"{name}.css").read_text(encoding="utf-8")
