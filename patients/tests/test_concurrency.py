"""Many people at one chart: no saved edit is lost (B1), and a form sent eight times makes one row (B2)."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from mtm.tests.fixtures import client_of, make_user
from patients.kinds import KINDS
from patients.models import Allergy, Patient
from patients.tests.test_patient_forms import PLAIN
from patients.tests.test_rows import RIGHT

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]
WRITERS = 8


def at_once(work, arguments):
    """Run `work` for each argument, all at the same time, each with its own connection."""

    def closing(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(closing, arguments))


def count_up(client, allergy, turns):
    """Read the number in the chart and save the next one, `turns` times; gives how many saves were acknowledged."""
    acknowledged = 0
    for _ in range(turns):
        row = Allergy.objects.get(pk=allergy.pk)
        form = {"substance": row.substance, "kind": row.kind, "source": row.source, "version": row.version}
        answer = client.post(reverse("allergy", args=[allergy.pk]), form | {"reaction": f"seen {int(row.reaction[5:]) + 1}"})
        acknowledged += answer.status_code == 302
        if answer.status_code != 302:
            assert (answer.status_code, "changed this" in answer.text) == (409, True)
    return acknowledged


@pytest.mark.parametrize("turns", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_no_acknowledged_edit_of_eight_writers_is_lost(organization, make_allergy, turns):
    allergy = make_allergy(reaction="seen 0")
    people = [make_user(organization, f"tech{number}", "Tech", str(number), is_technician=True) for number in range(WRITERS)]

    acknowledged = sum(at_once(lambda client: count_up(client, allergy, turns), [client_of(person) for person in people]))

    allergy.refresh_from_db()
    assert acknowledged > 0
    assert (allergy.reaction, allergy.history.count()) == (f"seen {acknowledged}", 1 + acknowledged)


@pytest.mark.parametrize("noun", ["patient", *RIGHT])
def test_a_form_sent_eight_times_at_once_makes_one_row(pharmacist, make_patient, noun):
    patient, key = make_patient(), {"request_key": str(uuid.uuid4())}
    url = reverse(f"{noun}-add", args=[] if noun == "patient" else [patient.pk])
    form, model = (PLAIN | key, Patient) if noun == "patient" else (RIGHT[noun] | key, KINDS[noun].model)
    before = model.objects.count()
    clients = [client_of(pharmacist) for _ in range(WRITERS)]

    answers = at_once(lambda client: client.post(url, form), clients)

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert model.objects.count() == before + 1
