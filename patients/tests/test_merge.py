"""Two charts of one person: preview, merge, undo."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.once import EditConflict
from patients.models import Allergy, Medication
from patients.services import merge

pytestmark = pytest.mark.django_db


def merged(duplicate, into, by):
    merge.merge_charts(duplicate, into=into, by=by, version=duplicate.version, into_version=into.version)
    duplicate.refresh_from_db()


def test_the_surviving_chart_reads_both_and_no_row_moves(pharmacist, make_patient, make_allergy, make_medication):
    stays, goes = make_patient(), make_patient()
    make_medication(stays)
    allergy, medicine = make_allergy(goes), make_medication(goes, text="warfarin 5 mg")
    goes.refresh_from_db()

    merged(goes, stays, pharmacist)

    assert list(Allergy.objects.of(stays)) == [allergy]
    assert Medication.objects.of(stays).count() == 2
    assert Medication.objects.get(pk=medicine.pk).patient == goes


def test_undo_gives_two_charts_again(pharmacist, make_patient, make_allergy):
    stays, goes = make_patient(), make_patient()
    make_allergy(goes)
    goes.refresh_from_db()
    merged(goes, stays, pharmacist)

    merge.undo_merge(goes, by=pharmacist, version=goes.version)

    assert not Allergy.objects.of(stays).exists()
    assert Allergy.objects.of(goes).exists()
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"patient.merged", "patient.unmerged"}


def test_self_merges_and_chains_are_refused(pharmacist, make_patient):
    first, second, third = make_patient(), make_patient(), make_patient()
    merged(second, first, pharmacist)

    for duplicate, into in ((first, first), (third, second), (first, third), (second, third)):
        with pytest.raises(merge.CannotMerge):
            merged(duplicate, into, pharmacist)


def test_a_room_above_can_hold_a_merge_back(pharmacist, make_patient, monkeypatch):
    stays, goes = make_patient(), make_patient()
    monkeypatch.setattr(merge, "BLOCKERS", [lambda duplicate: ["A review is open."]])

    with pytest.raises(merge.CannotMerge, match="A review is open"):
        merged(goes, stays, pharmacist)


def test_a_chart_that_changed_since_the_preview_is_not_merged(pharmacist, make_patient):
    stays, goes = make_patient(), make_patient()

    with pytest.raises(EditConflict):
        merge.merge_charts(goes, into=stays, by=pharmacist, version=goes.version + 1, into_version=stays.version)


def test_the_pages_show_both_merge_and_undo(pharmacist_client, make_patient, make_condition):
    stays, goes = make_patient(), make_patient(family_name="Marin-Copy")
    make_condition(goes, name="Gout")
    goes.refresh_from_db()
    preview = reverse("patient-merge-preview", args=[stays.pk, goes.pk])

    shown = pharmacist_client.get(preview).text
    pharmacist_client.post(preview, {"version": goes.version, "into_version": stays.version})

    assert "1: Gout" in shown
    assert "Gout" in pharmacist_client.get(reverse("patient", args=[stays.pk])).text
    assert "Undo the merge" in pharmacist_client.get(reverse("patient", args=[goes.pk])).text

    goes.refresh_from_db()
    pharmacist_client.post(reverse("patient-unmerge", args=[goes.pk]), {"version": goes.version})

    assert "Gout" not in pharmacist_client.get(reverse("patient", args=[stays.pk])).text


def test_a_merged_chart_takes_no_new_rows(pharmacist_client, pharmacist, make_patient):
    stays, goes = make_patient(), make_patient()
    merged(goes, stays, pharmacist)
    form = pharmacist_client.get(reverse("allergy-add", args=[goes.pk])).context["form"]

    response = pharmacist_client.post(
        reverse("allergy-add", args=[goes.pk]),
        {"request_key": form["request_key"].value(), "substance": "Codeine", "kind": "allergy", "source": "patient"},
    )

    assert (response.status_code, Allergy.objects.count()) == (409, 0)


def test_a_stranger_cannot_merge_by_naming_ids(outsider_client, make_patient):
    stays, goes = make_patient(), make_patient()

    response = outsider_client.post(reverse("patient-merge-preview", args=[stays.pk, goes.pk]), {"version": 1, "into_version": 1})

    goes.refresh_from_db()
    assert (response.status_code, goes.merged_into) == (404, None)
