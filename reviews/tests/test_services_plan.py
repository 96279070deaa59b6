"""From a finding to the plan: texts proposed, lines added, changed, withdrawn, put in order."""

import datetime as dt

import pytest

from accounts.once import EditConflict
from reviews import services
from reviews.models import ActionItem, Problem, Recommendation


@pytest.fixture
def problem(make_finding, pharmacist):
    return services.accept_finding(make_finding(), by=pharmacist)


@pytest.fixture
def recommendation(problem, make_prescriber, pharmacist):
    return services.add_recommendation(problem, prescriber=make_prescriber(), request="Stop naproxen", by=pharmacist)


def proposal_for(make_finding, make_encounter, pharmacist, medication, **data):
    finding = make_finding(make_encounter(medication.patient), refs=[str(medication.pk)], **data)
    return services.propose_plan(services.accept_finding(finding, by=pharmacist))


def test_one_decision_makes_three_texts(make_finding, make_encounter, make_medication, make_prescriber, pharmacist):
    prescriber = make_prescriber()
    medication = make_medication(text="naproxen 500 mg", prescriber=prescriber)

    proposal = proposal_for(make_finding, make_encounter, pharmacist, medication)

    assert proposal.request == "Consider acetaminophen instead of naproxen."
    assert proposal.why == "Naproxen is a systemic NSAID; Age 79 raises the risk"
    assert proposal.evidence == "Warfarin prescribing information"
    assert proposal.prescribers == (prescriber,)
    assert (proposal.wording, proposal.patient_en) == ("pending", "Call us before you take more naproxen.")
    assert proposal.patient_es == "Llámenos antes de tomar más naproxeno."


def test_what_the_patient_buys_alone_is_said_as_agreed(make_finding, make_encounter, make_medication, pharmacist):
    medication = make_medication(text="naproxen 220 mg", kind="otc")

    proposal = proposal_for(make_finding, make_encounter, pharmacist, medication)

    assert (proposal.wording, proposal.patient_en) == ("agreed", "Do not take naproxen.")


def test_no_sentence_says_that_a_doctor_agreed_before_one_has(make_finding, make_encounter, make_medication, pharmacist):
    medication = make_medication(text="naproxen 220 mg", kind="otc")
    agreed = {"en": "Your doctor made a new plan for naproxen.", "es": "Su médico hizo un nuevo plan para el naproxeno."}

    proposal = proposal_for(make_finding, make_encounter, pharmacist, medication, patient_agreed=agreed)

    assert (proposal.wording, proposal.patient_en) == ("pending", "Call us before you take more naproxen.")


def test_a_bought_medicine_beside_a_prescription_waits_for_the_prescriber(make_finding, make_encounter, make_medication, pharmacist):
    prescribed = make_medication(text="warfarin 5 mg")
    bought = make_medication(prescribed.patient, text="naproxen 220 mg", kind="otc")
    finding = make_finding(make_encounter(prescribed.patient), refs=[str(prescribed.pk), str(bought.pk)])

    proposal = services.propose_plan(services.accept_finding(finding, by=pharmacist))

    assert (proposal.wording, proposal.patient_en) == ("pending", "Call us before you take more naproxen.")


def test_aspirin_that_a_cardiologist_asked_for_waits_for_the_cardiologist(
    make_finding, make_encounter, make_medication, make_prescriber, pharmacist
):
    medication = make_medication(text="aspirin 81 mg", kind="otc", prescriber=make_prescriber())

    assert proposal_for(make_finding, make_encounter, pharmacist, medication).wording == "pending"


def test_how_to_take_a_medicine_needs_no_prescriber(make_finding, make_encounter, make_medication, pharmacist):
    proposal = proposal_for(make_finding, make_encounter, pharmacist, make_medication(), action="separate")

    assert proposal.wording == "agreed"


def test_a_dose_change_of_a_prescription_waits_for_the_prescriber(make_finding, make_encounter, make_medication, pharmacist):
    proposal = proposal_for(make_finding, make_encounter, pharmacist, make_medication(), action="adjust")

    assert proposal.wording == "pending"


def test_a_problem_of_ones_own_proposes_no_text(make_encounter, pharmacist):
    problem = services.add_problem(make_encounter(), category=2, statement="Shingles vaccine is due", condition="Prevention", by=pharmacist)

    proposal = services.propose_plan(problem)

    assert (proposal.wording, proposal.patient_en, proposal.request, proposal.prescribers) == ("own", "", "", ())


def test_a_long_advice_is_split_and_nothing_of_it_is_lost(make_finding, make_encounter, make_medication, pharmacist):
    advice = "Consider a lower dose. " + "Check the level within a week and again after a month. " * 4

    proposal = proposal_for(make_finding, make_encounter, pharmacist, make_medication(), what_to_do=advice.strip())

    assert proposal.request == "Consider a lower dose."
    assert f"{proposal.request} {proposal.detail}" == advice.strip()


def test_a_cause_belongs_to_its_category(make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="does not go with the category"):
        services.add_problem(make_encounter(), category=7, cause="Allergy", statement="Forgets", drugs="metformin", by=pharmacist)


def test_a_problem_names_a_medicine_or_a_condition(make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="medicine or the condition"):
        services.add_problem(make_encounter(), category=1, statement="Something", by=pharmacist)


def test_a_line_from_an_old_page_is_refused(problem, pharmacist):
    services.change_problem(problem, statement="New", version=problem.version, by=pharmacist)

    with pytest.raises(EditConflict):
        services.change_problem(problem, statement="Other", version=problem.version, by=pharmacist)


def test_lines_of_a_withdrawn_problem_count_no_more(problem, recommendation, pharmacist):
    encounter = problem.encounter
    services.add_action_item(encounter, problem=problem, do_en="Call us.", by=pharmacist)

    services.withdraw_problem(problem, by=pharmacist)

    assert not Recommendation.objects.standing().filter(encounter=encounter).exists()
    assert not ActionItem.objects.standing().filter(encounter=encounter).exists()
    problem.finding.refresh_from_db()
    assert problem.finding.status == "open"


def test_a_withdrawn_problem_takes_no_new_line(problem, make_prescriber, pharmacist):
    services.withdraw_problem(problem, by=pharmacist)

    with pytest.raises(services.Incomplete, match="withdrawn"):
        services.add_recommendation(problem, prescriber=make_prescriber(), request="Stop it", by=pharmacist)


def test_a_request_and_a_step_can_be_changed_and_withdrawn(problem, recommendation, pharmacist):
    item = services.add_action_item(problem.encounter, problem=problem, do_en="Call us.", by=pharmacist)

    changed = services.change_recommendation(recommendation, request="Please stop naproxen", version=1, by=pharmacist)
    item = services.change_action_item(item, by_when=dt.date(2026, 12, 1), version=1, by=pharmacist)

    assert (changed.request, changed.version, item.version) == ("Please stop naproxen", 2, 2)
    assert services.withdraw_recommendation(changed, by=pharmacist).is_withdrawn
    assert services.withdraw_action_item(item, by=pharmacist).is_withdrawn


def test_a_step_says_something(make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="what the patient does"):
        services.add_action_item(make_encounter(), by=pharmacist)


def test_a_step_belongs_to_a_problem_of_the_same_review(problem, make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="another review"):
        services.add_action_item(make_encounter(), problem=problem, do_en="Call us.", by=pharmacist)


def test_lines_can_be_put_in_order(make_encounter, pharmacist):
    encounter = make_encounter()
    first, second = (services.add_problem(encounter, category=1, statement=name, drugs="x", by=pharmacist) for name in ("first", "second"))

    services.reorder(encounter, [second, first], by=pharmacist)

    assert [problem.statement for problem in Problem.objects.filter(encounter=encounter)] == ["second", "first"]


def test_lines_of_another_review_can_not_be_put_in_order(problem, make_encounter, pharmacist):
    with pytest.raises(services.Incomplete, match="another review"):
        services.reorder(make_encounter(), [problem], by=pharmacist)


def test_a_sixth_step_is_taken_and_warned_of(make_encounter, pharmacist):
    encounter = make_encounter()
    for number in range(5):
        services.add_action_item(encounter, do_en=f"Step {number}", by=pharmacist)
    assert not services.has_too_many_actions(encounter)

    services.add_action_item(encounter, do_en="One more", by=pharmacist)

    assert services.has_too_many_actions(encounter)


def test_a_prescriber_of_another_organization_can_not_be_asked(problem, other_organization, make_prescriber, pharmacist):
    stranger = make_prescriber(organization=other_organization)

    with pytest.raises(Exception, match="another organization"):
        services.add_recommendation(problem, prescriber=stranger, request="Stop it", by=pharmacist)


def test_nothing_is_planned_after_signing(signed_encounter, make_prescriber, pharmacist):
    problem = signed_encounter.problems.first()

    for act in (
        lambda: services.change_problem(problem, statement="late", by=pharmacist),
        lambda: services.add_recommendation(problem, prescriber=make_prescriber(), request="late", by=pharmacist),
        lambda: services.add_action_item(signed_encounter, do_en="late", by=pharmacist),
        lambda: services.set_no_step_reason(problem, reason="late", by=pharmacist),
        lambda: services.reorder(signed_encounter, [problem], by=pharmacist),
    ):
        with pytest.raises(services.EncounterClosed):
            act()
