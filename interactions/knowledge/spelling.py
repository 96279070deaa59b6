"""How a name comes to be misspelled: what each slip costs, and how likely each name is meant (a noisy channel).

A slip by ear ("ph" for "f"), a wrong vowel, a doubled letter or a neighbor on the keyboard costs less than any other
letter. A name's likelihood is its use times exp(-cost); the share of the best among all names in reach is the
confidence. Costs were set from general knowledge of English spelling slips, not fitted to a list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import exp

VOWELS = frozenset("aeiouy")
VOWEL, DOUBLED, HEARD, SWAPPED, SOUND, NEIGHBOR, FULL = 0.5, 0.3, 0.3, 0.7, 0.4, 0.8, 1.0
LOST, LOST_VOWEL, LOST_END = 0.85, 0.7, 0.5
LATE, FIRST_LETTERS = 0.85, 4  # people know how a name begins: a slip further on costs less
WRONG_START = 0.5
SOUNDING_START = 0.2
FAR = 4.0  # no slip beyond this is looked at
BAND = 4  # nor one that shifts a letter by more places
STEEPNESS = 4.0  # a whole wrong letter makes a name about fifty times less likely
_SOUND_GROUPS = ("ckq", "csz", "fv", "gj", "mn", "bp", "dt", "xz", "iy", "xs")
_SOUNDS_LIKE = {(one, other) for group in _SOUND_GROUPS for one in group for other in group if one != other}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {pair for row in _ROWS for pair in pairwise(row)}
_BELOW = {(upper[place], lower[at]) for upper, lower in pairwise(_ROWS) for at in range(len(lower)) for place in (at, at + 1)}
_NEXT = _BESIDE | _BELOW
_NEIGHBORS = _NEXT | {(other, one) for one, other in _NEXT}
# Letters that are written for one another by ear, either way.
_HEARD = (
    "ph f", "x cs", "x ks", "x cks", "x cts", "qu k", "qu kw", "ee i", "ie i", "ie y", "ei i", "ey y", "ea e", "ou u", "oo u", "au o",
    "aw o", "th t", "gh g", "rh r", "ck k", "ck c", "eu u", "ae e", "oe e", "ai a", "air are", "ay a", "sc s", "sh s", "ch k", "ch c",
    "ch sh", "ti sh", "igh i", "ine ene", "ine een", "yl il", "yl el", "ist est", "tt t", "ss c", "zz z", "dg g", "dge ge", "wh w",
    "ow o", "kn n", "mn m", "ps s", "ght t", "sion tion", "ius ious",
)
_PAIRS: dict[tuple[str, str], list[tuple[str, str]]] = {}
for _pair in _HEARD:
    _one, _other = _pair.split()
    for _typed, _meant in ((_one, _other), (_other, _one)):
        _PAIRS.setdefault((_typed[-1], _meant[-1]), []).append((_typed, _meant))
_SOUNDS = (
    (re.compile(r"ph"), "f"), (re.compile(r"th"), "t"), (re.compile(r"ck|ch|qu|[kq]|c(?![eiy])"), "k"), (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[eiy])|z"), "s"), (re.compile(r"[hw]"), ""), (re.compile(r"(?<!^)[aeiouy]+"), ""), (re.compile(r"^[aeiouy]+"), "a"),
    (re.compile(r"v"), "f"), (re.compile(r"m"), "n"), (re.compile(r"j"), "g"), (re.compile(r"d"), "t"), (re.compile(r"b"), "p"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def skeleton_of(key: str) -> str:
    """The consonants by sound: "lasics" and "lasix", "lysinopryl" and "lisinopril" agree."""
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key


def likelihood(use: int, cost: float) -> float:
    """How likely a name of this use (package codes, a rough measure) was meant by a text at this cost; not normalized."""
    return float((use + 20) ** 0.5) * exp(-STEEPNESS * cost)


@lru_cache(8_192)
def cost_of(typed: str, name: str) -> float:
    """What it takes to misspell `name` as `typed` (both keys): 0 for the same, about 1 a wrong letter; FAR beyond reach."""
    lost_typed = [0.0] + [_lost(typed, at) for at in range(1, len(typed) + 1)]
    lost_name = [0.0] + [_lost(name, at) for at in range(1, len(name) + 1)]
    rows = [[sum(lost_name[:place + 1]) for place in range(len(name) + 1)]]
    for at in range(1, len(typed) + 1):
        rows.append(_row(typed, name, rows, at, lost_typed[at], lost_name))
        if min(rows[-1]) > FAR:
            return FAR
    return min(rows[-1][-1] + _start(typed, name), FAR)


def _row(typed: str, name: str, rows: list[list[float]], at: int, lost: float, lost_name: list[float]) -> list[float]:
    """One row of the comparison, no further from the diagonal than BAND."""
    above, one = rows[at - 1], typed[at - 1]
    late = LATE if at > FIRST_LETTERS else 1.0
    row = [FAR] * (len(name) + 1)
    if at <= BAND:
        row[0] = above[0] + lost
    for place in range(max(1, at - BAND), min(len(name), at + BAND) + 1):
        other = name[place - 1]
        best = above[place - 1] if one == other else above[place - 1] + late * _instead(one, other)
        best = min(best, above[place] + late * lost, row[place - 1] + late * lost_name[place])
        if one != other and at > 1 and place > 1 and one == name[place - 2] and typed[at - 2] == other:
            best = min(best, rows[at - 2][place - 2] + late * SWAPPED)
        for heard, meant in _PAIRS.get((one, other), ()):
            if typed.endswith(heard, 0, at) and name.endswith(meant, 0, place):
                best = min(best, rows[at - len(heard)][place - len(meant)] + late * HEARD)
        row[place] = best
    return row


@lru_cache(8_192)
def _start(typed: str, name: str) -> float:
    """What another first letter costs besides, less for one that sounds so ("f" for "ph")."""
    if typed[:1] == name[:1]:
        return 0.0
    sounds = (typed[:1], name[:1]) in _SOUNDS_LIKE or any(
        typed.startswith(one) and name.startswith(other) for pair in _PAIRS.values() for one, other in pair)
    return SOUNDING_START if sounds else WRONG_START


@lru_cache(1_024)
def _instead(one: str, other: str) -> float:
    if (one, other) in _SOUNDS_LIKE:
        return SOUND
    if one in VOWELS and other in VOWELS:
        return VOWEL
    return NEIGHBOR if (one, other) in _NEIGHBORS else FULL


def _lost(text: str, at: int) -> float:
    """The cost of leaving out (or adding) the letter before `at`."""
    letter = text[at - 1]
    if at > 1 and text[at - 2] == letter:
        return DOUBLED
    if at == len(text) and letter in "es":
        return LOST_END
    if letter == "h" and at > 1:
        return LOST_END
    return LOST_VOWEL if letter in VOWELS and at > 1 else LOST if at > 1 else FULL
