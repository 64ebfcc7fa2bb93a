"""What stimuli change on a phone comes back, however they end, and is in the ledger meanwhile."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.background.stimuli import dozing, media, network, power, zone
from harness.background.trials import Background
from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, DeviceLost, ScenarioError
from harness.recording.steps import NAMES, Command, Step
from harness.restore.ledger import ledgers, put_back

UNDONE = {
    power: "dumpsys battery reset",
    network: "svc wifi enable",
    zone: "cmd alarm set-timezone Asia/Shanghai",
    media: "rm -f /sdcard/Pictures/apprights-stimulus.png",
}


class Phone:
    """Takes every command; ``answers`` are what some print."""

    serial = "phone"

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.gone = False
        self.answers = {"getprop persist.sys.timezone": "Asia/Shanghai\n", "settings get global wifi_on": "1\n"}

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if self.gone:
            raise DeviceLost("the cable is out")
        line = command if isinstance(command, str) else " ".join(command)
        self.ran.append(line)
        if line == "svc wifi disable":
            self.answers["settings get global wifi_on"] = "0\n"
        return ShellResult(self.answers.get(line, ""), "", 0)


class Journal:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, step: Step, *, host: float | None = None) -> None:
        self.lines.append(step.command if isinstance(step, Command) else NAMES[type(step)])


def session_on(phone: Phone, idle: Callable[[float], None] = lambda seconds: None) -> Any:
    def read(name: str, command: list[str]) -> str:
        return phone.shell(command).stdout

    app = SimpleNamespace(package="com.example.shop")
    return SimpleNamespace(device=phone, journal=Journal(), idle=idle, app=app, read=read)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))


@pytest.mark.parametrize("stimulus", UNDONE)
def test_it_is_in_the_ledger_meanwhile_and_undone_last(stimulus: Callable[[Any], None]) -> None:
    phone = Phone()
    kept: list[int] = []
    session = session_on(phone, lambda seconds: kept.append(len(ledgers())))
    stimulus(session)
    assert set(kept) == {1}
    assert phone.ran[-1] == session.journal.lines[-1] == UNDONE[stimulus]
    assert ledgers() == []


@pytest.mark.parametrize("stimulus", UNDONE)
def test_a_lost_phone_gets_it_back_when_it_is_there_again(stimulus: Callable[[Any], None]) -> None:
    phone = Phone()

    def pull(seconds: float) -> None:
        phone.gone = True
        phone.shell("true")

    with pytest.raises(DeviceLost):
        stimulus(session_on(phone, pull))
    assert len(ledgers()) == 1
    phone.gone = False
    put_back(phone, print)  # type: ignore[arg-type]
    assert phone.ran[-1] == UNDONE[stimulus]
    assert ledgers() == []


def test_wifi_that_is_off_is_not_switched_on() -> None:
    phone = Phone()
    phone.answers["settings get global wifi_on"] = "0\n"
    with pytest.raises(ScenarioError, match="Wi-Fi is off"):
        network(session_on(phone))
    assert not any(line.startswith("svc") for line in phone.ran)


def test_deep_idle_ends_with_its_block() -> None:
    phone = Phone()
    with dozing(session_on(phone)):
        assert phone.ran[-1] == "dumpsys deviceidle force-idle"
    assert phone.ran[-1] == "dumpsys deviceidle unforce"


def test_a_refused_stimulus_is_in_the_journal_with_what_the_device_said() -> None:
    phone = Phone()
    phone.answers["dumpsys battery unplug"] = "java.lang.SecurityException: no\n"
    session = session_on(phone)
    with pytest.raises(CommandFailed):
        power(session)
    assert session.journal.lines == ["dumpsys battery unplug", "dumpsys battery reset"]


def test_the_roms_autostart_switch_is_turned_back() -> None:
    phone = Phone()
    switch = "cmd appops set com.example.shop 10008"
    session = session_on(phone)
    with Background(session).autostart_on([session]):
        assert f"{switch} allow" in phone.ran
        assert len(ledgers()) == 1
    assert f"{switch} ignore" in phone.ran[-2:]
    assert ledgers() == []
