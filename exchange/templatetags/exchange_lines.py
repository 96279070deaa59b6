"""What is known of an imported medicine, in one short line."""

from django import template
from django.utils.dateformat import format as date_format

from exchange.chart import ImportedMedication

register = template.Library()


@register.filter
def medicine_facts(line: ImportedMedication) -> str:
    """Reason, prescriber, dates and fills: "for Atrial fibrillation · Dr. Kwame Osei · since Feb 5, 2024 · 3 fills"."""
    stopped = f"stopped {_day(line.stopped_on)}" if line.stopped_on else "" if line.is_active else "stopped, day not given"
    parts = (
        f"for {line.reason}" if line.reason else "",
        line.prescriber,
        f"since {_day(line.started_on)}" if line.started_on else "",
        stopped,
        f"{len(line.fills)} fill{'' if len(line.fills) == 1 else 's'}" if line.fills else "",
    )
    return " · ".join(filter(None, parts))


def _day(day: object) -> str:
    return date_format(day, "M j, Y")
