"""A form sent twice makes one row: request keys and row versions."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest

from accounts.models import RequestKey
from mtm.lib.canonical import sha256_of
from mtm.lib.errors import DomainError

Row = TypeVar("Row", bound=models.Model)


class KeyReused(DomainError):
    """The same key came with other contents."""

    title = "This form was already sent"


class EditConflict(DomainError):
    """Someone changed the row since the form was opened. `current` is the row as it is now."""

    title = "Someone else changed this meanwhile"

    def __init__(self, current: models.Model) -> None:
        super().__init__("Your text is kept below. Look at what changed, then save again.")
        self.current = current


class RequestKeyMixin(forms.Form):
    """A hidden random key, fresh each time the form is shown."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        required=True,
        error_messages={"required": "This form is incomplete. Reload the page and send it again."},
    )


class VersionMixin(forms.Form):
    """The hidden version of the row that this form was filled from."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2_000_000_000,
        error_messages={"required": "This form is incomplete. Reload the page and send it again."},
    )


def digest_of(request: HttpRequest) -> str:
    """What was sent, but for the parts that differ between two posts of the same form."""
    sent = {name: request.POST.getlist(name) for name in request.POST if name not in {"csrfmiddlewaretoken", "request_key"}}
    files = {name: [file.size for file in request.FILES.getlist(name)] for name in request.FILES}
    return sha256_of([request.path, sent, files])


def once(request: HttpRequest, key: uuid.UUID, create: Callable[[], Row]) -> Row:
    """Run `create` once for this key, in one transaction; a repeated post gets the row made first.

    Raises KeyReused when the key comes back with other contents or from another person.
    """
    digest = digest_of(request)
    try:
        with transaction.atomic():
            with transaction.atomic():
                entry = RequestKey.objects.create(key=key, user=request.user, digest=digest)
            row = create()
            entry.object_type, entry.object_id = row._meta.label_lower, str(row.pk)
            entry.save(update_fields=["object_type", "object_id"])
            return row
    except IntegrityError:
        first = made_before(request, key)
        if first is None:
            raise
        return first


def made_before(request: HttpRequest, key: Any) -> Any:
    """The row that this very form made when it was sent the first time, or None; raises KeyReused as `once` does.

    A view whose form would now refuse its own row (a name that is taken, say) asks this first.
    """
    try:
        first = RequestKey.objects.filter(key=uuid.UUID(str(key))).first()
    except ValueError:
        return None
    if first is None:
        return None
    if first.digest != digest_of(request) or first.user_id != request.user.pk or not first.object_id:
        raise KeyReused("This form was sent before with other contents. Reload the page to see what was saved.")
    return apps.get_model(first.object_type)._base_manager.get(pk=first.object_id)


def lock_version(model: type[Row], pk: Any, version: int) -> Row:
    """Lock a row and compare versions; call inside `atomic`. Raises EditConflict on a mismatch."""
    row = model._base_manager.select_for_update().get(pk=pk)
    if row.version != version:
        raise EditConflict(row)
    row.version += 1
    return row
