"""The picker: what a few typed letters may mean."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from interactions.picker import choices_of
from mtm.lib.text import CleanTextField


class SuggestForm(forms.Form):
    """What was typed so far, the id of the field, which the options' own ids begin with, and whether to show more."""

    q = CleanTextField(max_length=300)
    field = forms.RegexField(r"^[a-z0-9-]{1,60}$", max_length=60)
    more = forms.BooleanField(required=False)


@requires("chart.edit")
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The options of the combobox, as a partial. By POST: what is typed here may be anything, and logs keep addresses."""
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return render(request, "interactions/partials/suggestions.html", {"errors": form.errors.get("q")}, status=422)
    data = form.cleaned_data
    choices = choices_of(data["q"], request.organization, more=data["more"])
    return render(request, "interactions/partials/suggestions.html", {"choices": choices, "field": data["field"]})
