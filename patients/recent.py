"""The products that an organization put on its lists lately, for the picker's "Recent here"."""

from collections.abc import Iterable

from accounts.models import Organization
from patients.models import Medication

LOOKED_AT = 100  # newest lines; the picker shows the first few that fit


def recent_choices(organization: Organization) -> Iterable[tuple[str, str]]:
    """Codes of products, newest first, each with its name and, on a line of its own, the words of the list. One query."""
    lines = Medication.objects.visible_to(organization).newest_products()
    rows = lines.values_list("rxcui", "product_name", "text")[:LOOKED_AT]
    return [(code, f"{product}\n{text}") for code, product, text in rows]
