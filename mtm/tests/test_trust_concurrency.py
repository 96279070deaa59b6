"""Eight people at once, real threads: no acknowledged edit is lost, no form makes two rows. Bars B1, B2."""

import threading
import uuid

import pytest
from django.db import connections
from django.urls import reverse
from lxml import html

from mtm.tests.forms_on_pages import read_form
from mtm.tests.world import make_world
from patients.models import Medication

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]
WRITERS, EDITS = 8, 50


def at_once(*jobs):
    """Run the jobs in threads, let go together; what one raises is raised here."""
    gate, failures = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait()
            job()
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def edit_form(client, url):
    response = client.get(url)
    tree = html.fromstring(response.content)
    form = next(one for one in tree.iterfind(".//form") if one.find(".//input[@name='version']") is not None and (one.get("action") or url) == url)
    outside = [node for node in tree.iterfind(".//*[@form]") if node.get("form") == form.get("id")]
    return read_form("edit", form, outside, url).data


def test_400_edits_of_one_medicine_by_eight_people_lose_none():
    """Acknowledged edits are all in the history, in the order of their versions; each refusal keeps the writer's words."""
    world = make_world("Riverside")
    line = world.rows["medication"]
    url = reverse("medication-edit", args=[line.pk])
    acknowledged, refused, lost_words = [], [], []

    def writer(number):
        client = world.client("pharmacist" if number % 2 else "technician")
        for edit in range(EDITS):
            words = f"writer {number} edit {edit}"
            answer = client.post(url, edit_form(client, url) | {"reason": words})
            if answer.status_code == 302:
                acknowledged.append(words)
            else:
                refused.append(answer.status_code)
                if words not in answer.text:
                    lost_words.append(words)

    at_once(*(lambda number=number: writer(number) for number in range(WRITERS)))

    line.refresh_from_db()
    kept = list(line.history.order_by("version").values_list("reason", flat=True))
    assert len(acknowledged) + len(refused) == WRITERS * EDITS
    assert sorted(kept[1:]) == sorted(acknowledged)
    assert line.version == len(acknowledged) + 1
    assert set(refused) <= {409, 422} and lost_words == []
    assert len(acknowledged) >= EDITS


def test_one_form_sent_eight_times_at_once_makes_one_row_and_eight_equal_answers():
    world = make_world("Riverside")
    clients = [world.client("technician") for _ in range(WRITERS)]
    url = reverse("medication-add", args=[world.rows["patient"].pk])
    data = {"text": "lisinopril 20 mg tablet", "directions": "1 po qam", "request_key": str(uuid.uuid4())}
    before = Medication.objects.count()
    answers = []

    at_once(*(lambda client=client: answers.append(client.post(url, data)) for client in clients))

    assert Medication.objects.count() == before + 1
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
