"""Coverage: which plan pays, and the member's number there."""

from exchange.chart import ImportedCoverage
from exchange.fhir.book import Book, Resource, source_of
from exchange.fhir.values import first, label, tidy, word


def read_coverage(resource: Resource, book: Book) -> ImportedCoverage | None:
    """A plan membership in force; None (told) when it was cancelled or is only a draft."""
    status = word(resource.get("status"))
    if status in {"cancelled", "draft", "entered-in-error"}:
        book.warn(resource, f"has the status {status}; it was left out")
        return None
    payor = first(resource.get("payor"))
    issuer = book.find(payor, resource) or {}
    plan = tidy(payor.get("display")) or tidy(issuer.get("name")) or label(resource.get("type"))
    if not plan:
        return None
    return ImportedCoverage(
        plan=book.text(resource, plan, "plan"),
        member_id=book.text(resource, resource.get("subscriberId"), "member number", limit=60),
        kind=book.text(resource, label(resource.get("type")), "kind of plan"),
        source=source_of(resource),
    )
