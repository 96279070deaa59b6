"""AllergyIntolerance: what not to give, or that nothing is known; never the one as the other."""

import re
from typing import NamedTuple

from exchange.chart import ImportedAllergy
from exchange.fhir.absent import none_known
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.values import CODE_SYSTEMS, codings, dicts, first, label, status_code, tidy, word
from exchange.merge import plain_name

SEVERITIES = ("mild", "moderate", "severe")
REFUTED = frozenset({"refuted", "entered-in-error"})
ALLERGY_LISTS = frozenset({"48765-2", "52472-8"})  # LOINC: allergies and adverse reactions
# "Allergy to peanuts" and "Shellfish allergy" name the substance in a sentence.
SENTENCE = re.compile(r"^(?:allergy|hypersensitivity|intolerance|allergic) to (.+)$|^(.+?) (?:allergy|hypersensitivity|intolerance)$", re.I)


class Answer(NamedTuple):
    """What one resource says: an allergy, or which kind is denied (all, drug, other), or neither."""

    allergy: ImportedAllergy | None = None
    denies: str | None = None


def read_allergy(resource: Resource, book: Book) -> Answer:
    """One AllergyIntolerance. Refuted, mistaken and no longer active ones are left out and told."""
    concept = resource.get("code") or resource.get("substance")
    name = tidy(label(concept)) or _substance_of_reaction(resource)
    if word(status_code(resource.get("verificationStatus"))) in REFUTED or word(resource.get("status")) in REFUTED:
        book.warn(resource, f"{name or 'an allergy'} is {status_code(resource.get('verificationStatus')) or 'an error'}; it was left out")
        return Answer()
    denies = none_known(concept, name)
    if denies:
        return Answer(denies=denies)
    status = status_code(resource.get("clinicalStatus"))
    if status in {"inactive", "resolved"}:
        book.warn(resource, f"{name} is {status}; it was left out of the allergies")
        return Answer()
    return Answer(_allergy(resource, name, book))


def _allergy(resource: Resource, name: str, book: Book) -> ImportedAllergy | None:
    substance = book.text(resource, substance_in(name), "substance")
    if not substance:
        book.warn(resource, "names no substance; it was left out, look it up in the source")
        return None
    if status_code(resource.get("verificationStatus")) == "unconfirmed":
        book.warn(resource, f"{substance} is unconfirmed; ask the patient")
    concept = resource.get("code") or resource.get("substance")
    system, code = next(((CODE_SYSTEMS[at], code) for at, code, _ in codings(concept) if at in CODE_SYSTEMS and code), ("", ""))
    return ImportedAllergy(
        substance=substance,
        reaction=book.text(resource, _reactions(resource), "reaction", limit=300),
        severity=_severity(resource),
        kind=word(resource.get("type")) or status_code(resource.get("type")),
        category=_category(resource),
        criticality=word(resource.get("criticality")),
        code=code,
        code_system=system,
        source=source_of(resource),
    )


def _category(resource: Resource) -> str:
    """medication, food, environment, biologic or ""; R4 has a list, STU3's predecessor a single word."""
    given = resource.get("category")
    return word(next(iter(given), "") if isinstance(given, list) else given)


def substance_in(name: str) -> str:
    """The substance in "Allergy to peanuts (disorder)": Peanuts."""
    plain = plain_name(tidy(name))
    match = SENTENCE.match(plain)
    bare = next(filter(None, match.groups()), plain) if match else plain
    return bare[:1].upper() + bare[1:] if match else bare


def _substance_of_reaction(resource: Resource) -> str:
    return next((label(item.get("substance")) for item in dicts(resource.get("reaction")) if label(item.get("substance"))), "")


def _reactions(resource: Resource) -> str:
    shown = []
    for reaction in dicts(resource.get("reaction")):
        named = [label(item) or label(item.get("concept")) for item in dicts(reaction.get("manifestation"))]
        shown += named if any(named) else [tidy(reaction.get("description"))]
    return ", ".join(dict.fromkeys(filter(None, shown)))


def _severity(resource: Resource) -> str:
    """The worst severity of any reaction; anaphylaxis is told by its name."""
    found = [word(item.get("severity")) for item in dicts(resource.get("reaction"))]
    if "anaphyla" in _reactions(resource).lower():
        return "anaphylaxis"
    return next((level for level in reversed(SEVERITIES) if level in found), "")


def nil_known(resource: Resource) -> bool:
    """True for an allergy List or Composition section that is empty because none is known."""
    return any(
        code in ALLERGY_LISTS and status_code(part.get("emptyReason")) == "nilknown"
        for part in [resource, *dicts(resource.get("section"))]
        for _, code, _ in codings(first(part.get("code")))
    )
