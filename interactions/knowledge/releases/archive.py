"""The files of a release, in a zip archive or a folder, read as streams and never unpacked.

Everything that can be wrong with the archive itself is said before the first line is read.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

MOST_MEMBERS = 5_000
MOST_BYTES = 12 * 1024**3  # a full RxNorm release unpacks to some 2 GB
HIGHEST_RATIO = 60  # text of releases packs ten- to fifteenfold
RATIO_FROM = 20 * 1024**2  # a small file of blanks does no harm
AGAIN = "download it again"
_DRIVE = re.compile(r"^[A-Za-z]:")


class Refused(Exception):
    """The release can't be used; `problems` has one line each: file, line, what is wrong, what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Source:
    """A release on disk: a zip archive, a folder, or one file beside its siblings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder = path.parent if path.is_file() else path
        try:
            self.is_zip = path.is_file() and path.suffix.lower() not in (".txt", ".rrf")
            self._members = self._of_zip() if self.is_zip else self._of_folder()
        except OSError as error:
            raise Refused(f"{path}: cannot be read ({error.strerror}); name the release's zip file or its folder") from None

    def find(self, name: str) -> str | None:
        """The member with this file name: outside `prescribe/` first, then the one nearest to the top."""
        found = [one for one in self._members if PurePosixPath(one).name.lower() == name.lower()]
        found.sort(key=lambda one: ("prescribe" in PurePosixPath(one.lower()).parts, one.count("/"), one))
        return found[0] if found else None

    def names(self) -> Iterable[str]:
        return self._members

    def place(self, name: str) -> str:
        """How a member is called in messages."""
        return f"{self.path}: {self.find(name) or name}" if self.is_zip else str(self._folder / (self.find(name) or name))

    @contextmanager
    def open(self, name: str) -> Iterator[io.BufferedReader]:
        """The bytes of a member, a megabyte at a time."""
        member = self.find(name)
        if member is None:
            raise Refused(f"{self.path}: holds no {name}; use the whole release as it was downloaded")
        if not self.is_zip:
            with self._members[member].open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(self.path) as archive, archive.open(member) as stream:
            yield io.BufferedReader(stream, 1 << 20)  # type: ignore[arg-type]

    # --- looking the archive over -------------------------------------------------------------------------

    def _of_folder(self) -> dict[str, Path]:
        if not self._folder.is_dir():
            raise Refused(f"{self.path}: does not exist; name the release's zip file or its folder")
        depth = "*" if self.path.is_file() else "**/*"  # beside a file that was named; anywhere in a folder
        return {str(one.relative_to(self._folder)): one for one in sorted(self._folder.glob(depth)) if one.is_file()}

    def _of_zip(self) -> dict[str, Path]:
        with self.path.open("rb") as file:
            beginning = file.read(512)
        try:
            with zipfile.ZipFile(self.path) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise Refused(f"{self.path}: {_no_zip(beginning, error)}") from None
        problems = [f"{self.path}: {problem}" for problem in _problems(members)]
        if problems:
            raise Refused(*problems[:20])
        return {one.filename: self.path for one in members if not one.is_dir()}


def _no_zip(beginning: bytes, error: Exception) -> str:
    if beginning.startswith(b"PK\x03\x04"):
        return f"is cut off or damaged ({str(error).rstrip('.').lower()}); {AGAIN}"
    if not beginning:
        return f"is empty; {AGAIN}"
    if b"<html" in beginning.lower() or b"<!doctype" in beginning.lower():
        return "is a web page, not a zip archive; sign in on the download site first and save the archive itself"
    return "is not a zip archive; name the zip file as it was downloaded"


def _problems(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    if len(members) > MOST_MEMBERS:
        yield f"holds {len(members)} files, more than {MOST_MEMBERS}; this is no release"
        return
    if sum(one.file_size for one in members) > MOST_BYTES:
        yield f"would unpack to more than {MOST_BYTES // 1024**3} GB; this is no release"
    for one in members:
        if _leads_outside(one.filename):
            yield f"holds the name {one.filename[:200]!r}, which leads outside the archive; {AGAIN} from the official site"
        if stat.S_ISLNK(one.external_attr >> 16):
            yield f"{one.filename[:200]!r} is a link, not a file; {AGAIN} from the official site"
        if one.flag_bits & 1:
            yield f"{one.filename[:200]!r} is encrypted; unpack it and load the folder"
        if one.file_size > RATIO_FROM and one.file_size > HIGHEST_RATIO * max(1, one.compress_size):
            yield f"{one.filename[:200]!r} would unpack to {one.file_size // max(1, one.compress_size)} times its size; this is no release"
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            yield f"{one.filename[:200]!r} is packed in a way that is not known here; unpack it and load the folder"


def _leads_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or bool(_DRIVE.match(name)) or ".." in re.split(r"[/\\]", name) or "\0" in name
