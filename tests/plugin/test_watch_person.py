"""``apprights watch`` without --for: a person refuses, uses a function and leaves.

Their touches are the tester's acts.
"""

import json
import signal
from pathlib import Path

from device_farm.virtual import control_port
from harness.device.adb import AdbDevice
from harness.device.virtual_devices import virtual_devices
from harness.dialogs.matcher import find_dialog
from harness.parsers.hierarchy import parse_hierarchy
from tests.plugin.conftest import APPS, finish, python, until

GUILTY = APPS / "exit_by_finish.py"
GRANT = ("com.android.permissioncontroller",)


def journal(folder: Path) -> list[dict[str, object]]:
    lines = [line for path in folder.glob("reports/runs/*/raw/session.jsonl") for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def steps(folder: Path, step: str) -> list[dict[str, object]]:
    return [record for record in journal(folder) if record["step"] == step]


def test_a_person_refuses_and_the_app_leaves(tmp_path: Path) -> None:
    with virtual_devices(apps=[GUILTY]) as devices, AdbDevice(devices.serials[0], port=devices.port) as device:
        package = next(
            line.removeprefix("package:") for line in device.shell(["pm", "list", "packages", "-3"]).stdout.split() if "example" in line
        )
        where = ["--serial", devices.serials[0], "--adb-port", str(devices.port)]
        child = python(["-m", "harness.cli", "watch", package, *where, "--json"], tmp_path, typed=True)
        until(lambda: any(record.get("name") == "by-hand" for record in steps(tmp_path, "segment")), child)
        device.shell(["am", "start", "-W", "-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER", package])
        until(lambda: bool(dialogs(tmp_path, package)), child)
        dialog = dialogs(tmp_path, package)[-1]
        button = dialog.button("deny", "deny_again")
        list(control_port.ask(devices.serials[0], ["touch", *map(str, button.centre)]))
        until(lambda: bool(steps(tmp_path, "denied")), child)
        child.stdin.write("\n")
        child.stdin.flush()
        said = finish(child)
    assert said.code != 130
    result = said.run()
    assert result["finished"]  # whoever presses Enter is done
    outcomes = {rule["rule"]: rule["outcome"] for rule in result["rules"]}
    assert outcomes["c5-exit-after-denial"] in ("violation", "suspected")
    (denied,) = steps(tmp_path, "denied")
    assert denied["proof"] == "flags"
    raw = next(tmp_path.glob("reports/runs/*/raw/touches.txt")).read_text("utf-8")
    assert "0003 0035" in raw


def test_ctrl_c_interrupts_the_watch_and_what_was_seen_is_judged(tmp_path: Path) -> None:
    with virtual_devices(apps=[GUILTY]) as devices:
        where = ["--serial", devices.serials[0], "--adb-port", str(devices.port)]
        child = python(["-m", "harness.cli", "watch", "com.example.linjia.shops", *where, "--json"], tmp_path, typed=True)
        until(lambda: bool(steps(tmp_path, "tree")), child)
        list(control_port.ask(devices.serials[0], ["touch", "home"]))
        until(lambda: any(record.get("purpose") == "person" for record in steps(tmp_path, "key")), child)
        child.send_signal(signal.SIGINT)
        said = finish(child)
    assert said.code == 130, said
    told = said.run()
    assert not told["finished"]
    assert {rule["outcome"] for rule in told["rules"]} <= {"inconclusive", "suspected", "violation"}
    assert "Traceback" not in said.err


def dialogs(folder: Path, package: str) -> list[object]:
    trees = [parse_hierarchy(str(record["xml"])) for record in steps(folder, "tree")]
    return [dialog for roots in trees if (dialog := find_dialog(roots, package, GRANT)) is not None]
