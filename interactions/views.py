"""The picker: what a few typed letters may mean."""

import re

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from interactions.knowledge.catalog import get_catalog
from mtm.lib.text import CleanTextField

SHOWN = 12
FEWEST_LETTERS = 3


class SuggestForm(forms.Form):
    """What was typed so far, and the id of the field, which the options' own ids begin with."""

    q = CleanTextField(max_length=300)
    field = forms.RegexField(r"^[a-z0-9-]{1,60}$", max_length=60)


@requires("chart.edit")
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The options of the combobox, as a partial. By POST: what is typed here may be anything, and logs keep addresses."""
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return render(request, "interactions/partials/suggestions.html", {"errors": form.errors.get("q")}, status=422)
    typed = form.cleaned_data["q"]
    catalog = get_catalog()
    found = catalog.suggest(typed, SHOWN) if len(typed) >= FEWEST_LETTERS else None
    options = [(item, marked(item.label, typed)) for item in found.items] if found else []
    context = {"typed": typed, "field": form.cleaned_data["field"], "options": options, "total": found.total if found else 0, "alone": catalog.resolve(typed)}
    return render(request, "interactions/partials/suggestions.html", context)


def marked(label: str, typed: str) -> list[tuple[str, bool]]:
    """The label in pieces, each with whether its letters are among the typed words' beginnings."""
    words = sorted((re.escape(word) for word in typed.split()), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])({'|'.join(words)})", re.I)
    pieces = pattern.split(label)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
