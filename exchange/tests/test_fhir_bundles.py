"""Kinds of bundle, whose chart a resource belongs to, and resources that are wrong."""

import pytest

from exchange.tests.bundles import ROSA, allergy, bundle, condition, observation, patient, read, read_chart, request


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "searchset", "document", "message", "history"])
def test_every_kind_of_bundle_reads_the_same(kind):
    file = read(bundle(patient(), request(), allergy("Penicillin"), kind=kind))

    assert len(file.patients[0].medications) == 1
    assert len(file.patients[0].allergies) == 1


def test_a_bundle_in_a_bundle_is_opened():
    inner = bundle(request())

    file = read(bundle(patient(), inner, kind="batch-response"))

    assert len(file.patients[0].medications) == 1


def test_urn_uuid_references_reach_the_patient():
    full_url = "urn:uuid:4d1f3c0a-2b52-4e0e-9a57-6f0d3f6f2a10"
    entries = [{"fullUrl": full_url, "resource": patient(id="other")}, {"resource": request(id="m", subject={"reference": full_url})}]

    file = read({"resourceType": "Bundle", "type": "transaction", "entry": entries})

    assert len(file.patients[0].medications) == 1


@pytest.mark.parametrize("reference", [{"identifier": {"system": "s", "value": "v"}}, {"reference": "Patient?identifier=s|v"}])
def test_logical_and_conditional_references_reach_the_patient(reference):
    file = read(bundle(patient(identifier=[{"system": "s", "value": "v"}]), request(subject=reference)))

    assert len(file.patients[0].medications) == 1


def test_content_of_someone_who_is_not_in_the_file_is_left_out_as_a_conflict():
    chart, file = read_chart(request("warfarin", subject={"reference": "Patient/someone-else"}), request("lisinopril"))

    assert [line.text for line in chart.medications] == ["lisinopril"]
    assert "belongs to a patient who is not in this file" in file.conflicts[0]


def test_two_patients_of_one_file_are_two_charts():
    tomas = patient(id="tomas", name=[{"family": "Vega", "given": ["Tomás"]}], gender="male")

    file = read(bundle(patient(), tomas, request("warfarin"), request("metformin", subject={"reference": "Patient/tomas"})))

    assert [(chart.name, [line.text for line in chart.medications]) for chart in file.patients] == [
        ("Rosa Marín", ["warfarin"]),
        ("Tomás Vega", ["metformin"]),
    ]


def test_a_file_without_a_patient_gives_one_nameless_chart_and_a_warning():
    file = read(bundle(request(subject=ROSA | {"display": "Rosa M."}), allergy("Penicillin")))

    chart = file.patients[0]
    assert (chart.name, chart.birth_date, chart.sex) == (None, None, None)
    assert (len(chart.medications), len(chart.allergies)) == (1, 1)
    assert any('no Patient (the source calls the patient "Rosa M.")' in text for text in file.warnings)


def test_content_of_two_people_without_a_patient_is_never_mixed():
    file = read(bundle(request("warfarin"), request("metformin", subject={"reference": "Patient/tomas"})))

    assert len(file.patients) == 2
    assert any("belongs to 2 people" in text for text in file.warnings)


def test_a_file_with_nothing_to_import_has_no_patients_and_says_so():
    file = read({"resourceType": "Practitioner", "id": "d", "name": [{"family": "Haddad"}]})

    assert file.patients == ()
    assert file.warnings == ("There is nothing in this file that this program imports.",)


def test_kinds_that_are_not_imported_are_counted():
    file = read(bundle(patient(), {"resourceType": "Claim"}, {"resourceType": "Claim"}, {"resourceType": "Goal"}))

    assert file.ignored == {"Claim": 2, "Goal": 1}


def test_one_page_of_a_longer_search_is_told():
    file = read(bundle(patient(), kind="searchset", link=[{"relation": "next", "url": "https://clinic.example?page=2"}]))

    assert any("one page of a longer answer" in text for text in file.warnings)


def test_an_entry_to_delete_is_not_read():
    data = bundle(patient(), request())
    data["entry"][1]["request"] = {"method": "DELETE", "url": "MedicationRequest/r2"}

    file = read(data)

    assert file.patients[0].medications == ()
    assert any("request to delete" in text for text in file.warnings)


def test_of_two_versions_of_a_resource_the_later_counts():
    old = condition("Old words", id="c", meta={"lastUpdated": "2020-01-01T00:00:00Z"})
    new = condition("New words", id="c", meta={"lastUpdated": "2024-01-01T00:00:00Z"})

    assert [line.text for line in read_chart(new, old)[0].conditions] == ["New words"]
    assert [line.text for line in read_chart(old, new)[0].conditions] == ["New words"]


def test_an_invalid_resource_is_warned_of_with_its_id_and_the_rest_goes_on():
    chart, file = read_chart(
        observation("INR", "2.7"), request("warfarin", id="broken", dosageInstruction="1 daily"), request("lisinopril")
    )

    assert [line.text for line in chart.medications] == ["warfarin", "lisinopril"]
    assert any(text.startswith("MedicationRequest/broken: is not valid FHIR R4 (dosageInstruction") for text in file.warnings)


@pytest.mark.parametrize("entry", [None, 5, "x", [], {}, {"resource": None}, {"resource": {"id": "1"}}, {"resource": {"resourceType": []}}])
def test_an_entry_without_a_resource_is_told_and_passed_over(entry):
    data = bundle(patient(), request())
    data["entry"].append(entry)

    file = read(data)

    assert len(file.patients[0].medications) == 1
    assert any("entry 3: holds no FHIR resource" in text for text in file.warnings)


def test_notes_about_a_thousand_bad_resources_stay_readable():
    file = read(bundle(patient(), *[request(status="draft") for _ in range(1000)]))

    assert len(file.warnings) == 201
    assert file.warnings[-1].startswith("More than 200 notes")


def test_an_error_that_the_source_reports_is_told():
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout", "diagnostics": "Labs timed out"}]}

    file = read(bundle(patient(), outcome, kind="searchset"))

    assert any("Labs timed out" in text for text in file.warnings)
