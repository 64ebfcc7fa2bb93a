"""The wheel in an environment of its own, run from another folder: nothing of the checkout is needed."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "device_farm" / "virtual" / "apps" / "exit_by_finish.py"
SECONDS = 120


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the wheel installed; the libraries it needs are those of this environment, not the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=SECONDS)
    venv.create(folder / "env", with_pip=False)
    binary = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheel = next(folder.glob("apprights-*.whl"))
    assert wheel.stat().st_size < 2_000_000
    pip = [sys.executable, "-m", "pip", "--python", str(binary), "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True, timeout=SECONDS)
    packages = next((folder / "env").glob("lib/python*/site-packages"), folder / "env" / "Lib" / "site-packages")
    # a .pth within a folder that a .pth names is not read: an editable install of the checkout stays unseen
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return binary


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([str(python), *words], cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)


def test_the_package_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    done = run(python, tmp_path, "-c", "import harness, device_farm, scenarios; print(harness.__file__)")
    assert str(ROOT) not in done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()


def test_selftest_runs_from_another_folder(python: Path, tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    shutil.copy(SAMPLE, tmp_path / "apps")
    done = run(python, tmp_path, "-m", "harness.cli", "selftest", "--apps", "apps", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr.decode()
    assert {row["rule"]: row["outcome"] for row in rows}["c5-exit-after-denial"] == "violation"


def test_pytest_finds_the_scenarios_and_the_options(python: Path, tmp_path: Path) -> None:
    done = run(python, tmp_path, "-m", "pytest", "--pyargs", "scenarios", "--collect-only", "-q", "--app", "com.example.app")
    assert b"test_permission_denial[c5-dialog-loop]" in done.stdout
    assert done.returncode == 0
