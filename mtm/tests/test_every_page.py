"""Every page that a role can read, opened in a browser: axe finds nothing, nothing scrolls sideways, nothing complains."""

import pytest

from mtm.tests.application import ROOT
from mtm.tests.test_routes import OURS, may, path_of
from mtm.tests.world import make_world

pytestmark = [pytest.mark.mainjob, pytest.mark.look, pytest.mark.django_db(transaction=True)]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NO_PAGES = {"file", "encounter-preview", "organization-logo"}  # PDFs and pictures
LIBRARY_PAGES = ("/two-step/", "/two-step/totp/activate/", "/password/", "/sign-in/again/", "/sign-out/")
WIDTHS = (360, 720)  # a small phone, and 1440 pixels at 200 % zoom


def complaints_about(page, url):
    heard = []
    listen = lambda message: heard.append(f"{url}: {message.text}") if message.type == "error" else None  # noqa: E731
    page.on("console", listen)
    answer = page.goto(url)
    if answer.status >= 400:
        return [f"{url}: answered {answer.status}"]
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    heard += [f"{url}: {fault['id']}: {fault['nodes'][0]['html'][:140]}" for fault in found["violations"]]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            heard.append(f"{url}: scrolls sideways at {width} px")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.remove_listener("console", listen)
    return heard


@pytest.mark.parametrize("role", ["pharmacist", "manager", "auditor"])
def test_every_page_is_sound_for_axe_and_for_small_screens(role, browser, live_server):
    world = make_world("Riverside")
    paths = [path_of(name, world) for name, row in OURS.items() if "GET" in row["methods"].split(",") and may(role, row["capability"]) and name not in NO_PAGES]
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": world.client(role).cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()

    complaints = [one for path in (*dict.fromkeys(paths), *LIBRARY_PAGES) for one in complaints_about(page, f"{live_server.url}{path}")]
    context.close()

    assert len(paths) > 1
    assert not complaints, "\n".join(complaints)
