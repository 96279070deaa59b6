"""Forms of the consulting room. They parse and validate; the services write."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from accounts.forms import columns, plain_helper
from accounts.once import RequestKeyMixin, VersionMixin
from mtm.lib.dates import USDateField
from mtm.lib.text import CleanTextField
from patients.models import Prescriber
from reviews.models import CAUSES, Category, Delivery, DismissReason, Encounter, PrescriberResponse
from reviews.services.encounters import PREPARATION

TIMES = ["%H:%M", "%I:%M %p", "%I:%M%p", "%H:%M:%S"]
TIME_INPUT = forms.TimeInput(attrs={"placeholder": "2:30 PM", "autocomplete": "off"}, format="%I:%M %p")
YES_NO = [("", "Not yet"), ("True", "Yes"), ("False", "No")]


class StartForm(RequestKeyMixin, forms.Form):
    kind = forms.ChoiceField(choices=Encounter.Kind, label="What kind of review?", widget=forms.RadioSelect, initial=Encounter.Kind.CMR)
    scope = CleanTextField(
        max_length=300, required=False, label="What it is about", help_text="For a targeted review: the question or problem."
    )

    helper = plain_helper("request_key", "kind", "scope")


class EncounterForm(VersionMixin, forms.Form):
    """How the review was held, with whom, and what the record keeps of it."""

    held_on = USDateField(required=False, label="Date of the review")
    held_how = forms.ChoiceField(choices=[("", "Choose"), *Encounter.How.choices], required=False, label="How it was held")
    began = forms.TimeField(required=False, label="Began at", widget=TIME_INPUT, input_formats=TIMES)
    ended = forms.TimeField(required=False, label="Ended at", widget=TIME_INPUT, input_formats=TIMES)
    held_with = forms.ChoiceField(choices=Encounter.With, label="Who took part")
    participant_name = CleanTextField(max_length=200, required=False, label="Their name, when not the patient")
    why_not_patient = CleanTextField(max_length=300, required=False, label="Why the patient could not take part")
    interpreter = CleanTextField(max_length=120, required=False, label="Interpreter")
    identity_checked = forms.BooleanField(required=False, label="Two identifiers checked")
    takes_no_medicines = forms.BooleanField(required=False, label="Takes no medicines at all")
    disposal_discussed = forms.TypedChoiceField(
        choices=YES_NO, coerce=lambda value: value == "True", empty_value=None, required=False, label="Safe disposal discussed"
    )
    is_medicare = forms.BooleanField(required=False, label="Under a Medicare Part D MTM program")
    plan_name = CleanTextField(max_length=200, required=False, label="Part D plan")
    language = forms.ChoiceField(choices=[("en", "English"), ("es", "Spanish")], label="Language of the papers")
    scope = CleanTextField(max_length=300, required=False, label="What it is about")
    goal = CleanTextField(max_length=500, required=False, label="What matters most, in the patient's words")
    note = CleanTextField(max_length=5000, multiline=True, rows=4, required=False, label="Note for the record")
    other_information = CleanTextField(
        max_length=1000, multiline=True, rows=2, required=False, label="Other information for the patient's list"
    )

    helper = plain_helper(
        "version",
        columns("held_on", "held_how", "held_with"),
        columns("began", "ended"),
        columns("participant_name", "why_not_patient"),
        columns("interpreter", "disposal_discussed", "language"),
        "identity_checked",
        "takes_no_medicines",
        "is_medicare",
        columns("plan_name", "scope"),
        "goal",
        "note",
        "other_information",
    )

    def __init__(self, *args: Any, may_all: bool, **kwargs: Any) -> None:
        """A technician prepares: what only a pharmacist can say of a review is left out."""
        super().__init__(*args, **kwargs)
        if not may_all:
            for name in self.fields.keys() - PREPARATION - {"version"}:
                del self.fields[name]
            self.helper = plain_helper(*self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        began, ended = data.get("began"), data.get("ended")
        if (began or ended) and not data.get("held_on") and "held_on" in self.fields:
            self.add_error("held_on", "Give the date with the time.")
        if began and ended and ended < began:
            self.add_error("ended", "This is before it began.")
        return data

    @property
    def details(self) -> dict[str, Any]:
        """What the service takes: the times of day as instants of the review's day."""
        data = dict(self.cleaned_data)
        for name, instant in (("began", "started_at"), ("ended", "ended_at")):
            if name in data:
                time = data.pop(name)
                data[instant] = timezone.make_aware(dt.datetime.combine(data["held_on"], time)) if time else None
        return data


class DismissForm(forms.Form):
    code = forms.ChoiceField(choices=DismissReason, label="Why does this not apply?")
    reason = CleanTextField(max_length=300, required=False, label="In your words")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("code") == DismissReason.OTHER and not data.get("reason"):
            self.add_error("reason", "Say in your words why it does not apply.")
        return data


class AbandonForm(forms.Form):
    reason = CleanTextField(
        max_length=300, label="Why will this review not be done?", help_text="Such as: declined, could not be reached, left the plan."
    )


class ProblemForm(forms.Form):
    statement = CleanTextField(
        max_length=1000, multiline=True, rows=2, label="Problem", help_text="The condition, the medicine and the link between them."
    )
    category = forms.TypedChoiceField(choices=Category.choices, coerce=int)
    cause = forms.ChoiceField(required=False, choices=[("", "Not said")])
    drugs = CleanTextField(max_length=1000, required=False, label="Medicine")
    condition = CleanTextField(max_length=200, required=False)
    topic_en = CleanTextField(max_length=600, required=False, label="What we talked about (for the patient)")
    topic_es = CleanTextField(max_length=600, required=False, label="What we talked about, in Spanish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", "Not said")] + [
            (Category(number).label, [(cause, cause) for cause in causes]) for number, causes in CAUSES.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("drugs") and not data.get("condition"):
            self.add_error("drugs", "Name the medicine, the condition, or both.")
        if data.get("cause") and data.get("category") and data["cause"] not in CAUSES[data["category"]]:
            self.add_error("cause", "This cause belongs to another category.")
        return data


class NewProblemForm(RequestKeyMixin, ProblemForm):
    helper = plain_helper(
        "request_key", "statement", columns("drugs", "condition"), columns("category", "cause"), columns("topic_en", "topic_es")
    )


class EditProblemForm(VersionMixin, ProblemForm):
    no_step_reason = CleanTextField(
        max_length=300, required=False, label="Why no step is needed", help_text="Only when nothing is asked and nothing is to be done."
    )

    helper = plain_helper(
        "version",
        "statement",
        columns("drugs", "condition"),
        columns("category", "cause"),
        columns("topic_en", "topic_es"),
        "no_step_reason",
    )


class RecommendationForm(forms.Form):
    prescriber = forms.ModelChoiceField(Prescriber.objects.none(), label="To", empty_label="Choose a prescriber")
    request = CleanTextField(max_length=200, label="What we ask", help_text="One line, such as: stop naproxen.")
    detail = CleanTextField(
        max_length=500, multiline=True, rows=2, required=False, label="How", help_text="Doses and dates, when there are any."
    )
    why = CleanTextField(max_length=400, multiline=True, rows=2, required=False, label="Why, for this patient")
    evidence = CleanTextField(max_length=300, required=False, label="Evidence")
    is_urgent = forms.BooleanField(required=False, label="Urgent: call today")

    def __init__(self, *args: Any, organization: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prescriber"].queryset = Prescriber.objects.visible_to(organization)


class NewRecommendationForm(RequestKeyMixin, RecommendationForm):
    helper = plain_helper("request_key", "prescriber", "request", "detail", "why", "evidence", "is_urgent")


class EditRecommendationForm(VersionMixin, RecommendationForm):
    helper = plain_helper("version", "prescriber", "request", "detail", "why", "evidence", "is_urgent")


class ActionForm(forms.Form):
    """A patient's step; which wording it is (pending, agreed or own) the service decides."""

    do_en = CleanTextField(max_length=400, multiline=True, rows=2, required=False, label="What I should do")
    do_es = CleanTextField(max_length=400, multiline=True, rows=2, required=False, label="In Spanish")
    dont_en = CleanTextField(max_length=300, required=False, label="What not to do")
    dont_es = CleanTextField(max_length=300, required=False, label="In Spanish")
    by_when = USDateField(required=False, future=True, label="By")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(name) for name in ("do_en", "do_es", "dont_en", "dont_es")):
            self.add_error("do_en", "Say what the patient should do.")
        return data


class NewActionForm(RequestKeyMixin, ActionForm):
    helper = plain_helper("request_key", columns("do_en", "do_es"), columns("dont_en", "dont_es"), "by_when")


class EditActionForm(VersionMixin, ActionForm):
    helper = plain_helper("version", columns("do_en", "do_es"), columns("dont_en", "dont_es"), "by_when")


class FollowUpForm(RequestKeyMixin, forms.Form):
    due_on = USDateField(future=True, past=False, label="Next talk on")
    how = forms.ChoiceField(choices=Encounter.How, label="How", initial=Encounter.How.PHONE)
    note = CleanTextField(max_length=300, required=False, label="What to ask")

    helper = plain_helper("request_key", columns("due_on", "how"), "note")


class ResponseForm(RequestKeyMixin, forms.Form):
    answer = forms.ChoiceField(choices=PrescriberResponse.Answer, widget=forms.RadioSelect)
    note = CleanTextField(max_length=500, multiline=True, rows=2, required=False, label="What they said")
    answered_on = USDateField(label="Date of the answer")

    helper = plain_helper("request_key", "answer", "note", "answered_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("answer") == PrescriberResponse.Answer.MODIFIED and not data.get("note"):
            self.add_error("note", "Say what was changed.")
        return data


class DeliveryForm(RequestKeyMixin, forms.Form):
    channel = forms.ChoiceField(choices=Delivery.Channel, label="How")
    sent_on = USDateField(label="Date")
    recipient = CleanTextField(max_length=200, required=False, label="To whom")

    helper = plain_helper("request_key", columns("channel", "sent_on"), "recipient")


class SiteForm(forms.Form):
    """Where unwanted medicines can be dropped off, as the disposal sheet prints it."""

    name = CleanTextField(max_length=120)
    address = CleanTextField(max_length=300, multiline=True, rows=2, help_text="Street, then city and state: two lines, four at most.")
    postal_code = forms.RegexField(
        r"^[0-9]{5}$", max_length=5, label="ZIP code", error_messages={"invalid": "Give the five digits of the ZIP code."}
    )
    note = CleanTextField(
        max_length=200, required=False, label="Hours, and where to look", help_text="Such as: box in the lobby, open day and night."
    )
    note_es = CleanTextField(
        max_length=200, required=False, label="In Spanish", help_text="Spanish papers leave the note out while this is empty."
    )

    def clean_address(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["address"].splitlines() if line.strip()]
        if len(lines) > 4 or any(len(line) > 100 for line in lines):
            raise forms.ValidationError("Four lines of up to 100 characters fit on the paper.", code="long")
        return "\n".join(lines)


class NewSiteForm(RequestKeyMixin, SiteForm):
    helper = plain_helper("request_key", "name", columns("address", "postal_code"), columns("note", "note_es"))


class EditSiteForm(VersionMixin, SiteForm):
    is_in_use = forms.BooleanField(required=False, label="Named on papers", help_text="Signed papers keep the sites they name.")

    helper = plain_helper("version", "name", columns("address", "postal_code"), columns("note", "note_es"), "is_in_use")


class PasswordAgainMixin(forms.Form):
    """Asks for the password when the last one given is older than five minutes."""

    password = forms.CharField(
        max_length=200,
        strip=False,
        required=False,
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "form-control"}),
    )

    def __init__(self, *args: Any, is_recent: bool, check_password: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check_password = check_password
        if is_recent:
            del self.fields["password"]
        else:
            self.fields["password"].required = True

    @property
    def helper(self) -> FormHelper:
        return plain_helper(*self.fields)

    def clean_password(self) -> str:
        if not self.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("This is not the right password.", code="wrong")
        return ""


class SignForm(PasswordAgainMixin):
    """One reason field for each thing that is left open or unchecked."""

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"ack-{item.id}"] = CleanTextField(
                max_length=300, label=item.label, error_messages={"required": "Say why this may stay as it is."}
            )
        self.order_fields([*(f"ack-{item.id}" for item in items), "password"])

    @property
    def acknowledgements(self) -> dict[str, str]:
        return {item.id: self.cleaned_data[f"ack-{item.id}"] for item in self.items}

    def groups(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Headings in the order of the checklist, each with its items and their bound fields."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        for item in self.items:
            found.setdefault(item.heading, []).append((item, self[f"ack-{item.id}"]))
        return list(found.items())


class AddendumForm(RequestKeyMixin, PasswordAgainMixin):
    text = CleanTextField(
        max_length=3000, multiline=True, rows=5, label="Addendum", help_text="It is added to the signed review; nothing signed is changed."
    )

    field_order = ["request_key", "text", "password"]


class CorrectionForm(RequestKeyMixin, PasswordAgainMixin):
    """All lines of a paper that may be corrected; only changed ones count."""

    reason = CleanTextField(max_length=300, label="Why is it corrected?")

    def __init__(self, *args: Any, lines: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            self.fields[f"line-{number}"] = CleanTextField(
                max_length=600, multiline=True, rows=2, required=False, label=line.label, initial=line.text
            )
        self.order_fields(["request_key", "reason", *(f"line-{number}" for number in range(len(lines))), "password"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        emptied = [number for number, line in enumerate(self.lines) if line.text and not data.get(f"line-{number}")]
        for number in emptied:
            self.add_error(f"line-{number}", "A line can be changed but not emptied.")
        if not self.errors and not self.changes:
            raise forms.ValidationError("Nothing differs from the signed paper. Change at least one line.", code="unchanged")
        return data

    @property
    def changes(self) -> dict[str, str]:
        """JSON pointer to new text, for the lines that differ."""
        typed = {line.pointer: self.cleaned_data.get(f"line-{number}", line.text) for number, line in enumerate(self.lines)}
        return {line.pointer: typed[line.pointer] for line in self.lines if typed[line.pointer] != line.text}
