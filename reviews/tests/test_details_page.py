"""How a review was held: the page that says it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def details(encounter, **changes):
    today = timezone.localdate().strftime("%m/%d/%Y")
    return {"version": encounter.version, "held_on": today, "held_how": "phone", "held_with": "patient", "language": "en", "began": "2:30 PM", "ended": "3:05 PM"} | changes


def test_the_day_the_way_and_the_times_are_kept(pharmacist_client, make_encounter):
    encounter = make_encounter(held_on=None)

    response = pharmacist_client.post(reverse("encounter-details", args=[encounter.pk]), details(encounter))

    encounter.refresh_from_db()
    assert response.url == encounter.get_absolute_url()
    assert (encounter.held_how, encounter.began, encounter.ended) == ("phone", dt.time(14, 30), dt.time(15, 5))
    assert 'value="02:30 PM"' in pharmacist_client.get(reverse("encounter-details", args=[encounter.pk])).text


@pytest.mark.parametrize(("changes", "words"), [({"ended": "1:00 PM"}, "before it began"), ({"held_on": ""}, "date with the time"), ({"began": "25:99"}, "valid time")])
def test_times_that_cannot_be_are_refused_at_their_field(pharmacist_client, make_encounter, changes, words):
    encounter = make_encounter()

    response = pharmacist_client.post(reverse("encounter-details", args=[encounter.pk]), details(encounter, **changes))

    assert response.status_code == 422
    assert words in response.text


def test_a_technician_prepares_but_does_not_say_how_it_was_held(technician_client, make_encounter):
    encounter = make_encounter(held_how="")

    technician_client.post(reverse("encounter-details", args=[encounter.pk]), details(encounter, goal="Sleep better"))

    encounter.refresh_from_db()
    assert (encounter.goal, encounter.held_how) == ("Sleep better", "")


def test_two_people_never_overwrite_each_other(pharmacist_client, make_encounter):
    encounter = make_encounter()
    url = reverse("encounter-details", args=[encounter.pk])
    pharmacist_client.post(url, details(encounter, goal="Walk to church"))

    late = pharmacist_client.post(url, details(encounter, goal="Fewer pills"))

    encounter.refresh_from_db()
    assert late.status_code == 422
    assert "Fewer pills" in late.text and "Walk to church" in late.text
    assert encounter.goal == "Walk to church"
