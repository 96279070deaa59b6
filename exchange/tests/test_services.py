"""Staging writes no chart; accepting writes exactly what was ticked, or nothing."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.once import EditConflict
from exchange import services
from exchange.errors import RefusedFile
from exchange.models import StagedImport
from exchange.tests.bundles import allergy, bundle, condition, dispense, patient, request
from exchange.tests.conftest import WALTER
from patients.models import (
    Allergy,
    Condition,
    ExternalIdentifier,
    Fill,
    Immunization,
    Medication,
    Observation,
    Patient,
    PlanMembership,
    Prescriber,
)

pytestmark = pytest.mark.django_db
CLINICAL = (Patient, Medication, Allergy, Condition, Observation, Immunization, PlanMembership, Fill, Prescriber, ExternalIdentifier)


def counts():
    return {model.__name__: model.objects.count() for model in CLINICAL}


def encoded(*resources):
    return json.dumps(bundle(patient(), *resources)).encode()


def test_staging_a_file_writes_no_chart_and_keeps_who_and_which_file(stage, technician):
    staged = stage()

    assert sum(counts().values()) == 0
    assert (staged.staged_by, staged.person_name, staged.format) == (technician, "Rosa Elena Marín", "fhir-r4")
    assert len(staged.sha256) == 64
    assert AuditEvent.objects.get(action="import.staged").object_id == str(staged.pk)


def test_accepting_makes_a_chart_of_everything_ticked(stage, accept):
    chart = accept(stage())

    assert (chart.full_name, chart.birth_date, chart.sex, chart.language) == ("Rosa Elena Marín", dt.date(1947, 3, 14), "F", "es")
    assert chart.address == "12 Alder Street\nApt 3\nSpringfield, OH"
    today = dt.date(2026, 11, 21)
    assert Medication.objects.of(chart).active_on(today).count() == 6
    assert Medication.objects.of(chart).past_on(today).count() == 1
    assert list(Allergy.objects.of(chart).values_list("substance", "reaction", "severity")) == [("Penicillin", "hives", "moderate")]
    assert Condition.objects.of(chart).count() == 4
    assert Observation.objects.of(chart).count() == 8
    assert Immunization.objects.of(chart).count() == 1
    assert PlanMembership.objects.of(chart).get().is_part_d


def test_an_imported_medicine_is_recognized_and_says_where_it_came_from(stage, accept, technician):
    chart = accept(stage())

    warfarin = Medication.objects.of(chart).get(text__startswith="warfarin")
    assert warfarin.is_checked
    assert (warfarin.source, warfarin.source_detail) == ("import", "FHIR import of chart.json")
    assert warfarin.prescriber.name == "Dr. Kwame Osei"
    assert (warfarin.reason, warfarin.started_on, warfarin.last_filled_on) == (
        "Atrial fibrillation",
        dt.date(2024, 2, 5),
        dt.date(2026, 10, 2),
    )
    assert warfarin.fills.count() == 3
    assert warfarin.history.first().history_user == technician


def test_weight_and_height_of_the_file_become_the_patient_s(stage, accept):
    chart = accept(stage())

    chart.refresh_from_db()
    assert (chart.weight_kg, chart.height_cm) == (68, 158)


def test_no_known_allergies_answers_the_question_on_the_chart(stage, accept):
    chart = accept(stage(WALTER))

    chart.refresh_from_db()
    assert chart.allergy_status == "none"
    assert not Allergy.objects.of(chart).exists()


def test_no_known_allergies_never_overrules_allergies_of_the_chart(stage, accept, make_allergy):
    chart = make_allergy().patient

    accept(stage(WALTER), chart, is_same_person=True)

    chart.refresh_from_db()
    assert chart.allergy_status == "listed"


def test_an_allergy_against_a_chart_that_says_none_known_is_noted_and_added(stage, accept, rosa):
    rosa.allergy_status = "none"
    rosa.save()
    (row,) = [row for row in services.compare_with(stage(), rosa).rows if row.key.startswith("allergy")]

    accept(stage(patient=rosa), rosa)

    rosa.refresh_from_db()
    assert row.note == "The chart says that no allergies are known."
    assert rosa.allergy_status == "listed"


def test_lines_that_are_not_ticked_stay_out(stage, accept):
    chart = accept(stage(), ticked=["active-0"])

    assert [line.text for line in Medication.objects.of(chart)] == ["warfarin sodium 5 MG Oral Tablet"]
    assert not Allergy.objects.of(chart).exists()


def test_importing_the_same_file_again_adds_nothing(stage, accept):
    chart = accept(stage())
    before = counts()

    accept(stage(patient=chart), chart)

    assert counts() == before


def test_other_directions_are_told_and_taken_only_when_ticked(stage, accept, rosa, make_medication):
    line = make_medication(rosa, text="warfarin 5 mg tablet", rxcui="855332", directions="half a tablet daily")
    (row,) = [row for row in services.compare_with(stage(), rosa).rows if row.state == "changed"]

    accept(stage(patient=rosa), rosa)
    line.refresh_from_db()
    untouched = line.directions
    accept(stage(patient=rosa), rosa, ticked=[row.key])
    line.refresh_from_db()

    assert "half a tablet daily" in row.note
    assert untouched == "half a tablet daily"
    assert line.directions == "Take 1 tablet by mouth once daily in the evening"
    assert Medication.objects.of(rosa).filter(rxcui="855332").count() == 1


def test_a_medicine_that_the_file_calls_stopped_is_stopped_only_when_ticked(stage, accept, rosa, make_medication):
    line = make_medication(rosa, text="amoxicillin 500 MG Oral Capsule", rxcui="308191")

    accept(stage(patient=rosa), rosa, ticked=[])
    line.refresh_from_db()
    still_running = line.stopped_on is None
    accept(stage(patient=rosa), rosa, ticked=["past-0"])
    line.refresh_from_db()

    assert still_running
    assert line.stopped_on == dt.date(2025, 1, 14)


def test_a_past_medicine_without_a_stop_day_says_so_in_its_reason(stage, accept):
    chart = accept(stage(encoded(request("galantamine 4 MG Oral Tablet", "310436", status="stopped", authoredOn="2020-03-25"))))

    line = Medication.objects.of(chart).get()
    assert line.stopped_on == dt.date(2020, 3, 25)
    assert "the last on which the file mentions it" in line.stop_reason


def test_an_unrecognized_medicine_is_imported_as_not_checked(stage, accept):
    chart = accept(stage(encoded(request("Dr. Luz joint tea"))))

    assert not Medication.objects.of(chart).get().is_checked


def test_a_name_and_a_code_that_disagree_are_a_conflict_and_not_ticked(stage):
    staged = stage(encoded(request("naproxen 500 MG Oral Tablet", "855332")))

    (row,) = services.compare_with(staged, None).rows
    assert (row.is_ticked, row.line.status) == (False, "ambiguous")
    assert "names naproxen, but its code 855332 means warfarin" in staged.file.conflicts[0]


def test_two_products_of_one_ingredient_both_go_in_and_the_second_is_noted(stage, accept, rosa, make_medication):
    make_medication(
        rosa, text="naproxen sodium 220 mg", recognition="resolved", rxcui="849574", ingredients=[{"rxcui": "7258", "name": "naproxen"}]
    )

    comparison = services.compare_with(stage(), rosa)
    accept(stage(patient=rosa), rosa)

    assert any("Also in the chart, with the same ingredient: naproxen sodium 220 mg" in row.note for row in comparison.rows)
    assert Medication.objects.of(rosa).filter(text__startswith="naproxen").count() == 2


def test_another_person_s_file_needs_a_yes_and_writes_nothing_without(stage, accept, make_patient):
    stranger = make_patient(given_names="Tomás", family_name="Vega", birth_date=dt.date(1960, 1, 1), sex="M")

    with pytest.raises(services.WrongChart, match=r"The file says Rosa Elena Marín; this chart is Tomás Vega's"):
        accept(stage(patient=stranger), stranger)
    refused = counts()["Medication"]
    accept(stage(patient=stranger), stranger, is_same_person=True)

    assert refused == 0
    assert counts()["Medication"] == 7


def test_a_file_without_a_patient_makes_no_chart(stage, accept, rosa):
    data = json.dumps(bundle(allergy("Penicillin"))).encode()

    with pytest.raises(services.WrongChart, match="lacks a full name"):
        accept(stage(data))
    accept(stage(data, patient=rosa), rosa, is_same_person=True)

    assert Patient.objects.count() == 1
    assert Allergy.objects.of(rosa).get().substance == "Penicillin"


def test_a_chart_changed_since_the_page_was_shown_is_not_written_to(stage, accept, rosa, make_medication):
    staged = stage(patient=rosa)
    shown = services.compare_with(staged, rosa).digest
    make_medication(rosa, text="warfarin 5 mg tablet", rxcui="855332")
    before = counts()

    with pytest.raises(services.ChartChanged):
        accept(staged, rosa, digest=shown)

    assert counts() == before


def test_an_import_is_accepted_once(stage, accept, technician):
    staged = stage()
    accept(staged)

    with pytest.raises(EditConflict):
        accept(staged)
    staged.refresh_from_db()
    with pytest.raises(services.ImportDecided):
        accept(staged)
    with pytest.raises(services.ImportDecided):
        services.discard_import(staged, by=technician, version=staged.version)

    assert Patient.objects.count() == 1


def test_an_error_half_way_leaves_nothing_behind(stage, accept):
    staged = stage()
    staged.content["patients"][0]["observations"][-1]["loinc"] = None  # damaged: the database refuses this row, the last of its kind
    staged.save()
    before = AuditEvent.objects.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        accept(staged)

    staged.refresh_from_db()
    assert sum(counts().values()) == 0
    assert (staged.status, AuditEvent.objects.count()) == (StagedImport.Status.STAGED, before)


def test_discarding_throws_the_content_away_and_keeps_that_a_file_came(stage, technician):
    staged = stage()

    services.discard_import(staged, by=technician, version=staged.version)

    staged.refresh_from_db()
    assert (staged.content, staged.person_name, staged.birth_date) == ({}, "", None)
    assert (staged.status, staged.file_name) == (StagedImport.Status.DISCARDED, "chart.json")


def test_two_people_of_one_file_are_staged_apart(organization, technician):
    tomas = patient(id="tomas", name=[{"family": "Vega", "given": ["Tomás"]}])
    data = json.dumps(bundle(patient(), tomas)).encode()

    staged = services.stage_import(organization, services.read_upload(data), data=data, file_name="two.json", by=technician)

    assert [(one.person_name, one.part, one.parts) for one in staged] == [("Rosa Marín", 1, 2), ("Tomás Vega", 2, 2)]


def test_a_file_with_nothing_in_it_is_refused(organization, technician):
    file = services.read_upload(b'{"resourceType": "Practitioner"}')

    with pytest.raises(RefusedFile, match="nothing in this file"):
        services.stage_import(organization, file, data=b"", file_name="x", by=technician)


def test_a_known_prescriber_is_used_and_not_added_again(stage, accept, make_prescriber):
    known = make_prescriber(name="Dr. L. Haddad", npi="1234567893")

    chart = accept(stage())

    assert chart.primary_care == known
    assert Medication.objects.of(chart).get(text__startswith="lisinopril").prescriber == known


def test_dates_that_cannot_be_are_left_out_and_told(stage):
    future = request("warfarin", authoredOn="2199-01-01")
    person = patient(birthDate="1847-03-14")

    file = services.read_upload(json.dumps(bundle(person, future)).encode())

    assert file.patients[0].birth_date is None
    assert file.patients[0].medications[0].started_on is None
    assert sum("cannot be right" in text for text in file.warnings) == 2


def test_thirty_refills_become_thirty_fills_of_one_line(stage, accept):
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=30 * step) for step in range(30)]

    chart = accept(stage(encoded(*[dispense("atorvastatin 40 MG Oral Tablet", "617318", on=day.isoformat()) for day in days])))

    assert Medication.objects.of(chart).get().fills.count() == 30


def test_snomed_s_kinds_behind_a_name_and_codes_of_languages_are_put_into_plain_words(stage, accept):
    person = patient(communication=[{"language": {"coding": [{"code": "pt-BR", "display": "Portuguese"}]}}])
    problem = condition("Chronic sinusitis (disorder)", "40055000")

    chart = accept(stage(json.dumps(bundle(person, problem)).encode()))

    assert (chart.language, chart.other_language) == ("other", "Portuguese")
    assert Condition.objects.of(chart).get().name == "Chronic sinusitis"
