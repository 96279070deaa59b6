"""The demo's private folder, database and synthetic patients: made at the first start, left alone afterwards.

    python -m mtm.run.demo

Everything private lies in `.private` (or MTM_PRIVATE_DIR), readable by its owner alone and outside git.
"""

import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

from mtm.run.processes import PROGRAMS, ROOT

PRIVATE = Path(os.environ.get("MTM_PRIVATE_DIR") or ROOT / ".private")
ACCOUNTS = PRIVATE / "demo-accounts"
STAMP = PRIVATE / "prepared"


class NotPrepared(Exception):
    """The database or the demo's data could not be made; the text says what to do."""


def environment() -> dict[str, str]:
    """The environment of every process of the demo. Refuses to make a demo of a production machine."""
    if os.environ.get("MTM_ENV", "demo") != "demo":
        raise NotPrepared(f"start.py runs the demo, and MTM_ENV is {os.environ['MTM_ENV']}; docs/operations.md says how to deploy.")
    return {**os.environ, "MTM_ENV": "demo", "MTM_PRIVATE_DIR": str(PRIVATE), "PYTHONUNBUFFERED": "1"}


def prepare() -> None:
    """Bring the private folder, the schema and the demo's data up to date; a few milliseconds when nothing changed."""
    env = environment()
    make_private_folder()
    code, place = code_state(), database_place()
    known_code, known_place = STAMP.read_text().split("\n") if STAMP.exists() else ("", "")
    if (code, place) == (known_code, known_place) and ACCOUNTS.exists():
        return
    print("Preparing the database ...", file=sys.stderr, flush=True)
    manage("migrate", "--noinput", "--verbosity", "0", env=env)
    if place != known_place or not ACCOUNTS.exists():
        manage("seed_demo", env=env)
    STAMP.write_text(f"{code}\n{database_place()}")


def make_private_folder() -> None:
    PRIVATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    PRIVATE.chmod(0o700)
    env_file = PRIVATE / "env"
    if not env_file.exists():
        write_private(env_file, f"SECRET_KEY={secrets.token_urlsafe(50)}\n")


def write_private(path: Path, text: str) -> None:
    """A file that nobody else can read, not even for a moment, and that is never half there."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)


def code_state() -> str:
    """Changes when the code or the locked packages did: then the schema is looked at again."""
    files = sorted(path for folder in ROOT.iterdir() if (folder / "__init__.py").exists() for path in folder.rglob("*.py"))
    seen = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in files:
        facts = path.stat()
        seen.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def database_place() -> str:
    """Changes when the demo has another database, or its file was removed: then the demo's data are made anew."""
    file = PRIVATE / "mtm.sqlite3"
    place = os.environ.get("DATABASE_URL") or (str(file.stat().st_ino) if file.exists() else "no file")
    return hashlib.sha256(place.encode()).hexdigest()


def manage(*arguments: str, env: dict[str, str]) -> None:
    done = subprocess.run([PROGRAMS / "python", "manage.py", *arguments], cwd=ROOT, env=env, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise NotPrepared(f"'manage.py {arguments[0]}' failed; its own words are above.")


def main(arguments: list[str]) -> int:
    try:
        prepare()
    except NotPrepared as problem:
        print(f"start.py: {problem}", file=sys.stderr)
        return 1
    print("Everything is set up; python3 start.py starts the application.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
