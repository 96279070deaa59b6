"""Production refuses to start when it is not safe, and says why."""

import os
import subprocess
import sys

import pytest
from django.test import override_settings

from mtm import checks

SAFE = {
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "SECRET_KEY": "".join(chr(33 + n % 90) for n in range(64)),
    "DEBUG": False,
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "ALLOWED_HOSTS": ["mtm.example.org"],
    "MFA_REQUIRED_FOR_STAFF": True,
    "REDIS_URL": "redis://localhost:6379/0",
}
UNSAFE = [
    ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, "SQLite"),
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"SECRET_KEY": "x" * 80}, "SECRET_KEY"),
    ({"DEBUG": True}, "DEBUG"),
    ({"SECURE_SSL_REDIRECT": False}, "TLS"),
    ({"SESSION_COOKIE_SECURE": False}, "TLS"),
    ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
    ({"MFA_REQUIRED_FOR_STAFF": False}, "second factor"),
    ({"REDIS_URL": ""}, "Redis"),
]


pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")


def problems(**changes):
    with override_settings(**(SAFE | changes)):
        return [found.msg for found in checks.settings_problems()]


def test_a_safe_production_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize(("changes", "words"), UNSAFE)
def test_each_unsafe_setting_is_refused_by_name(changes, words):
    found = problems(**changes)

    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(("hosts", "found"), [(["localhost", "127.0.0.1", "[::1]"], []), (["mtm.example.org"], ["mtm.E011"]), (["*"], ["mtm.E011"])])
def test_a_demo_answers_this_machine_alone(hosts, found, settings):
    settings.ALLOWED_HOSTS = hosts

    assert [problem.id for problem in checks.demo_problems()] == found


@pytest.mark.django_db
def test_a_demo_user_is_refused_in_production(pharmacist):
    pharmacist.is_demo = True
    pharmacist.save()

    assert [found.id for found in checks.database_problems()] == ["mtm.E008"]


def test_the_web_server_itself_does_not_start_unsafe(tmp_path):
    """What gunicorn imports ends with the reasons: `runserver` and `migrate` check by themselves, a web server would not."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}}
    environment |= {"MTM_ENV": "production", "MTM_PRIVATE_DIR": str(tmp_path)}

    done = subprocess.run([sys.executable, "-c", "import mtm.wsgi"], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "does not start" in done.stderr and "SQLite" in done.stderr and "SECRET_KEY" in done.stderr
