"""The chart in a real browser, by keyboard alone."""

import pytest
from django.urls import reverse

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
    page.wait_for_selector("#allergy-form")
    page.keyboard.type("Penicillin")
    page.keyboard.press("Enter")
    page.wait_for_selector("#allergy-panel .chart-row")

    assert Allergy.objects.get().substance == "Penicillin"
    assert "Penicillin" in page.inner_text("#patient-banner .facts")
    assert "Add allergy" in page.evaluate("document.activeElement.textContent")


def test_typing_in_the_search_narrows_the_list(page, make_patient):
    make_patient(family_name="Marín")
    make_patient(family_name="Brandt", given_names="Walter")
    page.goto(reverse("patients"))

    page.locator("#find-q").press_sequentially("marin")

    page.wait_for_selector("#patient-results tbody tr:only-child")
    assert "Marín" in page.inner_text("#patient-results")
