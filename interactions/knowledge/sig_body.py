"""Parts of the body on which a medicine is put: each is said back as itself, with its side, in both languages.

The Spanish is ours and not yet reviewed by a second reader.
"""

from __future__ import annotations

from collections.abc import Iterator

# English one and many, Spanish article and one, Spanish many ("" where a language has no such word).
_PARTS = (
    ("shoulder", "shoulders", "el hombro", "hombros"), ("arm", "arms", "el brazo", "brazos"),
    ("upper arm", "upper arms", "la parte superior del brazo", ""),
    ("elbow", "elbows", "el codo", "codos"), ("wrist", "wrists", "la muñeca", "muñecas"), ("hand", "hands", "la mano", "manos"),
    ("finger", "fingers", "el dedo de la mano", "dedos de las manos"), ("leg", "legs", "la pierna", "piernas"),
    ("lower leg", "lower legs", "la parte inferior de la pierna", ""), ("thigh", "thighs", "el muslo", "muslos"),
    ("hip", "hips", "la cadera", "caderas"),
    ("knee", "knees", "la rodilla", "rodillas"), ("ankle", "ankles", "el tobillo", "tobillos"), ("foot", "feet", "el pie", "pies"),
    ("heel", "heels", "el talón", "talones"), ("toe", "toes", "el dedo del pie", "dedos de los pies"),
    ("cheek", "cheeks", "la mejilla", "mejillas"), ("eyelid", "eyelids", "el párpado", "párpados"),
    ("lip", "lips", "el labio", "labios"), ("breast", "breasts", "el seno", "senos"), ("armpit", "armpits", "la axila", "axilas"),
    ("buttock", "buttocks", "la nalga", "nalgas"), ("joint", "joints", "la articulación", "articulaciones"),
    ("eyelash", "eyelashes", "la pestaña", "pestañas"),
)  # fmt: skip
# What the body has once.
_SINGLE = (
    ("neck", "el cuello"), ("chest", "el pecho"), ("abdomen", "el abdomen"), ("trunk", "el tronco"), ("groin", "la ingle"),
    ("forehead", "la frente"), ("chin", "el mentón"), ("face", "la cara"), ("scalp", "el cuero cabelludo"), ("back", "la espalda"),
    ("lower back", "la espalda baja"), ("upper back", "la espalda alta"), ("hair", "el pelo"),
    ("upper body", "la parte superior del cuerpo"),
    ("lower abdomen", "el abdomen bajo"), ("upper outer arm", "la parte superior externa del brazo"), ("gums", "las encías"),
    ("teeth", "los dientes"), ("mouth sores", "las llagas de la boca"), ("nails", "las uñas"), ("toenails", "las uñas de los pies"),
    ("fingernails", "las uñas de las manos"),
)  # fmt: skip
# Where a medicine for the whole body is put: a place of a patch.
_PATCH_PLACES = ("chest", "upper arm", "upper body", "lower abdomen", "upper outer arm", "abdomen")
_PLURAL = {"el": "los", "la": "las"}
_SIDES = {"left": ("izquierdo", "izquierda"), "right": ("derecho", "derecha")}


def _sites() -> Iterator[tuple[str, str, str]]:
    """Key, English and Spanish of every place."""
    for name, spanish in _SINGLE:
        yield name, f"to the {name}", f"en {spanish}"
    for one, many, spanish, several in _PARTS:
        article, noun = spanish.split(" ", 1)
        is_female = article == "la" and " del " not in spanish
        yield one, f"to the {one}", f"en {spanish}"
        for side, words in _SIDES.items():
            yield f"{side} {one}", f"to the {side} {one}", f"en {spanish} {words[is_female]}"
        yield f"each {one}", f"to each {one}", f"en cada {noun}"
        if several:
            yield many, f"to the {many}", f"en {_PLURAL[article]} {several}"
            yield f"both {many}", f"to both {many}", f"en {'ambas' if is_female else 'ambos'} {several}"


# Where the plain Spanish place means a way ("en el muslo" is an injection).
_BESIDE_A_WAY = {"thigh": "en la piel del muslo", "cheek": "en la piel de la mejilla", "abdomen": "en la piel del abdomen"}
_SITES = {key: (english, _BESIDE_A_WAY.get(key, spanish)) for key, english, spanish in _sites()}
BODY_EN = {key: english for key, (english, _) in _SITES.items()}
BODY_ES = {key: spanish for key, (_, spanish) in _SITES.items()}
BODY_PAIRED = frozenset(key for key in _SITES if key.startswith("each "))
BODY_ROUTES = {key: "transdermal" if key in _PATCH_PLACES else "topical" for key in _SITES}
_ACCENTS = str.maketrans("áéíóúñ", "aeioun")


def body_phrases() -> Iterator[tuple[str, str]]:
    """Every phrase for a part of the body, as typed without articles and accents, with its key."""
    for key, (english, spanish) in _SITES.items():
        name = english.removeprefix("to ").removeprefix("the ")
        yield from ((f"{before} {name}", key) for before in ("to", "on", "onto", "in", "over"))
        noun = spanish.translate(_ACCENTS).removeprefix("en ")
        yield from ((f"{before} {noun}", key) for before in ("en", "a", "al", "sobre"))
