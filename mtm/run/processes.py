"""Child processes that never outlive their parent, and ports to put them on."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".venv" / "bin"
PR_SET_PDEATHSIG = 1  # Linux: a signal for the child when its parent dies, however it dies

_libc = ctypes.CDLL(None, use_errno=True)


def start(command: Sequence[object], **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, so that Ctrl-C reaches only us and we stop the group whole."""
    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,
        **options,
    )


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def stop(process: subprocess.Popen[bytes], *, ask: int = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask the process to end, then end whatever is left of its group."""
    if process.poll() is None:
        process.send_signal(ask)
    wait_for_end(process, seconds)


def wait_for_end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Give a process that was asked to end its time, then end whatever is left of its group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    end_group(process)
    process.wait()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process left behind: a worker's own children, say."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    """A port of this machine's loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address; closing connections do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
