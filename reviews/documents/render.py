"""Payload -> HTML -> PDF bytes: how papers are made. The same function serves preview, signing and the command line.

A paper is a function of its payload, its language and the template version: the same three give
the same bytes on every machine (own fonts, no clock, no network, document id from the content).
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from mtm.lib.canonical import sha256_of

from . import sheets
from .artifacts import mark_artifacts
from .assets import HERE, PaperFetcher, logo_in, named_files, stylesheet
from .checks import readable_data
from .papers import DOCUMENTS, PAPERS, Paper
from .phrases import Words, words_in

__all__ = ["DOCUMENTS", "render_html", "render_pdf", "short_hash", "template_version"]

PRINTED_WHOLE = ("organization", "pharmacist", "patient", "other_information", "notes")


def render_html(payload: dict[str, Any], document: str, language: str) -> str:
    """The paper as one HTML page in `language` ("en" or "es"). Raises PaperProblem (see `checks.readable_data`)."""
    data = readable_data(payload, document, language)
    context = _context(data, PAPERS[document], words_in(language), short_hash(payload)) | {"logo": logo_in(payload)}
    return render_to_string(f"documents/{PAPERS[document].template}.html", context)


def render_pdf(payload: dict[str, Any], document: str, language: str) -> bytes:
    """The paper as a tagged PDF/UA-1 file; the same bytes for the same payload and template version. Raises PaperProblem."""
    html = render_html(payload, document, language)
    fonts, fetcher = FontConfiguration(), PaperFetcher(logo_in(payload))
    styles = [weasyprint.CSS(string=stylesheet(name), font_config=fonts, url_fetcher=fetcher) for name in ("base", PAPERS[document].style)]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    return mark_artifacts(page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"))


def short_hash(payload: dict[str, Any]) -> str:
    """The eight digits in the footer: the start of the payload's SHA-256, by which a paper is traced to its record."""
    return sha256_of(payload)[:8]


@cache
def template_version() -> str:
    """Twelve hex digits over everything but the payload that shapes a paper: templates, styles, wording, fonts, engine."""
    digest = hashlib.sha256(weasyprint.__version__.encode())
    templates = Path(settings.BASE_DIR) / "templates" / "documents"
    code = [
        HERE / f"{module}.py"
        for module in ("sheets", "naming", "schedule", "topics", "wallet", "phrases", "papers", "render", "artifacts", "assets", "glyphs")
    ]
    files = [*sorted(templates.rglob("*.html")), *sorted(HERE.rglob("*.css")), *sorted(HERE.rglob("*.toml")), *code]
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for name, (content, _) in sorted(named_files().items()):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def _context(data: dict[str, Any], paper: Paper, words: Words, hash_shown: str) -> dict[str, Any]:
    parts = {name: part(data, words) for name, part in paper.parts.items()}
    frame = sheets.frame(data, words, hash_shown)
    return {
        "language": words["language"],
        "w": words.pack,
        "title": words[paper.title_from]["document"].format(patient=data["patient"]["name"]),
        "frame": sheets.frame_without_patient(frame, words) if "blank" in parts else frame,
        "is_packet": "cover" in parts,
        "part": parts,
        **{section: data.get(section) for section in PRINTED_WHOLE},
    }
