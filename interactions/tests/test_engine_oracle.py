"""The engine's bits and indexes against the naive reading of the same files."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interactions.engine.memory import ask
from interactions.engine.regimen import Regimen
from interactions.engine.types import Drug, Lab, Patient, Snapshot
from interactions.engine.units import Amount
from interactions.knowledge.books import HERE
from interactions.knowledge.loader import get_books, get_knowledge
from interactions.tests.naive import Naive

DAY = date(2026, 11, 21)
READ = {"pair", "additive", "patient"}
CONDITIONS = (
    "heart-failure", "ckd", "diabetes", "gi-bleed", "dementia", "falls", "asthma", "cirrhosis", "liver-disease", "epilepsy", "gout",
    "alcohol-use-disorder", "hypertension", "atrial-fibrillation", "contraception",
)  # fmt: skip


def ingredients():
    """Every ingredient that some rule is about."""
    return sorted({name for members in get_knowledge().sets for name in members})


# Medicines that many rules are about, so that most drawn lists meet some.
BUSY = (
    "warfarin", "naproxen", "aspirin", "sertraline", "tramadol", "lorazepam", "phenelzine", "lisinopril", "spironolactone", "furosemide",
    "simvastatin", "clarithromycin", "amiodarone", "digoxin", "metformin", "lithium", "fluconazole", "carbamazepine", "oxycodone",
    "citalopram", "ziprasidone", "lithium carbonate", "isosorbide", "isosorbide dinitrate", "mycophenolic acid", "vitamin k2", "sulfamethoxazole", "trimethoprim", "prednisone", "omeprazole", "clopidogrel", "diltiazem", "metoprolol",
)  # fmt: skip
names = st.sampled_from(BUSY) | st.sampled_from(BUSY) | st.sampled_from(ingredients())
sites = st.sampled_from(["systemic", "systemic", "systemic", None, "topical", "inhaled", "ophthalmic", "vaginal"])
doses = st.none() | st.integers(1, 4000)
lines = st.tuples(st.lists(names, min_size=1, max_size=2, unique=True), sites, doses)


def some(values):
    return st.none() | st.lists(st.sampled_from(values), max_size=4, unique=True)


@st.composite
def snapshots(draw):
    drugs = []
    for parts, site, milligrams in draw(st.lists(lines, max_size=10)):
        taken = {parts[0]: Amount(milligrams * 1_000_000, "mcg")} if milligrams else {}
        drugs.append(Drug("/".join(parts), parts[0], tuple(parts), site, taken, draw(st.booleans())))
    if drugs and draw(st.booleans()):
        drugs.append(drugs[0])  # the same line twice
    conditions = draw(some(CONDITIONS))
    labs = draw(some(["egfr", "potassium", "sodium", "inr"]))
    patient = Patient(
        as_of=DAY,
        age=draw(st.none() | st.integers(10, 95)),
        sex=draw(st.sampled_from(["F", "M", None])),
        is_pregnant=draw(st.sampled_from([True, False, None])),
        pregnant_weeks=draw(st.none() | st.integers(1, 40)),
        is_lactating=draw(st.sampled_from([True, False, None])),
        conditions=None if conditions is None else dict.fromkeys(conditions, "on file"),
        labs=None if labs is None else tuple(Lab(test, draw(st.integers(1, 150)), DAY) for test in labs),
        alcohol=draw(st.sampled_from(["none", "some", "heavy", None])),
        tobacco=draw(st.sampled_from([True, False, None])),
    )
    return Snapshot(patient, tuple(drugs), has_unknown_drug=draw(st.booleans()))


@given(snapshots())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_engine_agrees_with_a_plain_reading_of_the_rules(snapshot):
    regimen = Regimen(snapshot, get_knowledge())

    flags, unknowns, failed = ask(regimen, regimen.list.plan)

    fired = {(flag.rule.id, flag.ingredients): True for flag in flags if flag.rule.shape in READ}
    open_ones = {(one.rule.id, frozenset(one.ingredients)): None for one in unknowns if one.rule.shape in READ}
    assert not failed
    assert {**open_ones, **fired} == Naive(snapshot).verdicts()


def test_the_oracle_reads_the_files_that_ship():
    assert {rule.file.split("/")[0] for rule in get_books().rules} == {"rules"}
    assert HERE.name == "knowledge"
