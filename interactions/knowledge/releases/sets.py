"""The ingredients of every concept of a release, by RxNorm's relations and, where those are silent, by the name.

A drug with a component that no ingredient was found for has no set at all: half a combination would be checked as
if it were the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from interactions.knowledge.releases.drug_names import components_of, packed_drugs
from interactions.knowledge.releases.rrf import Concept, Release

# The relations that lead from a concept to its ingredients, tried in this order.
WAYS = {
    "PIN": ("form_of",),
    "MIN": ("has_part",),
    "BN": ("tradename_of",),
    "SCDC": ("has_ingredient",),
    "SCDF": ("has_ingredient",),
    "SCDFP": ("has_ingredient",),
    "SCDG": ("has_ingredient",),
    "SCDGP": ("has_ingredient",),
    "SCD": ("consists_of", "has_ingredients", "has_ingredient"),
    "SBD": ("tradename_of", "consists_of"),
    "SBDC": ("tradename_of",),
    "SBDF": ("tradename_of",),
    "SBDFP": ("tradename_of",),
    "SBDG": ("tradename_of",),
    "GPCK": ("contains",),
    "BPCK": ("contains", "tradename_of"),
}
DEEPEST = 5
PACKS = ("GPCK", "BPCK")
SAY_THEIR_PARTS = frozenset({"SCD", "SBD", "SCDC", "SBDC", "SCDF", "SBDF", "SCDFP", "SBDFP"})
ASKED_OFTEN = frozenset({"IN", "SCDC", "SCD"})  # other concepts are made of these
INERT = "inert ingredients"
Identities = frozenset[str]
NONE: Identities = frozenset()


class Sets:
    """Looks up the ingredient set of a code; `named` are ingredients that are known by name besides the release's."""

    def __init__(self, release: Release, named: Mapping[str, str]) -> None:
        self.release = release
        self._known: dict[int, Identities] = {}
        self._same: dict[Identities, Identities] = {}
        self._named = {name: frozenset((identity,)) for name, identity in named.items()}
        self._named.update(_own_names(release))
        self._named[INERT] = NONE

    def of(self, code: int) -> Identities:
        """The identities of all ingredients of a concept; empty when any of them can't be told."""
        return self._one(code, DEEPEST) if code in self.release.concepts else NONE

    def of_name(self, kind: str, name: str) -> Identities:
        """The ingredients that a drug's name alone says; empty when any part of it is not known."""
        if kind in PACKS:
            return self._all(part for drug in packed_drugs(name) for part in components_of(drug))
        if kind in SAY_THEIR_PARTS:
            return self._all(components_of(name))
        if kind == "MIN":
            return self._all(name.split(" / "))
        return self._named.get(name.lower(), NONE) if kind in ("IN", "PIN") else NONE

    def _one(self, code: int, depth: int) -> Identities:
        known = self._known.get(code)
        if known is None:
            concept = self.release.concepts[code]
            known = self._found(code, concept, depth)
            known = self._same.setdefault(known, known)
            if concept.type in ASKED_OFTEN:
                self._known[code] = known
        return known

    def _found(self, code: int, concept: Concept, depth: int) -> Identities:
        if concept.type == "IN":
            return NONE if concept.name.lower() == INERT else frozenset((str(code),))
        related, count = self._related(code, concept, depth)
        if related and (count if concept.type in PACKS else len(related)) >= _parts(concept):
            return related
        named = self.of_name(concept.type, concept.name)
        # Several components may be salts of one ingredient; otherwise fewer ingredients mean that one is missing.
        return named if named >= related else NONE

    def _related(self, code: int, concept: Concept, depth: int) -> tuple[Identities, int]:
        """The ingredients of the related concepts and how many concepts gave any; nothing when one gave none."""
        for way in WAYS.get(concept.type, ()) if depth else ():
            known = {other: self.release.concepts[other] for other in self.release.relations.to(code, way)}
            parts = [self._one(other, depth - 1) for other, one in known.items() if one.type != "BN" and INERT not in one.name]
            if parts and all(parts):
                return frozenset().union(*parts), len(parts)
        return NONE, 0

    def _all(self, names: Iterable[str]) -> Identities:
        wanted = {name.lower() for name in names} - {INERT}
        found = [self._named.get(name, NONE) for name in wanted]
        return frozenset().union(*found) if found and all(found) else NONE


def _parts(concept: Concept) -> int:
    """How many ingredients a name seems to have: its components, or the drugs of a pack."""
    if concept.type in PACKS:
        return len(set(packed_drugs(concept.name)))
    return len(components_of(concept.name)) if concept.type in SAY_THEIR_PARTS else 1


def _own_names(release: Release) -> dict[str, Identities]:
    """Ingredients by the names of ingredients and salts in use; an ingredient's name goes before a salt's."""
    found: dict[str, Identities] = {}
    for code, one in release.concepts.items():
        if one.is_active and one.type == "PIN":
            found[one.name.lower()] = frozenset(map(str, release.relations.to(code, "form_of")))
    for code, one in release.concepts.items():
        if one.is_active and one.type == "IN":
            found[one.name.lower()] = frozenset((str(code),))
    return found
