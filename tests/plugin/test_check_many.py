"""``apprights check`` with several apps and phones: each is told, one that fails leaves the others alone."""

import json
from pathlib import Path

from harness.device.virtual_devices import virtual_devices
from tests.plugin.conftest import ONLY_5, SHOPS, SHOPS_FILE, apprights_here

BRIEF = (*ONLY_5, "--minutes", "0.5")


def test_apps_are_spread_over_phones_and_every_failure_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.apk").write_bytes(b"no APK")
    with virtual_devices(apps=[SHOPS_FILE], count=2) as devices:
        phones = [word for serial in (*devices.serials, "GONE") for word in ("--serial", serial)]
        words = ["check", "com.example.none", SHOPS, "cut.apk", *BRIEF, *phones, "--adb-port", devices.port]
        said = apprights_here(*words, "-o", "out/report.json", "-q", folder=tmp_path)
    assert said.code == 1, said
    assert "no device GONE" in said.err
    told = [line for line in said.out.splitlines() if line]
    assert told[0].startswith("com.example.none  ")
    assert told[1] == f"not checked: it is not installed on {', '.join(devices.serials)}"
    assert SHOPS in told[2]
    assert [line.split("  ")[0] for line in told[3:] if line.startswith("violation")] == ["violation"] * 3
    assert "clear  " not in said.out
    assert told[-4].startswith("cut.apk  ")
    assert "not an APK" in told[-3]
    assert told[-2:] == ["Apps: 3. With violations: 1. Not checked: 2.", "Report: out/report.json"]
    (run,) = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["apps"]
    assert (run["app"]["package"], run["outcomes"]["violation"]) == (SHOPS, 3)
    assert run["device"]["serial"] in devices.serials


def test_an_app_file_brings_its_device_along(tmp_path: Path) -> None:
    said = apprights_here("check", SHOPS_FILE, *BRIEF, "-o", "report.html", folder=tmp_path)
    assert said.code == 1, said
    first, *_others, count, report = said.out.splitlines()
    assert first.startswith("violation  ")
    assert count.startswith("11 rules: violation 3, ")
    assert report == "Report: report.html"
    assert SHOPS in (tmp_path / "report.html").read_text("utf-8")
    assert "1/2 permissions refused: first launch · device time " in said.err


def test_what_can_be_known_before_is_said_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    (tmp_path / "r.html").mkdir()
    for words, problem in (
        (("a.py", "-o", "report.odt"), "a report ends in .html"),
        (("a.py", "-o", "r.html"), "r.html is a folder"),
        (("a.py", "b.py"), "b.py is not there"),
        (("a.py", "c.apk"), "c.apk is not there"),
        (("a.py", "b", "--virtual", "--serial", "S1"), "--serial S1 names a phone"),
    ):
        said = apprights_here("check", *words, folder=tmp_path)
        assert problem in said.one_line()
        assert said.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "r.html"]
