"""The dashboard while everything is killed: it answers each time it is asked, if only that the store is away."""

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path

from tests.farm.soak.killing import ROOT
from tests.virtual.adb_calls import free_port

START = "from harness.cli import main; main()"
EVERY_SECONDS, LONGEST_SECONDS, START_SECONDS = 1.0, 30.0, 120.0


def there_is_one() -> bool:
    """Whether the extra is installed."""
    return find_spec("device_farm.web") is not None and find_spec("fastapi") is not None


class Page:
    """A process that serves it, and a thread that asks; ``answers`` counts those of each kind, 0 is none."""

    def __init__(self, url: str, folder: Path) -> None:
        port, log = free_port(), (folder / "page.log").open("wb")
        words = [sys.executable, "-c", START, "farm", "web", "--database", url, "--port", str(port)]
        with log:
            self._process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._address, self._over = f"http://127.0.0.1:{port}/", threading.Event()
        self._thread = threading.Thread(target=self._ask, name="page", daemon=True)
        self.answers: dict[int, int] = {}
        self.refusals: list[str] = []
        self._thread.start()

    def close(self) -> list[str]:
        """End it; what is wrong with it."""
        gone = self._process.poll() is not None
        self._over.set()
        self._thread.join()
        self._process.kill()
        self._process.wait()
        wrong = ["the process of the page ended"] if gone else []
        if self.answers.get(0):
            wrong.append(f"the page did not answer {self.answers[0]} times: {sorted(set(self.refusals))}")
        if not self.answers.get(200):
            wrong.append("the page was never shown")
        return wrong

    def _ask(self) -> None:
        began, up = time.monotonic(), False
        while not self._over.wait(EVERY_SECONDS):
            status = self._status()
            up = up or status > 0
            if up or time.monotonic() - began > START_SECONDS:
                self.answers[status] = self.answers.get(status, 0) + 1

    def _status(self) -> int:
        try:
            with urllib.request.urlopen(self._address, timeout=LONGEST_SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except OSError as error:
            self.refusals.append(str(error))
            return 0
