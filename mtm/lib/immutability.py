"""Database triggers that keep signed and logged rows as they are.

`update()`, the shell and a database client go round `save()`, so the database itself refuses.
Triggers are installed after every migrate, not in a migration: SQLite rebuilds a table on most
alterations and drops its triggers without a word.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(frozen=True)
class Protection:
    """What a table refuses. `set_once` columns may change from NULL, `free` columns always; all others never.

    With `when`, a row is open until that column is filled, and fixed from then on.
    """

    table: str
    set_once: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    when: str = ""


REGISTRY: dict[str, Protection] = {}


def protect(table: str, *, set_once: tuple[str, ...] = (), free: tuple[str, ...] = (), when: str = "") -> None:
    """Declare a table whose rows stay as written; call it from an app's `ready()`."""
    REGISTRY[table] = Protection(table, set_once, free, when)


def install(using: str = "default") -> None:
    """Create or renew every trigger whose table exists; safe to repeat."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for protection in REGISTRY.values():
            if protection.table in existing:
                for statement in _statements(connection, protection, cursor):
                    cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take all triggers off: only for the flush between transactional tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for protection in REGISTRY.values():
            for statement in _drops(connection.vendor, protection.table):
                cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """Tables whose triggers are not all there; production does not start with one."""
    connection = connections[using]
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for name, _ in cursor.fetchall()}
    wanted = ("keep_update", "keep_delete") if connection.vendor == "sqlite" else ("keep_row", "keep_table")
    return [table for table in REGISTRY if any(f"{table}_{suffix}" not in found for suffix in wanted)]


def _drops(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{table}_keep_update"', f'DROP TRIGGER IF EXISTS "{table}_keep_delete"']
    return [
        f"""DO $$ BEGIN IF to_regclass('"{table}"') IS NOT NULL THEN
            DROP TRIGGER IF EXISTS "{table}_keep_row" ON "{table}";
            DROP TRIGGER IF EXISTS "{table}_keep_table" ON "{table}"; END IF; END $$"""
    ]


def _changed(protection: Protection, columns: list[str], differs: str) -> str:
    """The SQL condition under which an update is refused."""
    tests = []
    for column in columns:
        if column in protection.free:
            continue
        changed = f'OLD."{column}" {differs} NEW."{column}"'
        tests.append(f'(OLD."{column}" IS NOT NULL AND {changed})' if column in protection.set_once else f"({changed})")
    return f"{_closed(protection)} AND ({' OR '.join(tests)})"


def _closed(protection: Protection) -> str:
    """The SQL condition under which a row is fixed."""
    return f'OLD."{protection.when}" IS NOT NULL' if protection.when else "TRUE"


def _columns(cursor: Any, table: str) -> list[str]:
    """Asked with an empty query: Django's own introspection parses the table's SQL, which takes 20 ms each time."""
    cursor.execute(f'SELECT * FROM "{table}" WHERE 1 = 0')  # noqa: S608  the name is one of ours
    return [column[0] for column in cursor.description]


def _statements(connection: Any, protection: Protection, cursor: Any) -> list[str]:
    table = protection.table
    columns = _columns(cursor, table)
    drops = _drops(connection.vendor, table)
    message = f"rows of {table} are never changed or deleted"
    if connection.vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        changed, closed = _changed(protection, columns, "IS NOT"), _closed(protection)
        return [
            *drops,
            f'CREATE TRIGGER "{table}_keep_update" BEFORE UPDATE ON "{table}" WHEN {changed} {refuse}',
            f'CREATE TRIGGER "{table}_keep_delete" BEFORE DELETE ON "{table}" WHEN {closed} {refuse}',
        ]
    condition = _changed(protection, columns, "IS DISTINCT FROM")
    return drops + [
        f"""CREATE OR REPLACE FUNCTION "{table}_keep"() RETURNS trigger AS $$ BEGIN
            IF TG_OP = 'UPDATE' THEN IF NOT ({condition}) THEN RETURN NEW; END IF; END IF;
            IF TG_OP = 'DELETE' THEN IF NOT ({_closed(protection)}) THEN RETURN OLD; END IF; END IF;
            RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql""",
        f'CREATE TRIGGER "{table}_keep_row" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{table}_keep"()',
        f'CREATE TRIGGER "{table}_keep_table" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "{table}_keep"()',
    ]
