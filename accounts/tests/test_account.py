"""What a person sets for themselves."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_keys_of_one_letter_are_turned_off_on_every_page_and_on_again(pharmacist_client, pharmacist):
    url = reverse("own-account")
    before = pharmacist_client.get(url).text

    pharmacist_client.post(url)
    off = pharmacist_client.get(reverse("today")).text
    pharmacist_client.post(url, {"single_letter_keys": "on"})

    pharmacist.refresh_from_db()
    assert 'data-keys="off"' not in before and 'data-keys="off"' in off
    assert pharmacist.single_letter_keys
    assert AuditEvent.objects.filter(action="account.changed", user=pharmacist).count() == 2
