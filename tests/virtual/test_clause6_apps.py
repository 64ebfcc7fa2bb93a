"""Starts of apps that others cause, with the truth and the log of each: whole app files, on several versions."""

import re
from pathlib import Path
from typing import Any

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.framework.dumps.content_service import content
from harness.parsers.syncs import Sync, syncs
from tests.virtual.device_calls import launch
from tests.virtual.runtime.conftest import Phone as RuntimePhone

FOLDER = Path(__file__).parent / "clause6"
VERSIONS = ["8.1", "13", "16"]
HALF_HOUR = 1800.0


class Phone(RuntimePhone):
    """A device with an app file installed, the app opened once and left."""

    def __init__(self, file: str, android: str, rom: str = "aosp") -> None:
        apps = load_app_file(FOLDER / f"{file}.py")
        self.package = apps[0].package
        super().__init__(*apps[1:], apps[0], android=android, rom=rom)

    def open(self) -> None:
        launch(self.device, self.package)

    def leave(self) -> None:
        self.system.go_home()
        self.wait(2)

    def kill(self) -> None:
        self.system.kill_background(self.package)
        self.wait(1)

    def swipe(self) -> None:
        self.system.cleaners.swiped_away(next(task for task in self.system.tasks if task.affinity == self.package))
        self.wait(2)

    def starts(self, package: str = "") -> list[dict[str, Any]]:
        """The starts of the app's processes after the tester's own, without those of activities."""
        found = [line for line in self.device.truth if line["what"] == "start" and line["package"] == (package or self.package)]
        return [line for line in found if line["trigger"] not in ("user", "activity")]

    def start_lines(self, package: str = "") -> list[str]:
        """``Start proc`` of the app, without pid and uid."""
        wanted = package or self.package
        log = [entry.message for buffer in self.device.logs.buffers.values() for entry in buffer if entry.tag == "ActivityManager"]
        lines = [line for line in log if line.startswith("Start proc ") and f":{wanted}" in line]
        return [re.sub(r"^Start proc \d+:([^/]+)/\S+", r"\1", line) for line in lines]


@pytest.fixture
def left():
    """An app that was opened and left by Home."""

    def make(file: str, android: str, rom: str = "aosp") -> Phone:
        phone = Phone(file, android, rom)
        phone.open()
        phone.leave()
        return phone

    return make


def hosted(android: str, text: str) -> str:
    """``{pkg/pkg.Cls}`` as the version prints it: before 10 short and without braces."""
    package, _slash, name = text.partition("/")
    if android in ("8.1", "9"):
        return f"{package}/{name.removeprefix(package)}" if name.startswith(package + ".") else text
    return f"{{{text}}}"


@pytest.mark.parametrize("android", VERSIONS)
def test_an_sdk_wakes_three_other_apps(android):
    phone = Phone("provider_wake", android)
    phone.open()
    wanted = {"com.example.first": ("provider", "content provider"), "com.example.second": ("bind", "service"),
              "com.example.third": ("broadcast", "broadcast")}  # fmt: skip
    for package, (trigger, hosting) in wanted.items():
        (start,) = phone.starts(package)
        assert (start["trigger"], start["hosting"], start["caller"], start["caller_sdk"]) == (trigger, hosting, phone.package, "联盟")
    component = hosted(android, "com.example.first/com.example.first.Stock")
    assert phone.start_lines("com.example.first") == [f"com.example.first for content provider {component}"]


@pytest.mark.parametrize("android", VERSIONS)
def test_the_push_service_of_the_phone_wakes_a_messenger(left, android):
    phone = left("push_wake", android)
    phone.kill()
    phone.wait(1000)
    (start,) = phone.starts()
    assert (start["trigger"], start["caller"], start["action"]) == (
        "push", "com.google.android.gms", "com.google.android.c2dm.intent.RECEIVE")  # fmt: skip


@pytest.mark.parametrize("android", ["10", "13"])  # later ones freeze what is left before it asks
def test_the_grace_after_a_finished_page_ends_with_its_process(left, android):
    phone = left("translucent_refused", android)
    phone.swipe()  # the system finishes the page, late in this boot
    phone.system.reboot()
    phone.wait(60)
    phone.open()
    phone.leave()
    phone.device.screen.key("sleep")
    phone.wait(30)
    refused = [line["component"] for line in phone.device.truth if line["what"] == "start_refused"]
    assert refused == ["com.example.refused/.Veil"]


@pytest.mark.parametrize("android", VERSIONS)
def test_a_sync_is_the_systems(left, android):
    phone = left("account_sync", android)
    phone.kill()
    phone.wait(2 * HALF_HOUR)
    starts = phone.starts()
    assert {s["trigger"] for s in starts} == {"sync"}
    assert starts[0]["process"] == "com.example.mail:sync"
    dump = content(phone.device)
    if android == "8.1":
        assert dump is None  # laid out otherwise, not modelled
        return
    ran = [found for found in syncs(dump.splitlines()) if isinstance(found, Sync)]
    assert len(ran) == len([line for line in phone.device.truth if line["what"] == "sync"])
    assert (ran[0].component, ran[0].enabled, ran[0].asked_by) == ("com.example.mail/com.example.mail.Sync", True, None)
