"""The public verbs of the consulting room. Every one takes keyword arguments, the last of them who does it."""

from reviews.services.disposal import add_site, change_site
from reviews.services.encounters import DETAILS, abandon_encounter, change_encounter, mark_prepared, start_encounter
from reviews.services.errors import AlreadyOpen, ChartClosed, EncounterClosed, Incomplete, NotAllowed, Superseded
from reviews.services.following import (
    agreed_sentence,
    complete_follow_up,
    record_delivery,
    record_response,
    set_follow_up,
    set_problem_status,
)
from reviews.services.judging import accept_finding, dismiss_finding, reopen_finding, star_finding
from reviews.services.planning import (
    MOST_ACTIONS,
    add_action_item,
    add_problem,
    add_recommendation,
    change_action_item,
    change_problem,
    change_recommendation,
    has_too_many_actions,
    reorder,
    set_no_step_reason,
    withdraw_action_item,
    withdraw_problem,
    withdraw_recommendation,
)
from reviews.services.proposals import PlanProposal, propose_plan
from reviews.services.screening import is_stale, knowledge_now, latest_screening, latest_snapshot, refresh, screen_encounter, take_snapshot

__all__ = [
    "DETAILS",
    "MOST_ACTIONS",
    "AlreadyOpen",
    "ChartClosed",
    "EncounterClosed",
    "Incomplete",
    "NotAllowed",
    "PlanProposal",
    "Superseded",
    "abandon_encounter",
    "accept_finding",
    "add_action_item",
    "add_problem",
    "add_recommendation",
    "add_site",
    "agreed_sentence",
    "change_action_item",
    "change_encounter",
    "change_problem",
    "change_recommendation",
    "change_site",
    "complete_follow_up",
    "dismiss_finding",
    "has_too_many_actions",
    "is_stale",
    "knowledge_now",
    "latest_screening",
    "latest_snapshot",
    "mark_prepared",
    "propose_plan",
    "record_delivery",
    "record_response",
    "refresh",
    "reopen_finding",
    "reorder",
    "screen_encounter",
    "set_follow_up",
    "set_no_step_reason",
    "set_problem_status",
    "star_finding",
    "start_encounter",
    "take_snapshot",
    "withdraw_action_item",
    "withdraw_problem",
    "withdraw_recommendation",
]
