"""Managers make and change people; the log shows it."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEvent, Membership, User

pytestmark = pytest.mark.django_db
NEW = {
    "first_name": "Frank",
    "last_name": "Otto",
    "credentials": "CPhT",
    "npi": "",
    "roles": ["technician"],
    "username": "frank",
    "password": "seven gray geese fly",
}


def test_a_manager_adds_a_person_who_can_sign_in(manager_client):
    response = manager_client.post(reverse("person-add"), NEW | {"request_key": uuid.uuid4()})

    assert response.url == reverse("people")
    assert User.objects.get(username="frank").check_password("seven gray geese fly")
    assert Membership.objects.get(user__username="frank").is_technician
    assert "Frank Otto, CPhT" in manager_client.get(response.url).text


def test_the_same_form_sent_twice_makes_one_person(manager_client):
    data = NEW | {"request_key": uuid.uuid4()}

    first = manager_client.post(reverse("person-add"), data)
    manager_client.post(reverse("person-add"), data)

    assert first.status_code == 302
    assert User.objects.filter(username="frank").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password", "password", "15 characters"),
        ("username", "bob!", "letters, digits"),
        ("npi", "1234567890", "not right"),
        ("roles", [], "at least one role"),
        ("first_name", "A\u202eB", "invisible"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(manager_client, field, value, words):
    response = manager_client.post(reverse("person-add"), NEW | {"request_key": uuid.uuid4(), field: value})

    assert response.status_code == 422
    assert words in response.text
    assert not User.objects.filter(username="frank").exists()


def test_the_last_manager_stays_one(manager_client, manager):
    member = manager.memberships.get()

    response = manager_client.post(
        reverse("person", args=[member.pk]),
        {"first_name": "Dana", "last_name": "Levin", "roles": ["auditor"], "is_active": "on", "version": member.version},
    )

    assert response.status_code == 409
    assert "only manager" in response.text


def test_a_role_taken_away_is_gone_with_the_next_request(manager_client, pharmacist_client, pharmacist):
    member = pharmacist.memberships.get()

    manager_client.post(
        reverse("person", args=[member.pk]),
        {"first_name": "Alice", "last_name": "Okoye", "roles": ["auditor"], "is_active": "on", "version": member.version},
    )

    assert pharmacist_client.get(reverse("log")).status_code == 200
    assert AuditEvent.objects.filter(action="person.changed", object_id=member.pk).exists()


def test_two_managers_never_overwrite_each_other(manager_client, pharmacist):
    member = pharmacist.memberships.get()
    form = {"first_name": "Alice", "last_name": "Okoye", "roles": ["pharmacist"], "is_active": "on", "version": member.version}
    manager_client.post(reverse("person", args=[member.pk]), form | {"credentials": "PharmD"})

    late = manager_client.post(reverse("person", args=[member.pk]), form | {"credentials": "RPh"})

    pharmacist.refresh_from_db()
    assert late.status_code == 422
    assert "Another manager changed this person" in late.text
    assert "RPh" in late.text
    assert pharmacist.credentials == "PharmD"


def test_another_organizations_person_is_not_found(manager_client, outsider):
    assert manager_client.get(reverse("person", args=[outsider.memberships.get().pk])).status_code == 404


def test_a_pharmacist_manages_nobody_and_reads_no_log(pharmacist_client):
    assert pharmacist_client.get(reverse("people")).status_code == 403
    assert pharmacist_client.get(reverse("log")).status_code == 403


def test_the_log_finds_what_one_person_did(auditor_client, pharmacist_client, pharmacist):
    pharmacist_client.post(reverse("lock"))

    found = auditor_client.post(reverse("log"), {"person": pharmacist.pk, "action": "session.locked"})
    none = auditor_client.post(reverse("log"), {"action": "document."})

    assert "session.locked" in found.text
    assert "No event fits" in none.text


def test_the_first_manager_is_made_from_the_command_line(db, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("seven gray geese fly\n"))

    call_command("add_manager", organization="Corner Pharmacy", username="Greta", first_name="Greta", last_name="Holm")

    member = Membership.objects.get(user__username="greta")
    assert (member.is_manager, member.organization.name) == (True, "Corner Pharmacy")
    assert member.user.check_password("seven gray geese fly")
    assert "manages Corner Pharmacy" in capsys.readouterr().out


def test_a_weak_first_password_is_refused_and_makes_nobody(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))

    with pytest.raises(CommandError, match="15 characters"):
        call_command("add_manager", organization="Corner Pharmacy", username="greta", first_name="Greta", last_name="Holm")

    assert not User.objects.exists()
