"""Where people near by may drop off medicines that they no longer need."""

import re
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.scoping import OrganizationOwned, ScopedQuerySet

ZIP = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?\s*$")
AREA = 3  # digits of a ZIP that name one postal area: a site outside it is not near


def zip_in(text: str) -> str:
    """The five digits that a ZIP code or the last line of an address ends with, else ""."""
    found = ZIP.search(text)
    return found.group(1) if found else ""


class DisposalSiteQuerySet(ScopedQuerySet):
    def in_use(self) -> "DisposalSiteQuerySet":
        return self.filter(is_in_use=True)

    def nearest(self, postal_code: str, *, most: int) -> list["DisposalSite"]:
        """Sites in the same postal area, those that share most digits first; none where no ZIP is known."""
        near = self.in_use().filter(postal_code__startswith=postal_code[:AREA]) if zip_in(postal_code) else self.none()
        return sorted(near, key=lambda site: (-shared_digits(site.postal_code, postal_code), site.name, str(site.pk)))[:most]


def shared_digits(one: str, other: str) -> int:
    """How many digits two ZIP codes have in common before they differ."""
    return next((place for place, pair in enumerate(zip(one[:5], other[:5], strict=False)) if pair[0] != pair[1]), 5)


class DisposalSite(OrganizationOwned):
    """A drop-off site; the disposal sheet of a patient's packet names the nearest ones."""

    name = models.CharField(max_length=120)
    address = models.TextField(help_text="As on an envelope, without the ZIP code.")
    postal_code = models.CharField("ZIP code", max_length=5)
    note = models.CharField("hours, and where to look", max_length=200, blank=True)
    note_es = models.CharField("in Spanish", max_length=200, blank=True)
    is_in_use = models.BooleanField("named on papers", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = DisposalSiteQuerySet.as_manager()

    class Meta:
        ordering = ["-is_in_use", "postal_code", "name", "id"]

    def __str__(self) -> str:
        return self.name

    def as_printed(self, language: str) -> dict[str, Any]:
        """As `SITE` of documents/schema.py; a note that is not written in the paper's language is left out."""
        note = {"en": self.note, "es": self.note_es}[language]
        return {
            "name": self.name,
            "address": [*self.address.splitlines()[:-1], f"{self.address.splitlines()[-1]} {self.postal_code}"],
            "note": {language: note} if note else None,
        }
