"""The display turns: for the app in front, by the user's lock, and what is shown is made anew as on Android."""

import re
from collections.abc import Callable
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, Column, EditText, Text
from device_farm.virtual.framework.dumps.hardware import display as dump_display
from device_farm.virtual.framework.hardware.rotation import ORIENTATIONS

from .conftest import Phone

PACKAGE = "com.example.turn"


class Turn(App):
    package = PACKAGE
    label = "Turn"
    log: ClassVar[list[str]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            Turn.log.append("create")
            self.show(Column(Text("page"), EditText(id="field")))

        def on_resume(self) -> None:
            Turn.log.append("resume")

        def on_pause(self) -> None:
            Turn.log.append("pause")

        def on_stop(self) -> None:
            Turn.log.append("stop")

        def on_destroy(self) -> None:
            Turn.log.append("destroy")

        def on_click(self, id: str) -> None:
            self.start_activity(id)

    class Film(Activity):
        screen_orientation = "landscape"

        def on_create(self) -> None:
            self.show(Text("film"))

    class Handles(Activity):
        config_changes: ClassVar[list[str]] = ["orientation", "screen_size"]

        def on_create(self) -> None:
            Turn.log.append("handles create")
            self.show(Text("handles"))

        def on_configuration_changed(self) -> None:
            Turn.log.append("changed")


@pytest.fixture
def turn(phone: Callable[..., Phone]) -> Phone:
    Turn.log.clear()
    made = phone(Turn)
    made.launch(PACKAGE)
    Turn.log.clear()
    return made


def test_a_lock_turns_the_screen_and_makes_the_activity_anew(turn: Phone) -> None:
    turn.device.screen.tap(300, 400)
    for window, field in [(w, v) for w in turn.system.windows for v in w.root.walk() if isinstance(v, EditText)]:
        turn.device.screen.set_text(window, field, "kept")
    turn.system.display_rotation.freeze(1)
    turn.wait(1)
    assert (turn.device.screen.width, turn.device.screen.height) == (2400, 1080)
    assert turn.device.screen.image().size == (2400, 1080)
    assert Turn.log == ["pause", "stop", "destroy", "create", "resume"]
    assert 'hierarchy rotation="1"' in turn.device.screen.hierarchy_xml()
    assert "kept" in turn.texts()


def test_the_relaunch_is_in_the_log_in_androids_order(turn: Phone) -> None:
    before = len(turn.device.logs.buffers["events"])
    turn.system.display_rotation.freeze(3)
    turn.wait(1)
    tags = [entry.tag for entry in list(turn.device.logs.buffers["events"])[before:]]
    assert [tag for tag in tags if "top_resumed" not in tag and "input_focus" not in tag] == [
        "wm_relaunch_resume_activity", "wm_on_paused_called", "wm_on_stop_called", "wm_on_destroy_called",
        "wm_on_create_called", "wm_on_start_called", "wm_on_resume_called",
    ]  # fmt: skip


@pytest.mark.parametrize("android", ["9", "10"])
def test_before_android_11_the_event_is_the_activity_managers(phone: Callable[..., Phone], android: str) -> None:
    made = phone(Turn, android=android)
    made.launch(PACKAGE)
    made.system.display_rotation.freeze(1)
    made.wait(1)
    assert len(made.log("am_relaunch_resume_activity")) == 1


def test_from_one_long_edge_to_the_other_nothing_is_made_anew(turn: Phone) -> None:
    turn.system.display_rotation.freeze(1)
    turn.wait(1)
    Turn.log.clear()
    turn.system.display_rotation.freeze(3)
    turn.wait(1)
    assert turn.system.display.rotation == 3
    assert Turn.log == []


def test_an_activity_that_handles_the_change_is_told(turn: Phone) -> None:
    turn.tap("Handles")
    Turn.log.clear()
    turn.system.display_rotation.freeze(1)
    turn.wait(1)
    assert Turn.log == ["changed"]


def test_an_app_that_asks_for_landscape_gets_it_and_home_is_upright_again(turn: Phone) -> None:
    turn.tap("Film")
    assert turn.system.display == (2400, 1080, 1)
    turn.system.go_home()
    turn.wait(1)
    assert turn.system.display == (1080, 2400, 0)


def test_what_was_stopped_is_made_anew_when_it_comes_back(turn: Phone) -> None:
    turn.tap("Handles")
    turn.wait(1)
    turn.system.display_rotation.freeze(1)
    turn.wait(1)
    Turn.log.clear()
    turn.system.press_back()
    turn.wait(1)
    assert Turn.log[:3] == ["destroy", "create", "resume"]


def test_the_home_screen_stays_upright(turn: Phone) -> None:
    turn.system.go_home()
    turn.wait(1)
    turn.system.display_rotation.freeze(1)
    turn.wait(1)
    assert turn.system.display.rotation == 0
    turn.launch(PACKAGE)
    assert turn.system.display.rotation == 1


def test_the_accelerometer_turns_it_only_where_the_user_allows(turn: Phone) -> None:
    rotation = turn.system.display_rotation
    rotation.sensed((9.81, 0.0, 0.0))
    assert turn.system.display.rotation == 0
    rotation.thaw()
    assert turn.system.display.rotation == 1
    rotation.sensed((0.0, 0.0, 9.81))
    assert turn.system.display.rotation == 1
    rotation.sensed((0.0, -9.81, 0.0))
    assert turn.system.display.rotation == 1
    rotation.sensed((0.0, 9.81, 0.0))
    assert turn.system.display.rotation == 0


def test_the_display_dump_gives_the_rotation_as_clients_read_it(turn: Phone) -> None:
    turn.system.display_rotation.freeze(1)
    text = dump_display(turn.device)
    found = re.search(r"DisplayViewport{.*?orientation=(\d+), .*?deviceWidth=(\d+), deviceHeight=(\d+)", text)
    assert found.groups() == ("1", "2400", "1080")
    assert "mStableDisplaySize=Point(1080, 2400)" in text


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_every_orientation_gives_one_of_the_four(turn: Phone, orientation: str) -> None:
    rotation = turn.system.display_rotation
    for locked in range(4):
        rotation.freeze(locked)
        assert rotation._wanted(orientation) in range(4)
        if orientation in ("landscape", "reverse_landscape", "sensor_landscape", "user_landscape"):
            assert rotation._wanted(orientation) % 2 == 1
        if orientation in ("portrait", "reverse_portrait", "sensor_portrait", "user_portrait"):
            assert rotation._wanted(orientation) % 2 == 0
