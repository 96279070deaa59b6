"""Files made to exhaust the machine: refused within 10 seconds and 256 MB, measured on a process of their own."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.trust

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
# Reads the file named in its first argument and prints the refusal and the most memory ever held, in MB.
READER = """
import re, sys
from pathlib import Path
import django
django.setup()
from exchange.errors import RefusedFile
from exchange.files import read_limited, read_file
try:
    with open(sys.argv[1], "rb") as stream:
        read_file(read_limited(stream))
except RefusedFile as refused:
    print(refused)
# not getrusage: its figure begins at what the process that started this one held
print(int(re.search("VmHWM:[^0-9]+([0-9]+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
HEAD = b'{"resourceType": "Bundle", "type": "collection", "entry": ['


def sparse(path):
    with path.open("wb") as stream:
        stream.write(HEAD)
        stream.truncate(100 * MEGABYTE)


ATTACKS = {
    "100 MB": (sparse, "larger than 50 MB"),
    "a million lists": (lambda path: path.write_bytes(HEAD + b"[]," * 1_000_000 + b"[]]}"), "1,000,000 values"),
    "a hundred thousand levels": (lambda path: path.write_bytes(HEAD + b"[" * 100_000), "levels deep"),
    "wide letters": (lambda path: path.write_bytes(HEAD + '"\U0001f600'.encode() + b"a" * (49 * MEGABYTE)), "too large"),
    "sixty thousand orders": (lambda path: path.write_bytes(HEAD + b'{"resource":{"resourceType":"Claim"}},' * 60_000 + b"{}]}"), "40,000"),
}


def seconds_of_children():
    """Of the processor, so that a busy machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_time_and_in_bounds(name, tmp_path):
    make, words = ATTACKS[name]
    path = tmp_path / "attack.json"
    make(path)
    before = seconds_of_children()

    done = subprocess.run([sys.executable, "-c", READER, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)

    refusal, memory = done.stdout.splitlines()
    assert words in refusal
    assert int(memory) <= 256
    assert seconds_of_children() - before <= 10
