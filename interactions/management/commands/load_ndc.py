"""`load_ndc FILE`: put FDA's National Drug Code directory in use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from interactions.knowledge.releases.directory import load_ndc
from interactions.management.loading import run_load


class Command(BaseCommand):
    help = "Loads the NDC directory as FDA publishes it: the zip file, or a folder with product.txt and package.txt."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group(required=True)
        what = "the zip file, a folder, or product.txt beside package.txt"
        chosen.add_argument("file", nargs="?", type=Path, metavar="FILE", help=what)
        chosen.add_argument("--forget", action="store_true", help="use no NDC directory any more")

    def handle(self, *args: Any, **options: Any) -> None:
        run_load(self, "ndc", load_ndc, options)
