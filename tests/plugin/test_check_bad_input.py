"""``apprights check`` on what it cannot check: one line that says what to do, the right exit code, no traceback."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness import cli
from harness.device.virtual_devices import Connected
from harness.errors import ScenarioError
from tests.apk_builder import build_apk, manifest
from tests.captures import capture
from tests.plugin.conftest import ONLY_5, SHOPS, apprights_here

UNUSABLE, UNDECIDED = 2, 3


@pytest.mark.parametrize(
    ("app", "code", "words"),
    [
        ("text.apk", UNDECIDED, ("text.apk", "not an APK")),
        ("cut.apk", UNDECIDED, ("cut.apk", "truncated")),
        ("gone.apk", UNUSABLE, ("gone.apk", "is not there")),
        ("com.example.linjia.shop", UNUSABLE, ("not installed", f"did you mean {SHOPS}?")),
        ("com.example.none; reboot", UNUSABLE, ("neither an APK file nor a package name",)),
    ],
)
def test_no_such_app(two_phones: Connected, tmp_path: Path, app: str, code: int, words: tuple[str, ...]) -> None:
    (tmp_path / "text.apk").write_text("an APK? no\n", encoding="utf-8")
    whole = build_apk(manifest("com.example.cut"))
    (tmp_path / "cut.apk").write_bytes(whole[: len(whole) * 2 // 3])
    said = apprights_here(
        "check", app, *ONLY_5, "--serial", two_phones.serials[0], "--adb-port", two_phones.port, "--json", folder=tmp_path
    )
    line = said.one_line()
    assert said.code == code
    assert all(word in line for word in words), line
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gone.apk", "--virtual"), "gone.apk is not there"),
        ((SHOPS, "--virtual", "--policy", "gone.txt"), "--policy: gone.txt is not there"),
        ((SHOPS, "--virtual", "--profile", "gone.toml"), "--profile: gone.toml is not there"),
        ((SHOPS, "--virtual", "--profile", "lax"), "there is no profile 'lax'"),
        ((SHOPS, "--virtual", "--serial", "R58M"), "--serial R58M names a phone"),
        ((SHOPS, "--app-file", "shop.py", "--serial", "R58M"), "--serial R58M names a phone"),
    ],
)
def test_wrong_words_are_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    def no_device(*_words: object, **_values: object) -> None:
        raise AssertionError("a device was looked for")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("harness.device.adb.open_device", no_device)
    monkeypatch.setattr("harness.device.virtual_devices.virtual_devices", no_device)
    for command in ("check", "walk", "watch"):
        if command != "check" and "--policy" in words:
            continue
        refused = CliRunner().invoke(cli.app, [command, *words])
        assert isinstance(refused.exception, ScenarioError), refused.output
        assert said in str(refused.exception)  # exit code 2: harness.cli.main
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_apk_is_told_without_a_phone(tmp_path: Path) -> None:
    (tmp_path / "text.apk").write_text("an APK? no\n", encoding="utf-8")
    said = apprights_here("check", "text.apk", "--serial", "none", folder=tmp_path)
    assert (said.code, "text.apk: not an APK" in said.one_line()) == (UNDECIDED, True)


def test_real_apk_is_installed_and_not_judged(two_phones: Connected, tmp_path: Path) -> None:
    apk = capture("apk/app-lister.apk")
    said = apprights_here(
        "check", apk, *ONLY_5, "--serial", two_phones.serials[0], "--adb-port", two_phones.port, "--json", folder=tmp_path
    )
    assert said.code == UNDECIDED, said
    result = said.run()
    assert result["app"]["package"] == "io.github.ylimit.benchapp"
    assert {rule["outcome"] for rule in result["rules"]} == {"not_exercised"}
    for rule in result["rules"]:
        assert "不运行 APK 代码" in rule["reason_zh"]
        assert "does not run the code of an APK" in rule["reason_en"]
    assert (tmp_path / result["run"] / "manifest.json").is_file()
