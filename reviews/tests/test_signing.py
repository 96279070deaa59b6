"""Signing: complete, once, by a pharmacist, and never with a serious thing left unsaid."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, Membership
from mtm.lib.canonical import sha256_of
from reviews import services, signing
from reviews.models import DocumentFile, Encounter, SignedDocument
from reviews.tests.conftest import reasons_for


def blocking_ids(encounter):
    return {item.id.split(":")[0] for item in signing.sign_checklist(encounter) if item.is_blocking}


def test_a_judged_review_has_nothing_that_blocks_it(judged_encounter):
    items = signing.sign_checklist(judged_encounter)

    assert [item.label for item in items if item.is_blocking] == []


def test_signing_makes_papers_letter_and_note_complete_with_hash_and_signer(signed_encounter, pharmacist):
    documents = list(signed_encounter.documents.all())

    assert sorted(document.kind for document in documents) == ["letter", "note", "patient"]
    for document in documents:
        assert document.sha256 == sha256_of(document.payload)
        assert (document.signer_name, document.signed_by, document.signed_at) == ("Alice Okoye", pharmacist, signed_encounter.signed_at)
        assert document.payload["signature"]["printed_name"] == "Alice Okoye"
        assert document.payload["meta"]["document_id"] == str(document.pk)
    assert AuditEvent.objects.filter(action="encounter.signed").count() == 1
    assert AuditEvent.objects.filter(action="document.signed").count() == 3


def test_a_medicare_cmr_gets_the_packet_and_each_file_is_still_to_be_made(signed_encounter):
    files = DocumentFile.objects.filter(document__encounter=signed_encounter)

    assert sorted(file.name for file in files) == ["note", "packet", "prescriber_letter"]
    assert all(file.pdf is None and file.template_version for file in files)


def test_every_other_review_gets_record_and_action_plan(make_encounter, warfarin_and_naproxen, pharmacist):
    encounter = make_encounter(warfarin_and_naproxen, kind="tmr", is_medicare=True)
    services.refresh(encounter, by=pharmacist)
    for finding in encounter.findings.all():
        services.dismiss_finding(finding, code="managed", by=pharmacist)

    [papers, _] = signing.sign_encounter(encounter, by=pharmacist, acknowledgements=reasons_for(encounter))

    assert sorted(file.name for file in papers.files.all()) == ["map", "pmr"]


def test_a_spanish_reader_gets_spanish_papers_and_the_staff_an_english_copy(make_encounter, warfarin_and_naproxen, pharmacist):
    warfarin_and_naproxen.language = "es"
    warfarin_and_naproxen.save()
    encounter = make_encounter(warfarin_and_naproxen, kind="tmr", language="es")
    services.refresh(encounter, by=pharmacist)
    for finding in encounter.findings.all():
        services.dismiss_finding(finding, code="managed", by=pharmacist)

    [papers, _] = signing.sign_encounter(encounter, by=pharmacist, acknowledgements=reasons_for(encounter))

    assert sorted((file.name, file.language) for file in papers.files.all()) == [("map", "en"), ("map", "es"), ("pmr", "en"), ("pmr", "es")]


def test_the_problem_counts_as_recommended_from_the_signature_on(signed_encounter):
    assert {problem.status for problem in signed_encounter.problems.all()} == {"recommended"}


def test_a_technician_can_not_sign(judged_encounter, technician):
    with pytest.raises(services.NotAllowed, match="Only a pharmacist"):
        signing.sign_encounter(judged_encounter, by=technician, acknowledgements=reasons_for(judged_encounter))

    assert not SignedDocument.objects.exists()


def test_a_pharmacist_of_another_organization_can_not_sign(judged_encounter, outsider):
    with pytest.raises(services.NotAllowed):
        signing.sign_encounter(judged_encounter, by=outsider, acknowledgements=reasons_for(judged_encounter))


def test_a_role_taken_away_is_gone_at_once(judged_encounter, pharmacist):
    Membership.objects.filter(user=pharmacist).update(is_active=False)

    with pytest.raises(services.NotAllowed):
        signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons_for(judged_encounter))


def test_a_second_signature_is_refused(signed_encounter, pharmacist):
    with pytest.raises(services.EncounterClosed, match="addendum"):
        signing.sign_encounter(signed_encounter, by=pharmacist)

    assert signed_encounter.documents.count() == 3


def test_a_comprehensive_review_needs_day_way_partner_identity_and_a_medicine(make_encounter, make_screening):
    """Acceptance fact 27."""
    encounter = make_encounter(
        held_on=None, held_how="", held_with="caregiver", identity_checked=False, is_medicare=True, disposal_discussed=None
    )
    make_screening(encounter)

    assert blocking_ids(encounter) >= {"held-on", "held-how", "participant", "why-not-patient", "identity", "disposal", "no-medicine"}


def test_a_patient_who_takes_nothing_needs_no_medicine(make_encounter, make_screening):
    encounter = make_encounter(takes_no_medicines=True)
    make_screening(encounter)

    assert blocking_ids(encounter) == set()


def test_a_targeted_review_of_the_chart_alone_needs_no_talk(make_encounter, make_screening):
    encounter = make_encounter(kind="tmr", held_on=None, held_how="", identity_checked=False)
    make_screening(encounter)

    assert blocking_ids(encounter) == set()


def test_a_review_that_was_never_checked_is_stale(make_encounter):
    assert "stale" in blocking_ids(make_encounter(takes_no_medicines=True))


def test_a_changed_list_blocks_until_it_is_checked_again(judged_encounter, make_medication, pharmacist):
    make_medication(judged_encounter.patient)

    assert "stale" in blocking_ids(judged_encounter)


def test_a_problem_without_a_step_needs_a_reason_for_none(judged_encounter, pharmacist):
    problem = services.add_problem(judged_encounter, category=7, statement="Forgets", drugs="metformin", by=pharmacist)
    assert "step" in blocking_ids(judged_encounter)

    services.set_no_step_reason(problem, reason="Uses a pill box now", by=pharmacist)

    assert "step" not in blocking_ids(judged_encounter)


def test_a_sentence_that_is_missing_in_the_papers_language_blocks_and_is_named(judged_encounter, pharmacist):
    services.add_action_item(judged_encounter, do_es="Camine todos los días.", by=pharmacist)

    items = [item for item in signing.sign_checklist(judged_encounter) if item.is_blocking]

    assert [item.label for item in items] == ["“Other steps we talked about.”: not written in English yet."]


def test_papers_in_the_wrong_language_are_blocked(judged_encounter):
    Encounter.objects.filter(pk=judged_encounter.pk).update(language="es")

    assert "language" in blocking_ids(Encounter.objects.get(pk=judged_encounter.pk))


def test_a_code_that_a_patient_can_not_read_blocks_and_names_the_medicine(judged_encounter, pharmacist):
    judged_encounter.patient.medications.filter(text__startswith="warfarin").update(directions_en="", directions="1 po bid")
    services.refresh(judged_encounter, by=pharmacist)

    labels = [item.label for item in signing.sign_checklist(judged_encounter) if item.id.startswith("paper")]

    assert len(labels) == 1
    assert labels[0].startswith("warfarin 5 mg tablet, directions:")


def test_an_organization_without_a_phone_is_sent_to_its_letterhead(judged_encounter):
    type(judged_encounter.organization).objects.update(phone="")

    assert blocking_ids(Encounter.objects.get(pk=judged_encounter.pk)) == {"organization"}


def test_an_open_serious_finding_is_acknowledged_with_a_reason_and_named_in_the_note(make_finding, pharmacist):
    finding = make_finding(severity="contraindicated")
    Encounter.objects.filter(pk=finding.encounter_id).update(takes_no_medicines=True)
    encounter = Encounter.objects.get(pk=finding.encounter_id)

    with pytest.raises(signing.NotReady) as refusal:
        signing.sign_encounter(encounter, by=pharmacist, acknowledgements={f"finding:{finding.pk}": "  "})
    assert [item.severity for item in refusal.value.items] == ["contraindicated"]
    assert not SignedDocument.objects.exists()

    documents = signing.sign_encounter(encounter, by=pharmacist, acknowledgements={f"finding:{finding.pk}": "Dr. Haddad decides today"})
    note = next(document for document in documents if document.kind == "note")
    assert "Reason: Dr. Haddad decides today" in str(note.payload["record"])


def test_an_open_moderate_finding_needs_no_word(make_finding):
    finding = make_finding(severity="moderate")
    Encounter.objects.filter(pk=finding.encounter_id).update(takes_no_medicines=True)

    assert signing.sign_checklist(Encounter.objects.get(pk=finding.encounter_id)) == []


def test_each_unchecked_medicine_is_acknowledged_and_said_on_paper_letter_and_note(judged_encounter, make_medication, pharmacist):
    """Bar C1."""
    make_medication(judged_encounter.patient, text="the little heart pill", directions="", directions_en="Take one each day.")
    services.refresh(judged_encounter, by=pharmacist)
    items = [item for item in signing.sign_checklist(judged_encounter) if item.id.startswith("unchecked")]
    assert [(item.label, item.severity) for item in items] == [("the little heart pill: not checked.", "unknown")]

    documents = signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons_for(judged_encounter))

    payloads = {document.kind: document.payload for document in documents}
    assert [line["name"] for line in payloads["patient"]["medications"] if line["not_checked"]] == ["the little heart pill"]
    assert "Not checked for interactions: the little heart pill" in payloads["letter"]["letters"][0]["facts"]["en"]
    assert "the little heart pill: name not recognized" in str(payloads["note"]["record"])


def test_knowledge_older_than_180_days_is_acknowledged(make_encounter, make_screening):
    """Bar C3."""
    encounter = make_encounter(takes_no_medicines=True)

    make_screening(encounter, knowledge_released_on=timezone.localdate() - timezone.timedelta(days=181))

    assert [item.id for item in signing.sign_checklist(encounter)] == ["knowledge-age"]


def test_more_than_five_steps_are_acknowledged(judged_encounter, pharmacist):
    for number in range(6):
        services.add_action_item(judged_encounter, do_en=f"Step {number}.", by=pharmacist)

    assert "many-actions" in {item.id for item in signing.sign_checklist(judged_encounter)}


def test_a_patient_who_reads_another_language_is_told_of(judged_encounter):
    judged_encounter.patient.language, judged_encounter.patient.other_language = "other", "Polish"
    judged_encounter.patient.save()
    services.refresh(judged_encounter, by=judged_encounter.opened_by)

    items = {item.id: item.label for item in signing.sign_checklist(judged_encounter)}

    assert items["no-wording"] == "The patient reads Polish; the papers are in English."


def test_what_fails_in_the_middle_of_signing_leaves_nothing(judged_encounter, pharmacist):
    with pytest.raises(RuntimeError), transaction.atomic():
        signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons_for(judged_encounter))
        raise RuntimeError

    assert Encounter.objects.get(pk=judged_encounter.pk).is_open
    assert not SignedDocument.objects.exists()
    assert not DocumentFile.objects.exists()
    assert not AuditEvent.objects.filter(action="encounter.signed").exists()


def test_files_are_dispatched_after_the_commit_with_ids_alone(judged_encounter, pharmacist, django_capture_on_commit_callbacks):
    """Bar P2."""
    with django_capture_on_commit_callbacks() as callbacks:
        signing.sign_encounter(judged_encounter, by=pharmacist, acknowledgements=reasons_for(judged_encounter))

    ids = {str(file.pk) for file in DocumentFile.objects.all()}
    assert {callback.args[0] for callback in callbacks} == ids


def test_a_note_that_can_not_be_printed_blocks_before_signing(judged_encounter):
    Encounter.objects.filter(pk=judged_encounter.pk).update(note="She smiled 😀")

    labels = [item.label for item in signing.sign_checklist(Encounter.objects.get(pk=judged_encounter.pk)) if item.is_blocking]

    assert len(labels) == 1
    assert labels[0].startswith("The note, note:")


def test_a_reason_that_can_not_be_printed_is_refused_and_nothing_is_signed(make_finding, pharmacist):
    finding = make_finding(severity="contraindicated")
    Encounter.objects.filter(pk=finding.encounter_id).update(takes_no_medicines=True)

    with pytest.raises(services.Incomplete):
        signing.sign_encounter(
            Encounter.objects.get(pk=finding.encounter_id), by=pharmacist, acknowledgements={f"finding:{finding.pk}": "fine 😀"}
        )

    assert not SignedDocument.objects.exists()


def test_a_multivitamin_with_thirty_ingredients_can_be_signed(judged_encounter, make_medication, pharmacist):
    many = [{"rxcui": str(900000 + number), "name": f"ingredient number {number}"} for number in range(30)]
    make_medication(
        judged_encounter.patient, text="Centrum", kind="vitamin", recognition="resolved", ingredients=many, directions_en="Take 1 each day."
    )
    services.refresh(judged_encounter, by=pharmacist)

    assert [item.label for item in signing.sign_checklist(judged_encounter) if item.is_blocking] == []
