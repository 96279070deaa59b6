"""Freeze the facts and let the rules read them; judgments made earlier are kept."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from interactions.services import check, release
from mtm.lib.canonical import sha256_of
from patients.models import Patient
from patients.snapshot import snapshot_of
from reviews.models import Encounter, Finding, ReviewSnapshot, Screening
from reviews.services.errors import Incomplete
from reviews.services.locks import lock_open_encounter, store

Case = dict[str, Any]
Result = dict[str, Any]


def facts_now(encounter: Encounter) -> Case:
    """The patient's facts of today as a case of `check_regimen`, read anew: `encounter.patient` may be older than the chart."""
    return snapshot_of(Patient.objects.get(pk=encounter.patient_id), as_of=timezone.localdate())


def latest_snapshot(encounter: Encounter) -> ReviewSnapshot | None:
    return ReviewSnapshot.objects.visible_to(encounter.organization).filter(encounter=encounter).order_by("-number").first()


def latest_screening(encounter: Encounter) -> Screening | None:
    """The newest screening with its snapshot: what is shown as current unless `is_stale`."""
    found = Screening.objects.visible_to(encounter.organization).filter(encounter=encounter)
    return found.select_related("snapshot").order_by("-snapshot__number", "-created_at").first()


def knowledge_now() -> dict[str, str]:
    """The stamp of the rules in use: version, sha256, released_on."""
    return release()


def is_stale(encounter: Encounter, *, facts: Case | None = None) -> bool:
    """Whether the list, the facts or the rules changed since the newest screening, or there is none.

    A closed review is never stale: it stays what it was.
    """
    if not encounter.is_open:
        return False
    screening = latest_screening(encounter)
    if screening is None or screening.snapshot.sha256 != sha256_of(facts or facts_now(encounter)):
        return True
    return screening.knowledge_sha256 != knowledge_now()["sha256"]


def take_snapshot(encounter: Encounter, *, by: User) -> ReviewSnapshot:
    """Freeze the facts of this moment in a new row; earlier ones stay."""
    facts = facts_now(encounter)
    with transaction.atomic():
        return _freeze(lock_open_encounter(encounter.pk), facts, by)


def _freeze(encounter: Encounter, facts: Case, by: User) -> ReviewSnapshot:
    last = ReviewSnapshot.objects.filter(encounter=encounter).aggregate(last=Max("number"))["last"] or 0
    snapshot = ReviewSnapshot.objects.create(
        organization=encounter.organization, encounter=encounter, number=last + 1, data=facts, sha256=sha256_of(facts), taken_by=by
    )
    audit.record("snapshot.taken", snapshot, by=by)
    return snapshot


def screen_encounter(encounter: Encounter, *, by: User) -> Screening:
    """Run the rules over the newest snapshot and store what they say as Finding rows.

    A finding keeps its judgment while its facts stay the same. When they changed, a new open
    finding with `came_back` points to the judged one (`earlier`). What no longer fires is GONE,
    with its judgment kept. Raises Incomplete without a snapshot.
    """
    snapshot = latest_snapshot(encounter)
    if snapshot is None:
        raise Incomplete("Take the patient's facts first; then they can be checked.")
    result = check(snapshot.data)
    with transaction.atomic():
        return _store_result(lock_open_encounter(encounter.pk), snapshot, result, by)


def refresh(encounter: Encounter, *, by: User) -> Screening:
    """The screening of this moment: a new snapshot and screening only when the facts or the rules changed.

    Checking runs before the lock; two refreshes at once store one result each at most, and the newest facts win.
    """
    facts = facts_now(encounter)
    if not is_stale(encounter, facts=facts):
        return latest_screening(encounter)
    result = check(facts)
    with transaction.atomic():
        encounter = lock_open_encounter(encounter.pk)
        snapshot = latest_snapshot(encounter)
        if snapshot is None or snapshot.sha256 != sha256_of(facts):
            snapshot = _freeze(encounter, facts, by)
        screening = latest_screening(encounter)
        is_done = (
            screening is not None and screening.snapshot_id == snapshot.pk and screening.knowledge_sha256 == result["knowledge"]["sha256"]
        )
        return screening if is_done else _store_result(encounter, snapshot, result, by)


def _store_result(encounter: Encounter, snapshot: ReviewSnapshot, result: Result, by: User) -> Screening:
    knowledge = result["knowledge"]
    screening = Screening.objects.create(
        organization=encounter.organization,
        encounter=encounter,
        snapshot=snapshot,
        status=result["status"],
        knowledge_version=knowledge["version"],
        knowledge_sha256=knowledge["sha256"],
        knowledge_released_on=_day(knowledge.get("released_on")),
        medications=result["medications"],
        not_checked=result["not_checked"],
    )
    known = {finding.fingerprint: finding for finding in Finding.objects.filter(encounter=encounter)}
    fired = {one["fingerprint"]: one for one in reversed(result["findings"])}
    retire((finding for mark, finding in known.items() if mark not in fired), by)
    last_time = judged_last_time(encounter) if fired.keys() - known.keys() else {}
    for rank, mark in enumerate(reversed(fired)):
        if mark in known:
            _seen_again(known[mark], screening, fired[mark], rank, by)
        else:
            earlier = judged_before(fired[mark], known.values(), fired) or last_time.get(subject_of(fired[mark]))
            _found(screening, fired[mark], rank, earlier, by)
    audit.record("encounter.screened", screening, by=by)
    return screening


def retire(findings: Iterable[Finding], by: User) -> None:
    """Mark as no longer found; judgment, reason and problem stay with the row."""
    for finding in findings:
        if finding.status != Finding.Status.GONE:
            finding.status = Finding.Status.GONE
            finding.version += 1
            store(finding, by)


def _seen_again(finding: Finding, screening: Screening, data: Result, rank: int, by: User) -> None:
    """The same facts fire again: the judgment stands, also after a time of absence."""
    status = judged_status(finding) if finding.status == Finding.Status.GONE else finding.status
    if (status, finding.data, finding.severity) != (finding.status, data, data["severity"]):
        finding.version += 1
    finding.screening, finding.data, finding.rank, finding.status = screening, data, rank, status
    finding.severity, finding.title = data["severity"], data["title"]
    store(finding, by)


def judged_status(finding: Finding) -> str:
    """What the pharmacist last said, read from what the judgment left on the row."""
    if not finding.is_judged:
        return Finding.Status.OPEN
    return Finding.Status.DISMISSED if finding.code else Finding.Status.ACCEPTED


def judged_before(data: Result, known: Iterable[Finding], fired: dict[str, Result]) -> Finding | None:
    """The newest judged finding of the same rule and medicines whose facts no longer hold."""
    subject = subject_of(data)
    same = [one for one in known if one.is_judged and one.fingerprint not in fired and subject_of(one.data) == subject]
    return max(same, key=lambda one: one.judged_at, default=None)


def judged_last_time(encounter: Encounter) -> dict[tuple[str, ...], Finding]:
    """How the signed reviews of this chart judged each rule and set of medicines, the newest judgment of each."""
    reviews = Encounter.objects.visible_to(encounter.organization).of(encounter.patient).signed()
    judged = Finding.objects.filter(encounter__in=reviews, judged_at__isnull=False).order_by("judged_at")
    return {subject_of(finding.data): finding for finding in judged}


def subject_of(data: Result) -> tuple[str, ...]:
    """What a finding is about: the rule and the medicines, whatever the other facts."""
    return (data["rule_id"], *sorted(data["drugs"]))


def _found(screening: Screening, data: Result, rank: int, earlier: Finding | None, by: User) -> Finding:
    finding = Finding(
        organization=screening.organization,
        encounter=screening.encounter,
        screening=screening,
        fingerprint=data["fingerprint"],
        rule_id=data["rule_id"],
        kind=data["kind"],
        severity=data["severity"],
        title=data["title"],
        data=data,
        rank=rank,
        earlier=earlier,
        came_back=earlier is not None and earlier.fingerprint != data["fingerprint"],
    )
    return store(finding, by)


def _day(written: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(written)[:10]) if written else None
