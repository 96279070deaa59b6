"""Print the JSON Schema of the payload that papers are made from."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from reviews.documents.schema import SCHEMA


class Command(BaseCommand):
    help = "Print the JSON Schema of the payload that papers are made from."

    def handle(self, **options: Any) -> None:
        self.stdout.write(json.dumps(SCHEMA, indent=2))
