"""Is a resource valid R4? What is not becomes one warning with its path; reading goes on with tolerance."""

import re
from collections.abc import Iterator
from typing import Any

from exchange.fhir.book import Book, Resource
from exchange.fhir.values import is_altered, tidy

CHECKED = frozenset(
    "Patient Practitioner AllergyIntolerance Condition MedicationRequest MedicationStatement MedicationDispense Medication "
    "Observation Immunization Coverage".split()
)


def validate(book: Book) -> None:
    """Add a warning for each resource of a kind we read that does not conform."""
    for resource in book.of_type(*CHECKED):
        if any(is_altered(text) for text in texts_in(resource)):
            book.warn(resource, "holds hidden or control characters, which were taken out; compare its texts with the source")
        problem = problem_in(resource)
        if problem:
            book.warn(resource, f"is not valid FHIR R4 ({problem}); it was read as far as possible")


def texts_in(resource: Resource) -> Iterator[str]:
    """Every text in a resource but its narrative, found without recursion."""
    waiting: list[Any] = [value for name, value in resource.items() if name != "text"]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def problem_in(resource: Resource) -> str | None:
    """The first error as `path: message`, or None. The values themselves are not repeated."""
    from fhir.resources.R4B import get_fhir_model_class  # with the first file: every start would pay for them else
    from pydantic import ValidationError

    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        found: dict[str, Any] = dict(error.errors(include_url=False, include_input=False, include_context=False)[0])
        path = ".".join(str(part) for part in found["loc"])
        more = f", and {error.error_count() - 1} more" if error.error_count() > 1 else ""
        return tidy(f"{path}: {_plain(found['msg'])}{more}")[:300]
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        return f"unreadable shape, {type(error).__name__}"
    return None


def _plain(message: str) -> str:
    return re.sub(r"^Value error, ", "", message).rstrip(".")
