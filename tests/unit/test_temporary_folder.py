"""What a killed process leaves in the folder for temporary files is swept at the next start, and nothing else is."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from harness.device.adb_server import TemporaryFolder

PREFIX = "apprights-adb-"
DEADLINE = 120.0
HOLDER = """
import sys
from harness.device.adb_server import TemporaryFolder
folder = TemporaryFolder("apprights-adb-")
(folder.path / "adbkey").write_text("secret")
print(folder.path.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_folder_goes_when_its_process_was_killed_and_not_before(temporary: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    theirs = temporary / child.stdout.readline().strip()
    TemporaryFolder(PREFIX).remove()
    assert (theirs / "adbkey").exists()
    child.kill()
    child.communicate(timeout=DEADLINE)
    assert (theirs / "adbkey").exists()
    ours = TemporaryFolder(PREFIX)
    assert list(temporary.iterdir()) == [ours.path]
    ours.remove()
    ours.remove()
    assert list(temporary.iterdir()) == []


def test_what_is_not_ours_stays(temporary: Path) -> None:
    (temporary / f"{PREFIX}someone").mkdir()
    (temporary / f"{PREFIX}file").write_text("x")
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / "in-use").write_text("")
    (temporary / f"{PREFIX}link").symlink_to(temporary / "elsewhere")
    before = sorted(temporary.rglob("*"))
    TemporaryFolder(PREFIX).remove()
    assert sorted(temporary.rglob("*")) == before
