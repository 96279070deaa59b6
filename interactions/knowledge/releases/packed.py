"""Large mappings held small: a release has some 300,000 concepts and as many relations, and memory is dear."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
CODE_BITS = 27  # an RxCUI has at most eight digits


class PackedRows(Mapping[int, T], Generic[T]):
    """Rows by code, each held as one string; `make` takes its fields."""

    def __init__(self, make: Callable[..., T]) -> None:
        self._make = make
        self._rows: dict[int, str] = {}

    def put(self, code: int, *fields: str) -> None:
        self._rows[code] = "\t".join(fields)

    def __getitem__(self, code: int) -> T:
        return self._make(*self._rows[code].split("\t"))

    def get(self, code: int, default: T | None = None) -> T | None:  # type: ignore[override]
        row = self._rows.get(code)
        return default if row is None else self._make(*row.split("\t"))

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Relations:
    """Which concept is related to which, eight bytes a relation; sorted at the first question."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._place = {name: place for place, name in enumerate(names)}
        self._packed = array("Q")
        self._is_sorted = False

    def add(self, subject: int, name: str, target: int) -> None:
        self._packed.append((subject << CODE_BITS | target) << 3 | self._place[name])
        self._is_sorted = False

    def __len__(self) -> int:
        return len(self._packed)

    def of(self, subject: int) -> list[tuple[str, int]]:
        """Name and target of every relation of a concept, each once."""
        if not self._is_sorted:
            self._packed = array("Q", sorted(self._packed))
            self._is_sorted = True
        place = bisect_left(self._packed, subject << (CODE_BITS + 3))
        found: dict[tuple[str, int], None] = {}
        while place < len(self._packed) and self._packed[place] >> (CODE_BITS + 3) == subject:
            number = self._packed[place]
            found[self._names[number & 7], number >> 3 & ((1 << CODE_BITS) - 1)] = None
            place += 1
        return list(found)

    def to(self, subject: int, name: str) -> list[int]:
        """The targets of one kind of relation."""
        return [target for kind, target in self.of(subject) if kind == name]
