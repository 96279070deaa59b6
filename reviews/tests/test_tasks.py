"""Rendering in the background: leases, failures, the sweep, and a worker that is killed in the middle."""

import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from reviews import signing, worklist
from reviews.models import DocumentFile, SignedDocument
from reviews.models.document import MOST_ATTEMPTS
from reviews.tasks import record_failure, render_file, sweep_files


@pytest.fixture
def file(papers_of):
    return papers_of["note"].files.get()


@pytest.fixture
def broken_file(papers_of):
    """A file whose paper can't be printed: a letter made of a note."""
    note = papers_of["note"]
    return DocumentFile.objects.create(organization=note.organization, document=note, name="prescriber_letter", template_version="test")


def again(file):
    return DocumentFile.objects.get(pk=file.pk)


def test_rendering_sets_bytes_hash_and_time_together(file):
    render_file(str(file.pk))

    file = again(file)
    assert bytes(file.pdf).startswith(b"%PDF-")
    assert file.pdf_sha256 == hashlib.sha256(bytes(file.pdf)).hexdigest()
    assert (file.is_ready, file.attempts, file.leased_until) == (True, 1, None)


def test_rendering_twice_changes_nothing(file):
    render_file(str(file.pk))
    first = again(file)

    render_file(str(file.pk))

    assert (again(file).rendered_at, again(file).attempts) == (first.rendered_at, 1)


def test_a_row_in_other_hands_is_left_alone(file):
    assert DocumentFile.objects.take_lease(file.pk) is not None

    assert DocumentFile.objects.take_lease(file.pk) is None


def test_a_lease_that_ran_out_is_taken_again(file):
    DocumentFile.objects.filter(pk=file.pk).update(leased_until=timezone.now() - dt.timedelta(seconds=1), attempts=1)

    assert DocumentFile.objects.take_lease(file.pk).attempts == 2


def test_a_failure_says_its_kind_and_nothing_clinical(broken_file):
    render_file(str(broken_file.pk))

    broken_file = again(broken_file)
    assert broken_file.last_error == "The paper holds something that can't be printed"
    assert broken_file.leased_until > timezone.now()


def test_an_unexpected_failure_keeps_the_name_of_its_class_alone(file):
    record_failure(file, ValueError("Rosa Elena takes warfarin"))

    assert again(file).last_error == "ValueError"


def test_the_fifth_failure_parks_the_row_and_shows_it(broken_file, organization):
    for _ in range(MOST_ATTEMPTS + 2):
        DocumentFile.objects.filter(pk=broken_file.pk).update(leased_until=None)
        render_file(str(broken_file.pk))

    assert (again(broken_file).attempts, again(broken_file).is_parked) == (MOST_ATTEMPTS, True)
    assert list(worklist.parked_files(organization)) == [broken_file]


def test_a_person_can_give_a_parked_paper_another_try(file, technician, django_capture_on_commit_callbacks):
    DocumentFile.objects.filter(pk=file.pk).update(attempts=MOST_ATTEMPTS)

    with django_capture_on_commit_callbacks() as callbacks:
        signing.retry_file(file, by=technician)
        signing.retry_file(file, by=technician)

    assert len(callbacks) == 1
    render_file(str(file.pk))
    assert again(file).is_ready


def test_each_try_waits_longer_than_the_one_before(file):
    waits = []
    for attempt in (1, 2, 3, 4):
        file.attempts = attempt
        record_failure(file, ValueError())
        waits.append(again(file).leased_until - timezone.now())

    assert waits == sorted(waits)
    assert waits[-1] > dt.timedelta(seconds=10)


def sent_by_the_sweep(monkeypatch):
    sent = []
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, args, **options: sent.append(args[0]))
    sweep_files()
    return sent


def test_the_sweep_sends_what_is_unfinished_and_nothing_else(papers_of, monkeypatch):
    old = timezone.now() - dt.timedelta(minutes=1)
    waiting, leased, done = DocumentFile.objects.order_by("name")
    immutable_age(old)
    DocumentFile.objects.filter(pk=leased.pk).update(leased_until=timezone.now() + dt.timedelta(seconds=9))
    render_file(str(done.pk))

    assert sent_by_the_sweep(monkeypatch) == [str(waiting.pk)]


def immutable_age(moment):
    """Rows get their age at birth; to age them the triggers step aside."""
    from mtm.lib import immutability

    immutability.remove()
    DocumentFile.objects.update(created_at=moment)
    immutability.install()


def test_the_sweep_leaves_a_row_to_its_own_message_at_first(file, monkeypatch):
    assert sent_by_the_sweep(monkeypatch) == []


# A real worker, killed in mid-render ------------------------------------------------------------


@contextmanager
def worker(folder, url):
    """A Celery worker with beat on a filesystem queue of its own; killed with its children when the block ends."""
    env = {**os.environ, "MTM_ENV": "test", "MTM_PRIVATE_DIR": str(folder), "DATABASE_URL": url, "REDIS_URL": ""}
    command = [sys.executable, "-m", "celery", "-A", "mtm", "worker", "-B", "-c", "1", "-l", "WARNING", "-s", str(folder / "beat")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, start_new_session=True, stdout=log, stderr=log)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def database_url():
    """The test's own database as a worker reaches it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    owner = f"{database['USER']}:{database['PASSWORD']}@" if database["PASSWORD"] else f"{database['USER']}@"
    return f"postgres://{owner}{database['HOST']}:{database['PORT']}/{database['NAME']}"


def wait_until(condition, seconds, poll=0.01):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(poll)
    return False


@pytest.mark.trust
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_render_leaves_papers_that_the_next_one_makes_once(papers_of, tmp_path):
    """Bar F2: the row is the job, so the paper is there within 30 s of the kill, once; longer where others use the processor too."""
    rows = DocumentFile.objects.all()
    with worker(tmp_path, database_url()):
        caught = wait_until(lambda: rows.filter(pdf=None, attempts=1).exists(), 60, poll=0.002)
    assert caught, (tmp_path / "log").read_text()[-3000:]
    in_flight = rows.filter(pdf=None, attempts=1).count()
    killed_at = time.monotonic()

    with worker(tmp_path, database_url()):
        finished = wait_until(lambda: not rows.filter(pdf=None).exists(), 180, poll=0.1)

    took = time.monotonic() - killed_at
    busy = max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert finished, list(rows.values("name", "attempts", "last_error"))
    assert in_flight == 1
    assert took < 30 * busy
    assert sorted(rows.values_list("attempts", flat=True)) == [1] * (rows.count() - 1) + [2]
    assert SignedDocument.objects.count() == rows.count()


def test_a_message_carries_an_id_and_nothing_clinical(file, tmp_path, monkeypatch):
    """Bar P2, on the queue itself."""
    render_file.apply_async([str(file.pk)], expires=60)

    messages = [path.read_text() for path in Path(settings.QUEUE_DIR / "messages").glob("*")]
    assert messages
    assert not any("warfarin" in text or "Marín" in text for text in messages)
