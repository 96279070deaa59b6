"""The main job in a real browser, on the running application with its worker and a real Redis.

Bob imports one patient from a file and types another by keyboard; Alice reviews both, judges,
plans, previews and signs; the papers are there; an answer, an addendum, a correction and a
follow-up come after. Every page on the way is checked with axe.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mtm.tests.application import ROOT, running

pytestmark = pytest.mark.mainjob
expect.set_options(timeout=20_000)

SAMPLES = ROOT.parent / "shared" / "samples" / "fhir-r4-synthea"
BUNDLE = next(iter(SAMPLES.glob("Asa_Hermiston*.json")), ROOT / "exchange" / "examples" / "walter_jablonski.json")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
MEDICINES = [
    ("warfarin 5", "1 po qpm"), ("amiodarone 200", "1 po daily"), ("lisinopril 20", "1 po qam"), ("spironolactone 25", "1 po daily"),
    ("furosemide 40", "1 po qam"), ("metformin 1000", "1 po bid wc"), ("glyburide 5", "1 po qam"), ("simvastatin 40", "1 po qhs"),
    ("omeprazole 20", "1 po qam"), ("sertraline 50", "1 po qam"), ("oxybutynin 5", "1 po bid"), ("naproxen 500", "1 po bid wc"),
]  # fmt: skip


@pytest.fixture
def application(tmp_path, redis_server, own_database):
    with running(tmp_path, database_url=own_database, redis_url=redis_server.url) as started:
        yield started


class Desk:
    """One person at one browser; collects what the console and axe complain about."""

    def __init__(self, browser, application):
        self.application, self.complaints = application, []
        self.page = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True).new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, message):
        """Errors of the page; htmx also reports as one each request that a newer keystroke replaced."""
        replaced = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest")) or message.text == "undefined"
        if message.type == "error" and not replaced:
            self.complaints.append(message.text)

    def open(self, path):
        self.page.goto(path if path.startswith("http") else f"{self.application.url}{path}")

    def sign_in(self, name):
        self.open("/sign-in/")
        self.page.fill("#id_login", name)
        self.page.fill("#id_password", self.application.passwords[name])
        self.press("Sign in")

    def go(self, where):
        """Click what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            where.click()

    def press(self, text):
        """Press a button of the page by its words."""
        self.go(self.page.locator("main, dialog").get_by_role("button", name=text).first)

    def follow(self, text):
        self.go(self.page.locator("main").get_by_role("link", name=text).first)

    def submit(self):
        self.go(self.page.locator("main form button.btn-primary").first)

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.evaluate("node => node.tagName") == "SELECT":
                field.select_option(value)
            elif value is True:
                field.check()
            else:
                field.fill(value)

    def looks_right(self):
        """No fault that axe-core finds under WCAG 2.2 A and AA, and no sideways scrolling at 360 px."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        self.complaints += [f"{self.page.url}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found["violations"]]
        self.page.set_viewport_size({"width": 360, "height": 800})
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.complaints.append(f"{self.page.url}: scrolls sideways at 360 px")
        self.page.set_viewport_size({"width": 1440, "height": 900})


def test_the_main_job_from_two_lists_to_signed_papers_and_what_follows(browser, application):
    bob, alice = Desk(browser, application), Desk(browser, application)
    bob.sign_in("bob")
    imported = import_a_patient(bob)
    typed = register_a_patient(bob)
    type_the_medicines(bob, typed)

    alice.sign_in("alice")
    alice.looks_right()
    first = review(alice, imported, kind="cmr")
    sign(alice)
    second = review(alice, typed, kind="cmr")
    sign(alice)
    papers_are_ready(alice, second, {"Medicare packet", "Letter", "Note"})
    what_follows(alice, second)
    papers_are_ready(alice, first, {"Personal medication record", "Medication action plan"})

    complaints = [*bob.complaints, *alice.complaints]
    assert not complaints, "\n".join(complaints)


def import_a_patient(bob):
    bob.open("/import/")
    bob.looks_right()
    bob.page.set_input_files("main input[type=file]", BUNDLE)
    bob.press("Read the file")
    bob.looks_right()
    bob.press("Create the chart")
    bob.page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    return bob.page.url


def register_a_patient(bob):
    """A second patient by hand: two prescribers, the person, a plan, allergies, conditions, labs."""
    for name in ("Dr. Mara Lindgren", "Dr. Peter Quist"):
        bob.open("/directory/prescriber/new/")
        bob.fill(name=name, phone="614 555 0111", fax="614 555 0112")
        bob.submit()
    bob.open("/patients/new/")
    bob.fill(
        given_names="Ingrid",
        family_name="Sandoval",
        birth_date="3/4/1947",
        sex="F",
        phone="614 555 0199",
        address="9 Elm Street\nSpringfield, OH 45501",
    )
    bob.press("Save and open the chart")
    chart = bob.page.url
    add(bob, chart, "coverage", plan_name="Lakeview Rx", is_part_d=True)
    add(bob, chart, "allergy", substance="penicillin", reaction="hives")
    for condition in ("Atrial fibrillation", "Heart failure", "Type 2 diabetes"):
        add(bob, chart, "condition", name=condition)
    for test, result, unit in (("eGFR", "38", "mL/min/1.73 m2"), ("Potassium", "5.3", "mmol/L"), ("INR", "3.1", "")):
        add(bob, chart, "observation", name=test, result=result, unit=unit)
    bob.open(chart)
    bob.looks_right()
    return chart


def add(desk, chart, noun, **fields):
    desk.open(f"{chart}{noun}/new/")
    desk.fill(**fields)
    desk.page.locator(f"#{noun}-form button.btn-primary").click()
    expect(desk.page.locator(f"#{noun}-form")).to_have_count(0)  # saved: the panel is closed again


def type_the_medicines(bob, chart):
    """Twelve medicines by keyboard alone; the NSAID is flagged before its line is saved."""
    bob.open(f"{chart}medicines/")
    keyboard = bob.page.keyboard
    bob.page.focus("#new-text")
    for count, (name, directions) in enumerate(MEDICINES, start=1):
        keyboard.type(name)
        bob.page.wait_for_selector(".combo-list[aria-busy=false]:not([hidden]) [role=option]")
        keyboard.press("ArrowDown")
        keyboard.press("Enter")
        if name.startswith("naproxen"):
            bob.page.wait_for_selector("#new-flags .sev--major")
        keyboard.press("Tab")
        keyboard.type(directions)
        keyboard.press("Enter")
        expect(bob.page.locator("tbody.line-body")).to_have_count(count)
    bob.looks_right()


def review(alice, chart, *, kind):
    """Open a review; accept two findings, dismiss the next with a reason; ask two prescribers, give the patient a step for each."""
    alice.open(chart)
    alice.follow("New review")
    alice.page.check(f"main input[value={kind}]")
    alice.press("Open the review")
    alice.looks_right()
    url = alice.page.url
    judged = judge(alice)
    for number in range(min(2, judged)):
        alice.open(url)
        plan_for(alice, alice.page.locator("main section.plan-item[id^=plan-]").nth(number), number)
    alice.open(url)
    alice.follow("How it was held")
    today = timezone.localdate().strftime("%m/%d/%Y")
    alice.fill(held_on=today, held_how="phone", identity_checked=True, disposal_discussed="True", goal="To feel steady on my feet.")
    alice.looks_right()
    alice.press("Save")
    alice.open(url)
    return url


def judge(alice):
    """Returns how many findings were accepted: two, or all there are; the next is dismissed by key."""
    cards = alice.page.locator("[data-finding]:visible")  # minor ones are folded away
    accepted = min(2, cards.count())
    for number in range(accepted):
        cards.nth(number).focus()
        alice.page.keyboard.press("p")
        expect(alice.page.locator(".finding--decided")).to_have_count(number + 1)
    if cards.count() > accepted:
        cards.nth(accepted).focus()
        alice.page.keyboard.press("d")
        alice.page.keyboard.press("k")  # a reason here, "back" elsewhere
        expect(alice.page.locator(".finding--decided")).to_have_count(accepted + 1)
    return accepted


def plan_for(alice, item, number):
    """The patient's step and a request, from what the finding proposes; each request goes to another prescriber."""
    anchor = item.get_attribute("id")
    alice.go(item.get_by_role("link", name="Step for the patient"))
    assert alice.page.input_value("[name=do_en]")
    alice.looks_right()
    alice.press("Save")
    alice.go(alice.page.locator(f"#{anchor}").get_by_role("link", name="Ask a prescriber"))
    assert alice.page.input_value("[name=request]")
    choices = alice.page.locator("[name=prescriber] option").evaluate_all("nodes => nodes.map(node => node.value).filter(Boolean)")
    alice.page.select_option("[name=prescriber]", choices[number % len(choices)])
    alice.press("Save")


def sign(alice):
    """Preview each paper, say why what is open may stay, sign."""
    for link in alice.page.locator("#plan a[href*='/preview/']").evaluate_all("nodes => nodes.map(node => node.href)"):
        answer = alice.page.request.get(link)
        assert answer.status == 200 and answer.body().startswith(b"%PDF")
    alice.page.keyboard.press("Control+Enter")
    alice.page.wait_for_url(re.compile("/sign/$"))
    alice.looks_right()
    for field in alice.page.locator("main [name^=ack-]").all():
        field.fill("Discussed; to be settled at the next talk.")
    alice.press("Sign and lock")
    assert "/papers/" in alice.page.url, alice.page.inner_text("main")


def papers_are_ready(alice, url, names):
    """The worker has made every PDF; the same bytes come twice."""
    alice.open(f"{url}papers/")
    expect(alice.page.locator("#documents [role=status]")).to_have_text("all ready", timeout=60_000)
    alice.looks_right()
    links = {link.inner_text(): link.get_attribute("href") for link in alice.page.locator("#documents td:first-of-type a[target]").all()}
    assert names <= set(links)
    for href in links.values():
        first, second = (alice.page.request.get(f"{alice.application.url}{href}") for _ in range(2))
        assert first.status == 200 and first.body().startswith(b"%PDF") and first.body() == second.body()


def what_follows(alice, url):
    """An answer, a delivery, an addendum, a corrected line as version 2, a follow-up date."""
    papers = f"{url}papers/"
    alice.open(papers)
    alice.follow("Record the answer")
    alice.page.check("main input[value=accepted]")
    alice.looks_right()
    alice.press("Record the answer")
    alice.open(papers)
    alice.follow("Add an addendum")
    alice.fill(text="The patient called: the INR was 2.4 today.")
    alice.looks_right()
    alice.press("Sign the addendum")
    alice.go(alice.page.locator("#documents tr", has_text="Patient's papers").get_by_role("link", name="Correct"))
    line = alice.page.locator("main textarea[name^=line-]").first
    line.fill(f"{line.input_value()} (corrected)")
    alice.fill(reason="A word was missing.")
    alice.looks_right()
    alice.press("Sign the correction")
    alice.open(f"{url}follow-up/")
    alice.fill(due_on=(timezone.localdate() + dt.timedelta(days=14)).strftime("%m/%d/%Y"))
    alice.press("Set the date")
    text = alice.page.inner_text("main")
    assert "version 2" in text and "Replaced by a later version" in text and "Accepted" in text and "Addendum" in text
