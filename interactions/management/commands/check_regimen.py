"""Check cases, one JSON object a line in, one a line out."""

from __future__ import annotations

import gc
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from interactions.knowledge.loader import get_checker
from interactions.knowledge.trace import traced

Answer = tuple[str, list[str]]
LONGEST_LINE = 5_000_000


# From so many lines on it pays to share them out among processes.
MANY_LINES = 400


class Command(BaseCommand):
    help = "Checks each case (one JSON object a line) and prints one result a line, in order."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="a file of cases, - for standard input")
        parser.add_argument("--explain", action="store_true", help="add every rule that was looked at and failed, with why")

    def handle(self, *args: Any, **options: Any) -> None:
        name = "standard input" if options["file"] == "-" else options["file"]
        refused: list[str] = []
        lines = list(self.numbered(options["file"], refused))
        work = partial(checked, today=timezone.localdate(), explain=options["explain"])
        results: list[str] = []
        for (number, _), (output, problems) in zip(lines, shared_out(work, [line for _, line in lines]), strict=True):
            results.append(output)
            refused += [f"{name}: line {number}: {problem}" for problem in problems]
        if refused:
            self.stderr.write("\n".join(refused))
            sys.exit(1)
        for line in results:
            self.stdout.write(line)

    def numbered(self, path: str, refused: list[str]) -> Iterator[tuple[int, str]]:
        """The lines that hold something, with their numbers; a file that can't be read is refused in words."""
        try:
            raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        except OSError as error:
            refused.append(f"{path}: cannot be read ({error.strerror}); name a file of cases, or - for standard input")
            return
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            refused.append(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8")
            return
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield number, line


def shared_out(work: Callable[[str], Answer], lines: list[str]) -> Iterator[Answer]:
    """The answers in order; many lines are shared out among the processors. The checker is loaded before they part."""
    get_checker()
    gc.freeze()  # the dictionary and the rules stay: the collector need not look at them again, nor copy their pages
    gc.set_threshold(100_000)  # nor, at every turn, at what is remembered of earlier cases; a case itself leaves no cycles
    processes = len(os.sched_getaffinity(0))
    if len(lines) < MANY_LINES or processes < 2:
        yield from map(work, lines)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield from pool.map(work, lines, chunksize=50)


def checked(line: str, *, today: date, explain: bool) -> Answer:
    """The result of one line as JSON, or what is wrong with it."""
    case, problems = parse(line)
    if problems:
        return "", problems
    checker = get_checker()
    if not explain:
        return checker.check_text(case, today)
    output, problems = checker.check(case, today)
    if not problems:
        output["explain"] = traced(checker, case, today)
    return json.dumps(output, ensure_ascii=False), problems


def parse(line: str) -> tuple[Any, list[str]]:
    """The case of a line, or what is wrong with it."""
    if len(line) > LONGEST_LINE:
        return None, [f"{len(line)} characters; the most is {LONGEST_LINE}"]
    try:
        case = json.loads(line)
    except RecursionError:
        return None, ["is nested too deeply to be a case"]
    except ValueError as error:
        return None, [f"is not JSON ({str(error)[:80]}); write one object a line"]
    if not isinstance(case, dict):
        return None, ["is not a JSON object; write one object a line"]
    return case, []
