"""Every form against bad input, against fields it does not have, and sent twice: bars E2, A7, B2."""

import uuid

import pytest
from django.apps import apps

from accounts.scoping import OrganizationOwned
from mtm.tests.forms_on_pages import forms_of
from mtm.tests.test_routes import taken_back
from mtm.tests.world import make_world

pytestmark = [pytest.mark.trust, pytest.mark.django_db, pytest.mark.usefixtures("no_copies_of_contexts")]

CORPUS = {
    "nothing": "",
    "NUL": "a\x00b",
    "half a character": "\udce9",
    "direction override": "Aspirin \u202eniripsa",
    "zero width": "asp\u200birin",
    "emoji": "💊" * 30,
    "combining marks": "e" + "\u0301" * 200,
    "a megabyte": "x" * 1_000_000,
    "5,000 digits": "9" * 5000,
    "a huge exponent": "1e999999",
    "not a number": "NaN",
    "minus infinity": "-Infinity",
    "a template": "{{7*7}}",
    "a script": "<script>alert(1)</script>",
    "a line end": "a\r\nSet-Cookie: b=c",
    "a day before 1900": "01/01/1066",
    "a day to come": "01/01/2999",
    "no day at all": "99/99/9999",
}
ROLES = ("pharmacist", "technician", "manager", "auditor")
# What no form of a technician may change, whatever it is sent.
KEPT = {
    "accounts.User": {"is_superuser", "is_staff", "is_demo", "password"},
    "accounts.Membership": {"is_manager", "is_pharmacist", "is_technician", "is_auditor"},
    "reviews.Finding": {"status", "severity", "code", "judged_by_id", "judged_at", "data", "fingerprint"},
    "reviews.Encounter": {"status", "signed_at", "signed_by_id", "acknowledged", "opened_by_id"},
    "reviews.Problem": {"status", "category", "resolved_on"},
    "reviews.SignedDocument": {"payload", "sha256", "signed_by_id", "signed_at", "meaning"},
    "reviews.DocumentFile": {"pdf_sha256", "attempts"},
}
HOSTILE = {
    "is_superuser": "on", "is_staff": "on", "is_pharmacist": "on", "is_manager": "on", "is_demo": "on", "status": "signed", "severity": "minor",
    "signed_at": "2026-01-01", "signed_by": "1", "judged_at": "2026-01-01", "code": "managed", "organization": "1", "organization_id": "1",
    "entered_in_error_at": "2026-01-01", "merged_into": "1", "created_at": "1999-01-01", "sha256": "0", "payload": "{}", "acknowledged": "[]",
    "pdf": "x", "attempts": "0", "meaning": "x", "password": "another long password", "data": "{}", "category": "1", "resolved_on": "2026-01-01",
}  # fmt: skip


@pytest.fixture
def world(db):
    return make_world("Riverside")


@pytest.mark.parametrize("role", ROLES)
def test_no_bad_input_breaks_a_form_or_gets_in_changed(role, world):
    """Each text of the corpus in every text field of every form at once: never a 5xx, never a silent success with broken text."""
    client = world.client(role)
    broken, sent = [], 0

    for form in forms_of(world, client, role):
        for what, text in CORPUS.items():
            with taken_back():
                answer = client.post(form.action, form.data | dict.fromkeys(form.texts, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if what == "half a character" else text))
            sent += 1
            if answer.status_code >= 500:
                broken.append((form.route, form.action, what, answer.status_code))

    assert broken == []
    assert sent >= len(CORPUS)


def kept_columns():
    """The columns that only their own service may change, and who owns each row."""
    sums = {}
    for model in apps.get_models():
        names = KEPT.get(model._meta.label, set()) | ({"organization_id"} if issubclass(model, OrganizationOwned) else set())
        if names:
            sums[model._meta.label] = {row["pk"]: row for row in model._default_manager.values("pk", *names)}
    for row in sums["reviews.Finding"].values():
        row["status"] = row["status"].replace("gone", "open")  # a new look at the chart may find it no more: no verdict
    return sums


def test_a_technicians_forms_change_nothing_that_they_do_not_show(world):
    """Mass assignment: every form is sent as filled, with the names of protected fields added."""
    client = world.client("technician")
    changed = []

    for form in forms_of(world, client, "technician"):
        before = kept_columns()
        with taken_back():
            client.post(form.action, {name: value for name, value in HOSTILE.items() if name not in form.data} | form.data)
            after = kept_columns()
            for label, rows in before.items():
                changed += [(form.route, label, pk) for pk, row in rows.items() if after[label].get(pk) != row]

    assert changed == []


def counts():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if issubclass(model, OrganizationOwned)}


FILLED = {
    "given_names": "Nora", "family_name": "Quist", "birth_date": "03/14/1951", "name": "eGFR", "substance": "latex", "result": "38", "unit": "mL/min/1.73 m2",
    "measured_on": "11/01/2026", "plan_name": "Lakeview", "given_on": "11/01/2026", "system": "Clinic", "value": "77", "number": "77", "text": "lisinopril 20 mg tablet",
    "statement": "Falls", "drugs": "lisinopril", "request": "Please check", "do_en": "Stand up slowly.", "due_on": "12/31/2099", "answer": "accepted",
    "answered_on": "11/20/2026", "channel": "hand", "sent_on": "11/21/2026", "kind": "mtm", "first_name": "Kim", "last_name": "Ode", "username": "kimode",
    "password": "seven gray geese fly", "roles": "technician", "alcohol": "none", "filled_on": "11/01/2026", "credentials": "CPhT",
}  # fmt: skip


@pytest.mark.parametrize("role", ("pharmacist", "manager"))
def test_every_creating_form_sent_eight_times_makes_one_row(role, world):
    """B2, one after the other: one row more, and eight answers alike; the same key with other contents is refused."""
    client = world.client(role)
    wrong, made = [], 0

    for form in (one for one in forms_of(world, client, role) if one.creates):
        data = {name: FILLED.get(name, value) if not value or (name == "kind" and value not in ("mtm",) and form.route.startswith("consent")) else value for name, value in form.data.items()}
        data |= {"request_key": str(uuid.uuid4())} | {name: FILLED[name] for name in ("roles", "answer") if name in FILLED and name not in data}
        with taken_back():
            before = counts()
            answers = [client.post(form.action, data) for _ in range(8)]
            after = counts()
            added = {label: after[label] - before[label] for label in after if after[label] != before[label] and not label.split(".")[1].startswith("Historical")}
            if answers[0].status_code in (200, 302) and added:
                made += 1
                other = client.post(form.action, data | {next(iter(form.texts), "note"): "something else"})
                if set(added.values()) != {1} or {answer.status_code for answer in answers} != {answers[0].status_code} or counts() != after:
                    wrong.append((form.route, form.action, added, [answer.status_code for answer in answers], other.status_code))

    assert wrong == []
    assert made >= {"pharmacist": 12, "manager": 1}[role]
