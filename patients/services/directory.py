"""Prescribers and pharmacies of an organization."""

from typing import Any, TypeVar

from django.db import transaction

from accounts.models import Organization, User
from accounts.once import lock_version
from patients.models import Pharmacy, Prescriber
from patients.services.writing import changed_fields, noun_of, save_row

Entry = TypeVar("Entry", Prescriber, Pharmacy)


@transaction.atomic
def add_entry(model: type[Entry], organization: Organization, *, by: User | None, **values: Any) -> Entry:
    """Add a prescriber or a pharmacy to the directory."""
    entry = model(organization=organization, **values)
    save_row(entry, f"{noun_of(model)}.added", by=by, fields=values)
    return entry


@transaction.atomic
def change_entry(entry: Entry, *, by: User | None, version: int, **values: Any) -> Entry:
    """Change an entry that is still as the caller saw it; raises EditConflict otherwise."""
    entry = lock_version(type(entry), entry.pk, version)
    changed = changed_fields(entry, values)
    if not changed:
        entry.version = version
        return entry
    save_row(entry, f"{noun_of(type(entry))}.changed", by=by, fields=changed)
    return entry
