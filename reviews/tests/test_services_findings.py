"""Facts frozen, rules run, findings judged: what a re-screen keeps, reopens and retires."""

import pytest

from accounts.models import AuditEvent
from accounts.once import EditConflict
from patients.models import Medication
from reviews import services
from reviews.models import Finding, Problem
from reviews.services.screening import _store_result
from reviews.tests.conftest import finding_data


def result_of(*findings, **fields):
    """What the rules print for these findings."""
    knowledge = {"version": "1", "sha256": "0" * 64, "released_on": "2026-11-01"}
    return {"status": "flagged", "knowledge": knowledge, "medications": [], "not_checked": [], "findings": list(findings)} | fields


@pytest.fixture
def rescreen(make_encounter, pharmacist):
    """Store one result after another for the same review; each returns the findings now shown, most urgent first."""
    encounter = make_encounter()

    def screen(*findings):
        snapshot = services.take_snapshot(encounter, by=pharmacist)
        _store_result(encounter, snapshot, result_of(*findings), pharmacist)
        return list(Finding.objects.filter(encounter=encounter).current().ranked())

    return screen


def test_a_refresh_finds_what_the_rules_find_and_stamps_it(warfarin_and_naproxen, make_encounter, pharmacist):
    encounter = make_encounter(warfarin_and_naproxen)

    screening = services.refresh(encounter, by=pharmacist)

    finding = Finding.objects.get(encounter=encounter, rule_id="warfarin-nsaid")
    assert {"warfarin", "naproxen"} <= set(finding.data["drugs"])
    assert screening.knowledge_sha256 == services.knowledge_now()["sha256"]
    assert not services.is_stale(encounter)


def test_a_refresh_without_a_change_stores_nothing_new(warfarin_and_naproxen, make_encounter, pharmacist):
    encounter = make_encounter(warfarin_and_naproxen)
    first = services.refresh(encounter, by=pharmacist)

    assert services.refresh(encounter, by=pharmacist) == first
    assert encounter.snapshots.count() == 1


def test_a_changed_list_is_stale_until_it_is_checked_again(warfarin_and_naproxen, make_encounter, pharmacist):
    encounter = make_encounter(warfarin_and_naproxen)
    services.refresh(encounter, by=pharmacist)

    Medication.objects.filter(patient=warfarin_and_naproxen).last().delete()

    assert services.is_stale(encounter)
    services.refresh(encounter, by=pharmacist)
    assert not services.is_stale(encounter)
    assert Finding.objects.get(encounter=encounter, rule_id="warfarin-nsaid").status == Finding.Status.GONE


def test_changed_knowledge_makes_a_screening_stale(make_encounter, make_screening):
    encounter = make_encounter()

    make_screening(encounter, knowledge_sha256="1" * 64)

    assert services.is_stale(encounter)


def test_a_judgment_survives_the_next_screening_with_the_same_facts(rescreen, pharmacist):
    data = finding_data()
    [finding] = rescreen(data)
    services.dismiss_finding(finding, code="tolerated", reason="Years", by=pharmacist)

    [again] = rescreen(data)

    assert (again.pk, again.status, again.code) == (finding.pk, "dismissed", "tolerated")


def test_changed_facts_bring_a_dismissed_finding_back_with_the_earlier_judgment(rescreen, pharmacist):
    [finding] = rescreen(finding_data())
    services.dismiss_finding(finding, code="tolerated", reason="No bleeding", by=pharmacist)

    [again] = rescreen(finding_data())

    assert (again.status, again.came_back, again.earlier) == ("open", True, finding)
    assert "Dismissed by Alice Okoye" in again.earlier_judgment
    assert "Long tolerated (No bleeding)" in again.earlier_judgment


def test_accepting_a_finding_that_came_back_takes_over_its_problem(rescreen, pharmacist):
    [finding] = rescreen(finding_data())
    problem = services.accept_finding(finding, by=pharmacist)
    services.change_problem(problem, statement="In my own words", by=pharmacist)
    [again] = rescreen(finding_data())

    taken_over = services.accept_finding(again, by=pharmacist)

    assert (taken_over.pk, taken_over.statement, taken_over.finding) == (problem.pk, "In my own words", again)


def test_the_next_review_shows_how_the_last_one_judged(signed_encounter, make_encounter, pharmacist):
    """Bar C7: the judgment is shown to the next reviewer, and asked for anew."""
    encounter = make_encounter(signed_encounter.patient)

    services.refresh(encounter, by=pharmacist)

    again = Finding.objects.get(encounter=encounter, rule_id="warfarin-nsaid")
    assert (again.status, again.came_back) == ("open", False)
    assert again.earlier_judgment.startswith("Accepted by Alice Okoye")


def test_accepting_it_again_makes_a_problem_of_the_new_review(signed_encounter, make_encounter, pharmacist):
    encounter = make_encounter(signed_encounter.patient)
    services.refresh(encounter, by=pharmacist)

    problem = services.accept_finding(Finding.objects.get(encounter=encounter, rule_id="warfarin-nsaid"), by=pharmacist)

    assert problem.encounter == encounter
    assert signed_encounter.problems.filter(is_withdrawn=False, finding__rule_id="warfarin-nsaid").count() == 1


def test_what_no_longer_fires_is_gone_but_keeps_its_judgment(rescreen, pharmacist):
    data = finding_data()
    [finding] = rescreen(data)
    services.dismiss_finding(finding, code="managed", by=pharmacist)

    assert rescreen() == []

    finding.refresh_from_db()
    assert (finding.status, finding.code) == ("gone", "managed")
    [again] = rescreen(data)
    assert again.status == "dismissed"


def test_findings_are_shown_by_severity_and_then_as_the_rules_rank_them(rescreen):
    order = [
        finding_data(severity="major", title="first"),
        finding_data(severity="major", title="second"),
        finding_data(severity="contraindicated", title="worst"),
    ]

    assert [finding.title for finding in rescreen(*order)] == ["worst", "first", "second"]


def test_accepting_proposes_the_problem_and_does_so_once(make_finding, pharmacist):
    finding = make_finding()

    problem = services.accept_finding(finding, by=pharmacist)

    assert (problem.category, problem.cause, problem.need) == (5, "Interaction", "Safety")
    assert problem.drugs == "naproxen, warfarin"
    assert problem.topic_es == "Usted toma naproxen y warfarin al mismo tiempo."
    assert services.accept_finding(Finding.objects.get(pk=finding.pk), by=pharmacist) == problem
    assert AuditEvent.objects.filter(action="finding.accepted").count() == 1


@pytest.mark.parametrize(
    ("kind", "action", "category", "cause"),
    [
        ("duplicate_therapy", "stop", 1, "Duplicate therapy"),
        ("missing_therapy", "add", 2, "Untreated condition"),
        ("renal", "adjust", 6, "Dose"),
        ("renal", "avoid", 5, "Unsafe for this patient"),
        ("monitoring", "monitor", 6, "Needs monitoring"),
        ("adherence", "educate", 7, ""),
        ("a kind of tomorrow", "monitor", 5, ""),
    ],
)
def test_each_kind_of_finding_proposes_a_category_and_a_cause_of_it(make_finding, pharmacist, kind, action, category, cause):
    problem = services.accept_finding(make_finding(kind=kind, action=action), by=pharmacist)

    assert (problem.category, problem.cause) == (category, cause)


def test_other_needs_words(make_finding, pharmacist):
    finding = make_finding()

    with pytest.raises(services.Incomplete, match="in your words"):
        services.dismiss_finding(finding, code="other", by=pharmacist)

    finding.refresh_from_db()
    assert finding.status == "open"


def test_an_unknown_reason_is_refused(make_finding, pharmacist):
    with pytest.raises(services.Incomplete, match="from the list"):
        services.dismiss_finding(make_finding(), code="because", by=pharmacist)


def test_judging_from_an_old_page_is_refused(make_finding, pharmacist):
    finding = make_finding()
    services.star_finding(finding, is_starred=True, by=pharmacist)

    with pytest.raises(EditConflict):
        services.accept_finding(finding, version=1, by=pharmacist)


def test_judging_again_withdraws_the_problem_and_accepting_again_brings_it_back(make_finding, pharmacist):
    problem = services.accept_finding(make_finding(), by=pharmacist)

    finding = services.reopen_finding(problem.finding, by=pharmacist)
    problem.refresh_from_db()
    assert (finding.status, finding.judged_at, problem.is_withdrawn) == ("open", None, True)

    again = services.accept_finding(finding, by=pharmacist)
    assert (again.pk, again.is_withdrawn) == (problem.pk, False)


def test_dismissing_an_accepted_finding_withdraws_its_problem(make_finding, pharmacist):
    problem = services.accept_finding(make_finding(), by=pharmacist)

    services.dismiss_finding(problem.finding, code="benefit", by=pharmacist)

    assert Problem.objects.standing().filter(pk=problem.pk).count() == 0


def test_a_finding_that_is_gone_can_not_be_judged(make_finding, pharmacist):
    with pytest.raises(services.Superseded, match="Reload"):
        services.accept_finding(make_finding(status="gone"), by=pharmacist)


def test_nothing_is_judged_after_signing(signed_encounter, pharmacist):
    finding = signed_encounter.findings.first()

    with pytest.raises(services.EncounterClosed, match="addendum"):
        services.dismiss_finding(finding, code="managed", by=pharmacist)
