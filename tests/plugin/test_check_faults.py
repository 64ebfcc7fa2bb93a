"""Each fault of the virtual device in the middle of a check, right after the first denial.

Nothing that was recorded before is lost, the reason is said, and what was not seen through is never called clear.
"""

import re
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.control_port import ask
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.catalogue import catalogue
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.device.protocol import Device
from harness.engine.scenario_run import Run
from harness.events import AppReplaced
from harness.events.findings import Outcome
from harness.recording.run_folder import verify
from harness.session.check_options import Options
from harness.verdicts.analysis_json import problems
from scenarios.test_permission_denial import drive
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")

FILE = APPS / "polite.py"
PACKAGE = "com.example.qingyun.weather"
EXIT = "c5-exit-after-denial"
AFTER_DENIAL = (EXIT, "c5-dialog-loop", "c5-asks-again-on-relaunch")
"""The faults come with the first denial: these rules are about what follows it, the others judge what was seen before
too."""

# What cannot be seen through: fault, words after its name, what the user is told (None: only the outcome tells).
BLINDING = {
    "unauthorized": ("", "allow USB debugging|offline|not connected|closed|went away"),
    "offline": ("", "offline|not connected|closed|went away"),
    "debugging-off": ("", "offline|not connected|closed|went away"),
    "device-lost": ("", "offline|not connected|closed|went away"),
    "reboot": ("", "offline|not connected|closed|went away"),
    "logcat-overflow": ("", None),
    "logs-silent": ("", None),
    "screen-off": ("", None),
    "adb-server-killed": ("{port}", "adb server|went away"),  # a call that was under way is told as that
}
# What is no sign of the app's: the harness goes on, and blames nobody.
SURVIVED = {
    "u2-dies": "", "uiautomation-not-connected": "", "slow": "screencap=30 dump=2 tap=10", "time-jump": "-86400", "clock-refused": "",
    "disk-full": "", "small-disk": "300", "battery-drains": "40", "hot": "", "flaky": "3 100000", "no-encoder": "",
    "downloads-unread": "", "boot-guard": "", "clone": "", "uiautomation-held": "",
}  # fmt: skip
OF_ITS_SERVER = ("u2-dies", "uiautomation-not-connected", "uiautomation-held")
"""What uiautomator2's client gets over: through adb, as it is."""
KILLS = {"low-memory-kill": "13", "rom-cleaner-kill": "13", "memory-limiter": "17"}
"""By the Android that it is tried on."""


class Checked:
    """One finished run with a fault in its middle."""

    def __init__(self, device: Device, runs: Path, fault: list[str]) -> None:
        self.told: list[str] = []
        self._fault = fault
        self._serial = device.serial
        self._run = Run.open(device, PACKAGE, runs, Options(), self.progress)
        self._run.drive("permission-denial", drive)
        self.analysis = self._run.close()
        self.folder = self._run.folder

    def progress(self, text: str) -> None:
        self.told.append(text)
        if "denied" in text and self._fault:
            words, self._fault = self._fault, []
            assert list(ask(self._serial, ["fault", *words])) == []

    def outcome(self, rule: str) -> Outcome:
        return next(verdict.outcome for verdict in self.analysis.verdicts if verdict.rule.id == rule)


@pytest.fixture(autouse=True)
def one_cold_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second and third are no different here, and logs that are silent need not be waited for so long."""
    monkeypatch.setattr("scenarios.test_permission_denial.COLD_STARTS", 1)
    monkeypatch.setattr("harness.session.canary.CANARY_SECONDS", 2.0)


def check(runs: Path, name: str, words: str, server: PrivateAdbServer | None = None, android: str = "13") -> Checked:
    """A check with this fault, through an adb server for those of the connection."""
    apps = tuple(reversed(load_app_file(FILE)))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps, android=android))]) as thread:
        if server is None:
            checked = Checked(InProcessDevice(thread), runs, [name, *words.split()])
        else:
            device = connect(thread.addresses[0], port=server.port)
            checked = Checked(device, runs, [name, *words.format(port=server.port).split()])
            server.run("disconnect", device.serial)
    assert verify(checked.folder) == []
    assert "am_proc_start" in (checked.folder / "raw" / "events.txt").read_text("utf-8")  # from before the fault
    return checked


@pytest.mark.parametrize("name", BLINDING)
def test_what_was_not_seen_is_not_clear(server: PrivateAdbServer, tmp_path: Path, name: str) -> None:
    words, told = BLINDING[name]
    if name == "adb-server-killed":
        with PrivateAdbServer() as own:
            checked = check(tmp_path, name, words, own)
    else:
        checked = check(tmp_path, name, words, server)
    assert {rule: checked.outcome(rule) for rule in AFTER_DENIAL} == dict.fromkeys(AFTER_DENIAL, Outcome.INCONCLUSIVE)
    if told is not None:
        assert any(re.search(told, line) for line in checked.told), checked.told


@pytest.mark.parametrize("name", SURVIVED)
def test_what_the_harness_gets_over_changes_nothing(server: PrivateAdbServer, tmp_path: Path, name: str) -> None:
    checked = check(tmp_path, name, SURVIVED[name], server if name in OF_ITS_SERVER else None)
    assert {rule: checked.outcome(rule) for rule in AFTER_DENIAL} == dict.fromkeys(AFTER_DENIAL, Outcome.CLEAR), checked.told


@pytest.mark.parametrize("name", KILLS)
def test_a_kill_by_the_system_is_not_the_apps_exit(tmp_path: Path, name: str) -> None:
    assert check(tmp_path, name, "", android=KILLS[name]).outcome(EXIT) is Outcome.INCONCLUSIVE


def test_what_follows_an_update_is_not_about_the_app_that_was_checked(tmp_path: Path) -> None:
    checked = check(tmp_path, "app-update", "")
    (replaced,) = checked.analysis.timeline.of(AppReplaced)
    assert {rule: checked.outcome(rule) for rule in AFTER_DENIAL} == dict.fromkeys(AFTER_DENIAL, Outcome.INCONCLUSIVE)
    assert all(replaced.reason in verdict.reason for verdict in checked.analysis.verdicts if verdict.rule.id in AFTER_DENIAL)
    assert replaced.reason in problems(checked.analysis)


def test_a_tree_that_stays_empty_is_not_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("device_farm.samples.in_process_device._UPDATE_MS", 1)  # how long each of five tries waits for a change
    checked = check(tmp_path, "empty-dump", "")
    outcomes = {rule: checked.outcome(rule) for rule in AFTER_DENIAL if rule != EXIT}  # the exit shows in the log alone
    assert set(outcomes.values()) == {Outcome.INCONCLUSIVE}, checked.told


def test_every_fault_is_tried() -> None:
    """The rest are no faults in the middle of a check: an end, a pull, and what a phone lacks from the beginning."""
    assert {*BLINDING, "app-update", "window", *SURVIVED, *KILLS, "empty-dump", "online", "reboot-in-pull", "lack"} == set(catalogue())
