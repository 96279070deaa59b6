"""What people write about a patient, as ids: problems, allergies, tests with units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from interactions.knowledge.normalize import fold

_TOKEN = re.compile(r"[a-z0-9][a-z0-9.\-/']*[a-z0-9]|[a-z0-9]")
_ICD10 = re.compile(r"^[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$")
_DENIED = re.compile(
    r"^(?:no|denies|not|negative for|ruled out|rule out|without|family history of|fh of|fhx of|mother with|father with)\b(?! longer)|"
    r"\b(?:ruled out|family history|resolved)\b"
)
Tokens = tuple[str, ...]


class Found(NamedTuple):
    """Ids recognized in a text; `is_understood` is False when nothing was and nothing excused it."""

    ids: tuple[str, ...]
    is_understood: bool


class LabReading(NamedTuple):
    """A result brought to the canonical unit, or the reason why it can't be used."""

    test: str | None
    value: float | None
    problem: str = ""


class Phrases:
    """Known phrases by their first word; the longest one at a place wins over those inside it."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[Tokens, str]]] = {}
        for words, one in phrases:
            tokens = tokens_of(words)
            self._by_first.setdefault(tokens[0], []).append((tokens, one))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        """(start, end, id) of every longest phrase; several ids may share one phrase."""
        reached = 0
        for start in range(len(tokens)):
            best = 0
            for words, one in self._by_first.get(tokens[start], ()):
                end = start + len(words)
                if len(words) >= best and end > reached and tokens[start:end] == words:
                    best = len(words)
                    yield start, end, one
            reached = max(reached, start + best if best else reached)


class Vocabulary:
    """Recognizes what stands on a problem list, an allergy list and a laboratory report."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.conditions = tables["conditions"]
        self.labs = tables["labs"]
        allergies = tables["allergies"]
        self._phrases = Phrases((word, one) for one, fields in self.conditions.items() for word in fields["words"])
        self._allergy_phrases = Phrases((word, tag) for word, tags in allergies["words"].items() for tag in tags)
        self._none = frozenset(allergies["none"]["words"])
        self._severe = Phrases((word, "severe") for word in allergies["severe"]["words"])
        self._intolerance = Phrases((word, "intolerance") for word in allergies["intolerance"]["words"])
        self._icd10 = sorted(((code, one) for one, f in self.conditions.items() for code in f.get("icd10", ())), reverse=True)
        self._snomed = {code: one for one, fields in self.conditions.items() for code in fields.get("snomed", ())}
        self._tests = {fold(word): test for test, fields in self.labs.items() for word in fields["words"]}
        self._loinc = {code: test for test, fields in self.labs.items() for code in fields.get("loinc", ())}
        self.condition = lru_cache(20_000)(self._condition)
        self.by_icd10 = lru_cache(20_000)(self._by_icd10)
        self.test_named = lru_cache(20_000)(self._test_named)
        self.reaction = lru_cache(20_000)(self._reaction)
        self.allergy_tags = lru_cache(20_000)(self._allergy_tags)

    def _condition(self, text: str) -> Found:
        """The problems that a text names; a denied one or a relative's is understood and names none."""
        folded = fold(text)
        if _DENIED.search(folded):
            return Found((), True)
        if _ICD10.match(text.strip().upper()):
            return self.by_icd10(text)
        found = dict.fromkeys(one for _, _, one in self._phrases.find(tokens_of(folded)))
        return Found(self.widened(found), bool(found))

    def _by_icd10(self, code: str) -> Found:
        """Problems of an ICD-10-CM code; a well-formed code without a rule is understood and names none."""
        wanted = code.strip().upper()
        if len(wanted) > 3 and "." not in wanted:
            wanted = f"{wanted[:3]}.{wanted[3:]}"
        found = dict.fromkeys(one for prefix, one in self._icd10 if wanted.startswith(prefix))
        return Found(self.widened(found), bool(_ICD10.match(wanted)))

    def by_snomed(self, code: str) -> Found:
        one = self._snomed.get(code)
        return Found(self.widened([one]), True) if one else Found((), False)

    def widened(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids and every wider problem that they imply."""
        found: dict[str, None] = {}
        waiting = list(ids)
        while waiting:
            one = waiting.pop(0)
            if one not in found:
                found[one] = None
                waiting += self.conditions[one].get("broader", ())
        return tuple(found)

    def says_none(self, text: str) -> bool:
        """Whether an allergy entry says that there is none ("NKDA")."""
        return fold(text).strip(" .") in self._none

    def _allergy_tags(self, substance: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag for _, _, tag in self._allergy_phrases.find(tokens_of(fold(substance)))))

    def _reaction(self, text: str) -> tuple[bool | None, bool]:
        """(severe or not or unknown, an intolerance only)."""
        tokens = tokens_of(fold(text))
        if any(self._severe.find(tokens)):
            return True, False
        if any(self._intolerance.find(tokens)):
            return False, True
        return (False if tokens else None), False

    def _test_named(self, name: str, code: str = "") -> str | None:
        return self._loinc.get(code) or self._tests.get(fold(name)) or self._tests.get(fold(re.sub(r"[\[(].*", "", name)))

    def lab(self, test: str, value: float, unit: str) -> LabReading:
        """The value in the test's own unit; an unknown unit or an impossible value is not used."""
        fields = self.labs[test]
        factor = fields["units"].get(unit.strip().lower().replace("μ", "µ"))
        if factor is None:
            return LabReading(test, None, f"the unit {unit!r} of {fields['label']} is not known")
        converted = value * factor
        if not fields["low"] <= converted <= fields["high"]:
            return LabReading(test, None, f"{fields['label']} {value:g} {unit} is not possible and was not used".replace("  ", " "))
        return LabReading(test, round(converted, 4))


def tokens_of(text: str) -> Tokens:
    return tuple(_TOKEN.findall(text))
