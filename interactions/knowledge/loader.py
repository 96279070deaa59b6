"""The compiled knowledge, loaded once per process."""

from __future__ import annotations

import gc
from functools import cache, lru_cache
from pathlib import Path

from interactions.engine.rules import Knowledge
from interactions.knowledge.books import HERE, Books, Problem, read_books
from interactions.knowledge.catalog import Catalog, get_catalog
from interactions.knowledge.compiler import Compiler
from interactions.knowledge.matching import forget_products
from interactions.knowledge.medicines import forget_lines
from interactions.knowledge.output import Checker
from interactions.knowledge.releases.in_use import forget_with_it
from interactions.knowledge.schema import check_classes, check_equivalents, check_rules
from interactions.knowledge.vocabulary import Vocabulary


def get_checker() -> Checker:
    """The shipped knowledge with the dictionary in use."""
    return _checker_with(get_catalog())


@lru_cache(maxsize=1)
def _checker_with(catalog: Catalog) -> Checker:
    checker = Checker(get_knowledge(), catalog, get_vocabulary())
    gc.freeze()  # rules and dictionary stay as long as the process: the collector need not walk through them again and again
    return checker


forget_with_it(forget_lines)
forget_with_it(forget_products)


class BrokenKnowledge(Exception):
    """The files can't be compiled; the message lists every problem."""


@cache
def get_knowledge(root: Path = HERE) -> Knowledge:
    """The knowledge of the shipped files; raises BrokenKnowledge with every problem at once."""
    return compile_books(get_books(root))


@cache
def get_books(root: Path = HERE) -> Books:
    return read_books(root)


@cache
def get_vocabulary(root: Path = HERE) -> Vocabulary:
    return Vocabulary(get_books(root).vocabulary)


def compile_books(books: Books) -> Knowledge:
    problems = problems_of(books)
    if problems:
        raise BrokenKnowledge("\n".join(str(one) for one in problems))
    return Compiler(books).compile()


def problems_of(books: Books) -> list[Problem]:
    """Everything wrong with the form of the files."""
    return [*books.problems, *check_equivalents(books), *check_classes(books), *check_rules(books)]
