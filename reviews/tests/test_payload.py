"""What a paper says: from the frozen snapshot and its rows, complete, and nothing guessed."""

import datetime as dt

import pytest
from django.utils import timezone

from patients.models import Answered, Contact, Medication, Pharmacy
from reviews import services
from reviews.documents.checks import problems_for
from reviews.documents.payload import draft_payload
from reviews.documents.schema import problems_in
from reviews.models import DocumentFile, SignedDocument


def payload_of(encounter, pharmacist, language=None):
    encounter = type(encounter).objects.get(pk=encounter.pk)
    return draft_payload(encounter, language, by=pharmacist)


@pytest.fixture
def checked(make_encounter, pharmacist):
    """A review of this patient, with its facts frozen and checked."""

    def check(patient, **fields):
        encounter = make_encounter(patient, **fields)
        services.refresh(encounter, by=pharmacist)
        return encounter

    return check


def test_a_draft_has_the_shape_of_a_paper_and_stores_nothing(judged_encounter, pharmacist):
    payload = payload_of(judged_encounter, pharmacist)

    assert problems_in(payload) == []
    assert problems_for(payload, "packet", "en") == []
    assert problems_for(payload, "prescriber_letter", "en") == []
    assert payload["signature"] is None
    assert not SignedDocument.objects.exists()
    assert not DocumentFile.objects.exists()


def test_what_is_signed_is_what_the_draft_showed(judged_encounter, signed_encounter, papers_of):
    """But for the marks of the signature itself."""
    draft = draft_payload(signed_encounter, by=signed_encounter.signed_by)
    signed = papers_of["patient"].payload

    assert {key for key in signed if signed[key] != draft[key]} == {"meta", "signature"}
    assert papers_of["letter"].payload["letters"] == draft["letters"]


def test_medicines_stand_in_record_order_with_the_words_of_their_rows(
    warfarin_and_naproxen, make_medication, make_prescriber, checked, pharmacist
):
    make_medication(
        warfarin_and_naproxen,
        text="Lasix",
        recognition="resolved",
        ingredients=[{"rxcui": "4603", "name": "furosemide"}],
        strength="40 MG",
        dose_form="Oral Tablet",
        morning="1",
        noon="½",
        directions_en="Take 1 tablet in the morning and half at noon.",
        prescriber=make_prescriber(name="Dr. Paul Lind"),
        started_on=dt.date(2025, 6, 1),
        as_taken="skips it on Sundays",
    )

    medicines = payload_of(checked(warfarin_and_naproxen), pharmacist)["medications"]

    assert [line["name"] for line in medicines] == ["warfarin 5 mg tablet", "naproxen 500 mg tablet", "Lasix"]
    lasix = medicines[2]
    assert lasix["form"] == {"en": "tablet", "es": "tableta"}
    assert lasix["times"] == {"morning": "1", "noon": "½"}
    assert (lasix["generic"], lasix["strength"], lasix["prescriber"], lasix["started_on"]) == (
        "furosemide",
        "40 MG",
        "Dr. Paul Lind",
        "2025-06-01",
    )
    assert lasix["as_taken"] == {"en": "skips it on Sundays"}


def test_a_medicine_that_was_added_after_the_check_is_not_in_the_paper(warfarin_and_naproxen, make_medication, checked, pharmacist):
    encounter = checked(warfarin_and_naproxen)

    make_medication(warfarin_and_naproxen, text="ibuprofen 200 mg")

    assert "ibuprofen 200 mg" not in [line["name"] for line in payload_of(encounter, pharmacist)["medications"]]


def test_recently_stopped_medicines_are_shown_as_stopped_and_old_ones_left_out(warfarin_and_naproxen, make_medication, checked, pharmacist):
    today = timezone.localdate()
    make_medication(warfarin_and_naproxen, text="Advil", stopped_on=today - dt.timedelta(days=3), stop_reason="bleeding")
    make_medication(warfarin_and_naproxen, text="Zantac", stopped_on=today - dt.timedelta(days=900))

    medicines = payload_of(checked(warfarin_and_naproxen), pharmacist)["medications"]

    stopped = {line["name"]: line["stop_reason"] for line in medicines if line["stopped_on"]}
    assert stopped == {"Advil": {"en": "bleeding"}}


def test_a_name_that_nobody_knows_is_marked_not_checked(warfarin_and_naproxen, make_medication, checked, pharmacist):
    make_medication(warfarin_and_naproxen, text="the little heart pill", directions="")

    medicines = payload_of(checked(warfarin_and_naproxen), pharmacist)["medications"]

    assert {line["name"]: line["not_checked"] for line in medicines} == {
        "warfarin 5 mg tablet": False,
        "naproxen 500 mg tablet": False,
        "the little heart pill": True,
    }


def test_before_any_check_every_medicine_is_marked_not_checked(warfarin_and_naproxen, make_encounter, pharmacist):
    medicines = payload_of(make_encounter(warfarin_and_naproxen), pharmacist)["medications"]

    assert [line["not_checked"] for line in medicines] == [True, True]


@pytest.mark.parametrize(("status", "shown"), [(Answered.NONE, "none_known"), (Answered.UNKNOWN, "not_recorded")])
def test_allergies_are_never_blank(make_patient, checked, pharmacist, status, shown):
    """Acceptance fact 38."""
    payload = payload_of(checked(make_patient(allergy_status=status)), pharmacist)

    assert payload["allergies"] == {"status": shown, "items": []}


def test_allergies_and_side_effects_stand_apart(make_patient, make_allergy, checked, pharmacist):
    patient = make_patient()
    make_allergy(patient, substance="Penicillin", kind="allergy", reaction="hives")
    make_allergy(patient, substance="Codeine", kind="intolerance", reaction="felt like flying")

    payload = payload_of(checked(patient), pharmacist)

    assert payload["allergies"]["items"] == [{"substance": "Penicillin", "reaction": {"en": "hives", "es": "ronchas"}}]
    assert payload["side_effects"] == [{"substance": "Codeine", "reaction": {"en": "felt like flying"}}]


def test_steps_without_a_problem_have_a_topic_of_their_own(checked, make_patient, pharmacist):
    encounter = checked(make_patient())
    services.add_action_item(
        encounter, do_en="Walk each day.", do_es="Camine cada día.", dont_en="Do not smoke.", by_when=dt.date(2026, 12, 24), by=pharmacist
    )

    [topic] = payload_of(encounter, pharmacist)["topics"]

    assert topic["text"]["es"] == "Otros pasos de los que hablamos."
    assert [(action["kind"], action["by_when"]) for action in topic["actions"]] == [("do", "2026-12-24"), ("dont", None)]


def test_a_representative_is_named_as_source_and_gets_the_mail(make_patient, checked, pharmacist):
    """Acceptance fact 43."""
    patient = make_patient(address="5 Elm Street")
    Contact.objects.create(
        organization=patient.organization,
        patient=patient,
        role="representative",
        name="Daniel Marín",
        relationship="son",
        address="9 Oak Street\nDayton, OH",
    )
    held = {"held_with": "representative", "participant_name": "Daniel Marín", "why_not_patient": "Dementia"}

    payload = payload_of(checked(patient, **held), pharmacist)

    assert payload["patient"]["representative"] == {
        "name": "Daniel Marín",
        "relation": "son",
        "address": ["9 Oak Street", "Dayton, OH"],
        "phone": None,
        "took_part": True,
        "receives_mail": True,
    }
    assert payload["patient"]["unable_to_take_part"]
    assert problems_for(payload, "map", "en") == []


def test_a_caregiver_who_helps_does_not_get_the_patients_mail(make_patient, checked, pharmacist):
    payload = payload_of(checked(make_patient(), held_with="caregiver", participant_name="Ana"), pharmacist)

    assert (payload["patient"]["representative"]["name"], payload["patient"]["representative"]["receives_mail"]) == ("Ana", False)


def test_each_prescriber_gets_one_letter_with_all_requests(judged_encounter, make_prescriber, pharmacist):
    problem = judged_encounter.problems.first()
    other = make_prescriber(name="Dr. Paul Lind", address="14 Dock Street\nSpringfield, OH")
    services.add_recommendation(problem, prescriber=other, request="Check the INR", detail="In a week", is_urgent=True, by=pharmacist)
    services.add_recommendation(problem, prescriber=other, request="Check the potassium", by=pharmacist)

    letters = payload_of(judged_encounter, pharmacist)["letters"]

    assert [len(letter["requests"]) for letter in letters] == [len(letters[0]["requests"]), 2]
    assert letters[1]["prescriber"]["address"] == ["14 Dock Street", "Springfield, OH"]
    assert letters[1]["requests"][0]["detail"]["en"] == "Urgent, please call us today. In a week"


def test_the_letters_facts_name_results_with_their_month(judged_encounter, make_observation, pharmacist):
    make_observation(judged_encounter.patient, value="38", measured_on=dt.date(2026, 10, 1))
    services.refresh(judged_encounter, by=pharmacist)

    facts = payload_of(judged_encounter, pharmacist)["letters"][0]["facts"]["en"]

    version = services.knowledge_now()["version"]
    assert facts == f"79-year-old woman · eGFR 38 mL/min/1.73 m2 (10/2026) · 2 medicines, checked with rules {version}"


def test_many_unchecked_medicines_are_counted_where_they_do_not_fit(judged_encounter, make_medication, pharmacist):
    for number in range(12):
        make_medication(judged_encounter.patient, text=f"an unknown home remedy of my grandmother, number {number}", directions="")
    services.refresh(judged_encounter, by=pharmacist)

    facts = payload_of(judged_encounter, pharmacist)["letters"][0]["facts"]["en"]

    assert "12 of 14 medicines could not be checked for interactions" in facts
    assert len(facts) <= 600


def test_the_care_team_and_the_follow_up_are_printed(make_patient, make_prescriber, make_pharmacy, checked, pharmacist):
    patient = make_patient(primary_care=make_prescriber(name="Dr. Amara Okafor"), pharmacy=make_pharmacy(name="Harbor Glen"))
    Contact.objects.create(organization=patient.organization, patient=patient, role="emergency", name="Luis", phone="(555) 010-9999")
    encounter = checked(patient)
    services.set_follow_up(encounter, due_on=dt.date(2099, 1, 5), how="video", by=pharmacist)

    payload = payload_of(encounter, pharmacist)

    names = {role: person["name"] for role, person in payload["care_team"].items()}
    assert names == {"emergency_contact": "Luis", "primary_care": "Dr. Amara Okafor", "pharmacy": "Harbor Glen"}
    assert payload["follow_up"] == {"on": "2099-01-05", "how": {"en": "By video call.", "es": "Por videollamada."}}
    assert Pharmacy.objects.count() == 1


def test_a_spanish_paper_says_everything_in_spanish(judged_encounter, pharmacist):
    judged_encounter.patient.language = "es"
    judged_encounter.patient.save()
    type(judged_encounter).objects.filter(pk=judged_encounter.pk).update(language="es")

    payload = payload_of(judged_encounter, pharmacist)

    assert payload["patient"]["language"] == "es"
    assert problems_for(payload, "packet", "es") == []


def test_controlled_medicines_are_named_for_the_disposal_sheet(warfarin_and_naproxen, make_medication, checked, pharmacist):
    make_medication(
        warfarin_and_naproxen, text="lorazepam 1 mg tablet", recognition="resolved", ingredients=[{"rxcui": "6470", "name": "lorazepam"}]
    )

    assert payload_of(checked(warfarin_and_naproxen), pharmacist)["controlled_medicines"] == ["lorazepam"]


def test_gathering_takes_a_fixed_number_of_queries(judged_encounter, make_medication, pharmacist, django_assert_max_num_queries):
    for number in range(15):
        make_medication(judged_encounter.patient, text=f"medicine {number}")
    assert Medication.objects.count() == 17

    with django_assert_max_num_queries(16):
        payload_of(judged_encounter, pharmacist)
