"""The consulting room's nouns."""

from reviews.models.disposal import DisposalSite
from reviews.models.document import Delivery, DocumentFile, SignedDocument
from reviews.models.encounter import Encounter, FollowUp, ReviewSnapshot
from reviews.models.finding import SEVERITIES, DismissReason, Finding, Screening
from reviews.models.plan import CAUSES, NEED_OF, ActionItem, Category, PrescriberResponse, Problem, Recommendation

__all__ = [
    "CAUSES",
    "NEED_OF",
    "SEVERITIES",
    "ActionItem",
    "Category",
    "Delivery",
    "DismissReason",
    "DisposalSite",
    "DocumentFile",
    "Encounter",
    "Finding",
    "FollowUp",
    "PrescriberResponse",
    "Problem",
    "Recommendation",
    "ReviewSnapshot",
    "Screening",
    "SignedDocument",
]
