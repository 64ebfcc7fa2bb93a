import difflib

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.vocabulary.twin import read_source

HOME = "com.android.launcher3"
IN_ONE_LINE = [
    "exit_by_finish", "exit_by_system_exit", "exit_by_crash", "exit_to_background", "dialog_loop", "asks_each_launch",
    "guides_to_settings", "permission_before_consent", "no_privacy_prompt", "consent_without_refusal",
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


def test_move_task_to_back_finishes_nothing(run):
    device, package = run("exit_to_background")
    device.deny()
    assert device.front == HOME
    assert device.running(package) == [package]
    assert not any(package in line for line in device.log("wm_finish_activity"))
    assert device.system.tasks[0].activities[0].component.package == package
