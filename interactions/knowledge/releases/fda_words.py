"""FDA's words for strengths, forms and routes, in those that the dictionary reads."""

from __future__ import annotations

from itertools import zip_longest

UNITS = {"[iu]": "units", "[usp'u]": "units", "ug": "mcg", "meq": "meq"}
ROUTES = {
    "oral": "oral", "topical": "topical", "cutaneous": "topical", "ophthalmic": "ophthalmic", "auricular (otic)": "otic",
    "nasal": "nasal", "vaginal": "vaginal", "rectal": "rectal", "transdermal": "transdermal", "sublingual": "sublingual",
    "buccal": "buccal", "respiratory (inhalation)": "inhaled", "intravenous": "injection", "intramuscular": "injection",
    "subcutaneous": "injection", "intradermal": "injection", "intravitreal": "injection", "intrauterine": "intrauterine",
}  # fmt: skip
# FDA's words within a form that say how it releases, in the order in which they are looked for.
RELEASES = ("extended release", "delayed release", "chewable", "orally disintegrating", "effervescent", "for suspension", "for solution")


def amounts_in_words(substances: str, strengths: str, units: str) -> str:
    """ "SILDENAFIL CITRATE", "25", "mg/1" as "SILDENAFIL CITRATE 25 mg"; several stand in FDA's order."""
    rows = zip_longest(*(cell.split("; ") for cell in (substances, strengths, units)), fillvalue="")
    return " / ".join(" ".join(filter(None, (name, value, _unit(unit)))) for name, value, unit in rows)


def _unit(unit: str) -> str:
    """ "mg/1" is a milligram in each; "ug/.5mL" and other uneven ratios are left as they are."""
    above, _, below = unit.strip().lower().partition("/")
    above = UNITS.get(above, above)
    return above if below in ("", "1") else f"{above}/{below}"


def form_in_words(form: str) -> str:
    """ "TABLET, FILM COATED, EXTENDED RELEASE" as "tablet extended release"."""
    kind, _, rest = form.lower().partition(",")
    return " ".join([kind.strip(), *(one for one in RELEASES if one in rest)])


def route_in_words(routes: str) -> str | None:
    """The dictionary's route when all of FDA's mean one."""
    found = {ROUTES.get(one.strip().lower()) for one in routes.split(";")}
    return found.pop() if len(found) == 1 else None
