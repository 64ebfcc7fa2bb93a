from __future__ import annotations

import difflib

import pytest

from device_farm.virtual.app_file import load_app_file

HOME = "com.android.launcher3"
SAMPLES = [
    "polite", "exit_by_finish", "exit_by_system_exit", "exit_by_crash", "exit_to_background", "dialog_loop",
    "asks_each_launch", "guides_to_settings", "killed_by_low_memory", "privacy_refused", "asks_when_used",
]  # fmt: skip
GUILTY = [name for name in SAMPLES if name not in ("polite", "privacy_refused", "asks_when_used")]
CONTROLLED = ["denial_blocks_function", "denial_blocks_login", "exits_by_itself"]
CLAUSE_1 = ["permission_before_consent", "no_privacy_prompt", "consent_without_refusal", "consent_preticked"]


@pytest.fixture
def run(phone, apps_folder):
    def start(name):
        app = load_app_file(apps_folder / f"{name}.py")[0]
        device = phone(app)
        device.launch(app.package)
        return device, app.package

    return start


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_names_the_three_rules(name, apps_folder):
    app = load_app_file(apps_folder / f"{name}.py")[0]
    assert set(app.expected) >= {"c5-exit-after-denial", "c5-dialog-loop", "c5-asks-again-on-relaunch"}
    assert app.taps
    assert app.__module__ != "device_farm.virtual.vocabulary.components"


@pytest.mark.parametrize("name", [*GUILTY, *CLAUSE_1, *CONTROLLED])
def test_a_twin_differs_in_one_line_of_what_it_does(name, apps_folder):
    def body(path):
        lines = path.read_text("utf-8").split("from __future__", 1)[1].splitlines()
        skipped = ("package =", "label =", "POLICY =", '"c5-', '"c1-')
        return [line for line in lines if not line.strip().startswith(skipped)]

    guilty, innocent = body(apps_folder / f"{name}.py"), body(apps_folder / "twins" / f"{name}.py")
    changed = [line for line in difflib.ndiff(guilty, innocent) if line.startswith(("- ", "+ "))]
    assert len(changed) == 2, changed


def test_polite_stays_and_never_asks_again(run):
    device, package = run("polite")
    device.deny()
    assert device.front == package
    for _ in range(3):
        device.cold_start(package)
        assert device.front == package
    assert len(device.truth("dialog")) == 1


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


def test_asks_at_each_launch(run):
    device, package = run("asks_each_launch")
    device.deny()
    device.wait(60)
    assert len(device.truth("dialog")) == 1
    device.cold_start(package)
    assert device.asks


def test_own_guidance_and_never_the_system_dialog_again(run):
    device, package = run("guides_to_settings")
    device.deny()
    for _ in range(3):
        device.cold_start(package)
        assert "去设置" in device.texts()
        device.tap("button2", text="取消")
        assert device.front == package
        assert "去设置" not in device.texts()
    assert len(device.truth("dialog")) == 1
    device.cold_start(package)
    device.tap("button1", text="去设置")
    assert device.front == "com.android.settings"
    assert "安心来电" in device.texts()


def test_low_memory_kill_right_after_the_denial(run):
    device, package = run("killed_by_low_memory")
    device.deny()
    assert device.exits(package) == [("LOW_MEMORY", 0)]
    assert device.log("lowmemorykiller")
    assert device.front == HOME
    device.cold_start(package)
    device.wait(5)
    assert device.front == package


def test_privacy_policy_comes_before_any_request(run):
    device, package = run("privacy_refused")
    assert "隐私政策" in device.texts()
    device.tap("button2", text="不同意")
    assert device.front == HOME
    assert device.truth("dialog") == []
    device.launch(package)
    device.tap("button1", text="同意")
    assert device.asks


def test_asks_again_only_for_the_tapped_function(run):
    device, package = run("asks_when_used")
    device.deny()
    device.wait(60)
    device.tap("snap")
    device.deny()
    device.tap("snap")
    assert device.front == package
    assert len(device.truth("dialog")) == 2
    assert len(device.truth("request_suppressed")) == 1
