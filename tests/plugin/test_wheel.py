"""The wheel in an environment of its own, run from another folder: nothing of the checkout is needed."""

import json
import os
import shutil
import site
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "device_farm" / "virtual" / "apps" / "exit_by_finish.py"
SECONDS = 120


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=SECONDS)
    return folder


@pytest.fixture(scope="module")
def python(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the wheel installed; the libraries it needs are those of this environment, not the checkout."""
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder / "env", with_pip=False)
    binary = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wheel = next(built.glob("apprights-*.whl"))
    assert wheel.stat().st_size < 3_600_000
    pip = [sys.executable, "-m", "pip", "--python", str(binary), "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True, timeout=SECONDS)
    packages = next((folder / "env").glob("lib/python*/site-packages"), folder / "env" / "Lib" / "site-packages")
    # a .pth within a folder that a .pth names is not read: an editable install of the checkout stays unseen
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return binary


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([str(python), *words], cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)


def test_wheel_and_source_tell_their_licences_and_that_they_are_typed(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("apprights-*.whl"))) as wheel:
        inside = {name.partition(".dist-info/licenses/")[2] or name for name in wheel.namelist()}
    with tarfile.open(next(built.glob("apprights-*.tar.gz"))) as source:
        packed = {name.partition("/")[2] for name in source.getnames()}
    marks = {f"{package}/py.typed" for package in ("harness", "device_farm", "scenarios")}
    assert {"LICENSE", "NOTICE", *marks} - inside == set()
    assert {"LICENSE", "NOTICE", "SECURITY.md", *marks} - packed == set()
    assert not any(name.startswith("tests") for name in inside | packed)


def test_a_type_checker_sees_the_types_of_the_wheel(python: Path, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("from harness.events import Instant\n\nreveal_type(Instant(0, 1.5).uptime)\n", encoding="utf-8")
    packages = next((python.parent.parent).glob("lib/python*/site-packages"), python.parent.parent / "Lib" / "site-packages")
    environment = os.environ | {"MYPYPATH": "", "MYPY_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "mypy", "--python-executable", str(python), "--config-file", os.devnull, "own.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (packages / "harness" / "py.typed").exists()
    assert 'Revealed type is "float"' in done.stdout.replace("builtins.", ""), done.stdout


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
