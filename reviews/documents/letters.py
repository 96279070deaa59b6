"""The letter to each prescriber: the facts that matter for the decision, and one request after the other."""

import datetime as dt
from typing import Any

from patients.models import Prescriber, Sex
from reviews.documents.facts import Facts
from reviews.models import Recommendation

ANSWER_WITHIN = dt.timedelta(days=14)  # our own wish, printed as a request
LABS = ("egfr", "creatinine", "potassium", "inr", "a1c", "tsh")
LONGEST = 600

Section = dict[str, Any]


def letters(facts: Facts) -> list[Section]:
    """One letter a prescriber, in the order in which they come up in the plan."""
    by_prescriber: dict[Prescriber, list[Recommendation]] = {}
    for recommendation in facts.recommendations:
        by_prescriber.setdefault(recommendation.prescriber, []).append(recommendation)
    return [letter(facts, prescriber, requests) for prescriber, requests in by_prescriber.items()]


def letter(facts: Facts, prescriber: Prescriber, requests: list[Recommendation]) -> Section:
    return {
        "ref": str(prescriber.pk),
        "prescriber": {
            "name": prescriber.name,
            "credentials": prescriber.credentials or None,
            "address": [line.strip() for line in prescriber.address.splitlines() if line.strip()],
            "phone": prescriber.phone or None,
            "fax": prescriber.fax or None,
        },
        "facts": {"en": facts_line(facts)},
        "answer_by": (facts.prepared_on + ANSWER_WITHIN).isoformat(),
        "requests": [request(one) for one in requests],
    }


def request(row: Recommendation) -> Section:
    urgent = "Urgent, please call us today." if row.is_urgent else ""
    return {
        "code": f"{row.reference[:4]} {row.reference[4:]}",
        "ask": {"en": row.request},
        "detail": words(f"{urgent} {row.detail}"),
        "why": words(row.why),
        "evidence": words(row.evidence),
    }


def words(text: str) -> Section | None:
    return {"en": text.strip()} if text.strip() else None


def facts_line(facts: Facts) -> str:
    """Age, sex, weight, newest results with their month, number of medicines; what was not checked always stands in it."""
    taken, unchecked = facts.taken, [line["text"] for line in facts.unchecked]
    named = f"Not checked for interactions: {', '.join(unchecked)}"
    counted = f"{len(unchecked)} of {len(taken)} medicines could not be checked for interactions"
    rules = f", checked with rules {facts.screening.knowledge_version}" if facts.screening else ""
    parts = [who(facts), *results(facts), f"{len(taken)} medicines{rules}"]
    warning = [named if len(named) <= LONGEST // 2 else counted] if unchecked else []
    while len(" · ".join([*parts, *warning])) > LONGEST:
        del parts[-2]
    return " · ".join([*parts, *warning])


def who(facts: Facts) -> str:
    noun = {Sex.FEMALE: "woman", Sex.MALE: "man"}.get(facts.patient.sex, "person")
    weight = facts.case.get("patient", {}).get("weight_kg")
    return f"{facts.patient.age_on(facts.service_on)}-year-old {noun}" + (f", {weight} kg" if weight else "")


def results(facts: Facts) -> list[str]:
    """The newest of each test that dosing questions turn on."""
    found: dict[str, str] = {}
    for lab in sorted(facts.case.get("labs") or [], key=lambda one: one.get("on") or "", reverse=True):
        name = next((test for test in LABS if test in lab["name"].casefold()), None)
        if name and name not in found and lab.get("value") is not None:
            found[name] = f"{lab['name']} {lab['value']} {lab.get('unit') or ''}".strip() + month(lab.get("on"))
    return list(found.values())


def month(on: str | None) -> str:
    return f" ({on[5:7]}/{on[:4]})" if on else ""
