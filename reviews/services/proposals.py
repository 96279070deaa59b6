"""What a finding proposes, so that nothing is typed twice: category and cause, topic, patient's sentence, request.

Pure but for the look-up of the prescribers. The texts are the rule's own; the topic lines below
are fixed sentences for the patient, one per language.
"""

from dataclasses import dataclass
from typing import Any

from mtm.lib.dates import with_us_days
from patients.models import Medication, Prescriber
from reviews.models import ActionItem, Finding, Problem

LONGEST_REQUEST = 200  # one line of the letter; the rest goes into its detail
ADVICE = frozenset({"separate", "educate"})  # how to take it, not whether

# kind of finding -> (category, cause, topic); domain: four needs, seven categories (Cipolle and Strand's order)
PROPOSED: dict[str, tuple[int, str, str]] = {
    "drug_drug": (5, "Interaction", "together"),
    "drug_food": (5, "Interaction", "taking"),
    "opioid_benzodiazepine": (5, "Interaction", "together"),
    "qt": (5, "Interaction", "together"),
    "serotonergic": (5, "Interaction", "together"),
    "bleeding": (5, "Interaction", "together"),
    "cns_polypharmacy": (5, "Interaction", "together"),
    "anticholinergic_burden": (5, "Undesired effect", "together"),
    "allergy": (5, "Allergy", "allergy"),
    "drug_condition": (5, "Unsafe for this patient", "health"),
    "older_adult": (5, "Unsafe for this patient", "health"),
    "hepatic": (5, "Unsafe for this patient", "health"),
    "pregnancy": (5, "Unsafe for this patient", "health"),
    "lactation": (5, "Unsafe for this patient", "health"),
    "renal": (6, "Dose", "amount"),
    "dose": (6, "Dose", "amount"),
    "acetaminophen_total": (6, "Dose", "amount"),
    "opioid_mme": (6, "Dose", "amount"),
    "monitoring": (6, "Needs monitoring", "test"),
    "duplicate_therapy": (1, "Duplicate therapy", "same"),
    "unneeded": (1, "No indication now", "need"),
    "missing_therapy": (2, "Untreated condition", "missing"),
    "adherence": (7, "", "how"),
    "cost": (7, "Cost", "cost"),
}
TOPICS: dict[str, dict[str, str]] = {
    "together": {"en": "You take {drugs} together.", "es": "Usted toma {drugs} al mismo tiempo."},
    "taking": {"en": "We talked about how you take {drugs}.", "es": "Hablamos de cómo toma usted {drugs}."},
    "allergy": {"en": "You take {drugs}. We talked about your allergies.", "es": "Usted toma {drugs}. Hablamos de sus alergias."},
    "health": {"en": "We talked about {drugs} and your health.", "es": "Hablamos de {drugs} y de su salud."},
    "amount": {"en": "We talked about how much {drugs} you take.", "es": "Hablamos de la cantidad de {drugs} que usted toma."},
    "test": {"en": "You take {drugs}. A test helps to keep you safe.", "es": "Usted toma {drugs}. Un análisis ayuda a cuidar su salud."},
    "same": {
        "en": "You take more of the same kind than you may need: {drugs}.",
        "es": "Usted toma más de lo mismo de lo que quizá necesita: {drugs}.",
    },
    "need": {"en": "We talked about whether you still need {drugs}.", "es": "Hablamos de si todavía necesita {drugs}."},
    "missing": {"en": "We talked about a treatment that may help you.", "es": "Hablamos de un tratamiento que puede ayudarle."},
    "how": {"en": "We talked about how you take {drugs}.", "es": "Hablamos de cómo toma usted {drugs}."},
    "cost": {"en": "We talked about what {drugs} costs you.", "es": "Hablamos de lo que le cuesta {drugs}."},
}


@dataclass(frozen=True)
class PlanProposal:
    """Texts to start from; all may be empty, and the pharmacist may change every one."""

    wording: str  # an ActionItem.Wording
    patient_en: str
    patient_es: str
    agreed_en: str
    agreed_es: str
    pending_en: str
    pending_es: str
    request: str
    detail: str
    why: str
    evidence: str
    prescribers: tuple[Prescriber, ...]  # of the medicines that took part, in record order


def propose_problem(finding: Finding) -> dict[str, Any]:
    """The fields of a Problem that a finding answers by itself."""
    data = finding.data
    category, cause, topic = PROPOSED.get(finding.kind, (5, "", "taking"))
    if finding.kind == "renal" and data.get("action") in {"avoid", "stop"}:
        category, cause, topic = 5, "Unsafe for this patient", "health"
    harm = data.get("what_could_happen") or ""
    statement = f"{finding.title}: {harm}" if harm else finding.title
    return {
        "category": category,
        "cause": cause,
        "statement": statement if len(statement) <= 1000 else finding.title,
        "drugs": ", ".join(data["drugs"]),
        "condition": "" if data["drugs"] else finding.title[:200],
        "topic_en": topic_line(topic, data["drugs"], "en"),
        "topic_es": topic_line(topic, data["drugs"], "es"),
        "severity": finding.severity,
    }


def topic_line(topic: str, drugs: list[str], language: str) -> str:
    line = TOPICS[topic if drugs else "missing"][language].format(drugs=listed(drugs, language))
    return line if len(line) <= 600 else TOPICS["taking"][language].format(drugs=listed(drugs[:3], language))


def listed(names: list[str], language: str) -> str:
    """ "a", "a and b", "a, b and c"; Spanish "y" is "e" before the sound i."""
    if len(names) < 2:
        return "".join(names)
    conjunction = {"en": "and", "es": "e" if names[-1].startswith(("i", "hi")) else "y"}[language]
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def propose_plan(problem: Problem) -> PlanProposal:
    """Patient's sentence, prescriber's request, reason and evidence from the problem's finding; empty texts without one.

    The pending sentence stands until a prescriber has agreed; what the patient decides alone (a
    medicine without prescription, a matter of how to take it) is said as agreed at once.
    """
    data = problem.finding.data if problem.finding else {}
    medicines = medicines_of(problem)
    pending, agreed = data.get("patient_pending") or {}, data.get("patient_agreed") or {}
    is_own = is_own_advice(data, medicines) and not names_an_agreement(agreed)
    said = agreed if is_own else pending
    request, detail = split_request(data.get("what_to_do") or "", problem.statement)
    return PlanProposal(
        wording=ActionItem.Wording.AGREED if is_own else ActionItem.Wording.PENDING if data else ActionItem.Wording.OWN,
        patient_en=said.get("en", ""),
        patient_es=said.get("es", ""),
        agreed_en=agreed.get("en", ""),
        agreed_es=agreed.get("es", ""),
        pending_en=pending.get("en", ""),
        pending_es=pending.get("es", ""),
        request=request,
        detail=detail,
        why=fitting([with_us_days(capitalized(one)) for one in data.get("why") or []], 400),
        evidence=evidence_line(data),
        prescribers=tuple(dict.fromkeys(one.prescriber for one in medicines if one.prescriber)),
    )


def medicines_of(problem: Problem) -> list[Medication]:
    """The rows of the record that took part in the finding."""
    refs = (problem.finding.data.get("refs") or []) if problem.finding else []
    rows = Medication.objects.visible_to(problem.organization).of(problem.encounter.patient).for_record()
    return [row for row in rows if str(row.pk) in set(refs)]


def is_own_advice(data: dict[str, Any], medicines: list[Medication]) -> bool:
    """Whether the patient can act without a prescriber: only how to take it, or medicines that nobody told them to buy.

    An over-the-counter medicine with a prescriber, such as aspirin after a stent, waits for that prescriber.
    """
    if not data:
        return False
    if data.get("action") in ADVICE:
        return True
    is_bought = bool(medicines) and all(is_own_choice(one) for one in medicines)
    return is_bought and data.get("action") in {"avoid", "stop"}


def is_own_choice(medication: Medication) -> bool:
    return medication.kind != Medication.Kind.PRESCRIPTION and medication.prescriber_id is None


def names_an_agreement(agreed: dict[str, str]) -> bool:
    """Whether the agreed words say that a doctor decided something: nobody has, before an answer is there."""
    said = " ".join(agreed.values()).casefold()
    return any(words in said for words in ("your doctor", "su médico", "dr.", "dra."))


def split_request(text: str, statement: str) -> tuple[str, str]:
    """The first sentence as the request and the rest as its detail; a long first sentence goes whole into the detail."""
    text = text.strip()
    if len(text) <= LONGEST_REQUEST:
        return text, ""
    first, _, rest = text.partition(". ")
    if len(first) < LONGEST_REQUEST and len(rest) <= 500:
        return f"{first}.", rest
    asked = f"Please review: {statement.split(':')[0]}"
    return (asked if len(asked) <= LONGEST_REQUEST else "Please review this treatment."), fitting(text.split(". "), 500, ". ")


def capitalized(sentence: str) -> str:
    """With a capital first letter, but "eGFR" stays "eGFR"."""
    return sentence if sentence[1:2].isupper() else sentence[:1].upper() + sentence[1:]


def fitting(parts: list[str], limit: int, between: str = "; ") -> str:
    """As many whole parts as fit; no part is cut in the middle."""
    kept: list[str] = []
    for part in parts:
        if len(between.join([*kept, part])) > limit:
            break
        kept.append(part)
    return between.join(kept)


def evidence_line(data: dict[str, Any]) -> str:
    """The titles of the sources, most important first."""
    return fitting([source.get("title", "") for source in data.get("sources") or [] if source.get("title")], 300)
