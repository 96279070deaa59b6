"""What keeps a paper from being printed, and what staff should look at before it is signed."""

from collections.abc import Iterator
from typing import Any

from .fit import too_tall
from .glyphs import unsupported_characters
from .papers import COMMON, PAPERS
from .phrases import in_language
from .plain import grade, problems_with_codes
from .schema import PaperProblem, problems_in

HARD_TO_READ = 8
SITES_WANTED = 2


def readable_data(payload: dict[str, Any], document: str, language: str) -> dict[str, Any]:
    """The sections that a paper prints, in one language.

    Raises PaperProblem with every reason at once: a wrong shape; a paper that does not fit this
    review; a sentence that is missing in the language; a character that the paper font lacks; a
    block that no page can hold; a prescription code on a patient's paper.
    """
    if problems := problems_in(payload):
        raise PaperProblem(problems)
    paper = PAPERS[document]
    sections = {key: payload[key] for key in payload if key in COMMON | paper.reads}
    data, missing = in_language(sections, language, skip=paper.skips | {"logo"})  # a picture is no text; see `assets.logo_in`
    problems = [*_unfit(payload, document), *missing, *unsupported_characters(data), *too_tall(data, document)]
    problems += problems_with_codes(data) if paper.is_for_patient else []
    if problems:
        raise PaperProblem(problems)
    return data


def problems_for(payload: dict[str, Any], document: str, language: str) -> list[str]:
    """Why this paper cannot be printed, one line each; empty when it can."""
    try:
        readable_data(payload, document, language)
    except PaperProblem as problem:
        return problem.problems
    return []


def _unfit(payload: dict[str, Any], document: str) -> Iterator[str]:
    if document == "packet" and not payload["plan"]["is_medicare_cmr"]:
        yield "payload.plan.is_medicare_cmr: the packet is for a Medicare comprehensive review only; print pmr and map instead"
    if document == "prescriber_letter" and not payload.get("letters"):
        yield "payload.letters: there is no letter to a prescriber; add one, or print another paper"
    if "record" in PAPERS[document].reads and not payload.get("record"):
        yield "payload.record: nothing is written for the record; write it, or print another paper"


def warnings_for(payload: dict[str, Any], document: str, language: str) -> list[str]:
    """What staff should look at before signing a paper that can be printed; it does not stop the print."""
    data = readable_data(payload, document, language)
    paper = PAPERS[document]
    warnings = [*_missing_facts(data, paper.skips)]
    warnings += _in_one_language(payload) if language != "en" else []
    if "disposal_sites" in paper.reads and len(data.get("disposal_sites") or []) < SITES_WANTED:
        warnings.append(f"payload.disposal_sites: fewer than {SITES_WANTED} drop-off sites near the patient; add them")
    if paper.is_for_patient:
        warnings += _hard_texts(data, language)
    return warnings


def _in_one_language(payload: dict[str, Any]) -> Iterator[str]:
    """Words given without a language: right for names, but hours and kinship are read as sentences."""
    representative = payload["patient"].get("representative") or {}
    given = {
        "organization.hours": payload["organization"].get("hours"),
        "pharmacist.title": payload["pharmacist"].get("title"),
        "patient.representative.relation": representative.get("relation"),
    }
    for path, value in given.items():
        if isinstance(value, str):
            yield f"payload.{path}: printed as it was typed; give it in both languages"


def _missing_facts(data: dict[str, Any], skips: frozenset[str]) -> Iterator[str]:
    if data.get("allergies", {}).get("status") == "not_recorded":
        yield "payload.allergies: not recorded; ask the patient, or record that there are none"
    for index, medicine in enumerate(data.get("medications") or []):
        for field in ("directions", "reason"):
            if field not in skips and not medicine.get(field):
                yield f"payload.medications[{index}].{field}: not known; ask, or the paper tells the patient to ask"


def _hard_texts(data: dict[str, Any], language: str) -> Iterator[str]:
    """Texts above grade 8; single lines are judged together, because a formula says little about one sentence."""
    medicines, topics = data.get("medications") or [], data.get("topics") or []
    groups = {
        "medications": [medicine.get(field) for medicine in medicines for field in ("directions", "as_taken", "reason")],
        "topics": [text for topic in topics for text in (topic["text"], *(action["text"] for action in topic["actions"]))],
        "other_information": [data.get("other_information")],
    }
    for name, texts in groups.items():
        reached = grade(" ".join(f"{text.rstrip('.')}." for text in texts if text), language)
        if reached is not None and reached > HARD_TO_READ:
            yield f"payload.{name}: reads at grade {reached:.0f}, above {HARD_TO_READ}; use shorter sentences and words"
