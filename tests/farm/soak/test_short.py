"""The soak in a minute: some units, some deaths, some kills of everything; ``make soak`` has the long one."""

import json
import subprocess
import sys

import pytest

from tests.farm.soak.killing import ROOT

pytest.importorskip("psycopg", reason="the extra `farm` is not installed")
SHORT = ["--units", "12", "--phones", "4", "--deaths", "14", "--artifacts", "200", "--real", "0", "--told", "14"]
MINUTES = 5


@pytest.mark.skipif(sys.platform == "win32", reason="a fork server, and SIGKILL")
@pytest.mark.parametrize("part", ["desk", "deaths", "farm", "faults", "artifacts"])
def test_nothing_is_lost_nothing_counts_twice_and_no_fault_is_shown_as_clear(part: str) -> None:
    words = [sys.executable, "-m", "tests.farm.soak", part, *SHORT]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES * 60, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["wrong"] == []
