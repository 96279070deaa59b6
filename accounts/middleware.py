"""Between the door and the rooms: request id, privacy headers, membership, idle lock."""

import time
import uuid
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.audit import ORIGIN, Origin
from accounts.models import Membership

Answer = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request a random id, which the audit events and the response carry."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = str(uuid.uuid4())
        token = ORIGIN.set(Origin(request_id=request.id, address=request.META.get("REMOTE_ADDR") or None))
        try:
            response = self.get_response(request)
        finally:
            ORIGIN.reset(token)
        response["X-Request-Id"] = request.id
        return response


class PlainMethodsMiddleware:
    """Pages are read and forms are posted; no view has to think of another method."""

    ALLOWED = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in self.ALLOWED else HttpResponseNotAllowed(self.ALLOWED)


class PrivacyHeadersMiddleware:
    """No page is kept by a browser or a proxy, and none may use a camera, a microphone or a place."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class MembershipMiddleware:
    """Say on whose behalf a person acts: `request.membership` and `request.organization`, or None.

    Read anew on every request, so that a role taken away is gone with the next one.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = membership_of(request)
        request.organization = request.membership.organization if request.membership else None
        if request.membership:
            origin = ORIGIN.get()
            roles = " ".join(role.value for role in request.membership.roles)
            token = ORIGIN.set(Origin(origin.request_id, origin.address, roles))
            try:
                return self.get_response(request)
            finally:
                ORIGIN.reset(token)
        return self.get_response(request)


def membership_of(request: HttpRequest) -> Membership | None:
    """The membership chosen in this session, else the person's first active one."""
    if not request.user.is_authenticated:
        return None
    memberships = list(Membership.objects.active().filter(user=request.user).select_related("organization").defer("organization__logo"))
    chosen = str(request.session.get("membership", ""))
    return next((one for one in memberships if str(one.pk) == chosen), memberships[0] if memberships else None)


class SecondFactorMiddleware:
    """Where a second factor is obligatory, a person without one can do nothing but set it up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.MFA_REQUIRED_FOR_STAFF or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name or ""
        if name.startswith(("mfa_", "account_")) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_index")


class IdleLockMiddleware:
    """After the idle time the session is locked: pages answer only to the password, and lose nothing.

    The browser covers the page by itself; this is the server's half, for a browser that does not.
    Sessions also end twelve hours after signing in.
    """

    OPEN_WHILE_LOCKED = frozenset({"unlock", "account_logout", "lock"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now, session = time.time(), request.session
        if now - session.setdefault("signed_in_at", now) > settings.SESSION_COOKIE_AGE:
            session.flush()
            return redirect("account_login")
        idle = now - session.get("seen_at", now)
        if session.get("locked") or idle > idle_minutes(request) * 60:
            session["locked"] = True
            return None if self.may_pass(request) else self.locked(request)
        if now - session.get("seen_at", 0) > 5 and not request.headers.get("X-Background"):
            session["seen_at"] = now
        return None

    def may_pass(self, request: HttpRequest) -> bool:
        return request.resolver_match.url_name in self.OPEN_WHILE_LOCKED

    def locked(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and not request.htmx:
            return redirect(f"{reverse('unlock')}?next={request.path}")
        return render(request, "accounts/locked.html", status=423)


def idle_minutes(request: HttpRequest) -> int:
    """Minutes without a request before the lock; an open review may have its own, longer time."""
    organization = request.organization
    if organization is None:
        return settings.IDLE_LOCK_MINUTES
    match = request.resolver_match
    in_review = match is not None and match.url_name.startswith(("encounter", "finding", "plan"))
    return organization.review_idle_lock_minutes if in_review else organization.idle_lock_minutes
