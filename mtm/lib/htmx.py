"""One answer for htmx and for a browser without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_noun(
    request: HttpRequest, noun: str, context: dict[str, Any], *, page: str | None = None, status: int | None = None
) -> HttpResponse:
    """Render `<app>/partials/<noun>.html` for htmx and `<app>/<page or noun>.html` otherwise.

    `noun` is "app/noun". A bound form with errors answers 422.
    """
    app, name = noun.split("/")
    form = context.get("form")
    if status is None:
        status = 422 if form is not None and form.is_bound and not form.is_valid() else 200
    template = f"{app}/partials/{name}.html" if request.htmx else f"{app}/{page or name}.html"
    return render(request, template, context, status=status)
