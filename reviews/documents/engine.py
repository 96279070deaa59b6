"""The print engine: one HTML page to a tagged PDF. Imported with the first paper, because WeasyPrint takes half a second."""

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .artifacts import mark_artifacts
from .assets import LOGO, PNG, Logo, named_files, stylesheet


def print_pdf(html: str, style: str, logo: Logo | None) -> bytes:
    """PDF/UA-1 bytes of a page under the base sheet and the sheet `style`; the same bytes for the same three."""
    fonts, fetcher = FontConfiguration(), PaperFetcher(logo)
    styles = [weasyprint.CSS(string=stylesheet(name), font_config=fonts, url_fetcher=fetcher) for name in ("base", style)]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    return mark_artifacts(page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"))


class PaperFetcher(URLFetcher):
    """Serves our own named files and this paper's logo, and nothing else: no file, no network, no data: address.

    A name that is not ours stops the print. It could only come from a fault of ours, because all
    text of the payload is escaped; a paper must not go out with a part missing in silence.
    """

    def __init__(self, logo: Logo | None = None) -> None:
        super().__init__()
        self.files = named_files() | ({LOGO: (logo.png, PNG)} if logo else {})

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self.files:
            raise FatalURLFetchingError(f"papers read only their own files, not {url[:80]!r}")
        content, media_type = self.files[url]
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
