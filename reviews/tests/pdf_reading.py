"""Read a PDF back for tests: text with its size and place, the tag tree, what belongs to nobody.

Independent of the code that made the file, and of any program outside the virtual environment.
"""

import io
import re
from collections import Counter
from dataclasses import dataclass, field

import pikepdf

IDENTITY = (1, 0, 0, 1, 0, 0)
PAINTS = {"Tj", "TJ", "f", "f*", "S", "B", "Do"}


@dataclass
class Run:
    """A piece of text as it was painted; size in points, x and y in points from the top left."""

    text: str
    size: float
    x: float
    y: float
    is_artifact: bool


@dataclass
class Page:
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)
    is_untagged: bool = False

    @property
    def text(self):
        """Lines from top to bottom, spaces collapsed."""
        lines = {}
        for run in self.runs:
            lines.setdefault(round(run.y), []).append(run)
        rows = ("".join(run.text for run in sorted(line, key=lambda run: run.x)) for _, line in sorted(lines.items()))
        return re.sub(r"[ \u00a0]+", " ", "\n".join(rows))

    @property
    def body(self):
        return [run for run in self.runs if not run.is_artifact and run.text.strip()]

    @property
    def margins(self):
        return " ".join(run.text for run in self.runs if run.is_artifact)


def words_of(pdf):
    """All text of a PDF as one line, for phrases that wrap."""
    return re.sub(r"\s+", " ", " ".join(page.text for page in read_pages(pdf)))


def read_pages(raw):
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        return [_read_page(page) for page in pdf.pages]


def _read_page(page):
    box = [float(value) for value in page.MediaBox]
    read = Page(box[2], box[3])
    fonts = {name: _unicode_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    state, saved, tags, font, size, text = IDENTITY, [], [], {}, 0.0, IDENTITY
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            saved.append(state)
        elif name == "Q":
            state = saved.pop()
        elif name == "cm":
            state = _times([float(value) for value in operands], state)
        elif name in ("BMC", "BDC"):
            mcid = int(operands[1].MCID) if name == "BDC" and "/MCID" in operands[1] else None
            tags.append(mcid is None)
            read.marked += [] if mcid is None else [mcid]
        elif name == "EMC":
            tags.pop()
        elif name == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif name == "Tm":
            text = [float(value) for value in operands]
        elif name in ("Tj", "TJ"):
            matrix = _times(text, state)
            read.runs.append(
                Run(_decoded(operands[0], font), abs(size * matrix[3]), matrix[4], box[3] - matrix[5], is_artifact=not tags or tags[-1])
            )
        read.is_untagged |= name in PAINTS and not tags
    return read


def _times(a, b):
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _unicode_of(font):
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", table.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _decoded(shown, font):
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    raw = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return "".join(font.get(int.from_bytes(raw[at : at + 2], "big"), "\ufffd") for at in range(0, len(raw), 2))


@dataclass
class Tags:
    """The tag tree: how many of each, headings in order, and what our own list of checks finds wrong."""

    count: Counter = field(default_factory=Counter)
    headings: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    header_ids: set[str] = field(default_factory=set)
    header_uses: list[str] = field(default_factory=list)
    owned: set = field(default_factory=set)


def read_tags(raw):
    """Our own list of what PDF/UA asks and a machine can see; it is no validation."""
    tags = Tags()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for element in pdf.Root.StructTreeRoot.K:
            _walk(element, tags, inside_paragraph=False)
        if not pdf.Root.get("/Lang") or not pdf.docinfo.get("/Title"):
            tags.wrong.append("language or title missing")
        if b"pdfuaid" not in pdf.Root.Metadata.read_bytes() or not bool(pdf.Root.ViewerPreferences.DisplayDocTitle):
            tags.wrong.append("metadata")
        for page, read in zip(pdf.pages, read_pages(raw), strict=True):
            tags.wrong += ["content that no element owns" for mcid in read.marked if (page.obj.objgen, mcid) not in tags.owned]
            tags.wrong += ["untagged content"] if read.is_untagged else []
            tags.wrong += [f"font {name}" for name, font in page.Resources.get("/Font", {}).items() if not _is_embedded(font)]
    if tags.headings[:1] != [1] or any(after > before + 1 for before, after in zip(tags.headings, tags.headings[1:], strict=False)):
        tags.wrong.append(f"heading order {tags.headings}")
    if set(tags.header_uses) - tags.header_ids:
        tags.wrong.append("header id that leads nowhere")
    return tags


def _walk(element, tags, *, inside_paragraph):
    tag = str(element.get("/S", ""))
    tags.count[tag] += 1
    if tag == "/Figure" and not str(element.get("/Alt", "")):
        tags.wrong.append("figure without text")
    if tag == "/P" and inside_paragraph:
        tags.wrong.append("paragraph inside a paragraph")
    if re.fullmatch(r"/H\d", tag):
        tags.headings.append(int(tag[2]))
    if tag == "/TH" and "/ID" in element:
        tags.header_ids.add(str(element.ID))
    if tag == "/TD":
        own = [str(head) for head in element.A.get("/Headers", [])] if "/A" in element else []
        tags.header_uses += own
        tags.wrong += [] if own else ["cell without header"]
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            _walk(child, tags, inside_paragraph=inside_paragraph or tag == "/P")
        elif "/Pg" in element:
            tags.owned.add((element.Pg.objgen, int(child)))


def _is_embedded(font):
    owner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return "/ToUnicode" in font and ("/FontFile2" in owner.FontDescriptor or "/FontFile3" in owner.FontDescriptor)
