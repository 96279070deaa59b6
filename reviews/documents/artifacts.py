"""Mark page headers and footers as artifacts.

WeasyPrint 70 gives the text of page margin boxes a marked-content id that no structure element
owns. PDF/UA knows only two kinds of content, real and artifact, so that text is marked as the
second: a screen reader then passes over it.
"""

import io
from collections.abc import Iterator

import pikepdf

Owned = set[tuple[tuple[int, int], int]]


def mark_artifacts(raw: bytes) -> bytes:
    """The same PDF with ownerless marked content as pagination artifacts; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        owned: Owned = set()
        for element in pdf.Root.StructTreeRoot.K:
            owned.update(_content_of(element))
        for page in pdf.pages:
            instructions = [_marked(page, operands, operator, owned) for operands, operator in pikepdf.parse_content_stream(page)]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, compress_streams=True)
        return target.getvalue()


def _content_of(element: pikepdf.Object) -> Iterator[tuple[tuple[int, int], int]]:
    """(page, marked-content id) of everything that an element and its children own."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield from _content_of(child)
        elif "/Pg" in element:
            yield element.Pg.objgen, int(child)


def _marked(page: pikepdf.Page, operands: list, operator: pikepdf.Operator, owned: Owned) -> tuple[list, pikepdf.Operator]:
    is_content = str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
    if is_content and (page.obj.objgen, int(operands[1].MCID)) not in owned:
        return [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)], operator
    return operands, operator
