"""A table on disk, sorted by its first column and looked up there: nothing of it is held in memory."""

from __future__ import annotations

import heapq
import mmap
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO

PIECE = 20_000  # lines sorted at a time


class SortedTable:
    """Rows of tab-separated text by their key; a file that does not exist is an empty table."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._map: mmap.mmap | bytes = b""
        if path.is_file() and path.stat().st_size:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __bool__(self) -> bool:
        return len(self._map) > 0

    def rows(self, key: str) -> Iterator[list[str]]:
        """Every row with this key, in order."""
        return self._beginning(key.encode() + b"\t")

    def starting(self, beginning: str) -> Iterator[list[str]]:
        """Every row whose key begins so; keys in such a table are of one length."""
        return self._beginning(beginning.encode())

    def _beginning(self, wanted: bytes) -> Iterator[list[str]]:
        place = self._first_at_least(wanted)
        while self._map[place:place + len(wanted)] == wanted:
            end = self._map.find(b"\n", place)
            yield self._map[place:end].decode().split("\t")
            place = end + 1

    def row(self, key: str) -> list[str] | None:
        """The first row with this key."""
        return next(self.rows(key), None)

    def all_rows(self) -> Iterator[list[str]]:
        """Every row, read as a stream."""
        if not self:
            return
        with self._path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n").split("\t")

    def _first_at_least(self, wanted: bytes) -> int:
        """Where the first line begins that does not sort before `wanted`."""
        low, high = 0, len(self._map)
        while low < high:
            middle = (low + high) // 2
            start = self._map.rfind(b"\n", low, middle) + 1 or low
            end = self._map.find(b"\n", start) + 1
            if self._map[start:start + len(wanted)] < wanted:
                low = end
            else:
                high = start
        return low


def write_sorted(path: Path, rows: Iterable[list[str]]) -> None:
    """Write rows sorted by their first column, and by the others within it; a row that comes twice stays once.

    Sorted in pieces that are merged from disk, so that memory does not grow with the table.
    """
    lines = ("\t".join(row).encode() + b"\n" for row in rows)
    with ExitStack() as pieces:
        sorted_pieces = [_filled(pieces.enter_context(tempfile.TemporaryFile(dir=path.parent)), part) for part in _parts(lines)]
        with path.open("wb") as file:
            before = b""
            for line in heapq.merge(*sorted_pieces, key=_by_key):
                if line != before:
                    file.write(line)
                before = line


def _parts(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while part := list(islice(lines, PIECE)):
        yield part


def _filled(file: BinaryIO, lines: list[bytes]) -> BinaryIO:
    """A temporary file with these lines sorted, ready to be read; it has no name, so nothing can be left behind."""
    file.writelines(sorted(lines, key=_by_key))
    file.seek(0)
    return file


def _by_key(line: bytes) -> tuple[bytes, bytes]:
    key, _, rest = line.partition(b"\t")
    return key + b"\t", rest
