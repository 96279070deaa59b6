"""What must hold for any list: noise is seen, and order, case, doubling and units change nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interactions.tests.checking import check, rule_ids

MEDICINES = (
    "warfarin 5 mg daily", "naproxen 500 mg twice daily", "lisinopril 20 mg daily", "spironolactone 25 mg daily", "simvastatin 40 mg daily",
    "clarithromycin 500 mg twice daily", "sertraline 100 mg daily", "tramadol 50 mg every 6 hours", "lorazepam 1 mg at bedtime",
    "metformin 1000 mg twice daily", "digoxin 0.25 mg daily", "furosemide 40 mg daily", "levothyroxine 88 mcg daily",
    "calcium carbonate 600 mg daily", "amiodarone 200 mg daily", "methotrexate 15 mg weekly", "ibuprofen 600 mg three times daily",
    "gabapentin 600 mg three times daily", "oxybutynin 5 mg twice daily", "phenelzine 15 mg twice daily", "diclofenac 1% gel",
    "losartan 50 mg / hydrochlorothiazide 12.5 mg", "albuterol inhaler", "Percocet 5/325 1 tab every 6 hours",
)  # fmt: skip
NOISE = ("the little heart pill", "qwxz 12", "blue one", "???", "my sister's tablets")
FACTS = {
    "patient": {"age": 72, "sex": "F", "weight_kg": 60},
    "conditions": ["heart failure", "type 2 diabetes"],
    "allergies": ["penicillin (hives)"],
    "labs": [{"name": "eGFR", "value": 38, "unit": "mL/min/1.73m2", "on": "2026-10-01"}],
}
lists = st.lists(st.sampled_from(MEDICINES), min_size=1, max_size=8, unique=True)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(lists, st.sampled_from(NOISE), st.data())
@quick
def test_a_medicine_replaced_by_noise_is_never_clear_and_stands_in_not_checked(medicines, noise, data):
    place = data.draw(st.integers(0, len(medicines) - 1))
    changed = [*medicines[:place], noise, *medicines[place + 1 :]]

    output = check(*changed, **FACTS)

    assert output["status"] != "clear"
    assert any(line["what"] == "medication" and line["text"] == noise for line in output["not_checked"])


@given(lists, st.randoms(use_true_random=False))
@quick
def test_the_order_of_the_list_changes_nothing(medicines, random):
    shuffled = list(medicines)
    random.shuffle(shuffled)

    first, second = check(*medicines, **FACTS), check(*shuffled, **FACTS)

    assert [comparable(one) for one in first["findings"]] == [comparable(one) for one in second["findings"]]
    assert unordered(first["not_checked"]) == unordered(second["not_checked"])


@given(lists)
@quick
def test_capitals_change_nothing(medicines):
    plain = check(*medicines, **FACTS)
    loud = check(*[one.upper() for one in medicines], **FACTS)

    assert rule_ids(plain) == rule_ids(loud)


@given(lists, st.data())
@quick
def test_a_line_typed_twice_adds_only_the_duplicate_and_its_doses(medicines, data):
    doubled = data.draw(st.sampled_from(medicines))

    once, twice = check(*medicines, **FACTS), check(*medicines, doubled, **FACTS)

    added = rule_ids(twice) ^ rule_ids(once)
    assert all(rule == "duplicate-ingredient" or rule.startswith(("dose-", "acetaminophen-", "mme-")) for rule in added)


def test_a_dose_in_another_unit_is_the_same_dose():
    assert rule_ids(check("digoxin 0.25 mg daily", **FACTS)) == rule_ids(check("digoxin 250 mcg daily", **FACTS))
    assert rule_ids(check("metformin 1000 mg daily", **FACTS)) == rule_ids(check("metformin 1 g daily", **FACTS))


def comparable(finding):
    return finding["rule_id"], finding["severity"], finding["drugs"], sorted(finding["why"]), finding["fingerprint"], finding["value"]


def unordered(lines):
    return sorted((line["what"], line["reason"], line["rule_ids"]) for line in lines)
