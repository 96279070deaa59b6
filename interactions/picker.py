"""The picker's lines as they are shown: by ingredient, with the typed letters marked and look-alikes told apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from accounts.models import Organization
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.lookalikes import lookalikes_of, shown, tall_man
from interactions.knowledge.shapes import Product, Resolution, Suggestion
from interactions.labels import brand_meant, label_of
from interactions.recent import recent_products

FEWEST_LETTERS = 3
FIRST_SHOWN, MORE_SHOWN = 24, 400
BRANDS_SHOWN = 3
LOOKALIKES_SHOWN = 3
KINDS = {"rx": "Rx", "otc": "OTC"}
NAME = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True)
class Option:
    """One line: `label` is what is written when it is chosen, `pieces` the same in tall-man letters, typed ones marked."""

    label: str
    rxcui: str
    pieces: list[tuple[str, bool]]
    note: str
    kind: str


@dataclass(frozen=True)
class Group:
    """The lines of one ingredient or combination, with the names that are mixed up with it."""

    heading: str
    options: list[Option]
    lookalikes: str = ""


@dataclass(frozen=True)
class Choices:
    """What typed letters may mean: the pharmacy's recent choices, the dictionary's lines, and the text as it stands."""

    typed: str
    groups: list[Group] = field(default_factory=list)
    total: int = 0
    alone: Resolution | None = None

    @property
    def n_shown(self) -> int:
        return sum(len(group.options) for group in self.groups if group.heading != RECENT)

    @property
    def n_more(self) -> int:
        """How many lines "show more" would bring."""
        return min(self.total, MORE_SHOWN) - self.n_shown if self.n_shown < MORE_SHOWN else 0


RECENT = "Recent here"


def choices_of(typed: str, organization: Organization | None, *, more: bool = False) -> Choices:
    """The groups for a text of three letters or more; with `more`, up to 400 lines instead of 24."""
    alone = get_catalog().resolve(typed) if typed else None
    if len(typed) < FEWEST_LETTERS:
        return Choices(typed, alone=alone)
    found = get_catalog().suggest(typed, MORE_SHOWN if more else FIRST_SHOWN)
    recent = [option_of(suggestion_of(one), typed) for one in recent_products(organization, typed)] if organization else []
    groups = [Group(RECENT, recent)] if recent else []
    return Choices(typed, groups + list(groups_of(found.items, typed)), found.total, alone)


def groups_of(items: Iterable[Suggestion], typed: str) -> Iterable[Group]:
    """Neighbors with the same ingredients together."""
    for ingredients, group in groupby(items, key=lambda item: item.ingredients):
        lines = list(group)
        names = [one.name for one in ingredients] if len(ingredients) == 1 else []
        names += {brand for line in lines if (brand := brand_meant(line, typed))}
        yield Group(shown(ingredients), [option_of(line, typed) for line in lines], lookalikes_shown(names))


def lookalikes_shown(names: list[str]) -> str:
    """The names that published lists warn of, in tall-man letters."""
    others = {other for name in names for other in lookalikes_of(name)} - {name.lower() for name in names}
    return ", ".join(tall_man(name) for name in sorted(others)[:LOOKALIKES_SHOWN])


def option_of(item: Suggestion, typed: str) -> Option:
    label = label_of(item, typed)
    brands = [brand for brand in item.brands if brand != brand_meant(item, typed)]
    more = f" and {len(brands) - BRANDS_SHOWN} more" if len(brands) > BRANDS_SHOWN else ""
    note = ", ".join(brands[:BRANDS_SHOWN]) + more if item.dose_form else "strength and form not known"
    kind = KINDS.get(item.kind, item.kind) + (f" · {item.schedule}" if item.schedule else "")
    tall = NAME.sub(lambda name: tall_man(name.group()), label)
    return Option(label, item.rxcui or "", marked(tall, typed), note, kind)


def suggestion_of(product: Product) -> Suggestion:
    return Suggestion(
        product.rxcui, product.name, product.name, product.brands, product.strength, product.dose_form, product.route,
        product.ingredients, product.kind, product.schedule,
    )  # fmt: skip


def marked(label: str, typed: str) -> list[tuple[str, bool]]:
    """The label in pieces, each with whether its letters are among the typed words' beginnings."""
    words = sorted((re.escape(word) for word in typed.split()), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])({'|'.join(words)})", re.I)
    pieces = pattern.split(label)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
