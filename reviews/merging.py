"""What this room has to say before a chart is merged into another one."""

from patients.models import Patient
from reviews.models import Encounter


def open_reviews_of(duplicate: Patient) -> list[str]:
    """An open review would go on under a chart that nobody opens any more: it is signed or set aside first."""
    reviews = Encounter.objects.visible_to(duplicate.organization).filter(patient=duplicate).open()
    return [
        f"The chart of {duplicate} has an open review ({one.get_kind_display()}). Sign it or mark it as not done first." for one in reviews
    ]
