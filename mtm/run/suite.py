"""The test run behind `python3 start.py test`: which tests, on which databases, with which servers.

    start.py test                    everything but slow, on SQLite, then on PostgreSQL what touches the database
    start.py test --quick            SQLite alone, without trust, mainjob, budget, papers and slow
    start.py test -m trust           with -m, -k or a path: SQLite alone, unless --db says otherwise
    start.py test --db both -k sign  the same on both databases

Many tests are shared among as many workers as there are cores; what -k or a path selects runs in one process, which
starts sooner. All other arguments go to pytest, so -n chooses the workers. Slow tests stay out unless -m names them
(conftest.py).
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from mtm.run import processes, servers

LEFT_OUT_WHEN_QUICK = "not (trust or mainjob or budget or papers or slow)"
NOT_FOR_TESTS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}  # what a test finds, it did not choose
WORKERS = ["-n", "auto", "--maxprocesses", "4", "--maxschedchunk", "1"]  # each has its own database, servers, browser and folder
NO_TESTS = 5  # pytest's exit code when nothing was selected


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="start.py test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="SQLite, the quick tier alone: at most 90 s")
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], help="the databases to run on")
    options, words = parser.parse_known_args(arguments)
    if options.quick:
        words = leave_out(words)
    try:
        return run_all(databases(options.db, options.quick or is_partial(words)), words)
    except servers.CannotStart as problem:
        print(f"start.py test: {problem}", file=sys.stderr)
        return 1


def databases(wanted: str | None, is_part: bool) -> list[str]:
    if wanted and wanted != "both":
        return [wanted]
    return ["sqlite"] if is_part and not wanted else ["sqlite", "postgresql"]


def is_partial(words: list[str]) -> bool:
    """Whether these arguments select tests: by mark, by name or by path."""
    return any(word.startswith(("-m", "-k")) or is_path(word) for word in words)


def is_path(word: str) -> bool:
    return bool(word) and (processes.ROOT / word.split("::")[0]).exists()


def workers(words: list[str]) -> list[str]:
    """What tells pytest to share the tests, where it should."""
    return [] if any(word.startswith(("-k", "-n", "--pdb")) or is_path(word) for word in words) else WORKERS


def leave_out(words: list[str]) -> list[str]:
    """The quick tier's own selection; a selection by -m that a person gave is narrowed, not replaced."""
    given = [position for position, word in enumerate(words[:-1]) if word == "-m"]
    if not given:
        return [*words, "-m", LEFT_OUT_WHEN_QUICK]
    place = given[-1] + 1
    return [*words[:place], f"({words[place]}) and {LEFT_OUT_WHEN_QUICK}", *words[place + 1 :]]


def run_all(names: list[str], words: list[str]) -> int:
    codes, lines = [], []
    for name in names:
        started = time.monotonic()
        codes.append(run_on(name, words, repeats=len(names) > 1 and name == "postgresql"))
        lines.append(f"{name} {time.monotonic() - started:.0f} s, exit code {codes[-1]}")
    print("start.py test: " + "; ".join(lines), file=sys.stderr, flush=True)
    return overall(codes)


def overall(codes: list[int]) -> int:
    """The first failure. That nothing was selected on one of two databases is no failure; on all of them it is."""
    failures = [code for code in codes if code not in (0, NO_TESTS)]
    return failures[0] if failures else min(codes)


def run_on(name: str, words: list[str], *, repeats: bool) -> int:
    """One pytest run. A second database repeats only what touches it."""
    python = str(processes.PROGRAMS / "python")
    command = [python, "-m", "pytest", *workers(words), *words, *(["--database-only"] if repeats else [])]
    env = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS} | {"MTM_ENV": "test"}
    if name == "sqlite":
        return pytest(command, env)
    with servers.PostgreSQL() as server:
        return pytest(command, {**env, "DATABASE_URL": server.url})


def pytest(command: list[str], env: dict[str, str]) -> int:
    """Run it and wait, through Ctrl-C too: pytest ends first, then our servers."""
    running = subprocess.Popen(command, cwd=processes.ROOT, env=env)
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    os.chdir(Path(processes.ROOT))
    sys.exit(main(sys.argv[1:]))
