"""The logo in the letterhead: printed from the payload alone, tagged, and never a way into the print engine."""

import base64
import io
import json
import subprocess
import sys
import zlib

import pikepdf
import pytest
from django.conf import settings
from PIL import Image
from weasyprint.urls import FatalURLFetchingError

from mtm.lib import logo
from reviews.documents.assets import LOGO, LOGO_BOX, logo_in
from reviews.documents.checks import problems_for
from reviews.documents.engine import PaperFetcher
from reviews.documents.example import example_payload
from reviews.documents.payload import draft_payload
from reviews.documents.render import render_html, render_pdf
from reviews.documents.schema import PaperProblem, problems_in
from reviews.models import Encounter
from reviews.tests.pdf_reading import read_pages, read_tags

pytestmark = [pytest.mark.papers, pytest.mark.trust]

WITH_LOGO = ("packet", "map", "pmr", "prescriber_letter")
SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><image href="file:///etc/passwd"/></svg>'


def picture(size=(300, 100), mode="L"):
    drawing = Image.new("RGB", size, "white")
    drawing.paste((20, 20, 20), (0, 0, size[0] // 2, size[1]))
    return drawing.convert(mode)


def png(size=(300, 100), mode="L", **options):
    target = io.BytesIO()
    picture(size, mode).save(target, "PNG", **options)
    return target.getvalue()


def jpeg():
    target = io.BytesIO()
    picture().save(target, "JPEG")
    return target.getvalue()


def with_logo(text):
    payload = example_payload()
    payload["organization"]["logo"] = text
    return payload


def bomb():
    """A PNG of a few kilobytes that says it is 60,000 x 60,000 pixels."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")


HOSTILE = {
    "no base64": "%%% not base64 %%%",
    "an address": "http://127.0.0.1/logo.png",
    "a file": "file:///etc/passwd",
    "other letters": "ПНГ",
    "no picture": base64.b64encode(b"hello").decode(),
    "an SVG with a script": base64.b64encode(SCRIPTED).decode(),
    "a JPEG": base64.b64encode(jpeg()).decode(),
    "a color PNG": base64.b64encode(png(mode="RGB")).decode(),
    "too wide": base64.b64encode(png((601, 100))).decode(),
    "too high": base64.b64encode(png((100, 201))).decode(),
    "a bomb": base64.b64encode(bomb()).decode(),
    "cut off": base64.b64encode(png()[:-40]).decode(),
    "an animation": base64.b64encode(png(save_all=True, append_images=[picture().rotate(180)])).decode(),
    "endless": "A" * 200_000,
    "empty": "",
    "a number": 7,
    "a list": ["x"],
}


@pytest.mark.parametrize("document", WITH_LOGO)
def test_the_first_page_shows_the_logo_once_a_letterhead_tagged_with_the_organizations_name(document):
    payload = with_logo(logo.to_text(png()))

    raw = render_pdf(payload, document, "en")

    assert read_tags(raw).wrong == []
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pictures = [one for one in pdf.pages[0].Resources.XObject.values() if one.get("/Subtype") == "/Image"]
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert [(int(one.Width), int(one.Height), one.ColorSpace) for one in pictures] == [(300, 100, "/DeviceGray")]
        assert str(payload["organization"]["name"]) in [str(figure.Alt) for figure in figures]


@pytest.mark.parametrize("document", WITH_LOGO)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_logo_takes_no_page_more(document, language):
    pages = [len(read_pages(render_pdf(with_logo(text), document, language))) for text in (None, logo.to_text(png((520, 200))))]

    assert pages[0] == pages[1]


@pytest.mark.parametrize("document", [*WITH_LOGO, "medication_list", "schedule", "wallet_card"])
def test_without_a_logo_nothing_of_it_is_in_the_paper(document):
    assert "logo" not in render_html(example_payload(), document, "en")
    assert render_html(with_logo(None), document, "en").count("<img") == 0


def test_papers_without_a_letterhead_print_as_before():
    assert "<img" not in render_html(with_logo(logo.to_text(png())), "medication_list", "en")


@pytest.mark.parametrize("size", [(600, 200), (200, 200), (600, 20), (10, 200), (1, 1)])
def test_the_logo_keeps_its_shape_within_the_room_of_the_letterhead(size):
    shown = logo_in(with_logo(logo.to_text(png(size))))

    assert shown.width <= LOGO_BOX[0]
    assert shown.height <= LOGO_BOX[1]
    assert shown.width / shown.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_the_same_logo_gives_the_same_bytes():
    payload = with_logo(logo.to_text(png()))

    assert render_pdf(payload, "prescriber_letter", "en") == render_pdf(payload, "prescriber_letter", "en")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_else_stands_in_its_place_is_one_line_of_error(text):
    lines = problems_in(with_logo(text))

    assert len(lines) == 1
    assert lines[0].startswith("payload.organization.logo: ")
    with pytest.raises(PaperProblem):
        render_pdf(with_logo(text), "map", "en")


@pytest.mark.parametrize("what", ["no base64", "an SVG with a script", "a bomb"])
def test_the_command_ends_with_one_line_and_code_1(what, tmp_path):
    file, out = tmp_path / "payload.json", tmp_path / "paper.pdf"
    file.write_text(json.dumps(with_logo(HOSTILE[what])))
    command = [sys.executable, "manage.py", "render_packet", str(file), "--document", "map", "--language", "en", "--out", str(out)]

    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "payload.organization.logo" in done.stderr
    assert not out.exists()


def test_the_fetcher_serves_a_logo_only_to_the_paper_that_has_one():
    shown = logo_in(with_logo(logo.to_text(png())))

    assert PaperFetcher(shown).fetch(LOGO).read() == shown.png
    with pytest.raises(FatalURLFetchingError):
        PaperFetcher().fetch(LOGO)
    with pytest.raises(FatalURLFetchingError):
        PaperFetcher(shown).fetch("file:///etc/passwd")


def test_the_print_engine_gets_pixels_alone():
    noted = png(icc_profile=b"secret place")

    assert b"secret" not in logo_in(with_logo(base64.b64encode(noted).decode())).png


def test_what_is_signed_keeps_the_logo_of_that_day(organization, judged_encounter, pharmacist, request):
    kept = logo.cleaned(png())
    organization.logo = kept
    organization.save()
    draft = draft_payload(Encounter.objects.get(pk=judged_encounter.pk), by=pharmacist)
    signed = request.getfixturevalue("signed_encounter")

    organization.logo = None
    organization.save()

    papers = list(signed.documents.all())
    assert draft["organization"]["logo"] == logo.to_text(kept)
    assert {paper.payload["organization"]["logo"] for paper in papers} == {logo.to_text(kept)}
    assert problems_for(draft, "packet", "en") == []


def test_an_organization_without_a_logo_signs_without_one(judged_encounter, pharmacist):
    payload = draft_payload(Encounter.objects.get(pk=judged_encounter.pk), by=pharmacist)

    assert payload["organization"]["logo"] is None
