"""``apprights farm web`` from a shell: it listens where it says, says what that means, and ends when it is told."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.farm.made_store import Made
from tests.farm.web.conftest import TOKEN, until


class Running:
    def __init__(self, *words: str) -> None:
        command = [sys.executable, "-P", "-m", "harness.cli", "--lang", "en", "farm", "web", "--port", "0", *words]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8")
        self.said = ""
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def address(self) -> str:
        """Where it listens."""
        until(lambda: "Dashboard: " in self.said or self.process.poll() is not None, 120)
        found = re.search(r"Dashboard: http://[^:]+:(\d+)/", self.said)
        assert found is not None, self.said
        return f"http://127.0.0.1:{found[1]}"

    def end(self) -> int:
        """End it as systemd does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self._thread.join()
        self.process.stderr.close()
        return code


@pytest.fixture
def started(made: Made, tmp_path: Path) -> Iterator[Running]:
    (tmp_path / "token").write_text(TOKEN, encoding="utf-8")
    running = Running("--out", str(tmp_path), "--token-file", str(tmp_path / "token"))
    yield running
    running.end()


def test_it_serves_and_ends_though_somebody_listens(started: Running) -> None:
    address = started.address()
    with httpx.Client(timeout=60) as client:
        assert "AppRights" in client.get(f"{address}/").text
        assert client.get(f"{address}/", headers={"host": "evil.example"}).status_code == 421
        with client.stream("GET", f"{address}/live") as answer:
            lines = answer.iter_lines()
            assert next(lines) == "retry: 3000"
            assert started.end() in (0, -signal.SIGTERM)
            assert all(line.startswith(("id", "event", "data")) or not line for line in lines)  # and its end is a clean one
    assert TOKEN not in started.said
    assert "Traceback" not in started.said


def test_bound_to_a_network_it_says_what_that_means(made: Made, tmp_path: Path) -> None:
    running = Running("--out", str(tmp_path), "--host", "0.0.0.0")
    running.address()
    until(lambda: "TLS" in running.said)
    assert "Reading only" in running.said
    running.end()


def test_what_cannot_be_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("short", encoding="utf-8")
    for words, told in (
        (("--out", str(tmp_path)), "has no store"),
        ((), "which store"),
        (("--out", str(tmp_path), "--token-file", str(tmp_path / "token")), "a token is"),
        (("--out", str(tmp_path), "--messages", str(tmp_path / "none.toml")), "is no file"),
        (("--out", str(tmp_path), "--host", "192.0.2.1"), "cannot listen"),
    ):
        running = Running(*words)
        assert running.process.wait(120) in (2, 3)
        running.end()
        assert told in running.said
        assert "short" not in running.said
        assert len(running.said.strip().splitlines()) == 1
