"""The only files that the print engine may read, by name; everything else is refused."""

from functools import cache
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .glyphs import font_files, watermark
from .phrases import words_in
from .schema import LANGUAGES

SCHEME = "mtm-static:"
HERE = Path(__file__).parent
TYPES = {".svg": "image/svg+xml", ".woff2": "font/woff2"}


@cache
def named_files() -> dict[str, tuple[bytes, str]]:
    """Name -> (bytes, media type): the pictures and fonts of the papers, read once."""
    files = [*sorted((HERE / "img").glob("*.svg")), *font_files()]
    found = {f"{SCHEME}{file.name}": (file.read_bytes(), TYPES[file.suffix]) for file in files}
    words = {"demo"} | {words_in(language)["everywhere"]["draft_mark"] for language in LANGUAGES}
    return found | {f"{SCHEME}mark-{word.lower()}.svg": (watermark(word.upper()), TYPES[".svg"]) for word in words}


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
