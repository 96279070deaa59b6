"""Two people edited one row: nothing typed is lost, and only what both touched is asked about."""

from typing import Any

from django import forms
from django.db.models import Model

from patients.forms.base import FORM_ONLY, ChartForm
from patients.history import newest_editor, version_of


def show_conflict(form: ChartForm, current: Model) -> dict[str, Any]:
    """Bring a refused form up to the row as it is now; gives the context of `partials/conflict.html`.

    A field that only the other person changed takes their value; one that both changed keeps mine.
    `differences` is a list of (label, mine, theirs). The form then carries the row's present version.
    """
    base = version_of(current, int(form.data.get("version", 0))) or current
    before, theirs = form.initial_of(base), form.initial_of(current)
    form.data = form.data.copy()
    differences = []
    for name in form.fields:
        if name not in FORM_ONLY:
            differences += _settle(form, name, before.get(name), theirs.get(name))
    form.data["version"] = str(current.version)
    by, at = newest_editor(current)
    return {"differences": differences, "by": by, "at": at}


def _settle(form: ChartForm, name: str, before: Any, theirs: Any) -> list[tuple[str, str, str]]:
    """Decide one field; what they changed is told, whether or not I changed it too."""
    bound = form[name]
    old, new, mine = _typed(bound, before), _typed(bound, theirs), _sent(bound)
    if new in (old, mine):
        return []
    if mine == old:
        _take(form, name, new)
        return [(bound.label, "(not changed by you; theirs is kept)", _read(bound, new))]
    return [(bound.label, _read(bound, mine), _read(bound, new))]


def _typed(bound: forms.BoundField, value: Any) -> str:
    """A stored value as the form would send it."""
    if isinstance(bound.field, forms.BooleanField):
        return "on" if value else ""
    shown = bound.field.widget.format_value(bound.field.prepare_value(value))
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    return str(shown or "").replace("\r\n", "\n")


def _sent(bound: forms.BoundField) -> str:
    if isinstance(bound.field, forms.BooleanField):
        return "on" if bound.data else ""
    return str(bound.data or "").replace("\r\n", "\n").strip()


def _take(form: ChartForm, name: str, value: str) -> None:
    if value:
        form.data[name] = value
    else:
        form.data.pop(name, None)


def _read(bound: forms.BoundField, value: str) -> str:
    """A sent value as a person reads it."""
    if isinstance(bound.field, forms.BooleanField):
        return "yes" if value else "no"
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    return choices.get(value, value)
