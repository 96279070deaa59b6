"""One pass over a typed line: names, amounts, form, release, route, directions and what was not understood.

The reader knows the name index only; what the pieces mean together is decided in `resolve`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from interactions.knowledge.forms import misspelled_form, read_form, read_release
from interactions.knowledge.normalize import Token, key_of, tokens_of
from interactions.knowledge.sig_body import BODY_EN
from interactions.knowledge.strengths import Amount, read_amounts

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog, Name

LONGEST_NAME = 10
MOST_COUNTED = 3  # digits of a number of pieces or milligrams; a longer one is part of the name ("vitamin d 50000")
SALT_WORDS = frozenset((
    "hydrochloride hcl hci hydrobromide hbr sodium sod na potassium pot calcium magnesium sulfate sulf phosphate acetate "
    "maleate mal tartrate tart succinate succ besylate mesylate citrate fumarate gluconate bitartrate nitrate pamoate "
    "propionate furoate valerate dipropionate disodium dihydrate monohydrate anhydrous trihydrate hemihydrate medoxomil "
    "bromide chloride tosylate estolate stearate lactate malate xinafoate hyclate decanoate enanthate cypionate "
    "carb carbonate oxalate camsylate axetil proxetil mofetil etexilate cilexetil palmitate mono mac macro macrocrystals "
    "monohyd sodico potasico clorhidrato sulfato bromuro maleato besilato tartrato succinato mesilato fumarato").split())
FILLER = frozenset((
    "generic brand name the a an of my his her rx otc med medication medicine drug strength extra max maximum regular "
    "ultra usp nf s prescription for plain low high dose original adult adults children childrens children's kids "
    "infant infants infant's junior sugar free flavor cherry grape orange mint lemon berry name-brand store equate "
    "super non drowsy nondrowsy kirkland walgreens cvs rite aid nature made nature's bounty natures good sense up up&up major "
    "topcare shopko members member's mark healthy accents signature care equaline leader rugby perrigo goodsense kroger walmart "
    "publix meijer safeway target premier value basic amazon teva mylan sandoz "
    "lupin zydus aurobindo accord cipla strong double single ds human analog recombinant relief pain supplement vitamin "
    "supplements herbal extract root leaf oil complex natural organic de la el para con y una un unos las los su mi del "
    "es xs relion costco brand pfizer merck counter over sams club amneal unichem solco camber macleods torrent alembic dot").split())
LEADING = re.compile(
    r"^(?:(?:please|pls|pt|patient|he|she|i|we|currently|also|still|now|is|was|am|been|has|takes|taking|uses|using|"
    r"on|started|start|rx|generic|brand|otc|my|the|her|his|some|continue|cont|resume|med|medication|medicine|"
    r"toma|tomando|nda\d+|[-*\u2022#.]|\d{1,2}[.)](?=\s))\s*[:,]?\s+)+")
QUANTITY = re.compile(
    r"#\s?\d+|\b(?:qty|quantity|disp|dispense|refills?|rf)\.?:?\s*#?\d+|\b\d+ ?(?:refills?|day supply|days supply)\b|"
    r"^(?:nda\d+ )?(?:\d+(?:\.\d+)? (?:ml|actuat|hr) )+(?=[a-z])|\bndc:?\s*[\d-]+|\b(?:rx )?norm:?\s*\d+")
VERBS = (r"take|tk|takes|taking|inject|injects|apply|applies|use|uses|inhale|inhales|instill|place|insert|chew|swallow|give|"
         r"put|dissolve|swish|wear|rinse|drink|tome|tomar|tomando|aplique|inyecte|inhale|use|usar|sig")
COUNTED = (r"tabs?|tablets?|tabletas?|caps?|capsules?|capsulas?|caplets?|pills?|softgels?|puffs?|sprays?|drops?|gtts?|"
           r"patch(?:es)?|supp(?:ositor(?:y|ies))?|units?|teaspoons?|tsps?|tablespoons?|tbsps?|scoops?|packets?|gumm(?:y|ies)|"
           r"inhalations?|lozenges?|capfuls?|ml|cc|vials?|pens?|syringes?|injections?|nebs?|gotas|films?|strips?|po\b|sl\b|x\b|"
           r"pastillas?|comprimidos?|pildoras?|cucharad(?:it)?as?|parches?|inhalaci(?:on|ones)|disparos?|unidades|supositorios?|sobres?|"
           r"by mouth|q\d|qd|bid|tid|qid|qhs|prn|every|once|twice|daily|times?")
_NUM = (r"(?:\d+(?:\.\d+)?(?: ?(?:-|to|or) ?\d+(?:\.\d+)?)?|\d+ \d/\d|\d/\d|one|two|three|four|five|six|half|a half|1/2|"
        r"(?:una?|dos|tres) y medi[ao]|una?|uno|dos|tres|cuatro|cinco|seis|medi[ao])")
_ROMAN = r"(?:i{1,3}|iv|t{1,3}) (?:tab|cap|pill|softgel|puff|spray|drop|gtt|supp|comprimid|pastilla)"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun|tu|th|sa|su|m|t|w|f|s)"
_BODY = "|".join(sorted(BODY_EN, key=len, reverse=True))
_LIMIT = r"(?:sbp|dbp|bp|hr|pulse|bg|bs|glucose|sugar|systolic|diastolic|temp|fever|weight|wt)\b"
SIG_START = re.compile(
    rf"(?:{VERBS})\b|(?:{_NUM}) ?(?:{COUNTED})(?![a-z])|(?:{_NUM})(?= ?(?:po|p\.o|sl|pr|by mouth)\b)|"
    r"(?:po|p\.o\.?|by mouth|orally|por boca|via oral)(?![a-z])|"
    rf"{_ROMAN}|{_DAY}(?: ?[/-] ?{_DAY})+\b|m ?w ?f\b|(?:hold|skip|if|unless|si)\b|"
    rf"(?:for|when|prn) {_LIMIT}|(?:to|on) (?:the )?(?:both |each |left |right )?(?:{_BODY})\b|{_LIMIT}(?= ?[<>])|"
    r"q ?\d|q\.?(?:d|am|pm|hs|h|od|wk|week|noon|mo)\b|q\.[ahp]\.[ms]\b|q\.o\.[dw]\b|p\.r\.n\b|"
    r"qday|qdaily|qweek|qother|q ?(?:day|week|month|other|evening|morning|"
    r"night|shift|ac)|"
    r"b\.?i\.?d\b|t\.?i\.?d\b|q\.?i\.?d\b|hs\b|a\.?c\b|p\.?c\b|"
    r"prn|as needed|if needed|when needed|as directed|daily|nightly|weekly|monthly|hourly|biweekly|once|twice|thrice|every|each|"
    r"cada|diari[oa]|al dia|una vez|dos veces|tres veces|"
    r"(?:\d|one|two|three|four|five|six) ?(?:x|times?|veces)\b|x ?\d|"
    r"in \d+ ?(?:oz|ounces|ml)|alternat|at (?:bed|night|noon|dinner|supper|break|lunch)|"
    r"in the (?:morning|evening|am|pm|afternoon)|"
    r"before |after |with (?:food|meals?|breakfast|lunch|dinner|supper)|with or without|wc\b|"
    r"w/ ?(?:food|meals?|supper|dinner|breakfast|lunch)|on an empty|on (?:mon|tue|wed|thu|fri|sat|sun)|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b|morning|evening|bedtime|noon|"
    r"(?:am|pm)\b|max(?:imum)? (?=\d|of)|for \d|for (?=pain|sleep|anxiety|nausea|blood|heart|cholesterol|diabetes|sugar|allerg)|"
    r"sliding scale|per sliding|taper|to (?:affected|both|each|right|left)|(?:both|each|right|left|affected) (?:eye|ear|nost|area|"
    r"knee|foot|arm)|o[sdu]\b|(?:each|per) (?:eye|ear|nostril)|subq(?:ly)?\b|subcutaneously|intramuscularly|under the (?:skin|tongue)")
COUNTED_PIECE = re.compile(r"\s*-?\s*(?:tab|cap|pill|softgel|puff|spray|drop|gtt|patch|supp|packet|scoop|gumm|inhal|lozeng|x\b|times?)")
MOST_PIECES = 4  # more tablets than this at one time is rarer than a strength written without its unit
# Ways that a form word names too ("100 mg im every 4 weeks"): the direction says them.
WAYS = frozenset("iv im sc sq subq subcut subcutaneous sl pr".split())
COMPARED = re.compile(r"(?:[<>] ?=?|\b(?:over|above|below|under|beneath|than|exceeds?))\s*$")
CONNECTOR = frozenset(("/", "-", "+", "&", "and", "with", "w", ",", ";", "plus", "y", "con"))


@dataclass(slots=True)
class NameHit:
    """A name found in the text, with the sign or word before it ("" for a blank)."""

    entry: Name
    start: int
    end: int
    joined_by: str = ""


@dataclass(slots=True)
class Reading:
    """The pieces of one typed line; positions are into `folded`; `between` are words between the strength and the directions
    that say a way or are not understood, so that they belong to the directions; `is_joined` says that the directions go
    on from the strength ("3 mg and 4 mg ...").
    """

    folded: str
    names: list[NameHit] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    amount_text: str = ""
    forms: list[tuple[str, ...]] = field(default_factory=list)
    releases: list[tuple[str, ...]] = field(default_factory=list)
    salts: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    leading: list[str] = field(default_factory=list)
    is_joined: bool = False
    between: list[str] = field(default_factory=list)
    sig_text: str = ""
    lead_sig: str = ""


def read(folded: str, catalog: Catalog, is_named: bool = False) -> Reading:
    """Read one folded line from left to right; names are the longest that the index knows.

    `is_named` says that the drug is known already, so that directions may begin anywhere.
    """
    reading = Reading(folded)
    body = QUANTITY.sub(lambda found: " " * len(found.group()), folded)
    _Reader(body, catalog, reading, is_named).run()
    return reading


class _Reader:
    def __init__(self, body: str, catalog: Catalog, reading: Reading, is_named: bool) -> None:
        self.body = body
        self.catalog = catalog
        self.reading = reading
        self.is_named = is_named
        self.tokens = tokens_of(body)
        self.at = 0
        self.joined_by = ""

    def run(self) -> None:
        while self.at < len(self.tokens):
            if not (self.sig() or self.name() or self.amount() or self.word()):
                self.other()

    def skip_to(self, end: int) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].start < end:
            self.at += 1

    def sig(self) -> bool:
        """Directions begin: with a name before them they run to the end, else only to the name."""
        token = self.tokens[self.at]
        found = SIG_START.match(self.body, token.start)
        if not found or self._begins_a_name():
            return False
        is_named = self.reading.names or self.is_named
        if (is_named or self.reading.leading) and self._is_strength(token):
            return False
        if is_named:
            return self._take_sig(token)
        return self._lead_sig(token, found) or (bool(self.reading.leading) and self._take_sig(token))

    def _take_sig(self, token: Token) -> bool:
        """The rest of the line is directions (a misspelled name stands before them, or a known one)."""
        self.reading.sig_text = self.body[token.start:].lstrip(" ,;").rstrip(" ,;.")
        self.at = len(self.tokens)
        return True

    def _begins_a_name(self) -> bool:
        return self._longest_name(3) is not None

    def _is_strength(self, token: Token) -> bool:
        """The first number after the name: a concentration, or a bare number above four ("warfarin 5 po daily")."""
        if self.reading.amounts or not token.is_number:
            return False
        amounts, end = read_amounts(self.body, token.start)
        if amounts and amounts[0].unit in ("UNT", "MEQ"):
            return True
        if not amounts or COUNTED_PIECE.match(self.body, end):
            return False
        is_bare = not any(one.unit for one in amounts)
        return any(one.per for one in amounts) or (is_bare and max(one.value for one in amounts) > MOST_PIECES)

    def _lead_sig(self, token: Token, found: re.Match[str]) -> bool:
        """ "Take 1 tablet of lisinopril 10 mg daily": keep the words before the name as directions."""
        position = self.at + 1
        while position < len(self.tokens):
            rest, self.at = self.at, position
            hit = self._longest_name(2)
            self.at = rest
            if hit and len(hit[0].key) > 3:
                self.reading.lead_sig = self.body[token.start:self.tokens[position].start].strip(" ,;")
                self.at = position
                return True
            position += 1
        return False

    def name(self) -> bool:
        hit = self._longest_name(2)
        if hit is None:
            return False
        entry, until = hit
        if self.reading.names and until == self.at + 1 and read_form(self.body, self.tokens[self.at].start)[2] == self.tokens[self.at].end:
            return False  # "albuterol inh": beside a name a form word is a form
        if self.reading.names and entry.kind == "abbreviation" and not self.joined_by and _is_cut_salt(self.tokens[self.at].text):
            return False  # "clobetasol prop": beside a name the beginning of a salt is a salt
        start, end = self.tokens[self.at].start, self.tokens[until - 1].end
        self.reading.names.append(NameHit(entry, start, end, self.joined_by))
        self.joined_by = ""
        self.at = until
        return True

    def _longest_name(self, shortest: int) -> tuple[Name, int] | None:
        first = self.tokens[self.at]
        if not (first.is_word or first.is_number):
            return None
        for until in range(min(self.at + LONGEST_NAME, len(self.tokens)), self.at, -1):
            last = self.tokens[until - 1]
            if not (last.is_word or last.is_number):
                continue
            key = key_of(self.body[first.start:last.end])
            entry = self.catalog.names.get(key)
            if entry and len(key) >= shortest and not key.isdigit() and not self._is_count(until):
                return entry, until
        return None

    def _is_count(self, until: int) -> bool:
        """True when the last number of a name span belongs to what follows ("vitamin b 12 tablets")."""
        number = self.tokens[until - 1]
        if until - self.at < 2 or not number.is_number or until >= len(self.tokens) or len(number.text) > MOST_COUNTED:
            return False
        shorter = key_of(self.body[self.tokens[self.at].start:self.tokens[until - 2].end])
        follows = re.match(r"(?:times|x|mg|mcg|units?|iu|ml|g|tabs?|tablets?|caps?|capsules?|puffs?|po)\b",
                           self.body[self.tokens[until].start:])
        return bool(follows) and shorter in self.catalog.names

    def amount(self) -> bool:
        token = self.tokens[self.at]
        if not (token.is_number or token.text == "u") or self._is_compared():
            return False
        amounts, end = read_amounts(self.body, token.start)
        if not amounts:
            return False
        if self.reading.amounts and self.reading.names and all(one.unit for one in self.reading.amounts) \
                and not self._continues_combination():
            self.reading.is_joined = self.joined_by in ("and", "plus", "y", "&")
            return self._take_sig(token)
        self.reading.amounts.extend(amounts)
        self.reading.amount_text = " / ".join(filter(None, (self.reading.amount_text, self.body[token.start:end].strip())))
        self.joined_by = ""
        self.skip_to(end)
        return True

    def _is_compared(self) -> bool:
        """ "SBP < 100", "pulse under 60": the number is a limit of a condition."""
        return bool(COMPARED.search(self.body[:self.tokens[self.at].start]))

    def _continues_combination(self) -> bool:
        """A second amount belongs to a further name ("acetaminophen 325 mg / hydrocodone 5 mg")."""
        return len(self.reading.amounts) < len(self.reading.names)

    def word(self) -> bool:
        """Release, form and salt words."""
        token = self.tokens[self.at]
        if not (token.is_word or token.is_number):
            return False
        release, end = read_release(self.body, token.start)
        needs, route, form_end = read_form(self.body, token.start)
        if form_end > end:
            if self.reading.amounts and token.text in WAYS:
                self.reading.between.append(token.text)
            self.reading.forms.append(needs)
            if route:
                self.reading.routes.append(route)
            self.skip_to(form_end)
            return True
        if end:
            self.reading.releases.append(release)
            self.skip_to(end)
            return True
        if self.reading.names and (needs := misspelled_form(token.text)):
            self.reading.forms.append(needs)
            self.at += 1
            return True
        if self.reading.names and (token.text in SALT_WORDS or _is_cut_salt(token.text)):
            self.reading.salts.append(token.text)
            self.at += 1
            return True
        return False

    def other(self) -> None:
        token = self.tokens[self.at]
        self.at += 1
        if token.text in CONNECTOR:
            self.joined_by = token.text if not self.joined_by else self.joined_by
        elif token.is_word and (token.text not in FILLER or self.body.startswith("double dose", token.start)):
            (self.reading.unknown if self.reading.names else self.reading.leading).append(token.text)
            if self.reading.names and self.reading.amounts:
                self.reading.between.append(token.text)


def _is_cut_salt(word: str) -> bool:
    """ "prop", "succ", "bes": the beginning of a salt's name, three letters or more."""
    return len(word) > 2 and any(salt.startswith(word) for salt in SALT_WORDS)
