"""The main job with JavaScript switched off: slower, and whole."""

import pytest
from django.utils import timezone

from mtm.tests.application import running

pytestmark = pytest.mark.mainjob


@pytest.fixture
def application(tmp_path):
    with running(tmp_path) as started:
        yield started


@pytest.fixture
def page(browser, application):
    page = browser.new_context(java_script_enabled=False, base_url=application.url).new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", application.passwords["alice"])
    press(page, "Sign in")
    return page


def press(page, name, inside="main"):
    with page.expect_navigation():
        page.locator(inside).get_by_role("button", name=name).first.click()


def follow(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def test_a_medicine_is_added_and_a_review_judged_planned_and_signed(page):
    page.goto("/patients/")
    follow(page, "Brandt")
    chart = page.url
    add_a_medicine(page, chart)

    page.goto(f"{chart}reviews/new/")
    page.check("[value=cmr]")
    press(page, "Open the review")
    review = page.url
    accept_and_dismiss(page)
    give_a_step(page, review)
    say_how_it_was_held(page, review)
    sign(page, review)

    assert page.url == f"{review}papers/"
    open_the_papers(page)


def add_a_medicine(page, chart):
    page.goto(f"{chart}medicines/")
    flags = page.locator(".flags .live .sev")
    before = flags.count()
    page.fill("[name=text]", "naproxen 500 mg tablet")
    page.fill("[name=directions]", "1 po bid wc")
    press(page, "Save")
    assert "Take 1 tablet by mouth 2 times a day with food." in page.inner_text("main")
    assert flags.count() > before


def accept_and_dismiss(page):
    """The first finding becomes a problem; the second is dismissed with a reason in words."""
    first, second = (f"#{page.locator('[data-finding]').nth(number).get_attribute('id')}" for number in (0, 1))
    press(page, "Accept", inside=first)
    page.locator(f"{second} summary", has_text="Dismiss").click()
    page.fill(f"{second} [name=reason]", "Stops next week.")
    press(page, "Other", inside=second)
    assert "Accepted" in page.inner_text(first)
    assert "Stops next week." in page.inner_text(second)


def give_a_step(page, review):
    page.goto(review)
    follow(page, "Step for the patient")
    assert page.input_value("[name=do_en]")
    press(page, "Save")


def say_how_it_was_held(page, review):
    page.goto(review)
    follow(page, "How it was held")
    page.fill("[name=held_on]", timezone.localdate().strftime("%m/%d/%Y"))
    page.select_option("[name=held_how]", "phone")
    page.check("[name=identity_checked]")
    press(page, "Save")


def sign(page, review):
    page.goto(review)
    follow(page, "Review and sign")
    for reason in page.locator("[name^=ack-]").all():
        reason.fill("To be settled at the next talk.")
    press(page, "Sign and lock")


def open_the_papers(page):
    """The worker makes them; the page says so, and has a link to look again."""
    link = page.locator("#documents").get_by_role("link", name="Medication action plan")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(500)
        follow(page, "Look again")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF")
