"""From a Bundle or a single resource to a Book; which FHIR version it is in; what is no chart at all."""

from typing import Any

from exchange.errors import RefusedFile
from exchange.fhir.book import Book, Resource
from exchange.fhir.values import dicts, first, label, tidy, word

MAX_NESTED_BUNDLES = 3
MAX_ENTRIES = 40_000  # of one Bundle; a long life's chart with all its claims has some thousands

# Elements that exist in one version only (hl7.org/fhir, resource pages of R4, R5 and STU3; recalled).
ONLY_IN_R5 = {
    "MedicationRequest": ("medication", "reported", "informationSource", "renderedDosageInstruction"),
    "MedicationStatement": ("medication", "adherence", "renderedDosageInstruction"),
    "MedicationDispense": ("medication", "renderedDosageInstruction"),
    "Immunization": ("administeredProduct",),
    "Condition": ("participant",),
    "Observation": ("bodyStructure", "triggeredBy", "instantiatesCanonical"),
}
ONLY_IN_STU3 = {
    "MedicationStatement": ("taken", "reasonNotTaken"),
    "MedicationRequest": ("definition",),
    "AllergyIntolerance": ("assertedDate",),
    "Condition": ("assertedDate", "context"),
    "Observation": ("context", "comment", "related"),
    "Immunization": ("notGiven", "date"),
}


def open_book(data: dict[str, Any]) -> Book:
    """Every resource of `data` in a Book. RefusedFile when it is JSON but no FHIR."""
    if not isinstance(data.get("resourceType"), str):
        raise RefusedFile(_no_fhir(data))
    book = Book()
    _take_in(data, "", book, nested=0)
    _tell_version(book)
    _tell_failures(book)
    return book


def _no_fhir(data: dict[str, Any]) -> str:
    if "hook" in data and "context" in data:
        return "This is a CDS Hooks request, not a chart. Import a FHIR R4 Bundle."
    return 'This is JSON, but not FHIR: it has no "resourceType". Import a FHIR R4 Bundle or resource.'


def _take_in(resource: Resource, full_url: str, book: Book, *, nested: int) -> None:
    if resource["resourceType"] != "Bundle":
        book.add(resource, full_url)
    elif nested < MAX_NESTED_BUNDLES:
        _take_entries(resource, book, nested=nested)
    else:
        book.warn(resource, "Bundles are nested too deeply; this one was left out")


def _take_entries(bundle: Resource, book: Book, *, nested: int) -> None:
    if any(link.get("relation") == "next" for link in dicts(bundle.get("link"))):
        book.warn(bundle, "this is one page of a longer answer; what is on the other pages is missing")
    entries = bundle.get("entry") or []
    if not isinstance(entries, list):
        book.warn(bundle, '"entry" is not a list; it was left out')
        return
    if len(entries) > MAX_ENTRIES:
        raise RefusedFile(f"The Bundle holds {len(entries):,} resources, more than {MAX_ENTRIES:,}. Export one patient at a time.")
    for place, entry in enumerate(entries, start=1):
        _take_entry(entry, f"entry {place}", book, nested=nested)


def _take_entry(entry: Any, place: str, book: Book, *, nested: int) -> None:
    request = first(first(entry).get("request"))
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if word(request.get("method")) == "delete":
        book.warn(place, "is a request to delete; it was left out")
    elif not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        book.warn(place, "holds no FHIR resource; it was left out")
    else:
        full_url = entry.get("fullUrl")
        _take_in(resource, full_url if isinstance(full_url, str) else "", book, nested=nested + 1)


def _tell_failures(book: Book) -> None:
    """What the server that answered could not give: part of the chart may be missing."""
    for outcome in book.of_type("OperationOutcome"):
        for issue in dicts(outcome.get("issue")):
            if word(issue.get("severity")) in {"fatal", "error"}:
                told = tidy(issue.get("diagnostics")) or label(issue.get("details")) or word(issue.get("code"))
                book.warn(outcome, f"the source could not give everything ({told[:200]}); something may be missing")


def _tell_version(book: Book) -> None:
    for version, shapes in (("R5", ONLY_IN_R5), ("STU3 or older", ONLY_IN_STU3)):
        alike = [item for item in book.of_type(*shapes) if _has_shape(item, shapes[item["resourceType"]])]
        if alike:
            _warn_of_version(book, version, alike)
    old = list(book.of_type("MedicationOrder"))
    plain = [item for item in book.of_type("AllergyIntolerance", "Condition") if isinstance(item.get("clinicalStatus"), str)]
    if old or plain:
        _warn_of_version(book, "STU3 or older", old + plain)


def _has_shape(resource: Resource, names: tuple[str, ...]) -> bool:
    return any(name in resource for name in names)


def _warn_of_version(book: Book, version: str, alike: list[Resource]) -> None:
    kinds = ", ".join(sorted({item["resourceType"] for item in alike}))
    book.warn(
        "", f"Written in the shape of FHIR {version} ({kinds}). This program reads R4; the rest was read as far as possible. Compare it."
    )
