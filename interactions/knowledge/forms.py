"""Dose forms, release and routes: the words that people type and the forms that RxNorm writes."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

ROUTE_OF_FORM = (
    ("intravitreal", "injection"), ("ophthalmic", "ophthalmic"), ("otic", "otic"), ("nasal", "nasal"),
    ("vaginal", "vaginal"), ("intrauterine", "intrauterine"), ("douche", "vaginal"), ("rectal", "rectal"),
    ("enema", "rectal"), ("transdermal", "transdermal"), ("sublingual", "sublingual"), ("buccal", "buccal"),
    ("inhal", "inhaled"), ("mucous membrane", "oromucosal"), ("mucosal", "oromucosal"), ("mouthwash", "oromucosal"),
    ("toothpaste", "dental"), ("oral", "oral"), ("chewable", "oral"), ("chewing gum", "oral"), ("lozenge", "oral"),
    ("inject", "injection"), ("syringe", "injection"), ("cartridge", "injection"), ("implant", "implant"),
    ("intra", "injection"), ("irrigation", "irrigation"), ("topical", "topical"), ("medicated", "topical"),
    ("shampoo", "topical"), ("soap", "topical"), ("paste", "topical"), ("powder spray", "topical"),
    ("extended release suspension", "oral"), ("pyelocalyceal", "irrigation"),
)
# phrase typed -> (RxNorm form must contain one of these, route it implies)
FORM_WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    r"tab(?:let)?s?|tableta?s?|tabl|tbcr|tbec|tb24|tb12|caplets?|pills?|pastillas?|tbs?": (("tablet",), "oral"),
    r"caps?|capsules?|cpdr|cpcr|cp24|cp12|capsulas?|gel ?caps?|softgels?|soft gels?|liqui-?gels?|sprinkles?": (("capsule",), "oral"),
    r"chew(?:able)?s?(?: tab(?:let)?s?)?|gumm(?:y|ies)": (("chewable",), "oral"),
    r"odt|orally disintegrating(?: tab(?:let)?s?)?|disintegrating|rapid(?:ly)? dissol\w*|melts?":
        (("disintegrating",), "oral"),
    r"effervescent": (("effervescent",), "oral"),
    r"sublingual|sl": (("sublingual",), "sublingual"),
    r"buccal": (("buccal",), "buccal"),
    r"films?|strips?": (("film",), ""),
    r"lozenges?|cough drops?|troches?": (("lozenge",), "oral"),
    r"gum": (("chewing gum",), "oral"),
    r"elixir|syrup|syp|jarabe|soln|sol|solution|liquid|liq": (("solution",), ""),
    r"susp|sus|suspension": (("suspension",), ""),
    r"drops?|gtts?|gotas": (("solution", "suspension"), ""),
    r"powders?|pwd|pow|pwdr|packets?|granules|pellets?": (("powder", "granules", "pellet"), ""),
    r"cream|crm|crema": (("cream",), "topical"),
    r"oint(?:ment)?|oin|ung|unguento|pomada": (("ointment",), "topical"),
    r"gel": (("gel",), "topical"),
    r"lotion|lot": (("lotion",), "topical"),
    r"foam": (("foam",), "topical"),
    r"shampoo": (("shampoo",), "topical"),
    r"patch(?:es)?|parches?|tts|transdermal(?: system| patch)?|td": (("transdermal", "patch"), "transdermal"),
    r"inhalers?|inhalador(?:es)?|hfa|mdi|dpi|diskus|respimat|ellipta|handihaler|flexhaler|respiclick|twisthaler|turbuhaler|pressair|redihaler|digihaler|"
    r"inhub|aerosphere|aer|aerb|aepb|aero|neohaler|aerochamber|puffers?|inh":
        (("inhal",), "inhaled"),
    r"nebs?|nebulizer(?: soln| solution)?|nebules?": (("inhalation solution", "inhalation suspension"), "inhaled"),
    r"nasal spray|nasal": (("nasal",), "nasal"),
    r"spray|spr": (("spray",), ""),
    r"supp(?:ository|ositories)?s?|supositorios?": (("suppository",), ""),
    r"enema": (("enema",), "rectal"),
    r"injections?|injectables?|inj|inyeccion(?:es)?|ampolletas?|ampollas?|"
    r"vials?|syringes?|pens?|kwikpen|flexpen|flextouch|solostar|solution for injection|"
    r"auto-?injectors?|prefilled|sureclick|pen injector|shots?|iv|im|sc|sq|subq|subcut|subcutaneous|cartridges?":
        (("inject", "syringe", "cartridge"), "injection"),
    r"vaginal|vag": (("vaginal",), "vaginal"),
    r"rectal|pr": (("rectal", "enema"), "rectal"),
    r"ophthalmic|ophth|ophthal|eye|ocular": (("ophthalmic",), "ophthalmic"),
    r"otic|ear": (("otic",), "otic"),
    r"topical|top": (("topical",), "topical"),
    r"oral": (("oral", "chewable"), "oral"),
    r"implant": (("implant",), "implant"),
    r"iud|intrauterine": (("intrauterine",), "intrauterine"),
    r"mouthwash|mouth rinse|rinse": (("mouthwash", "mucous"), "oromucosal"),
    r"(?:dose|starter|titration) ?(?:pack|pak)|dosepak|packs?|paks?|kits?": (("pack",), ""),
}
RELEASE_WORDS: dict[str, tuple[str, ...]] = {
    r"er|xr|sr|xl|la|cr|cd|xt|ext(?:ended)?[- ]?rel(?:ease)?|extended|sustained[- ]release|long[- ]acting|"
    r"controlled[- ]release|time[- ]release|(?:12|24)[- ]?h(?:ou)?rs?": ("extended release",),
    r"dr|ec|delayed[- ]?rel(?:ease)?|enteric[- ]coated|delayed": ("delayed release",),
    r"ir|immediate[- ]release|regular[- ]release": ("immediate",),
}
FORM_NAMES = (
    "ellipta", "respimat", "diskus", "handihaler", "flexhaler", "respiclick", "redihaler", "inhaler", "flexpen", "flextouch", "kwikpen",
    "solostar", "tablet", "tablets", "capsule", "capsules", "suspension", "solution", "ointment", "cream", "nebulizer", "injection",
    "suppository", "lozenge", "patches", "softgel", "softgels", "chewable", "sublingual",
)  # fmt: skip
SHORTEST_FORM = 5
_END = r"(?![a-z0-9'])"
_FORMS = [(re.compile(rf"(?:{words}){_END}"), needs, route) for words, (needs, route) in FORM_WORDS.items()]
_RELEASES = [(re.compile(rf"(?:{words}){_END}"), needs) for words, needs in RELEASE_WORDS.items()]


@lru_cache(maxsize=512)
def route_of_form(dose_form: str) -> str | None:
    """The route that an RxNorm dose form implies, None for a pack or an unknown form."""
    form = dose_form.lower()
    return next((route for part, route in ROUTE_OF_FORM if part in form), None)


def read_form(folded: str, position: int) -> tuple[tuple[str, ...], str, int]:
    """The longest form phrase at `position`: what RxNorm's form must contain, the route, the end (0 = none)."""
    best: tuple[tuple[str, ...], str, int] = ((), "", 0)
    for pattern, needs, route in _FORMS:
        found = pattern.match(folded, position)
        if found and found.end() > best[2]:
            best = needs, route, found.end()
    return best


def read_release(folded: str, position: int) -> tuple[tuple[str, ...], int]:
    """A release word (ER, XL, EC ...) at `position` and its end (0 = none)."""
    for pattern, needs in _RELEASES:
        found = pattern.match(folded, position)
        if found:
            return needs, found.end()
    return (), 0


@lru_cache(maxsize=512)
def misspelled_form(word: str) -> tuple[str, ...]:
    """What RxNorm's form must contain for a form or device word with one slip ("elipta", "respimet"); () when it is none."""
    if len(word) < SHORTEST_FORM:
        return ()
    meant = next((name for name in FORM_NAMES if OSA.distance(word, name, score_cutoff=1) == 1), "")
    return read_form(meant, 0)[0] if meant else ()
