"""Bar C8: whatever is done in whatever order, no document is signed over a contraindicated flag without a word about it."""

from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from reviews import services, signing
from reviews.models import ActionItem, Encounter, Finding, Problem, SignedDocument
from reviews.services.screening import _store_result, knowledge_now
from reviews.tests.conftest import finding_data

RULES = ("a", "b", "c")
SEVERITY = {"a": "contraindicated", "b": "contraindicated", "c": "moderate"}
WORDS = st.sampled_from(["", "  ", "The prescriber decides today."])
pytestmark = [pytest.mark.django_db, pytest.mark.trust]


class Review(RuleBasedStateMachine):
    """One review in the hands of someone who tries everything; it is rolled back at the end."""

    def __init__(self, make_encounter, make_patient, pharmacist):
        super().__init__()
        self.by = pharmacist
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.encounter = make_encounter(make_patient(), takes_no_medicines=True)
        self.last_refusal = None

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def findings(self):
        return list(Finding.objects.filter(encounter=self.encounter).current().order_by("fingerprint"))

    def is_signed(self):
        return Encounter.objects.get(pk=self.encounter.pk).is_signed

    @initialize()
    def first_screening(self):
        self.screen(dict.fromkeys(RULES, 1))

    @precondition(lambda self: not self.is_signed())
    @rule(facts=st.dictionaries(st.sampled_from(RULES), st.integers(1, 2)))
    def screen(self, facts):
        """The rules speak anew: some no longer, some on other facts."""
        fired = [
            finding_data(rule_id=name, severity=SEVERITY[name], fingerprint=f"{name}{facts[name]}".rjust(64, "0"), title=f"Rule {name}")
            for name in sorted(facts)
        ]
        result = {"status": "flagged", "knowledge": knowledge_now(), "medications": [], "not_checked": [], "findings": fired}
        _store_result(self.encounter, services.take_snapshot(self.encounter, by=self.by), result, self.by)

    @precondition(lambda self: not self.is_signed())
    @rule(place=st.integers(0, 2), verb=st.sampled_from(["accept", "dismiss", "other", "reopen", "star"]), reason=WORDS)
    def judge(self, place, verb, reason):
        findings = self.findings()
        if place >= len(findings):
            return
        finding = findings[place]
        try:
            with transaction.atomic():
                {
                    "accept": lambda: services.accept_finding(finding, by=self.by),
                    "dismiss": lambda: services.dismiss_finding(finding, code="managed", by=self.by),
                    "other": lambda: services.dismiss_finding(finding, code="other", reason=reason, by=self.by),
                    "reopen": lambda: services.reopen_finding(finding, by=self.by),
                    "star": lambda: services.star_finding(finding, is_starred=True, by=self.by),
                }[verb]()
        except services.Incomplete:
            assert not reason.strip()

    @precondition(lambda self: not self.is_signed())
    @rule(reason=WORDS, has_step=st.booleans())
    def plan(self, reason, has_step):
        for problem in Problem.objects.standing().filter(encounter=self.encounter):
            services.set_no_step_reason(problem, reason=reason, by=self.by)
            if has_step:
                services.add_action_item(self.encounter, problem=problem, do_en="Call us.", by=self.by)

    @precondition(lambda self: not self.is_signed())
    @rule(reasons=st.lists(WORDS, min_size=8, max_size=8))
    def sign(self, reasons):
        items = signing.sign_checklist(self.encounter)
        acknowledgements = dict(zip((item.id for item in items), reasons, strict=False))
        open_flags = {
            f"finding:{finding.pk}" for finding in self.findings() if finding.status == "open" and finding.severity == "contraindicated"
        }
        try:
            with transaction.atomic():
                signing.sign_encounter(self.encounter, by=self.by, acknowledgements=acknowledgements)
        except signing.NotReady as refusal:
            assert refusal.items
            return
        assert all(acknowledgements[flag].strip() for flag in open_flags)

    @precondition(lambda self: self.is_signed())
    @rule(place=st.integers(0, 2))
    def come_too_late(self, place):
        """A signed review takes no judgment, no line, no second signature."""
        late = [
            lambda: signing.sign_encounter(self.encounter, by=self.by),
            lambda: services.add_action_item(self.encounter, do_en="Late.", by=self.by),
            lambda: services.take_snapshot(self.encounter, by=self.by),
            *(partial(services.reopen_finding, finding, by=self.by) for finding in self.findings()),
        ]
        with pytest.raises(services.EncounterClosed), transaction.atomic():
            late[place]()

    @invariant()
    def nothing_contraindicated_is_signed_in_silence(self):
        encounter = Encounter.objects.get(pk=self.encounter.pk)
        if not encounter.is_signed:
            assert not SignedDocument.objects.filter(encounter=encounter).exists()
            return
        said = {line["id"]: line["reason"] for line in encounter.acknowledged}
        note = str(SignedDocument.objects.get(encounter=encounter, kind="note").payload["record"])
        for finding in self.findings():
            if finding.severity == "contraindicated" and finding.status == "open":
                assert said[f"finding:{finding.pk}"].strip() in note
            elif finding.severity == "contraindicated":
                assert finding.judgment in note

    @invariant()
    def every_accepted_problem_was_signed_with_a_step_or_a_reason(self):
        if self.is_signed():
            for problem in Problem.objects.standing().filter(encounter=self.encounter):
                assert problem.no_step_reason or ActionItem.objects.standing().filter(problem=problem).exists()


def test_no_order_of_steps_signs_over_a_contraindicated_flag_in_silence(make_encounter, make_patient, pharmacist):
    run_state_machine_as_test(
        lambda: Review(make_encounter, make_patient, pharmacist),
        settings=settings(max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)),
    )
