from __future__ import annotations

import difflib

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.vocabulary.twin import read_source

HOME = "com.android.launcher3"
IN_ONE_LINE = [
    "exit_by_finish", "exit_by_system_exit", "exit_by_crash", "exit_to_background", "dialog_loop", "asks_each_launch",
    "guides_to_settings", "killed_by_low_memory", "permission_before_consent", "no_privacy_prompt", "consent_without_refusal",
    "consent_preticked", "denial_blocks_function", "denial_blocks_login", "exits_by_itself",
]  # fmt: skip


@pytest.fixture
def run(phone, apps_folder):
    def start(name):
        app = load_app_file(apps_folder / f"{name}.py")[0]
        device = phone(app)
        device.launch(app.package)
        return device, app.package

    return start


@pytest.mark.parametrize("name", IN_ONE_LINE)
def test_a_twin_differs_in_one_line_of_what_it_does(name, apps_folder):
    def body(path):
        lines = read_source(path).text.split("from device_farm", 1)[1].splitlines()
        skipped = ("package =", "label =", "POLICY =", '"c5-', '"c1-')
        return [line for line in lines if not line.strip().startswith(skipped)]

    guilty, innocent = body(apps_folder / f"{name}.py"), body(apps_folder / "twins" / f"{name}.py")
    changed = [line for line in difflib.ndiff(guilty, innocent) if line.startswith(("- ", "+ "))]
    assert len(changed) == 2, changed


def test_finish_leaves_the_process_alive(run):
    device, package = run("exit_by_finish")
    device.deny()
    assert device.front == HOME
    assert device.running(package) == [package]
    assert device.exits(package) == []
    assert any("app-request" in line and package in line for line in device.log("wm_finish_activity"))


def test_system_exit_is_an_exit_of_its_own(run):
    device, package = run("exit_by_system_exit")
    device.deny(seconds=3)
    assert device.front == HOME
    assert device.running(package) == []
    assert device.exits(package) == [("EXIT_SELF", 0)]
    assert any("exited cleanly (0)" in line for line in device.log("Zygote"))
    assert device.log("am_kill") == []


def test_crash_in_the_callback(run):
    device, package = run("exit_by_crash")
    device.deny()
    assert device.front == HOME
    assert device.exits(package) == [("CRASH", 0)]
    (line,) = device.log("am_crash")
    assert "java.lang.ClassCastException" in line
    assert "exit_by_crash.py" in line


def test_move_task_to_back_finishes_nothing(run):
    device, package = run("exit_to_background")
    device.deny()
    assert device.front == HOME
    assert device.running(package) == [package]
    assert not any(package in line for line in device.log("wm_finish_activity"))
    assert device.system.tasks[0].activities[0].component.package == package


def test_loop_shows_twice_then_android_suppresses(run):
    device, package = run("dialog_loop")
    permission = "android.permission.ACCESS_FINE_LOCATION"
    device.deny(seconds=0.5)
    assert device.flags(package, permission) == {"USER_SET"}
    device.wait(4)
    device.deny(seconds=0.5)
    assert device.flags(package, permission) == {"USER_SET", "USER_FIXED"}
    device.wait(30)
    assert len(device.truth("dialog")) == 2
    assert 5 <= len(device.truth("request_suppressed")) <= 10
    top = device.system.activities.top()
    assert top.task.activities[0].component.package == package
