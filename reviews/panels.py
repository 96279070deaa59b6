"""What this room hangs into the today page and into a chart."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from patients.models import Patient
from reviews import worklist


def today_panel(request: HttpRequest) -> dict[str, Any]:
    day, organization = timezone.localdate(), request.organization
    return {
        "reviews": worklist.open_reviews(organization),
        "owed": worklist.papers_owed(organization, day),
        "waiting": worklist.waiting_for_prescribers(organization, day),
        "follow_ups": worklist.follow_ups_due(organization, day + dt.timedelta(days=7)),
    }


def chart_panel(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    return {"reviews": worklist.reviews_of(patient)}
