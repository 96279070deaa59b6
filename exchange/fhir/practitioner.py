"""Who prescribed: a name and, where it is a true one, an NPI."""

from typing import Any, NamedTuple

from accounts.forms import npi_is_valid
from exchange.fhir.book import Book, Resource
from exchange.fhir.values import dicts, first, tidy

NPI = frozenset({"http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6"})


class Person(NamedTuple):
    name: str = ""
    npi: str = ""


def read_person(reference: Any, inside: Resource, book: Book) -> Person:
    """The prescriber behind a reference; nobody when it points to the patient or to a device."""
    pointer = first(reference)
    found = book.find(pointer, inside)
    if found and found.get("resourceType") == "PractitionerRole":
        return read_person(found.get("practitioner"), found, book)
    target = str(found.get("resourceType") if found else pointer.get("reference", "")).lstrip("#").split("/")[0]
    if target in {"Patient", "RelatedPerson", "Device"}:
        return Person()
    shown = book.text(inside, pointer.get("display"), "prescriber's name")
    if not found or target not in {"Practitioner", "Organization"}:
        return Person(shown)
    return Person(book.text(found, full_name(found), "name") or shown, npi_of(found))


def full_name(resource: Resource) -> str:
    """As on a letter, "Dr. Lena Haddad": the first name with its prefix; an organization's name is a plain text."""
    if isinstance(resource.get("name"), str):
        return resource["name"]
    name = first(resource.get("name"))
    prefix, given = (name.get(part) if isinstance(name.get(part), list) else [] for part in ("prefix", "given"))
    named = [tidy(part) for part in [*given, name.get("family")]]
    return " ".join(filter(None, [*map(tidy, prefix), *named])) if any(named) else tidy(name.get("text"))


def npi_of(resource: Resource) -> str:
    """The National Provider Identifier when its check digit holds, else ""."""
    values = (tidy(item.get("value")) for item in dicts(resource.get("identifier")) if tidy(item.get("system")) in NPI)
    return next((value for value in values if npi_is_valid(value)), "")
