"""Signing, addenda and corrections: nothing else may set `signed_at` or make a SignedDocument."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from mtm.lib.errors import DomainError
from reviews.models import Encounter, SignedDocument


@dataclass(frozen=True)
class CheckItem:
    """One line of the checklist before signing.

    `id` is stable while its cause is: "finding:<uuid>", "unchecked:<ref>", "knowledge-age" ...
    `is_blocking` items must be put right; the others need a reason in `acknowledgements`.
    `where` is the anchor of the page's part that settles it: "encounter", "findings", "plan", "patient", "medications", "documents".
    """

    id: str
    is_blocking: bool
    text: str
    where: str = "encounter"
    severity: str = ""


class NotReady(DomainError):
    """The review can't be signed yet; `items` are the lines of the checklist that stand in the way."""

    status = 422
    title = "Not ready to sign"

    def __init__(self, items: list[CheckItem]) -> None:
        super().__init__(" ".join(item.text for item in items))
        self.items = items


def sign_checklist(encounter: Encounter) -> list[CheckItem]:
    """What must be put right before signing (blocking first), then what must be acknowledged with a reason; empty when nothing is."""
    raise NotReady([])


def sign_encounter(
    encounter: Encounter, *, by: User, acknowledgements: dict[str, str] | None = None, meaning: str = "reviewed"
) -> list[SignedDocument]:
    """Sign the review: the documents are complete and fixed from here on, their PDFs are made after the commit.

    `acknowledgements` maps the id of each open CheckItem to the pharmacist's reason; `meaning` is a
    key of MEANINGS. Returns the patient's papers, one letter per prescriber and the note. Raises
    NotReady, NotAllowed (no pharmacist), EncounterClosed (already signed).
    """
    raise NotReady([])


def add_addendum(encounter: Encounter, *, text: str, by: User) -> SignedDocument:
    """Add words to a signed review as a signed document of its own, with a printable file."""
    raise NotReady([])


@dataclass(frozen=True)
class Line:
    """One line of a signed document that may be corrected. `pointer` is a JSON pointer into the payload."""

    pointer: str
    label: str
    text: str
    max_length: int


def correctable_lines(document: SignedDocument) -> list[Line]:
    """The lines that may be corrected, in the order in which they are printed."""
    return []


def correct_document(document: SignedDocument, *, changes: dict[str, str], reason: str, by: User) -> SignedDocument:
    """A new version with the changed lines, signed by its corrector, that names the one it replaces; both stay.

    `changes` maps pointers of `correctable_lines` to their new text. Raises Superseded when a newer
    version exists, Incomplete without a reason or a change.
    """
    raise NotReady([])


def add_file(document: SignedDocument, *, name: str, language: str, by: User) -> Any:
    """A further paper of a signed document, such as the large-print list or a copy in the other language."""
    raise NotReady([])
