"""Ctrl-C and SIGTERM in the middle of a run: it is sealed and says that it is not finished."""

import json
import signal
from pathlib import Path

import pytest

from harness.device.adb import connect
from harness.device.virtual_devices import virtual_devices
from harness.recording.run_folder import verify
from tests.plugin.conftest import SHOPS, SHOPS_FILE, Said, apprights_here, finish, python, until

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
COMMANDS = {
    "check": ["-m", "harness.cli", "check", SHOPS],
    "walk": ["-m", "harness.cli", "walk", SHOPS],
    "watch": ["-m", "harness.cli", "watch", SHOPS, "--for", "300h"],
    "pytest": ["-m", "pytest", "-p", "no:cacheprovider", "--pyargs", "scenarios", "--app", SHOPS],
}


def interrupted(folder: Path, name: str, number: signal.Signals) -> Said:
    """The command of this name, ended by a signal as soon as it drives."""
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        with connect(devices.serials[0], port=devices.port) as device:  # watch takes only an app that was opened once
            device.shell(["am", "start", "-W", "-n", f"{SHOPS}/.Main"])
            device.shell(["input", "keyevent", "KEYCODE_HOME"])
            device.shell(["cmd", "apprights", "idle", "5"])
        where = ["--serial", devices.serials[0], "--adb-port", devices.port, "--runs", "runs"]
        child = python([*COMMANDS[name], *where], folder)
        until(lambda: any('"segment"' in path.read_text("utf-8") for path in folder.glob("runs/*/raw/session.jsonl")), child)
        child.send_signal(number)
        return finish(child)


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("check", signal.SIGINT, 130),
        ("check", signal.SIGTERM, 143),
        ("walk", signal.SIGINT, 130),
        ("watch", signal.SIGINT, 130),
        ("pytest", signal.SIGINT, 130),
        ("pytest", signal.SIGTERM, 143),
    ],
)
def test_it_ends_as_interrupted(tmp_path: Path, name: str, number: signal.Signals, code: int) -> None:
    said = interrupted(tmp_path, name, number)
    assert said.code == code, said
    told = said.out + said.err
    assert "Traceback" not in told
    assert "disk" not in told
    assert "interrupted" in told
    (run,) = tmp_path.glob("runs/*")
    assert verify(run) == []
    rules = json.loads((run / "findings.json").read_text("utf-8"))["rules"]
    cut = [rule for rule in rules if "未完成：" in rule["reason_zh"]]
    assert cut  # a busy computer may be late with the signal: what had come to its end by then is judged as ever
    assert all("检测被中断" in rule["reason_zh"] for rule in cut)
    assert {rule["outcome"] for rule in cut} <= {"inconclusive", "suspected", "violation"}  # what was seen until then stands
    if name == "check":
        page = tmp_path / "report.html"
        assert apprights_here("report", run, "-o", page, folder=tmp_path).code == 0
        html = page.read_text("utf-8")
        assert html.index("未完成：检测被中断") < html.index("共检测")
