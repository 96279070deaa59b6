"""The application as people run it: a web server and a worker of their own, for tests that look from outside."""

import os
import secrets
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from mtm.run import processes
from mtm.run.serve import web_command, worker_command

ROOT = Path(__file__).resolve().parents[2]


class Application:
    """A running demo. `url` is its address, `passwords` maps a demo person's sign-in name to the password."""

    def __init__(self, folder, *, database_url="", redis_url=""):
        self.port = processes.free_port()
        self.url = f"http://localhost:{self.port}"
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.environment |= {
            "MTM_ENV": "demo",
            "MTM_PRIVATE_DIR": str(folder),
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DJANGO_SETTINGS_MODULE": "mtm.settings",
        }
        self.environment |= {name: value for name, value in (("DATABASE_URL", database_url), ("REDIS_URL", redis_url)) if value}
        self.children = []

    def manage(self, *words):
        done = subprocess.run(
            [os.sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        self.manage("migrate")
        self.manage("seed_demo")
        with (self.folder / "log").open("ab") as log:
            for command in (web_command(self.port), worker_command()):
                self.children.append(processes.start(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log))
        self.wait()
        lines = (self.folder / "demo-accounts").read_text().splitlines()
        self.passwords = dict(line.split()[:2] for line in lines if line.strip())

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                return urllib.request.urlopen(f"{self.url}/sign-in/", timeout=2)
            except OSError:
                time.sleep(0.2)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def stop(self):
        for child in self.children:
            processes.stop(child)


@contextmanager
def running(folder, **servers):
    application = Application(folder, **servers)
    try:
        application.start()
        yield application
    finally:
        application.stop()
