"""The verbs of the medication list."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from accounts.once import EditConflict
from mtm.lib.errors import DomainError
from patients.models import Answered, Medication
from patients.services import medications as services
from patients.services.rows import mark_in_error

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(make_patient, technician):
    def add_line(text="warfarin 5 mg tablet", patient=None, **values):
        return services.add_medication(patient or make_patient(), by=technician, text=text, **values)

    return add_line


def test_a_known_name_is_recognized_with_product_strength_and_form(add):
    line = add("warfarin 5 mg tablet")

    assert line.recognition == "resolved" and line.is_checked
    assert line.ingredients == [{"rxcui": "11289", "name": "warfarin"}]
    assert (line.strength, line.dose_form, line.route) == ("5 MG", "Oral Tablet", "oral")


def test_the_typed_text_stays_as_it_was_typed(add):
    line = add("WARFARIN 5MG  tab")

    line.refresh_from_db()
    assert line.text == "WARFARIN 5MG  tab"


def test_a_picked_item_decides_over_the_words(add):
    line = add("the white one", rxcui="855332")

    assert line.rxcui == "855332"
    assert line.ingredients[0]["name"] == "warfarin"
    assert line.text == "the white one"


def test_an_invented_name_is_kept_and_not_recognized(add):
    line = add("Dr. Luz joint tea")

    assert line.recognition == "unresolved" and not line.is_checked
    assert line.ingredients == [] and line.rxcui == ""
    assert line.kind == Medication.Kind.HERBAL


def test_an_ambiguous_name_stays_marked_until_somebody_chooses(add, technician):
    line = add("MS")

    chosen = services.choose_name(line, by=technician, version=1, label="morphine")

    assert line.recognition == "ambiguous" and line.ingredients == []
    assert chosen.recognition == "resolved" and chosen.ingredients[0]["name"] == "morphine"
    assert chosen.text == "MS"


def test_a_choice_that_was_not_offered_is_refused(add, technician):
    line = add("MS")

    with pytest.raises(DomainError, match="no longer offers"):
        services.choose_name(line, by=technician, version=1, label="heroin")

    line.refresh_from_db()
    assert line.recognition == "ambiguous"


def test_shorthand_becomes_plain_english_and_spanish_with_times(add):
    line = add(directions="1 po bid wc")

    assert line.directions_en == "Take 1 tablet by mouth 2 times a day with food."
    assert line.directions_es.startswith("Tome 1 tableta")
    assert (line.morning, line.noon, line.evening, line.bedtime) == ("1", "", "1", "")


def test_directions_that_are_not_understood_stay_as_typed_and_get_no_sentence(add):
    line = add(directions="as the neighbor says")

    assert line.directions == "as the neighbor says"
    assert (line.directions_en, line.directions_es, line.morning) == ("", "", "")


def test_vitamins_and_otc_medicines_get_their_kind(add):
    assert add("cholecalciferol 1000 unit tablet").kind == Medication.Kind.VITAMIN
    assert add("lisinopril 20 mg tablet").kind == Medication.Kind.PRESCRIPTION


def test_a_new_line_is_audited_and_its_history_names_the_person(add, technician):
    line = add(reason="Atrial fibrillation")

    event = AuditEvent.objects.get(action="medication.added")
    assert event.object_id == str(line.pk) and event.user == technician
    assert "reason" in event.fields and "Atrial fibrillation" not in str(event.fields)
    assert line.history.get().history_user == technician


def test_a_first_medicine_answers_whether_there_are_any(add, make_patient):
    patient = make_patient(medication_status=Answered.UNKNOWN)

    add(patient=patient)

    patient.refresh_from_db()
    assert patient.medication_status == Answered.LISTED


def test_lines_keep_the_order_in_which_they_were_typed(add, make_patient):
    patient = make_patient()

    lines = [add(name, patient=patient) for name in ("lisinopril 20 mg", "metformin 500 mg", "aspirin 81 mg")]

    assert list(Medication.objects.of(patient).for_record()) == lines


def test_a_changed_name_is_recognized_anew_and_an_old_code_never_stands_for_it(add, technician):
    line = add("warfarin 5 mg tablet")

    changed = services.change_medication(line, by=technician, version=1, text="naproxen 220 mg tablet", rxcui=line.rxcui)

    assert changed.ingredients[0]["name"] == "naproxen"
    assert AuditEvent.objects.filter(action="medication.changed").get().fields.count("text") == 1


def test_hand_written_spanish_stays_until_the_directions_change(add, technician):
    line = add(directions="1 po qam")
    line = services.change_medication(line, by=technician, version=1, directions_es="Una por la mañana.")
    kept = services.change_medication(line, by=technician, version=2, text="warfarin 2 mg tablet").directions_es

    line = services.change_medication(line, by=technician, version=3, directions="1 po qpm")

    assert kept == "Una por la mañana."
    assert line.directions_es.startswith("Tome 1 tableta") and line.evening == "1"


def test_an_edit_of_an_old_version_is_refused_and_writes_nothing(add, technician):
    line = add()
    services.change_medication(line, by=technician, version=1, reason="Clots")

    with pytest.raises(EditConflict):
        services.change_medication(line, by=technician, version=1, reason="Atrial fibrillation")

    line.refresh_from_db()
    assert line.reason == "Clots" and line.version == 2


def test_a_stopped_medicine_keeps_its_reason_and_can_be_restarted(add, technician):
    line = add()

    stopped = services.stop_medication(line, by=technician, version=1, stopped_on=dt.date(2026, 11, 1), reason="Bleeding")
    again = services.restart_medication(line, by=technician, version=2)

    assert stopped.stop_reason == "Bleeding" and stopped.stopped_on == dt.date(2026, 11, 1)
    assert again.stopped_on is None and again.stop_reason == ""
    assert "Bleeding" in [past.stop_reason for past in line.history.all()]


def test_a_medicine_cannot_stop_before_it_starts(add, technician):
    line = add(started_on=dt.date(2026, 6, 1))

    with pytest.raises(DomainError, match="Correct one of the days"):
        services.stop_medication(line, by=technician, version=1, stopped_on=dt.date(2026, 5, 1), reason="Error")

    line.refresh_from_db()
    assert line.stopped_on is None


def test_a_line_in_error_is_closed(add, technician):
    line = add()
    mark_in_error(line, by=technician, version=1, reason="Other patient")

    with pytest.raises(DomainError, match="entered in error"):
        services.change_medication(line, by=technician, version=2, reason="Clots")


def test_moving_a_line_changes_places_with_its_neighbor(add, make_patient, technician):
    patient = make_patient()
    first, second = (add(name, patient=patient) for name in ("lisinopril 20 mg", "metformin 500 mg"))

    services.move_medication(second, by=technician, up=True)
    services.move_medication(second, by=technician, up=True)

    assert list(Medication.objects.of(patient).for_record()) == [second, first]


def test_a_newer_fill_becomes_the_last_one_and_an_older_one_does_not(add, technician):
    line = add(last_filled_on=dt.date(2026, 10, 1))

    services.record_fill(line, by=technician, filled_on=dt.date(2026, 11, 1), days_supply=30)
    services.record_fill(line, by=technician, filled_on=dt.date(2026, 9, 1), days_supply=30)

    line.refresh_from_db()
    assert line.last_filled_on == dt.date(2026, 11, 1)
    assert line.fills.count() == 2


def test_a_merged_chart_takes_no_new_lines(add, make_patient):
    patient = make_patient(merged_into=make_patient())

    with pytest.raises(DomainError, match="merged"):
        add(patient=patient)

    assert not Medication.objects.exists()
