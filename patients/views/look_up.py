"""The picker without JavaScript: a page of choices whose answer fills the entry row. Nothing is saved here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.permissions import requires
from accounts.scoping import get_visible
from interactions.picker import FEWEST_LETTERS, Choices, choices_of
from patients.forms.medications import NewLineForm
from patients.medication_table import MedicationTable
from patients.models import Patient
from patients.views.medications import page_of, refuse_entry


@requires("chart.edit")
@require_POST
def look_up_medication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the typed letters may mean; with `pick`, the label of a choice, the table with that choice in its entry row."""
    patient = get_visible(Patient.objects.select_related("organization", "primary_care"), request.organization, pk)
    form = NewLineForm(request.POST, organization=request.organization)
    form.is_valid()
    if form.errors.get("text"):
        return refuse_entry(request, patient, form)
    choices = choices_of(form.cleaned_data["text"], request.organization, more=True)
    if "pick" in request.POST:
        return fill_entry(request, patient, choices)
    context = {"patient": patient, "choices": choices, "kept": kept_fields(request), "fewest": FEWEST_LETTERS}
    return render(request, "patients/medication_look_up.html", context)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything else that was typed into the row, to come back with the choice."""
    names = [name for name in NewLineForm.base_fields if name not in {"text", "rxcui", "request_key"}]
    return [(name, request.POST[name]) for name in names if request.POST.get(name)]


def fill_entry(request: HttpRequest, patient: Patient, choices: Choices) -> HttpResponse:
    picked = request.POST["pick"]
    option = next((one for group in choices.groups for one in group.options if one.label == picked), None)
    filled = dict(kept_fields(request)) | {"text": option.label if option else choices.typed, "rxcui": option.rxcui if option else ""}
    form = NewLineForm(organization=request.organization, initial=filled)
    messages.info(request, "It stands in the last line of the table. Add what is missing there and save it.")
    return render(request, "patients/medications.html", page_of(request, MedicationTable(patient, timezone.localdate()), form))
