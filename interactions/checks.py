"""What `manage.py check` says about the loaded drug dictionary."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.core import checks

from interactions.knowledge.releases.in_use import folders_in_use
from interactions.knowledge.releases.store import SHIPPED


def dictionary_is_up_to_date(**kwargs: Any) -> list[checks.CheckMessage]:
    """A loaded release that was laid over the shipped tables of another version lacks what these have by now."""
    loaded = folders_in_use().get("rxnorm")
    if loaded is None or _manifest(loaded).get("based_on") == _manifest(SHIPPED).get("sha256"):
        return []
    said = "The loaded RxNorm release was laid over other tables than those that ship now."
    return [checks.Warning(said, hint="Run manage.py load_rxnorm again.", id="interactions.W001")]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / "MANIFEST.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
