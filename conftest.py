"""What every test shares: the settings, which tests run, and the real servers they talk to."""

import atexit
import os
import re
import shutil
import sys
import tempfile
import uuid
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"

PRIVATE = tempfile.mkdtemp(prefix="mtm-test-")
atexit.register(shutil.rmtree, PRIVATE, ignore_errors=True)

os.environ["MTM_ENV"] = "test"
os.environ["MTM_PRIVATE_DIR"] = PRIVATE  # the demo's database and queue are not ours
os.environ["DJANGO_SETTINGS_MODULE"] = "mtm.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread that also asks the database
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from mtm.run import browser as chromium  # noqa: E402
from mtm.run import servers  # noqa: E402

pytest_plugins = ["mtm.tests.fixtures"]

if settings.MTM_ENV != "test":  # pytest-django read them before this file said that this is a test
    pytest.exit("Unset DJANGO_SETTINGS_MODULE, or set MTM_ENV=test, so that no test meets the demo's data.", 2)

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server", "own_database"}


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot or should not run here, and remember each kind for the closing lines."""
    wanted = config.getoption("markexpr") or ""
    left_out = {"slow": [], "shared": [], "postgresql": [], "no database": []}
    kept = []
    for item in items:
        reason = reason_to_leave_out(item, wanted, config.getoption("database_only"))
        (left_out[reason] if reason else kept).append(item)
    items[:] = sorted(kept, key=is_short) if is_worker(config) else kept
    config.left_out = {reason: [item.nodeid for item in group] for reason, group in left_out.items()}
    config.hook.pytest_deselected(items=[item for group in left_out.values() for item in group])


def is_worker(config):
    """Whether this is one of several processes that share the tests (pytest-xdist)."""
    return hasattr(config, "workerinput")


def is_short(item):
    """Long tests begin first, so that no worker waits at the end for another's last one."""
    return not any(item.get_closest_marker(name) for name in ("mainjob", "trust", "budget"))


def reason_to_leave_out(item, wanted, database_only):
    if item.get_closest_marker("slow") and not re.search(r"\bslow\b", wanted):
        return "slow"
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        return "shared"
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        return "postgresql"
    if database_only and not touches_database(item):
        return "no database"
    return None


def touches_database(item):
    """Directly, or through an application of its own (the main job); how a page looks is the same on every database."""
    if item.get_closest_marker("look"):
        return False
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def pytest_report_header(config):
    return f"database: {connection.vendor}"


def pytest_sessionfinish(session):
    if is_worker(session.config):
        session.config.workeroutput["left_out"] = getattr(session.config, "left_out", {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every worker leaves out the same tests; what one says is told once."""
    node.config.left_out = getattr(node, "workeroutput", {}).get("left_out") or getattr(node.config, "left_out", {})


def pytest_terminal_summary(terminalreporter, config):
    """Name the tests that this machine or database cannot run: nothing is left out in silence."""
    why = {"shared": "they read ../shared, which is not here", "postgresql": "they need PostgreSQL (--db postgresql)"}
    for reason, sentence in why.items():
        group = getattr(config, "left_out", {}).get(reason)
        if group:
            terminalreporter.section(f"left out: {sentence}")
            for name, cases in Counter(nodeid.partition("[")[0] for nodeid in group).items():
                terminalreporter.line(name + (f" ({cases} cases)" if cases > 1 else ""))


@pytest.fixture(scope="session")
def postgresql_server():
    """A PostgreSQL cluster of this run's own; `.url`, and `.kill()` and `.start()` for the tests of faults."""
    with servers.PostgreSQL() as server:
        yield server


@pytest.fixture
def own_database(request):
    """The address of an empty database for an application of the test's own; "" stands for SQLite in that application's folder."""
    if connection.vendor != "postgresql":
        return ""
    server, name = request.getfixturevalue("postgresql_server"), f"own_{uuid.uuid4().hex}"
    server.call("createdb", "--maintenance-db", server.url, name)
    return server.url.removesuffix("mtm") + name


@pytest.fixture(scope="session")
def redis_server():
    """A Redis of this run's own; `.url`, and `.kill()` and `.start()` for the tests of faults."""
    with servers.Redis() as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, without a window; make a fresh `browser.new_context()` for each test."""
    with chromium.opened() as opened:
        yield opened
