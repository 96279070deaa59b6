"""The oracle: a plain, slow reading of the rule files, written apart from the engine.

It knows pairs, additive counts and scores, one-medicine rules and missing treatment over active medicines, and reads the
TOML fields directly. True, False or None (not known) for each rule and set of ingredients.
"""

from itertools import product

from interactions.knowledge.loader import get_books

PATIENT = {"drug_condition", "older_adult", "renal", "hepatic", "pregnancy", "lactation", "unneeded", "cost", "drug_food"}
ALL = {"systemic", "topical", "ophthalmic", "otic", "nasal", "inhaled", "vaginal"}


def same(name):
    """The names of one substance, the one that counts first."""
    return next((group["names"] for group in get_books().equivalents if name in group["names"]), [name])


def all_same(names):
    return {other for name in names for other in same(name)}


def members(class_id, routes=None):
    """Ingredient to the routes that count, through the classes inside."""
    fields = get_books().classes[class_id]
    own = routes or (routes_of(fields["routes"]) if "routes" in fields else None)
    found = {}
    for inner in fields.get("classes", ()):
        found.update(members(inner, own))
    for name in all_same([*fields.get("members", ()), *fields.get("weights", ())]):
        found[name] = own or {"systemic"}
    return {name: sites for name, sites in found.items() if name not in all_same(fields.get("except", ()))}


def routes_of(routes):
    return ALL if "any" in routes else set(routes)


def fits(selector, ingredient, site):
    if ingredient in all_same(selector.get("except", ())) or any(ingredient in members(one) for one in selector.get("except_classes", ())):
        return False
    allowed = None
    for class_id in selector.get("classes", ()):
        found = members(class_id)
        if ingredient in found and allowed is None:
            allowed = found[ingredient]
    if ingredient in all_same(selector.get("ingredients", ())):
        allowed = {"systemic"}
    if allowed is None:
        return False
    if "routes" in selector:
        allowed = routes_of(selector["routes"])
    return site is None or site in allowed


def conjunction(answers):
    answers = list(answers)
    if False in answers:
        return False
    return None if None in answers else True


def disjunction(answers):
    answers = list(answers)
    if True in answers:
        return True
    return None if None in answers else False


def most_apart(names, taken, used):
    """By trial: the most ingredients that can stand on different lines."""
    if not names:
        return 0
    first, *rest = names
    free = [id(drug) for drug, name in taken if name == first and id(drug) not in used]
    return max([most_apart(rest, taken, used), *(1 + most_apart(rest, taken, used | {line}) for line in free)])


class Naive:
    """One snapshot, asked rule by rule."""

    def __init__(self, snapshot):
        self.snapshot, self.patient = snapshot, snapshot.patient
        self.entries = [(drug, name) for drug in snapshot.drugs for name in drug.ingredients]

    def taking(self, selector):
        return [(drug, name) for drug, name in self.entries if fits(selector, name, drug.site)]

    def verdicts(self):
        """{(rule id, ingredients): True or None} for every rule that it can read."""
        found = {}
        for rule in get_books().rules:
            for names, verdict in self.rule(rule.array, rule.fields):
                if verdict is not False:
                    key = rule.id, frozenset(names)
                    found[key] = disjunction([verdict, found.get(key, False)])
        return found

    def rule(self, array, fields):
        if array == "pair":
            yield from self.pair(fields)
        elif array == "additive":
            yield from self.additive(fields)
        elif array in PATIENT:
            for drug, name in self.taking(fields["drug"]):
                yield [name], self.decide(fields, {"drug": (drug, name)})

    def pair(self, fields):
        places = [name for name in "abc" if name in fields]
        for meeting in product(*(self.taking(fields[name]) for name in places)):
            drugs, names = {id(drug) for drug, _ in meeting}, {name for _, name in meeting}
            if len(drugs) > 1 and len({same(name)[0] for name in names}) == len(places):
                yield names, self.decide(fields, dict(zip(places, meeting, strict=True)))

    def additive(self, fields):
        taken = self.taking(fields["of"])
        names = {name for _, name in taken}
        if "needs" in fields and not self.taking(fields["needs"]):
            return
        if "score" in fields:
            weights = get_books().classes[fields["score"]]["weights"]
            enough = sum(weights.get(name, 0) for name in names) >= fields["score_at_least"]
        else:
            counted = [(drug, same(name)[0]) for drug, name in taken]
            enough = most_apart(sorted({name for _, name in counted}), counted, frozenset()) >= fields["count"]
        if enough:
            yield names, self.decide(fields, {"of": taken[0]})

    def decide(self, fields, places):
        answers = []
        if "with" in fields:
            answers.append(bool(self.taking(fields["with"])))
        if "without" in fields:
            answers.append(False if self.taking(fields["without"]) else None if self.snapshot.has_unknown_drug else True)
        return conjunction([*answers, self.when(fields.get("when", {}), places)])

    def when(self, when, places):
        return conjunction(getattr(self, name, self.other)(value, when, places) for name, value in when.items())

    def other(self, value, when, places):
        raise AssertionError(f"the oracle does not read {when}")

    def age_min(self, value, when, places):
        return None if self.patient.age is None else self.patient.age >= value

    def age_max(self, value, when, places):
        return None if self.patient.age is None else self.patient.age <= value

    def sex(self, value, when, places):
        return None if self.patient.sex is None else self.patient.sex == value

    def conditions(self, value, when, places):
        return None if self.patient.conditions is None else any(one in self.patient.conditions for one in value)

    def all_conditions(self, value, when, places):
        return None if self.patient.conditions is None else all(one in self.patient.conditions for one in value)

    def no_conditions(self, value, when, places):
        return None if self.patient.conditions is None else not any(one in self.patient.conditions for one in value)

    def egfr(self):
        found = [lab.value for lab in self.patient.labs or () if lab.test == "egfr"]
        return found[0] if found else None

    def egfr_below(self, value, when, places):
        return None if self.egfr() is None else self.egfr() < value

    def egfr_min(self, value, when, places):
        return None if self.egfr() is None else self.egfr() >= value

    crcl_below, crcl_min = egfr_below, egfr_min  # no creatinine in the oracle's cases: the eGFR stands in

    def labs(self, value, when, places):
        answers = []
        for one in value:
            found = [lab.value for lab in self.patient.labs or () if lab.test == one["test"]]
            answers.append((one.get("above", -1e9) < found[0] < one.get("below", 1e9)) if found else None)
        return conjunction(answers)

    def of_childbearing_sex(self):
        """True, False or None: whether pregnancy or breastfeeding can be in question at all."""
        if self.patient.sex == "M" or (self.patient.age is not None and not 12 <= self.patient.age <= 55):
            return False
        return None

    def pregnant(self, value, when, places):
        known = self.patient.is_pregnant
        return (known if known is not None else self.of_childbearing_sex()) and value

    def weeks_min(self, value, when, places):
        known = self.pregnant(True, when, places)
        if not known:
            return known
        return None if self.patient.pregnant_weeks is None else self.patient.pregnant_weeks >= value

    def lactating(self, value, when, places):
        known = self.patient.is_lactating
        return known if known is not None else self.of_childbearing_sex()

    def could_be_pregnant(self, value, when, places):
        if self.patient.sex == "M" or self.patient.is_pregnant:
            return False
        if self.patient.age is not None and not 12 <= self.patient.age <= 50:
            return False
        return None if self.patient.age is None or self.patient.sex is None else True

    def alcohol(self, value, when, places):
        if "alcohol-use-disorder" in (self.patient.conditions or {}):
            return True
        use = self.patient.alcohol
        return None if use is None else use == "heavy" or (use == "some" and value == "any")

    def tobacco(self, value, when, places):
        return None if self.patient.tobacco is None else self.patient.tobacco == value

    def doses(self, value, when, places):
        return conjunction(self.dose(one, places) for one in value)

    def dose(self, one, places):
        drug, name = places[one["of"]]
        dose = drug.doses.get(name)
        if dose is None or dose.base != "mcg":
            return None
        grams = {"mg": 1_000_000, "mcg": 1_000}[one["unit"]]
        amount = dose.scaled / grams
        tests = {"above": lambda x: amount > x, "at_least": lambda x: amount >= x, "below": lambda x: amount < x}
        return all(tests[name](limit) for name, limit in one.items() if name in tests)

    def durations(self, value, when, places):
        return None  # no start dates in the oracle's cases

    def no_reason(self, value, when, places):
        return None  # no reasons for use in the oracle's cases

    def as_needed(self, value, when, places):
        return next(iter(places.values()))[0].as_needed == value

    def typed_as(self, value, when, places):
        text = f" {next(iter(places.values()))[0].typed.lower()} "
        return any(f" {word} " in text for word in value)

    def any(self, value, when, places):
        return disjunction(self.when(one, places) for one in value)
