"""``apprights watch``: hours of a phone left alone, by hour; a reboot in between, an app that was never opened."""

from pathlib import Path

from device_farm.virtual import control_port
from harness.device.adb import AdbDevice
from harness.device.virtual_devices import Connected, virtual_devices
from tests.plugin.conftest import APPS, apprights, finish, python, until

FILE, WEATHER = APPS / "starts_itself.py", "com.example.qinglang.weather"


def opened(devices: Connected) -> tuple[object, ...]:
    """Open the app and leave it by Home, as a user does before the night; the words that name the device."""
    with AdbDevice(devices.serials[0], port=devices.port) as device:
        device.shell(["am", "start", "-W", "-n", f"{WEATHER}/.Main"])
        device.shell(["input", "keyevent", "KEYCODE_HOME"])
        device.shell(["cmd", "apprights", "idle", "5"])
        device.shell(["am", "kill", WEATHER])
    return ("--serial", devices.serials[0], "--adb-port", devices.port)


def journal(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("reports/runs/*/raw/session.jsonl"))


def test_a_reboot_in_the_night_costs_its_hour(tmp_path: Path) -> None:
    with virtual_devices(apps=[FILE]) as devices:
        where = opened(devices)
        words = ["-m", "harness.cli", "watch", WEATHER, "--for", "3h", *where, "--json"]
        child = python(words, tmp_path)
        until(lambda: "trigger-hour-1" in journal(tmp_path), child)
        list(control_port.ask(devices.serials[0], ["fault", "reboot"]))
        said = finish(child)
    result = said.run()
    cut = [hour["hour"] for hour in result["hours"] if not hour["complete"]]
    assert len(cut) == 1
    assert len(result["hours"]) > len(cut)
    boots = [start for hour in result["hours"] for start in hour["starts"] if start["trigger"] == "boot"]
    assert [start["cause"] for start in boots] == ["self"]  # it started before adb was back: the log has it from the boot on
    outcomes = {rule["rule"]: rule["outcome"] for rule in result["rules"]}
    assert outcomes["c6-self-start"] == "suspected"


def test_an_app_that_was_never_opened_proves_nothing(tmp_path: Path) -> None:
    said = apprights("watch", WEATHER, "--app-file", FILE, "--for", "1h", "--json", folder=tmp_path)
    assert said.code == 3
    result = said.run()
    assert {rule["outcome"] for rule in result["rules"]} == {"inconclusive"}
    assert "open it, press Home" in result["rules"][0]["reason_en"]
