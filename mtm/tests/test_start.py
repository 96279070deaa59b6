"""One command sets up, starts and tests: the parts of start.py, and the demo's real processes."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

import start
from mtm.run import processes, suite

DEMO_ENV = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "MTM_PRIVATE_DIR"}}


def call(*arguments, **options):
    return subprocess.run([sys.executable, *arguments], cwd=start.ROOT, capture_output=True, text=True, timeout=60, **options)


# The command line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"), [(["nonsense"], "there is no command 'nonsense'"), (["--port", "0"], "use a number from 1 to 65535")]
)
def test_a_wrong_word_is_answered_with_what_to_type(words, says):
    answer = call("start.py", *words)

    assert answer.returncode == 2
    assert says in answer.stderr


def test_an_ordinary_user_is_told_the_one_line_to_run():
    code = "import start\ntry:\n    start.install_programs(['libnonesuch0'])\nexcept start.Problem as problem:\n    print(problem)"
    ordinary = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}

    answer = subprocess.run(
        ["/usr/bin/python3", "-I", "-c", f"import sys; sys.path.insert(0, {str(start.ROOT)!r})\n{code}"],
        capture_output=True, text=True, check=False, **ordinary,
    )  # fmt: skip

    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libnonesuch0" in answer.stdout


# What a start loads ------------------------------------------------------------------------------


def test_start_and_what_it_hands_over_to_need_the_standard_library_alone():
    code = f"import sys; sys.path.insert(0, {str(start.ROOT)!r}); import start, mtm.run.demo, mtm.run.serve, mtm.run.suite"

    answer = call("-I", "-S", "-c", code)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_web_server_starts_without_what_only_later_pages_need(tmp_path):
    code = "import sys, mtm.wsgi; print(*{name.partition('.')[0] for name in sys.modules})"

    answer = call("-c", code, env=DEMO_ENV | {"MTM_ENV": "test", "MTM_PRIVATE_DIR": str(tmp_path)})

    assert answer.returncode == 0, answer.stderr
    assert "reviews" in answer.stdout.split()
    assert not {"celery", "jsonschema", "weasyprint", "fhir"} & set(answer.stdout.split())


def test_a_start_keeps_bytecode_where_the_environment_forbids_it(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    start.keep_bytecode()

    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert not sys.dont_write_bytecode


# What is locked ---------------------------------------------------------------------------------


def test_every_python_package_is_locked_by_version_and_hash_and_no_index_is_named():
    lock = start.LOCK.read_text()
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n|^    #.*\n", "", lock, flags=re.M).strip())

    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert "index-url" not in lock
    assert "://" not in lock


def test_every_wanted_package_is_in_the_lock():
    locked = re.findall(r"^([A-Za-z0-9.\-]+)(?:\[[a-z,]+\])?==", start.LOCK.read_text(), flags=re.M)
    wanted = re.findall(r"^([A-Za-z0-9.\-]+)", (start.ROOT / "requirements.in").read_text(), flags=re.M)

    assert {plain(name) for name in wanted} <= {plain(name) for name in locked}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_front_end_lock_pins_contents_and_names_no_host():
    packages = json.loads((start.ROOT / "package-lock.json").read_text())["packages"]

    locked = [facts for path, facts in packages.items() if path]

    assert locked
    assert all(facts["integrity"].startswith("sha512-") and "resolved" not in facts for facts in locked)


def test_every_front_end_file_was_copied():
    names = [name.rpartition("/")[2] for names in start.FRONT_END.values() for name in names]

    copied = {path.name for path in start.VENDOR.rglob("*") if path.is_file()}

    assert set(names) <= copied


# Which tests run where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted", "databases"),
    [
        ([], None, ["sqlite", "postgresql"]),
        (["-x"], None, ["sqlite", "postgresql"]),
        (["-m", "trust"], None, ["sqlite"]),
        (["-k", "sign"], None, ["sqlite"]),
        (["mtm/tests/test_start.py::test_x"], None, ["sqlite"]),
        (["-m", "trust"], "both", ["sqlite", "postgresql"]),
        ([], "postgresql", ["postgresql"]),
    ],
)
def test_a_selection_of_tests_runs_on_sqlite_alone_unless_a_database_is_named(words, wanted, databases):
    chosen = suite.databases(wanted, suite.is_partial(words))

    assert chosen == databases


@pytest.mark.parametrize(
    ("words", "is_shared"),
    [([], True), (["-m", "trust"], True), (["-k", "sign"], False), (["patients/tests"], False), (["-n", "0"], False), (["--pdb"], False)],
)
def test_many_tests_are_shared_among_workers_and_a_few_run_in_one_process(words, is_shared):
    assert suite.workers(words) == (suite.WORKERS if is_shared else [])


def test_the_quick_tier_narrows_a_selection_and_does_not_replace_it():
    assert suite.leave_out(["-x"]) == ["-x", "-m", suite.LEFT_OUT_WHEN_QUICK]
    assert suite.leave_out(["-m", "rules"]) == ["-m", f"(rules) and {suite.LEFT_OUT_WHEN_QUICK}"]


@pytest.mark.parametrize(("codes", "code"), [([0, 0], 0), ([0, 1], 1), ([2, 0], 2), ([0, 5], 0), ([5, 5], 5), ([5], 5)])
def test_one_failure_on_one_database_fails_the_whole_run(codes, code):
    assert suite.overall(codes) == code


def test_slow_tests_stay_out_unless_the_marks_name_them(tmp_path):
    probe = tmp_path / "test_probe.py"
    probe.write_text("import pytest\n@pytest.mark.trust\nclass TestIt:\n @pytest.mark.slow\n def test_long(self): pass\n def test_short(self): pass\n")
    pytest_here = ["-m", "pytest", "-q", "--rootdir", start.ROOT, "-c", "pytest.ini", "-p", "conftest", "-p", "no:cacheprovider", probe]

    by_other_mark, by_name = (call(*pytest_here, "-m", marks) for marks in ("trust", "trust or slow"))

    assert "1 passed, 1 deselected" in by_other_mark.stdout
    assert "2 passed" in by_name.stdout


# The demo's processes ---------------------------------------------------------------------------


class Demo:
    """The demo on a free port, with a private folder of its own."""

    def __init__(self, folder):
        self.port = processes.free_port()
        self.env = {**DEMO_ENV, "MTM_ENV": "demo", "MTM_PRIVATE_DIR": str(folder / "private")}
        self.private = folder / "private"
        self.result, self.notes = folder / "result", folder / "notes"

    def command(self):
        return [sys.executable, "-m", "mtm.run.serve", "--port", str(self.port)]

    def __enter__(self):
        began = time.monotonic()
        with self.result.open("w") as result, self.notes.open("w") as notes:
            self.process = processes.start(self.command(), cwd=start.ROOT, env=self.env, stdout=result, stderr=notes)
        wait_until(lambda: "sign-ins" in self.printed() or self.process.poll() is not None, 120)
        self.seconds = time.monotonic() - began
        return self

    def __exit__(self, *failure):
        processes.stop(self.process, ask=signal.SIGINT, seconds=30)

    def printed(self):
        return self.result.read_text()

    def said(self):
        return self.notes.read_text()

    def status(self, path="/"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": "localhost"})
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def children(self):
        listing = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout
        return {("web" if "gunicorn" in line else "worker"): int(line.split()[0]) for line in listing.splitlines()}


def wait_until(is_true, seconds):
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)


@pytest.mark.trust
def test_the_demo_starts_heals_itself_starts_again_at_once_and_stops_cleanly(tmp_path):
    with Demo(tmp_path) as demo:
        assert f"http://localhost:{demo.port}" in demo.printed()
        assert (demo.private / "demo-accounts").read_text().strip() in demo.printed()
        assert demo.private.stat().st_mode & 0o077 == 0

        second = call("-m", "mtm.run.serve", "--port", str(processes.free_port()), env=demo.env)
        assert (second.returncode, second.stdout) == (1, "")
        assert f"already runs from this folder: http://localhost:{demo.port}" in second.stderr

        family = demo.children()
        os.kill(family["web"], signal.SIGKILL)
        wait_until(lambda: "web server stopped" in demo.said() and demo.status() is not None, 20)
        os.kill(family["worker"], signal.SIGKILL)
        wait_until(lambda: "worker stopped" in demo.said() and len(demo.children()) == 2, 20)

    assert demo.process.returncode == 0
    assert processes.is_free(demo.port)
    with Demo(tmp_path) as again:
        assert "Preparing" not in again.said()
        assert again.seconds < demo.seconds


@pytest.mark.trust
def test_a_taken_port_is_named_together_with_the_next_one(tmp_path):
    demo = Demo(tmp_path)
    with processes.socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()

        answer = call("-m", "mtm.run.serve", "--port", str(demo.port), env=demo.env)

    assert answer.returncode == 1
    assert f"port {demo.port} is taken" in answer.stderr
    assert f"python3 start.py --port {demo.port + 1}" in answer.stderr


def test_start_refuses_to_make_a_demo_of_a_production_machine(tmp_path):
    answer = call("-m", "mtm.run.demo", env={**DEMO_ENV, "MTM_ENV": "production", "MTM_PRIVATE_DIR": str(tmp_path)})

    assert answer.returncode == 1
    assert "start.py runs the demo, and MTM_ENV is production" in answer.stderr
    assert list(tmp_path.iterdir()) == []
