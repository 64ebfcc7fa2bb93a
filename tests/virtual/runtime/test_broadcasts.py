"""Broadcasts: which receivers get them, in which order, and what is refused."""

import pytest

from device_farm.virtual import Activity, App, Receiver, SecurityException
from device_farm.virtual.framework.records.system_records import Intent

PACKAGE, OLD, THIRD = "com.example.main", "com.example.old", "com.example.third"
PING, BOOT = "com.example.PING", "android.intent.action.BOOT_COMPLETED"
CONNECTIVITY, SCREEN_ON = "android.net.conn.CONNECTIVITY_CHANGE", "android.intent.action.SCREEN_ON"
POWER = "android.intent.action.ACTION_POWER_CONNECTED"


class Base(App):
    def heard(self, intent):
        self.prefs["heard"] = [*self.prefs.get("heard", []), intent.action]


class Old(Base):
    package, target_sdk = OLD, 25

    class Main(Activity):
        launcher = True

    class Ping(Receiver):
        exported, priority = True, 5
        actions = [PING, CONNECTIVITY, SCREEN_ON, POWER]  # noqa: RUF012

        def on_receive(self, intent):
            self.app.heard(intent)
            self.set_result(7, f"{self.result_data}+old")
            if intent.extras.get("stop"):
                self.abort_broadcast()


class Third(Base):
    package, target_sdk = THIRD, 23

    class Main(Activity):
        launcher = True

    class Ping(Receiver):
        exported = True
        actions = [PING, CONNECTIVITY]  # noqa: RUF012

        def on_receive(self, intent):
            self.app.heard(intent)
            self.set_result(9, f"{self.result_data}+third")


class Main(Base):
    package = PACKAGE

    class First(Activity):
        launcher = True

    class Manifest(Receiver):
        exported = True
        actions = [PING, BOOT, POWER, "android.intent.action.MY_PACKAGE_REPLACED"]  # noqa: RUF012

        def on_receive(self, intent):
            self.app.heard(intent)
            if intent.extras.get("hang"):
                self.block_main_thread(120)

    class Live(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.app.heard(intent)


@pytest.fixture
def device(phone):
    made = phone(Old, Third, Main)
    for package in (OLD, THIRD, PACKAGE):
        made.launch(package)
    made.system.go_home()
    made.wait(1)
    return made


def heard(device, package=PACKAGE):
    return device.system.packages[package].data.get("prefs", {}).get("heard", [])


def test_implicit_broadcasts_start_receivers_of_old_targets_only(device):
    device.system.send_broadcast(Intent(action=PING), uid=2000, package="com.android.shell")
    device.wait(2)
    assert (heard(device), heard(device, OLD), heard(device, THIRD)) == ([], [PING], [PING])
    (line,) = device.log("BroadcastQueue")
    assert line == f"Background execution not allowed: receiving Intent {{ act={PING} }} to {PACKAGE}/.Manifest"


def test_explicit_and_exempt_ones_reach_every_target(device):
    device.system.send_broadcast(Intent(action=PING, package=PACKAGE), uid=2000, package="com.android.shell")
    device.wait(1)
    device.system.kill_background(PACKAGE)
    device.wait(1)
    device.system.reboot()
    device.wait(20)
    assert heard(device) == [PING, BOOT]
    start = next(line for line in reversed(device.truth("start")) if line["package"] == PACKAGE)
    assert (start["trigger"], start["action"], start["caller"]) == ("boot", BOOT, None)


def test_connectivity_is_for_manifest_receivers_of_targets_before_7_and_for_registered_ones(device):
    device.on_main(lambda: device.app().register_receiver("Live", CONNECTIVITY))
    device.system.connectivity.switch("wifi", on=False)
    device.wait(2)
    assert (heard(device), heard(device, OLD), heard(device, THIRD)) == ([CONNECTIVITY], [], [CONNECTIVITY])


def test_screen_on_is_never_for_manifest_receivers(device):
    for key in ("sleep", "wakeup"):
        device.device.screen.key(key)
        device.wait(1)
    assert SCREEN_ON not in heard(device, OLD)
    assert device.log("screen_toggled") == ["0", "1"]
    assert device.system.connectivity.connected


def test_power_connected_is_not_exempt(device):
    device.system.power.set_plugged(0)
    device.system.power.set_plugged(2)
    device.wait(1)
    assert (heard(device), heard(device, OLD)) == ([], [POWER])


def test_a_sticky_broadcast_comes_to_who_registers_later(device):
    device.on_main(lambda: device.app().register_receiver("Live", "android.intent.action.BATTERY_CHANGED", "com.example.STAY"))
    assert heard(device) == ["android.intent.action.BATTERY_CHANGED"]


def test_an_ordered_broadcast_goes_by_priority_and_may_be_aborted(device):
    results = []
    device.on_main(lambda: device.app().send_ordered_broadcast(PING, on_result=lambda *result: results.append(result)))
    assert results == [(9, "None+old+third")]
    device.on_main(lambda: device.app().send_ordered_broadcast(PING, stop=True, on_result=lambda *r: results.append(r)))
    assert results[1] == (7, "None+old")
    assert len(heard(device, THIRD)) == 1


def test_protected_broadcasts_are_refused(device):
    caught = []

    def call():
        try:
            device.app().send_broadcast(BOOT)
        except SecurityException as error:
            caught.append(str(error))

    device.on_main(call)
    assert caught[0].startswith(f"Permission Denial: not allowed to send broadcast {BOOT} from pid=")
    assert heard(device) == []


@pytest.mark.parametrize(("android", "blocked"), [("13", True), ("14", False)])
def test_a_receiver_that_hangs_holds_up_the_queue_until_13_and_is_an_anr_after_a_minute(phone, android, blocked):
    device = phone(Old, Main, android=android)
    for package in (OLD, PACKAGE):
        device.launch(package)
    device.on_main(lambda: device.app().send_broadcast(PING, target=PACKAGE, hang=True))
    device.on_main(lambda: None)
    device.system.send_broadcast(Intent(action=PING), uid=2000, package="com.android.shell")
    device.wait(5)
    assert (heard(device, OLD) == []) is blocked
    device.wait(60)
    assert heard(device, OLD) == [PING]
    intent = "Broadcast of Intent { act=com.example.PING flg=0x10 pkg=com.example.main (has extras) }"
    assert any(intent in line for line in device.log("am_anr"))
    assert len(device.log("am_broadcast_discard_app")) == 1


def test_an_update_is_told_to_the_app_itself(device):
    device.system.package_manager.install_app(Main)
    device.wait(2)
    assert heard(device) == ["android.intent.action.MY_PACKAGE_REPLACED"]


def test_an_app_that_was_stopped_by_force_gets_the_boot_again_at_its_start_since_15(phone):
    for android, expected in (("14", []), ("15", [BOOT])):
        device = phone(Main, android=android)
        device.launch(PACKAGE)
        assert heard(device) == []
        device.system.force_stop(PACKAGE, "from pid 1")
        device.wait(1)
        device.launch(PACKAGE)
        assert heard(device) == expected
        start = device.truth("start")[-1]
        assert (start["trigger"], start["was_force_stopped"]) == ("user", True)


def test_the_boot_comes_in_its_order(phone):
    class Early(Base):
        package = PACKAGE

        class Main(Activity):
            launcher = True

        class Boot(Receiver):
            actions = ["android.intent.action.LOCKED_BOOT_COMPLETED", BOOT]  # noqa: RUF012

            def on_receive(self, intent):
                self.app.heard(intent)
                self.app.prefs["at"] = [*self.app.prefs.get("at", []), self.elapsed_realtime()]

    device = phone(Early)
    device.launch(PACKAGE)
    device.system.reboot()
    device.wait(30)
    assert heard(device) == ["android.intent.action.LOCKED_BOOT_COMPLETED", BOOT]
    first, second = device.system.packages[PACKAGE].data["prefs"]["at"]
    assert 3000 < second - first < 5000
    assert device.system.boot_phases.user_unlocked


def test_storage_that_comes_at_a_boot_and_packages_are_told_by_data(phone):
    class Watcher(Base):
        package = PACKAGE

        class Main(Activity):
            launcher = True

            def on_create(self):
                self.register_receiver("Packages", "android.intent.action.PACKAGE_ADDED")
                self.register_receiver("NoScheme", "android.intent.action.PACKAGE_ADDED")

        class Mounted(Receiver):
            actions = ["android.intent.action.MEDIA_MOUNTED"]  # noqa: RUF012
            data_schemes = {"android.intent.action.MEDIA_MOUNTED": "file"}  # noqa: RUF012

            def on_receive(self, intent):
                self.app.heard(intent)

        class Packages(Receiver):
            dynamic = True
            data_schemes = {"android.intent.action.PACKAGE_ADDED": "package"}  # noqa: RUF012

            def on_receive(self, intent):
                self.app.heard(intent)

        class NoScheme(Receiver):
            dynamic = True

            def on_receive(self, intent):
                raise ValueError(intent.data)

    device = phone(Watcher)
    device.launch(PACKAGE)
    device.system.package_manager.install_app(Old)
    device.wait(1)
    device.system.reboot()
    device.wait(20)
    assert heard(device) == ["android.intent.action.PACKAGE_ADDED", "android.intent.action.MEDIA_MOUNTED"]
    assert device.exits(PACKAGE) == []
