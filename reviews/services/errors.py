"""What a review refuses, in sentences that say what to do."""

from mtm.lib.errors import DomainError
from reviews.models import Encounter


class ChartClosed(DomainError):
    """The chart takes no new review."""

    title = "This chart takes no review"


class AlreadyOpen(DomainError):
    """A review of this kind is open; `encounter` is the one to go on with."""

    title = "A review is already open"

    def __init__(self, encounter: Encounter) -> None:
        super().__init__(
            f"A {encounter.get_kind_display().lower()} is already open for this patient. Go on with that one, or mark it as not done first."
        )
        self.encounter = encounter


class EncounterClosed(DomainError):
    """The review is signed or was not done."""

    title = "This review is closed"


class NotAllowed(DomainError):
    """This person may not do this."""

    status = 403
    title = "This needs a pharmacist"


class Incomplete(DomainError):
    """Something that the record needs is missing or contradictory."""

    status = 422
    title = "Something is missing"


class Superseded(DomainError):
    """A newer state exists; what was asked for is about an older one."""

    title = "There is a newer version"
