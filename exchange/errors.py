"""Why a file cannot be read at all; what is wrong with one record in it is a warning instead."""

from mtm.lib.errors import DomainError


class RefusedFile(DomainError):
    """The whole file was refused and nothing was written; `str()` says where and what to do."""

    status = 422
    title = "This file could not be read"

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(place + message)
