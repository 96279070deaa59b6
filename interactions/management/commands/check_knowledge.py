"""Check every file of the clinical knowledge and run every rule's own cases."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from interactions.knowledge.books import read_books
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.report import all_problems, counts


class Command(BaseCommand):
    help = "Checks the clinical knowledge: form, references, sources, patient wording, and every rule's own cases."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text", help="json: the counts as one object on one line")

    def handle(self, *args: Any, **options: Any) -> None:
        books, catalog = read_books(), get_catalog()
        problems = all_problems(books, catalog)
        found = counts(books, catalog, timezone.localdate())
        if options["format"] == "json":
            self.stdout.write(json.dumps({**found, "errors": [str(one) for one in problems]}, ensure_ascii=False))
        else:
            self.write_text(found, [str(one) for one in problems])
        if problems:
            sys.exit(1)

    def write_text(self, found: dict[str, Any], problems: list[str]) -> None:
        for line in problems:
            self.stdout.write(line)
        read = ", ".join(f"{count} {state}" for state, count in found["by_read"].items())
        self.stdout.write(
            f"{len(problems)} errors; {found['rules']} rules ({read}) with {found['cases']} cases, {found['classes']} classes, "
            f"{found['ingredients_covered']} ingredients, {found['sources']} sources; {found['second_read']} read a second time, "
            f"{found['pharmacist_reviewed']} reviewed by a pharmacist, {len(found['overdue'])} overdue"
        )
