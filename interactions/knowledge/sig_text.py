"""A parsed direction in plain English and Spanish: no Latin, short words, about grade 6.

Spanish is ours and not yet reviewed by a second reader. What a text cannot say exactly it leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from interactions.knowledge.sig_shapes import Sig, SigPart


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one language; units are (one, many)."""

    verbs: dict[str, str]
    units: dict[str, tuple[str, str]]
    routes: dict[str, str]
    times: dict[str, str]
    each_time: dict[str, str]
    days: dict[str, str]
    foods: dict[str, str]
    specials: dict[str, str]
    reasons: dict[str, str]
    to: str
    and_: str
    on: str
    once: str
    times_a: str
    day: str
    week: str
    every_hours: str
    every_days: str
    every_other_day: str
    every_weeks: str
    monthly: str
    as_needed: str
    for_: str
    for_days: str
    no_more: str
    every_minutes: str
    most_doses: str
    up_to: str


_EN = _Language(
    {"take": "Take", "chew": "Chew", "dissolve": "Dissolve", "inject": "Inject", "apply": "Apply", "inhale": "Inhale",
     "instill": "Put", "insert": "Insert", "use": "Use"},
    {"tablet": ("tablet", "tablets"), "capsule": ("capsule", "capsules"), "pill": ("pill", "pills"), "mL": ("mL", "mL"),
     "teaspoon": ("teaspoon", "teaspoons"), "tablespoon": ("tablespoon", "tablespoons"), "ounce": ("ounce", "ounces"),
     "unit": ("unit", "units"), "mg": ("mg", "mg"), "mcg": ("mcg", "mcg"), "g": ("g", "g"), "mEq": ("mEq", "mEq"),
     "puff": ("puff", "puffs"), "spray": ("spray", "sprays"), "drop": ("drop", "drops"), "patch": ("patch", "patches"),
     "suppository": ("suppository", "suppositories"), "packet": ("packet", "packets"), "scoop": ("scoop", "scoops"),
     "capful": ("capful", "capfuls"), "lozenge": ("lozenge", "lozenges"), "gummy": ("gummy", "gummies"),
     "film": ("film", "films"), "vial": ("vial", "vials"), "injection": ("injection", "injections"), "pen": ("pen", "pens"),
     "syringe": ("syringe", "syringes"), "application": ("application", "applications"), "piece": ("piece", "pieces"),
     "dose": ("dose", "doses"), "lollipop": ("lollipop", "lollipops"), "ring": ("ring", "rings"),
     "insert": ("insert", "inserts")},
    {"oral": "by mouth", "sublingual": "under the tongue", "buccal": "in the cheek", "injection": "under the skin",
     "inhaled": "into the lungs", "ophthalmic": "in the eye", "otic": "in the ear", "nasal": "in the nose",
     "rectal": "into the rectum", "vaginal": "into the vagina", "transdermal": "on the skin", "topical": "on the skin"},
    {"morning": "in the morning", "noon": "at noon", "evening": "in the evening", "bedtime": "at bedtime"},
    {"morning": "every morning", "noon": "every day at noon", "evening": "every evening", "bedtime": "every day at bedtime"},
    {"sunday": "Sunday", "monday": "Monday", "tuesday": "Tuesday", "wednesday": "Wednesday", "thursday": "Thursday",
     "friday": "Friday", "saturday": "Saturday"},
    {"with food": "with food", "before meals": "before meals", "after meals": "after meals",
     "on an empty stomach": "on an empty stomach"},
    {"taper": "Lower the dose step by step as told.", "sliding scale": "Set the dose by your blood sugar, as told.",
     "as directed": "Use as directed.", "changes": "The dose changes. Follow the steps you were given."},
    {}, "to", "and", "on", "once", "times", "a day", "a week", "every {} hours", "every {} days", "every other day",
    "every {} weeks", "once a month", "if needed", "for", "for {} days", "Do not use more than {} {} a day.",
    "every {} minutes", "Use it at most {} times, then call 911.", "up to")

_ES = _Language(
    {"take": "Tome", "chew": "Mastique", "dissolve": "Disuelva", "inject": "Inyecte", "apply": "Aplique", "inhale": "Inhale",
     "instill": "Ponga", "insert": "Introduzca", "use": "Use"},
    {"tablet": ("tableta", "tabletas"), "capsule": ("cápsula", "cápsulas"), "pill": ("pastilla", "pastillas"),
     "mL": ("mL", "mL"), "teaspoon": ("cucharadita", "cucharaditas"), "tablespoon": ("cucharada", "cucharadas"),
     "ounce": ("onza", "onzas"), "unit": ("unidad", "unidades"), "mg": ("mg", "mg"), "mcg": ("mcg", "mcg"), "g": ("g", "g"),
     "mEq": ("mEq", "mEq"), "puff": ("inhalación", "inhalaciones"), "spray": ("rociada", "rociadas"),
     "drop": ("gota", "gotas"), "patch": ("parche", "parches"), "suppository": ("supositorio", "supositorios"),
     "packet": ("sobre", "sobres"), "scoop": ("medida", "medidas"), "capful": ("tapa llena", "tapas llenas"),
     "lozenge": ("pastilla para chupar", "pastillas para chupar"), "gummy": ("gomita", "gomitas"),
     "film": ("película", "películas"), "vial": ("ampolla", "ampollas"), "injection": ("inyección", "inyecciones"),
     "pen": ("pluma", "plumas"), "syringe": ("jeringa", "jeringas"), "application": ("aplicación", "aplicaciones"),
     "piece": ("pieza", "piezas"), "dose": ("dosis", "dosis"), "lollipop": ("paleta", "paletas"), "ring": ("anillo", "anillos"),
     "insert": ("óvulo", "óvulos")},
    {"oral": "por la boca", "sublingual": "debajo de la lengua", "buccal": "dentro de la mejilla",
     "injection": "debajo de la piel", "inhaled": "por inhalación", "ophthalmic": "en el ojo", "otic": "en el oído",
     "nasal": "en la nariz", "rectal": "por el recto", "vaginal": "por la vagina", "transdermal": "en la piel",
     "topical": "en la piel"},
    {"morning": "por la mañana", "noon": "al mediodía", "evening": "al anochecer", "bedtime": "al acostarse"},
    {"morning": "cada mañana", "noon": "cada día al mediodía", "evening": "cada día al anochecer",
     "bedtime": "cada día al acostarse"},
    {"sunday": "domingo", "monday": "lunes", "tuesday": "martes", "wednesday": "miércoles", "thursday": "jueves",
     "friday": "viernes", "saturday": "sábado"},
    {"with food": "con comida", "before meals": "antes de las comidas", "after meals": "después de las comidas",
     "on an empty stomach": "en ayunas"},
    {"taper": "Baje la dosis paso a paso según le indicaron.",
     "sliding scale": "Ajuste la dosis según su azúcar en la sangre, como le indicaron.",
     "as directed": "Use según las indicaciones.", "changes": "La dosis cambia. Siga los pasos que le dieron."},
    {"pain": "el dolor", "fever": "la fiebre", "sleep": "dormir", "anxiety": "la ansiedad", "nausea": "las náuseas",
     "itching": "la comezón", "itch": "la comezón", "allergies": "las alergias", "wheezing": "el silbido en el pecho",
     "shortness of breath": "la falta de aire", "sob": "la falta de aire", "chest pain": "el dolor de pecho",
     "cough": "la tos", "constipation": "el estreñimiento", "headache": "el dolor de cabeza",
     "headaches": "el dolor de cabeza", "muscle spasm": "los espasmos musculares",
     "muscle spasms": "los espasmos musculares", "spasms": "los espasmos", "heartburn": "la acidez",
     "diarrhea": "la diarrea", "insomnia": "el insomnio", "swelling": "la hinchazón", "dizziness": "el mareo",
     "migraine": "la migraña", "congestion": "la congestión", "severe pain": "el dolor fuerte",
     "moderate pain": "el dolor moderado", "vomiting": "el vómito", "nausea and vomiting": "las náuseas y el vómito",
     "gas": "los gases", "rash": "el sarpullido", "edema": "la hinchazón"},
    "a", "y", "el", "una vez", "veces", "al día", "a la semana", "cada {} horas", "cada {} días", "un día sí y otro no",
    "cada {} semanas", "una vez al mes", "si lo necesita", "para", "durante {} días", "No use más de {} {} al día.",
    "cada {} minutos", "Úselo {} veces como máximo; luego llame al 911.", "hasta")
MEASURED = ("mg", "mcg", "g", "mL", "unit", "mEq")
_SPANISH_VEZ = {"day": "una vez al día", "week": "una vez a la semana"}
_VERB_OF_ROUTE = {"oral": "take", "sublingual": "take", "inhaled": "inhale", "injection": "inject", "topical": "apply",
                  "transdermal": "apply", "rectal": "insert", "vaginal": "insert"}
_VERB_OF_UNIT = {"puff": "inhale", "patch": "apply", "unit": "inject", "injection": "inject", "drop": "instill",
                 "packet": "take", "scoop": "take", "capful": "take",
                 "suppository": "insert", "application": "apply", "spray": "use", "ring": "insert", "insert": "insert"}


def english(sig: Sig) -> str:
    """The direction in plain English; "" when nothing can be said."""
    return _sentences(sig, _EN)


def spanish(sig: Sig) -> str:
    """The direction in plain Spanish; a reason that the table lacks is left out rather than mixed in."""
    return _sentences(sig, _ES)


def _sentences(sig: Sig, language: _Language) -> str:
    sentences = []
    if sig.special:
        sentences.append(language.specials[sig.special])
    if sig.special != "changes" and not sig.leftover:
        sentences.insert(0, _main(sig, language))
    if sig.max_daily_dose is not None and _is_stated_limit(sig):
        sentences.append(language.no_more.format(quantity(sig.max_daily_dose, sig.max_daily_unit not in MEASURED),
                                                 _unit(sig.max_daily_unit, sig.max_daily_dose, language)))
    if sig.most_doses:
        sentences.append(language.most_doses.format(sig.most_doses))
    return " ".join(one for one in sentences if one)


def _is_stated_limit(sig: Sig) -> bool:
    """A maximum that says more than dose times frequency."""
    allowed = [part.most_per_day for part in sig.parts]
    return None in allowed or sum((one for one in allowed if one is not None), Fraction(0)) != sig.max_daily_dose


def _main(sig: Sig, language: _Language) -> str:
    if not any(part.dose is not None or part.times_per_day is not None or part.minutes for part in sig.parts) and not sig.as_needed:
        return ""
    verb = language.verbs[_verb(sig)]
    parts = [_part(part, sig.route if number == 0 else None, language) for number, part in enumerate(sig.parts)]
    text = f" {language.and_} ".join(part for part in parts if part)
    tail = [language.foods.get(sig.with_food, "")]
    if sig.as_needed:
        tail.append(_as_needed(sig, language))
    if sig.duration_days:
        tail.append(_for_days(sig.duration_days, language))
    return " ".join(one for one in (verb, text, *tail) if one) + "."


def verb_of(route: str | None) -> str:
    """The verb of a route ("oral" is take), "" when the unit must decide."""
    return _VERB_OF_ROUTE.get(route or "", "")


def _verb(sig: Sig) -> str:
    if sig.verb:
        return sig.verb
    return _VERB_OF_UNIT.get(sig.dose_unit) or _VERB_OF_ROUTE.get(sig.route or "") or (
        "take" if sig.dose_unit in ("tablet", "capsule", "pill", "mL", "teaspoon", "tablespoon", "gummy", "mg") else "use")


def _as_needed(sig: Sig, language: _Language) -> str:
    if not sig.as_needed_for:
        return language.as_needed
    reason = sig.as_needed_for if language is _EN else language.reasons.get(sig.as_needed_for, "")
    return f"{language.as_needed} {language.for_} {reason}" if reason else language.as_needed


def _for_days(days: int, language: _Language) -> str:
    text = language.for_days.format(days)
    return text if days > 1 else text.replace("days", "day").replace("días", "día")


def _part(part: SigPart, route: str | None, language: _Language) -> str:
    words = []
    if part.dose is not None:
        words.append(_dose(part, language))
    if route:
        words.append(language.routes.get(route, ""))
    words.append(_often(part, language))
    return " ".join(one for one in words if one)


def _dose(part: SigPart, language: _Language) -> str:
    low, high = part.dose or Fraction(0), part.dose_max
    as_pieces = part.dose_unit not in MEASURED
    text = quantity(low, as_pieces)
    if high is not None:
        text = f"{text} {language.to} {quantity(high, as_pieces)}"
    unit = _unit(part.dose_unit, high or low, language)
    return f"{text} {unit}".strip()


def _unit(unit: str, count: Fraction, language: _Language) -> str:
    one, many = language.units.get(unit, (unit, unit))
    return one if count <= 1 else many


def quantity(value: Fraction, as_pieces: bool = True) -> str:
    """1/2 or 1 1/2 for pieces such as tablets, 0.5 or 2.25 for a measured amount."""
    if value.denominator == 1:
        return str(value.numerator)
    if as_pieces and value.denominator in (2, 3, 4) and value < 10:
        whole, rest = divmod(value, 1)
        return f"{whole} {rest}" if whole else str(rest)
    return f"{float(value):g}"


def _often(part: SigPart, language: _Language) -> str:
    often = part.times_per_day
    if part.minutes:
        return language.every_minutes.format(part.minutes)
    if often is None:
        return ""
    if part.hours:
        low, high = part.hours
        return language.every_hours.format(low if low == high else f"{low} {language.to} {high}")
    when = _when(part, often, language)
    if when:
        return when
    if part.times_max is not None:
        return f"{quantity(often)} {language.to} {quantity(part.times_max)} {language.times_a} {language.day}"
    counted = _counted(often, language)
    return f"{language.up_to} {counted}" if part.is_most and counted else counted


def _when(part: SigPart, often: Fraction, language: _Language) -> str:
    """By names of days and times, where they say how often."""
    if part.weekdays:
        days = _list([language.days[day] for day in part.weekdays], language.and_)
        at = " ".join(language.times[time] for time in part.times)
        return " ".join(one for one in (_counted(often, language), language.on, days, at) if one)
    if part.times and often == len(part.times):
        if len(part.times) == 1:
            return language.each_time[part.times[0]]
        return _list([language.times[time] for time in part.times], language.and_)
    if part.times:
        return f"{_counted(often, language)} {_list([language.times[time] for time in part.times], language.and_)}"
    return ""


def _counted(often: Fraction, language: _Language) -> str:
    if often == 1:
        return _once("day", language)
    if often.numerator == 1:
        return _rarely(often.denominator, language)
    if often.denominator == 1:
        return f"{often.numerator} {language.times_a} {language.day}"
    weekly = often * 7
    if weekly.denominator == 1:
        return f"{weekly.numerator} {language.times_a} {language.week}"
    return ""


def _once(period: str, language: _Language) -> str:
    return _SPANISH_VEZ[period] if language is _ES else f"once a {period}"


def _rarely(days: int, language: _Language) -> str:
    if days == 2:
        return language.every_other_day
    if days == 7:
        return _once("week", language)
    if days == 30:
        return language.monthly
    return language.every_weeks.format(days // 7) if days % 7 == 0 else language.every_days.format(days)


def _list(words: list[str], and_: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {and_} {words[-1]}"
