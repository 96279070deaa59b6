"""What every process holds of the releases in use: made at the first question, made anew when another one is put in use."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from interactions.knowledge.releases.store import Stamp, Store

T = TypeVar("T")
log = logging.getLogger(__name__)
_store: Store | None = None
_forgetting: list[Callable[[], None]] = []


def use_folder(folder: Path) -> None:
    """Say where loaded releases live; until then, only the shipped tables are used."""
    global _store
    _store = Store(folder)


def forget_with_it(clear: Callable[[], None]) -> None:
    """Call `clear` when a release takes the place of another: for caches that hold what was made of the old one."""
    _forgetting.append(clear)


class InUse(Generic[T]):
    """One thing made of the releases in use; `make` takes their folders by part, and none for the shipped tables alone.

    A release that can't be read leaves what there is in use, and the log says why.
    """

    def __init__(self, make: Callable[[dict[str, Path]], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._held: tuple[Stamp | None, T] | None = None

    def get(self) -> T:
        """The thing, of the release that is in use now. Other threads go on with the old one while one makes the new."""
        stamp = _store.stamp() if _store else None
        held = self._held
        if held and held[0] == stamp:
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            return held[1] if held else self.get()
        try:
            return self._renewed(stamp)
        finally:
            self._lock.release()

    def _renewed(self, stamp: Stamp | None) -> T:
        held = self._held
        if held and held[0] == stamp:  # another thread was first
            return held[1]
        made = self._made(held[1] if held else None)
        self._held = stamp, made
        if held:
            for clear in _forgetting:
                clear()
        return made

    def _made(self, so_far: T | None) -> T:
        try:
            return self._make(folders_in_use())
        except Exception:
            log.exception("The loaded drug dictionary can't be read; the one before stays in use. Load the release again.")
            return so_far if so_far is not None else self._make({})


def joined_hash(first: str, second: str) -> str:
    """One hash for two; the first alone when there is no second."""
    return hashlib.sha256(f"{first}{second}".encode()).hexdigest() if second else first


def folders_in_use() -> dict[str, Path]:
    """The folder of each loaded part."""
    found = {part: _store.folder_of(part) for part in ("rxnorm", "ndc")} if _store else {}
    return {part: folder for part, folder in found.items() if folder}
