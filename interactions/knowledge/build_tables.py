"""Compile the source lists into the tables that ship: `python -m interactions.knowledge.build_tables SOURCE`.

SOURCE is the folder with the `rxnorm_*.tsv` files (see tables/README.md for what they are). Every name gets its
comparison key here, so that loading only splits lines. The output is plain text, sorted, and the same for the
same input; MANIFEST.toml carries the version and the SHA-256 of each table.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from interactions.knowledge.normalize import fold, key_of

HERE = Path(__file__).parent
TABLES = HERE / "tables"
ALIASES = HERE / "abbreviations.toml"
COURTESY = (
    "This product uses publicly available data courtesy of the U.S. National Library of Medicine (NLM), National "
    "Institutes of Health, Department of Health and Human Services; NLM is not responsible for the product and does "
    "not endorse or recommend this or any other product."
)
USE_PER_PRODUCT = 25  # about the mean of the other ingredients
OFTEN = 2000  # more than any count of package codes
Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    """The rows of one tab-separated source list."""
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Compiler:
    """Collects ingredients, products and names; ids are RxCUIs, or "~name" where no code was seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ingredients: dict[str, list[str]] = {}
        self.id_of: dict[str, str] = {}
        self.products: list[list[str]] = []
        self.names: dict[tuple[str, str, str], list[str]] = {}
        self.brand_products: Counter[str] = Counter()
        self.often: frozenset[str] = frozenset()
        self.problems: list[str] = []

    def compile(self) -> None:
        aliases = tomllib.loads(ALIASES.read_text("utf-8"))
        self.add_ingredients(aliases)
        self.add_salts()
        self.add_combinations()
        self.add_brands()
        self.add_products()
        self.add_packs()
        self.estimate_missing_use()
        self.add_aliases(aliases)
        self.add_often(aliases["often"])

    def add_ingredients(self, aliases: dict[str, dict[str, str]]) -> None:
        status = {row["rxcui"]: row["status"] for row in read(self.folder, "otc_supplement_status") if row["rxcui"]}
        for row in read(self.folder, "rxnorm_ingredients"):
            self.add_ingredient(row["rxcui"], row["name"].lower(), status.get(row["rxcui"], "rx"), row["n_ndc"])
        for row in read(self.folder, "ingredients_without_rxcui"):
            self.add_ingredient("", row["name"].lower(), "rx", "")
        for row in read(self.folder, "otc_supplement_status"):
            if not row["rxcui"] and row["name"] != "cbd oil":
                self.add_ingredient("", row["name"].lower(), row["status"], "")
        for name, kind in aliases["uncoded"].items():
            self.add_ingredient("", name, kind, "")
        self.add_schedules()

    def add_ingredient(self, rxcui: str, name: str, kind: str, n_ndc: str) -> None:
        identity = rxcui or f"~{name}"
        if name in self.id_of:
            return
        self.ingredients[identity] = [rxcui, name, kind, "", n_ndc]
        self.id_of[name] = identity
        self.name(name, "ingredient", rxcui, identity)
        bare = name.removesuffix(" (usp)").removesuffix(", human")
        if bare != name:
            self.name(bare, "alias", "", identity)

    def add_schedules(self) -> None:
        """A schedule is kept only where it holds for every product of the ingredient."""
        for row in read(self.folder, "dea_schedules"):
            if row["scope"] == "any product" and row["rxcui"] in self.ingredients:
                self.ingredients[row["rxcui"]][3] = row["schedule"]

    def add_salts(self) -> None:
        for row in read(self.folder, "rxnorm_salt_forms"):
            if row["ingredient_rxcui"] in self.ingredients:
                self.name(row["salt_name"].lower(), "salt", row["salt_rxcui"], row["ingredient_rxcui"])

    def add_combinations(self) -> None:
        for row in read(self.folder, "rxnorm_combinations"):
            if "?" not in row["ingredient_rxcuis"]:
                self.name(row["name"].lower(), "combination", row["rxcui"], self.identities(row["ingredient_rxcuis"], ""))

    def add_brands(self) -> None:
        for row in read(self.folder, "rxnorm_brands"):
            for codes, names in zip(row["ingredient_rxcui_sets"].split(" ; "), row["ingredient_name_sets"].split(" ; "),
                                    strict=True):
                identities = self.identities(codes, names)
                if identities:
                    self.name(row["brand_name"], "brand", row["brand_rxcui"], identities)
                for plain in brand_short_forms(row["brand_name"]):
                    self.name(plain, "brand", "", identities)

    def weighted_names(self) -> list[list[str]]:
        """The names with how much each is used: as its set, but a brand by the number of its products."""
        return sorted([*row, str(self.weight(row))] for row in self.names.values())

    def add_often(self, often: dict[str, Any]) -> None:
        names = [*next(csv.reader([often["medicines"].replace("\n", " ")], skipinitialspace=True)), *often["combinations"]]
        self.often = frozenset(self.set_of(name.strip(), "often") for name in names)

    def weight(self, row: list[str]) -> int:
        bonus = OFTEN if self.often & set(row[4].split(" ; ")) else 0
        use = bonus + max(min(int(self.ingredients[one][4] or 0) for one in each.split("|")) for each in row[4].split(" ; "))
        return min(use, bonus // 2 + USE_PER_PRODUCT * self.brand_products[row[0]]) if row[2] in ("brand", "pack") else use

    def identities(self, codes: str, names: str) -> str:
        """The "|"-joined ids of an ingredient set; names stand in where a code is missing."""
        found = [one for one in codes.split("|") if one in self.ingredients]
        if not codes:
            found = [self.id_of[one.lower()] for one in names.split("|") if one.lower() in self.id_of]
        return "|".join(sorted(set(found), key=sort_key))

    def add_products(self) -> None:
        for row in read(self.folder, "rxnorm_products"):
            identities = self.identities(row["ingredient_rxcuis"], row["ingredient_names"])
            if not identities:
                self.problems.append(f"product without a known ingredient: {row['name']}")
                continue
            self.brand_products.update(key_of(fold(one)) for one in row["brand_names"].split("|") if one)
            complete = "" if row["ingredients_complete"] == "Y" or not row["ingredient_rxcuis"] else "partial"
            self.products.append([row["rxcui"], row["name"], identities, row["strength"], row["dose_form"],
                                  row["release"], row["brand_names"], row["n_ndc"], complete])

    def estimate_missing_use(self) -> None:
        """Package codes are missing for most ingredients beginning with A: USE_PER_PRODUCT for each of their products."""
        count = Counter(identity for row in self.products for identity in row[2].split("|"))
        for identity, row in self.ingredients.items():
            if row[1].startswith("a") and not int(row[4] or 0):
                row[4] = str(USE_PER_PRODUCT * count[identity])

    def add_packs(self) -> None:
        for row in read(self.folder, "rxnorm_packs"):
            identities = self.identities(row["ingredient_rxcuis"], row["ingredient_names"])
            if not identities:
                self.problems.append(f"pack without a known ingredient: {row['name']}")
                continue
            if row["brand"]:
                self.name(row["brand"], "pack", row["rxcui"], identities)
            complete = "" if row["ingredients_complete"] == "Y" else "partial"
            self.products.append([row["rxcui"], row["name"], identities, "", "Pack", "", row["brand"], row["n_ndc"],
                                  complete])

    def add_aliases(self, aliases: dict[str, dict[str, str | list[str]]]) -> None:
        for kind in ("abbreviation", "ask", "alias", "inn", "spanish"):
            for name, target in aliases[kind].items():
                readings = [target] if isinstance(target, str) else target
                sets = [self.set_of(reading, name) for reading in readings]
                self.replace(name, kind, " ; ".join(dict.fromkeys(one for one in sets if one)))

    def set_of(self, reading: str, name: str) -> str:
        parts = [part.strip().lower() for part in reading.split(" + ")]
        missing = [part for part in parts if part not in self.id_of]
        if missing:
            self.problems.append(f"{ALIASES.name}: {name}: no ingredient named {', '.join(missing)}")
            return ""
        return "|".join(sorted((self.id_of[part] for part in parts), key=sort_key))

    def replace(self, name: str, kind: str, sets: str) -> None:
        """An alias of ours overrules a brand of the same key, because it knows the family."""
        key = key_of(fold(name))
        known = {entry for entry in self.names if entry[0] == key and entry[1] != "pack"}
        if known and {entry[2] for entry in known} == {sets} and kind != "abbreviation":
            return
        for other in [entry for entry in self.names if entry[0] == key and entry[1] in ("brand", "pack", kind)]:
            del self.names[other]
        if sets:
            self.names[key, kind, sets] = [key, name, kind, "", sets]

    def name(self, name: str, kind: str, rxcui: str, sets: str) -> None:
        key = key_of(fold(name))
        if key and sets:
            self.names.setdefault((key, kind, sets), [key, name, kind, rxcui, sets])


def brand_short_forms(brand: str) -> Iterator[str]:
    """A brand without "Reformulated Aug 2022" and the like."""
    head, found, _ = brand.partition(" Reformulated ")
    if found:
        yield head


def sort_key(identity: str) -> tuple[int, str]:
    return (int(identity), "") if identity.isdigit() else (0, identity)


def write(path: Path, header: str, rows: Iterable[list[str]]) -> str:
    """Write one table and return its SHA-256."""
    text = header + "\n" + "".join("\t".join(row) + "\n" for row in rows)
    path.write_text(text, "utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def write_manifest(version: str, hashes: dict[str, str]) -> None:
    whole = hashlib.sha256("".join(f"{name}{sha}" for name, sha in sorted(hashes.items())).encode()).hexdigest()
    lines = [f"# {COURTESY}", f'version = "{version}"', f'sha256 = "{whole}"', "", "[tables]"]
    lines += [f'"{name}" = "{sha}"' for name, sha in sorted(hashes.items())]
    (TABLES / "MANIFEST.toml").write_text("\n".join(lines) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Build every table; 0 when done, 1 with one line per problem, 2 on wrong usage."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m interactions.knowledge.build_tables FOLDER", file=sys.stderr)
        return 2
    compiler = Compiler(Path(arguments[0]))
    compiler.compile()
    for problem in compiler.problems:
        print(problem, file=sys.stderr)
    TABLES.mkdir(exist_ok=True)
    hashes = {
        "ingredients.tsv": write(TABLES / "ingredients.tsv", "rxcui\tname\tkind\tschedule\tn_ndc",
                                 sorted(compiler.ingredients.values(), key=lambda row: row[1])),
        "names.tsv": write(TABLES / "names.tsv", "key\tname\tkind\trxcui\tsets\tweight", compiler.weighted_names()),
        "products.tsv": write(TABLES / "products.tsv",
                              "rxcui\tname\tingredients\tstrength\tdose_form\trelease\tbrands\tn_ndc\tcompleteness",
                              sorted(compiler.products, key=lambda row: (row[1].lower(), row[0]))),
    }
    write_manifest("2025-10 RxNorm prescribable, supplemented 2026-11", hashes)
    print(f"{len(compiler.ingredients)} ingredients, {len(compiler.names)} names, {len(compiler.products)} products",
          file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
