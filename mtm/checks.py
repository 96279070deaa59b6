"""Production does not start until it is safe to: each problem is named, and what to do."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
KNOWN_KEYS = ("django-insecure", "the-test-suite", "changeme", "secret")


def problem(number: int, message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id=f"mtm.E{number:03}")


def settings_problems() -> list[CheckMessage]:
    """What the settings alone get wrong for production."""
    found = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(problem(1, "Production runs on SQLite.", "Set DATABASE_URL to a PostgreSQL database."))
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django refuses to read an empty key
        key = ""
    if len(key) < 50 or len(set(key)) < 20 or key.lower().startswith(KNOWN_KEYS):
        found.append(problem(2, "SECRET_KEY is missing, short or known.", "Set SECRET_KEY to at least 50 random characters."))
    if settings.DEBUG:
        found.append(problem(3, "DEBUG is on.", "Unset DEBUG."))
    if not (
        settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_HSTS_SECONDS
    ):
        found.append(problem(4, "A TLS setting is off.", "Unset SECURE_SSL_REDIRECT and SECURE_HSTS_SECONDS, or turn them on."))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(problem(5, "ALLOWED_HOSTS is empty or open to all.", "Set ALLOWED_HOSTS to the names of this server."))
    if not settings.MFA_REQUIRED_FOR_STAFF:
        found.append(problem(6, "A second factor is not required.", "Unset MFA_REQUIRED_FOR_STAFF."))
    if not settings.REDIS_URL:
        found.append(problem(7, "Background work has no Redis.", "Set REDIS_URL."))
    return found


def database_problems() -> list[CheckMessage]:
    """What the database holds or lacks; silent while it can't be reached or is not migrated yet."""
    from accounts.models import User
    from mtm.lib import immutability

    try:
        if User._meta.db_table not in connection.introspection.table_names():
            return []
        found = [
            problem(9, f"The triggers that protect {table} are missing.", "Run manage.py migrate.") for table in immutability.missing()
        ]
        if User.objects.filter(is_demo=True, is_active=True).exists():
            found.append(problem(8, "A demo user can sign in.", "Use a database that was never a demo, or deactivate these users."))
        return found
    except DatabaseError:
        return [problem(10, "The database does not answer.", "Check DATABASE_URL and that PostgreSQL runs.")]


def demo_problems() -> list[CheckMessage]:
    """A demo answers this machine alone: its sign-ins are known to whoever started it."""
    strangers = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
    if not strangers:
        return []
    return [problem(11, "The demo would answer other host names.", "Unset ALLOWED_HOSTS, or set MTM_ENV=production.")]


@register(Tags.security)
def production_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.IS_PRODUCTION:
        return settings_problems() + database_problems()
    return demo_problems() if settings.MTM_ENV == "demo" else []
