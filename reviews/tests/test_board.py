"""The workspace: a closed review shows the list that was reviewed, not the list of today."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_medicine_added_after_signing_is_not_in_the_signed_review(pharmacist_client, signed_encounter, make_medication):
    make_medication(signed_encounter.patient, text="ibuprofen 200 mg tablet")

    page = pharmacist_client.get(reverse("encounter", args=[signed_encounter.pk])).text

    assert "naproxen 500 mg tablet" in page
    assert "ibuprofen" not in page


def test_a_line_changed_after_signing_keeps_the_words_that_were_reviewed(pharmacist_client, signed_encounter):
    line = signed_encounter.patient.medications.get(text__startswith="naproxen")
    line.directions, line.directions_en = "2 po daily", "Take 2 tablets by mouth each day."
    line.save()

    page = pharmacist_client.get(reverse("encounter", args=[signed_encounter.pk])).text

    assert "2 tablets" not in page
    assert "1 po daily" in page
