"""Nothing clinical leaves the chart by a side door: bars P1, P2, P3, P4, S3, S6."""

import datetime as dt
import io
import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse

from accounts.models import AuditEvent, User
from mtm.celery import app
from mtm.tests.test_routes import OURS, path_of
from mtm.tests.world import make_world

pytestmark = [pytest.mark.trust, pytest.mark.django_db]

CANARIES = ("Zanzibarova", "Quetzalina", "1931-07-19", "07/19/1931", "canaridine", "MRN-CANARY-77", "note-canary-says-so", "canary allergy", "canary disease")


@pytest.fixture
def world(db):
    """A chart and a review in which every name, date, drug and note is a canary."""
    world = make_world("Riverside")
    rows = world.rows
    changes = {
        "patient": {"family_name": "Zanzibarova", "given_names": "Quetzalina", "birth_date": dt.date(1931, 7, 19)},
        "medication": {"text": "canaridine 5 mg", "ingredients": [{"rxcui": "1", "name": "canaridine"}]},
        "allergy": {"substance": "canary allergy"},
        "condition": {"name": "canary disease"},
        "identifier": {"value": "MRN-CANARY-77"},
        "encounter": {"note": "note-canary-says-so"},
        "problem": {"statement": "note-canary-says-so", "drugs": "canaridine"},
    }
    for kind, values in changes.items():
        for name, value in values.items():
            setattr(rows[kind], name, value)
        rows[kind].save()
        rows[kind].refresh_from_db()
    return world


@pytest.fixture
def logged():
    """All that the application's own handler writes, at DEBUG, from every logger."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    console = logging.getLogger("django").handlers[0]
    handler.setFormatter(console.formatter)
    for one in console.filters:
        handler.addFilter(one)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("django", "django.db.backends", "django.request", "mtm", "celery"))]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.DEBUG)
    yield stream
    for one, level in zip(loggers, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


def test_a_day_of_work_leaves_no_canary_in_logs_sessions_caches_or_the_audit_log(world, logged):
    """Every page is read, every form is sent empty and wrong, a search and a broken page are tried, as three roles."""
    for role in ("pharmacist", "technician", "auditor"):
        client = world.client(role)
        client.raise_request_exception = False
        for name, row in OURS.items():
            if name == "unlock" or name == "lock":
                continue
            path = path_of(name, world)
            if "GET" in row["methods"].split(","):
                client.get(path)
            if "POST" in row["methods"].split(",") and not name.endswith(("-withdraw", "discard")):
                client.post(path, {"q": "Zanzibarova", "text": "canaridine", "note": "note-canary-says-so", "reason": "note-canary-says-so"})
        client.get("/patients/Zanzibarova/")

    texts = {
        "logs": logged.getvalue(),
        "sessions": " ".join(str(session.get_decoded()) for session in Session.objects.all()),
        "cache": str(getattr(cache, "_cache", "")),
        "audit": " ".join(str(row) for row in AuditEvent.objects.values_list()),
    }

    assert "status 404" in texts["logs"]
    assert [(where, canary) for where, text in texts.items() for canary in CANARIES if canary.casefold() in text.casefold()] == []


def test_a_broken_page_tells_the_log_where_and_the_reader_nothing(world, logged, monkeypatch):
    client = world.client("pharmacist")
    client.raise_request_exception = False

    def broken(patient):
        raise ValueError(f"cannot show {patient}")

    monkeypatch.setattr("patients.views.charts.summary_of", broken)

    response = client.get(reverse("patient", args=[world.rows["patient"].pk]))

    assert response.status_code == 500
    assert "ValueError at" in logged.getvalue()
    assert "Zanzibarova" not in response.text and "Zanzibarova" not in logged.getvalue()


def test_task_messages_carry_ids_alone():
    """Every task of ours takes at most one argument, an id."""
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if name.startswith(("reviews.", "exchange.", "patients."))}

    assert set(ours) >= {"reviews.tasks.render_file", "reviews.tasks.sweep_files"}
    for task in ours.values():
        names = task.run.__code__.co_varnames[: task.run.__code__.co_argcount]
        assert all(name.endswith("_id") for name in names)
    assert app.conf.task_serializer == "json" and app.conf.accept_content == ["json"]


def test_a_fresh_installation_has_no_user():
    assert User.objects.count() == 0


@override_settings(
    SECRET_KEY="".join(chr(33 + n % 90) for n in range(80)), ALLOWED_HOSTS=["mtm.example.org"], DEBUG=False, SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True,
)  # fmt: skip
def test_the_deployment_check_of_django_finds_nothing(monkeypatch):
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")  # the browser tests need it, a deployment never has it
    out, err = io.StringIO(), io.StringIO()

    call_command("check", deploy=True, fail_level="WARNING", stdout=out, stderr=err)

    assert "no issues" in out.getvalue() + err.getvalue()
