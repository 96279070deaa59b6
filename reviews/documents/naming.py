"""How a medicine is named on paper: each fact once, in the reader's units, whatever was typed where."""

import re
from dataclasses import dataclass
from typing import Any

from .phrases import Words

STRENGTH = re.compile(
    r"(\d[\d,.]*)\s*(mcg|mg|g|ml|meq|units?|unt|iu|%)(?:\s*/\s*[\d.]*\s*(?:ml|hr|h|hour|actuat))?(?![a-z])", re.IGNORECASE
)
SHOUTED = {"MG": "mg", "MCG": "mcg", "ML": "mL", "MEQ": "mEq", "UNT": "units", "HR": "hour", "ACTUAT": "puff", "G": "g"}
COUNTED_FORMS = ("tablet", "capsule")

Data = dict[str, Any]


@dataclass(frozen=True)
class Label:
    """ "Apixaban", "5 mg", "tablet", and what else it is called: "Eliquis"."""

    name: str
    strength: str
    form: str
    others: str
    before_form: str

    @property
    def short(self) -> str:
        return f"{self.name} {self.strength}".strip()

    @property
    def dose(self) -> str:
        return f"{self.strength} {self.form}".strip()

    @property
    def full(self) -> str:
        return self.short + (self.before_form + self.form if self.form else "")


def label_of(medicine: Data, words: Words) -> Label:
    """The parts of a medicine's name. A strength or form that was typed in the name is not said twice.

    When the typed strength is not the recorded one, or the name has several (a combination), the name
    stays as it was typed: it is what stands on the bottle.
    """
    typed = medicine.get("display") or medicine["name"]
    strength, form = quiet(medicine.get("strength") or ""), medicine.get("form") or ""
    said = list(STRENGTH.finditer(typed))
    if len(said) == 1 and typed[: said[0].start()].strip(" ,") and _agrees(said[0], strength):
        name, tail = typed[: said[0].start()].strip(" ,"), typed[said[0].end() :].strip(" ,")
        strength, form = strength or quiet(said[0].group(0)), form or tail
    elif said:
        name, strength, form = typed, "", ""
    else:
        name = typed
    form = "" if form.casefold() in name.casefold() else form
    return Label(capitalized(name), strength, form, other_names(medicine), words["names"]["before_form"])


def _agrees(typed: re.Match[str], recorded: str) -> bool:
    return not recorded or typed.group(1).replace(",", "") == (re.match(r"[\d.]*", recorded.replace(",", "")) or typed).group(0)


def quiet(strength: str) -> str:
    """ "50 MG" as "50 mg": units as patients know them from labels."""
    return re.sub(r"\b[A-Z]{1,6}\b", lambda match: SHOUTED.get(match.group(0), match.group(0)), strength)


def capitalized(name: str) -> str:
    return name[:1].upper() + name[1:]


def other_names(medicine: Data) -> str:
    """Generic and brand that the name does not say already."""
    said = f"{medicine.get('display') or ''} {medicine['name']}".casefold()
    names = [medicine.get("generic"), medicine.get("brand")]
    return ", ".join(name for name in names if name and not all(part.strip().casefold() in said for part in re.split(r"[,/]", name)))


def unit_of(medicine: Data, words: Words) -> str:
    """What is counted: the unit given, else the tablet or capsule of the form, else nothing."""
    if medicine.get("unit"):
        return medicine["unit"]
    form = (medicine.get("form") or label_of(medicine, words).form).casefold()
    named = [name for kind in COUNTED_FORMS for name in words["schedule"]["pictures"][kind]]
    return next((name for name in named if name in form), "")
