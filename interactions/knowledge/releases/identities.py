"""Who is who among the ingredients of several releases: one identity for one substance, and the name the rules know."""

from __future__ import annotations

from interactions.knowledge.releases.base import Tables
from interactions.knowledge.releases.rrf import Release
from interactions.knowledge.releases.sets import INERT


class Identities:
    """The ingredients of the tables so far, laid under those of a release.

    An ingredient keeps the name it had, because rules and records call it so; a new name of RxNorm is a further name.
    A code that was merged into another, and an ingredient that had no code, become the release's code.
    """

    def __init__(self, shipped: Tables, previous: Tables | None) -> None:
        self.rows: dict[str, list[str]] = {}
        self.further_names: list[tuple[str, str]] = []
        self.added: list[tuple[str, str]] = []
        self.renamed: list[tuple[str, str, str]] = []
        self._moved: dict[str, str] = {}
        self._of_name: dict[str, str] = {}
        for identity, row in shipped.ingredients.items():
            self._add(identity, row)
        for identity, row in (previous.ingredients if previous else {}).items():
            known = self._of_name.get(row[1])
            if identity not in self.rows and known:
                self._move(known, identity)
            elif identity not in self.rows:
                self._add(identity, row)

    def final(self, identity: str) -> str:
        """The identity that a former one has now."""
        for _ in range(10):
            if identity not in self._moved:
                return identity
            identity = self._moved[identity]
        return identity

    def former(self) -> dict[str, str]:
        """Codes that are another code now."""
        return {old: self.final(old) for old in self._moved if not old.startswith("~")}

    def lay_over(self, release: Release) -> None:
        """Take in the ingredients of a release that are in use."""
        active = ((code, one) for code, one in release.concepts.items() if one.type == "IN" and one.is_active)
        in_use = {str(code): one.name for code, one in active if one.name.lower() != INERT}
        merged = self._merged(release, in_use)
        for code, name in in_use.items():
            known = self._of_name.get(name.lower())
            if code in self.rows:
                self._name_again(code, name)
            elif known and known in in_use:
                self._moved[code] = known
            elif known or code in merged:
                self._move(known or merged[code], code)
                self._name_again(code, name)
            else:
                self._add(code, [code, name.lower(), "rx", "", ""])
                self.added.append((code, name))

    def _merged(self, release: Release, in_use: dict[str, str]) -> dict[str, str]:
        """Codes of the release that an ingredient so far was merged into."""
        found: dict[str, str] = {}
        for identity in self.rows:
            archived = release.archived.get(int(identity)) if identity.isdigit() and identity not in in_use else None
            if archived and archived.merged_to in in_use:
                found.setdefault(archived.merged_to, identity)
        return found

    def _add(self, identity: str, row: list[str]) -> None:
        self.rows[identity] = list(row)
        self._of_name[row[1]] = identity

    def _move(self, old: str, new: str) -> None:
        row = self.rows.pop(old)
        self._moved[old] = new
        self._add(new, [new, *row[1:]])

    def _name_again(self, code: str, name: str) -> None:
        """A further name of an ingredient, unless another ingredient has it."""
        before = self.rows[code][1]
        if name.lower() != before:
            self.renamed.append((code, name, before))
            if name.lower() not in self._of_name:
                self.further_names.append((name.lower(), code))
