"""From the pieces of a typed line to a medicine: certain, a question, or honestly not recognized."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from interactions.knowledge.combinations import PART_NAMES, joined_parts
from interactions.knowledge.directions import add_form_of, filled, sig_of, worded
from interactions.knowledge.judging import ASK, NO, SHORT_NAME, is_ordinary, verdict
from interactions.knowledge.lookalikes import shown
from interactions.knowledge.matching import best_product, common_route, contents_of, fitting_products
from interactions.knowledge.near import TAKEN
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.plain_words import (
    ALSO_A_PACKAGE,
    CHANGES_THE_BRAND,
    INDICATION,
    NEAR_A_MEDICINE,
    NEVER_CORRECTED,
    NOT_A_MEDICINE,
    ORDINARY_NAMES,
    SAYS_NO_MEDICINE,
    SPEAKS_OF_A_CONDITION,
)
from interactions.knowledge.reading import LEADING, SALT_WORDS, NameHit, Reading, read
from interactions.knowledge.shapes import Candidate, Product, Resolution

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog, Name

LONGEST_TEXT = 1000
MOST_WORDS = 3
PARTS_OF_A_MIX, WHOLE = 2, 100
# What stands in brackets, but not what belongs to the directions: "1 tablet (5 mg total)", "(2 tabs)", "(hold if SBP < 100)".
_ASIDE = re.compile(
    r"[(\[{](?![^()]*\btotal\s*\))(?!\s*(?:hold|skip|if|unless|except|max|no more)\b)"
    r"(?!\s*(?:take |tome )?(?:[1-9]|1/2|one|two|three|four|half|una?|dos|tres|media)\s*(?:tab|cap|pill|past|puff|po\b|[)\]]))"
    r"([^()\[\]{}]*)[)\]}]")
_WITH = re.compile(r"(?<![/-])\bw/ ?(?![a-z]*\d)")
ASK_WHICH = "This name stands for more than one medicine."
ASK_SHORT = "Safety bodies warn of this short form; say which medicine is meant."
ASK_SPLIT = "Two medicines on one line; enter each on a line of its own."
ASK_SPELLING = "Not found as spelled."
ASK_FAMILY = "Products of this brand family hold different ingredients."
ASK_CODE = "The name on the line says another medicine than its code."
GUESSED = ("fuzzy", "prefix")
# Words of RxNorm's name for a prodrug that everyday names leave out ("dabigatran", "mycophenolate").
ESTERS = (
    "etexilate", "mofetil", "dipivoxil", "marboxil", "etabonate", "medoxomil", "axetil", "proxetil", "cilexetil", "disoproxil",
    "alafenamide",
)  # fmt: skip
ASK_PART = "A part of this combination was not understood."
ASK_WORDS = "Other words stand before the name; confirm that the patient takes it."


class Resolver:
    """Resolves texts against one catalog; holds no state of its own."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def resolve(self, text: str) -> Resolution:
        """See `Catalog.resolve`."""
        folded = _WITH.sub("with ", fold(text[:LONGEST_TEXT]))
        entry = self.catalog.names.get(key_of(folded))
        if entry and entry.key not in ORDINARY_NAMES and entry.key not in NOT_A_MEDICINE:
            return replace(self.of_name(entry), text=text)
        product = self.catalog.product_named(folded)
        if product:
            return replace(self.of_product(product, "product"), text=text)
        plain = INDICATION.sub(" ", folded)
        if not plain or SAYS_NO_MEDICINE.search(plain):
            return Resolution(text, "unresolved")
        body, asides = _without_asides(plain)
        return self._of_reading(text, read(body, self.catalog), asides)

    # --- the main line ------------------------------------------------------------------------------------

    def _of_reading(self, text: str, reading: Reading, asides: list[str]) -> Resolution:
        self._add_asides(reading, asides)
        _drop_groups(reading)
        shortened = self._shortened_combination(text, reading)
        if shortened:
            return self._finish(shortened, reading)
        if not reading.names:
            return self._near(text, reading)
        answer = verdict(reading)
        if answer == NO:
            return Resolution(text, "unresolved")
        longer = self._with_word_before(reading) if answer == ASK else None
        if longer:
            return self._finish(replace(self.of_name(longer), text=text, how="fuzzy"), reading)
        resolution = self._join(text, reading)
        if resolution.status == "resolved" and answer == ASK:
            resolution = self._ask(text, [resolution], ASK_WORDS)
        elif resolution.status == "resolved" and is_ordinary(reading):
            resolution = self._ask(text, [resolution], ASK_WHICH)
        return self._finish(resolution, reading)

    def _with_word_before(self, reading: Reading) -> Name | None:
        """ "armor thyroid": the word before the name is the misspelled beginning of a longer name."""
        if len(reading.leading) != 1 or len(reading.names) != 1:
            return None
        entry = self.catalog.speller.certain(reading.leading[0] + reading.names[0].entry.key)
        return entry if entry and entry.key.endswith(reading.names[0].entry.key) else None

    def _shortened_combination(self, text: str, reading: Reading) -> Resolution | None:
        """ "amlod/benaz", "acetaminophen-cod", "promethazine dm": parts, at least one of them no name by itself.

        A part that was joined by a sign is never dropped: the whole is a known combination, or a question.
        """
        strange = {*reading.unknown, *reading.leading}
        if not strange or strange & SPEAKS_OF_A_CONDITION:
            return None
        parts = joined_parts(reading.folded)
        is_joined = bool(parts and set(" ".join(parts).split()) & strange)
        is_weak = bool(reading.leading) or any(len(one.entry.key) <= SHORT_NAME for one in reading.names)
        sets = self._meant_by(parts, True) if is_joined else self._meant_by(self._spaced_parts(reading), is_weak)
        if len(sets) == 1:
            return Resolution(text, "resolved", self.catalog.set_of(sets[0]), how="abbreviation", name="/".join(parts), confidence=0.9)
        if not is_joined:
            return None
        if sets:
            readings = [Resolution(text, "resolved", self.catalog.set_of(one), how="abbreviation", name=text) for one in sets]
            return self._ask(text, readings, ASK_WHICH)
        return self._ask(text, [self.of_name(one.entry) for one in reading.names], ASK_PART) if reading.names else None

    def _meant_by(self, parts: list[str], with_spelling: bool = False) -> list[str]:
        return self.catalog.combinations.meant_by(parts, with_spelling) if len(parts) > 1 else []

    def _spaced_parts(self, reading: Reading) -> list[str]:
        """ "amlodipine benaz", "neomycin polymyxin hc": the names and the shortened words between or after them."""
        words = reading.leading + reading.unknown
        if not reading.names or len(words) > 2 or set(words) & NOT_A_MEDICINE:
            return []
        if any(len(word) < SHORT_NAME and word not in PART_NAMES for word in words):
            return []
        return [*reading.leading, *(reading.folded[one.start:one.end] for one in reading.names if one.end), *reading.unknown]

    def _add_asides(self, reading: Reading, asides: list[str]) -> None:
        """Names in brackets: "Lasix (furosemide)", "simvastatin 20 MG Oral Tablet [Zocor]"."""
        for aside in asides:
            inner = read(aside, self.catalog)
            for hit in inner.names:
                reading.names.append(replace(hit, joined_by="("))
            if inner.names and not reading.amounts:
                reading.amounts.extend(inner.amounts)
                reading.amount_text = inner.amount_text
            if not inner.names:
                reading.forms.extend(inner.forms)
                reading.releases.extend(inner.releases)
                reading.routes.extend(inner.routes)
            if not inner.names and inner.sig_text and not reading.sig_text:
                reading.sig_text = aside

    def _join(self, text: str, reading: Reading) -> Resolution:
        """One ingredient set out of all names on the line, or a question."""
        hits = self._with_misspelled_parts(reading)
        first = self._with_its_strength(self._with_next_word(hits[0].entry, reading), reading)
        family = self._family(first, reading)
        if family:
            return self._ask(text, family, ASK_FAMILY)
        readings = list(first.sets)
        for hit in hits[1:]:
            readings = self._combined(readings, hit)
        readings = [one for one in readings if "|" not in one or self.catalog.is_known_set(one)]
        if not readings:
            readings = self._meant_by([reading.folded[one.start:one.end] for one in hits if one.end])
        if not readings:
            return self._ask(text, [self.of_name(one.entry) for one in hits], ASK_SPLIT)
        if len(readings) == 1 and _is_ratio(reading):
            readings = self.catalog.combinations.mixes_of(readings[0]) or readings
            first = first._replace(kind="combination", sets=tuple(readings))
        if len(hits) > 1 and len(readings) == 1 and first.kind == "ask":
            first = first._replace(kind="combination")  # "oxy/apap": the other part says which
        whole = self.of_sets(first, self._by_strength(first, tuple(readings), reading))
        if len(hits) > 1 and len(readings) == 1 and whole.status == "resolved":
            how = "fuzzy" if any(hit.joined_by == "~" for hit in hits) else whole.how
            how = "combination" if how == "name" and len(whole.ingredients) > 1 else how
            whole = replace(whole, how=how)
        return replace(whole, text=text)

    def _with_next_word(self, entry: Name, reading: Reading) -> Name:
        """ "insulin aspa", "calcium carbinate": a name of several readings with a word cut short or misspelled."""
        if len(entry.sets) < 2 or entry.kind == "ask" or not reading.unknown or len(reading.unknown[0]) < SHORT_NAME:
            return entry
        key = entry.key + key_of(reading.unknown[0])
        begun = [one for one in self.catalog.search.starting_with(key, 20) if one.kind != "combination"]
        return min(begun, key=lambda one: len(one.key)) if begun else self.catalog.speller.certain(key) or entry

    def _with_its_strength(self, entry: Name, reading: Reading) -> Name:
        """ "vitamin D 50,000" is a name of its own, wherever the number stands."""
        typed = reading.amounts[0].typed if reading.amounts else None
        longer = self.catalog.names.get(f"{entry.key}{typed[0]}") if typed else None
        return longer if longer and longer.kind == "alias" else entry

    def _by_strength(self, entry: Name, readings: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
        """Of several readings ("potassium", "hctz") the only one that comes in the typed strength and form."""
        if len(readings) < 2 or entry.kind == "ask" or not (reading.amounts or reading.forms):
            return readings
        fitting = {one: fitting_products(self.catalog.products_of(one), reading) for one in readings}
        swallowed = [one for one in readings if any(product.route == "oral" for product in fitting[one])]
        found = [one for one in readings if fitting[one]]
        found = swallowed if len(found) > 1 and not reading.forms else found  # "25 mg" is a tablet before a suppository
        return tuple(found) if len(found) == 1 else readings

    def _combined(self, readings: list[str], hit: NameHit) -> list[str]:
        """The sets that agree with a further name: the same, one of several, or both together."""
        narrowed = [one for one in readings if one in hit.entry.sets]
        if narrowed:
            return narrowed
        inside = [one for one in readings for other in hit.entry.sets
                  if set(other.split("|")) <= set(one.split("|"))]
        if inside:
            return list(dict.fromkeys(inside))
        around = [other for one in readings for other in hit.entry.sets
                  if set(one.split("|")) <= set(other.split("|"))]
        unions = [self.catalog.union(one, other) for one in readings for other in hit.entry.sets]
        is_salt = not hit.joined_by and set(hit.entry.name.lower().split()) <= SALT_WORDS
        if is_salt and not around and not any(map(self.catalog.is_known_set, unions)):
            return readings  # "dexamethasone sodium phosphate"
        return list(dict.fromkeys(around + unions))

    def _with_misspelled_parts(self, reading: Reading) -> list[NameHit]:
        """Words beside a name that are another part of a known combination misspelled ("amlodipine/benazipril")."""
        hits = list(reading.names)
        for word in reading.unknown:
            partner = self.catalog.combinations.partner_like(hits[0].entry.sets[0], word) if len(word) > 6 else None
            if partner:
                hits.append(NameHit(self.catalog.names[key_of(self.catalog.facts[partner].ingredient.name)], 0, 0, "~"))
        return hits

    def _family(self, entry: Name, reading: Reading) -> list[Resolution]:
        """Members of a brand family, when a word after the brand says that it is another member."""
        if entry.kind not in ("brand", "alias", "pack") or len(entry.sets) > 1 or not CHANGES_THE_BRAND & set(reading.unknown):
            return []
        members = self.catalog.search.starting_with(entry.key, 40)
        wanted = CHANGES_THE_BRAND & set(reading.unknown)
        closer = [one for one in members if any(word in one.key[len(entry.key):] for word in wanted)]
        return [self.of_name(one) for one in (closer or (members if wanted - ALSO_A_PACKAGE else []))[:8]]

    # --- names that the index does not have ---------------------------------------------------------------

    def _near(self, text: str, reading: Reading) -> Resolution:
        """Prefix, then spelling; words that are plain language are never bent into a drug name."""
        words = reading.leading if any(len(word) > 1 for word in reading.leading) else []
        if not words or len(words) > MOST_WORDS or self._is_plain(words):
            return self._doubtful(text, words, reading)
        entry = self._with_ester(words, reading)
        if entry:
            return self._finish(replace(self.of_name(entry), text=text), reading)
        candidates = self.catalog.speller.near(words, bool(reading.amounts or reading.forms or reading.lead_sig))
        if not candidates:
            return Resolution(text, "unresolved")
        return self._finish(self._of_candidates(text, candidates), reading)

    def _doubtful(self, text: str, words: list[str], reading: Reading) -> Resolution:
        """A plain word that sounds like a medicine is asked about where a dose stands beside it ("singular 10 mg")."""
        has_dose = any(one.unit in ("MG", "UNT") for one in reading.amounts)
        if len(words) != 1 or not has_dose or words[0] not in NEAR_A_MEDICINE or words[0] in NOT_A_MEDICINE:
            return Resolution(text, "unresolved")
        candidates = tuple(self.catalog.speller.near(words, True))
        if not candidates:
            return Resolution(text, "unresolved")
        return self._finish(Resolution(text, "ambiguous", candidates=candidates, how=candidates[0].how,
                                       confidence=min(0.5, candidates[0].confidence), note=ASK_SPELLING), reading)

    def _with_ester(self, words: list[str], reading: Reading) -> Name | None:
        """The only prodrug of that name, when it comes in the typed strength; "tenofovir" has two."""
        keys = [key_of(f"{words[0]} {ester}") for ester in ESTERS] if len(words) == 1 else []
        found = [self.catalog.names[key] for key in keys if key in self.catalog.names]
        if len(found) != 1 or (reading.amounts and not fitting_products(self.catalog.products_of(found[0].sets[0]), reading)):
            return None
        return found[0]

    def _is_plain(self, words: list[str]) -> bool:
        """Plain words; beside others a word of some drug's name may stay ("sodium flouride")."""
        plain = NEVER_CORRECTED & set(words)
        return bool(plain if len(words) == 1 else plain & NOT_A_MEDICINE or plain - self.catalog.name_words)

    def _of_candidates(self, text: str, candidates: list[Candidate]) -> Resolution:
        best = candidates[0]
        rivals = [one for one in candidates if one.ingredients != best.ingredients]
        if best.confidence >= TAKEN and not rivals:
            return Resolution(text, "resolved", best.ingredients, how=best.how, name=best.label,
                              confidence=best.confidence)
        return Resolution(text, "ambiguous", candidates=tuple(candidates), how=best.how,
                          confidence=best.confidence, note=ASK_SPELLING)

    # --- shared -------------------------------------------------------------------------------------------

    def of_name(self, entry: Name) -> Resolution:
        """The resolution of a name entry alone."""
        return self.of_sets(entry, entry.sets)

    def of_product(self, product: Product, how: str) -> Resolution:
        """The resolution of a product or pack found by its code or its full name."""
        return Resolution(product.name, "resolved", product.ingredients, product, product.route, how=how,
                          name=product.name, confidence=1.0, strength=product.strength,
                          contents=contents_of(self.catalog, product))

    def of_sets(self, entry: Name, sets: tuple[str, ...]) -> Resolution:
        if entry.kind == "ask" or len(sets) > 1:
            candidates = tuple(self._candidate(entry, one) for one in sets)
            note = ASK_SHORT if entry.kind == "ask" else ASK_WHICH
            return Resolution(entry.name, "ambiguous", candidates=candidates, how=entry.how, name=entry.name,
                              confidence=1 / max(1, len(sets)), note=note)
        product = self.catalog.pack_named(entry)
        route = product.route if product else common_route(self.catalog.products_of(sets[0]))
        return Resolution(entry.name, "resolved", self.catalog.set_of(sets[0]), product, route, how=entry.how,
                          name=entry.name, confidence=1.0)

    def _candidate(self, entry: Name, identities: str) -> Candidate:
        ingredients = self.catalog.set_of(identities)
        label = shown(ingredients)
        code = ingredients[0].rxcui if len(ingredients) == 1 else None
        return Candidate(label, ingredients, code, entry.how, 1 / max(1, len(entry.sets)))

    def _ask(self, text: str, readings: list[Resolution], note: str) -> Resolution:
        candidates: dict[tuple[str, ...], Candidate] = {}
        for one in readings:
            label = one.name if one.name != text else shown(one.ingredients)
            for candidate in one.candidates or (Candidate(label, one.ingredients, None, one.how, 0.5),):
                candidates.setdefault(tuple(part.name for part in candidate.ingredients), candidate)
        return Resolution(text, "ambiguous", candidates=tuple(candidates.values()), how=readings[0].how, note=note,
                          name=readings[0].name)

    def _finish(self, resolution: Resolution, reading: Reading) -> Resolution:
        """Add product, route, strength and directions."""
        sig = sig_of(reading)
        add_form_of(sig, reading)
        if resolution.status != "resolved":
            return replace(resolution, sig=filled(sig, reading, (), False), strength=reading.amount_text)
        identities = self.catalog.identities_of(resolution.ingredients)
        fit = best_product(self.catalog, identities, reading, resolution.name)
        route = fit.route or (sig.route if sig else None)
        sig = worded(filled(sig, reading, fit.fitting, len(resolution.ingredients) == 1), route, self.catalog.products_of(identities))
        return replace(resolution, product=fit.product or resolution.product, route=route, strength=reading.amount_text,
                       sig=sig, amounts=tuple(reading.amounts), contents=fit.contents)

    def resolve_as(self, text: str, known: Resolution) -> Resolution:
        """The drug of a code with strength, form and directions of the text.

        A name that certainly says another drug leaves the code alone, without directions, and a note that says so.
        """
        worded = self.catalog.resolve(text)
        body, asides = _without_asides(fold(text[:LONGEST_TEXT]))
        reading = read(body, self.catalog, is_named=True)
        self._add_asides(reading, asides)
        found = self._finish(replace(known, text=text), reading)
        if known.product:
            found = replace(found, product=known.product, route=known.route or found.route, contents=known.contents)
        is_certain = worded.is_resolved and worded.how not in GUESSED
        says_another = is_certain and set(worded.ingredients).isdisjoint(known.ingredients)
        if says_another:
            return replace(known, text=text, note=ASK_CODE)
        return replace(found, strength=found.strength or known.strength)


def _without_asides(folded: str) -> tuple[str, list[str]]:
    """The line without leading filler and brackets, and what stood in brackets."""
    asides = [found.group(1).strip() for found in _ASIDE.finditer(folded)]
    return LEADING.sub("", _ASIDE.sub(" ", folded)).strip(), asides


def _drop_groups(reading: Reading) -> None:
    """ "My thyroid medicine levothyroxine", "Metamucil in water": words for a group and plain words beside a name."""
    names = [one for one in reading.names if one.entry.kind != "group" and (one.start == 0 or one.entry.key not in NOT_A_MEDICINE)]
    if names:
        reading.names[:] = names


def _is_ratio(reading: Reading) -> bool:
    """ "70/30", "75-25": two shares of a hundred without a unit, as mixed insulins are named."""
    values = [one.value for one in reading.amounts]
    return len(values) == PARTS_OF_A_MIX and sum(values) == WHOLE and not any(one.unit for one in reading.amounts)
