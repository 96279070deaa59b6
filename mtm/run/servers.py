"""Throwaway servers of the system's own PostgreSQL and Redis, on free ports of the loopback address, for tests."""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from mtm.run import processes

START_SECONDS = 30
OLDEST_POSTGRESQL = 15


class CannotStart(Exception):
    """A server that tests need is not installed or does not start; the text says what to do."""


class Server:
    """One server and its folder, for a `with` block; `url` is what settings take. Ends with its parent, at the latest."""

    url: str
    ask = signal.SIGTERM

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mtm-"))
        self.port = processes.free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.begin()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def begin(self) -> None:
        """Make what the server needs and start it for the first time."""
        raise NotImplementedError

    def run(self, command: list[object], **options: Any) -> None:
        """Start, or start again after `kill`, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = processes.start(command, cwd=self.folder, stdout=log, stderr=log, **options)
        wait_for(self.answers, self.describe_failure)

    def answers(self) -> bool:
        raise NotImplementedError

    def describe_failure(self) -> str:
        return f"{type(self).__name__} did not start: {(self.folder / 'log').read_text()[-800:]}"

    def kill(self) -> None:
        """What a power cut does: the server and its children end at once, unasked."""
        if self.process:
            processes.end_group(self.process)
            self.process.wait()

    def stop(self) -> None:
        if self.process:
            processes.stop(self.process, ask=self.ask)
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL(Server):
    """A new cluster with one database, `mtm`. As root it runs as the system's `postgres` user: the server refuses root."""

    ask = signal.SIGINT  # the fast way to stop: it does not wait for open connections

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self.programs = postgresql_programs()
        self.durable = durable
        self.owner: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def begin(self) -> None:
        self.make_cluster()
        self.start()
        self.call("createdb", "--maintenance-db", self.url.removesuffix("mtm") + "postgres", "mtm")

    def make_cluster(self) -> None:
        password = secrets.token_urlsafe(24)
        self.url = f"postgres://mtm:{password}@127.0.0.1:{self.port}/mtm"
        (self.folder / "password").write_text(password)
        if self.owner:
            account = pwd.getpwnam("postgres")
            for path in (self.folder, self.folder / "password"):
                os.chown(path, account.pw_uid, account.pw_gid)
        self.call(
            "initdb", "--pgdata", self.folder / "data", "--username", "mtm", "--auth", "scram-sha-256",
            "--pwfile", self.folder / "password", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        swift = [] if self.durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", *swift]
        flags = [word for setting in settings for word in ("-c", setting)]
        self.run([self.programs / "postgres", "-D", self.folder / "data", *flags], **self.owner)

    def answers(self) -> bool:
        probe = subprocess.run(
            [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False, stdout=subprocess.DEVNULL
        )
        return probe.returncode == 0

    def call(self, program: str, *arguments: object) -> None:
        words = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False, **self.owner)
        if done.returncode != 0:
            raise CannotStart(f"{program} failed: {done.stderr.strip()[-800:]}")


class Redis(Server):
    """A Redis that asks for a password; with `durable` its data are there again after `kill` and `start`."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        if not shutil.which("redis-server"):
            raise CannotStart("redis-server is not installed: apt-get install redis-server, or python3 start.py test as root")
        self.durable = durable
        self.password = secrets.token_urlsafe(24)
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def begin(self) -> None:
        self.start()

    def start(self) -> None:
        settings = ["--port", self.port, "--bind", "127.0.0.1", "--dir", self.folder, "--requirepass", self.password, "--save", ""]
        self.run(["redis-server", *settings, "--appendonly", "yes" if self.durable else "no"])

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\n".encode())
                return connection.recv(64).startswith(b"+OK")
        except OSError:
            return False


def wait_for(is_true: Callable[[], bool], describe: Callable[[], str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            raise CannotStart(describe())
        time.sleep(0.05)


def postgresql_programs() -> Path:
    """The folder of the newest installed PostgreSQL's programs (Debian keeps them out of PATH)."""
    found = {int(path.parts[-3]): path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb") if path.parts[-3].isdecimal()}
    if not found and (on_path := shutil.which("initdb")):
        words = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=True).stdout
        found[int(re.findall(r"\d+", words)[0])] = Path(on_path).resolve().parent
    if not found or max(found) < OLDEST_POSTGRESQL:
        raise CannotStart(f"PostgreSQL {OLDEST_POSTGRESQL} or newer is not installed: apt-get install postgresql")
    return found[max(found)]
