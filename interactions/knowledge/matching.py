"""From an ingredient set and what was typed of strength, form and brand to one product, where it is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.reading import Reading
from interactions.knowledge.shapes import Product
from interactions.knowledge.strengths import Amount, product_amounts

if TYPE_CHECKING:
    from interactions.knowledge.catalog import Catalog


class Fit(NamedTuple):
    """The product (None unless strength and form are both known), and what all fitting products share."""

    product: Product | None
    route: str | None
    contents: tuple[tuple[str, Amount], ...] = ()
    fitting: tuple[Product, ...] = ()


class Wanted(NamedTuple):
    """What a reading says of the product: the same for every line that differs only in its directions."""

    amounts: tuple[Amount, ...]
    forms: tuple[tuple[str, ...], ...]
    releases: tuple[tuple[str, ...], ...]
    routes: tuple[str, ...]
    salts: tuple[str, ...]


def best_product(catalog: Catalog, identities: str, reading: Reading, brand: str) -> Fit:
    """The product that fits; None when strength or form was not given, or two fit equally well."""
    forms, releases = tuple(map(tuple, reading.forms)), tuple(map(tuple, reading.releases))
    return _best(catalog, identities, Wanted(tuple(reading.amounts), forms, releases, tuple(reading.routes), tuple(reading.salts)), brand)


@lru_cache(8_192)
def _best(catalog: Catalog, identities: str, reading: Wanted, brand: str) -> Fit:
    products = catalog.products_of(identities)
    branded = [one for one in products if brand in one.brands]
    fitting = fitting_products(branded, reading) or fitting_products(products, reading)
    fitting = _injected_before_inhaled(fitting, branded or products, reading)
    is_taken_as_sold = not reading.forms and catalog.kind_of(identities) not in ("supplement", "herbal")
    route = (common_route(fitting if reading.amounts or reading.forms else ()) or _typed_route(reading)
             or (common_route(branded or products) if is_taken_as_sold else None))
    product = _single(fitting, reading) if reading.amounts and (reading.forms or reading.releases) else None
    if product:
        return Fit(product, product.route, contents_of(catalog, product), (product,))
    return Fit(None, route, _agreed(catalog, fitting) if reading.amounts else (), tuple(fitting))


def _injected_before_inhaled(fitting: list[Product], products: Sequence[Product], reading: Wanted) -> list[Product]:
    """ "Insulin regular 4 units" is injected, though only a cartridge to inhale holds just that: units without a form are a dose."""
    is_open = not reading.forms and not reading.routes and any(one.unit == "UNT" for one in reading.amounts)
    if not is_open or common_route(fitting) != "inhaled" or not any(one.route == "injection" for one in products):
        return fitting
    return [one for one in products if one.route == "injection"]


def forget_products() -> None:
    """Let go of a dictionary that is no longer in use."""
    _best.cache_clear()


def _typed_route(reading: Wanted) -> str | None:
    """The most telling route word: "sublingual tab" is sublingual, not oral."""
    return next((route for route in reading.routes if route != "oral"), next(iter(reading.routes), None))


def contents_of(catalog: Catalog, product: Product) -> tuple[tuple[str, Amount], ...]:
    """Ingredient name and content of one tablet, mL, puff or hour; what can't be told apart is left out."""
    amounts = product_amounts(product.strength)
    if len(product.ingredients) == 1 and len(amounts) == 1:
        return ((product.ingredients[0].name, amounts[0]),)
    found: list[tuple[str, Amount]] = []
    for one in product.ingredients:
        mine = [amount for amount in amounts if catalog.ingredient_named(amount.component) == one]
        if len(mine) == 1:
            found.append((one.name, mine[0]))
    return tuple(found)


def _agreed(catalog: Catalog, products: list[Product]) -> tuple[tuple[str, Amount], ...]:
    """The contents that every fitting product has, leaving the names of salts aside."""
    all_contents = {tuple((name, replace(amount, component="")) for name, amount in contents_of(catalog, one))
                    for one in products}
    return all_contents.pop() if len(all_contents) == 1 else ()


def fitting_products(products: Iterable[Product], reading: Reading | Wanted) -> list[Product]:
    """The products that agree with the amounts, forms and release words of a reading."""
    return [one for one in products if _fits_amounts(one, reading.amounts) and _fits_form(one, reading)]


def _fits_amounts(product: Product, amounts: Sequence[Amount]) -> bool:
    if not amounts:
        return True
    own = product_amounts(product.strength)
    if not own or len(amounts) > len(own):
        return False
    if len(own) > 4:
        return all(any(typed.agrees_with(one) for one in own) for typed in amounts)
    return any(all(typed.agrees_with(one) for typed, one in zip(amounts, order, strict=False))
               for order in permutations(own, len(amounts)))


def _fits_form(product: Product, reading: Reading | Wanted) -> bool:
    form = product.dose_form.lower()
    if not all(any(need in form for need in needs) for needs in reading.forms):
        return False
    for needs in reading.releases:
        if needs == ("immediate",):
            if "release" in form:
                return False
        elif not any(need in form for need in needs):
            return False
    return True


def _single(products: list[Product], reading: Wanted) -> Product | None:
    """The plainest fitting form; among equals the coded generic most used; None when strengths still differ."""
    if not products:
        return None
    salts = set(reading.salts)
    named = [one for one in products if salts & set(fold(one.name).split())] if salts else []
    products = named or products
    plainest = min(_plainness(one) for one in products)
    best = [one for one in products if _plainness(one) == plainest]
    coded = [one for one in best if one.rxcui] or best
    generic = [one for one in coded if not one.name.endswith("]")] or coded
    return max(generic, key=lambda one: one.n_ndc) if len({_meaning(one) for one in generic}) == 1 else None


def _plainness(product: Product) -> tuple[int, int]:
    """Fewer words in the form first ("Oral Tablet" before "Extended Release Oral Tablet"), no pack size first."""
    return len(product.dose_form.split()), int(product.name.startswith("NDA") or (product.name[:1].isdigit() and not product.release))


def _meaning(product: Product) -> str:
    return key_of(fold(f"{product.strength} {product.dose_form} {product.release}"))


def common_route(products: Iterable[Product]) -> str | None:
    """The one route that all products share, else None."""
    routes = {one.route for one in products if one.route}
    return routes.pop() if len(routes) == 1 else None
