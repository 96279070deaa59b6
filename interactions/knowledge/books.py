"""The data files as they stand: classes, equivalents, rules, sources, templates, wash-outs and vocabulary, unchecked."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
FILES = ("equivalents.toml", "classes/*.toml", "rules/*.toml", "vocabulary/*.toml")
Raw = dict[str, Any]


class Problem(NamedTuple):
    """Something wrong in a file: where, in which rule or class, and what."""

    file: str
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.id}: {self.message}"


class RawRule(NamedTuple):
    """One rule as written: its file, the array it stands in, and its fields with the template's laid under."""

    file: str
    array: str
    fields: Raw

    @property
    def id(self) -> str:
        return str(self.fields.get("id", "?"))


@dataclass
class Books:
    """Everything read from disk. `sha256` is over the names and bytes of all files."""

    classes: dict[str, Raw] = field(default_factory=dict)
    class_files: dict[str, str] = field(default_factory=dict)
    rules: list[RawRule] = field(default_factory=list)
    washouts: list[RawRule] = field(default_factory=list)
    templates: dict[str, Raw] = field(default_factory=dict)
    sources: dict[str, Raw] = field(default_factory=dict)
    vocabulary: dict[str, Raw] = field(default_factory=dict)
    equivalents: list[Raw] = field(default_factory=list)
    release: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_books(root: Path = HERE) -> Books:
    """Read every file below `root`; a file that is no TOML becomes a problem, not an exception."""
    books, digest = Books(), hashlib.sha256()
    for path in sorted(chain.from_iterable(root.glob(one) for one in FILES)):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        try:
            data = tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            books.problems.append(Problem(name_of(path), "-", f"is not valid TOML: {error}"))
            continue
        _shelve(books, path, data)
    release = tomllib.loads((root / "release.toml").read_text())
    books.release = {"version": release["version"], "sha256": digest.hexdigest(), "released_on": str(release["released_on"])}
    books.rules = [_with_template(books, rule) for rule in books.rules]
    return books


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _shelve(books: Books, path: Path, data: Raw) -> None:
    if path.name == "equivalents.toml":
        books.equivalents = data.get("same", [])
    elif path.parent.name == "vocabulary":
        books.vocabulary[path.stem] = data
    elif path.parent.name == "classes":
        for class_id, fields in data.items():
            if class_id in books.classes:
                books.problems.append(Problem(name_of(path), class_id, f"is already defined in {books.class_files[class_id]}"))
            books.classes[class_id] = fields
            books.class_files[class_id] = name_of(path)
    elif path.name.startswith("sources"):
        for source_id in books.sources.keys() & data.keys():
            if books.sources[source_id] != data[source_id]:
                books.problems.append(Problem(name_of(path), source_id, "this source is already defined otherwise; use another id"))
        books.sources.update(data)
    else:
        _shelve_rules(books, path, data)


def _shelve_rules(books: Books, path: Path, data: Raw) -> None:
    for array, rows in data.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            books.problems.append(Problem(name_of(path), array, f"write rules as [[{array}]]"))
            continue
        for row in rows:
            if array == "template":
                books.templates[str(row.get("id"))] = row
            elif array == "washout":
                books.washouts.append(RawRule(name_of(path), array, row))
            else:
                books.rules.append(RawRule(name_of(path), array, row))


def _with_template(books: Books, rule: RawRule) -> RawRule:
    """The rule with its template's fields where it has none of its own."""
    name = rule.fields.get("template")
    if name is None:
        return rule
    if name not in books.templates:
        books.problems.append(Problem(rule.file, rule.id, f"there is no template {name!r}"))
        return rule
    return rule._replace(fields={**books.templates[name], **rule.fields})
