"""Condition: a health problem, active or past."""

from exchange.chart import ImportedCondition
from exchange.fhir.absent import says_no_conditions
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.values import CODE_SYSTEMS, codings, day, first, label, status_code

NOT_TRUE = frozenset({"refuted", "entered-in-error"})
UNSURE = frozenset({"unconfirmed", "provisional", "differential"})
PAST = frozenset({"inactive", "remission", "resolved"})
BEST_CODES = ("icd10", "snomed", "icd9")


def read_condition(resource: Resource, book: Book) -> ImportedCondition | None:
    """One Condition; None (told) when it is refuted, an error, or says that there is no problem."""
    concept = resource.get("code")
    codes = {CODE_SYSTEMS[system]: code for system, code, _ in reversed(list(codings(concept))) if system in CODE_SYSTEMS and code}
    system = next((name for name in BEST_CODES if len(codes.get(name, "x" * 99)) <= 20), "")
    text = book.text(resource, label(concept) or codes.get(system, ""), "condition")
    certainty = status_code(resource.get("verificationStatus"))
    if certainty in NOT_TRUE:
        book.warn(resource, f"{text or 'a condition'} is {certainty}; it was left out")
        return None
    if not text or says_no_conditions(concept, text):
        book.warn(resource, f'says "{text}"; that is not a condition' if text else "names no condition; it was left out")
        return None
    if certainty in UNSURE:
        book.warn(resource, f"{text} is {certainty}; confirm it before relying on it")
    return _condition(resource, text, system, codes.get(system, ""))


def _condition(resource: Resource, text: str, system: str, code: str) -> ImportedCondition:
    status = status_code(resource.get("clinicalStatus"))
    period = first(resource.get("abatementPeriod"))
    has_ended = any(name.startswith("abatement") and resource[name] is not False for name in resource)
    return ImportedCondition(
        text=text,
        code=code,
        code_system=system,
        is_active=status not in PAST if status else not has_ended,
        source_status=status,
        onset_on=day(resource.get("onsetDateTime")) or day(first(resource.get("onsetPeriod")).get("start")),
        ended_on=day(resource.get("abatementDateTime")) or day(period.get("end")) or day(period.get("start")),
        source=source_of(resource),
    )
