"""Print one paper from a payload file: the same function that preview and signing use."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from reviews.documents.render import DOCUMENTS, render_pdf
from reviews.documents.schema import LANGUAGES, PaperProblem

LARGEST_PAYLOAD = 5_000_000


class Command(BaseCommand):
    help = "Print a paper as PDF from a payload. Its shape: packet_schema; an example: packet_example."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("payload", metavar="PAYLOAD.json", type=Path)
        parser.add_argument("--document", required=True, choices=DOCUMENTS, help="which paper")
        parser.add_argument("--language", required=True, choices=LANGUAGES)
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *, payload: Path, document: str, language: str, out: Path, **options: Any) -> None:
        try:
            write_whole(out, render_pdf(read_payload(payload), document, language))
        except PaperProblem as problem:
            for line in problem.problems:
                self.stderr.write(f"{payload}: {line}")
            sys.exit(1)
        self.stdout.write(str(out))


def read_payload(file: Path) -> Any:
    """The JSON of a file; PaperProblem says what is wrong with a file that holds none."""
    try:
        if file.stat().st_size > LARGEST_PAYLOAD:
            raise PaperProblem([f"the file is larger than {LARGEST_PAYLOAD:,} bytes; a payload is not; give the right file"])
        return json.loads(file.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise PaperProblem([f"cannot be read ({error.strerror}); check the path"]) from None
    except UnicodeDecodeError:
        raise PaperProblem(["is not UTF-8 text; save it as UTF-8"]) from None
    except json.JSONDecodeError as error:
        raise PaperProblem([f"line {error.lineno}, column {error.colno}: is not JSON ({error.msg}); correct it"]) from None
    except RecursionError:
        raise PaperProblem(["is nested too deeply; give a payload as packet_schema says"]) from None


def _refuse_constant(name: str) -> None:
    raise PaperProblem([f"holds {name}, which is no JSON number; correct it"])


def write_whole(target: Path, content: bytes) -> None:
    """All of the file or nothing of it: written beside the target, then renamed."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PaperProblem([f"cannot write {target} ({error.strerror}); give another --out"]) from None
