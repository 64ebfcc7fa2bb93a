"""What the system itself keeps running because the user chose it.

Keyboard, accessibility, notifications, widget, account.
"""

import re

import pytest

from device_farm.virtual import Activity, App, Receiver, Service
from device_farm.virtual.framework.dumps.jobs import jobscheduler

PACKAGE = "com.example.chosen"
WIDGET = "android.appwidget.action.APPWIDGET_UPDATE"


class Chosen(App):
    package = PACKAGE
    default_input_method, accessibility_service, notification_listener = "Keys", "Reader", "Ears"
    always_on_vpn = "Tun"
    widgets = ["Clock"]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.add_periodic_sync("Sync", every=3600)

    class Keys(Service):
        process = ":keys"

    class Reader(Service):
        process = ":reader"

    class Ears(Service):
        process = ":ears"

    class Tun(Service):
        process = ":tun"

    class Sync(Service):
        process = ":sync"

        def on_bind(self, intent):
            self.app.prefs.setdefault("synced", []).append(intent.action)

    class Clock(Receiver):
        process = ":clock"
        actions = [WIDGET]  # noqa: RUF012


@pytest.fixture
def device(phone):
    return phone(Chosen)


def starts(device, trigger):
    return [line for line in device.truth("start") if line["trigger"] == trigger]


@pytest.mark.parametrize(("trigger", "process"), [("input_method", ":keys"), ("accessibility", ":reader"),
                                                  ("notification_listener", ":ears"), ("vpn", ":tun")])  # fmt: skip
def test_a_chosen_service_runs_from_the_boot_on_and_comes_back(device, trigger, process):
    (start,) = starts(device, trigger)
    assert (start["process"], start["caller"], start["hosting"]) == (PACKAGE + process, None, "service")
    running = device.system.process_list.find(PACKAGE, PACKAGE + process)
    assert running.adj <= 100
    device.system.process_list.low_memory_kill(running)
    device.wait(60)
    assert PACKAGE + process in device.running(PACKAGE)
    assert [line["trigger"] for line in device.truth("start")][-1] == "sticky"
    device.system.reboot()
    device.wait(30)
    assert len(starts(device, trigger)) == 2


def test_the_settings_name_what_was_chosen(device):
    secure = device.device.settings["secure"]
    assert secure["default_input_method"] == f"{PACKAGE}/.Keys"
    assert f"{PACKAGE}/.Keys" in secure["enabled_input_methods"].split(":")
    assert secure["enabled_accessibility_services"] == f"{PACKAGE}/.Reader"
    assert secure["accessibility_enabled"] == "1"
    assert secure["always_on_vpn_app"] == PACKAGE


def test_a_widget_is_updated_after_a_boot_and_every_half_hour(device):
    device.launch(PACKAGE)
    device.system.reboot()
    device.wait(20)
    (start,) = starts(device, "widget")
    assert (start["process"], start["action"]) == (PACKAGE + ":clock", WIDGET)
    updates = [r for r in device.system.broadcasts.queues["background"].history if r.intent.action == WIDGET]
    device.wait(3700)
    later = [r for r in device.system.broadcasts.queues["background"].history if r.intent.action == WIDGET]
    assert (len(updates), len(later)) == (1, 3)


def test_an_account_is_synced_while_there_is_a_network(device):
    device.launch(PACKAGE)
    device.wait(3700)
    (start,) = starts(device, "sync")
    assert start["process"] == PACKAGE + ":sync"
    assert len(device.truth("sync")) == 1
    assert [s for s in device.system.services if s.component.class_name.endswith(".Sync")] == []
    device.system.connectivity.set_airplane_mode(on=True)
    device.wait(3700)
    assert len(device.truth("sync")) == 1


@pytest.mark.parametrize(
    ("android", "place", "name"),
    [
        ("9", "#1000/", f"{PACKAGE}.sync/{PACKAGE}/user@example.com:android"),
        ("14", "SyncManager:1000/", f"@SyncManager@{PACKAGE}.sync/{PACKAGE}:android"),
    ],
)
def test_a_sync_is_a_job_of_the_system_for_the_app(phone, android, place, name):
    """SyncManager.scheduleSyncOperationH: the job is the system's, its source is the app."""
    device = phone(Chosen, android=android)
    device.launch(PACKAGE)
    device.wait(3700)
    text = jobscheduler(device.device, []) or ""
    assert re.search(rf"^  JOB {re.escape(place)}10\d{{4}}: [0-9a-f]+ {re.escape(name)}$", text, re.M)
    assert re.search(rf"^    Source: uid=u0a\d+ user=0 pkg={PACKAGE}$", text, re.M)
    assert "      Service: android/com.android.server.content.SyncJobService\n" in text
    start, stop = (line.split(": ", 1) for line in text.partition("Job history:\n")[2].splitlines() if name in line)
    assert (start[0].split()[1], stop[0].split()[1]) == ("START-P", "STOP")
    assert re.fullmatch(rf"#u0a\d+/10\d{{4}} {re.escape(name)} app called jobFinished", stop[1])
    assert "JOB" not in (jobscheduler(device.device, ["com.android.settings"]) or "")


def test_nothing_of_a_package_that_was_uninstalled_stays(device):
    device.launch(PACKAGE)
    device.system.package_manager.uninstall(PACKAGE)
    device.wait(3700)
    assert device.running(PACKAGE) == []
    assert device.truth("sync") == []
