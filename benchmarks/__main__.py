"""Speed, as a ratio to a floor measured in the same run: `make bench`.

    dictionary        loading it, in seconds, with its memory
    names             typed texts understood a second, none seen before, and p50 and p99 by kind
    directions        reading a line of directions, p99 in ms
    picker            the server's answer to every three letters, p99 in ms
    memory            resident memory of this process with the dictionary and the rules loaded, in MB
    check_most        twelve lines with many findings checked and explained, patient and lines changing, against a look-up of their pairs
    check_everyday    the same for an everyday list; check_25 and check_60 for long ones
    packet            the Medicare packet for 15 medicines, warm, in seconds
    post_medication   POST of a medicine with re-check and partial, p95, against a page of ten plain queries

Nothing here gates a test: the figures are printed with their goals.
"""

import datetime as dt
import itertools
import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["MTM_ENV"] = "test"
os.environ["MTM_PRIVATE_DIR"] = tempfile.mkdtemp(prefix="mtm-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mtm.settings")

import django

django.setup()

from django.db import connection  # noqa: E402

from benchmarks.names import bench_dictionary, bench_directions, bench_names, bench_picker  # noqa: E402

DRUGS = (
    """Warfarin 5 mg daily;Amiodarone 200 mg daily;Lisinopril 20 mg daily;Spironolactone 25 mg daily
Furosemide 40 mg daily;Metformin 1000 mg twice daily;Glyburide 5 mg daily;Simvastatin 40 mg at bedtime
Naproxen 220 mg twice daily;Omeprazole 20 mg daily;Sertraline 50 mg daily;Tramadol 50 mg every 6 hours as needed
""".strip()
    .replace("\n", ";")
    .split(";")
)

EVERYDAY = (
    """Lisinopril 20 mg daily;Metformin 1000 mg twice daily;Atorvastatin 40 mg daily;Levothyroxine 88 mcg daily;Amlodipine 5 mg daily
Omeprazole 20 mg daily;Sertraline 50 mg daily;Aspirin 81 mg daily;Vitamin D3 1000 units daily;Albuterol inhaler;Cetirizine 10 mg daily
Metoprolol succinate 50 mg daily""".replace("\n", ";").split(";")
)
OTHERS = (
    """Hydrochlorothiazide 25 mg daily;Gabapentin 300 mg three times daily;Losartan 50 mg daily;Citalopram 20 mg daily
Pantoprazole 40 mg daily;Allopurinol 300 mg daily;Digoxin 0.125 mg daily;Apixaban 5 mg twice daily;Tamsulosin 0.4 mg daily
Montelukast 10 mg daily;Trazodone 50 mg at bedtime;Carvedilol 12.5 mg twice daily;Potassium chloride 20 mEq daily
Clopidogrel 75 mg daily;Prednisone 5 mg daily;Zolpidem 5 mg at bedtime;Insulin glargine 20 units at bedtime
Rosuvastatin 10 mg daily;Famotidine 20 mg daily;Fluticasone nasal spray""".replace("\n", ";").split(";")
)
ALL = [*DRUGS, *EVERYDAY, *OTHERS]


def milliseconds(action: Any, rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def bench_post_medication() -> tuple[float, str, str]:
    """A list grows to twelve lines, then the next patient's begins; the last line is checked against all before it."""
    from mtm.tests.world import make_world
    from patients.models import Patient

    world = make_world("Bench")
    client = world.client("technician")
    client.defaults["SERVER_NAME"] = "localhost"
    posts: list[int] = []

    def new_patient() -> Patient:
        number = len(posts)
        return Patient.objects.create(
            organization=world.organization, given_names="Ada", family_name=f"Bench{number}", birth_date=dt.date(1950, 1, 2)
        )

    def ten_queries() -> None:
        for _ in range(10):
            list(Patient.objects.visible_to(world.organization)[:20])
        client.get("/password/")  # a page with its middleware and a form

    def post() -> None:
        if len(posts) % len(DRUGS) == 0:
            patients.append(new_patient())
        line = {"text": DRUGS[len(posts) % len(DRUGS)], "kind": "rx", "request_key": uuid.uuid4()}
        answer = client.post(f"/patients/{patients[-1].pk}/medicines/add/", line, headers={"HX-Request": "true"})
        posts.append(answer.status_code)

    patients: list[Patient] = []
    milliseconds(post, len(DRUGS))
    floor, taken = p95(milliseconds(ten_queries, 60)), p95(milliseconds(post, 60))
    if set(posts) != {200}:
        return float("nan"), f"answers were {sorted(set(posts))}", "<= 1.5"
    return taken / floor, f"p95 {taken:.1f} ms against {floor:.1f} ms", "<= 1.5"


def varied(drugs: list[str], number: int) -> dict[str, Any]:
    """The list with one line changed and another patient, so that no two calls in a row ask the same."""
    lines = list(drugs)
    if number % 3:
        lines[number % len(lines)] = OTHERS[number * 7 % len(OTHERS)]
    return {
        "id": number,
        "as_of": "2026-11-21",
        "patient": {"age": 60 + number * 7 % 36, "sex": "FM"[number % 2], "weight_kg": 50 + number * 3 % 40},
        "conditions": ["heart failure"],
        "allergies": [],
        "labs": [{"name": "eGFR", "value": 20 + number * 11 % 80, "unit": "mL/min/1.73m2", "on": "2026-10-12"}],
        "medications": lines,
    }


def times_of(action: Any, cases: list[Any]) -> list[float]:
    """Milliseconds of processor time for each case but the first twenty, which warm up."""
    taken = []
    for number, case in enumerate(cases):
        start = time.thread_time()
        action(case)
        if number >= 20:
            taken.append((time.thread_time() - start) * 1000)
    return taken


def look_up_time(drugs: list[str]) -> float:
    """Milliseconds for a bare look-up of the pairs of a list's ingredients, median of 200."""
    from interactions.knowledge.catalog import get_catalog

    names = [ingredient.name for drug in drugs for ingredient in get_catalog().resolve(drug).ingredients]
    table = {frozenset(pair): n for n, pair in enumerate(itertools.combinations(names, 2))}

    def look_up() -> None:
        for pair in itertools.combinations(names, 2):
            table.get(frozenset(pair))

    return statistics.median(milliseconds(look_up, 200))


def against_look_up(drugs: list[str], goal: str) -> tuple[float, str, str]:
    """A regimen checked and explained, over 600 patients that differ by a line and by their facts; then the whole call,
    from the typed lines to the answer as JSON values."""
    from interactions.engine.screen import screen
    from interactions.knowledge.loader import get_checker
    from interactions.services import check

    checker = get_checker()
    cases = [varied(drugs, number) for number in range(600)]
    snapshots = [checker.reader(dt.date(2026, 11, 21)).read(case) for case in cases]
    times_of(lambda one: screen(one, checker.knowledge), snapshots)
    floor = look_up_time(drugs)
    taken = statistics.median(times_of(lambda one: screen(one, checker.knowledge), snapshots))
    whole = statistics.median(times_of(check, cases))
    words = f"median {taken:.3f} ms against {floor:.4f} ms; from typed lines to JSON {whole:.2f} ms, {whole / floor:.0f} x"
    return taken / floor, words, f"<= {goal}"


def bench_check_most() -> tuple[float, str, str]:
    """The list of twelve with the most findings."""
    return against_look_up(DRUGS, "20")


def bench_check_everyday() -> tuple[float, str, str]:
    """An everyday list of twelve."""
    return against_look_up(EVERYDAY, "20")


def bench_check_25() -> tuple[float, str, str]:
    return against_look_up(ALL[:25], "13")


def bench_check_60() -> tuple[float, str, str]:
    return against_look_up((ALL * 2)[:60], "8")


def bench_packet() -> tuple[float, str, str]:
    from reviews.documents.example import example_payload
    from reviews.documents.render import render_pdf

    payload = example_payload()
    medicines = payload["medications"]
    payload["medications"] = (medicines * 15)[:15]
    render_pdf(payload, "packet", "en")
    taken = statistics.median(milliseconds(lambda: render_pdf(payload, "packet", "en"), 5)) / 1000
    return taken, "seconds, warm, 15 medicines", "<= 1"


def bench_memory() -> tuple[float, str, str]:
    from interactions.services import check

    check({"medications": DRUGS})
    pages = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return pages / 1e6, "MB resident with dictionary and rules", "<= 250"


BENCHES = (
    bench_dictionary, bench_memory, bench_names, bench_directions, bench_picker,
    bench_check_most, bench_check_everyday, bench_check_25, bench_check_60, bench_packet, bench_post_medication,
)  # fmt: skip


def main() -> None:
    connection.creation.create_test_db(verbosity=0)
    for bench in BENCHES:
        figure, words, goal = bench()
        print(f"{bench.__name__.removeprefix('bench_'):16} {figure:8.2f}  goal {goal:7}  {words}", flush=True)


if __name__ == "__main__":
    main()
