"""The picture in a letterhead: what a manager chose becomes a small, plain, gray PNG, or a sentence that says why not.

Nothing of a file that came from outside is stored or printed as it came: its pixels are drawn on
white, and a new file is written from them, without the metadata, colors and programs of the old one.
"""

import base64
import io
import struct

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

LARGEST_FILE = 500 * 1024  # bytes
LONGEST_SIDE = 4000  # pixels, of the file that was chosen
PRINTED = (600, 200)  # pixels, of the picture that is kept: 400 to the inch where papers print it
LEAST_CONTRAST = 80  # of 255 between the darkest and the lightest shade, to survive a copier and a fax
LONGEST_TEXT = 170_000  # characters of base64; noise of the full printed size takes 161,000

BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, OverflowError, struct.error)  # what Pillow raises for damaged files
SVG_REFUSED = "SVG files are not taken, because they can hold programs. Save the picture as PNG and choose that file."
DAMAGED = "The file is damaged or not whole. Save the picture again and choose the new file."
TOO_LARGE = f"The picture is larger than {LONGEST_SIDE} × {LONGEST_SIDE} pixels. Make it smaller and choose it again."


class LogoProblem(ValueError):
    """Why this file cannot be the logo, and what to do."""


def cleaned(raw: bytes) -> bytes:
    """A PNG or JPEG file as the PNG that is kept: gray, on white, within `PRINTED`, pixels alone. Raises LogoProblem."""
    if len(raw) > LARGEST_FILE:
        raise LogoProblem(f"The file is larger than {LARGEST_FILE // 1024} KB. Make the picture smaller and choose it again.")
    picture = _read(raw)
    darkest, lightest = picture.getextrema()
    if lightest - darkest < LEAST_CONTRAST:
        raise LogoProblem("In black and white on white paper nothing could be seen of this picture. Choose a darker version of it.")
    return _written(picture)


def to_text(png: bytes) -> str:
    """The stored logo as a payload carries it."""
    return base64.b64encode(png).decode("ascii")


def from_text(text: str) -> bytes:
    """The PNG that a payload carries, written anew from its pixels; raises LogoProblem unless it is such a PNG as `cleaned` makes."""
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(text, validate=True)), formats=["PNG"])
        is_ours = picture.mode == "L" and _fits(picture.size, PRINTED) and not _moves(picture)
        if is_ours:
            _unpack(picture)
    except (*BROKEN, Image.DecompressionBombError):
        is_ours = False
    if not is_ours:
        raise LogoProblem("is not a gray PNG picture of at most {} × {} pixels in base64; leave it out".format(*PRINTED))
    return _written(picture)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    return Image.open(io.BytesIO(png), formats=["PNG"]).size


def _read(raw: bytes) -> Image.Image:
    """The pixels of a chosen file, gray on white; the size is looked at before they are unpacked."""
    try:
        picture = Image.open(io.BytesIO(raw), formats=["PNG", "JPEG"])
        if not _fits(picture.size, (LONGEST_SIDE, LONGEST_SIDE)):
            raise LogoProblem(TOO_LARGE)
        if _moves(picture):
            raise LogoProblem("The file holds more than one picture. Save one of them as PNG and choose that file.")
        _unpack(picture)
        return _gray_on_white(ImageOps.exif_transpose(picture))
    except LogoProblem:
        raise
    except Image.DecompressionBombError:
        raise LogoProblem(TOO_LARGE) from None
    except UnidentifiedImageError:
        raise LogoProblem(_why_unknown(raw)) from None
    except BROKEN:
        raise LogoProblem(DAMAGED) from None


def _why_unknown(raw: bytes) -> str:
    start = raw[:2000].lower()
    if b"<svg" in start or (start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"svg" in start):
        return SVG_REFUSED
    if raw.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return DAMAGED
    return "This is not a PNG or JPEG picture. Choose a PNG or JPEG file."


def _fits(size: tuple[int, int], box: tuple[int, int]) -> bool:
    return 1 <= size[0] <= box[0] and 1 <= size[1] <= box[1]


def _moves(picture: Image.Image) -> bool:
    return getattr(picture, "n_frames", 1) != 1


def _unpack(picture: Image.Image) -> None:
    """Read all pixels. The print engine lets Pillow fill the missing part of a file with gray, for the whole process: not here."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    picture.load()


def _gray_on_white(picture: Image.Image) -> Image.Image:
    """What a black-and-white printer makes of it, within `PRINTED`; a small picture is not blown up."""
    if picture.mode.startswith("I"):  # 16 bits a pixel: keep the upper eight
        picture = picture.convert("I").point(lambda shade: shade / 256).convert("L")
    picture = picture.convert("RGBA")
    picture.thumbnail(PRINTED, Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("L")


def _written(picture: Image.Image) -> bytes:
    """A new file of the pixels alone: what else a picture brings along stays behind."""
    plain, target = Image.new("L", picture.size), io.BytesIO()
    plain.paste(picture)
    plain.save(target, format="PNG", optimize=True)
    return target.getvalue()
