"""List the plain English words that spelling correction would bend into a medicine.

`python -m interactions.knowledge.build_words WORDS` reads a word list (one a line;
Debian's `wamerican` and the names of people in Faker were used) and
writes `tables/near_words.txt`. Run it again after the dictionary or the correction has changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from interactions.knowledge.catalog import get_catalog
from interactions.knowledge.normalize import fold, key_of
from interactions.knowledge.plain_words import NEAR_WORDS

# Words of the list that are a medicine, or a plural or older spelling of one.
MEDICINES = frozenset((
    "thiamin glycerine sulphur gelatine hawthorne cranberries novocain linseed marihuana thyroids aspirins ibuprofens "
    "nicotines insulins adrenalin adrenalins barbiturate amphetamines benzedrine oxycontin warfarin multivitamins "
    "methadon antihistamine codeines caffeines lithiums vitamins tylenols advils steroids valiums prozacs fish").split())
NOTICE = """# English words near a medicine's name in spelling; never corrected into one.
# Taken from SCOWL (Spell Checker Oriented Word Lists, http://wordlist.aspell.net/) by way of Debian's wamerican.
# Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that copyright notice and
# this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
# suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
# First and family names that are frequent in the United States came from the Faker library (MIT license).
"""


def near_words(words: Iterable[str]) -> Iterator[str]:
    """The folded words that are no name of the index and have a candidate by prefix or spelling."""
    catalog = get_catalog()
    for word in sorted({fold(word.strip()) for word in words}):
        is_plain = word.isalpha() and len(word) > 4 and word not in MEDICINES
        if is_plain and key_of(word) not in catalog.names and catalog.speller.near([word], True):
            yield word


def main(arguments: list[str]) -> int:
    """0 when the list is written, 2 on wrong usage."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python -m interactions.knowledge.build_words WORDS", file=sys.stderr)
        return 2
    found = list(near_words(Path(arguments[0]).read_text("utf-8").splitlines()))
    NEAR_WORDS.write_text(NOTICE + "\n".join(found) + "\n", "utf-8")
    print(f"{len(found)} words", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
