"""The resources of one file, found by any kind of reference, and what was noticed while reading them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from exchange.fhir.values import LINE, NAME, dicts, first, tidy

Resource = dict[str, Any]
MAX_NOTES = 200


class Book:
    """One file being read: its resources, an index over them, and the warnings and conflicts so far."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.conflicts: list[str] = []
        self.ignored: Counter[str] = Counter()
        self._resources: dict[str, Resource] = {}
        self._full_urls: dict[str, str] = {}
        self._identifiers: dict[tuple[str, str], str] = {}

    def add(self, resource: Resource, full_url: str = "") -> None:
        """Take a resource in; the same one twice counts once, and of two versions the later counts."""
        key = where(resource) if resource.get("id") else f"#{len(self._resources)}"
        twin = self._resources.get(key)
        self._resources[key] = self._later(twin, resource) if twin else resource
        if full_url:
            self._full_urls[full_url] = key
        for item in dicts(resource.get("identifier")):
            self._identifiers.setdefault((str(item.get("system")), str(item.get("value"))), key)

    def _later(self, one: Resource, other: Resource) -> Resource:
        first_time, second_time = (str(first(item.get("meta")).get("lastUpdated") or "") for item in (one, other))
        if one != other and first_time == second_time:
            self.conflict(other, "stands twice with different content; the second was read")
        return one if first_time > second_time else other

    def everything(self) -> Iterator[Resource]:
        return iter(list(self._resources.values()))

    def of_type(self, *kinds: str) -> Iterator[Resource]:
        return (item for item in self.everything() if item["resourceType"] in kinds)

    def find(self, reference: Any, inside: Resource) -> Resource | None:
        """The resource that a Reference points to: contained, by full URL, by type and id, or by identifier."""
        pointer = first(reference)
        url = pointer.get("reference")
        if not isinstance(url, str) or not url:
            return self._by_identifier(first(pointer.get("identifier")))
        if url.startswith("#"):
            return next((item for item in dicts(inside.get("contained")) if item.get("id") == url[1:]), None)
        if "?identifier=" in url:
            system, _, value = url.partition("?identifier=")[2].rpartition("|")
            return self._by_identifier({"system": system, "value": value})
        return self._resources.get(self._full_urls.get(url, "")) or self._resources.get(type_and_id(url))

    def _by_identifier(self, wanted: dict[str, Any]) -> Resource | None:
        return self._resources.get(self._identifiers.get((str(wanted.get("system")), str(wanted.get("value"))), ""))

    def warn(self, resource: Resource | str, message: str) -> None:
        self._note(self.warnings, resource, message)

    def conflict(self, resource: Resource | str, message: str) -> None:
        self._note(self.conflicts, resource, message)

    def _note(self, notes: list[str], resource: Resource | str, message: str) -> None:
        if len(notes) > MAX_NOTES:
            return
        place = resource if isinstance(resource, str) else where(resource)
        text = f"{place}: {message}" if place else message
        if text not in notes:
            notes.append(text if len(notes) < MAX_NOTES else f"More than {MAX_NOTES} notes; the rest are not listed.")

    def text(self, resource: Resource, value: Any, what: str, *, limit: int = NAME) -> str:
        """A text for the chart without hidden characters; one that is too long is left out and told."""
        shown = tidy(value)
        if len(shown) > limit:
            self.warn(resource, f"the {what} has {len(shown):,} characters, more than {limit}; it was left out")
            return ""
        return shown

    def line(self, resource: Resource, value: Any, what: str) -> str:
        return self.text(resource, value, what, limit=LINE)


def where(resource: Resource) -> str:
    """How a resource is named to people: type and id."""
    return f"{tidy(resource.get('resourceType'))[:40]}/{tidy(str(resource.get('id') or 'without id'))[:64]}"


def source_of(resource: Resource) -> tuple[str, ...]:
    return (where(resource),) if resource.get("id") else ()


def type_and_id(url: str) -> str:
    """`Type/id` of a relative or absolute reference, with or without a version."""
    parts = url.split("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])
