"""`resolve_drug [FILE|-]`: one typed medicine a line in, one JSON object a line out, in order."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand

from interactions.knowledge.catalog import get_catalog

LONGEST_LINE = 10_000  # bytes; a medicine line is some 50
MOST_PROBLEMS = 100


class Command(BaseCommand):
    """Read every line, refuse the whole input when any line is unfit, then answer line by line."""

    help = "Resolve typed medicines: one text a line in, one JSON object a line out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="text file, or - for standard input (the default)")

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["file"]
        problems: list[str] = []
        try:
            with _open(source) as file:
                lines = list(_texts(file, source, problems))
        except OSError as error:
            problems.append(f"{source}: cannot be read ({error.strerror}); give a text file or -")
        if problems:
            self.stderr.write("\n".join(problems))
            sys.exit(1)
        try:
            self._answer(lines)
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _answer(self, lines: list[str]) -> None:
        catalog = get_catalog()
        for text in lines:
            self.stdout.write(json.dumps(catalog.resolve(text).as_json(), ensure_ascii=False))
        self.stdout.flush()


def _open(source: str) -> BinaryIO:
    return sys.stdin.buffer if source == "-" else Path(source).open("rb")


def _texts(file: BinaryIO, source: str, problems: list[str]) -> Any:
    """The lines as text; what is unfit is added to `problems` as "file:line: what, what to do"."""
    number = 0
    while line := file.readline(LONGEST_LINE + 2):
        number += 1
        if len(problems) >= MOST_PROBLEMS:
            problems.append(f"{source}: more problems follow; give a plain text file of medicines")
            return
        text, problem = _text(line)
        if problem:
            problems.append(f"{source}:{number}: {problem}")
            _skip_rest(file, line)
        else:
            yield text


def _text(line: bytes) -> tuple[str, str]:
    bare = line.rstrip(b"\r\n")
    if len(bare) > LONGEST_LINE:
        return "", f"line is longer than {LONGEST_LINE} bytes; put one medicine on a line"
    if b"\0" in bare:
        return "", "line holds a NUL byte; save the file as plain UTF-8 text"
    try:
        return bare.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return "", f"byte {error.start + 1} is not UTF-8; save the file as plain UTF-8 text"


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(1_000_000)
