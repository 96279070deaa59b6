"""The picker and the worklist of names by keyboard alone, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mtm.tests.application import ROOT
from patients.models import Medication
from patients.services.medications import add_medication

pytestmark = [pytest.mark.mainjob, pytest.mark.django_db(transaction=True)]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ITS_LIST = ".combo-list[aria-busy=false]:not([hidden])"  # the answer to the last letter


@pytest.fixture
def page(browser, live_server, technician_client):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": technician_client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_list_is_walked_by_arrows_and_told_to_a_screen_reader(page, make_patient, technician):
    patient = make_patient()
    add_medication(make_patient(), by=technician, text="metoprolol tartrate 50 mg tablet")
    page.goto(reverse("medications", args=[patient.pk]))
    field, options = page.locator("#new-text"), page.locator(f"{ITS_LIST} [role=option]")

    page.keyboard.type("met")
    expect(options.first).to_contain_text("metoprolol tartrate 50 mg tablet")
    expect(page.locator("#medication-status")).to_contain_text("shown")
    press(page, "ArrowDown", "ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    seen = (
        field.get_attribute("aria-expanded"),
        page.locator(f"#{active}").get_attribute("aria-selected"),
        page.locator(f"#{active}").inner_text(),
    )
    press(page, "Escape")
    closed = field.get_attribute("aria-expanded"), field.get_attribute("aria-activedescendant"), field.input_value()

    assert page.locator(".option-head").count() == 0  # closed
    assert seen[:2] == ("true", "true") and seen[2].startswith("metFORMIN")
    assert closed == ("false", None, "met")
    assert page.complaints == []


def test_the_rest_of_the_list_opens_in_place_and_a_choice_is_taken(page, make_patient):
    page.goto(reverse("medications", args=[make_patient().pk]))
    options = page.locator(f"{ITS_LIST} [role=option]")

    page.keyboard.type("synthroid")
    expect(options).to_have_count(26)
    press(page, "ArrowUp", "ArrowUp")  # the last but one: show more
    expect(page.locator("[aria-selected=true]")).to_contain_text("more")
    press(page, "Enter")
    expect(options.nth(30)).to_be_attached()
    press(page, "ArrowDown", "ArrowDown", "Enter")

    assert page.locator("#new-text").input_value() == "levothyroxine sodium 25 mcg tablet (Synthroid)"
    assert page.locator("#new-rxcui").input_value() == "966220"
    assert page.complaints == []


def faults(page):
    """What axe finds, and whether a small phone would scroll sideways."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [fault["id"] for fault in found["violations"]] + ["scrolls sideways"] * is_wide


def test_the_open_list_and_the_page_of_choices_are_sound_and_fit_a_phone(page, make_patient):
    patient = make_patient()
    page.goto(reverse("medications", args=[patient.pk]))

    page.keyboard.type("hydrox")
    expect(page.locator(f"{ITS_LIST} .look-alike").first).to_be_visible()
    press(page, "ArrowDown")
    in_list = faults(page)
    with page.expect_navigation():  # as a browser without JavaScript sends it
        page.evaluate(
            "url => { const form = document.getElementById('new-form'); form.action = url; HTMLFormElement.prototype.submit.call(form); }",
            reverse("medication-look-up", args=[patient.pk]),
        )
    on_page = faults(page)

    assert "Which medicine is" in page.inner_text("main")
    assert (in_list, on_page) == ([], [])


@pytest.fixture
def lines(make_patient, technician):
    texts = ("CPZ", "CPZ", "MS", "Dr. Luz joint tea", "the little heart pill")
    return [add_medication(make_patient(), by=technician, text=text) for text in texts]


def test_names_are_settled_left_looked_up_and_taken_back_by_keys_alone(page, lines):
    twice, _, ms, tea, pill = lines
    entries = page.locator("[data-name]")
    page.goto(reverse("names-to-settle"))
    expect(page.locator(f"#name-{twice.pk}")).to_be_focused()

    press(page, "2")
    expect(page.get_by_role("button", name="Yes, all 2")).to_be_focused()
    press(page, "Escape")
    expect(page.locator(f"#name-{twice.pk}")).to_be_focused()
    press(page, "2")
    expect(page.get_by_role("button", name="Yes, all 2")).to_be_focused()
    press(page, "Enter")
    expect(entries).to_have_count(3)
    expect(page.locator(f"#name-{ms.pk}")).to_be_focused()

    press(page, "2")  # magnesium sulfate
    expect(page.locator(f"#name-{tea.pk}")).to_be_focused()
    press(page, "n")
    page.keyboard.type("Not a medicine")
    press(page, "Enter")
    expect(page.locator(f"#name-{pill.pk}")).to_be_focused()
    press(page, "o")
    page.keyboard.type("metop")
    press(page, "Enter")
    expect(page.locator(f"#name-{pill.pk} [data-key='1']")).to_contain_text("metoprolol")
    press(page, "1")
    expect(entries).to_have_count(0)
    expect(page.locator("#names-status")).to_contain_text("Every name is settled.")
    settled = [
        line.ingredients[0]["name"] if line.ingredients else line.left_as_typed for line in Medication.objects.order_by("created_at")
    ]
    press(page, "u")
    expect(page.locator(f"#name-{pill.pk}")).to_be_focused()

    assert settled == ["prochlorperazine", "prochlorperazine", "magnesium sulfate", "Not a medicine", "metoprolol"]
    assert page.complaints == []
