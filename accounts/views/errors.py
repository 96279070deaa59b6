"""What a person sees when a page can't be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def problem(request: HttpRequest, title: str, message: str, status: int) -> HttpResponse:
    """A page or, for htmx, a partial that says what happened and what to do."""
    template = "partials/problem.html" if getattr(request, "htmx", False) else "problem.html"
    return render(request, template, {"title": title, "message": message, "back": "/"}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, "This could not be read", "The page sent something that could not be read. Go back, reload and try again.", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, "Not part of your role", "Your roles do not include this. A manager can change them.", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, "Nothing here", "There is no such page or record, or it is not yours to see.", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(
        request, "Something broke", "Nothing was saved by your last step. Go back and try again; what you typed is still in the page.", 500
    )
