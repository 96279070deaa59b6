"""Bytes in, chart out: tells the formats apart by content and refuses what no reader should be given.

Everything is bounded before it is parsed: at most 50 MB, 1,000,000 JSON values and 100 levels, so
that no file can take more than about 256 MB of memory or 10 seconds.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from exchange.chart import ImportedFile
from exchange.errors import RefusedFile
from exchange.fhir import read_bundle

MAX_BYTES = 50 * 1024 * 1024
MAX_VALUES = 1_000_000
MAX_DEPTH = 100
MAX_DIGITS = 64
MAX_EXPONENT = 30
CHUNK = 1024 * 1024

PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf": "a 7z archive", b"BZh": "a bzip2 archive"}
OTHER = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"{\\rtf": "an RTF document", b"SQLite": "a database"}


def read_limited(stream: BinaryIO, *, size: int | None = None) -> bytes:
    """All bytes of a stream; RefusedFile as soon as there are more than 50 MB, without reading on."""
    if size is not None and size > MAX_BYTES:
        raise too_big(size)
    parts, total = [], 0
    while chunk := stream.read(CHUNK):
        total += len(chunk)
        if total > MAX_BYTES:
            raise too_big(total)
        parts.append(chunk)
    return b"".join(parts)


def too_big(size: int) -> RefusedFile:
    return RefusedFile(
        f"The file is larger than {MAX_BYTES // 1024 // 1024} MB ({size / 1024 / 1024:.0f} MB or more). Export one patient at a time."
    )


def read_file(data: bytes) -> ImportedFile:
    """Read one file, whatever it holds. RefusedFile says what is wrong with it, where, and what to do."""
    return READERS[format_of(data)](data)


def format_of(data: bytes) -> str:
    """fhir, ccda or csv, judged by the first bytes; RefusedFile for anything that is none of them."""
    if not data.strip(b"\x00 \t\r\n"):
        raise RefusedFile("The file is empty. Export it again from the system it comes from.")
    for magic, name in PACKED.items():
        if data.startswith(magic):
            raise RefusedFile(f"This is {name}. Unpack it first and import the file inside.")
    for magic, name in OTHER.items():
        if data.startswith(magic):
            raise RefusedFile(f"This is {name}, not a chart. Import a FHIR R4 bundle (a .json file).")
    head = text_of(data[:4096], whole=len(data) <= 4096).lstrip()
    if head.startswith(("{", "[")):
        return "fhir"
    if head.startswith("<"):
        return "ccda"
    if len(re.split(r"[,;|\t]", head.splitlines()[0])) > 1:
        return "csv"
    raise RefusedFile("This is neither JSON nor XML nor a table. Import a FHIR R4 bundle (a .json file).")


def text_of(data: bytes, *, whole: bool = True) -> str:
    """Decode UTF-8 (with or without a byte order mark) or UTF-16 with one; anything else is refused by line and column."""
    width = 4 if re.search(rb"[\xf0-\xf4]", data) else 1  # Python keeps every letter as wide as the widest
    if len(data) * width > 2 * MAX_BYTES:
        raise RefusedFile("The file is too large for the characters in it (emoji?). Export one patient at a time.")
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise RefusedFile("The text is encoded as UTF-32. Save it as UTF-8 and import it again.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\x00" in data:
        hint = "A NUL byte stands here (UTF-16 without its mark, or a damaged file). Save the file as UTF-8 and import it again."
        raise _at_byte(data, data.index(b"\x00"), hint)
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError as error:
        raise _at_byte(data, error.start, "The text is not valid UTF-8 (Windows-1252?). Save it as UTF-8 and import it again.") from None


def _at_byte(data: bytes, place: int, message: str) -> RefusedFile:
    return RefusedFile(message, line=data.count(b"\n", 0, place) + 1, column=place - data.rfind(b"\n", 0, place))


def parse_json(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """Strict JSON and the keys that stood twice in one object; numbers are int or Decimal, never NaN or infinite."""
    text = text_of(data)
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise RefusedFile(f"The file holds more than {MAX_VALUES:,} values. Export one patient at a time.")
    doubled: set[str] = set()
    try:
        value = json.loads(
            text, object_pairs_hook=_pairs(doubled), parse_float=_number(text), parse_int=_number(text), parse_constant=_constant(text)
        )
    except json.JSONDecodeError as error:
        raise RefusedFile(_what_to_do(error, text), line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise too_deep() from None
    check_depth(value)
    return value, tuple(sorted(doubled))


def check_depth(value: Any) -> None:
    """Walk level by level, not by recursion; RefusedFile beyond 100 levels."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise too_deep()
        level = [child for item in level for child in _children(item) if isinstance(child, dict | list)]


def too_deep() -> RefusedFile:
    return RefusedFile(f"The file is nested more than {MAX_DEPTH} levels deep, which no chart is. Export it again.")


def _children(item: dict | list) -> Any:
    return item.values() if isinstance(item, dict) else item


def _pairs(doubled: set[str]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            times = Counter(name for name, _ in items)
            doubled.update(name[:40] for name, count in times.items() if count > 1)
        return found

    return pairs


def _number(text: str) -> Callable[[str], int | Decimal]:
    def number(digits: str) -> int | Decimal:
        value = _decimal(digits)
        if value is None or abs(value.adjusted()) > MAX_EXPONENT:
            raise _at(text, digits, f"The number {digits[:40]} cannot be a value in a chart. Correct it in the source and export again.")
        return int(digits) if digits.lstrip("-").isdigit() else value

    return number


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(digits) if len(digits) <= MAX_DIGITS else None
    except InvalidOperation:  # an exponent beyond what the decimal module holds
        return None


def _constant(text: str) -> Callable[[str], None]:
    def constant(name: str) -> None:
        raise _at(text, name, f"{name} is not a number that JSON allows. Correct it in the source and export again.")

    return constant


def _at(text: str, piece: str, message: str) -> RefusedFile:
    place = max(text.find(piece), 0)
    return RefusedFile(message, line=text.count("\n", 0, place) + 1, column=place - text.rfind("\n", 0, place))


def _what_to_do(error: json.JSONDecodeError, text: str) -> str:
    if error.msg == "Extra data" and text[error.pos] == "{":
        return "A second JSON object begins here (a bulk export, one object a line?). Importing those comes later; import a Bundle."
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return f"The file ends in the middle ({error.msg}). It was cut off; export or download it again."
    return f"This is not valid JSON ({error.msg}). Export it again from the system it comes from."


def read_fhir(data: bytes) -> ImportedFile:
    value, doubled = parse_json(data)
    if not isinstance(value, dict):
        raise RefusedFile("The JSON is a list or a single value, not a FHIR Bundle or resource.", line=1, column=1)
    return read_bundle(value, doubled_keys=doubled)


def read_ccda(data: bytes) -> ImportedFile:
    raise RefusedFile("This is an XML document (C-CDA?). Importing C-CDA is not possible yet; import a FHIR R4 bundle (a .json file).")


def read_table(data: bytes) -> ImportedFile:
    raise RefusedFile("This is a table (CSV?). Importing CSV is not possible yet; import a FHIR R4 bundle (a .json file).")


READERS: dict[str, Callable[[bytes], ImportedFile]] = {"fhir": read_fhir, "ccda": read_ccda, "csv": read_table}
