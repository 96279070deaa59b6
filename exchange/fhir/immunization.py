"""Immunization: a vaccine that was given."""

from exchange.chart import ImportedImmunization
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.values import CVX, codes_in, day, label, word


def read_immunization(resource: Resource, book: Book) -> ImportedImmunization | None:
    """One vaccination; None (told) when it was not done or is an error."""
    status = word(resource.get("status"))
    name = label(resource.get("vaccineCode"))
    if status in {"not-done", "entered-in-error"} or resource.get("notGiven") is True:
        book.warn(resource, f"{name or 'a vaccine'} was not given or is an error ({status}); it was left out")
        return None
    text = book.text(resource, name, "vaccine")
    if not text:
        return None
    cvx = next((code for code in codes_in(resource.get("vaccineCode"), CVX) if len(code) <= 8), "")
    when = day(resource.get("occurrenceDateTime")) or day(resource.get("date"))
    return ImportedImmunization(name=text, on=when, cvx=cvx, source=source_of(resource))
