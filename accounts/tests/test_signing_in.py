"""Signing in, the lock, the second factor."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from mtm.tests.fixtures import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


def sign_in(password=PASSWORD, name="alice"):
    client = Client()
    return client, client.post(reverse("account_login"), {"login": name, "password": password})


def test_signing_in_leads_to_the_today_page_and_is_logged(pharmacist):
    client, response = sign_in()

    assert response.url == reverse("today")
    assert client.get(response.url).status_code == 200
    assert AuditEvent.objects.filter(action="session.signed_in", user=pharmacist).count() == 1


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(pharmacist):
    _, wrong = sign_in("not this one, sorry")
    _, unknown = sign_in("not this one, sorry", name="nobody")

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert AuditEvent.objects.filter(action="session.sign_in_failed").count() == 2


def test_eight_wrong_passwords_close_the_door_for_that_name(pharmacist):
    for _ in range(8):
        sign_in("not this one, sorry")

    _, response = sign_in()

    assert response.status_code == 429
    assert "Too many tries" in response.text


def test_everything_but_the_sign_in_page_asks_for_signing_in():
    response = Client().get(reverse("today"))

    assert response.url.startswith(reverse("account_login"))


def test_nobody_signs_up_by_themselves():
    assert Client().get("/accounts/signup/").status_code in {302, 404}


def test_a_person_without_a_membership_sees_nothing(pharmacist):
    pharmacist.memberships.update(is_active=False)

    assert client_of(pharmacist).get(reverse("today")).status_code == 403


def test_an_idle_session_is_locked_and_the_password_opens_it_where_it_was(pharmacist_client, time_machine_of):
    pharmacist_client.get(reverse("today"))
    time_machine_of(minutes=16)

    locked = pharmacist_client.get(reverse("today"))
    wrong = pharmacist_client.post(locked.url, {"password": "no"})
    opened = pharmacist_client.post(reverse("unlock"), {"password": PASSWORD, "next": reverse("today")})

    assert locked.url == f"{reverse('unlock')}?next={reverse('today')}"
    assert wrong.status_code == 422
    assert opened.url == reverse("today")
    assert pharmacist_client.get(opened.url).status_code == 200


def test_a_post_to_a_locked_session_is_refused_and_says_so(pharmacist_client):
    pharmacist_client.post(reverse("lock"))

    response = pharmacist_client.post(reverse("log"))

    assert response.status_code == 423
    assert "Nothing was saved" in response.text


def test_a_session_ends_after_twelve_hours_of_use(pharmacist_client, time_machine_of):
    pharmacist_client.get(reverse("today"))
    for _ in range(74):
        time_machine_of(minutes=10)
        response = pharmacist_client.get(reverse("today"))

    assert response.url.startswith(reverse("account_login"))


def test_unlocking_never_leads_to_another_site(pharmacist_client):
    pharmacist_client.post(reverse("lock"))

    response = pharmacist_client.post(reverse("unlock"), {"password": PASSWORD, "next": "https://example.org/"})

    assert response.url == reverse("today")


def test_where_a_second_factor_is_obligatory_a_person_without_one_sets_it_up_first(pharmacist_client, settings):
    settings.MFA_REQUIRED_FOR_STAFF = True

    response = pharmacist_client.get(reverse("today"))

    assert response.url == reverse("mfa_index")
    assert pharmacist_client.get(response.url).status_code == 200


@pytest.fixture
def time_machine_of(monkeypatch):
    """Move the clock that the lock reads."""
    clock = {"now": time.time()}
    monkeypatch.setattr("accounts.middleware.time.time", lambda: clock["now"])

    def forward(minutes):
        clock["now"] += minutes * 60

    return forward
