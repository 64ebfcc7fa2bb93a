"""``python -m device_farm.virtual``: what it prints, how it ends, what it refuses."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_farm.virtual.adbd.daemon import EMULATOR_PORTS
from tests.plugin.conftest import apprights_here
from tests.virtual.adb_calls import DEADLINE

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "device_farm.virtual"]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *args], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=DEADLINE * 2, check=False)


@pytest.fixture(scope="module")
def started() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*COMMAND, "--devices", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate(timeout=DEADLINE)


@pytest.fixture(scope="module")
def addresses(started: subprocess.Popen[str]) -> list[str]:
    assert started.stdout is not None
    return [started.stdout.readline().strip() for _ in range(2)]


def test_one_line_a_device_that_accepts(addresses: list[str]) -> None:
    for address in addresses:
        host, _, port = address.partition(":")
        assert host == "127.0.0.1"
        assert int(port) not in EMULATOR_PORTS
        socket.create_connection((host, int(port)), timeout=DEADLINE).close()
    assert len(set(addresses)) == 2


def test_ctl_prints_lines_of_json(addresses: list[str]) -> None:
    done = run("ctl", addresses[0], "truth")
    assert done.returncode == 0
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    assert run("ctl", addresses[0], "unmodelled").stdout == ""


def test_ctl_tells_the_facts_in_use_and_how_many_are_assumed(addresses: list[str]) -> None:
    *facts, count = [json.loads(line) for line in run("ctl", addresses[0], "facts").stdout.splitlines()]
    known = {fact["path"]: fact for fact in facts}
    assert known["dialog.package"]["source"]  # the device names it at boot
    assert "dialog.button_texts.zh.deny" not in known  # nothing asked so far
    assert count == {"facts": len(facts), "assumed": sum(fact["assumed"] for fact in facts)}


def test_sigterm_ends_it_clean(started: subprocess.Popen[str], addresses: list[str]) -> None:
    if os.name == "nt":
        started.terminate()
        started.wait(DEADLINE)
        return
    assert addresses
    started.send_signal(signal.SIGTERM)
    out, err = started.communicate(timeout=DEADLINE)
    assert (started.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize(
    ("source", "line", "text"),
    [
        ("from device_farm.virtual import App\nclass Shop(App):\n    pakcage = 'a.b'\n", 3, "pakcage"),
        ("x = 1\ny = (\n", 2, ""),
        ("import nonesuch_module\n", 1, "nonesuch_module"),
        ("x = 1\n", 1, "App"),
    ],
)
def test_a_bad_app_file_is_one_line(tmp_path: Path, source: str, line: int, text: str) -> None:
    path = tmp_path / "bad.py"
    path.write_text(source, "utf-8")
    done = apprights_here("virtual", "--app", path, folder=tmp_path)
    assert done.code == 2
    told = done.one_line()
    assert f"{path}:{line}" in told
    assert text in told


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["--port", "65530", "--devices", "10"], "1 to 65526 for 10 devices, or 0"),
        (["--serial", "x\n"], "up to 91 printable letters"),
        (["--fault", "nonesuch"], "unknown fault 'nonesuch'; known: unauthorized"),
        (["--fault", "hot very"], "'very' is no number from -40 to 120"),
        (["--port", "5550", "--devices", "10"], "5555 to 5585 for an emulator: another port, or 0"),
    ],
)
def test_a_wrong_option_is_one_line_with_the_choices(args: list[str], text: str, tmp_path: Path) -> None:
    done = apprights_here("virtual", *args, folder=tmp_path)
    assert done.code == 2
    assert text in done.one_line()
