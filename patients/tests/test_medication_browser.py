"""The medication table by keyboard, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from patients.models import Medication

pytestmark = [pytest.mark.mainjob, pytest.mark.django_db(transaction=True)]

ITS_LIST = ".combo-list[aria-busy=false]:not([hidden]) [role=option]"  # the answer to the last letter
PRESS_AT_ONCE = """id => addEventListener("focusin", (event) => {
  if (event.target.id === id) { document.body.dataset.pressed = "1"; event.target.click(); }
})"""


class Keys:
    """A keyboard that counts what it presses."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def type(self, text):
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def press(self, *names):
        for name in names:
            self.page.keyboard.press(name)
        self.pressed += len(names)


def is_complaint(message):
    """An error of the page; that a newer question called off an older one is none, though htmx prints it as one."""
    return message.type == "error" and not message.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))


@pytest.fixture
def table(browser, live_server, technician_client, make_patient):
    """The medication page of a new patient, as the technician sees it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    cookie = technician_client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(live_server.url + reverse("medications", args=[make_patient(weight_kg="58.0").pk]))
    yield page
    context.close()


def choose(page, keys, letters):
    """Type letters, wait for their list, take its first item."""
    keys.type(letters)
    page.wait_for_selector(ITS_LIST)
    keys.press("ArrowDown", "Enter")


def saved(page, count):
    """Wait until the server has answered that so many lines are saved."""
    expect(page.locator("tbody.line-body")).to_have_count(count, timeout=15_000)
    expect(page.locator("#save-state")).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def test_three_medicines_by_keyboard_with_a_flag_while_typing(table):
    keys = Keys(table)

    choose(table, keys, "war")
    keys.press("Tab")
    keys.type("1 po qpm")
    keys.press("Enter")
    saved(table, 1)
    first_line = keys.pressed
    choose(table, keys, "lisi")
    keys.press("Tab")
    keys.type("1 po qam")
    keys.press("Enter")
    saved(table, 2)
    choose(table, keys, "nap")
    table.wait_for_selector("#new-flags .sev--major")
    flag, unsaved, focus = table.inner_text("#new-flags"), Medication.objects.count(), table.evaluate("document.activeElement.id")
    keys.press("Tab")
    keys.type("1 po bid wc")
    expect(table.locator("#new-plain")).to_contain_text("2 times a day")
    keys.press("Enter")
    saved(table, 3)

    assert first_line <= 16
    assert "If saved:" in flag and "NSAID" in flag and unsaved == 2 and focus == "new-text"
    expect(table.locator("#new-text")).to_be_focused()
    assert [line.ingredients[0]["name"] for line in Medication.objects.for_record()] == ["warfarin", "lisinopril", "naproxen"]
    assert table.complaints == []


def test_a_line_is_edited_in_its_place_and_escape_leaves_it(table):
    keys = Keys(table)
    choose(table, keys, "war")
    keys.press("Tab", "Enter")
    saved(table, 1)
    line = Medication.objects.get()

    table.focus(f"#edit-{line.pk}")
    keys.press("Enter")
    expect(table.locator(f"#line-{line.pk}-text")).to_be_focused()  # the row takes the focus when it opens
    table.fill(f"#line-{line.pk}-reason", "not kept")
    keys.press("Escape")
    expect(table.locator(f"#edit-{line.pk}")).to_be_focused()
    keys.press("Enter")
    expect(table.locator(f"#line-{line.pk}-text")).to_be_focused()
    table.fill(f"#line-{line.pk}-reason", "Atrial fibrillation")
    keys.press("Enter")
    expect(table.locator(f"#edit-{line.pk}")).to_be_focused()

    line.refresh_from_db()
    assert line.reason == "Atrial fibrillation" and line.version == 2
    assert table.url.endswith("/medicines/") and table.complaints == []


def test_what_has_the_focus_after_a_swap_answers_the_very_next_key(table):
    """The page itself presses Enter in the instant in which the link takes the focus: sooner than any hand."""
    keys = Keys(table)
    choose(table, keys, "war")
    keys.press("Tab", "Enter")
    saved(table, 1)
    line = Medication.objects.get()

    table.click(f"#edit-{line.pk}")
    expect(table.locator(f"#line-{line.pk}-text")).to_be_focused()
    table.evaluate(PRESS_AT_ONCE, f"edit-{line.pk}")
    keys.press("Escape")
    table.wait_for_selector("body[data-pressed]")
    expect(table.locator(f"#line-{line.pk}-text")).to_be_focused()  # the form is back

    assert table.url.endswith("/medicines/")


def test_a_line_on_a_page_of_its_own_takes_the_focus_saves_and_is_left_by_escape(table):
    keys = Keys(table)
    choose(table, keys, "war")
    keys.press("Tab", "Enter")
    saved(table, 1)
    line, medicines = Medication.objects.get(), table.url
    first = table.locator(f"#line-{line.pk}-text")

    table.goto(table.locator(f"#edit-{line.pk}").evaluate("link => link.href"))
    expect(first).to_be_focused()
    keys.press("Escape")
    table.wait_for_url(medicines)
    table.goto(table.locator(f"#edit-{line.pk}").evaluate("link => link.href"))
    expect(first).to_be_focused()
    table.fill(f"#line-{line.pk}-reason", "Atrial fibrillation")
    keys.press("Enter")
    table.wait_for_url(medicines)

    line.refresh_from_db()
    assert line.reason == "Atrial fibrillation" and table.complaints == []


def test_what_was_not_saved_never_looks_saved(table):
    keys = Keys(table)
    choose(table, keys, "war")
    keys.press("Tab")
    expect(table.locator("#save-state")).to_contain_text("not saved yet")

    table.context.set_offline(True)
    keys.press("Enter")
    expect(table.locator("#save-state")).to_contain_text("offline since")
    lost = Medication.objects.count()
    table.context.set_offline(False)
    saved(table, 1)

    assert lost == 0
    assert Medication.objects.count() == 1


def test_an_ambiguous_name_is_settled_in_its_line(table):
    keys = Keys(table)
    keys.type("MS")
    keys.press("Enter", "Enter")
    saved(table, 1)

    table.click("button:has-text('morphine')")
    expect(table.locator(".live--unknown")).to_have_count(0)

    line = Medication.objects.get()
    assert line.is_checked and line.ingredients[0]["name"] == "morphine" and line.text == "MS"
