"""Where a medicine goes: the place that a phrase names, and the route that the place means."""

from __future__ import annotations

from interactions.knowledge.sig_body import BODY_PAIRED, BODY_ROUTES

_ROUTES = BODY_ROUTES | {
    "tube": "oral", "on_tongue": "oral", "subcutaneous": "injection", "intramuscular": "injection", "intravenous": "injection",
    "injected": "injection",
    "nebulized": "inhaled", "right_eye": "ophthalmic", "left_eye": "ophthalmic", "both_eyes": "ophthalmic", "eye": "ophthalmic",
    "right_ear": "otic", "left_ear": "otic", "both_ears": "otic", "ear": "otic", "each_nostril": "nasal", "one_nostril": "nasal",
    "right_nostril": "nasal", "left_nostril": "nasal",
    "nose": "nasal", "area": "topical", "skin": "topical",
}
# The dose is given to each of two sides.
PAIRED = frozenset(("both_eyes", "both_ears", "each_nostril")) | BODY_PAIRED
# The dose may be for one side or for both.
UNSIDED = frozenset(("eye", "ear", "nose"))
# Places so near that another one does not stand in for them.
NAMED = frozenset(BODY_ROUTES) | {"right_eye", "left_eye", "right_ear", "left_ear", "right_nostril", "left_nostril"}
_VERB_ROUTES = {"inhale": "inhaled", "inject": "injection"}


def site_of(site: str) -> str:
    """The route of a place: "left_eye" is ophthalmic, "oral" is oral; "" for none."""
    return _ROUTES.get(site, site)


def route_of(site: str, verb: str, unit: str) -> str | None:
    """The route that place, verb and unit give together; what is inhaled goes in by the mouth."""
    implied = _VERB_ROUTES.get(verb) or {"puff": "inhaled", "injection": "injection"}.get(unit)
    route = site_of(site)
    if route == "oral" and implied == "inhaled":
        return implied
    return route or implied
