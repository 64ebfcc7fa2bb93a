"""The code of docs/api.md does what the page says, in a suite as a user has it, on a virtual device."""

import dataclasses
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import api
from harness.device.virtual_devices import Connected, virtual_devices
from tests.plugin.conftest import DEADLINE, PROJECT, finish, python

PAGE = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```python\n# (test_\w+\.py)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
PLAIN = re.findall(r"^```python\n(from .*?)^```", PAGE, re.DOTALL | re.MULTILINE)
INI = re.findall(r"^```ini\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
ENTRY_POINT = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
SHOP = """
from device_farm.virtual import Activity, App, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Shop(App):
    package, label, permissions = "com.example.shop", "Shop", [LOCATION]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("附近门店")))
            self.request_permissions(LOCATION)
"""
"""An app that does nothing but ask for the location at its start."""


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connected]:
    file = tmp_path_factory.mktemp("app") / "shop.py"
    file.write_text(SHOP, encoding="utf-8")
    with virtual_devices(apps=[file]) as devices:
        yield devices


def suite(folder: Path, name: str, *where: object) -> tuple[int, str]:
    """Run a file of the page as a user's own suite; pytest's exit code, and what it said."""
    (folder / name).write_text(FILES[name], encoding="utf-8")
    words = ["-m", "pytest", name, "-p", "no:cacheprovider", "-rA", "--app", "com.example.shop"]
    said = finish(python([*words, *where], folder))
    return said.code, said.out + said.err


def test_the_page_has_what_is_tested_here() -> None:
    assert sorted(FILES) == ["test_facts.py", "test_opened_twice.py", "test_shop_in_process.py"]
    assert (len(PLAIN), len(ENTRY_POINT), len(INI)) == (2, 1, 1)
    assert max(len([line for line in code.splitlines() if line]) for code in PLAIN) <= 10


def test_every_name_of_the_interface_is_on_the_page_and_can_be_loaded() -> None:
    promised = re.findall(r"the names in `harness\.api`: ((?:`\w+`[,; \n]*)+)", PAGE)
    assert re.findall(r"`(\w+)`", promised[0]) == api.__all__
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
    with pytest.raises(AttributeError, match=r"docs/api\.md"):
        _ = api.check_everything
    methods = re.findall(r"- of a session: ((?:`\w+`[,; \n]*)+)", PAGE)
    known = {*dir(api.Session), *(field.name for field in dataclasses.fields(api.Session))}
    assert [name for name in re.findall(r"`(\w+)`", methods[0]) if name not in known] == []


def test_a_scenario_of_a_users_own_on_a_virtual_device(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    code, said = suite(tmp_path, "test_opened_twice.py", "--app-file", "shop.py")
    assert code == pytest.ExitCode.OK, said
    assert "PASSED test_opened_twice.py::test_opened_twice[c5-exit-after-denial]" in said
    assert "PASSED test_opened_twice.py::test_opened_twice[c5-dialog-loop]" in said
    assert re.findall(r"^com\.example\.shop: .*(opened-\d)", said, re.MULTILINE) == ["opened-1", "opened-2"]  # the device was driven once
    assert "run folder: reports" in said


def test_a_check_in_the_process_of_a_users_own_test(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    (tmp_path / "test_shop_in_process.py").write_text(FILES["test_shop_in_process.py"], encoding="utf-8")
    said = finish(python(["-m", "pytest", "test_shop_in_process.py", "-p", "no:cacheprovider", "-rA"], tmp_path))
    assert said.code == pytest.ExitCode.OK, said.out + said.err
    assert [path.name for path in tmp_path.glob("reports")] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"apps": ["gone.py"]}, r"gone\.py: cannot be read"),
        ({"rom": "symbian"}, "no phone was sold with ROM 'symbian'"),
        ({"language": "fr"}, "language 'fr' is none of zh, en"),
    ],
)
def test_a_device_in_process_that_cannot_be_is_refused_in_one_line(words: dict[str, Any], reason: str) -> None:
    with pytest.raises(api.HarnessError, match=reason), api.in_process_device(**words):
        pass


def test_a_device_in_process_is_one_of_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.device.in_process.GROUP", "nobody.devices")
    with pytest.raises(api.HarnessError, match="no virtual device is installed"), api.in_process_device():
        pass


def test_a_users_own_fixture_that_drives_with_an_ini_file(device: Connected, tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(INI[0], encoding="utf-8")
    code, said = suite(tmp_path, "test_facts.py", "--serial", device.serials[0], "--adb-port", device.port)
    assert code == pytest.ExitCode.OK, said
    assert "PASSED test_facts.py::test_the_phone_has_the_app" in said
    assert "PASSED test_facts.py::test_nothing_but_the_location_is_asked_for" in said
    assert "PASSED test_facts.py::test_requests_are_not_bundled[c5-bundled-request]" in said


@pytest.mark.parametrize("code", PLAIN)
def test_plain_python(code: str, device: Connected, tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    (tmp_path / "test_opened_twice.py").write_text(FILES["test_opened_twice.py"], encoding="utf-8")
    where = {
        "ANDROID_SERIAL": device.serials[0],
        "ANDROID_ADB_SERVER_PORT": str(device.port),
        "PYTHONPATH": str(PROJECT),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, **where},
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    if code is PLAIN[1]:
        assert {"c5-exit-after-denial", "c5-dialog-loop"} <= set(lines[-1].split())
        return
    assert [line.split()[1] for line in lines if line.startswith("c1-permission-before-consent ")] == ["suspected"]
    assert (tmp_path / lines[-1] / "manifest.json").is_file()


def test_a_scenario_of_another_package_is_found(tmp_path: Path) -> None:
    """As after the installation of a package that names the scenario."""
    ((group, entries),) = tomllib.loads(ENTRY_POINT[0])["project"]["entry-points"].items()
    (tmp_path / "test_opened_twice.py").write_text(FILES["test_opened_twice.py"], encoding="utf-8")
    info = tmp_path / "others_checks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: others-checks\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    code = "from harness.engine.scenario import *; print(*(one.name for one in in_order(installed_scenarios(), (1, 5))))"
    said = finish(python(["-c", code], tmp_path))
    assert said.out.split() == ["permission-denial", "opened-twice", "clock-shift"], said
