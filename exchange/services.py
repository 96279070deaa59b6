"""The post room's verbs: stage a file, accept what was ticked, discard the rest. Nothing else writes an import."""

import hashlib
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Organization, User
from accounts.once import lock_version
from exchange.chart import ImportedFile, ImportedPatient, as_json
from exchange.compare import Comparison, compare
from exchange.errors import RefusedFile
from exchange.fhir.values import tidy
from exchange.files import read_file
from exchange.models import StagedImport
from exchange.plausible import refuse_too_much, without_impossible_days
from exchange.recognize import recognize
from exchange.writing import Writer, new_patient
from interactions.knowledge.catalog import get_catalog
from mtm.lib.errors import DomainError
from patients.models import Allergy, Answered, Patient
from patients.services.charts import Duplicate, likely_duplicates
from patients.services.rows import answer_list
from patients.services.writing import lock_chart


class ImportDecided(DomainError):
    """The import was accepted or discarded before."""

    title = "This import was already decided"


class ChartChanged(DomainError):
    """The chart is not as the page showed it."""

    title = "The chart changed meanwhile"


class WrongChart(DomainError):
    """The file cannot make a chart of its own, or may be another person's."""

    status = 422
    title = "This file does not fit this chart"


def read_upload(data: bytes) -> ImportedFile:
    """Read, check days against today and look medicines up; writes nothing. Raises RefusedFile."""
    file = read_file(data)
    refuse_too_much(file)
    return recognize(without_impossible_days(file, today=timezone.localdate()), get_catalog())


@transaction.atomic
def stage_import(
    organization: Organization, file: ImportedFile, *, data: bytes, file_name: str, by: User | None, patient: Patient | None = None
) -> list[StagedImport]:
    """Keep each person of a file that was read, to be confirmed; no chart changes. RefusedFile when it holds nothing."""
    if not file.patients:
        raise RefusedFile(f"{' '.join(file.warnings)} Nothing was imported.")
    return [
        _stage(organization, file, chart, place, digest=hashlib.sha256(data).hexdigest(), file_name=file_name, by=by, patient=patient)
        for place, chart in enumerate(file.patients, start=1)
    ]


def _stage(
    organization: Organization,
    file: ImportedFile,
    chart: ImportedPatient,
    place: int,
    *,
    digest: str,
    file_name: str,
    by: User | None,
    patient: Patient | None,
) -> StagedImport:
    alone = ImportedFile(file.format, (chart,), file.conflicts, file.warnings, file.ignored)
    staged = StagedImport(
        organization=organization,
        file_name=tidy(file_name)[-200:] or "file",
        sha256=digest,
        format=file.format,
        part=place,
        parts=len(file.patients),
        person_name=chart.name or "",
        birth_date=chart.birth_date,
        content=as_json(alone),
        patient=patient,
        staged_by=by,
    )
    staged.save()
    audit.record("import.staged", staged, by=by, organization=organization)
    return staged


def duplicates_of(staged: StagedImport) -> list[Duplicate]:
    """Charts of the same organization that may be this person's."""
    chart = staged.chart
    if not chart.name or not chart.birth_date:
        return []
    return likely_duplicates(
        staged.organization,
        family_name=chart.family_name or "",
        given_names=chart.given_name or "",
        birth_date=chart.birth_date,
        phone=next(iter(chart.phones), ""),
    )


def compare_with(staged: StagedImport, patient: Patient | None) -> Comparison:
    return compare(staged.chart, patient, today=timezone.localdate())


@transaction.atomic
def accept_import(
    staged: StagedImport,
    *,
    by: User,
    version: int,
    ticked: Collection[str],
    patient: Patient | None = None,
    digest: str = "",
    is_same_person: bool = False,
) -> Patient:
    """Write the ticked rows into `patient`, or into a new chart; all of them or none.

    `digest` is that of the Comparison which was shown: when the chart changed since, ChartChanged is
    raised and nothing is written. `is_same_person` answers the Comparison's doubts.
    """
    staged = _lock(staged, version)
    chart = staged.chart
    patient = lock_chart(patient) if patient else None
    comparison = compare_with(staged, patient)
    if digest and digest != comparison.digest:
        raise ChartChanged("Someone changed this chart after you opened the page. Look at the comparison again, then confirm.")
    if comparison.doubts and not is_same_person:
        raise WrongChart(f"{' '.join(comparison.doubts)} Compare the person and tick that it is the same one, or choose another chart.")
    target = patient or _registered(staged, chart, by=by)
    _write(staged, target, comparison, ticked, by=by)
    return _decide(staged, StagedImport.Status.ACCEPTED, by=by, patient=target, action="import.accepted").patient


def _registered(staged: StagedImport, chart: ImportedPatient, *, by: User) -> Patient:
    if not (chart.given_name and chart.family_name and chart.birth_date):
        raise WrongChart(
            "The file lacks a full name or a birth date. Register the patient by hand, open the chart and import the file there."
        )
    return new_patient(staged.organization, chart, by=by)


def _write(staged: StagedImport, target: Patient, comparison: Comparison, ticked: Collection[str], *, by: User) -> None:
    writer = Writer(target, by, f"FHIR import of {staged.file_name}"[:200], timezone.localdate())
    writer.identifiers(staged.chart)
    for section in comparison.sections:
        for row in section.rows:
            if row.key in ticked and row.can_tick:
                writer.write(section.name, row)
    if comparison.no_known_allergies == "answer":
        target.refresh_from_db()
        if target.allergy_status == Answered.UNKNOWN:
            answer_list(target, Allergy, Answered.NONE, by=by, version=target.version)


@transaction.atomic
def discard_import(staged: StagedImport, *, by: User, version: int) -> StagedImport:
    """Throw the content away; that a file came, from whom and when, stays."""
    staged = _lock(staged, version)
    staged.content, staged.person_name, staged.birth_date = {}, "", None
    return _decide(staged, StagedImport.Status.DISCARDED, by=by, patient=staged.patient, action="import.discarded")


def _lock(staged: StagedImport, version: int) -> StagedImport:
    locked = lock_version(StagedImport, staged.pk, version)
    if not locked.is_waiting:
        when = f"{timezone.localtime(locked.decided_at):%b %d, %Y, %I:%M %p}"
        raise ImportDecided(f"It was {locked.get_status_display().lower()} on {when}.")
    return locked


def _decide(staged: StagedImport, status: str, *, by: User, patient: Patient | None, action: str) -> StagedImport:
    staged.status, staged.patient = status, patient
    staged.decided_by, staged.decided_at = by, timezone.now()
    staged.save()
    audit.record(action, staged, by=by, organization=staged.organization)
    return staged
