"""Print a full example payload, to start from or to try `render_packet` with."""

from typing import Any

from django.core.management.base import BaseCommand

from reviews.documents.example import EXAMPLE


class Command(BaseCommand):
    help = "Print a full example payload (an invented patient), to start from or to try render_packet with."

    def handle(self, **options: Any) -> None:
        self.stdout.write(EXAMPLE.read_text(encoding="utf-8"))
