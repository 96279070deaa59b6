"""The to-do list and the action plan: what was talked about, and what the patient should do and not do."""

from math import ceil
from typing import Any

from .phrases import Words
from .sheets import credentialed

MAP_ROWS = 4
# average characters in a line, and the lines that a block may have, so that it stays on one page
TODO_BLOCK, PLAN_ROW = (52, 24), (27, 22)

Data = dict[str, Any]


def todo(data: Data, words: Words) -> Data:
    return {"topics": _blocks(data, words, *TODO_BLOCK)}


def action_plan(data: Data, words: Words) -> Data:
    rows, team, next_visit = _blocks(data, words, *PLAN_ROW), data.get("care_team") or {}, data.get("follow_up")
    last = rows[-1]["number"]
    return {
        "rows": rows,
        "blank_rows": range(last + 1, max(MAP_ROWS, last + 1) + 1),
        "doctor": team.get("primary_care"),
        "pharmacist": credentialed(data["pharmacist"]),
        "next": next_visit and {"when": _appointment(next_visit, words), "how": next_visit.get("how")},
    }


def _appointment(visit: Data, words: Words) -> str:
    day = words.weekday_and_day(visit["on"])
    return words["map"]["at"].format(day=day, time=words.clock(visit["at"])) if visit.get("at") else day


def _blocks(data: Data, words: Words, width: int, most: int) -> list[Data]:
    """Numbered blocks, one for each topic; a topic too long for a page goes on in a block that says so."""
    topics = [_topic(topic, words) for topic in data.get("topics") or []] or [_nothing(words)]
    return [piece | {"number": number} for number, topic in enumerate(topics, start=1) for piece in _pieces(topic, words, width, most)]


def _nothing(words: Words) -> Data:
    """A review that found no problem still gives the patient a list."""
    sentences = words["todo"]
    return {"title": None, "text": sentences["nothing"], "steps": [("do", step) for step in sentences["nothing_steps"]]}


def _topic(topic: Data, words: Words) -> Data:
    """Title, text and steps: what to do first, then what not to do."""
    steps = [(action["kind"], _step(action, words)) for action in topic["actions"]]
    return {"title": topic.get("title"), "text": topic["text"], "steps": sorted(steps, key=lambda step: step[0] != "do")}


def _step(action: Data, words: Words) -> str:
    if not action.get("by_when"):
        return action["text"]
    return f"{action['text']} {words['everywhere']['by_when'].format(date=words.day(action['by_when']))}"


def _pieces(topic: Data, words: Words, width: int, most: int) -> list[Data]:
    pieces, used = [_piece(topic["title"], topic["text"])], ceil(len(topic["text"]) / width)
    for kind, step in topic["steps"]:
        needed = ceil(len(step) / width)
        if used and used + needed > most:
            title = " ".join(filter(None, [topic["title"], words["everywhere"]["continued"]]))
            pieces.append(_piece(title, ""))
            used = 0
        pieces[-1][kind].append(step)
        used += needed
    return pieces


def _piece(title: str | None, text: str) -> Data:
    return {"title": title, "text": text, "do": [], "dont": []}
