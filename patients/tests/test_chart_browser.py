"""The chart in a real browser, by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from patients.models import Allergy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(browser, live_server, pharmacist_client):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": pharmacist_client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_an_allergy_is_added_by_keyboard_and_the_banner_follows(page, make_patient):
    patient = make_patient()
    page.goto(reverse("patient", args=[patient.pk]))

    page.focus("#allergy-panel .panel-add")
    page.keyboard.press("Enter")
    expect(page.locator("#allergy-form [name=substance]")).to_be_focused()
    page.keyboard.type("Penicillin")
    page.keyboard.press("Enter")

    expect(page.locator("#allergy-panel .chart-row")).to_contain_text("Penicillin")
    expect(page.locator("#patient-banner .facts")).to_contain_text("Penicillin")
    expect(page.locator("#allergy-panel .panel-add")).to_be_focused()
    assert Allergy.objects.get().substance == "Penicillin"


def test_typing_in_the_search_narrows_the_list(page, make_patient):
    make_patient(family_name="Marín")
    make_patient(family_name="Brandt", given_names="Walter")
    page.goto(reverse("patients"))

    page.locator("#find-q").press_sequentially("marin")

    expect(page.locator("#patient-results tbody tr")).to_have_count(1)
    expect(page.locator("#patient-results")).to_contain_text("Marín")
