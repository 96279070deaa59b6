"""The checker on whole cases: three answers, one card a mechanism, and words from this patient's facts."""

from dataclasses import replace

import pytest

from interactions.engine.checks import CHECKS
from interactions.engine.kidney import ckd_epi_2021, cockcroft_gault
from interactions.engine.rules import Knowledge
from interactions.engine.screen import screen
from interactions.knowledge.loader import get_checker, get_knowledge
from interactions.tests.checking import DAY, check, finding, rule_ids, snapshot, waiting

EVERYTHING_KNOWN = {
    "patient": {"age": 40, "sex": "M", "weight_kg": 80, "lactating": False},
    "conditions": [],
    "allergies": [],
    "labs": [],
    "social": {"alcohol": "none", "tobacco": "never"},
}


def test_nothing_found_with_every_fact_known_is_clear():
    output = check("cetirizine 10 mg daily", **{**EVERYTHING_KNOWN, "labs": [{"name": "eGFR", "value": 90, "unit": "", "on": "2026-10-01"}]})

    assert output["findings"] == []
    assert output["status"] == "clear"


def test_an_unknown_name_keeps_the_answer_from_being_clear():
    output = check("the little heart pill", **EVERYTHING_KNOWN)

    assert output["status"] == "not_checked"
    assert output["not_checked"][0]["text"] == "the little heart pill"


def test_a_medication_list_that_is_not_known_is_not_clear():
    output, _ = get_checker().check({**EVERYTHING_KNOWN, "as_of": "2026-11-21"}, DAY)

    assert output["status"] == "not_checked"
    assert output["not_checked"][0]["text"] == "medications"


def test_a_medicine_that_no_rule_knows_is_said_to_be_so():
    output = check("latanoprost 0.005% eye drops at bedtime", **EVERYTHING_KNOWN)

    assert output["status"] == "not_checked"
    assert output["not_checked"][0]["drugs"] == ["latanoprost"]


def test_a_missing_kidney_function_is_one_line_for_all_medicines():
    output = check("metformin 500 mg twice daily", "gabapentin 600 mg three times daily")

    lines = [line for line in output["not_checked"] if line["missing_facts"] == ["egfr"]]
    assert len(lines) == 1
    assert "metformin" in lines[0]["drugs"]
    assert "metformin-30" not in rule_ids(output)


def test_an_impossible_result_fires_no_kidney_rule_and_is_said():
    output = check("metformin 500 mg twice daily", labs=[{"name": "eGFR", "value": -5, "unit": "mL/min", "on": "2026-11-01"}])

    assert not {"metformin-30", "metformin-45"} & rule_ids(output)
    assert any("not possible" in line["reason"] for line in output["not_checked"])


def test_an_old_result_is_not_used():
    old = check("metformin 500 mg twice daily", labs=[{"name": "eGFR", "value": 20, "unit": "mL/min", "on": "2025-11-20"}])
    fresh = check("metformin 500 mg twice daily", labs=[{"name": "eGFR", "value": 20, "unit": "mL/min", "on": "2025-11-21"}])

    assert "metformin-30" in waiting(old)
    assert "metformin-30" in rule_ids(fresh)


def test_creatinine_in_either_unit_gives_the_same_answer():
    patient = {"age": 80, "sex": "F", "weight_kg": 50}
    in_mg = check("metformin 500 mg", patient=patient, labs=[{"name": "creatinine", "value": 2.5, "unit": "mg/dL", "on": "2026-11-01"}])
    in_umol = check("metformin 500 mg", patient=patient, labs=[{"name": "creatinine", "value": 221, "unit": "umol/L", "on": "2026-11-01"}])

    assert "metformin-30" in rule_ids(in_mg)
    assert rule_ids(in_mg) == rule_ids(in_umol)


def test_a_stage_of_kidney_disease_serves_where_it_settles_the_question():
    stage_four = check("metformin 500 mg", conditions=["CKD stage 4"])
    stage_three = check("metformin 500 mg", conditions=["CKD stage 3"])

    assert "metformin-30" in rule_ids(stage_four)
    assert "metformin-45" in waiting(stage_three)


def test_the_calculators_agree_with_published_examples():
    assert round(cockcroft_gault(70, 72, 1.0, "M")) == 70
    assert round(cockcroft_gault(70, 72, 1.0, "F"), 1) == 59.5
    assert round(ckd_epi_2021(50, 1.0, "F")) == 69
    assert round(ckd_epi_2021(50, 1.0, "M")) == 92


def test_a_cluster_of_one_mechanism_is_one_card_that_names_all_members():
    output = check("warfarin 5 mg daily", "naproxen 500 mg twice daily", "aspirin 81 mg daily", "sertraline 50 mg daily")

    cards = [one for one in output["findings"] if one["group"] == "bleeding"]
    assert len(cards) == 1
    assert cards[0]["drugs"] == ["aspirin", "naproxen", "sertraline", "warfarin"]
    assert "naproxen is a systemic NSAID" in cards[0]["why"]
    assert {"warfarin-nsaid", "warfarin-antiplatelet"} <= rule_ids(output)


def test_the_triple_whammy_silences_its_pairs():
    output = check("lisinopril 20 mg", "hydrochlorothiazide 25 mg", "ibuprofen 600 mg")

    assert "triple-whammy" in rule_ids(output)
    assert not {"nsaid-raas", "nsaid-diuretic"} & rule_ids(output)


def test_a_gel_or_an_eye_drop_fires_no_rule_about_tablets():
    assert "warfarin-nsaid" not in rule_ids(check("warfarin 5 mg", "diclofenac 1% gel"))
    assert "beta-blocker-verapamil-diltiazem" not in rule_ids(check("diltiazem 120 mg", "timolol 0.5% eye drops"))


def test_parts_of_one_product_do_not_meet_each_other():
    output = check("losartan 50 mg / hydrochlorothiazide 12.5 mg", "amlodipine 5 mg / benazepril 10 mg")
    alone = check("benazepril 10 mg / hydrochlorothiazide 12.5 mg")

    assert "ace-arb" in rule_ids(output)
    assert not any(one["kind"] == "drug_drug" for one in alone["findings"])


def test_two_parts_of_one_product_fill_two_of_three_places():
    output = check("losartan 50 mg / hydrochlorothiazide 12.5 mg", "naproxen 500 mg")

    assert "triple-whammy" in rule_ids(output)
    assert "nsaid-raas" not in rule_ids(output)


def test_a_stopped_medicine_counts_only_during_its_wash_out():
    inside = check("phenelzine 15 mg", {"text": "fluoxetine 20 mg", "stopped_on": "2026-10-18"})
    outside = check("phenelzine 15 mg", {"text": "fluoxetine 20 mg", "stopped_on": "2026-10-17"})

    assert "maoi-serotonergic" in rule_ids(inside)
    assert "fluoxetine was stopped on Oct 18, 2026 and can act for 35 days" in finding(inside, "maoi-serotonergic")["why"]
    assert "maoi-serotonergic" not in rule_ids(outside)


def test_two_stopped_medicines_do_not_meet():
    output = check({"text": "phenelzine 15 mg", "stopped_on": "2026-11-20"}, {"text": "fluoxetine 20 mg", "stopped_on": "2026-11-20"})

    assert "maoi-serotonergic" not in rule_ids(output)


def test_an_alternative_that_would_harm_this_patient_is_not_offered():
    plain = check("naproxen 500 mg", "warfarin 5 mg", allergies=[])
    allergic = check("naproxen 500 mg", "warfarin 5 mg", allergies=["acetaminophen (hives)"])

    assert finding(plain, "warfarin-nsaid")["alternatives"][0]["name"] == "acetaminophen"
    assert finding(allergic, "warfarin-nsaid")["alternatives"] == []


def test_every_place_in_the_texts_is_filled():
    output = check({"text": "Coumadin 5 mg daily", "prescriber": "Dr. Lee"}, "Aleve 220 mg twice daily", "clarithromycin 500 mg", "simvastatin 80 mg daily")

    for one in output["findings"]:
        texts = [one["title"], one["what_to_do"], *one["patient_pending"].values(), *one["patient_agreed"].values()]
        assert not any("{" in text for text in texts)


def test_the_fingerprint_holds_until_a_fact_that_matters_changes():
    first = finding(check("warfarin 5 mg daily", "naproxen 500 mg"), "warfarin-nsaid")["fingerprint"]
    reordered = finding(check("naproxen 500 mg", "Warfarin 5 MG Daily"), "warfarin-nsaid")["fingerprint"]
    other_dose = finding(check("warfarin 7.5 mg daily", "naproxen 500 mg"), "warfarin-nsaid")["fingerprint"]

    assert first == reordered
    assert first != other_dose


def test_a_failing_rule_is_not_checked_and_takes_no_other_with_it(monkeypatch):
    knowledge = get_knowledge()
    broken = replace(knowledge.by_id["warfarin-nsaid"], shape="additive", params={"count": "two"})
    rules = tuple(broken if rule.id == "warfarin-nsaid" else rule for rule in knowledge.rules)
    failing = Knowledge(rules, knowledge.sets, scores=knowledge.scores, washouts=knowledge.washouts, sources={}, facts={}, release={})

    result = screen(snapshot("warfarin 5 mg", "naproxen 500 mg", "clopidogrel 75 mg"), failing)

    assert any(one.what == "rule" and one.rule_ids == ("warfarin-nsaid",) for one in result.not_checked)
    assert "warfarin-antiplatelet" in result.rule_ids


def test_findings_come_most_urgent_first():
    output = check("sildenafil 50 mg", "nitroglycerin 0.4 mg sublingual", "lisinopril 20 mg", "spironolactone 25 mg", "simvastatin 20 mg")

    severities = [one["severity"] for one in output["findings"]]
    ranks = ["contraindicated", "major", "moderate", "minor", "info"]
    assert severities == sorted(severities, key=ranks.index)
    assert output["findings"][0]["rule_id"] == "pde5-nitrate"


def test_all_due_tests_are_one_card():
    output = check("warfarin 5 mg", "lisinopril 10 mg", "atorvastatin 40 mg", labs=[])

    cards = [one for one in output["findings"] if one["kind"] == "monitoring"]
    assert len(cards) == 1
    assert cards[0]["severity"] == "moderate"
    assert cards[0]["title"].startswith("Tests that are due:")


def test_sums_carry_their_number():
    mme = finding(check("oxycodone 10 mg every 6 hours"), "mme-50")
    total = finding(check("acetaminophen 500 mg 2 tablets every 6 hours", "Percocet 5/325 1 tab every 6 hours"), "acetaminophen-4000")

    assert (mme["value"], mme["unit"]) == (60, "MME/day")
    assert (total["value"], total["unit"]) == (5300, "mg/day")


def test_every_shape_of_rule_has_a_check():
    assert {rule.shape for rule in get_knowledge().rules} <= CHECKS.keys()


@pytest.mark.parametrize("kind", """
    drug_drug drug_food duplicate_therapy allergy drug_condition older_adult renal hepatic pregnancy lactation dose acetaminophen_total
    opioid_mme opioid_benzodiazepine anticholinergic_burden cns_polypharmacy qt serotonergic bleeding missing_therapy monitoring unneeded
    adherence cost""".split())
def test_every_kind_of_the_interface_has_a_rule(kind):
    assert any(rule.kind == kind for rule in get_knowledge().rules)
