"""Bar E5: whatever a payload says is printed as it is written; the print engine reads no file and opens no connection."""

import builtins
import io
import socket
import threading

import pytest
from weasyprint.urls import FatalURLFetchingError

from reviews.documents.assets import named_files
from reviews.documents.checks import problems_for, warnings_for
from reviews.documents.engine import PaperFetcher
from reviews.documents.example import example_payload
from reviews.documents.render import DOCUMENTS, render_html, render_pdf
from reviews.documents.schema import PaperProblem
from reviews.tests.pdf_reading import words_of

pytestmark = [pytest.mark.papers, pytest.mark.trust]

ADDRESSES = [
    "http://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "//127.0.0.1:{port}/x",
    "file:///etc/passwd",
    "\\\\127.0.0.1\\share",
    "data:text/plain,hello",
    "ftp://127.0.0.1:{port}/x",
]
SHAPES = [
    '<img src="{url}">',
    '<link rel=attachment href="{url}">',
    "<style>@import url({url});</style>",
    '<object data="{url}"></object>',
    '<svg><image href="{url}"/></svg>',
    '"><style>@font-face{{font-family:x;src:url({url})}}*{{background:url({url})}}</style>',
]
OTHERS = [
    '<embed src="file:///etc/hosts">',
    "<iframe src='file:///etc/hosts'></iframe>",
    '<base href="http://127.0.0.1:{port}/">',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/">',
    "<script>fetch('http://127.0.0.1:{port}/')</script>",
    '<p style="width:1e999999px;columns:99999">wide</p>',
    "{{% include 'base.html' %}}{{{{ settings.SECRET_KEY }}}}",
    "&lt;img src=x&gt;&#60;",
    "<!-- <![CDATA[ ]]> -->",
    'url("http://127.0.0.1:{port}/") \\A content: attr(x)',
]
PAYLOADS = [shape.replace("{url}", url) for shape in SHAPES for url in ADDRESSES] + OTHERS


@pytest.fixture(scope="module")
def listener():
    """A port on this machine, and the list of connections that reached it."""
    seen, server = [], socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                seen.append(server.accept())
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], seen
    server.close()


@pytest.fixture
def opened_files(monkeypatch):
    """Every path that Python opens while the test runs."""
    paths, really_open = [], io.open

    def watched(file, *args, **kwargs):
        paths.append(str(file))
        return really_open(file, *args, **kwargs)

    monkeypatch.setattr(builtins, "open", watched)
    monkeypatch.setattr(io, "open", watched)
    return paths


def poisoned(payload, hostile, path=()):
    """The payload with every free text replaced; dates, codes and numbers must stay what they are."""
    if isinstance(payload, dict):
        return {key: poisoned(value, hostile, (*path, key)) for key, value in payload.items()}
    if isinstance(payload, list):
        return [poisoned(value, hostile, path) for value in payload]
    is_free = isinstance(payload, str) and path[-1] not in CODED and "times" not in path
    return hostile[: limit_of(path)] if is_free else payload


CODED = {
    "schema", "kind", "language", "status", "prepared_on", "service_on", "signed_at", "birth_date", "started_on", "stopped_on", "on", "at",
    "answer_by", "by_when", "added_on", "information_sources", "weekdays", "answer_url",
}  # fmt: skip
SHORT = {"phone": 40, "fax": 40, "tty": 40, "code": 40, "case_code": 40, "miles": 12, "npi": 20, "document_id": 64, "ref": 64, "unit": 60}


def limit_of(path):
    return min([SHORT.get(key, 1000) for key in path] + [80 if "credentials" in path or "relation" in path else 120])


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 18))
def test_hostile_text_in_every_field_reads_nothing_and_reaches_nobody(document, start, listener, opened_files):
    port, seen = listener
    named_files()
    hostile = PAYLOADS[start].replace("{port}", str(port))
    opened_files.clear()

    render_pdf(poisoned(example_payload(), hostile), document, "en")

    assert seen == []
    assert [path for path in opened_files if "passwd" in path or "hosts" in path or path.startswith("\\\\")] == []


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 13))
def test_hostile_text_is_printed_as_it_is_written(start, listener):
    port, seen = listener
    texts = [text.replace("{port}", str(port)) for text in PAYLOADS[start : start + 13]]
    payload = example_payload()
    first = payload["medications"][0] | {"display": None, "brand": None}
    payload["medications"] = [first | {"name": text, "directions": {"en": text}} for text in texts]

    raw = render_pdf(payload, "medication_list", "en")

    printed = words_of(raw).replace(" ", "").casefold()
    assert [text for text in texts if printed.count(text.replace(" ", "").casefold()) < 2] == []
    assert b"/EmbeddedFile" not in raw
    assert seen == []


@pytest.mark.parametrize("address", [*ADDRESSES, "mtm-static:../render.py", "mtm-static:", "MTM-STATIC:no.svg", "no.svg", ""])
def test_the_fetcher_refuses_everything_but_its_own_names(address):
    with pytest.raises(FatalURLFetchingError):
        PaperFetcher().fetch(address)


def test_the_fetcher_serves_its_own_names():
    assert PaperFetcher().fetch("mtm-static:no.svg").read().startswith(b"<svg")


def test_every_name_in_templates_and_styles_is_one_that_the_fetcher_knows():
    html = "".join(
        render_html(example_payload() | {"signature": signature}, "packet", "es") for signature in (None, example_payload()["signature"])
    )

    asked = {part.split('"')[0] for part in html.split('url("')[1:]}
    assert asked
    assert asked <= set(named_files())


@pytest.mark.parametrize("character", ["王", "→", "≥", "😀", "\u202e", "\x00", "ع", "\u200b"])
def test_a_character_without_a_glyph_is_an_error_and_never_a_box(character):
    payload = example_payload()
    payload["medications"][0]["name"] = f"Apixaban{character}"

    with pytest.raises(PaperProblem, match=r"payload.medications\[0\].name: the paper font has no .*U\+"):
        render_pdf(payload, "medication_list", "en")


def test_accents_of_many_languages_are_printed():
    payload = example_payload()
    payload["patient"]["name"] = "Zoë Łukasik Őry Ştefănescu Ñ"

    assert payload["patient"]["name"] in words_of(render_pdf(payload, "map", "en"))


def test_what_staff_should_look_at_is_told_and_does_not_stop_the_print():
    payload = example_payload()
    payload["disposal_sites"] = payload["disposal_sites"][:1]
    payload["allergies"] = {"status": "not_recorded", "items": []}
    payload["medications"][3]["reason"] = None
    payload["topics"][0]["text"] = {
        "en": "Concomitant administration of anticoagulant medication potentiates gastrointestinal hemorrhagic complications."
    }
    payload["topics"] = payload["topics"][:1]
    payload["topics"][0]["actions"] = []

    warnings = warnings_for(payload, "packet", "en")

    assert problems_for(payload, "packet", "en") == []
    assert [line.split(":")[0] for line in warnings] == [
        "payload.allergies",
        "payload.medications[3].reason",
        "payload.disposal_sites",
        "payload.topics",
    ]


def test_words_typed_in_one_language_are_told_before_a_spanish_paper():
    payload = example_payload()
    payload["organization"]["hours"] = "Monday to Friday"

    assert any("payload.organization.hours" in line for line in warnings_for(payload, "packet", "es"))
    assert not any("payload.organization.hours" in line for line in warnings_for(payload, "packet", "en"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_reads_at_grade_6_or_below(language):
    assert [line for line in warnings_for(example_payload(), "packet", language) if "grade" in line] == []
