"""What this pharmacy chose lately. The room that keeps the lists hangs it in; it is shown under a heading of its own.

Nothing is learned: what a typed text resolves to, and the order of the dictionary's own lines, stay as they are.
"""

import re
from collections.abc import Callable, Iterable

from accounts.models import Organization
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.shapes import Product

MOST = 3
WORD = re.compile(r"[^\W_][\w.]*")
HEAD = re.compile(r"(?:^|[/\[(\n])[^/\[(\n]*?([^\W\d_][\w-]{2,})")  # the first word of each ingredient, brand and text
# Gives the codes of an organization's newest choices, newest first, each with the words by which it is found.
Source = Callable[[Organization], Iterable[tuple[str, str]]]
SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """Hang in where an organization's recent choices are found."""
    SOURCES.append(source)


def recent_products(organization: Organization, typed: str) -> list[Product]:
    """The newest products of which the first typed word begins a name, and the others any word; one query a source.

    "hydr" is hydrochlorothiazide and not tramadol hydrochloride: a salt is no name.
    """
    begun = WORD.findall(typed.casefold())
    if not begun:
        return []
    words: dict[str, str] = {}
    for source in SOURCES:
        for code, text in source(organization):
            words[code] = f"{words.get(code, '')}\n{text}"
    codes = [code for code, text in words.items() if _begins(begun, text)]
    found = (get_catalog().by_rxcui(code) for code in codes[: 2 * MOST])
    return [one.product for one in found if one and one.product][:MOST]


def _begins(begun: list[str], text: str) -> bool:
    said = text.casefold()
    if not all(one in said for one in begun):  # settles most texts at once
        return False
    if not any(name.startswith(begun[0]) for name in HEAD.findall(said)):
        return False
    words = WORD.findall(said)
    return all(any(word.startswith(one) for word in words) for one in begun[1:])
