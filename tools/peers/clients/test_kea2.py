"""Kea2 (PyPI): its first example, ``kea2 init`` and then ``quicktest.py``, as its manual begins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

OMNINOTES = "it.feio.android.omninotes.alpha"
KEA2 = Path(sys.executable).with_name("kea2")
STEPS = 12
SECONDS = 200


def kea2(folder: Path, *words: str) -> str:
    done = subprocess.run([str(KEA2), *words], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    kea2(tmp_path, "init")
    return tmp_path


def test_the_first_example(project: Path, serial: str) -> None:
    how = ("-s", serial, "-p", OMNINOTES, "--max-step", str(STEPS), "--profile-period", "5", "-o", str(project / "out"))
    said = kea2(project, "run", *how, "propertytest", "discover", "-s", str(project), "-p", "quicktest.py")
    assert "Connected to fastbot server" in said
    assert f"({STEPS} / {STEPS})" in said
    results = [json.loads(path.read_text(encoding="utf-8")) for path in (project / "out").rglob("result_*.json")]
    assert results
    tried = {name: told for result in results for name, told in result.items() if isinstance(told, dict)}
    assert any("skip_welcome_tour" in name and told.get("executed") for name, told in tried.items()), tried
    assert [name for name, told in tried.items() if told.get("error")] == []
