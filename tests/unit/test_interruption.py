"""The first signal ends the driving and the run is sealed; the second ends the process and says what it leaves."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from harness.engine.interruption import ENDING, Interruption

DEADLINE = 120.0
HANGS = """
import signal, sys
from pathlib import Path
from harness.engine.interruption import Interruption
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have had it ignored
interruption = Interruption(Path(sys.argv[1]), lambda text: print("told", flush=True))
interruption.listen()
try:
    print("ready", flush=True)
    signal.pause()
except KeyboardInterrupt:
    print("unwinding", flush=True)
    while True:
        signal.pause()
"""
posix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")


@posix
@pytest.mark.parametrize(
    ("changes", "said"), [([], "nothing is left to restore"), ([{"name": "wall clock", "undo": ["date"]}], "not put back yet: wall clock")]
)
@pytest.mark.parametrize(("second", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_second_signal_ends_at_once_and_says_what_is_left(
    tmp_path: Path, changes: list[dict[str, object]], said: str, second: signal.Signals, code: int
) -> None:
    ledger = tmp_path / "device-S1.json"
    if changes:
        ledger.write_text(json.dumps({"serial": "S1", "changes": changes}), "utf-8")
    child = subprocess.Popen([sys.executable, "-c", HANGS, str(ledger)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    child.send_signal(signal.SIGINT)
    assert [child.stdout.readline() for _ in range(2)] == ["told\n", "unwinding\n"]
    child.send_signal(second)
    _, err = child.communicate(timeout=DEADLINE)
    assert child.returncode == code
    (line,) = err.splitlines()
    assert said in line


@posix
def test_a_signal_while_the_run_is_sealed_only_tells(tmp_path: Path) -> None:
    told: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    interruption = Interruption(tmp_path / "none.json", told.append)
    interruption.listen()
    try:
        interruption.closing = True
        signal.raise_signal(signal.SIGINT)
        assert told == [ENDING]
        assert interruption.number == signal.SIGINT
    finally:
        interruption.stop()
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@posix
def test_what_whoever_started_us_ignores_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    interruption = Interruption(tmp_path / "none.json", lambda text: None)
    try:
        interruption.listen()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        interruption.stop()
        signal.signal(signal.SIGINT, before)


def test_another_thread_takes_no_signals(tmp_path: Path) -> None:
    before: list[Any] = [signal.getsignal(signal.SIGINT)]
    interruption = Interruption(tmp_path / "none.json", lambda text: None)
    thread = threading.Thread(target=interruption.listen)
    thread.start()
    thread.join(DEADLINE)
    assert signal.getsignal(signal.SIGINT) is before[0]
