"""Opening a review, filling it in, handing it over, giving it up."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.once import EditConflict
from patients.models import PlanMembership
from reviews import services
from reviews.models import Encounter


@pytest.fixture
def make_plan():
    def make(patient, **fields):
        return PlanMembership.objects.create(
            organization=patient.organization, patient=patient, plan_name="Lakeview Part D", is_part_d=True, **fields
        )

    return make


def test_a_part_d_plan_of_today_makes_a_medicare_review(make_patient, make_plan, technician):
    patient = make_patient(language="es", goal="Walk without a cane")
    make_plan(patient, starts_on=dt.date(2020, 1, 1))

    encounter = services.start_encounter(patient, kind="cmr", by=technician)

    assert encounter.gets_medicare_packet
    assert (encounter.plan_name, encounter.language, encounter.goal) == ("Lakeview Part D", "es", "Walk without a cane")
    assert AuditEvent.objects.filter(action="encounter.opened", user=technician, patient_id=patient.pk).count() == 1


def test_a_plan_that_ended_makes_no_medicare_review(make_patient, make_plan, technician, yesterday):
    patient = make_patient()
    make_plan(patient, ends_on=yesterday)

    assert not services.start_encounter(patient, kind="cmr", by=technician).is_medicare


def test_a_targeted_review_under_medicare_gets_no_packet(make_patient, make_plan, technician):
    patient = make_patient()
    make_plan(patient)

    assert not services.start_encounter(patient, kind="tmr", by=technician).gets_medicare_packet


def test_a_second_review_of_the_same_kind_leads_to_the_open_one(make_patient, technician):
    patient = make_patient()
    first = services.start_encounter(patient, kind="cmr", by=technician)

    with pytest.raises(services.AlreadyOpen) as refusal:
        services.start_encounter(patient, kind="cmr", by=technician)

    assert refusal.value.encounter == first
    assert services.start_encounter(patient, kind="tmr", by=technician).is_open


def test_a_chart_of_someone_who_died_takes_no_review(make_patient, technician):
    patient = make_patient(deceased_on=dt.date(2026, 1, 2))

    with pytest.raises(services.ChartClosed, match="01/02/2026"):
        services.start_encounter(patient, kind="cmr", by=technician)


def test_a_merged_chart_takes_no_review(make_patient, technician):
    patient = make_patient(merged_into=make_patient())

    with pytest.raises(services.ChartClosed, match="surviving chart"):
        services.start_encounter(patient, kind="cmr", by=technician)


def test_an_edit_from_an_old_page_is_refused_and_changes_nothing(make_encounter, pharmacist):
    encounter = make_encounter()
    services.change_encounter(encounter, by=pharmacist, version=1, note="first")

    with pytest.raises(EditConflict) as refusal:
        services.change_encounter(encounter, by=pharmacist, version=1, note="second")

    assert refusal.value.current.note == "first"


def test_a_change_keeps_who_made_it_in_the_history(make_encounter, technician):
    encounter = make_encounter()

    services.change_encounter(encounter, by=technician, version=1, scope="Falls")

    assert encounter.history.latest().history_user == technician
    assert AuditEvent.objects.get(action="encounter.changed").fields == ["scope"]


def test_a_review_can_not_end_before_it_starts(make_encounter, pharmacist):
    now = timezone.now()

    with pytest.raises(services.Incomplete, match="ends before it starts"):
        services.change_encounter(make_encounter(), by=pharmacist, version=1, started_at=now, ended_at=now - dt.timedelta(minutes=1))


def test_a_field_that_is_not_a_detail_can_not_be_set(make_encounter, pharmacist):
    with pytest.raises(TypeError, match="signed_at"):
        services.change_encounter(make_encounter(), by=pharmacist, version=1, signed_at=timezone.now())


def test_the_technician_says_that_the_list_is_ready_and_may_take_it_back(make_encounter, technician):
    encounter = services.mark_prepared(make_encounter(), by=technician)

    assert (encounter.is_prepared, encounter.prepared_by) == (True, technician)
    assert services.mark_prepared(encounter, by=technician, is_prepared=False).prepared_by is None


def test_a_review_that_was_not_done_keeps_the_reason_and_makes_room_for_another(make_encounter, pharmacist):
    encounter = services.abandon_encounter(make_encounter(), reason=" Declined by phone ", by=pharmacist)

    assert (encounter.status, encounter.abandoned_reason) == (Encounter.Status.ABANDONED, "Declined by phone")
    assert services.start_encounter(encounter.patient, kind="cmr", by=pharmacist).is_open
    with pytest.raises(services.EncounterClosed):
        services.change_encounter(encounter, by=pharmacist, version=encounter.version, note="late")


def test_giving_up_needs_a_reason(make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="Say why"):
        services.abandon_encounter(make_encounter(), reason="  ", by=pharmacist)
