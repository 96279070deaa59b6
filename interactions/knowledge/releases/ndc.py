"""National Drug Codes in every form that labels, claims and records write them.

FDA's code has 10 digits in three segments, labeler-product-package: 4-4-2, 5-3-2 or 5-4-1. Billing writes 11
digits, 5-4-2: the short segment gets one leading zero. Some lists write "*" for that zero. Ten digits without
hyphens do not say which segment is short, so they have three readings.
"""

from __future__ import annotations

import re

SEGMENTS = (5, 4, 2)
LAYOUTS = ((4, 4, 2), (5, 3, 2), (5, 4, 1))
_SPOKEN = re.compile(r"^\s*(?:ndc(?:\s*(?:code|number|no\.?|#))?\s*[:#=]?\s*)?([0-9*](?:[0-9*\- ]*[0-9*])?)\s*$", re.IGNORECASE)
_DASHES = re.compile(r"\s*[-\u2010-\u2014\u2212]\s*")
LONGEST = 40


def readings(text: str) -> tuple[str, ...]:
    """The 11-digit codes that a text can mean: none when it is no NDC, three for ten digits without hyphens.

    A product code (labeler and product alone, "0002-0800") gives its nine digits.
    """
    found = _SPOKEN.match(_DASHES.sub("-", text)) if len(text) <= LONGEST else None
    if not found:
        return ()
    code = found.group(1)
    if " " in code and "-" in code:
        return ()
    parts = code.replace(" ", "-").split("-")
    return _of_digits(parts[0]) if len(parts) == 1 else _of_segments(parts)


def _of_segments(parts: list[str]) -> tuple[str, ...]:
    """With hyphens: each segment is padded by itself; only one may be short."""
    if len(parts) not in (2, 3):
        return ()
    padded = [_padded(part, length) for part, length in zip(parts, SEGMENTS, strict=False)]
    short = sum(len(part.lstrip("*")) < length for part, length in zip(parts, SEGMENTS, strict=False))
    if not all(padded) or short > 1:
        return ()
    return ("".join(padded),)


def _padded(part: str, length: int) -> str:
    """A segment at full length: one digit short gets a zero, a leading "*" is that zero; "" when it does not fit."""
    bare = part[1:] if part.startswith("*") and len(part) == length else part
    is_number = bare.isascii() and bare.isdigit()
    return bare.zfill(length) if is_number and length - 1 <= len(bare) <= length else ""


def _of_digits(code: str) -> tuple[str, ...]:
    if "*" in code:
        return _of_segments([code[:5], code[5:9], code[9:]]) if len(code) == 11 else ()
    if len(code) == 11:
        return (code,)
    return tuple(dict.fromkeys(eleven(code, layout) for layout in LAYOUTS)) if len(code) == 10 else ()


def eleven(ten: str, layout: tuple[int, int, int]) -> str:
    """Ten digits read in one layout, as 11 digits."""
    first, second, _ = layout
    parts = ten[:first], ten[first:first + second], ten[first + second:]
    return "".join(part.zfill(length) for part, length in zip(parts, SEGMENTS, strict=True))


def hyphened(code: str) -> str:
    """An 11-digit code as 5-4-2, a 9-digit product code as 5-4."""
    return "-".join(part for part in (code[:5], code[5:9], code[9:]) if part)


def packed(ndc: str, rxcui: int) -> int:
    """An 11-digit NDC and an RxCUI (below 2**27) as one 64-bit number that sorts by NDC."""
    return (int(ndc) << 27) | rxcui


def unpacked(number: int) -> tuple[str, str]:
    """NDC and RxCUI of `packed`."""
    return f"{number >> 27:011d}", str(number & ((1 << 27) - 1))
