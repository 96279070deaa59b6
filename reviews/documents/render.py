"""Payload -> HTML -> PDF bytes: how papers are made. The same function serves preview, signing and the command line.

A paper is a function of its payload, its language and the template version: the same three give
the same bytes on every machine (own fonts, no clock, no network, document id from the content).
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from mtm.lib.canonical import sha256_of

from . import sheets
from .assets import HERE, logo_in, named_files
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
    from .engine import print_pdf  # with the first paper: every start would pay for it else

    html = render_html(payload, document, language)
    return print_pdf(html, PAPERS[document].style, logo_in(payload))


def short_hash(payload: dict[str, Any]) -> str:
    """The eight digits in the footer: the start of the payload's SHA-256, by which a paper is traced to its record."""
    return sha256_of(payload)[:8]


@cache
def template_version() -> str:
    """Twelve hex digits over everything but the payload that shapes a paper: templates, styles, wording, fonts, engine."""
    digest = hashlib.sha256(version("weasyprint").encode())
    templates = Path(settings.BASE_DIR) / "templates" / "documents"
    code = [
        HERE / f"{module}.py"
        for module in (
            "sheets",
            "naming",
            "schedule",
            "topics",
            "wallet",
            "phrases",
            "papers",
            "render",
            "engine",
            "artifacts",
            "assets",
            "glyphs",
        )
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
