"""The folder of `make bundle` is installed where there is no network, by a user whose name GBK cannot say."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS
from tools.bundle import __main__ as bundle

SECONDS = 900
NETWORKS = "from pathlib import Path; print(*(line.split(':')[0].strip() for line in Path('/proc/net/dev').open() if ':' in line))"


@pytest.fixture(scope="module")
def alone() -> tuple[str, ...]:
    """The words before a command that shall have no network."""
    for words in (("unshare", "-n"), ("unshare", "-rn")):
        if shutil.which(words[0]) and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    pytest.skip("no network namespace may be made here")


def run(*words: str | Path) -> str:
    done = subprocess.run(list(map(str, words)), capture_output=True, encoding="gbk", timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_it_is_installed_and_checks_an_app_without_network(tmp_path: Path, alone: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, apps, home = tmp_path / "张 𠮷" / "bundle", tmp_path / "apps", tmp_path / "张 𠮷" / "home"
    home.mkdir(parents=True)
    for name in ("HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    assert run(*alone, sys.executable, "-c", NETWORKS).split() == ["lo"]
    bundle.make(folder)
    program = folder / ".venv" / "bin" / "apprights"
    assert run(*alone, sys.executable, folder / "install.py") == str(program).replace("𠮷", r"\U00020bb7") + "\n"
    apps.mkdir()
    shutil.copyfile(OWN_APPS / "exit_by_finish.py", apps / "exit_by_finish.py")
    assert "0 different" in run(*alone, program, "--lang", "en", "selftest", "--apps", apps, "--workers", "1")


def test_another_python_is_told_which_one_it_wants(tmp_path: Path) -> None:
    shutil.copyfile(bundle.HERE / "install.py", tmp_path / "install.py")
    (tmp_path / "made-for.json").write_text('{"python": ["3", "1"], "system": "Windows", "machine": "AMD64"}', "utf-8")
    done = subprocess.run([sys.executable, tmp_path / "install.py"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("this bundle is for Python 3.1, Windows AMD64; this is Python 3.")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["install.py", "made-for.json"]
