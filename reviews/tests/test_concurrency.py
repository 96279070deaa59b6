"""Signing against editing, with real threads: one signature, and no edit after it (bar B3)."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import OperationalError, connection

from accounts.models import AuditEvent
from accounts.once import EditConflict
from mtm.lib.canonical import sha256_of
from reviews import services, signing
from reviews.models import Encounter, Problem
from reviews.tests.conftest import reasons_for

SAMPLE, WHOLE = 25, 200  # rounds in the everyday run and in the long one
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.trust]


def at_once(*jobs):
    """Run the jobs at the same moment, each in a thread with a connection of its own; an exception is a result."""
    gate = threading.Barrier(len(jobs))

    def run(job):
        try:
            gate.wait()
            return job()
        except (services.EncounterClosed, EditConflict, signing.NotReady, OperationalError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.parametrize("rounds", [SAMPLE, pytest.param(WHOLE, marks=pytest.mark.slow)])
def test_two_signatures_and_an_edit_at_once_make_one_signature_and_no_edit_after_it(make_encounter, make_patient, pharmacist, rounds):
    for round_number in range(rounds):
        encounter = make_encounter(make_patient(), kind="tmr", takes_no_medicines=True)
        services.refresh(encounter, by=pharmacist)
        services.add_problem(
            encounter, category=2, statement="Flu vaccine is due", condition="Prevention", no_step_reason="Given today", by=pharmacist
        )
        reasons = reasons_for(encounter)
        sign = partial(signing.sign_encounter, encounter, by=pharmacist, acknowledgements=reasons)
        edit = partial(
            services.add_problem, encounter, category=1, statement="Too late?", condition="Race", no_step_reason="No", by=pharmacist
        )
        jobs = [sign, sign, edit]
        random.Random(round_number).shuffle(jobs)

        outcomes = at_once(*jobs)

        signed = [outcome for outcome in outcomes if isinstance(outcome, list)]
        assert len(signed) == 1, outcomes
        assert AuditEvent.objects.filter(action="encounter.signed", object_id=str(encounter.pk)).count() == 1
        assert_documents_tell_the_plan(encounter)


def assert_documents_tell_the_plan(encounter):
    """What is in the plan now is what was signed: nothing slipped in behind the signature."""
    documents = {document.kind: document for document in encounter.documents.all()}
    note = "\n".join(line for section in documents["note"].payload["record"] for line in section["lines"])

    assert all(document.sha256 == sha256_of(document.payload) for document in documents.values())
    assert all(problem.statement in note for problem in Problem.objects.filter(encounter=encounter))


def test_a_medicine_changed_during_the_signature_is_in_the_papers_or_refuses_them(judged_encounter, pharmacist):
    reasons = reasons_for(judged_encounter)
    medication = judged_encounter.patient.medications.first()

    def change_dose():
        medication.directions_en = "Take 2 tablets by mouth each day."
        medication.directions = "2 po daily"
        medication.save()

    outcomes = at_once(lambda: signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons), change_dose)

    signed = next((outcome for outcome in outcomes if isinstance(outcome, list)), None)
    if signed is None:
        assert any(item.id == "stale" for outcome in outcomes if isinstance(outcome, signing.NotReady) for item in outcome.items)
    else:
        printed = {line["ref"]: line["directions"]["en"] for line in signed[0].payload["medications"]}
        assert printed[str(medication.pk)] == "Take 1 tablet by mouth each day."


def test_eight_people_editing_one_review_lose_nothing(make_encounter, pharmacist):
    """Bar B1: what was acknowledged is there; what was refused kept its own text."""
    encounter = make_encounter(kind="tmr")

    def edit(number):
        for attempt in range(10):
            current = Encounter.objects.get(pk=encounter.pk)
            word = f"{number}-{attempt}"
            try:
                services.change_encounter(current, by=pharmacist, version=current.version, note=f"{current.note} {word}".strip())
            except EditConflict:
                continue
            yield word

    results = at_once(*[lambda number=number: list(edit(number)) for number in range(8)])

    acknowledged = [word for result in results for word in result]
    assert sorted(Encounter.objects.get(pk=encounter.pk).note.split()) == sorted(acknowledged)


def test_two_refreshes_at_once_store_one_screening(warfarin_and_naproxen, make_encounter, pharmacist):
    encounter = make_encounter(warfarin_and_naproxen)

    outcomes = at_once(*[lambda: services.refresh(encounter, by=pharmacist)] * 3)

    assert len({screening.pk for screening in outcomes}) == 1
    assert encounter.snapshots.count() == 1
