"""What happened to a row: when, who, from what, to what."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model

HIDDEN = frozenset({"id", "organization", "patient", "created_at", "version", "search_text", "position"})
VERBS = {"+": "added", "~": "changed", "-": "removed"}


@dataclass(frozen=True)
class FieldChange:
    """A field's label with its value before and after, as people read them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved version: the instant, the person's name, "added" or "changed", and the fields that differ."""

    at: dt.datetime
    by: str
    verb: str
    fields: tuple[FieldChange, ...]


def changes_of(row: Model) -> list[Change]:
    """All versions of a row, newest first, each with what differs from the one before."""
    versions = list(row.history.select_related("history_user").order_by("history_date", "version"))
    fields = [field for field in row._meta.concrete_fields if field.name not in HIDDEN]
    names = _names_of_rows(fields, versions)
    changes, before = [], None
    for version in versions:
        changes.append(_change(version, before, fields, names))
        before = version
    return [change for change in reversed(changes) if change.fields or change.verb == "added"]


def newest_editor(row: Model) -> tuple[str, dt.datetime | None]:
    """Who saved the row last, and when."""
    last = row.history.select_related("history_user").order_by("-history_date").first()
    return (_person(last), last.history_date) if last else ("someone else", None)


def version_of(row: Model, number: int) -> Any:
    """The row as it was at that version, or None."""
    return row.history.filter(version=number).order_by("-history_date").first()


def shown(field: Field, value: Any, names: dict[Any, str] | None = None) -> str:
    """A value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value:%b %d, %Y}"
    if isinstance(value, dt.date):
        return f"{value:%b %d, %Y}"
    if isinstance(field, ForeignKey):
        return (names or {}).get(value, "another row")
    if isinstance(value, list):
        return ", ".join(str(part.get("name", part)) if isinstance(part, dict) else str(part) for part in value)
    return str(dict(field.flatchoices).get(value, value))


def _change(version: Any, before: Any, fields: list[Field], names: dict[Any, str]) -> Change:
    differing = []
    for field in fields:
        new = shown(field, getattr(version, field.attname, None), names)
        old = shown(field, getattr(before, field.attname, None), names) if before else ""
        if new != old:
            differing.append(FieldChange(field.verbose_name, old, new))
    return Change(version.history_date, _person(version), VERBS[version.history_type], tuple(differing))


def _names_of_rows(fields: list[Field], versions: list[Any]) -> dict[Any, str]:
    """The names of the rows that foreign keys point or pointed to."""
    names: dict[Any, str] = {}
    for field in fields:
        if isinstance(field, ForeignKey):
            keys = {getattr(version, field.attname, None) for version in versions} - {None}
            if keys:
                names |= {row.pk: str(row) for row in field.related_model._base_manager.filter(pk__in=keys)}
    return names


def _person(version: Any) -> str:
    return version.history_user.printed_name if version.history_user else "the system"
