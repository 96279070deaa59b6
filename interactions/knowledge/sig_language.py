"""The words in which directions are shown: plain English and Spanish, one table each.

Spanish is ours and not yet reviewed by a second reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from interactions.knowledge.sig_body import BODY_EN, BODY_ES


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; units are (one, many); a sentence with {} takes what its name says."""

    name: str
    verbs: dict[str, str]
    units: dict[str, tuple[str, str]]
    sites: dict[str, str]
    times: dict[str, str]
    each_time: dict[str, str]
    meals: dict[str, str]
    relations: dict[str, str]
    days: dict[str, str]
    foods: dict[str, str]
    specials: dict[str, str]
    notes: dict[str, str]
    reasons: dict[str, str]
    said: dict[str, str]


EN = Language(
    "en",
    {"take": "Take", "chew": "Chew", "dissolve": "Dissolve", "inject": "Inject", "apply": "Apply", "inhale": "Inhale",
     "instill": "Put", "insert": "Insert", "use": "Use"},
    {"tablet": ("tablet", "tablets"), "capsule": ("capsule", "capsules"), "pill": ("pill", "pills"), "mL": ("mL", "mL"),
     "teaspoon": ("teaspoon", "teaspoons"), "tablespoon": ("tablespoon", "tablespoons"), "ounce": ("ounce", "ounces"),
     "cup": ("cup", "cups"), "inch": ("inch", "inches"), "pump": ("pump", "pumps"), "click": ("click", "clicks"),
     "unit": ("unit", "units"), "mg": ("mg", "mg"), "mcg": ("mcg", "mcg"), "g": ("g", "g"), "mEq": ("mEq", "mEq"),
     "puff": ("puff", "puffs"), "spray": ("spray", "sprays"), "drop": ("drop", "drops"), "patch": ("patch", "patches"),
     "suppository": ("suppository", "suppositories"), "packet": ("packet", "packets"), "scoop": ("scoop", "scoops"),
     "capful": ("capful", "capfuls"), "lozenge": ("lozenge", "lozenges"), "gummy": ("gummy", "gummies"),
     "film": ("film", "films"), "vial": ("vial", "vials"), "injection": ("injection", "injections"), "pen": ("pen", "pens"),
     "syringe": ("syringe", "syringes"), "application": ("application", "applications"), "piece": ("piece", "pieces"),
     "dose": ("dose", "doses"), "lollipop": ("lollipop", "lollipops"), "ring": ("ring", "rings"),
     "insert": ("insert", "inserts")},
    {"oral": "by mouth", "tube": "through the feeding tube", "sublingual": "under the tongue", "on_tongue": "on the tongue",
    "buccal": "in the cheek",
     "subcutaneous": "under the skin", "intramuscular": "into a muscle", "intravenous": "into a vein", "injected": "by injection",
     "inhaled": "by inhalation", "nebulized": "with a nebulizer", "right_eye": "in the right eye", "left_eye": "in the left eye",
     "both_eyes": "in both eyes", "eye": "in the eye", "right_ear": "in the right ear", "left_ear": "in the left ear",
     "both_ears": "in both ears", "ear": "in the ear", "each_nostril": "in each nostril", "one_nostril": "in one nostril",
     "nose": "in the nose", "rectal": "into the rectum", "vaginal": "into the vagina", "transdermal": "onto the skin",
     "area": "to the affected area", "skin": "on the skin",
     "right_nostril": "in the right nostril", "left_nostril": "in the left nostril"} | BODY_EN,
    {"morning": "in the morning", "noon": "at noon", "evening": "in the evening", "bedtime": "at bedtime"},
    {"morning": "every morning", "noon": "every day at noon", "evening": "every evening", "bedtime": "every day at bedtime"},
    {"morning": "breakfast", "noon": "lunch", "evening": "dinner"},
    {"with": "with", "before": "before", "after": "after"},
    {"sunday": "Sunday", "monday": "Monday", "tuesday": "Tuesday", "wednesday": "Wednesday", "thursday": "Thursday",
     "friday": "Friday", "saturday": "Saturday"},
    {"with food": "with food", "with meals": "with meals", "before meals": "before meals", "after meals": "after meals",
     "on an empty stomach": "on an empty stomach"},
    {"taper": "Lower the dose step by step as told.", "sliding scale": "Set the dose by your blood sugar, as told.",
     "as directed": "Use as directed."},
    {"swallow_whole": "Swallow it whole.", "full_glass": "Drink a full glass of water with it.",
     "mix": "Mix with liquid first.",
     "stay_upright": "Do not lie down for 30 minutes.", "shake": "Shake well.", "swish_swallow": "Swish it in the mouth, then swallow.",
     "swish_spit": "Swish it in the mouth, then spit it out.", "rinse": "Rinse mouth after use.",
     "no_driving": "It may cause drowsiness.", "no_alcohol": "Do not drink alcohol.", "no_grapefruit": "Do not eat grapefruit.",
     "until_gone": "Take until gone.", "remove_patch": "Change place each time.", "same_time": "Take it at the same time each day.",
     "sunscreen": "Avoid sun.", "spacer": "Use with a spacer.", "separate": "Separate from antacids."},
    {},
    {"to": "to", "and": "and", "on": "on", "week": "a week", "once_day": "once a day", "once_week": "once a week",
     "times_day": "{} times a day", "times_week": "{} times a week", "every_hours": "every {} hours", "every_hour": "every hour",
     "every_days": "every {} days", "every_other_day": "every other day", "in_between": "on the days in between",
     "every_weeks": "every {} weeks", "every_other_week": "every 2 weeks", "monthly": "once a month", "every_months": "every {} months",
     "yearly": "once a year", "every_years": "every {} years", "if_needed": "if needed", "for": "for",
     "for_days": "for {} days", "for_day": "for 1 day", "no_more": "Do not use more than {} a day.",
     "no_more_week": "Do not use more than {} a week.", "every_minutes": "every {} minutes",
     "most_doses": "Use it at most {} times, then call 911.", "up_to": "up to {}", "one_time": "one time",
     "a_day": "{} a day in all", "each_time": "each time",
     "then": "Then", "minutes": "{} minutes", "hours": "{} hours", "hour": "1 hour", "at": "at {}", "am": "{} am",
     "pm": "{} pm", "row": "{} to {}: {} units.",
     "row_open": "Above {}: {} units.", "conflict": "The directions say both \u201c{}\u201d and \u201c{}\u201d. Ask before you use it.",
     "again_wait": "You can use it again after {}.", "again": "You can use it again {} times."})

ES = Language(
    "es",
    {"take": "Tome", "chew": "Mastique", "dissolve": "Disuelva", "inject": "Inyecte", "apply": "Aplique", "inhale": "Inhale",
     "instill": "Ponga", "insert": "Introduzca", "use": "Use"},
    {"tablet": ("tableta", "tabletas"), "capsule": ("cápsula", "cápsulas"), "pill": ("pastilla", "pastillas"),
     "mL": ("mL", "mL"), "teaspoon": ("cucharadita", "cucharaditas"), "tablespoon": ("cucharada", "cucharadas"),
     "ounce": ("onza", "onzas"), "cup": ("taza", "tazas"), "inch": ("pulgada", "pulgadas"), "pump": ("bombeo", "bombeos"),
     "click": ("clic", "clics"),
     "unit": ("unidad", "unidades"), "mg": ("mg", "mg"), "mcg": ("mcg", "mcg"), "g": ("g", "g"),
     "mEq": ("mEq", "mEq"), "puff": ("inhalación", "inhalaciones"), "spray": ("rociada", "rociadas"),
     "drop": ("gota", "gotas"), "patch": ("parche", "parches"), "suppository": ("supositorio", "supositorios"),
     "packet": ("sobre", "sobres"), "scoop": ("medida", "medidas"), "capful": ("tapa llena", "tapas llenas"),
     "lozenge": ("pastilla para chupar", "pastillas para chupar"), "gummy": ("gomita", "gomitas"),
     "film": ("película", "películas"), "vial": ("ampolla", "ampollas"), "injection": ("inyección", "inyecciones"),
     "pen": ("pluma", "plumas"), "syringe": ("jeringa", "jeringas"), "application": ("aplicación", "aplicaciones"),
     "piece": ("pieza", "piezas"), "dose": ("dosis", "dosis"), "lollipop": ("paleta", "paletas"), "ring": ("anillo", "anillos"),
     "insert": ("óvulo", "óvulos")},
    {"oral": "por la boca", "tube": "por la sonda", "sublingual": "debajo de la lengua", "on_tongue": "sobre la lengua",
    "buccal": "dentro de la mejilla",
     "subcutaneous": "debajo de la piel", "intramuscular": "en el músculo", "intravenous": "en la vena", "injected": "por inyección",
     "inhaled": "por inhalación", "nebulized": "con nebulizador", "right_eye": "en el ojo derecho", "left_eye": "en el ojo izquierdo",
     "both_eyes": "en ambos ojos", "eye": "en el ojo", "right_ear": "en el oído derecho", "left_ear": "en el oído izquierdo",
     "both_ears": "en ambos oídos", "ear": "en el oído", "each_nostril": "en cada orificio nasal",
     "one_nostril": "en un orificio nasal", "nose": "en la nariz", "rectal": "por el recto", "vaginal": "por la vagina",
     "transdermal": "sobre la piel", "area": "en el área afectada", "skin": "en la piel",
     "right_nostril": "en el orificio nasal derecho", "left_nostril": "en el orificio nasal izquierdo"} | BODY_ES,
    {"morning": "por la mañana", "noon": "al mediodía", "evening": "al anochecer", "bedtime": "al acostarse"},
    {"morning": "cada mañana", "noon": "cada día al mediodía", "evening": "cada día al anochecer",
     "bedtime": "cada día al acostarse"},
    {"morning": "el desayuno", "noon": "el almuerzo", "evening": "la cena"},
    {"with": "con", "before": "antes de", "after": "después de"},
    {"sunday": "domingo", "monday": "lunes", "tuesday": "martes", "wednesday": "miércoles", "thursday": "jueves",
     "friday": "viernes", "saturday": "sábado"},
    {"with food": "con comida", "with meals": "con las comidas", "before meals": "antes de las comidas",
     "after meals": "después de las comidas", "on an empty stomach": "en ayunas"},
    {"taper": "Baje la dosis paso a paso según le indicaron.",
     "sliding scale": "Ajuste la dosis según su azúcar en la sangre, como le indicaron.",
     "as directed": "Use según las indicaciones."},
    {"swallow_whole": "Trague entero.", "full_glass": "Tome con un vaso de agua.",
     "mix": "Mezcle con líquido primero.",
     "stay_upright": "Quédese sentado o de pie 30 minutos.", "shake": "Agite bien.", "swish_swallow": "Enjuague en la boca y trague.",
     "swish_spit": "Enjuague en la boca y escupa.", "rinse": "Enjuague la boca después de usar.",
     "no_driving": "Puede causar sueño.", "no_alcohol": "No tome alcohol.", "no_grapefruit": "Evite la toronja.",
     "until_gone": "Tome hasta terminar.", "remove_patch": "Cambie de lugar cada vez.",
     "same_time": "Tome a la misma hora cada día.", "sunscreen": "Evite el sol.", "spacer": "Use con espaciador.",
     "separate": "Tome lejos de otros medicamentos."},
    {"pain": "el dolor", "fever": "la fiebre", "sleep": "dormir", "anxiety": "la ansiedad", "nausea": "las náuseas",
     "itching": "la comezón", "allergies": "las alergias", "wheezing": "el silbido en el pecho",
     "shortness of breath": "la falta de aire", "chest pain": "el dolor de pecho",
     "cough": "la tos", "constipation": "el estreñimiento", "headache": "el dolor de cabeza",
     "muscle spasms": "los espasmos musculares", "spasms": "los espasmos", "spasm": "el espasmo",
     "anaphylaxis": "la anafilaxia", "restlessness": "la inquietud",
     "wheezing or shortness of breath": "el silbido en el pecho o la falta de aire", "weakness": "la debilidad",
     "cramps": "los calambres", "hives": "las ronchas", "stomach pain": "el dolor de estómago", "burning": "el ardor",
     "allergic reaction": "la reacción alérgica", "loose stools": "las heces sueltas", "hiccups": "el hipo", "heartburn": "la acidez",
     "diarrhea": "la diarrea", "insomnia": "el insomnio", "swelling": "la hinchazón", "dizziness": "el mareo",
     "migraine": "la migraña", "congestion": "la congestión", "severe pain": "el dolor fuerte",
     "moderate pain": "el dolor moderado", "mild pain": "el dolor leve", "vomiting": "el vómito",
     "nausea and vomiting": "las náuseas y el vómito", "nausea or vomiting": "las náuseas o el vómito",
     "gas": "los gases", "rash": "el sarpullido", "back pain": "el dolor de espalda", "joint pain": "el dolor de las articulaciones",
     "muscle pain": "el dolor muscular", "panic attacks": "los ataques de pánico", "agitation": "la agitación",
     "dry eyes": "los ojos secos", "allergy symptoms": "los síntomas de alergia", "runny nose": "la nariz que gotea",
     "sore throat": "el dolor de garganta", "pain or fever": "el dolor o la fiebre", "vertigo": "el vértigo",
     "seizures": "las convulsiones", "leg cramps": "los calambres en las piernas", "indigestion": "la indigestión",
     "sinus congestion": "la congestión nasal", "breakthrough pain": "el dolor que aparece de golpe",
     "moderate to severe pain": "el dolor moderado a fuerte", "cough or wheezing": "la tos o el silbido en el pecho"},
    {"to": "a", "and": "y", "on": "el", "week": "a la semana", "once_day": "una vez al día", "once_week": "una vez a la semana",
     "times_day": "{} veces al día", "times_week": "{} veces a la semana", "every_hours": "cada {} horas", "every_hour": "cada hora",
     "every_days": "cada {} días", "every_other_day": "un día sí y otro no", "in_between": "los otros días",
     "every_weeks": "cada {} semanas", "every_other_week": "cada 2 semanas", "monthly": "una vez al mes", "every_months": "cada {} meses",
     "yearly": "una vez al año", "every_years": "cada {} años", "if_needed": "si lo necesita", "for": "para",
     "for_days": "durante {} días", "for_day": "durante 1 día", "no_more": "No use más de {} al día.",
     "no_more_week": "No use más de {} a la semana.", "every_minutes": "cada {} minutos",
     "most_doses": "No más de {} veces en total; luego llame al 911.", "up_to": "hasta {}", "one_time": "una sola vez",
     "a_day": "{} al día en total", "each_time": "cada vez", "then": "Luego", "minutes": "{} minutos", "hours": "{} horas",
     "hour": "1 hora",
     "at": "a las {}", "am": "{} am", "pm": "{} pm",
     "row": "{} a {}: {} unidades.", "row_open": "Más de {}: {} unidades.",
     "conflict": "Las indicaciones dicen \u201c{}\u201d y también \u201c{}\u201d. Pregunte antes de usarlo.",
     "again_wait": "Puede usarlo otra vez después de {}.", "again": "Puede usarlo {} veces más."})

# Another spelling of a reason, and the Spanish of each, as tokens without articles and accents.
_SAME_REASON = {
    "itch": "itching", "sob": "shortness of breath", "dyspnea": "shortness of breath",
    "disnea": "shortness of breath", "headaches": "headache", "muscle spasm": "muscle spasms", "edema": "swelling",
    "n / v": "nausea and vomiting", "nausea / vomiting": "nausea and vomiting", "n v": "nausea and vomiting", "wheeze": "wheezing",
    "migraines": "migraine", "ha": "headache", "cp": "chest pain", "n": "nausea", "panic attack": "panic attacks",
    "difficulty breathing": "shortness of breath", "acid reflux": "heartburn", "trouble sleeping": "insomnia", "dolor": "pain",
    "pain / fever": "pain or fever", "cough / wheeze": "cough or wheezing", "pain and fever": "pain or fever", "h a": "headache",
}
_PLAIN = str.maketrans("áéíóúüñ", "aeiouun")
_ARTICLES = ("el", "la", "los", "las")
REASONS_BY_SPANISH = _SAME_REASON | {
    " ".join(word for word in shown.translate(_PLAIN).split() if word not in _ARTICLES): reason for reason, shown in ES.reasons.items()}
