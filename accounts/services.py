"""The gatehouse's verbs: people, roles, settings."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import Membership, Organization, User
from accounts.once import lock_version
from mtm.lib.errors import DomainError


class LastManager(DomainError):
    title = "Someone has to manage"


def _role_fields(roles: list[str]) -> dict[str, bool]:
    return {f"is_{role}": role in roles for role in ("manager", "pharmacist", "technician", "auditor")}


@transaction.atomic
def add_person(organization: Organization, *, by: User, username: str, password: str, roles: list[str], **names: str) -> Membership:
    """Make a user with a first password and a membership."""
    user = User(username=username, **names)
    user.set_password(password)
    user.save()
    membership = Membership.objects.create(organization=organization, user=user, **_role_fields(roles))
    audit.record("person.added", membership, by=by, fields=roles)
    return membership


@transaction.atomic
def change_person(membership: Membership, *, by: User, version: int, roles: list[str], is_active: bool, **names: str) -> Membership:
    """Change names, roles and whether the person may sign in; the last manager stays one."""
    membership = lock_version(Membership, membership.pk, version)
    stays_manager = is_active and "manager" in roles
    others = Membership.objects.active().filter(organization=membership.organization, is_manager=True).exclude(pk=membership.pk)
    if membership.is_manager and not stays_manager and not others.exists():
        raise LastManager("This is the only manager. Make another person a manager first.")
    for name, value in (_role_fields(roles) | {"is_active": is_active}).items():
        setattr(membership, name, value)
    membership.save()
    for name, value in names.items():
        setattr(membership.user, name, value)
    membership.user.save()
    audit.record("person.changed", membership, by=by, fields=[*roles, "active" if is_active else "inactive"])
    return membership


@transaction.atomic
def change_account(user: User, *, organization: Organization, single_letter_keys: bool) -> User:
    """What a person sets for themselves."""
    user.single_letter_keys = single_letter_keys
    user.save(update_fields=["single_letter_keys"])
    audit.record("account.changed", user, by=user, organization=organization, fields=["single_letter_keys"])
    return user


@transaction.atomic
def change_settings(organization: Organization, *, by: User, version: int, **values: Any) -> Organization:
    """Change letterhead and lock times."""
    organization = lock_version(Organization, organization.pk, version)
    changed = [name for name, value in values.items() if getattr(organization, name) != value]
    for name in changed:
        setattr(organization, name, values[name])
    organization.save()
    audit.record("settings.changed", organization, by=by, organization=organization, fields=changed)
    return organization
