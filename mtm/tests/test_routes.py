"""Every route, for every role, in the own and in another organization: bars A1, A2, A3 and the headers.

`routes.tsv` is the declaration: each route's name, capability, methods and what its ids point at. A
route that is not in it fails. From it the expected answer of every cell follows:

    not signed in          302 to the sign-in page
    role without it        403, whatever the id
    role with it           404 for another organization's id and for no such id; never for its own
    another method         405
"""

import contextlib
import csv
import itertools
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from accounts.permissions import CAPABILITIES, EVERYBODY, Role
from accounts.scoping import OrganizationOwned
from mtm.lib.canonical import sha256_of
from mtm.tests.fixtures import client_of
from mtm.tests.world import ROLES, make_world

TABLE = Path(__file__).with_name("routes.tsv")
METHODS = ("GET", "HEAD", "POST")
RARE_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")  # refused before anybody is looked at: three principals show it
PRINCIPALS = (*ROLES, "deactivated", "anonymous")
CELLS = [*itertools.product(PRINCIPALS, METHODS), *itertools.product(("pharmacist", "auditor", "anonymous"), RARE_METHODS)]
LIBRARY = "library"  # allauth's own pages: about the person who is signed in, no ids of ours


def declared():
    with TABLE.open() as file:
        return {row["route"]: row for row in csv.DictReader(file, delimiter="\t")}


def patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif isinstance(entry, URLPattern):
            yield entry


ROUTES = declared()
OURS = {name: row for name, row in ROUTES.items() if row["capability"] != LIBRARY}
WITH_IDS = {name: row for name, row in OURS.items() if row["ids"]}


def may(role, capability):
    return role in ROLES and (capability == EVERYBODY or capability in CAPABILITIES[Role(role)])


def path_of(name, world, ids=None):
    """The route's path; `ids` replaces the world's own rows."""
    kinds = [kind for kind in ROUTES[name]["ids"].split(",") if kind]
    extra = [word for word in ROUTES[name]["words"].split(",") if word]
    return reverse(name, args=[*(ids or [world.rows[kind].pk for kind in kinds]), *extra])


def test_every_route_is_declared_with_the_capability_that_its_view_asks_for():
    found = {pattern.name: getattr(pattern.callback, "capability", LIBRARY) for pattern in patterns()}

    assert found == {name: row["capability"] for name, row in ROUTES.items()}


@pytest.fixture
def worlds(db):
    return make_world("Riverside"), make_world("Hilltop")


@pytest.fixture
def clients(worlds):
    own, _ = worlds
    browsers = {role: own.client(role) for role in ROLES}
    browsers["deactivated"] = deactivated_client()
    browsers["anonymous"] = Client()
    return browsers


def deactivated_client():
    """A session that was good until its person was deactivated."""
    user = User.objects.create(username="gone")
    client = client_of(user)
    user.is_active = False
    user.save()
    return client


def expected(principal, row, target, method):
    if method not in {"GET", "HEAD", "POST"}:
        return {405}
    if principal in {"anonymous", "deactivated"}:
        return {302}
    if not may(principal, row["capability"]):
        return {403}
    methods = row["methods"].split(",")
    if method not in methods and not (method == "HEAD" and "GET" in methods):
        return {405}
    return {404} if target != "own" else {200, 204, 302, 409, 422}


class Undo(Exception):
    """Ends a block whose writes are taken back."""


@contextlib.contextmanager
def taken_back():
    """Whatever the block writes is undone: each route of the sweep meets the same world."""
    with contextlib.suppress(Undo), transaction.atomic():
        yield
        raise Undo


@pytest.mark.trust
@pytest.mark.usefixtures("no_copies_of_contexts")
def test_each_cell_of_the_matrix_answers_as_the_table_says(worlds, clients):
    """Every route, every method, every principal: own id, another organization's id, no such id."""
    own, other = worlds
    wrong = []

    for name, row in OURS.items():
        kinds = [kind for kind in row["ids"].split(",") if kind]
        targets = {"own": path_of(name, own)}
        if kinds:
            targets["other"] = path_of(name, own, [other.rows[kind].pk for kind in kinds])
            targets["none"] = path_of(name, own, [uuid.uuid4() for _ in kinds])
        for target, path in targets.items():
            for principal, method in CELLS:
                with taken_back():
                    response = clients[principal].generic(method, path)
                if response.status_code not in expected(principal, row, target, method) or not leads_to_sign_in(response, principal):
                    wrong.append((name, target, principal, method, response.status_code))

    assert wrong == []


def leads_to_sign_in(response, principal):
    if principal in ROLES or response.status_code != 302:
        return True
    return response.url.startswith(reverse("account_login"))


@pytest.mark.trust
def test_a_strangers_id_changes_and_shows_nothing(worlds):
    """Object swap: each id of a path in turn is another organization's, the rest is one's own."""
    own, other = worlds
    before = rows_of(other.organization)
    browsers = {role: own.client(role) for role in ROLES}
    shown = []

    for name, row in WITH_IDS.items():
        kinds = row["ids"].split(",")
        client = browsers[
            next(role for role in ("pharmacist", "manager", "auditor") if may(role, row["capability"]) or row["capability"] == EVERYBODY)
        ]
        for place in range(len(kinds)):
            ids = [(other if place == index else own).rows[kind].pk for index, kind in enumerate(kinds)]
            path = path_of(name, own, ids)
            form = {"version": 1, "request_key": uuid.uuid4(), "reason": "swap", "code": "managed"}
            shown += [
                (name, answer.status_code) for answer in (client.get(path), client.post(path, form)) if answer.status_code not in {404, 405}
            ]

    assert shown == []
    assert rows_of(other.organization) == before


def rows_of(organization):
    """A checksum of each table's rows of one organization."""
    sums = {}
    for model in apps.get_models():
        if issubclass(model, OrganizationOwned):
            rows = model._default_manager.filter(organization=organization).order_by("pk").values()
            sums[model._meta.label] = sha256_of([[str(value) for value in row.values()] for row in rows])
    return sums


@pytest.mark.trust
def test_every_page_keeps_its_headers(worlds, clients):
    """No-store, nosniff, a policy without inline code, no frame, on each answer of each route."""
    own, _ = worlds
    wrong = []

    for name, row in OURS.items():
        if "GET" not in row["methods"].split(","):
            continue
        headers = clients["pharmacist"].get(path_of(name, own)).headers
        policy = headers.get("Content-Security-Policy", "")
        if (
            "no-store" not in headers.get("Cache-Control", "")
            or headers.get("X-Content-Type-Options") != "nosniff"
            or headers.get("X-Frame-Options") != "DENY"
            or "unsafe" in policy
            or "default-src 'none'" not in policy
        ):
            wrong.append(name)

    assert wrong == []


def test_ids_in_paths_are_random_and_nothing_else_is_in_them():
    converters = {type(converter).__name__ for pattern in patterns() for converter in pattern.pattern.converters.values()}

    assert converters <= {"UUIDConverter", "SlugConverter", "IntConverter"}
    assert {
        pattern.name
        for pattern in patterns()
        if any(type(converter).__name__ == "IntConverter" for converter in pattern.pattern.converters.values())
    } <= {"mfa_remove_webauthn", "mfa_edit_webauthn"}
