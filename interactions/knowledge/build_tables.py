"""Compile the source lists into the tables that ship: `python -m interactions.knowledge.build_tables SOURCE`.

SOURCE is the folder with the `rxnorm_*.tsv` files (see tables/README.md for what they are). Every name gets its
comparison key here, so that loading only splits lines. The output is plain text, sorted, and the same for the
same input; MANIFEST.toml carries the version and the SHA-256 of each table.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from interactions.knowledge.releases.builder import Aliases, TableBuilder, read_aliases, write_manifest

TABLES = Path(__file__).parent / "tables"
Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    """The rows of one tab-separated source list."""
    with (folder / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Compiler(TableBuilder):
    """The tables out of the source lists of one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def compile(self) -> None:
        aliases = read_aliases()
        self.add_ingredients(aliases)
        self.add_salts()
        self.add_combinations()
        self.add_brands()
        self.add_products()
        self.add_packs()
        self.estimate_missing_use()
        self.add_aliases(aliases)
        self.add_often(aliases["often"])

    def add_ingredients(self, aliases: Aliases) -> None:
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
                self.brand(row["brand_name"], row["brand_rxcui"], identities)

    def add_products(self) -> None:
        for row in read(self.folder, "rxnorm_products"):
            identities = self.identities(row["ingredient_rxcuis"], row["ingredient_names"])
            if not identities:
                self.problems.append(f"product without a known ingredient: {row['name']}")
                continue
            complete = "" if row["ingredients_complete"] == "Y" or not row["ingredient_rxcuis"] else "partial"
            self.add_product([row["rxcui"], row["name"], identities, row["strength"], row["dose_form"],
                              row["release"], row["brand_names"], row["n_ndc"], complete])

    def add_packs(self) -> None:
        for row in read(self.folder, "rxnorm_packs"):
            identities = self.identities(row["ingredient_rxcuis"], row["ingredient_names"])
            if not identities:
                self.problems.append(f"pack without a known ingredient: {row['name']}")
                continue
            if row["brand"]:
                self.name(row["brand"], "pack", row["rxcui"], identities)
            complete = "" if row["ingredients_complete"] == "Y" else "partial"
            self.add_product([row["rxcui"], row["name"], identities, "", "Pack", "", row["brand"], row["n_ndc"], complete])


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
    write_manifest(TABLES, "2025-10 RxNorm prescribable, supplemented 2026-11", compiler.write(TABLES))
    print(f"{len(compiler.ingredients)} ingredients, {len(compiler.names)} names, {len(compiler.products)} products",
          file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
