"""Why a finding is shown: this patient's own facts, with their values and days, and nothing twice."""

from interactions.tests.checking import check, finding

KIDNEY = [{"name": "eGFR", "value": 38, "unit": "mL/min/1.73m2", "on": "2026-10-12"}]
POTASSIUM = [{"name": "potassium", "value": 5.3, "unit": "mmol/L", "on": "2026-11-02"}]


def test_a_reason_says_the_age_of_this_patient():
    why = finding(check("warfarin 5 mg", "naproxen 500 mg", patient={"age": 79}), "warfarin-nsaid")["why"]

    assert why[0] == "age 79 raises the risk"
    assert "naproxen is a systemic NSAID" in why


def test_a_reason_says_the_result_with_its_day():
    why = finding(check("lisinopril 20 mg", "spironolactone 25 mg", labs=[*KIDNEY, *POTASSIUM]), "raas-potassium-sparing")["why"]

    assert any(line.startswith("potassium 5.3 mmol/L on Nov 2, 2026") for line in why)
    assert any(line.startswith("eGFR 38 on Oct 12, 2026") for line in why)


def test_a_reason_says_the_condition_as_it_stands_on_the_chart():
    why = finding(check("naproxen 500 mg", conditions=["CHF, stage C"]), "nsaid-heart-failure")["why"]

    assert why[0] == "CHF, stage C"


def test_a_score_names_each_medicine_once():
    why = finding(check("oxybutynin 5 mg", "amitriptyline 25 mg", "paroxetine 20 mg"), "anticholinergic-score-three")["why"]

    assert sum("oxybutynin" in line for line in why) == 1
    assert not any("anticholinergic effect" in line for line in why)


def test_a_card_gives_at_most_six_reasons():
    output = check(
        "warfarin 5 mg", "naproxen 500 mg", "aspirin 81 mg", "sertraline 50 mg", "clopidogrel 75 mg", "prednisone 10 mg", "tramadol 50 mg",
        patient={"age": 79}, conditions=["peptic ulcer"], labs=KIDNEY,
    )  # fmt: skip

    assert max(len(one["why"]) for one in output["findings"]) <= 6


def test_no_reason_leaves_a_place_unfilled():
    output = check(
        "warfarin 5 mg", "naproxen 500 mg", "lisinopril 20 mg", "spironolactone 25 mg", "metoprolol 50 mg", "diltiazem 120 mg",
        "oxycodone 10 mg every 6 hours", "lorazepam 1 mg", "haloperidol 5 mg", "citalopram 40 mg", "albuterol inhaler",
        patient={"age": 79, "sex": "F"}, conditions=["asthma", "heart failure", "dementia", "falls"], labs=[*KIDNEY, *POTASSIUM],
    )  # fmt: skip

    assert not any("{" in line for one in output["findings"] for line in one["why"])
