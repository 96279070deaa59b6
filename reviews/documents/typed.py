"""Words that were typed in one language, and the few that we can say in both."""

from typing import Any

LANGUAGES = ("en", "es")

# Dose forms by their RxNorm names, most specific first.
FORMS = (
    ("extended release oral tablet", "extended-release tablet", "tableta de liberación prolongada"),
    ("extended release oral capsule", "extended-release capsule", "cápsula de liberación prolongada"),
    ("delayed release oral tablet", "delayed-release tablet", "tableta de liberación retardada"),
    ("delayed release oral capsule", "delayed-release capsule", "cápsula de liberación retardada"),
    ("chewable tablet", "chewable tablet", "tableta masticable"),
    ("disintegrating oral tablet", "tablet that melts in the mouth", "tableta que se deshace en la boca"),
    ("sublingual tablet", "tablet for under the tongue", "tableta para debajo de la lengua"),
    ("oral tablet", "tablet", "tableta"),
    ("oral capsule", "capsule", "cápsula"),
    ("oral solution", "liquid", "líquido"),
    ("oral suspension", "liquid", "líquido"),
    ("inhal", "inhaler", "inhalador"),
    ("transdermal", "patch", "parche"),
    ("ophthalmic", "for the eyes", "para los ojos"),
    ("otic", "for the ears", "para los oídos"),
    ("nasal", "for the nose", "para la nariz"),
    ("rectal", "for the rectum", "para el recto"),
    ("vaginal", "for the vagina", "para la vagina"),
    ("cream", "cream", "crema"),
    ("ointment", "ointment", "pomada"),
    ("gel", "gel", "gel"),
    ("lotion", "lotion", "loción"),
    ("inject", "injection", "inyección"),
    ("prefilled syringe", "injection", "inyección"),
)
REACTIONS = {
    "rash": "sarpullido",
    "hives": "ronchas",
    "itching": "comezón",
    "swelling": "hinchazón",
    "anaphylaxis": "reacción alérgica grave (anafilaxia)",
    "shortness of breath": "falta de aire",
    "trouble breathing": "dificultad para respirar",
    "nausea": "náuseas",
    "vomiting": "vómitos",
    "upset stomach": "malestar del estómago",
    "diarrhea": "diarrea",
    "constipation": "estreñimiento",
    "cough": "tos",
    "dizziness": "mareos",
    "headache": "dolor de cabeza",
    "muscle pain": "dolor muscular",
    "bleeding": "sangrado",
    "drowsiness": "sueño",
    "confusion": "confusión",
}


def both(en: str, es: str) -> dict[str, str | None] | None:
    """A text with what there is in each language; None when there is nothing."""
    return {"en": en.strip() or None, "es": es.strip() or None} if en.strip() or es.strip() else None


def as_typed(text: str, language: str) -> dict[str, str] | None:
    """Words that exist as they were typed, in the language of the papers: staff are told to read them before signing."""
    return {language: text.strip()} if text and text.strip() else None


def form(dose_form: str) -> Any:
    """ "Oral Tablet" as {"en": "tablet", "es": "tableta"}; a form that we have no word for stays as it is."""
    known = next(({"en": en, "es": es} for name, en, es in FORMS if name in dose_form.casefold()), None)
    return known or dose_form.strip() or None


def reaction(text: str | None, language: str) -> dict[str, str] | None:
    spanish = REACTIONS.get((text or "").strip().casefold())
    return {"en": text, "es": spanish} if spanish else as_typed(text or "", language)
