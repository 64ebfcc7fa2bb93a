"""pytest with our plugin installed: whoever has nothing to do with us notices nothing, and nobody's options collide."""

import json
from pathlib import Path

import pytest

from tests.plugin.conftest import Said, finish, python
from tests.plugin.test_items import SUITE

OTHER_PLUGIN = """
def pytest_addoption(parser):
    group = parser.getgroup("other")
    group.addoption("--profile", action="store_true")
    group.addoption("--clause", type=float, default=0.5)
"""
CONFTEST = """
import json, sys
from pathlib import Path

pytest_plugins = ["other_plugin"]
NAMES = ("serial", "app", "profile", "clause", "apprights_serial", "apprights_app", "apprights_tap")


def pytest_addoption(parser):
    parser.addoption("--serial", help="of a part, not of a phone")
    parser.addoption("--app", action="store_true")


def pytest_sessionfinish(session):
    told = {name: session.config.getoption(name) for name in NAMES}
    told["modules"] = sorted(sys.modules)
    told["plugins"] = sorted(name for name, plugin in session.config.pluginmanager.list_name_plugin() if name.startswith("apprights"))
    Path("told.json").write_text(json.dumps(told), encoding="utf-8")
"""
HEAVY = ("cv2", "numpy", "adbutils", "uiautomator2", "rich", "typer", "harness.events", "harness.rules", "harness.console")


def run(folder: Path, *words: str) -> Said:
    return finish(python(["-m", "pytest", "-p", "no:cacheprovider", *words], folder))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A suite of people who do not know us; its conftest brings a plugin that comes after ours."""
    (tmp_path / "other_plugin.py").write_text(OTHER_PLUGIN, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_theirs.py").write_text("def test_it(request):\n    assert request.config.getoption('serial') == 'P-1'\n", "utf-8")
    return tmp_path


def test_a_foreign_suite_keeps_its_options_and_sees_nothing_of_ours(foreign: Path) -> None:
    said = run(foreign, "--app", "--serial", "P-1", "--profile", "--clause=2.5", "--html", "page.html")
    assert said.code == pytest.ExitCode.OK, said
    told = json.loads((foreign / "told.json").read_text(encoding="utf-8"))
    assert (told["app"], told["serial"], told["profile"], told["clause"]) == (True, "P-1", True, 2.5)
    assert (told["apprights_app"], told["apprights_serial"]) == (None, None)
    assert told["plugins"] == ["apprights"]
    assert set(HEAVY).isdisjoint(told["modules"])
    page = (foreign / "page.html").read_text(encoding="utf-8")
    assert (foreign / "assets").is_dir()  # not one file by our doing
    for trace in ("结论", "AppRights", "run folder"):
        assert trace not in page
        assert trace not in said.out.replace("apprights-", "")


def test_ours_have_a_name_of_their_own_beside_theirs(foreign: Path) -> None:
    said = run(foreign, "--serial=P-1", "--apprights-serial", "R58M", "--apprights-app=com.example.shop", "--tap", "我的", "--tap", "首页")
    assert said.code == pytest.ExitCode.OK, said
    told = json.loads((foreign / "told.json").read_text(encoding="utf-8"))
    assert (told["serial"], told["app"]) == ("P-1", False)
    assert (told["apprights_serial"], told["apprights_app"], told["apprights_tap"]) == (["R58M"], "com.example.shop", ["我的", "首页"])


def test_the_value_of_a_short_option_is_no_path_to_look_for_conftests(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("def pytest_addoption(parser):\n    parser.addoption('--colour')\n", encoding="utf-8")
    (tmp_path / "apks").mkdir()
    (tmp_path / "apks" / "shop.apk").write_bytes(b"")
    (tmp_path / "test_theirs.py").write_text("def test_it(pytestconfig):\n    assert pytestconfig.getoption('colour') == 'red'\n", "utf-8")
    said = run(tmp_path, "--app", "apks/shop.apk", "--rootdir", ".", "--colour", "red")
    assert said.code == pytest.ExitCode.OK, said


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--lang", "zh", "--clause", "seven"), "ERROR: --apprights-clause: “seven”不是整数"),
        (("--app", "com.example.shop", "--serial", "A", "--serial", "B"), "ERROR: apprights: 2 phones are named: "),
        (("-o", "apprights_steps=many", "--app", "com.example.shop"), "ERROR: {folder}/pytest.ini: apprights_steps: "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_4(words: tuple[str, ...], line: str, tmp_path: Path) -> None:
    (tmp_path / "test_ours.py").write_text("def test_it(run):\n    pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    said = run(tmp_path, *words)
    assert said.code == pytest.ExitCode.USAGE_ERROR, said
    (told,) = [each for each in said.err.splitlines() if each.strip()]
    line = line.format(folder=tmp_path)
    assert told.startswith(line) if line.endswith(" ") else told == line
    assert "Traceback" not in said.out + said.err


def test_the_ini_file_gives_what_was_not_typed(tmp_path: Path) -> None:
    ini = "[pytest]\napprights_app = com.example.shop\napprights_strict = true\napprights_lang = zh\napprights_clause =\n    5\n    6\n"
    (tmp_path / "pytest.ini").write_text(ini, encoding="utf-8")
    (tmp_path / "test_suite.py").write_text(SUITE, encoding="utf-8")
    said = run(tmp_path, "-k", "loop or prompt")
    assert "FAILED（疑似：理由" in said.out
    assert "1 failed, 6 deselected" in said.out.replace("2 疑似, ", ""), said.out
