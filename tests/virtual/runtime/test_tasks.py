"""Launch modes, task affinities and flags: which instance takes a start, what goes, and which task is shown."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.framework.records.system_records import Intent

from .conftest import Phone

PACKAGE = "com.example.modes"
CLEAR_TOP, SINGLE_TOP, NEW_TASK = 0x04000000, 0x20000000, 0x10000000


class Page(Activity):
    def on_create(self) -> None:
        self.app.log.append(f"create {type(self).__name__}")
        self.show(Text(type(self).__name__))

    def on_new_intent(self, intent: Intent) -> None:
        self.app.log.append(f"new {type(self).__name__} {intent.extras.get('n')}")

    def on_pause(self) -> None:
        self.app.log.append("pause")

    def on_resume(self) -> None:
        self.app.log.append("resume")


class Modes(App):
    package, label = PACKAGE, "模式"
    log: ClassVar[list[str]] = []

    class Main(Page):
        launcher = True

    class Plain(Page):
        pass

    class Top(Page):
        launch_mode = "single_top"

    class Only(Page):
        launch_mode = "single_task"

    class Alone(Page):
        launch_mode = "single_instance"

    class Elsewhere(Page):
        launch_mode = "single_task"
        task_affinity = "com.example.other"


@pytest.fixture
def modes(phone: Callable[..., Phone]) -> Phone:
    made = phone(Modes)
    made.launch(PACKAGE)
    return made


def start(device: Phone, name: str, **options: Any) -> None:
    front = device.system.resumed
    device.app(PACKAGE).log.clear()
    front.python_object.start_activity(name, **options)
    device.wait(1)


def stack(device: Phone) -> list[list[str]]:
    """The tasks of the app, the front one last, each with its activities from the root."""
    return [[a.component.class_name.rpartition(".")[2] for a in task.activities] for task in device.system.tasks if task.package == PACKAGE]


def test_standard_makes_a_new_one_each_time(modes: Phone) -> None:
    start(modes, "Plain")
    start(modes, "Plain")
    assert stack(modes) == [["Main", "Plain", "Plain"]]


def test_single_top_on_top_gets_the_intent(modes: Phone) -> None:
    start(modes, "Top")
    start(modes, "Top", n=1)
    assert modes.app(PACKAGE).log == ["pause", "new Top 1", "resume"]
    assert stack(modes) == [["Main", "Top"]]
    (line,) = modes.log("wm_new_intent")
    assert f",{PACKAGE}/.Top,NULL,NULL,NULL," in line


def test_single_top_below_another_is_made_anew(modes: Phone) -> None:
    start(modes, "Top")
    start(modes, "Plain")
    start(modes, "Top")
    assert stack(modes) == [["Main", "Top", "Plain", "Top"]]


def test_single_task_clears_what_lies_above(modes: Phone) -> None:
    start(modes, "Only")
    start(modes, "Plain")
    start(modes, "Plain")
    start(modes, "Only", n=2)
    assert stack(modes) == [["Main", "Only"]]
    assert "new Only 2" in modes.app(PACKAGE).log
    assert [line.rsplit(",", 1)[1] for line in modes.log("wm_finish_activity")] == ["clear-task-stack]"] * 2


def test_single_instance_is_alone_in_its_task(modes: Phone) -> None:
    start(modes, "Alone")
    assert stack(modes) == [["Main"], ["Alone"]]
    start(modes, "Plain")
    assert stack(modes) == [["Alone"], ["Main", "Plain"]]
    start(modes, "Alone", n=3)
    assert modes.app(PACKAGE).log[-2:] == ["new Alone 3", "resume"]
    assert stack(modes) == [["Main", "Plain"], ["Alone"]]


def test_an_affinity_of_its_own_is_a_task_of_its_own(modes: Phone) -> None:
    start(modes, "Elsewhere")
    assert stack(modes) == [["Main"], ["Elsewhere"]]
    assert modes.system.tasks[-1].affinity == "com.example.other"
    modes.system.cleaners.swiped_away(modes.system.tasks[-1])
    modes.wait(1)
    assert stack(modes) == [["Main"]]
    assert modes.running(PACKAGE) == [PACKAGE]


def test_clear_top_finishes_and_makes_anew_or_hands_over(modes: Phone) -> None:
    start(modes, "Plain")
    start(modes, "Top")
    start(modes, "Plain", flags=CLEAR_TOP)
    assert stack(modes) == [["Main", "Plain"]]
    assert "create Plain" in modes.app(PACKAGE).log
    start(modes, "Top")
    start(modes, "Plain", flags=CLEAR_TOP | SINGLE_TOP, n=4)
    assert stack(modes) == [["Main", "Plain"]]
    assert "new Plain 4" in modes.app(PACKAGE).log
    assert "create Plain" not in modes.app(PACKAGE).log


def test_the_launcher_only_brings_the_task_forward(modes: Phone) -> None:
    start(modes, "Plain")
    modes.system.go_home()
    modes.wait(1)
    modes.app(PACKAGE).log.clear()
    modes.launch(PACKAGE)
    assert stack(modes) == [["Main", "Plain"]]
    assert modes.app(PACKAGE).log == ["resume"]


def test_leave_to_draw_over_others_lets_a_background_app_start_activities(phone: Callable[..., Phone]) -> None:
    class Starter(App):
        package = "com.example.starter"
        permissions: ClassVar[list[str]] = ["android.permission.SYSTEM_ALERT_WINDOW"]

        class Main(Activity):
            launcher = True

    device = phone(Starter)
    device.launch("com.example.starter")
    device.system.go_home()
    device.wait(60)
    process = device.system.process_list.find("com.example.starter", "com.example.starter")
    process.runtime.app.start_activity("Main")
    device.wait(1)
    assert device.front == "com.android.launcher3"
    assert len(device.truth("start_refused")) == 1
    device.system.packages["com.example.starter"].op_modes["SYSTEM_ALERT_WINDOW"] = "allow"
    process.runtime.app.start_activity("Main")
    device.wait(1)
    assert device.front == "com.example.starter"


class Splash(App):
    package, label = PACKAGE, "启动页"
    log: ClassVar[list[str]] = []

    class First(Activity):
        launcher = True

        def on_create(self) -> None:
            self.start_activity("Home")
            self.finish()

    class Home(Page):
        pass


@pytest.mark.parametrize("splash", [True, False])
def test_the_icon_brings_a_task_back_whether_or_not_the_page_that_began_it_still_lives(phone: Callable[..., Phone], splash: bool) -> None:
    device = phone(Splash if splash else Modes)
    device.launch(PACKAGE)
    before = stack(device)
    assert before == [["Home"] if splash else ["Main"]]
    device.system.go_home()
    device.launch(PACKAGE)
    assert stack(device) == before
    assert device.system.resumed.component.package == PACKAGE


def test_another_intent_for_the_page_that_began_the_task_makes_a_new_one(phone: Callable[..., Phone]) -> None:
    device = phone(Splash)
    device.launch(PACKAGE)
    device.system.go_home()
    component = device.system.launcher_component(PACKAGE)
    assert component is not None
    other = device.system.package_manager.launch_intent(component)
    other.action = "android.intent.action.VIEW"
    device.system.start_activity(other, uid=2000, package=None)
    device.wait(2)
    assert stack(device) == [["Home", "Home"]]
