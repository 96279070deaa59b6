"""Fixed sentences, dates and names as the reader's language writes them."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .schema import LANGUAGES, TIMES

WORDING = Path(__file__).with_name("wording")
AS_FRACTIONS = {"0.5": "½", ".5": "½", "1/2": "½", "0.25": "¼", "1/4": "¼", "0.75": "¾", "3/4": "¾", "1.5": "1½", "2.5": "2½"}

FRACTIONS = frozenset("½¼¾")


class Words:
    """The wording pack of one language; `words["cover"]["title"]` is a sentence, methods write dates and lists."""

    def __init__(self, pack: dict[str, Any]) -> None:
        self.pack = pack

    def __getitem__(self, part: str) -> Any:
        return self.pack[part]

    def day(self, written: str) -> str:
        """ "2026-11-18" as "November 18, 2026"; "2021-06" and "2021" keep to what is known."""
        year, month, day = [*written[:10].split("-"), None, None][:3]
        form = self.pack["dates"]["day" if day else "month" if month else "year"]
        name = self.pack["months"][int(month) - 1] if month else ""
        return form.format(year=year, month=name, day=int(day) if day else "")

    def weekday_and_day(self, written: str) -> str:
        date = dt.date.fromisoformat(written)
        month = self.pack["months"][date.month - 1]
        weekday = list(self.pack["weekdays"].values())[date.weekday()]
        return self.pack["dates"]["day_and_weekday"].format(weekday=weekday, day=date.day, month=month, year=date.year)

    def short_day(self, written: str) -> str:
        """For narrow columns: "11/18/2026", "06/2021"; in Spanish "18 nov 2026", since 03/04 is read two ways."""
        year, *rest = written[:10].split("-")
        if self.pack["language"] == "en":
            return "/".join([*rest, year])
        return " ".join([*(str(int(day)) for day in rest[1:]), self.pack["months"][int(rest[0]) - 1][:3], year]) if rest else year

    def started(self, medicine: dict[str, Any], *, short: bool = False) -> str:
        if not medicine.get("started_on"):
            return ""
        day = (self.short_day if short else self.day)(medicine["started_on"])
        return self.pack["dates"]["about"].format(when=day) if medicine.get("started_is_approximate") else day

    def clock(self, written: str) -> str:
        """ "15:05" as "3:05 p.m."."""
        hour, minute = map(int, written.split(":")[:2])
        half = self.pack["dates"]["am" if hour < 12 else "pm"]
        return f"{hour % 12 or 12}:{minute:02}\u00a0{half}"

    def moment(self, written: str) -> str:
        """ "2026-11-18T15:05:00-05:00" as the day and the clock of the place where it was signed."""
        return self.pack["dates"]["moment"].format(day=self.day(written), time=self.clock(written[11:16]))

    def series(self, items: Iterable[str]) -> str:
        """ "a", "a and b", "a, b and c"."""
        items = list(items)
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.conjunction(items[-1])} {items[-1]}"

    def conjunction(self, following: str) -> str:
        """ "and"; Spanish "y" turns into "e" before the sound i."""
        is_i = following.lower().startswith(("i", "hi", "í")) and not following.lower().startswith(("hie", "hia"))
        return "e" if self.pack["language"] == "es" and is_i else self.pack["everywhere"]["and"]

    def amounts(self, medicine: dict[str, Any]) -> list[str]:
        """How much at each of the four times of day, "" where nothing is taken; a half is "½"."""
        times = medicine.get("times") or {}
        return [AS_FRACTIONS.get(times.get(time) or "", times.get(time) or "") for time in TIMES]

    def amount(self, amount: str, unit: str | None) -> str:
        """ "1 tablet", "2 tablets", "½ tablet (half)": the fraction is also a word."""
        if not unit:
            return amount
        half = f" ({self.pack['names']['half']})" if amount == "½" else ""
        return f"{amount} {self.counted(amount, unit)}{half}"

    def counted(self, amount: str, unit: str) -> str:
        return unit if amount == "1" or amount in FRACTIONS else self.plural(unit)

    def plural(self, unit: str) -> str:
        """ "tablets", "patches"; "tabletas", "inyecciones"."""
        if self.pack["language"] == "es":
            return unit[:-2] + "ones" if unit.endswith("ón") else unit + ("s" if unit[-1] in "aeiouáéíóú" else "es")
        return unit + ("es" if unit.endswith(("s", "x", "ch", "sh")) else "s")

    def weekdays(self, medicine: dict[str, Any]) -> str:
        return self.series(self.pack["weekdays"][day] for day in medicine.get("weekdays") or [])


@cache
def words_in(language: str) -> Words:
    """The wording pack of "en" or "es"."""
    if language not in LANGUAGES:
        raise ValueError(f"no wording pack for {language!r}")
    return Words(tomllib.loads((WORDING / f"{language}.toml").read_text(encoding="utf-8")))


def in_language(value: Any, language: str, path: str = "payload", skip: frozenset[str] = frozenset()) -> tuple[Any, list[str]]:
    """The same data with every {en, es} text replaced by the one that is read.

    Returns it with one line for each sentence that exists in another language only. Fields named in
    `skip` are left out: the paper does not print them.
    """
    if isinstance(value, dict) and value and value.keys() <= set(LANGUAGES):
        chosen = (value.get(language) or "").strip() or None
        is_missing = chosen is None and any((other or "").strip() for other in value.values())
        line = f"{path}: not written in {words_in(language)['name']} yet; translate it before printing in that language"
        return chosen, [line] if is_missing else []
    if isinstance(value, list):
        pairs = [(index, f"{path}[{index}]", inner) for index, inner in enumerate(value)]
    elif isinstance(value, dict):
        pairs = [(key, f"{path}.{key}", inner) for key, inner in value.items() if key not in skip]
    else:
        return value, []
    results = {key: in_language(inner, language, inner_path, skip) for key, inner_path, inner in pairs}
    missing = [line for _, lines in results.values() for line in lines]
    resolved = {key: inner for key, (inner, _) in results.items()}
    return (resolved if isinstance(value, dict) else list(resolved.values())), missing
