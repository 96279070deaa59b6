"""Read charts from files: show what they hold, stage them for confirmation, or import them at once."""

import hashlib
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Membership, Organization, User
from exchange import services
from exchange.chart import ImportedFile
from exchange.files import read_limited
from exchange.models import StagedImport
from exchange.report import report_on
from mtm.lib.errors import DomainError


class Read(NamedTuple):
    """One file that could be read."""

    path: Path
    data: bytes
    file: ImportedFile


class Command(BaseCommand):
    requires_system_checks = ()  # the routes of the site do not matter here, and checking them takes a second
    help = "Read FHIR R4 files. Without --dry-run an import waits on the page; --accept --by USER writes it. All files or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show what the files hold; write nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json: one object a line")
        parser.add_argument("--organization", metavar="NAME", help="whose charts; may be left out when there is one organization")
        parser.add_argument("--accept", action="store_true", help="write new charts with every line that the page would tick")
        parser.add_argument("--by", metavar="USER", help="the sign-in name of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept"] and (options["dry_run"] or not options["by"]):
            raise CommandError("--accept needs --by USER, and no --dry-run.", returncode=2)
        organization = None if options["dry_run"] else organization_named(options["organization"])
        by = member(options["by"], organization) if organization and options["by"] else None
        read, problems = read_all(options["files"])
        staged: list[StagedImport] = []
        if organization and not problems:
            staged, problems = write_all(read, organization, by, accept=options["accept"])
        for one in read if options["dry_run"] or not problems else []:
            digest = hashlib.sha256(one.data).hexdigest()
            self.show(one, [item for item in staged if item.sha256 == digest], options["format"])
        for problem in problems:
            print(problem, file=sys.stderr)
        if problems:
            sys.exit(1)

    def show(self, read: Read, staged: list[StagedImport], shape: str) -> None:
        report = report_on(read.file, str(read.path))
        if staged:
            report["imports"] = [import_report(item) for item in staged]
        self.stdout.write(json.dumps(report, ensure_ascii=False) if shape == "json" else as_text(report))


def import_report(staged: StagedImport) -> dict[str, str | None]:
    return {"id": str(staged.pk), "status": staged.status, "patient": str(staged.patient_id) if staged.patient_id else None}


def read_all(names: list[str]) -> tuple[list[Read], list[str]]:
    """Every file that can be read, and one line for each that cannot."""
    read, problems = [], []
    for name in names:
        path = Path(name)
        try:
            with path.open("rb") as stream:
                data = read_limited(stream, size=path.stat().st_size)
            read.append(Read(path, data, services.read_upload(data)))
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}. Check the path.")
        except DomainError as error:
            problems.append(f"{name}: {error}")
    return read, problems


@transaction.atomic
def write_all(read: list[Read], organization: Organization, by: User | None, *, accept: bool) -> tuple[list[StagedImport], list[str]]:
    """Stage (and accept) all files, or none when one is refused."""
    staged, problems = [], []
    for one in read:
        try:
            with transaction.atomic():
                parts = services.stage_import(organization, one.file, data=one.data, file_name=one.path.name, by=by)
                staged += [accepted(part, by) if accept and by else part for part in parts]
        except DomainError as error:
            problems.append(f"{one.path}: {error}")
    if problems:
        transaction.set_rollback(True)
    return ([], problems) if problems else (staged, [])


def accepted(staged: StagedImport, by: User) -> StagedImport:
    """Into a new chart, with the lines that the page ticks; refused when a chart like it is there."""
    if services.duplicates_of(staged):
        raise services.WrongChart("A chart that may be this person's is already there. Import without --accept and choose on the page.")
    ticked = [row.key for row in services.compare_with(staged, None).rows if row.is_ticked and row.can_tick]
    services.accept_import(staged, by=by, version=staged.version, ticked=ticked)
    staged.refresh_from_db()
    return staged


def organization_named(name: str | None) -> Organization:
    """The organization of this name, or the only one. CommandError (2) otherwise."""
    found = Organization.objects.filter(name=name) if name else Organization.objects.all()
    if len(found) != 1:
        names = ", ".join(Organization.objects.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"Say which organization with --organization NAME. There is: {names}.", returncode=2)
    return found[0]


def member(username: str, organization: Organization) -> User:
    """An active member who may import. CommandError (2) otherwise."""
    membership = Membership.objects.visible_to(organization).active().filter(user__username=username).select_related("user").first()
    if membership is None or "chart.import" not in membership.capabilities:
        raise CommandError(f"{username} is no active member of {organization} who may import.", returncode=2)
    return membership.user


def as_text(report: dict[str, Any]) -> str:
    """A few lines for people."""
    lines = [f"{report['file']}: {report['format']}"]
    for patient in report["patients"]:
        lines.append(f"  {patient['name'] or 'no name'}, born {patient['birth_date'] or 'unknown'}")
        named = {"taken now": "active_medications", "past": "past_medications"}
        for title, key in named.items():
            lines += [f"    {title}: {line['text']} [{line['status']}]" for line in patient[key]]
        lines += [f"    allergy: {line['substance']}" for line in patient["allergies"]]
        lines += ["    no known allergies"] if patient["no_known_allergies"] else []
        lines.append(f"    {len(patient['conditions_active'])} active conditions, {len(patient['observations'])} latest results")
    lines += [f"  conflict: {text}" for text in report["conflicts"]] + [f"  note: {text}" for text in report["warnings"]]
    lines += [f"  {item['status']}: import {item['id']}" for item in report.get("imports", [])]
    return "\n".join(lines)
