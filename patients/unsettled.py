"""Names of medicines that nobody has settled, over all charts of an organization: what the worklist shows.

One entry is one typed text; a choice counts for every line that says the same.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from accounts.models import Organization
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.lookalikes import shown
from interactions.knowledge.shapes import Candidate, Ingredient, Resolution
from mtm.lib.canonical import sha256_of
from patients.models import Medication, Patient

SUGGESTED = 5  # one for each of the keys 1 to 5
NAMES_SHOWN = 30
LINES_SHOWN = 20
WORD = re.compile(r"[^\W\d_]{4,}")  # a shorter word on its own is too often no name


@dataclass(frozen=True)
class Name:
    """One typed text with its lines, and what the person is being asked about it.

    `sought` is another name typed to find suggestions, `asked` the suggestion that waits for a yes, `reason` what was
    typed as the reason for leaving it (None: nobody is leaving it), `error` what to mend.
    """

    lines: tuple[Medication, ...]
    sought: str = ""
    asked: str = ""
    reason: str | None = None
    error: str = ""

    @property
    def first(self) -> Medication:
        """The oldest line; its id stands for the name in addresses."""
        return self.lines[0]

    @property
    def text(self) -> str:
        return self.first.text

    @property
    def is_ambiguous(self) -> bool:
        return self.first.recognition == Medication.Recognition.AMBIGUOUS

    @property
    def patients(self) -> list[Patient]:
        """The charts with such a line, each once; a merged chart counts as the one that survived."""
        return list({chart.pk: chart for chart in map(chart_of, self.lines)}.values())

    @property
    def shown_lines(self) -> list[tuple[Patient, Medication]]:
        return [(chart_of(line), line) for line in self.lines[:LINES_SHOWN]]

    @property
    def n_hidden(self) -> int:
        return len(self.lines[LINES_SHOWN:])

    @property
    def stamp(self) -> str:
        return stamp_of(self.lines)

    @cached_property
    def suggestions(self) -> tuple[Candidate, ...]:
        return suggestions_for(self.sought or self.text)

    @property
    def names_several(self) -> bool:
        """Whether the text itself holds two of the names: then no one of them may stand for the line."""
        said = self.text.casefold()
        return not self.sought and sum(one.label.casefold() in said for one in self.suggestions) > 1

    @property
    def note(self) -> str:
        """Why the dictionary asks, when it says so."""
        return get_catalog().resolve(self.text).note

    def suggestion(self, label: str) -> Candidate | None:
        return None if self.names_several else next((one for one in self.suggestions if one.label == label), None)

    def with_(self, **changes: str) -> "Name":
        return replace(self, **changes)


def chart_of(line: Medication) -> Patient:
    return line.patient.merged_into or line.patient


def key_of(text: str) -> str:
    """What two texts share that say the same: letters without case, single spaces."""
    return " ".join(text.casefold().split())


def stamp_of(lines: Iterable[Medication]) -> str:
    """Changes whenever one of the lines does, one comes or one goes: a choice counts for what was seen."""
    return sha256_of(sorted([str(line.pk), line.version] for line in lines))[:16]


def unsettled_texts(organization: Organization, today: dt.date) -> list[str]:
    """The distinct texts that wait. One query."""
    lines = Medication.objects.visible_to(organization).unsettled_on(today).of_the_living()
    return sorted({key_of(text) for text in lines.values_list("text", flat=True)})


def names_to_settle(organization: Organization, today: dt.date) -> list[Name]:
    """Every name that waits, those on most lines first. One query."""
    lines = Medication.objects.visible_to(organization).unsettled_on(today).of_the_living()
    found: dict[str, list[Medication]] = {}
    for line in lines.select_related("patient__merged_into").order_by("created_at", "id"):
        found.setdefault(key_of(line.text), []).append(line)
    names = [Name(tuple(lines)) for lines in found.values()]
    return sorted(names, key=lambda name: -len(name.lines))


def name_of(line: Medication, today: dt.date) -> Name | None:
    """The name that this line stands for, None when it waits no more."""
    key = key_of(line.text)
    return next((name for name in names_to_settle(line.organization, today) if key_of(name.text) == key), None)


def suggestions_for(text: str) -> tuple[Candidate, ...]:
    """At most five readings of a text, best first: what the dictionary offers for it, for its words, for its beginning."""
    catalog = get_catalog()
    found: dict[str, Candidate] = {}
    for resolution in map(catalog.resolve, (text, *WORD.findall(text))):
        for one in readings_of(resolution):
            found.setdefault(one.label.casefold(), one)
    if len(found) < SUGGESTED:
        for item in catalog.suggest(text, 60).items:
            one = reading(item.ingredients, "prefix")
            found.setdefault(one.label.casefold(), one)
    return tuple(found.values())[:SUGGESTED]


def readings_of(resolution: Resolution) -> list[Candidate]:
    """The one reading of a resolved text, or its candidates, by ingredient in tall-man letters."""
    if resolution.is_resolved:
        return [reading(resolution.ingredients, resolution.how)]
    plain = [(one, reading(one.ingredients, one.how)) for one in resolution.candidates]
    return [by_name if by_name.label.casefold() == one.label.casefold() else one for one, by_name in plain]


def reading(ingredients: tuple[Ingredient, ...], how: str) -> Candidate:
    return Candidate(shown(ingredients), ingredients, code_of(ingredients), how)


def code_of(ingredients: tuple[Ingredient, ...]) -> str | None:
    return ingredients[0].rxcui if len(ingredients) == 1 else None
