"""The phrases of `directions.toml` as a tree, and what the longest phrase at a place says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from interactions.knowledge.sig_body import body_phrases
from interactions.knowledge.sig_tokens import NUMBER, Token

PHRASES = Path(__file__).parent / "directions.toml"
_PART = re.compile(r"[()|]|[^()|]+")
_MACRO = re.compile(r"\{([A-Z]+)\}")
_Node = dict[str | None, Any]


class Match(NamedTuple):
    """A phrase that was found: its kind (a section of the file), its meaning, the numbers in it, the token after it."""

    kind: str
    value: str
    numbers: tuple[Token, ...]
    end: int


class Lexicon(NamedTuple):
    """`phrases` of directions, `periods` that may follow a limit, `words`: a word to the one it counts as, "" to drop it."""

    phrases: _Node
    periods: _Node
    words: dict[str, str]


@lru_cache(1)
def lexicon() -> Lexicon:
    """The compiled phrases, made once a process."""
    sections = tomllib.loads(PHRASES.read_text("utf-8"))
    macros = sections.pop("macro")
    same = {word: one for one, words in sections.pop("same").items() for word in words.split()}
    same |= dict.fromkeys(sections.pop("dropped").split(), "")
    phrases: _Node = {}
    periods: _Node = {}
    for kind, meanings in sections.items():
        for value, written in meanings.items():
            for words in _spelled(written, macros):
                kept = tuple(one for word in words if (one := same.get(word, word)))
                _add(periods if kind == "period" else phrases, kept, kind, value)
    for phrase, place in body_phrases():
        kept = tuple(one for word in phrase.split() if (one := same.get(word, word)))
        _add(phrases, kept, "route", place)
    return Lexicon(phrases, periods, same)


def _add(root: _Node, words: tuple[str, ...], kind: str, value: str) -> None:
    """Put a phrase in the tree; the first meaning of a phrase stands. A unit counts with a number, "a", or alone."""
    if not words:
        return
    forms = [(words, kind)] if kind != "unit" else [((NUMBER, *words), "unit"), (("a", *words), "one"), (words, "bare_unit")]
    for form, meant in forms:
        node = root
        for word in form:
            node = node.setdefault(word, {})
        node.setdefault(None, (meant, value))


def _spelled(written: str, macros: dict[str, str]) -> Iterable[tuple[str, ...]]:
    """Every phrase that a line of the file stands for, as words."""
    for phrase in written.split(";"):
        yield from (tuple(one.split()) for one in _expanded(_filled(phrase.strip(), macros)))


def _filled(phrase: str, macros: dict[str, str]) -> str:
    while _MACRO.search(phrase):
        phrase = _MACRO.sub(lambda found: macros[found.group(1)], phrase)
    return phrase


def _expanded(phrase: str) -> list[str]:
    """Every choice of "(a|b (c|d)) e"."""
    return _choices(_PART.findall(phrase), 0)[0]


def _choices(parts: list[str], at: int) -> tuple[list[str], int]:
    """The texts of the alternatives from part `at` to the bracket that closes them, and the place after it."""
    done: list[str] = []
    texts = [""]
    while at < len(parts) and parts[at] != ")":
        if parts[at] == "|":
            done, texts = done + texts, [""]
        elif parts[at] == "(":
            inner, at = _choices(parts, at + 1)
            texts = [text + one for text in texts for one in inner]
        else:
            texts = [text + parts[at] for text in texts]
        at += 1
    return done + texts, at


def longest(tokens: Sequence[Token], at: int, root: _Node | None = None) -> Match | None:
    """The longest phrase that starts at token `at`."""
    node: _Node | None = lexicon().phrases if root is None else root
    best: tuple[int, tuple[str, str]] | None = None
    for index in range(at, len(tokens)):
        node = node.get(tokens[index].text) if node else None
        if node is None:
            break
        if None in node:
            best = index + 1, node[None]
    if best is None:
        return None
    end, (kind, value) = best
    return Match(kind, value, tuple(token for token in tokens[at:end] if token.text == NUMBER), end)


def period(tokens: Sequence[Token], at: int) -> Match | None:
    """The time for which a limit stands ("a day", "in 24 hours")."""
    return longest(tokens, at, lexicon().periods)


def unit_of(word: str) -> str:
    """The stored unit of a spelling ("tabs" is tablet)."""
    same = lexicon().words
    found = longest([Token(same.get(one, one), 0, 0) for one in word.split()], 0)
    return found.value if found and found.kind == "bare_unit" else word
