"""Medicines of a file, looked up in our dictionary; a name and a code that disagree are a conflict."""

from collections.abc import Callable
from dataclasses import replace

from exchange.chart import ImportedFile, ImportedMedication, ImportedPatient, Ingredient
from exchange.merge import join_same
from interactions.knowledge.catalog import Catalog
from interactions.knowledge.shapes import Resolution

Tell = Callable[[str, str], None]


def recognize(file: ImportedFile, catalog: Catalog) -> ImportedFile:
    """The same file with every medicine resolved, and products that turn out to be the same joined."""
    conflicts: list[str] = list(file.conflicts)

    def tell(source: str, message: str) -> None:
        conflicts.append(f"{source}: {message}" if source else message)

    patients = tuple(_recognized(patient, catalog, tell) for patient in file.patients)
    return replace(file, patients=patients, conflicts=tuple(dict.fromkeys(conflicts)))


def _recognized(patient: ImportedPatient, catalog: Catalog, tell: Tell) -> ImportedPatient:
    lines = [recognize_line(line, catalog, tell) for line in patient.medications]
    return replace(patient, medications=join_same(lines, tell))


def recognize_line(line: ImportedMedication, catalog: Catalog, tell: Tell) -> ImportedMedication:
    """One medicine with status, ingredients and product. The code decides, unless the name says another drug."""
    code, said = _code_of(line, catalog)
    found = catalog.resolve(line.text, code)
    named = catalog.resolve(line.text)
    if code and named.status == "resolved" and set(found.ingredients) != set(named.ingredients):
        coded, worded = (", ".join(one.name for one in item.ingredients) for item in (found, named))
        tell(", ".join(line.source), f'"{line.text}" names {worded}, but its code {said} means {coded}; choose the right one')
        return replace(line, status="ambiguous")
    if found.status != "resolved":
        return replace(line, status=found.status)
    product = found.product
    return replace(
        line,
        status="resolved",
        ingredients=tuple(Ingredient(one.rxcui, one.name) for one in found.ingredients),
        product=product.name if product else "",
        product_rxcui=product.rxcui if product else "",
        rxcuis=tuple(dict.fromkeys([*line.rxcuis, product.rxcui])) if product and product.rxcui else line.rxcuis,
    )


def _code_of(line: ImportedMedication, catalog: Catalog) -> tuple[str | None, str]:
    """The RxCUI that decides a line, and the code as the source gave it: RxNorm's own first, else the one of its NDCs."""
    own = next((code for code in line.rxcuis if catalog.by_rxcui(code)), None)
    if own:
        return own, own
    meant = {code: _rxcui_of(catalog.resolve(code)) for code in line.ndcs}
    products = {code for code in meant.values() if code}
    return (products.pop(), f"NDC {line.ndcs[0]}") if len(products) == 1 else (None, "")


def _rxcui_of(found: Resolution) -> str | None:
    """The RxCUI of a product, else of a single ingredient."""
    if not found.is_resolved or found.how != "ndc":
        return None
    if found.product:
        return found.product.rxcui
    return found.ingredients[0].rxcui if len(found.ingredients) == 1 else None
