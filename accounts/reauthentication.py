"""Whether it is still the same person: signing asks again when the last proof is older than five minutes."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest


def is_recent(request: HttpRequest) -> bool:
    """Whether a password, passkey or code was given in this session within the last five minutes."""
    given = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
    return bool(given) and time.time() - max(given) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether this is the signed-in person's password; failures count toward the lock-out."""
    return authenticate(request, username=request.user.username, password=password) == request.user


def remember(request: HttpRequest) -> None:
    """Note that the password was given just now."""
    reauthenticate_by_password(request)
