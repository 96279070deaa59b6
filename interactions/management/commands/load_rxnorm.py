"""`load_rxnorm FILE.zip`: put NLM's RxNorm release in use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from interactions.knowledge.releases.loading import load_rxnorm
from interactions.management.loading import run_load


class Command(BaseCommand):
    help = "Loads an RxNorm release (full or prescribable) as NLM publishes it: the zip file, or the folder it was unpacked to."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("file", nargs="?", type=Path, metavar="FILE", help="RxNorm_full_....zip or RxNorm_full_prescribe_....zip")
        chosen.add_argument("--forget", action="store_true", help="go back to the tables that ship")

    def handle(self, *args: Any, **options: Any) -> None:
        run_load(self, "rxnorm", load_rxnorm, options)
