"""The demo's two processes, the web server and the Celery worker, kept alive until Ctrl-C.

    python -m mtm.run.serve --port 8000
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from mtm.run import demo, processes

STEADY_SECONDS = 3  # a child that ran this long had started well: after its fall it is back at once
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
TICK = 0.05
ROOT_WARNING = "You're running the worker with superuser privileges"  # tasks are JSON, which is what Celery fears for


class Child:
    """One program that has to run; after a fall it starts again, each time a little later."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], patience: float) -> None:
        self.name, self.command, self.env, self.patience = name, command, env, patience
        self.pause = FIRST_PAUSE
        self.falls = 0
        self.start()

    def start(self) -> None:
        self.process = processes.start(self.command, cwd=processes.ROOT, env=self.env, stdout=sys.stderr)
        self.started_at = time.monotonic()
        self.restart_at: float | None = None

    def watch(self) -> None:
        """Notice a fall, and start again when the pause is over."""
        if self.restart_at is not None:
            if time.monotonic() >= self.restart_at:
                self.start()
        elif self.process.poll() is not None:
            self.fell()

    def fell(self) -> None:
        processes.end_group(self.process)
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.pause = FIRST_PAUSE
        say(f"The {self.name} stopped (exit code {self.process.returncode}); starting it again in {self.pause:g} s.")
        self.restart_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.falls += 1


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def serve(port: int) -> int:
    """Run the application until a signal says stop. Returns the exit code."""
    with only_one_start(port):
        if not processes.is_free(port):
            raise demo.NotPrepared(
                f"port {port} is taken by another program. Stop that one, or choose another port: python3 start.py --port {port + 1}"
            )
        demo.prepare()
        stopping = catch_signals()
        env = children_environment()
        children = [Child("web server", web_command(port), env, patience=8)]
        try:
            if wait_for_answer(children[0], port, stopping):
                children.append(Child("worker", worker_command(), env, patience=18))  # a render may take 15 s
                welcome(port)
            keep_alive(children, stopping)
        finally:
            say("Stopping ...")
            for child in children:
                child.process.terminate()
            for child in children:
                processes.wait_for_end(child.process, child.patience)
    return 0


@contextmanager
def only_one_start(port: int) -> Iterator[None]:
    """Two starts on one folder would fight for one queue: the second is told where the first one answers."""
    demo.make_private_folder()
    with (demo.PRIVATE / "running").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise demo.NotPrepared(f"the application already runs from this folder: http://localhost:{lock.read()}") from None
        lock.truncate(0)
        lock.write(str(port))
        lock.flush()
        yield


def catch_signals() -> list[int]:
    """A list that fills when Ctrl-C, SIGTERM or a closed terminal asks us to stop."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    return asked


def children_environment() -> dict[str, str]:
    os.umask(0o077)  # what the processes write in the private folder is nobody else's
    return {**demo.environment(), "PYTHONWARNINGS": f"ignore:{ROOT_WARNING}"}


def web_command(port: int) -> list[str]:
    """Threads, because browsers hold connections open that would block a worker of one request at a time."""
    flags = f"--bind 127.0.0.1:{port} --preload --workers 2 --worker-class gthread --threads 4 --no-control-socket"
    return [program("gunicorn"), "mtm.wsgi", *flags.split(), *"--timeout 60 --graceful-timeout 5 --log-level warning".split()]


def worker_command() -> list[str]:
    """One worker that also keeps the clock (beat); it has no other worker to gossip with."""
    flags = "worker --beat --concurrency 1 --loglevel warning --without-gossip --without-mingle --without-heartbeat"
    return [program("celery"), "--quiet", "--app", "mtm", *flags.split()]


def program(name: str) -> str:
    return str(processes.PROGRAMS / name)


def wait_for_answer(web: Child, port: int, stopping: list[int]) -> bool:
    """Until the application answers, or we are asked to stop; a server that falls three times first will not come."""
    while not stopping:
        web.watch()
        if web.falls >= 3:
            raise demo.NotPrepared("the web server does not start; its own words are above.")
        if answers(port):
            return True
        time.sleep(TICK)
    return False


def keep_alive(children: list[Child], stopping: list[int]) -> None:
    while not stopping:
        for child in children:
            child.watch()
        time.sleep(TICK)


def answers(port: int) -> bool:
    """Whether the application itself answers, and not only its socket."""
    import http.client  # it takes a while, and now the web server is under way

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(port: int) -> None:
    accounts = demo.ACCOUNTS.read_text().rstrip() if demo.ACCOUNTS.exists() else ""
    print(f"\nReady: http://localhost:{port}   (Ctrl-C stops it)\n\nDemo sign-ins:\n{accounts}\n", flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="start.py")
    parser.add_argument("--port", type=int, default=8000)
    try:
        return serve(parser.parse_args(arguments).port)
    except demo.NotPrepared as problem:
        say(f"start.py: {problem}")
        return 1
    except subprocess.SubprocessError as problem:
        say(f"start.py: a program could not be started: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
