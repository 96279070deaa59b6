"""Drop-off sites for medicines that are no longer needed. They are taken out of use, never deleted."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Organization, User
from reviews.models import DisposalSite
from reviews.services.locks import change, lock_row, store

FIELDS = frozenset("name address postal_code note note_es is_in_use".split())


@transaction.atomic
def add_site(organization: Organization, *, by: User, **details: Any) -> DisposalSite:
    """A new site; `details` are any of FIELDS, of which name, address and postal_code are needed."""
    site = DisposalSite(organization=organization)
    change(site, details, FIELDS)
    store(site, by)
    audit.record("disposal_site.added", site, by=by, fields=details)
    return site


@transaction.atomic
def change_site(site: DisposalSite, *, by: User, version: int, **details: Any) -> DisposalSite:
    """Change any of FIELDS; papers that are signed keep what they say. Raises EditConflict when someone else did since `version`."""
    site = lock_row(site, version)
    changed = change(site, details, FIELDS)
    store(site, by)
    audit.record("disposal_site.changed", site, by=by, fields=changed)
    return site
