"""A parsed direction in plain English and Spanish: no Latin, short words, about grade 6.

What a text cannot say exactly it leaves out; with words that were not understood it says nothing.
"""

from __future__ import annotations

from fractions import Fraction

from interactions.knowledge.sig_frequency import FOOD_OF_MEAL
from interactions.knowledge.sig_language import EN, ES, Language
from interactions.knowledge.sig_places import site_of
from interactions.knowledge.sig_shapes import Sig, SigPart

MEASURED = ("mg", "mcg", "g", "mL", "unit", "mEq")
_VERB_OF_ROUTE = {"oral": "take", "sublingual": "take", "inhaled": "inhale", "injection": "inject", "topical": "apply",
                  "transdermal": "apply", "rectal": "insert", "vaginal": "insert"}
_VERB_OF_UNIT = {"puff": "inhale", "patch": "apply", "packet": "take", "scoop": "take", "capful": "take",
                 "suppository": "insert", "application": "apply", "spray": "use", "ring": "insert", "insert": "insert",
                 "inch": "apply", "click": "apply"}
_TAKEN = ("tablet", "capsule", "pill", "mL", "teaspoon", "tablespoon", "gummy", "mg", "mcg", "g", "mEq", "cup")


def english(sig: Sig) -> str:
    """The direction in plain English; "" when nothing can be said."""
    return _sentences(sig, EN)


def spanish(sig: Sig) -> str:
    """The direction in plain Spanish; "" where it lacks the reason."""
    return _sentences(sig, ES)


def verb_of(route: str | None) -> str:
    """The verb of a route ("oral" is take), "" when the unit must decide."""
    return _VERB_OF_ROUTE.get(route or "", "")


def verb_for(route: str) -> str:
    """The verb of a product's route; "" where the product may be used in more than one way."""
    return _VERB_OF_ROUTE.get(route, "") if route in ("oral", "injection", "inhaled", "topical") else ""


def _sentences(sig: Sig, language: Language) -> str:
    if sig.leftover or (language is not EN and sig.as_needed_for and sig.as_needed_for not in language.reasons):
        return ""  # "if needed" without its reason is another direction
    if sig.conflict:
        return language.said["conflict"].format(*(_often(part, language) for part in sig.conflict))
    sentences = _steps(sig, language)
    if sig.special:
        sentences.append(language.specials[sig.special])
    sentences += [_row(row, language) for row in sig.scale]
    sentences += _again(sig, language) + _limits(sig, language)
    if sentences:
        sentences += [language.notes[note] for note in sig.notes]
    return " ".join(sentences)


def _row(row: tuple[int, int | None, Fraction], language: Language) -> str:
    low, high, units = row
    return language.said["row_open"].format(low, units) if high is None else language.said["row"].format(low, high, units)


def _again(sig: Sig, language: Language) -> list[str]:
    if sig.repeat is None:
        return []
    wait, times = sig.repeat
    found = [language.said["again_wait"].format(_length(wait, language))] if wait else []
    if times:
        found.append(_one_time(language.said["again"].format(times), times))
    return found


def _length(minutes: int, language: Language) -> str:
    """ "30 minutes", "2 hours"."""
    if minutes == 60:
        return language.said["hour"]
    return language.said["minutes"].format(minutes) if minutes % 60 else language.said["hours"].format(minutes // 60)


def _one_time(text: str, times: int) -> str:
    return text if times > 1 else text.replace("1 times", "1 time").replace("1 veces", "1 vez")


def _limits(sig: Sig, language: Language) -> list[str]:
    found = []
    if sig.is_limit_stated and sig.max_daily_dose is not None:
        found.append(language.said["no_more"].format(_amount(sig.max_daily_dose, None, sig.max_daily_unit, language)))
    if sig.week_limit:
        found.append(language.said["no_more_week"].format(_amount(sig.week_limit[0], None, sig.week_limit[1], language)))
    if sig.most_doses:
        found.append(_one_time(language.said["most_doses"].format(sig.most_doses), sig.most_doses))
    return found


# --- the main sentences ----------------------------------------------------------------------------------


def _steps(sig: Sig, language: Language) -> list[str]:
    """One sentence a step: "Take 2 tablets for 1 day." "Then take 1 tablet once a day." """
    if not sig.as_needed and not any(part.dose is not None or part.times_per_day is not None or part.minutes for part in sig.parts):
        return []
    verb = language.verbs[_verb(sig)]
    steps = sig.steps
    texts = []
    for number, step in enumerate(steps):
        start = verb if number == 0 else f"{language.said['then']} {verb.lower()}"
        texts.append(f"{start} {_step(sig, step, number, number == len(steps) - 1, language)}".strip() + ".")
    return texts


def _step(sig: Sig, step: tuple[SigPart, ...], number: int, is_last: bool, language: Language) -> str:
    shows_place = len({part.site for part in sig.parts}) > 1
    texts = [_part(part, shows_place or (number == 0 and index == 0), len(step) > 1, language) for index, part in enumerate(step)]
    words = [_list([text for text in texts if text], language)] if any(texts) else []
    days = step[-1].duration_days
    if days and not is_last:
        words.append(_for_days(days, language))
    if is_last:
        words += [_as_needed(sig, language), _for_days(days, language) if days else ""]
    return " ".join(word for word in words if word)


def _names_food(part: SigPart) -> bool:
    """ "3 times a day before meals and at bedtime": the food stands within."""
    return bool(part.times) and part.per_day is not None and part.per_day > len(part.times)


def _food(part: SigPart, language: Language) -> str:
    relation = next((meal for meal in part.meals if meal), "")
    if relation and part.food == FOOD_OF_MEAL[relation]:
        return ""
    food = language.foods.get(part.food, "")
    if food and part.food_minutes and part.food in ("before meals", "after meals"):
        return f"{_length(part.food_minutes, language)} {food}"
    return food


def _verb(sig: Sig) -> str:
    if sig.verb:
        is_put = sig.verb == "apply" and sig.dose_unit in ("tablet", "film", "lozenge", "capsule", "drop")
        return "instill" if is_put else sig.verb
    site = next((site_of(part.site) for part in sig.parts if part.site), "")
    if sig.dose_unit == "drop":
        return "instill" if site in ("ophthalmic", "otic", "nasal") else "take" if site == "oral" else "use"
    unit = _VERB_OF_UNIT.get(sig.dose_unit)
    if unit == "inhale" and site and site not in ("oral", "inhaled"):
        unit = "use"
    if not sig.dose_unit and not site and sig.parts[0].dose is not None:
        return "take"
    return unit or _VERB_OF_ROUTE.get(site) or ("take" if sig.dose_unit in _TAKEN and not site else "use")


def _as_needed(sig: Sig, language: Language) -> str:
    needed = language.said["if_needed"]
    if not sig.as_needed or not sig.as_needed_for:
        return needed if sig.as_needed else ""
    reason = sig.as_needed_for if language is EN else language.reasons[sig.as_needed_for]
    return f"{needed} {language.said['for']} {reason}"


def _for_days(days: int, language: Language) -> str:
    return language.said["for_day"] if days == 1 else language.said["for_days"].format(days)


# --- one part --------------------------------------------------------------------------------------------


def _part(part: SigPart, shows_place: bool, is_one_of_many: bool, language: Language) -> str:
    words = [_dose(part, language)] if part.dose is not None else []
    if shows_place and part.site:
        words.append(language.sites[part.site])
    if part.is_total and part.dose is not None:
        words.append(language.said["a_day"].format("").strip())
    else:
        often = _often(part, language, is_one_of_many)
        if part.dose is not None and not part.dose_unit and len(words) == 1 and often[:1].isdigit():
            words[0] += f" {language.said['each_time']},"
        words.append(often)
    if not _names_food(part):
        words.append(_food(part, language))
    return " ".join(one for one in words if one)


def _dose(part: SigPart, language: Language) -> str:
    text = _amount(part.dose or Fraction(0), part.dose_max, part.dose_unit, language)
    if part.amount is not None and part.amount_unit:
        text += f" ({_amount(part.amount, None, part.amount_unit, language)})"
    return language.said["up_to"].format(text) if part.is_dose_most else text


def _amount(low: Fraction, high: Fraction | None, unit: str, language: Language) -> str:
    as_pieces = unit not in MEASURED
    text = quantity(low, as_pieces)
    if high is not None:
        text = f"{text} {language.said['to']} {quantity(high, as_pieces)}"
    one, many = language.units.get(unit, (unit, unit))
    return f"{text} {one if (high or low) <= 1 else many}".strip()


def quantity(value: Fraction, as_pieces: bool = True) -> str:
    """1/2 or 1 1/2 for pieces such as tablets, 0.5 or 2.25 for a measured amount."""
    if value.denominator == 1:
        return str(value.numerator)
    if as_pieces and value.denominator in (2, 3, 4) and value < 10:
        whole, rest = divmod(value, 1)
        return f"{whole} {rest}" if whole else str(rest)
    text = f"{float(value):.6f}".rstrip("0")
    return text if Fraction(text) == value else f"{value.numerator}/{value.denominator}"


def _often(part: SigPart, language: Language, is_one_of_many: bool = False) -> str:
    said = language.said
    if part.minutes:
        return said["every_minutes"].format(part.minutes)
    if part.is_once:
        return said["one_time"]
    if part.times_per_day is None:
        return ""
    if part.join == "in between":
        return " ".join(one for one in (said["in_between"], _at_times(part, language)) if one)
    if part.hours:
        return " ".join(one for one in (_by_hours(part, language), _on_days(part, language), _clocks(part, language)) if one)
    text = _on_a_day(part, language, is_one_of_many)
    return said["up_to"].format(text) if part.is_most and text else text


def _by_hours(part: SigPart, language: Language) -> str:
    low, high = part.hours or (24, 24)
    said = language.said
    text = said["every_hours"].format(low if low == high else f"{low} {said['to']} {high}") if high > 1 else said["every_hour"]
    return f"{text}, {said['up_to'].format(_counted(part.times_most, None, language))}" if part.times_most else text


def _on_a_day(part: SigPart, language: Language, is_one_of_many: bool) -> str:
    """How often on a day and on which days, by names where they say it."""
    is_by_days = part.every or part.per_week or part.weekdays
    per_day = part.per_day or (Fraction(1) if is_by_days else part.times_per_day) or Fraction(1)
    at = _at_times(part, language)
    is_named = bool(part.times) and per_day == len(part.times)
    if part.weekdays:
        return _by_weekday(part, per_day, at, is_named, is_one_of_many, language)
    days = _by_span(part, language)
    if days:
        return " ".join(one for one in ("" if is_named or per_day == 1 else _counted(per_day, None, language), days, at) if one)
    if is_named and len(part.times) == 1 and not part.meals[0] and not part.clock:
        return language.each_time[part.times[0]]
    if is_named and (len(part.times) > 1 or part.clock or part.meals[0]):
        return at
    if at:
        return f"{_counted(per_day - len(part.times), None, language)} {_food(part, language)}".strip() + f" {language.said['and']} {at}"
    return _counted(part.times_per_day or per_day, part.times_max, language)


def _by_weekday(part: SigPart, per_day: Fraction, at: str, is_named: bool, is_one_of_many: bool, language: Language) -> str:
    if part.every:
        often = _by_span(part, language)
    elif is_one_of_many:
        often = ""
    else:
        often = _counted(Fraction(len(part.weekdays), 7), None, language)
    if per_day != 1 and not is_named:
        often = _counted(per_day, None, language)
    elif per_day != 1:
        often = _by_span(part, language)
    return " ".join(one for one in (often, _on_days(part, language), at if is_named or per_day == 1 else "") if one)


def _on_days(part: SigPart, language: Language) -> str:
    if not part.weekdays:
        return ""
    return f"{language.said['on']} {_list([language.days[day] for day in part.weekdays], language)}"


def _by_span(part: SigPart, language: Language) -> str:
    """ "every other day", "every 3 months", "3 times a week"; "" for every day."""
    said = language.said
    if part.per_week:
        most = f" {said['to']} {quantity(part.times_max * 7)}" if part.times_max else ""
        return said["times_week"].format(quantity(part.per_week) + most)
    if not part.every:
        return ""
    count, period = part.every
    if part.every in ((2, "day"), (1, "week"), (1, "month"), (1, "year")):
        return {"day": said["every_other_day"], "week": said["once_week"], "month": said["monthly"], "year": said["yearly"]}[period]
    return said[f"every_{period}s"].format(count)


def _at_times(part: SigPart, language: Language) -> str:
    """ "in the morning and at bedtime", "with breakfast and dinner", "at 8 am and 2 pm"."""
    if part.clock:
        return _clocks(part, language)
    texts = []
    before = ""
    for time, meal in zip(part.times, part.meals or ("",) * len(part.times), strict=False):
        if not meal:
            texts.append(language.times[time])
        elif meal == before and language is EN:
            texts.append(language.meals[time])
        else:
            texts.append(_near_meal(meal, time, part.food_minutes, language))
        before = meal
    return _list(texts, language) if texts else ""


def _near_meal(meal: str, time: str, minutes: int | None, language: Language) -> str:
    text = f"{language.relations[meal]} {language.meals[time]}".replace("de el ", "del ")
    return f"{_length(minutes, language)} {text}" if minutes and meal != "with" else text


def _clocks(part: SigPart, language: Language) -> str:
    return language.said["at"].format(_list([_clock(one, language) for one in part.clock], language)) if part.clock else ""


def _clock(minutes: int, language: Language) -> str:
    hour, minute = divmod(minutes, 60)
    shown = f"{(hour - 1) % 12 + 1}" + (f":{minute:02d}" if minute else "")
    return language.said["am" if hour < 12 else "pm"].format(shown)


def _counted(often: Fraction | None, most: Fraction | None, language: Language) -> str:
    said = language.said
    if often is None:
        return ""
    if most is not None:
        return said["times_day"].format(f"{quantity(often)} {said['to']} {quantity(most)}")
    if often == 1:
        return said["once_day"]
    if often == Fraction(1, 7):
        return said["once_week"]
    if often.denominator == 1:
        return said["times_day"].format(often.numerator)
    return said["times_week"].format(quantity(often * 7)) if often < 1 else said["times_day"].format(quantity(often))


def _list(words: list[str], language: Language) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {language.said['and']} {words[-1]}"
