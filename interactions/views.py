"""The picker: what a few typed letters may mean."""

import re
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.shapes import Suggestion
from interactions.labels import brand_meant, label_of
from mtm.lib.text import CleanTextField

SHOWN = 12
BRANDS_SHOWN = 3
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
    context = {
        "typed": typed,
        "field": form.cleaned_data["field"],
        "options": [Option.of(item, typed) for item in found.items] if found else [],
        "total": found.total if found else 0,
        "alone": catalog.resolve(typed),
    }
    return render(request, "interactions/partials/suggestions.html", context)


@dataclass(frozen=True)
class Option:
    """One line of the picker: the label to be written, in pieces that say which letters were typed."""

    item: Suggestion
    label: str
    pieces: list[tuple[str, bool]]
    brands: str

    @classmethod
    def of(cls, item: Suggestion, typed: str) -> "Option":
        label = label_of(item, typed)
        brands = [brand for brand in item.brands if brand != brand_meant(item, typed)]
        more = f" and {len(brands) - BRANDS_SHOWN} more" if len(brands) > BRANDS_SHOWN else ""
        return cls(item, label, marked(label, typed), ", ".join(brands[:BRANDS_SHOWN]) + more)


def marked(label: str, typed: str) -> list[tuple[str, bool]]:
    """The label in pieces, each with whether its letters are among the typed words' beginnings."""
    words = sorted((re.escape(word) for word in typed.split()), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])({'|'.join(words)})", re.I)
    pieces = pattern.split(label)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
