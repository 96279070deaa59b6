"""The lines of a release's file, each checked for encoding and columns before anyone reads a field."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from interactions.knowledge.releases.archive import AGAIN, Refused, Source

LONGEST_LINE = 1 << 20
MOST_PROBLEMS = 20
EVERY = 250_000  # lines between two signs of progress
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)


class Tell(Protocol):
    """Hears how far the reading is; called with a sentence every few hundred thousand lines."""

    def __call__(self, sentence: str) -> None: ...


class Layout(NamedTuple):
    """How the lines of a file are made: separator, number of separators in a line, encodings in order of trust."""

    separator: bytes
    separators: int
    encodings: tuple[str, ...] = ("utf-8",)


def checked_lines(source: Source, name: str, layout: Layout, tell: Tell, wanted: bytes = b"") -> Iterator[tuple[int, str]]:
    """Number and text of every line that holds `wanted`; all lines are checked.

    After the last line Refused is raised when any was wrong, with one message a line, so that nothing read is used.
    """
    problems: list[str] = []
    for number, line in _raw_lines(source, name, tell):
        problem, text = _checked(line, layout, wanted)
        if problem:
            problems.append(f"{source.place(name)}:{number}: {problem}")
            if len(problems) >= MOST_PROBLEMS:
                raise Refused(*problems, f"{source.place(name)}: more may follow; {AGAIN}")
        elif text and not problems:
            yield number, text
    if problems:
        raise Refused(*problems)


def _raw_lines(source: Source, name: str, tell: Tell) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with source.open(name) as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if number == 1:
                    line = _without_mark(line, source.place(name))
                yield number, line
                if number % EVERY == 0:
                    tell(f"{name}: {number:,} lines")
    except BROKEN as error:
        what = str(error) or type(error).__name__
        raise Refused(f"{source.place(name)}:{number + 1}: the file is damaged here ({what}); {AGAIN}") from None
    tell(f"{name}: {number:,} lines read")


def _without_mark(line: bytes, place: str) -> bytes:
    if line[:2] in UTF16:
        raise Refused(f"{place}:1: is UTF-16, not plain text; use the file as it was downloaded")
    return line.removeprefix(b"\xef\xbb\xbf")


def _checked(line: bytes, layout: Layout, wanted: bytes) -> tuple[str, str]:
    """What is wrong with a line, or its text; both are "" for a line that is not wanted."""
    if b"\0" in line:
        return "holds a NUL byte, so it is no text; use the file as it was downloaded", ""
    if len(line) >= LONGEST_LINE:
        return f"is longer than {LONGEST_LINE:,} bytes; {AGAIN}", ""
    found = line.count(layout.separator)
    if found != layout.separators:
        return _columns(line, layout, found), ""
    if not line.endswith(b"\n") and layout.separator == b"|" and not line.endswith(b"|"):
        return f"the line is cut off; {AGAIN}", ""
    for encoding in layout.encodings:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "", text.rstrip("\r\n") if wanted in line else ""
    return _encoding(line, layout), ""


def _columns(line: bytes, layout: Layout, found: int) -> str:
    if not line.strip():
        return f"is empty; {AGAIN}"
    extra = 0 if layout.separator == b"|" else 1  # RRF ends every line with a separator
    kind = "separated by |" if layout.separator == b"|" else "separated by tabs"
    return f"has {found + extra} columns {kind} instead of {layout.separators + extra}; use the file as it was downloaded"


def _encoding(line: bytes, layout: Layout) -> str:
    try:
        line.decode(layout.encodings[-1])
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1} is not {layout.encodings[0].upper()}; use the file as it was downloaded"
    return ""


def quiet(sentence: str) -> None:
    """A Tell that says nothing."""
