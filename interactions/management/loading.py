"""What the commands that load a dictionary share: progress on standard error, the report on standard output, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from interactions.knowledge.releases.archive import Refused
from interactions.knowledge.releases.changes import Report
from interactions.knowledge.releases.lines import Tell
from interactions.knowledge.releases.store import Store

Load = Callable[[Path, Store, Tell], Report]
UNCHANGED = "Nothing was changed."


def run_load(command: BaseCommand, part: str, load: Load, options: dict[str, Any]) -> None:
    """Load a release and say what changed; every failure leaves the release before in use and exits with 1."""
    store = Store(settings.DICTIONARY_DIR)
    try:
        if options["forget"]:
            report = ["Back to the shipped tables."] if store.forget(part) else ["Nothing was loaded; the shipped tables are in use."]
        else:
            report = list(load(options["file"], store, command.stderr.write).lines())
    except Refused as refused:
        command.stderr.write("\n".join(refused.problems))
        sys.exit(1)
    except OSError as error:
        command.stderr.write(f"{error.filename or store.folder}: {error.strerror}; make room or give access, and load again. {UNCHANGED}")
        sys.exit(1)
    except KeyboardInterrupt:
        command.stderr.write(f"Interrupted. {UNCHANGED}")
        sys.exit(1)
    command.stdout.write("\n".join(report))
