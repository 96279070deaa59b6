"""The shipped knowledge is sound, and what is wrong in a file is named."""

import copy

import pytest

from interactions.knowledge.books import RawRule
from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.loader import get_books, get_knowledge, get_vocabulary, problems_of
from interactions.knowledge.report import all_problems, counts
from interactions.knowledge.wording import reading_grade, wording_messages
from interactions.tests.checking import DAY


@pytest.mark.rules
def test_every_file_is_sound_and_every_rule_passes_its_own_cases():
    assert [str(one) for one in all_problems(get_books(), get_catalog())] == []


@pytest.mark.rules
def test_every_rule_that_asks_for_a_fact_has_a_case_without_it():
    lacking = [
        rule.id
        for rule in get_books().rules
        if needs_a_fact(rule) and not any(case["fires"] == "unknown" for case in rule.fields["cases"])
    ]

    assert lacking == []


def needs_a_fact(rule):
    when = set(rule.fields.get("when", {})) - {"typed_as", "as_needed"}
    if rule.array == "acetaminophen_total":
        return "up_to" not in rule.fields
    return bool(when) or rule.array in ("allergy", "monitoring", "adherence", "dose", "opioid_mme")


def test_nobody_is_named_who_did_not_review():
    found = counts(get_books(), get_catalog(), DAY)

    assert found["pharmacist_reviewed"] == 0
    assert found["spanish_reviewed"] == 0
    assert found["overdue"] == []


def test_every_source_that_a_rule_names_is_there():
    used = {one for rule in get_books().rules for one in rule.fields["evidence"]["sources"]}

    assert used <= get_books().sources.keys()


def broken(rule_id, **changes):
    """The shipped books with one rule changed, and the messages about it."""
    books = copy.copy(get_books())
    books.rules = [
        RawRule(rule.file, rule.array, {**rule.fields, **changes}) if rule.id == rule_id else rule for rule in books.rules
    ]
    return [one.message for one in problems_of(books) if one.id == rule_id]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"severity": "bad"}, "severity is one of contraindicated, major, moderate, minor, info"),
        ({"a": {"classes": ["nowhere"]}}, "a: there is no class 'nowhere'"),
        ({"b": {}}, "b selects nothing"),
        ({"evidence": {"level": "label", "read": "recalled", "sources": ["gone"]}}, "there is no source 'gone'"),
        ({"patient_agreed": {"en": "Do not."}}, "patient_agreed has no es"),
        ({"when": {"conditions": ["nonsense"]}}, "when: condition 'nonsense' is not in vocabulary/conditions.toml"),
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"cases": [{"drugs": ["warfarin"], "fires": True}]}, "no near miss: a case in which it does not fire"),
        ({"over": ["no-such-rule"]}, "over names the rule 'no-such-rule', which does not exist"),
    ],
)
def test_a_broken_rule_is_named_with_what_is_wrong(changes, message):
    assert message in broken("warfarin-nsaid", **changes)


@pytest.mark.parametrize("sentence", ["Stop taking {a}.", "Do not take {a}.", "Take a lower dose of {a}.", "Switch to {b}."])
def test_a_pending_sentence_may_not_change_a_medicine(sentence):
    said = {"patient_pending": {"en": sentence, "es": "Llame hoy a {prescriber}."}}

    assert len(list(wording_messages(said))) == 1


@pytest.mark.parametrize("sentence", ["Deje de tomar {a}.", "No tome {a}.", "Reduzca {a}.", "Suspenda {a}."])
def test_a_pending_sentence_in_spanish_may_not_either(sentence):
    said = {"patient_pending": {"en": "Call {prescriber} today.", "es": sentence}}

    assert len(list(wording_messages(said))) == 1


def test_hard_words_are_graded_hard():
    assert reading_grade("Call your doctor today.", "en") < 4
    assert reading_grade("Concomitant administration necessitates immediate discontinuation of anticoagulation therapy.", "en") > 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CHF", {"heart-failure"}),
        ("HFrEF", {"hfref", "heart-failure"}),
        ("pulmonary hypertension", {"pulmonary-hypertension"}),
        ("Type 2 diabetes mellitus with CKD stage 3b", {"type-2-diabetes", "diabetes", "ckd-3b", "ckd-3", "ckd"}),
        ("prediabetes", {"prediabetes"}),
        ("no diabetes", set()),
        ("family history of breast cancer", set()),
        ("I48.91", {"atrial-fibrillation", "arrhythmia"}),
        ("history of GI bleed", {"gi-bleed", "bleeding-history"}),
        ("narrow-angle glaucoma", {"angle-closure-glaucoma", "glaucoma"}),
    ],
)
def test_problems_are_recognized_as_people_write_them(text, expected):
    assert set(get_vocabulary().condition(text).ids) == expected


@pytest.mark.parametrize(("code", "expected"), [("E11.9", "type-2-diabetes"), ("N184", "ckd-4"), ("I50.22", "hfref"), ("K70.30", "cirrhosis")])
def test_icd10_codes_are_recognized_by_prefix(code, expected):
    assert expected in get_vocabulary().by_icd10(code).ids


@pytest.mark.parametrize(
    ("test", "value", "unit", "expected"),
    [("creatinine", 88.42, "umol/L", 1.0), ("glucose", 10, "mmol/L", 180.16), ("potassium", 4.2, "mEq/L", 4.2), ("hemoglobin", 130, "g/L", 13.0)],
)
def test_results_are_brought_to_one_unit(test, value, unit, expected):
    assert get_vocabulary().lab(test, value, unit).value == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("test", "value", "unit"), [("egfr", 900, "mL/min"), ("potassium", 42, "mmol/L"), ("creatinine", 1.1, "bananas")])
def test_an_impossible_result_or_unit_is_refused_in_words(test, value, unit):
    reading = get_vocabulary().lab(test, value, unit)

    assert reading.value is None
    assert reading.problem


def test_classes_hold_the_members_that_define_them():
    knowledge = get_knowledge()
    clarithromycin = knowledge.row("clarithromycin", "systemic")
    azithromycin = knowledge.row("azithromycin", "systemic")
    strong = next(set_id for set_id, members in enumerate(knowledge.sets) if "ritonavir" in members and "clarithromycin" in members)

    assert clarithromycin >> strong & 1
    assert not azithromycin >> strong & 1
