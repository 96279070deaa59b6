"""The compiler of dictionary tables, for the tables that ship and for a release that a pharmacy loads.

The output is plain text, sorted, and the same for the same input; MANIFEST.toml carries the version and the
SHA-256 of each table.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from interactions.knowledge.normalize import fold, key_of

NAMES = Path(__file__).parent.parent / "names"
COURTESY = (
    "This product uses publicly available data courtesy of the U.S. National Library of Medicine (NLM), National "
    "Institutes of Health, Department of Health and Human Services; NLM is not responsible for the product and does "
    "not endorse or recommend this or any other product."
)
USE_PER_PRODUCT = 25  # about the mean of the other ingredients
USE_UNCOUNTED = 100  # supplements and herbs have no package codes
USE_OF_AN_ALIAS = 300  # at most: a name beside the one that most people use
OFTEN = 2000  # more than any count of package codes
ALIAS_KINDS = ("brand", "abbreviation", "ask", "alias", "group", "inn", "spanish")  # tables of `names/*.toml`
EDITION = re.compile(r"\s+(?:Reformulated|Quadrivalent|Trivalent|20\d\d).*$")  # what a brand is also known without
HEADERS = {
    "ingredients.tsv": "rxcui\tname\tkind\tschedule\tn_ndc",
    "names.tsv": "key\tname\tkind\trxcui\tsets\tweight",
    "products.tsv": "rxcui\tname\tingredients\tstrength\tdose_form\trelease\tbrands\tn_ndc\tcompleteness",
}
Aliases = dict[str, Any]


def read_aliases() -> Aliases:
    """Our own short forms, everyday names, INN and Spanish names: the tables of all files, joined."""
    found: Aliases = {}
    for path in sorted(NAMES.glob("*.toml")):
        for kind, rows in tomllib.loads(path.read_text("utf-8")).items():
            if isinstance(rows, dict):
                found.setdefault(kind, {}).update(rows)
    return found


class TableBuilder:
    """Collects ingredients, products and names; ids are RxCUIs, or "~name" where no code was seen."""

    def __init__(self) -> None:
        self.ingredients: dict[str, list[str]] = {}
        self.id_of: dict[str, str] = {}
        self.products: list[list[str]] = []
        self.names: dict[tuple[str, str, str], list[str]] = {}
        self._of_key: dict[str, dict[tuple[str, str, str], None]] = {}  # the entries of `names` by their key
        self.brand_products: Counter[str] = Counter()
        self.often: frozenset[str] = frozenset()
        self.problems: list[str] = []

    # --- ingredients and products -------------------------------------------------------------------------

    def add_ingredient(self, rxcui: str, name: str, kind: str, n_ndc: str, schedule: str = "") -> None:
        identity = rxcui or f"~{name}"
        if name in self.id_of:
            return
        self.ingredients[identity] = [rxcui, name, kind, schedule, n_ndc]
        self.id_of[name] = identity
        self.name(name, "ingredient", rxcui, identity)
        bare = name.removesuffix(" (usp)").removesuffix(", human")
        if bare != name:
            self.name(bare, "alias", "", identity)

    def add_product(self, row: list[str]) -> None:
        """A row of products.tsv; a brand counts for as much as it has products (packs apart)."""
        if row[4] != "Pack":
            self.brand_products.update(key_of(fold(one)) for one in row[6].split("|") if one)
        self.products.append(row)

    def identities(self, codes: str, names: str) -> str:
        """The "|"-joined ids of an ingredient set; names stand in where a code is missing."""
        found = [one for one in codes.split("|") if one in self.ingredients]
        if not codes:
            found = [self.id_of[one.lower()] for one in names.split("|") if one.lower() in self.id_of]
        return joined(found)

    def estimate_missing_use(self) -> None:
        """Package codes are missing for most ingredients beginning with A: USE_PER_PRODUCT for each of their products."""
        count = Counter(identity for row in self.products for identity in row[2].split("|"))
        for identity, row in self.ingredients.items():
            if row[1].startswith("a") and not int(row[4] or 0):
                row[4] = str(USE_PER_PRODUCT * count[identity])

    # --- names --------------------------------------------------------------------------------------------

    def name(self, name: str, kind: str, rxcui: str, sets: str) -> None:
        key = key_of(fold(name))
        if key and sets:
            self.names.setdefault((key, kind, sets), [key, name, kind, rxcui, sets])
            self._of_key.setdefault(key, {})[key, kind, sets] = None

    def brand(self, name: str, rxcui: str, sets: str) -> None:
        """A brand, also without its edition ("Reformulated Aug 2022", "2025-2026")."""
        self.name(name, "brand", rxcui, sets)
        head = EDITION.sub("", name)
        if head != name:
            self.name(head, "brand", "", sets)

    def add_aliases(self, aliases: Aliases) -> None:
        """Every name of ours; one that points to another ("@Fluzone") after those that stand for themselves."""
        rows = [(name, kind, [target] if isinstance(target, str) else target)
                for kind in ALIAS_KINDS for name, target in aliases.get(kind, {}).items()]
        for name, kind, readings in sorted(rows, key=lambda row: "@" in "".join(row[2])):
            sets = [one for reading in readings for one in self.sets_of(reading, name)]
            self.replace(name, kind, " ; ".join(dict.fromkeys(sets)))

    def sets_of(self, reading: str, name: str) -> list[str]:
        """The ingredient sets that a reading stands for; "@Name" is all that the name holds already."""
        if not reading.startswith("@"):
            return [one for one in (self.set_of(reading, name),) if one]
        found = [sets for _, _, sets in self._of_key.get(key_of(fold(reading[1:])), {})]
        if not found:
            self.problems.append(f"names: {name}: no name {reading[1:]}")
        return [one for sets in found for one in sets.split(" ; ")]

    def set_of(self, reading: str, name: str) -> str:
        parts = [part.strip().lower() for part in reading.split(" + ")]
        missing = [part for part in parts if part not in self.id_of]
        if missing:
            self.problems.append(f"names: {name}: no ingredient named {', '.join(missing)}")
            return ""
        return joined(self.id_of[part] for part in parts)

    def replace(self, name: str, kind: str, sets: str) -> None:
        """An alias of ours overrules a brand of the same key, because it knows the family."""
        key = key_of(fold(name))
        entries = self._of_key.setdefault(key, {})
        known = {entry for entry in entries if entry[1] != "pack"}
        if known and {entry[2] for entry in known} == {sets} and kind != "abbreviation":
            return
        for other in [entry for entry in entries if entry[1] in ("brand", "pack", kind)]:
            del self.names[other], entries[other]
        if sets:
            self.names[key, kind, sets] = [key, name, kind, "", sets]
            entries[key, kind, sets] = None

    # --- weights ------------------------------------------------------------------------------------------

    def add_often(self, often: dict[str, Any]) -> None:
        names = [*next(csv.reader([often["medicines"].replace("\n", " ")], skipinitialspace=True)), *often["combinations"]]
        self.often = frozenset(self.set_of(name.strip(), "often") for name in names)

    def weighted_names(self) -> list[list[str]]:
        """The names with how much each is used: as its set, but a brand by the number of its products."""
        return sorted([*row, str(self.weight(row))] for row in self.names.values())

    def weight(self, row: list[str]) -> int:
        """How much a name is used: as its set, several readings as the least of them; brands and aliases within bounds."""
        sets = row[4].split(" ; ")
        bonus = OFTEN if self.often.issuperset(sets) else 0
        use = bonus + min(self.use_of(identities) for identities in sets)
        if row[2] in ("brand", "pack"):
            return min(use, bonus // 2 + USE_PER_PRODUCT * self.brand_products[row[0]])
        return min(use, bonus // 2 + USE_OF_AN_ALIAS) if row[2] == "alias" else use

    def use_of(self, identities: str) -> int:
        """Package codes of the least used ingredient; a supplement or herb, which has few or none, counts as taken."""
        rows = [self.ingredients[one] for one in identities.split("|")]
        return min(max(int(row[4] or 0), USE_UNCOUNTED if row[2] in ("supplement", "herbal") else 0) for row in rows)

    # --- files --------------------------------------------------------------------------------------------

    def write(self, folder: Path) -> dict[str, str]:
        """Write the three tables into a folder; the SHA-256 of each by its name."""
        rows = {
            "ingredients.tsv": sorted(self.ingredients.values(), key=lambda row: row[1]),
            "names.tsv": self.weighted_names(),
            "products.tsv": sorted(self.products, key=lambda row: (row[1].lower(), row[0])),
        }
        return {name: write_table(folder / name, HEADERS[name], rows[name]) for name in HEADERS}


def joined(identities: Iterable[str]) -> str:
    """Identities in the tables' order, each once."""
    return "|".join(sorted(set(identities), key=_sort_key))


def _sort_key(identity: str) -> tuple[int, str]:
    return (int(identity), "") if identity.isdigit() else (0, identity)


def write_table(path: Path, header: str, rows: Iterable[list[str]]) -> str:
    """Write one table and return its SHA-256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for line in _lines(header, rows):
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def _lines(header: str, rows: Iterable[list[str]]) -> Iterator[bytes]:
    yield f"{header}\n".encode()
    for row in rows:
        yield ("\t".join(row) + "\n").encode()


def write_manifest(folder: Path, version: str, hashes: dict[str, str], more: dict[str, str] | None = None) -> str:
    """Write MANIFEST.toml and return the hash over all tables; `more` are further texts about the release."""
    whole = hashlib.sha256("".join(f"{name}{sha}" for name, sha in sorted(hashes.items())).encode()).hexdigest()
    facts = {"version": version, "sha256": whole, **(more or {})}
    lines = [f"# {COURTESY}", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()), "", "[tables]"]
    lines += [f'"{name}" = "{sha}"' for name, sha in sorted(hashes.items())]
    (folder / "MANIFEST.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return whole
