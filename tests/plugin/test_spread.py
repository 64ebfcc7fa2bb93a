"""pytest-xdist spreads our tests over the phones, a phone a worker; pytest-html and allure have the evidence."""

import json
import re
from pathlib import Path

import pytest

from harness.device.virtual_devices import Connected
from harness.recording.run_folder import verify
from tests.plugin.conftest import SHOPS, finish, python

SUITE = """
from pathlib import Path

import pytest

from harness.api import Scenario

SCENARIO = Scenario("NAME", ("c5-exit-after-denial", "c5-dialog-loop"), lambda session, canary: session.canary(canary))


def test_it(run, driven, rule, phone, app_under_test):
    with open("NAME.txt", "a", encoding="utf-8") as file:
        print(phone.serial, app_under_test.package, run.folder.name, file=file)


def test_its_verdict(verdict):
    pass
"""
NEEDS_NO_PHONE = "import pytest\n\n@pytest.mark.parametrize('number', range(6))\ndef test_it(number):\n    pass\n"
WORDS = ["-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "--app", SHOPS, "--runs", "runs"]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"test_{name}.py").write_text(SUITE.replace("NAME", name), encoding="utf-8")
    (tmp_path / "test_none.py").write_text(NEEDS_NO_PHONE, encoding="utf-8")
    return tmp_path


def used(folder: Path) -> dict[str, set[str]]:
    """Which phone, app and run folder each file had."""
    return {name: set((folder / f"{name}.txt").read_text("utf-8").splitlines()) for name in ("one", "two")}


def test_two_phones_share_the_files(two_phones: Connected, suite: Path) -> None:
    said = finish(python([*WORDS, "--adb-port", two_phones.port, "--html", "page.html", "--alluredir", "allure", "--lang", "zh"], suite))
    assert said.code == pytest.ExitCode.OK, said
    assert f"AppRights：2 部手机，每个进程一部：{'、'.join(sorted(two_phones.serials))}" in said.out
    (one,), (two,) = used(suite).values()
    assert {one.split()[0], two.split()[0]} == set(two_phones.serials)
    runs = {line.split()[2] for line in (one, two)}
    assert {path.name for path in (suite / "runs").iterdir()} == runs
    assert len(runs) == 2
    assert "10 passed, 4 skipped" in said.out
    assert "未触发 4" in said.out
    told = [f"[gw{number}] {SHOPS}，设备 " in said.err for number in (0, 1)]  # progress of both, though pytest keeps back what tests print
    assert told == [True, True], said.err
    roots = {json.loads((suite / "runs" / name / "manifest.json").read_text("utf-8"))["root"] for name in runs}
    assert roots == set(re.findall(r"^根哈希：(\w+)$", said.out, re.MULTILINE))
    assert [verify(suite / "runs" / name) for name in runs] == [[], []]
    page = (suite / "page.html").read_text(encoding="utf-8")
    environment = json.loads(re.findall(r"data-jsonblob=\"(.*?)\"", page)[0].replace("&#34;", '"'))["environment"]
    assert {environment[key]["根哈希"] for key in ("AppRights", "AppRights 2")} == roots
    assert set(environment["AppRights"]) == {"应用", "版本", "手机", "运行目录", "根哈希"}
    results = [json.loads(path.read_text("utf-8")) for path in (suite / "allure").glob("*-result.json")]
    shown = [result["attachments"] for result in results if result["name"].startswith("test_its_verdict")]
    assert [[each["type"] for each in attached] for attached in shown] == [["text/html", "text/plain"]] * 4
    evidence = (suite / "allure" / shown[0][0]["source"]).read_text(encoding="utf-8")
    assert "未触发" in evidence


def test_one_phone_has_one_worker_and_the_others_go_on(two_phones: Connected, suite: Path) -> None:
    """A phone that is not there: who needs it is told, and nobody else waits for it."""
    said = finish(python([*WORDS, "--adb-port", two_phones.port, "--serial", "ABSENT", "-v"], suite))
    assert said.code == pytest.ExitCode.TESTS_FAILED, said
    assert "AppRights: there is one phone (ABSENT), so its tests run in one worker, one after the other" in said.out
    ours = re.findall(r"^\[(gw\d)\].*ERROR test_(?:one|two)\.py", said.out, re.MULTILINE)
    assert (len(ours), len(set(ours))) == (8, 1)
    assert len(re.findall(r"^\[gw\d\].*PASSED test_none\.py", said.out, re.MULTILINE)) == 6
    assert set(re.findall(r"^\[(gw\d)\]", said.out, re.MULTILINE)) == {"gw0", "gw1"}
