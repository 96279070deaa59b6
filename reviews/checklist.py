"""What stands between a review and its signature: what must be put right, and what must be acknowledged with a reason."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from mtm.lib.canonical import sha256_of
from reviews.documents.checks import problems_for, warnings_for
from reviews.documents.facts import Facts, home_zip
from reviews.documents.letters import letters
from reviews.documents.note import note_sections
from reviews.documents.payload import DRAFT, patient_payload
from reviews.documents.schema import PaperProblem
from reviews.models import Encounter, Finding
from reviews.services.planning import MOST_ACTIONS

RED_AGE_DAYS = 180  # knowledge older than this is acknowledged at signing
LANGUAGES = {"en": "English", "es": "Spanish"}
PLACE = re.compile(r"^payload\.(medications|topics|letters|record|allergies\.items)\[(\d+)\]")
FIELDS = {
    "directions": "directions",
    "reason": "what it is for",
    "as_taken": "how it is really taken",
    "strength": "strength",
    "name": "name",
}
SECTIONS = {
    "payload.other_information": "Other information",
    "payload.patient.name": "The patient's name",
    "payload.patient.representative.relation": "The representative's relation",
    "payload.organization.hours": "The letterhead's hours",
    "payload.medications": "Directions and reasons",
    "payload.topics": "What you talked about",
    "payload.allergies": "Allergies",
    "payload.disposal_sites": "Drop-off sites",
}


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist before signing.

    `id` stays the same while its cause does: "finding:<uuid>", "unchecked:<digits>", "knowledge-age".
    `is_blocking` items must be put right; all others need a reason. `where` is the part of the page
    that settles it: "details", "medications", "findings", "plan", "patient" or "settings".
    """

    id: str
    is_blocking: bool
    label: str
    detail: str = ""
    severity: str = ""
    where: str = "details"

    @property
    def heading(self) -> str:
        """What the sign page calls the group of this item."""
        return {"finding": "Serious findings not judged", "unchecked": "Medicines not checked"}.get(
            self.id.partition(":")[0], "Worth a second look"
        )


def blocking(name: str, label: str, detail: str = "", where: str = "details") -> CheckItem:
    return CheckItem(name, True, label, detail, where=where)


def items_for(facts: Facts, *, is_stale: bool) -> list[CheckItem]:
    """The whole checklist of a review, blocking items first."""
    found = [*held(facts.encounter), *whose(facts), *settled(facts, is_stale=is_stale), *steps(facts)]
    if not found or all(item.id != "organization" for item in found):
        found += papers(facts)
    return [*found, *open_findings(facts), *unchecked(facts), *knowledge(facts), *cautions(facts)]


def held(encounter: Encounter) -> Iterator[CheckItem]:
    """A comprehensive review names its date, way, partner, and the identity check."""
    is_whole = encounter.kind == Encounter.Kind.CMR
    if is_whole and not encounter.held_on:
        yield blocking("held-on", "The date of the review is missing.", "Fill it in under how it was held.")
    if encounter.held_on and encounter.held_on > timezone.localdate():
        yield blocking("held-later", "The date of the review is in the future.", "Sign on the day of the review or later.")
    if is_whole and not encounter.held_how:
        yield blocking("held-how", "How the review was held is missing.", "In person, by phone or by video.")
    if encounter.held_with != Encounter.With.PATIENT and not encounter.participant_name:
        yield blocking("participant", "The name of the person who took part is missing.")
    if is_whole and encounter.held_with != Encounter.With.PATIENT and not encounter.why_not_patient:
        yield blocking("why-not-patient", "Say why the patient could not take part.", "Being hard to reach or declining is no such reason.")
    if (is_whole or encounter.held_on or encounter.held_how) and not encounter.identity_checked:
        yield blocking("identity", "Two identifiers of the patient were not checked.", "Check the full name and the birth date.")
    if encounter.gets_medicare_packet and encounter.disposal_discussed is None:
        yield blocking("disposal", "Say whether safe disposal was discussed.")


def whose(facts: Facts) -> Iterator[CheckItem]:
    """The right chart, the right language, a letterhead."""
    patient, encounter = facts.patient, facts.encounter
    if patient.merged_into_id:
        yield blocking(
            "merged",
            "This chart was merged into another one.",
            "Mark this review as not done and open it on the surviving chart.",
            "patient",
        )
    if patient.language in LANGUAGES and patient.language != encounter.language:
        label = f"The papers are in {LANGUAGES[encounter.language]}, but the chart says {LANGUAGES[patient.language]}."
        yield blocking("language", label, "Change the language of the papers, or the one in the chart.")
    if not facts.organization.phone:
        yield blocking(
            "organization", "The organization has no phone number for its papers.", "Ask a manager to fill in the letterhead.", "settings"
        )


def settled(facts: Facts, *, is_stale: bool) -> Iterator[CheckItem]:
    """The facts are frozen, checked and current."""
    if is_stale:
        yield blocking(
            "stale", "The list, the rules or the day changed since the last check.", "Check again; earlier judgments are kept.", "findings"
        )
    if facts.encounter.kind == Encounter.Kind.CMR and not facts.taken and not facts.encounter.takes_no_medicines:
        yield blocking(
            "no-medicine", "No medicine was reviewed.", "Enter the medicines, or say that the patient takes none.", "medications"
        )
    if facts.taken and facts.encounter.takes_no_medicines:
        yield blocking("takes-none", "The review says that no medicine is taken, but there are some on the list.", "", "medications")


def steps(facts: Facts) -> Iterator[CheckItem]:
    """Every problem has a next step or a reason for none; every step has its topic."""
    asked = {recommendation.problem_id for recommendation in facts.recommendations}
    for problem in facts.problems:
        actions = facts.actions_of(problem)
        if not actions and problem.pk not in asked and not problem.no_step_reason:
            yield blocking(
                f"step:{problem.pk}", f"No next step: {problem.statement}", "Add a step or a request, or say why none is needed.", "plan"
            )
        if actions and not (problem.topic_en or problem.topic_es):
            yield blocking(f"topic:{problem.pk}", f"No line for the patient: {problem.statement}", "Say what you talked about.", "plan")


def papers(facts: Facts) -> Iterator[CheckItem]:
    """What keeps a paper from being printed: a sentence missing in its language, a character without a letter form."""
    payload = patient_payload(facts, DRAFT) | {"letters": letters(facts), "record": note_sections(facts, [])}
    wanted = [(name, facts.encounter.language) for name in patient_papers(facts.encounter)]
    wanted += [("prescriber_letter", "en")] if facts.recommendations else []
    wanted += [("note", "en")]
    lines = [line for name, language in wanted for line in problems_for(payload, name, language)]
    for line in dict.fromkeys(lines):
        path, _, told = line.partition(": ")
        what, _, remedy = told.partition("; ")
        where = "plan" if "topics" in path or "letters" in path else "medications"
        yield blocking(
            f"paper:{sha256_of(line)[:12]}", f"{place(path, payload)}: {what}.", f"{remedy.capitalize()}." if remedy else "", where
        )


def paper_warnings(facts: Facts) -> list[str]:
    """What to look at before signing papers that can be printed, a sentence each; what keeps a paper back is in `papers`."""
    payload = patient_payload(facts, DRAFT)
    lines: dict[str, None] = {}
    for name in patient_papers(facts.encounter):
        try:
            lines |= dict.fromkeys(warnings_for(payload, name, facts.encounter.language))
        except PaperProblem:
            continue
    told = [f"{subject[:1].upper()}{subject[1:]}: {what}.{names}" for (subject, what), names in by_subject(lines, payload).items()]
    if facts.encounter.gets_medicare_packet and not home_zip(facts.patient):
        told.append("The ZIP code of the patient's home is not known; drop-off sites near it are found by its first digits.")
    return told


def by_subject(lines: Iterable[str], payload: dict[str, Any]) -> dict[tuple[str, str], str]:
    """What is told of which field; a field of several medicines is told once, with their names after it."""
    found: dict[tuple[str, str], list[str]] = {}
    for path, _, what in (line.partition(": ") for line in lines):
        match = PLACE.match(path)
        if match and match.group(1) == "medications":
            field = path.rsplit(".", 1)[-1]
            found.setdefault((FIELDS.get(field, field), what), []).append(payload["medications"][int(match.group(2))]["name"])
        else:
            found.setdefault((place(path, payload), what), [])
    return {key: f" {'; '.join(names)}." if names else "" for key, names in found.items()}


def patient_papers(encounter: Encounter) -> tuple[str, ...]:
    """The Medicare packet after a comprehensive review of its program, else record and action plan."""
    return ("packet",) if encounter.gets_medicare_packet else ("pmr", "map")


def place(path: str, payload: dict[str, Any]) -> str:
    """The path of a paper's problem in words: which medicine, which topic."""
    match = PLACE.match(path)
    field = path.rsplit(".", 1)[-1]
    if match is None:
        return SECTIONS.get(path, path.removeprefix("payload."))
    section, number = match.group(1), int(match.group(2))
    if section == "medications":
        return f"{payload['medications'][number]['name']}, {FIELDS.get(field, field)}"
    if section == "topics":
        text = payload["topics"][number]["text"]
        return f"“{text.get('en') or text.get('es') or 'A step'}”"
    if section == "record":
        return f"The note, {payload['record'][number]['title'].lower()}"
    return {"letters": "A letter", "allergies.items": "An allergy"}[section]


def open_findings(facts: Facts) -> Iterator[CheckItem]:
    """Serious findings that nobody judged."""
    for finding in facts.findings:
        if finding.status == Finding.Status.OPEN and finding.is_serious:
            detail = f"Judged before: {finding.earlier_judgment}. The facts changed since." if finding.came_back else "Not judged yet."
            yield CheckItem(f"finding:{finding.pk}", False, f"{finding.title}.", detail, finding.severity, "findings")


def unchecked(facts: Facts) -> Iterator[CheckItem]:
    """Medicines that no rule could look at: each of them, by name."""
    for line in facts.unchecked:
        name = f"unchecked:{sha256_of([line['ref'], line['text']])[:12]}"
        yield CheckItem(name, False, f"{line['text']}: not checked.", "The name was not recognized.", "unknown", "medications")


def knowledge(facts: Facts) -> Iterator[CheckItem]:
    """Rules older than half a year, or of unknown age."""
    if facts.screening is None:
        return
    released = facts.screening.knowledge_released_on
    age = (timezone.localdate() - released).days if released else None
    if age is None or age > RED_AGE_DAYS:
        told = f"They were released {age} days ago." if age is not None else "Their date is not known."
        yield CheckItem("knowledge-age", False, f"The rules used are older than {RED_AGE_DAYS} days.", told, "unknown", "findings")


def cautions(facts: Facts) -> Iterator[CheckItem]:
    """What may be right, but is worth a second thought."""
    if len(facts.actions) > MOST_ACTIONS:
        yield CheckItem(
            "many-actions", False, f"The patient gets {len(facts.actions)} steps.", "More than five are rarely carried out.", where="plan"
        )
    if facts.patient.language not in LANGUAGES:
        language = facts.patient.other_language or "another language"
        yield CheckItem(
            "no-wording",
            False,
            f"The patient reads {language}; the papers are in {LANGUAGES[facts.encounter.language]}.",
            "Arrange for someone to read them out.",
        )
    if facts.encounter.language == "es" and (typed := typed_lines(facts)):
        yield CheckItem(
            "as-typed",
            False,
            "These lines print as they were typed.",
            f"Check that they are in Spanish: {'; '.join(typed)}",
            where="medications",
        )


def typed_lines(facts: Facts) -> list[str]:
    """Words of the chart that have no second language."""
    payload = patient_payload(facts, DRAFT)
    said = [line.get("as_taken") or line.get("stop_reason") for line in payload["medications"]]
    said += [one["reaction"] for one in (*payload["allergies"]["items"], *payload["side_effects"])]
    return [text["es"] for text in said if text and "en" not in text]
