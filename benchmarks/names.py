"""How fast names are understood: the dictionary's load, typed texts by kind, and the picker over every beginning."""

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "interactions" / "tests" / "data"
TYPED, DIRECTIONS = DATA / "exam_names.tsv", DATA / "directions.tsv"  # kind, text, answers; text and its meaning
Bench = tuple[float, str, str]


def milliseconds_of_work(action: Callable[[], object]) -> float:
    """Processor time of this thread: what other programs do does not count."""
    start = time.thread_time()
    action()
    return (time.thread_time() - start) * 1000


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def percentile(values: list[float], part: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def bench_dictionary() -> Bench:
    """Run first, while nothing is loaded."""
    from interactions.knowledge.catalog import get_catalog

    before = resident()
    taken = milliseconds_of_work(get_catalog) / 1000
    return taken, f"seconds to load the dictionary, {resident() - before:.0f} MB (goal 60)", "<= 0.3"


def bench_names() -> Bench:
    """Every text once, none seen before."""
    from interactions.knowledge.catalog import get_catalog

    catalog, taken = get_catalog(), defaultdict(list)
    catalog.resolve("metformni 500 mg bid")  # what is made at first use
    for line in TYPED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, text, _ = line.split("\t")
            taken[kind].append(milliseconds_of_work(lambda text=text: catalog.resolve(text)))  # type: ignore[misc]
    every = [one for times in taken.values() for one in times]
    kinds = ", ".join(f"{kind} {statistics.median(times):.1f}/{percentile(times, 99):.1f}" for kind, times in taken.items())
    return 1000 * len(every) / sum(every), f"names a second; p50/p99 in ms: {kinds}", "-"


def bench_directions() -> Bench:
    """Every own case of directions once, none seen before."""
    from interactions.knowledge.sig import parse_sig

    texts = [line.split("\t")[0] for line in DIRECTIONS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"][1:]
    parse_sig("take 1 tablet daily")  # what is made at first use
    taken = [milliseconds_of_work(lambda text=text: parse_sig(text)) for text in texts]  # type: ignore[misc]
    return percentile(taken, 99), f"ms at p99, p50 {statistics.median(taken):.1f}, over {len(texts)} directions", "<= 2"


def bench_picker() -> Bench:
    """The answer of the server, middleware and session included, to every three letters with which a name begins."""
    from interactions.knowledge.catalog import get_catalog
    from mtm.tests.world import make_world

    client = make_world("Picker").client("technician")
    client.defaults["SERVER_NAME"] = "localhost"
    starts = sorted({name[:3] for name in get_catalog().names if len(name) > 2})

    def ask(start: str) -> float:
        return milliseconds_of_work(lambda: client.post("/drugs/suggest/", {"q": start, "field": "new"}))

    for start in starts[::20]:
        ask(start)
    taken = [ask(start) for start in starts]
    return percentile(taken, 99), f"ms at p99, p50 {statistics.median(taken):.1f}, over {len(starts)} beginnings", "<= 10"
