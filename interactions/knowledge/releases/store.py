"""Where a pharmacy's loaded releases live, and how one takes the place of another in one step.

A release is built in a folder of its own beside the old one; `current.toml`, replaced atomically, names the folder in
use of each part. A process that stops in the middle leaves the old release in use.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interactions.knowledge.releases.archive import Refused

SHIPPED = Path(__file__).parent.parent / "tables"  # in use as long as nothing was loaded
PARTS = ("rxnorm", "ndc")
POINTER = "current.toml"
LOCK = ".lock"
BUILDING = ".building-"
Stamp = tuple[int, int, int]


class Store:
    """The folder of loaded releases; it need not exist as long as nothing was loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / POINTER

    def stamp(self) -> Stamp | None:
        """Changes whenever another release is put in use; None when none was loaded."""
        try:
            found = self._pointer.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def folder_of(self, part: str) -> Path | None:
        """The folder of the release in use of a part."""
        name = self._names().get(part)
        return self.folder / name if name else None

    def _names(self) -> dict[str, str]:
        try:
            named = tomllib.loads(self._pointer.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return {part: Path(str(name)).name for part, name in named.items() if part in PARTS}

    @contextmanager
    def building(self, part: str) -> Iterator[Path]:
        """An empty folder to build a release in; put in use at the end, taken away when anything goes wrong."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            for left in self.folder.glob(f"{BUILDING}*"):  # of a process that was killed
                shutil.rmtree(left, ignore_errors=True)
            workplace = self.folder / f"{BUILDING}{part}"
            workplace.mkdir(mode=0o700)
            try:
                yield workplace
                self._put_in_use(part, workplace)
            except BaseException:
                shutil.rmtree(workplace, ignore_errors=True)
                raise

    def forget(self, part: str) -> bool:
        """Go back to the shipped tables; False when nothing was loaded."""
        if not self._names().get(part):
            return False
        with self._locked():
            self._point({name: folder for name, folder in self._names().items() if name != part})
            self._clean(part, keep=())
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused(f"{self.folder}: another release is being loaded; wait until it is done") from None
            yield

    def _put_in_use(self, part: str, workplace: Path) -> None:
        before = self._names()
        name = f"{part}-{time.time_ns()}"
        for file in workplace.iterdir():
            _to_disk(file)
        workplace.rename(self.folder / name)
        self._point({**before, part: name})
        self._clean(part, keep=(name, before.get(part, "")))  # a process may just be opening the one before

    def _point(self, names: dict[str, str]) -> None:
        draft = self.folder / f"{POINTER}.new"
        draft.write_text("".join(f'{part} = "{name}"\n' for part, name in sorted(names.items())), "utf-8")
        _to_disk(draft)
        draft.replace(self._pointer)
        _to_disk(self.folder)

    def _clean(self, part: str, keep: tuple[str, ...]) -> None:
        for folder in self.folder.glob(f"{part}-*"):
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
