"""Make the pictures of the README from a fresh demo: `.venv/bin/python -m docs.screenshots`, from the project's folder.

Needs Chromium, and pdftoppm (poppler-utils) for the pages of the packet. Takes about a minute.
"""

import datetime as dt
import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from mtm.run.browser import opened
from mtm.tests.application import Application, running

PICTURES = Path(__file__).with_name("img")
VIEW = {"width": 1280, "height": 800}
COLORS = 128  # enough for the badges, few enough for small files


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as application, opened() as browser:
        page = browser.new_context(viewport=VIEW, color_scheme="light").new_page()
        sign_in(page, application, "alice")
        page.goto(f"{application.url}/patients/")
        page.get_by_role("link", name="Marín").first.click()
        photograph(page, "medicines", at=f"{page.url}medicines/")
        review = open_review(page)
        judge(page)
        plan(page, review)
        hold(page, review)
        photograph(page, "review", at=review)
        photograph(page, "today", at=application.url)
        photograph(page, "sign", at=f"{review}sign/")
        packet = page.request.get(f"{review}preview/packet/").body()
    print_pages(packet)


def sign_in(page: Page, application: Application, name: str) -> None:
    page.goto(f"{application.url}/sign-in/")
    page.fill("#id_login", name)
    page.fill("#id_password", application.passwords[name])
    press(page, "Sign in")


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def open_review(page: Page) -> str:
    page.goto(page.url.removesuffix("medicines/") + "reviews/new/")
    page.check("main input[value=cmr]")
    press(page, "Open the review")
    return page.url


def judge(page: Page) -> None:
    """Leave the first finding open, accept two, dismiss the other serious ones: the prescriber knows."""
    cards = page.locator("[data-finding]")
    for number in range(1, page.locator("[data-finding] .finding-head .sev--major").count()):
        cards.nth(number).focus()
        for key in "p" if number < 3 else "dk":
            page.keyboard.press(key)
        page.locator(".finding--decided").nth(number - 1).wait_for()


def plan(page: Page, review: str) -> None:
    """What each accepted finding proposes: a step for the patient and a request to the prescriber."""
    for number in range(2):
        for link in ("Step for the patient", "Ask a prescriber"):
            page.goto(review)
            page.locator("section.plan-item[id^=plan-]").nth(number).get_by_role("link", name=link).click()
            page.wait_for_load_state()
            if page.locator("[name=prescriber]").count() and not page.input_value("[name=prescriber]"):
                page.select_option("[name=prescriber]", index=1)
            press(page, "Save")


def hold(page: Page, review: str) -> None:
    page.goto(f"{review}details/")
    page.fill("[name=held_on]", (dt.date.today() - dt.timedelta(days=1)).strftime("%m/%d/%Y"))
    page.select_option("[name=held_how]", "phone")
    page.select_option("[name=disposal_discussed]", "True")
    page.check("[name=identity_checked]")
    press(page, "Save")


def photograph(page: Page, name: str, *, at: str) -> None:
    page.goto(at)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)
    save(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), name)


def print_pages(packet: bytes) -> None:
    """The cover letter, the to-do list, the first page of the list and the disposal sheet, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "48", "-png", "-", f"{folder}/page"], input=packet, check=True)  # noqa: S603, S607
        pages = [Image.open(file).convert("RGB") for file in sorted(Path(folder).glob("*.png"))]
    chosen = [*pages[:3], pages[-1]]
    gap = 12
    sheet = Image.new("RGB", (sum(page.width + gap for page in chosen) + gap, chosen[0].height + 2 * gap), "#d5d9de")
    for number, page in enumerate(chosen):
        sheet.paste(page, (gap + number * (page.width + gap), gap))
    save(sheet, "packet")


def save(image: Image.Image, name: str) -> None:
    file = PICTURES / f"{name}.png"
    image.quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
