"""Payload -> HTML -> PDF bytes: how papers are made. The same function serves preview, signing and the command line.

A paper is a function of its payload, its language and the template version: the same three give
the same bytes on every machine (own fonts, no clock, no network, document id from the content).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
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
from .assets import HERE, PaperFetcher, named_files, stylesheet
from .glyphs import unsupported_characters
from .phrases import Words, in_language, words_in
from .schema import PaperProblem, problems_in

COMMON = frozenset({"schema", "meta", "signature", "correction", "addenda", "organization", "pharmacist", "patient", "plan"})
LISTED = frozenset({"medications", "allergies", "side_effects", "information_sources", "other_information", "notes"})
Part = Callable[[dict[str, Any], Words], dict[str, Any]]


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its template and style, the parts it prints, and the sections of the payload it reads."""

    template: str
    style: str
    title_from: str
    parts: dict[str, Part]
    reads: frozenset[str]
    skips: frozenset[str] = frozenset()


COVER, TODO, LIST, DISPOSAL = (
    {"cover": sheets.cover},
    {"todo": sheets.todo},
    {"list": sheets.medication_list},
    {"disposal": sheets.disposal},
)
GRID_ONLY = frozenset({"instructions"})

PAPERS = {
    "packet": Paper(
        "packet",
        "packet",
        "cover",
        COVER | TODO | LIST | DISPOSAL,
        LISTED | {"topics", "disposal_sites", "controlled_medicines"},
        GRID_ONLY,
    ),
    "medication_list": Paper("packet", "packet", "list", LIST, LISTED, GRID_ONLY),
    "to_do_list": Paper("packet", "packet", "todo", TODO, frozenset({"topics"})),
    "pmr": Paper("pmr", "pmr", "pmr", {"pmr": sheets.record}, LISTED | {"care_team"}),
    "map": Paper("map", "map", "map", {"map": sheets.action_plan}, frozenset({"topics", "care_team", "follow_up"})),
    "prescriber_letter": Paper("letter", "letter", "letter", {"letter": sheets.letters}, frozenset({"letters"})),
    "blank_medication_list": Paper("blank", "packet", "blank", {"blank": sheets.blank_list}, frozenset()),
}
DOCUMENTS = tuple(PAPERS)


def render_html(payload: dict[str, Any], document: str, language: str) -> str:
    """The paper as one HTML page in `language` ("en" or "es").

    Raises PaperProblem with every reason at once: wrong shape, a sentence that is missing in the
    language, a character that the paper font lacks, a paper that does not fit this review.
    """
    paper, words = PAPERS[document], words_in(language)
    problems = problems_in(payload)
    if problems:
        raise PaperProblem(problems)
    read = {key: payload[key] for key in payload if key in COMMON | paper.reads}
    data, missing = in_language(read, language, skip=paper.skips)
    problems = [*_unfit(payload, document), *missing, *unsupported_characters(data)]
    if problems:
        raise PaperProblem(problems)
    return render_to_string(f"documents/{paper.template}.html", _context(data, paper, words, sha256_of(payload)[:8]))


def _unfit(payload: dict[str, Any], document: str) -> list[str]:
    if document == "packet" and not payload["plan"]["is_medicare_cmr"]:
        return ["payload.plan.is_medicare_cmr: the packet is for a Medicare comprehensive review only; print pmr and map instead"]
    if document == "prescriber_letter" and not payload.get("letters"):
        return ["payload.letters: there is no letter to a prescriber; add one, or print another paper"]
    return []


def _context(data: dict[str, Any], paper: Paper, words: Words, short_hash: str) -> dict[str, Any]:
    parts = {name: part(data, words) for name, part in paper.parts.items()}
    return {
        "language": words["language"],
        "w": words.pack,
        "title": words[paper.title_from]["document"].format(patient=data["patient"]["name"]),
        "frame": sheets.frame(data, words, short_hash),
        "is_packet": "cover" in parts,
        **{section: data.get(section) for section in ("organization", "pharmacist", "patient", "other_information", "notes")},
        "part": parts,
    }


def render_pdf(payload: dict[str, Any], document: str, language: str) -> bytes:
    """The paper as a tagged PDF/UA-1 file; the same bytes for the same payload and template version. Raises PaperProblem."""
    html = render_html(payload, document, language)
    fonts, fetcher = FontConfiguration(), PaperFetcher()
    styles = [weasyprint.CSS(string=stylesheet(name), font_config=fonts, url_fetcher=fetcher) for name in ("base", PAPERS[document].style)]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    return mark_artifacts(page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"))


@cache
def template_version() -> str:
    """Twelve hex digits over everything but the payload that shapes a paper: templates, styles, wording, fonts, engine."""
    digest = hashlib.sha256(weasyprint.__version__.encode())
    folders = [Path(settings.BASE_DIR) / "templates" / "documents", HERE]
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in {".html", ".css", ".toml", ".py"})
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for name, (content, _) in sorted(named_files().items()):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]
