"""The system's Chromium, driven by Playwright, for tests and for the pictures in the docs."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from mtm.run.servers import CannotStart

# Nothing but the pages under test: no look-ups of its maker's hosts, no updates, no second protocol.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless Chromium; ends with the block. Playwright's own browser is never downloaded."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        raise CannotStart("Chromium is not installed: apt-get install chromium, or python3 start.py test as root")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield browser
        finally:
            browser.close()
