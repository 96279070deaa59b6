"""Signing in, out and failing to, written to the log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import audit
from accounts.models import User


def typed_name(request: HttpRequest | None, credentials: dict | None = None) -> str:
    """The sign-in name that django-axes counts failures by; allauth's form calls the field `login`."""
    typed = (credentials or {}).get("username") or (request.POST.get("login", "") if request is not None else "")
    return typed.casefold()[:150]


def organization_of(user: User) -> Any:
    """The organization that an event about a person belongs to: the first membership's, as at signing in."""
    membership = user.memberships.active().select_related("organization").first()
    return membership.organization if membership else None


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    audit.record("session.signed_in", by=user, organization=organization_of(user))


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record("session.signed_out", by=user, organization=organization_of(user))


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """The typed name stays out of the log: people type passwords into the wrong field."""
    user = User.objects.filter(username=credentials.get("username", "")).first()
    audit.record("session.sign_in_failed", by=user, organization=organization_of(user) if user else None, result="refused")
