"""Errors that people read: raised by services, shown by one middleware."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class DomainError(Exception):
    """The record does not allow this; the message says what to do instead."""

    status = 409
    title = "This could not be done"


class DomainErrorMiddleware:
    """Turn a DomainError into a page, or into a partial for htmx; nothing was written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = "partials/problem.html" if getattr(request, "htmx", False) else "problem.html"
        context = {"title": exception.title, "message": str(exception), "back": request.META.get("HTTP_REFERER", "/")}
        return render(request, template, context, status=exception.status)
