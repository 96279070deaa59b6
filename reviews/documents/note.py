"""The note for the record, and the addendum: the whole review in sections of plain lines."""

from typing import Any

from reviews.documents.facts import Facts
from reviews.models import ActionItem, Finding, Problem, Recommendation

Section = dict[str, Any]


def note_sections(facts: Facts, acknowledged: list[dict[str, str]]) -> list[Section]:
    """What was reviewed, found, decided, asked and left open, in the order in which it is read; empty sections are left out."""
    sections = [
        ("Review", review_lines(facts)),
        ("Medicines", [medicine_line(line) for line in facts.lines] or [no_medicines(facts)]),
        ("Not checked", not_checked_lines(facts)),
        ("Findings", [finding_line(finding) for finding in facts.findings if finding.status != Finding.Status.GONE]),
        (
            "Judged before the facts changed",
            [finding_line(one) for one in facts.findings if one.status == Finding.Status.GONE and one.is_judged],
        ),
        ("Left open at signing", [f"{one['label']} Reason: {one['reason']}" for one in acknowledged]),
        ("Problems and plan", [line for problem in facts.problems for line in problem_lines(facts, problem)]),
        ("Other steps for the patient", [action_line(action) for action in facts.actions_of(None)]),
        ("Follow-up", follow_up_lines(facts)),
        ("Note", [facts.encounter.note]),
        ("Knowledge used", knowledge_lines(facts)),
    ]
    return [section(title, lines) for title, lines in sections if any(lines)]


def section(title: str, lines: list[str]) -> Section:
    """One section; long text is cut at its own line ends only."""
    return {"title": title, "lines": [part for line in lines for part in line.splitlines() if part.strip()]}


def review_lines(facts: Facts) -> list[str]:
    encounter = facts.encounter
    held = f"{encounter.get_kind_display()}, {facts.service_on:%m/%d/%Y}"
    named = {
        "How": encounter.get_held_how_display() if encounter.held_how else "",
        "With": " ".join(filter(None, [encounter.get_held_with_display(), encounter.participant_name])),
        "Why not the patient": encounter.why_not_patient,
        "Two identifiers checked": "yes" if encounter.identity_checked else "no",
        "Interpreter": encounter.interpreter,
        "Part D plan": encounter.plan_name if encounter.is_medicare else "",
        "What it is about": encounter.scope,
        "What matters most to the patient": encounter.goal,
        "Safe disposal discussed": {True: "yes", False: "no", None: ""}[encounter.disposal_discussed],
    }
    return [held, *(f"{name}: {value}" for name, value in named.items() if value)]


def no_medicines(facts: Facts) -> str:
    return "Takes no medicines." if facts.case.get("medications") == [] or facts.encounter.takes_no_medicines else "Not recorded."


def medicine_line(line: Section) -> str:
    taken = f"; taken as: {line['as_taken']}" if line.get("as_taken") else ""
    reason = f"; reason: {line['reason']}" if line.get("reason") else ""
    stopped = f"; stopped {line['stopped_on']}" if line.get("stopped_on") else ""
    return f"{line['text']}: {line.get('directions') or 'directions not known'}{taken}{reason}{stopped}"


def not_checked_lines(facts: Facts) -> list[str]:
    if facts.screening is None:
        return ["Nothing was checked."]
    return [f"{one['text']}: {one['reason']}" if one["what"] == "medication" else one["reason"] for one in facts.screening.not_checked]


def finding_line(finding: Finding) -> str:
    judgment = finding.judgment or "Not judged"
    return f"{finding.get_severity_display()}: {finding.title}. {judgment}."


def problem_lines(facts: Facts, problem: Problem) -> list[str]:
    cause = f", {problem.cause.lower()}" if problem.cause else ""
    head = f"{problem.statement} ({problem.need}: {problem.get_category_display().lower()}{cause})"
    asked = [recommendation_line(one) for one in facts.recommendations if one.problem_id == problem.pk]
    steps = [action_line(action) for action in facts.actions_of(problem)]
    return [head, *asked, *steps, *([f"No step: {problem.no_step_reason}"] if problem.no_step_reason else [])]


def recommendation_line(row: Recommendation) -> str:
    parts = [f"To {row.prescriber.name} ({row.reference}): {row.request}", row.detail, f"Why: {row.why}" if row.why else "", row.evidence]
    return " ".join(part for part in parts if part)


def action_line(action: ActionItem) -> str:
    dont = action.dont_en or action.dont_es
    parts = [action.do_en or action.do_es, f"Do not: {dont}" if dont else "", f"By {action.by_when:%m/%d/%Y}." if action.by_when else ""]
    return f"Patient ({action.get_wording_display().lower()}): " + " ".join(part for part in parts if part)


def follow_up_lines(facts: Facts) -> list[str]:
    row = facts.follow_up
    return [f"{row.due_on:%m/%d/%Y}, {row.get_how_display().lower()}{f': {row.note}' if row.note else ''}"] if row else []


def knowledge_lines(facts: Facts) -> list[str]:
    screening = facts.screening
    if screening is None:
        return []
    released = f", released {screening.knowledge_released_on:%m/%d/%Y}" if screening.knowledge_released_on else ""
    return [f"Version {screening.knowledge_version}{released}, SHA-256 {screening.knowledge_sha256[:16]}"]
