"""The words of directions: what each phrase says, in English, Spanish and pharmacy Latin.

Each pattern is tried at a place of the folded text, in this order; the first that fits is taken.
"""

from __future__ import annotations

import re
from fractions import Fraction

NUM = r"(?:\d+ \d+/\d+|\d+/\d+|\d+(?:\.\d+)?|\.\d+)"
_TO = r"\s*(?:-|to|or|a|o)\s*"
RANGE = rf"(?P<low>{NUM})(?:{_TO}(?P<high>{NUM}))?"
END = r"(?![a-z0-9])"
DAY = r"(?:(?:a|per|each|every|al|por|in a|in one|cada|en)\s*|/\s*)?(?:days?|daily|dias?|diari[oa]s?|d|24 ?(?:h(?:ou)?rs?|h|horas?))"
WEEK = r"(?:(?:a|per|each|every|por|a la|cada)\s*|/\s*)?(?:weeks?|weekly|wk|semanas?)"

# unit -> spellings; the first is the singular that is stored
UNITS = {
    "tablet": "tablets? tabs? tabletas? caplets? tb", "capsule": "capsules? caps? capsulas? softgels? gelcaps?",
    "pill": "pills? pastillas?", "mL": "ml mls cc ccs milliliters? mililitros?", "teaspoon": "teaspoons? tsps? teaspoonfuls? cucharaditas?",
    "tablespoon": "tablespoons? tbsps? tablespoonfuls? cucharadas?", "ounce": "ounces? oz onzas?",
    "unit": "units? iu unidades unidad u", "mg": "mg mgs milligrams? miligramos?", "mcg": "mcg mcgs ug micrograms? microgramos?",
    "g": "g gm gms grams? gramos?", "mEq": "meq meqs milliequivalents?",
    "puff": "puffs? inhalations? inhalaciones inhalacion actuations?", "spray": "sprays? squirts? rociadas?",
    "drop": "drops? gtts? gotas?", "patch": "patch patches parches?", "suppository": "suppository suppositories supp supps supositorios?",
    "packet": "packets? sachets? sobres?", "scoop": "scoops? scoopfuls?", "capful": "capfuls? caps?ful", "lozenge": "lozenges? troches?",
    "gummy": "gummy gummies", "film": "films? strips?", "vial": "vials? nebules? nebs? ampules?", "injection": "injections? shots? "
        "inyecciones inyeccion",
    "pen": "pens?", "syringe": "syringes?", "application": "applications? applicatorfuls? applicators?", "piece": "pieces?",
    "dose": "doses? dosis", "lollipop": "lollipops?", "ring": "rings?", "insert": "inserts?",
}
_UNIT = "|".join(sorted((one for words in UNITS.values() for one in words.split()), key=len, reverse=True))
_UNIT_PATTERNS = [(unit, re.compile("|".join(words.split()))) for unit, words in UNITS.items()]

MORNING = r"(?:in the morning|every morning|each morning|q ?a ?m|in the a\.?m\.?|a\.?m\.?|mornings?|por la manana|cada manana|en la manana)"
NOON = (r"(?:at noon|every noon|each noon|at midday|in the afternoon|q ?noon|q ?afternoon|every afternoon|noon|midday|"
        r"al mediodia|por la tarde)")
EVENING = (r"(?:in the evening|every evening|each evening|q ?p ?m|in the p\.?m\.?|p\.?m\.?|evenings?|q ?evening|"
           r"(?:at|before|after|with) (?:the )?(?:dinner|supper|evening meal)|con la cena)")
BEDTIME = (r"(?:at bed ?time|at bed|every bedtime|before bed(?:time)?|at night|nightly|every night|each night|q ?h\.?s\.?|h\.?s\.?|"
           r"bedtime|qnight|q ?night|al acostarse|antes de dormir|por la noche|cada noche|to sleep)")
TIMES = (("morning", MORNING), ("noon", NOON), ("evening", EVENING), ("bedtime", BEDTIME))
MEAL_TIMES = (("morning", r"(?:with|w/|at|before|after|con el) ?(?:the )?(?:breakfast|morning meal|desayuno)"),
              ("noon", r"(?:with|at|before|after|con el) (?:the )?(?:lunch|almuerzo)"),
              ("evening", r"(?:with|w/|at|before|after|con la) ?(?:the )?(?:dinner|supper|evening meal|cena)"))
WEEKDAYS = {
    "sunday": "sun(?:days?)?|domingos?", "monday": "mon(?:days?)?|lunes", "tuesday": "tue(?:s|sdays?)?|martes",
    "wednesday": "wed(?:s|nesdays?)?|miercoles", "thursday": "thu(?:rs|rsdays?|r)?|jueves", "friday": "fri(?:days?)?|viernes",
    "saturday": "sat(?:urdays?)?|sabados?",
}
ROUTES = (
    ("oral", r"(?:taken )?by mouth|po|p\.o\.?|per os|orally|oral|por la boca|por boca|via oral|per ?g-? ?tube|via (?:g|peg|ng)-? ?tube"),
    ("sublingual", r"sl|s\.l\.?|sublingual(?:ly)?|under (?:the|your) tongue|debajo de la lengua"),
    ("buccal", r"buccally|in (?:the )?cheek"),
    ("injection", r"(?:by )?sub ?-?q(?:ly)?|subq|sq|sc|s\.c\.?|s/c|subcut(?:aneous(?:ly)?)?|under (?:the|your) skin|debajo de la piel|"
                  r"im|i\.m\.?|intramuscular(?:ly)?|iv|i\.v\.?|intravenous(?:ly)?|into (?:the|a) (?:muscle|vein)|por inyeccion|"
                  r"by injection"),
    ("inhaled", r"(?:by|via|per) (?:inhalation|nebulizer|neb|inhaler|mouthpiece)|inhaled|via hfa|(?:with|using) (?:a )?spacer|"
                r"into (?:the|your) lungs|por inhalacion|(?:orally )?by inhalation|nebulized"),
    ("ophthalmic", r"(?:in(?:to)?|to|on|en) (?:the |your )?(?:both|each|left|right|affected|ambos|cada)? ?(?:eyes?|ojos?)|o\.?u\.?|"
                   r"o\.?s\.?|"
                   r"o\.?d\.?(?= )|(?:both|each|left|right|affected) eyes?|per eye|each eye"),
    ("otic", r"(?:in(?:to)?|to|en) (?:the |your )?(?:both|each|left|right|affected)? ?(?:ears?|oidos?)|a\.?[sdu]\.?(?= )|"
             r"(?:both|each|left|right|affected) ears?|per ear"),
    ("nasal", r"(?:in(?:to)?|to|per|en) (?:the |your )?(?:both|each|every|one|left|right|alternating)? ?(?:nostrils?|nares|nose|nariz|"
              r"fosa nasal)|"
              r"nasally|intranasal(?:ly)?|(?:each|per|both) nostrils?|by nose"),
    ("rectal", r"rectally|per rectum|pr|into the rectum|por el recto"),
    ("vaginal", r"vaginally|per vagina|pv|intravaginally|into (?:the|your) vagina|por la vagina"),
    ("transdermal", r"transdermal(?:ly)?"),
    ("topical", r"topically|topical|(?:on |to )?(?:the )?skin|(?:on |to )?(?:the )?affected (?:areas?|skin|site)s?|to (?:the )?(?:area|"
                r"face|scalp|feet|"
                r"foot|knees?|back|hands?|body|rash|joints?|lower back|shoulders?)|en la piel"),
)
VERBS = {
    "take": "takes?|taking|tk|tomar|tome|toma|give|drink|swallow", "chew": "chew|mastique", "dissolve": "dissolve|mix|disuelva",
    "inject": "injects?|inyecte|inyectar", "apply": "appl(?:y|ies)|wear|place|put|rub|spread|aplique|aplicar|ponga",
    "inhale": "inhales?|inhalar", "instill": "instill", "insert": "inserts?", "use": "uses?|using|usar|spray|swish|gargle|rinse|administer",
}
FOODS = {
    "with food": r"w/?c\b|wc|w/ ?(?:food|meals?)|with (?:food|meals?|each meal|every meal|a meal|milk|(?:a )?snack)|cc\b|con (?:comida|"
                 r"alimentos)",
    "before meals": r"a\.?c\.?(?: meals)?|before (?:each meal|every meal|a meal|meals?|eating|food)|(?:30|15|60) ?min(?:ute)?s? before "
                    r"(?:each meal|meals?|eating|food|breakfast)|antes de (?:las )?comidas?|antes de comer",
    "after meals": r"p\.?c\.?|after (?:each meal|every meal|a meal|meals?|eating|food)|despues de (?:las )?comidas?|despues de comer",
    "on an empty stomach": r"on (?:an )?empty stomach|en ayunas|con el estomago vacio",
    "": r"with or without food|without regard to (?:food|meals)",
}
MEALS = re.compile(r"a\.?c|p\.?c|meals?$|comidas?$|wc|w/?c")
SPECIALS = {
    "taper": r"taper(?:ing|ed)?(?: dose| schedule)?|dose ?pa[ck]k?|reducir poco a poco",
    "sliding scale": r"(?:per |by |as per )?(?:sliding|correction) scale|ssi|per scale|escala movil",
    "as directed": r"(?:use |take )?as (?:directed|instructed|prescribed)|ud|ut dict|utd|per (?:instructions?|package|protocol|inr|"
                   r"coumadin clinic|clinic|doctor|md)(?: instructions?| directions?)?|segun (?:las )?(?:indicaciones|instrucciones)|as "
                   r"told",
    "changes": r"except|alternat(?:e|ing)|then|increase|decrease|titrate|followed by|on day|day 1|first day|initially|loading",
}
PRN = re.compile(rf"(?:prn|p\.r\.n\.?|(?:only )?(?:as|if|when|whenever) (?:needed|necessary|required)|si (?:lo )?necesita|si es necesario|"
                 rf"cuando (?:lo )?necesite){END}")
REASON = re.compile(r"(?:for|para|x)\s+(?P<why>[a-z][a-z /'-]*)|(?P<bare>[a-z][a-z /'-]*)")


def phrase(words: str) -> re.Pattern[str]:
    """A pattern of whole words."""
    return re.compile(rf"(?:{words}){END}")


HOURS = re.compile(rf"(?:q\s*|every\s*|each\s*|cada\s*)(?P<low>\d+)(?:{_TO}(?P<high>\d+))?\s*(?:h(?:ou)?rs?|h|horas?){END}")
MINUTES = re.compile(rf"(?:q|every|cada)\s*(?P<count>\d+)\s*(?:minutes?|mins?|min|minutos?){END}")
MOST_DOSES = re.compile(rf"(?:x|up to|max(?:imum)?(?: of)?|no more than|not more than|hasta)\s*"
                        rf"(?P<count>\d+)\s*(?P<doses>doses?|dosis)?(?!\s*(?:days?|d|"
                        rf"weeks?|tab|times|per|/|mg)){END}")
MIXED = re.compile(rf"(?:(?:mixed |dissolved |diluted )?(?:in|with|en)\s+)\d+(?:\s*-\s*\d+)?\s*(?:oz|ounces?|ml|cups?|glass(?:es)?|onzas)"
                   rf"(?: (?:of|de))?(?: (?:water|juice|liquid|fluid|beverage|agua|jugo))*{END}")
EVERY_DAYS = re.compile(rf"(?:q\s*|every\s*|each\s*|cada\s*)(?P<count>\d+)(?:st|nd|rd|th)?\s*(?P<period>days?|dias?|d|weeks?|wks?|wk|w|"
                        rf"semanas?|months?|mo|"
                        rf"meses){END}")
AT_MOST = re.compile(r"(?:up to|as many as|no more than|not more than|hasta|no mas de)\s+")
COUNT_A_DAY = re.compile(rf"(?P<low>\d+)(?:{_TO}(?P<high>\d+))?\s*(?:x|times?|veces|vez)\s*{DAY}{END}")
COUNT_A_WEEK = re.compile(rf"(?P<low>\d+)\s*(?:x|times?|veces|vez|days?|dias?)\s*{WEEK}{END}")
ONE_A_DAY = {
    Fraction(1): rf"once {DAY}|una vez {DAY}|q\.?d\.?|q ?24 ?h|q ?day|qdaily|every day|each day|daily|per day|a day|cada dia|"
                 rf"diari[oa]mente|diari[oa]|"
                 r"al dia|todos los dias|/day|everyday|every 24 hours|qday",
    Fraction(2): rf"b\.?i\.?d\.?|twice {DAY}|twice|dos veces {DAY}|two times {DAY}|morning and night",
    Fraction(3): rf"t\.?i\.?d\.?|thrice {DAY}|tres veces {DAY}",
    Fraction(4): rf"q\.?i\.?d\.?|cuatro veces {DAY}",
    Fraction(1, 2): r"q\.?o\.?d\.?|every other day|every second day|every 48 hours|alternate days?|qother day|q other day|un dia si y "
                    r"otro no|"
                    r"cada dos dias|every other night|every other morning",
    Fraction(1, 7): rf"once {WEEK}|once weekly|weekly|every week|each week|q ?week|q ?wk|una vez {WEEK}|semanal|q7d|a week|per week",
    Fraction(2, 7): rf"twice {WEEK}|twice weekly|dos veces {WEEK}",
    Fraction(1, 14): r"every other week|every second week|every two weeks|fortnightly",
    Fraction(1, 30): r"once (?:a|per|every|each) month|once monthly|monthly|every month|each month|q ?month|q ?mo|una vez al mes|mensual",
}
FIXED = [(often, phrase(words)) for often, words in ONE_A_DAY.items()]
DOSE = re.compile(rf"{RANGE}\s*-?\s*(?P<unit>{_UNIT}){END}")
COUNT = re.compile(rf"{RANGE}(?!\s*(?:x|times?|veces|days?|dias?|weeks?|hours?|hrs?|%)\b)(?![\d/.])")
MAXIMUM = re.compile(
    rf"(?:\(?(?:do not take more than|do not use more than|no more than|not more than|not to exceed|do not exceed|don't exceed|nte|"
    rf"max(?:imum)?(?: dose| daily dose)?(?: is| of|:)?|up to|"
    rf"no tome mas de|no use mas de|no mas de|maximo(?: de)?|hasta)\s*)"
    rf"(?P<value>{NUM})\s*(?P<unit>{_UNIT})?\s*(?:{DAY}|in 24 ?h(?:ours)?|/24 ?h|q24h|daily dose|en 24 horas)\)?{END}")
DURATION = re.compile(
    rf"(?:x|for|times|por|durante)\s*(?:the next |up to )?(?P<count>\d+)(?:{_TO}\d+)?\s*(?P<period>days?|d|dias?|weeks?|wks?|wk|w|"
    rf"semanas?|months?|mo|mes(?:es)?){END}")
VERB = [(verb, phrase(words)) for verb, words in VERBS.items()]
ROUTE = [(route, phrase(words)) for route, words in ROUTES]
FOOD = [(food, phrase(words)) for food, words in FOODS.items()]
SPECIAL = [(special, phrase(words)) for special, words in SPECIALS.items()]
TIME = [(time, phrase(words)) for time, words in (*MEAL_TIMES, *TIMES)]
WEEKDAY = [(day, re.compile(rf"(?:on |every |each |los |cada )?(?:{words}){END}")) for day, words in WEEKDAYS.items()]
WEEKDAY_SETS = [
    (("monday", "wednesday", "friday"), phrase(r"m-?w-?f|m/w/f")),
    (("tuesday", "thursday", "saturday"), phrase(r"t-?th-?s|tu-?th-?sa")),
    (("monday", "tuesday", "wednesday", "thursday", "friday"),
     phrase(r"(?:on )?weekdays|mon(?:day)?(?:-| to | through | thru )fri(?:day)?|5 days (?:a|per) week")),
]
# Words that carry no meaning for dose or time.
SILENT = re.compile(
    r"(?:x(?=\s*\d)|sig|or|of|the|a|an|and|&|y|with|con|in|on|at|to|"
    r"total|your|dose|each|thin|layer|film|small|amount|amt|ribbon|pea[- ]sized|"
    r"full|glass|water|plenty|de|la|el|un|una|medication|medicine|only|whole|also|generously|sparingly|gently|well|day|per|by|"
    r"immediate|release|er|xr|tab|capsule|tablet|time|times|hour|hours|about|around|approximately|dosing|same|every|"
    r"if|necessary|needed|indications?|for|subcutaneous|vez|\d{1,2}(?::\d\d)? ?(?:am|pm))(?![a-z0-9])")
_WORDS_TO_NUMBERS = {
    "one half": "1/2", "half a": "1/2", "half": "1/2", "one-half": "1/2", "one and a half": "1 1/2",
    "one and one half": "1 1/2", "media": "1/2",
    "1 and 1/2": "1 1/2", "1 & 1/2": "1 1/2", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8",
    "seven": "7", "nine": "9", "ten": "10", "twelve": "12", "dos": "2", "tres": "3", "cuatro": "4", "seis": "6", "ocho": "8",
}
_WORD = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in sorted(_WORDS_TO_NUMBERS, key=len, reverse=True)))
_REPEATED = re.compile(r"(\d+(?:\.\d+)?)\s*\((?:\1|one|two|three|four)\)")
_SMALL_FIXES = (
    (re.compile(r"\b(\d+) ?1/2\b"), r"\1 1/2"), (re.compile(r"\b0(\d/\d)"), r"\1"),
    (re.compile(r"\bonce every day\b"), "once a day"), (re.compile(r"\bevery (?:1 )?(?:24) ?hours\b"), "once a day"),
    (re.compile(r"\bevery 1 day\b"), "once a day"),
)


def plain(folded: str) -> str:
    """Number words to digits, "1 (one)" to "1", spelled halves to fractions."""
    text = _WORD.sub(lambda found: _WORDS_TO_NUMBERS[found.group()], folded)
    text = _REPEATED.sub(r"\1", text)
    for pattern, better in _SMALL_FIXES:
        text = pattern.sub(better, text)
    return text


def number(text: str) -> Fraction:
    """ "1 1/2", "1/2", "2.5" as a Fraction; ValueError or ZeroDivisionError when it is none."""
    whole, _, rest = text.strip().partition(" ")
    return Fraction(whole) + Fraction(rest) if rest else Fraction(whole)


def unit_of(word: str) -> str:
    """The stored unit of a spelling ("tabs" is tablet)."""
    return next((unit for unit, pattern in _UNIT_PATTERNS if pattern.fullmatch(word)), word)
