"""What you did: append-only events, written in the same transaction as their cause."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import AuditEvent


@dataclass(frozen=True)
class Origin:
    """Where a request came from; empty for commands and tasks."""

    request_id: str = ""
    address: str | None = None
    roles: str = ""


NOWHERE = Origin()
ORIGIN: ContextVar[Origin] = ContextVar("audit_origin", default=NOWHERE)


def record(
    action: str,
    target: Any = None,
    *,
    by: Any,
    fields: Iterable[str] = (),
    reason_code: str = "",
    organization: Any = None,
    patient_id: Any = None,
    result: str = "done",
) -> AuditEvent:
    """Write one event: a dotted action, the row it touched, who, and the names of changed fields.

    Never pass a value that says something clinical: values live in the history tables.
    """
    origin = ORIGIN.get()
    return AuditEvent.objects.create(
        organization=organization or getattr(target, "organization", None),
        user=by if by is not None and by.pk else None,
        roles=origin.roles,
        action=action,
        object_type=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        patient_id=patient_id or _patient_of(target),
        fields=sorted(fields),
        history_id=_history_of(target),
        reason_code=reason_code,
        request_id=origin.request_id,
        address=origin.address,
        result=result,
    )


def _patient_of(target: Any) -> Any:
    if target is not None and target._meta.label_lower == "patients.patient":
        return target.pk
    if hasattr(target, "patient_id"):
        return target.patient_id
    encounter = getattr(target, "encounter", None)
    return encounter.patient_id if encounter is not None else None


def _history_of(target: Any) -> str:
    history = getattr(target, "history", None)
    if history is None or target.pk is None:
        return ""
    newest = history.order_by("-history_date").values_list("history_id", flat=True).first()
    return str(newest or "")


def reads_chart(action: str = "chart.viewed") -> Callable:
    """Record each successful look at a chart; the view sets `request.audited` to the row it showed."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            target = getattr(request, "audited", None)
            if target is not None and response.status_code < 400 and request.method in {"GET", "HEAD"}:
                record(action, target, by=request.user, organization=request.organization)
            return response

        recorded.audits = action
        return recorded

    return decorate
