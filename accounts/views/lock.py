"""The lock: it covers the page and keeps it; the password opens it again."""

import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import audit, reauthentication
from accounts.permissions import EVERYBODY, requires


class UnlockForm(forms.Form):
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not reauthentication.is_own_password(self.request, password):
            raise forms.ValidationError("This is not the right password.", code="wrong")
        return password


@requires(EVERYBODY)
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    request.session["locked"] = True
    audit.record("session.locked", by=request.user, organization=request.organization)
    return redirect(f"{reverse('unlock')}?next={safe_path(request, request.POST.get('next', ''))}")


@requires(EVERYBODY)
def unlock(request: HttpRequest) -> HttpResponse:
    """Answers 204 to the cover's own request, so that the page beneath stays as it was."""
    form = UnlockForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        request.session["locked"] = False
        request.session["seen_at"] = time.time()
        reauthentication.remember(request)
        audit.record("session.unlocked", by=request.user, organization=request.organization)
        return HttpResponse(status=204) if request.headers.get("X-Cover") else redirect(safe_path(request, request.POST.get("next", "")))
    if request.headers.get("X-Cover"):
        return HttpResponse("This is not the right password.", status=422, content_type="text/plain")
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next", ""))
    return render(request, "accounts/unlock.html", {"form": form, "next": next_path}, status=422 if form.is_bound else 200)


def safe_path(request: HttpRequest, path: str) -> str:
    """`path` when it stays on this host, else the today page."""
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/") else reverse("today")
