"""The display goes off: what was in front is paused and stopped, its process sleeps on top; lit again it resumes."""

import pytest

from device_farm.virtual import Activity, App, Button, Column, Receiver
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import ActivityState, Intent

PACKAGE = "com.example.main"
CAMERA = "android.permission.CAMERA"
SECOND = PACKAGE + ".Second"


class Main(App):
    package = PACKAGE
    permissions = (CAMERA,)

    class First(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Button("ask", id="ask")))
            self.register_receiver("Screen", "android.intent.action.SCREEN_OFF", "android.intent.action.SCREEN_ON")

        def on_click(self, id):
            self.request_permissions(CAMERA)

        def on_resume(self):
            self.app.prefs.setdefault("told", []).append("resume")

        def on_pause(self):
            self.app.prefs.setdefault("told", []).append("pause")

        def on_stop(self):
            self.app.prefs.setdefault("told", []).append("stop")

    class Second(Activity):
        exported = True

    class Screen(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.app.prefs.setdefault("told", []).append(intent.action.rpartition(".")[2])


class Sleeper:
    """A phone with the app in front; ``told`` is what its callbacks wrote down since the launch."""

    def __init__(self, phone, **options):
        self.phone = phone(Main, **options)
        self.phone.launch(PACKAGE)
        self.told = self.phone.system.packages[PACKAGE].data["prefs"]["told"]
        self.told.clear()

    def press(self, key, seconds=2.0):
        """Press a key; the activity events that follow, as (tag, last field)."""
        before = len(self.phone.device.logs.buffers["events"])
        self.phone.device.screen.key(key)
        self.phone.wait(seconds)
        since = list(self.phone.device.logs.buffers["events"])[before:]
        told = [entry for entry in since if "activity" in entry.tag or "stopping" in entry.tag]
        return [(entry.tag, entry.message.strip("[]").rpartition(",")[2]) for entry in told]

    @property
    def process(self):
        return next(p for p in self.phone.system.processes.values() if p.name == PACKAGE)

    @property
    def states(self):
        tasks = (task for task in self.phone.system.tasks if task.kind != "home")
        return [(a.component.class_name.rpartition(".")[2], a.state) for task in tasks for a in task.activities]


@pytest.fixture
def sleeper(phone):
    return Sleeper(phone)


def test_the_activity_in_front_is_paused_and_stopped(sleeper):
    assert sleeper.press("sleep") == [
        ("wm_pause_activity", "sleep"),
        ("wm_add_to_stopping", "completePauseLocked"),
        ("wm_stop_activity", f"{PACKAGE}/.First"),
    ]
    assert "SCREEN_OFF" in sleeper.told
    assert [word for word in sleeper.told if word != "SCREEN_OFF"] == ["pause", "stop"]
    assert sleeper.states == [("First", ActivityState.STOPPED)]
    assert "Top Process State changed to PROCESS_STATE_TOP_SLEEPING" in sleeper.phone.log("ActivityTaskManager")


@pytest.mark.parametrize(
    ("android", "pause"), [("8.1", ("am_pause_activity", f"{PACKAGE}/.First")), ("11", ("wm_pause_activity", "userLeaving=false"))]
)
def test_older_versions_have_their_own_events(phone, android, pause):
    assert Sleeper(phone, android=android).press("sleep")[0] == pause


def test_its_process_sleeps_on_top(sleeper):
    sleeper.press("sleep")
    assert (sleeper.process.adj, sleeper.process.proc_state) == (oom_adjuster.FOREGROUND_ADJ, oom_adjuster.TOP_SLEEPING)
    assert oom_adjuster.importance(sleeper.process) == 325
    sleeper.press("wakeup")
    assert (sleeper.process.adj, sleeper.process.proc_state) == (oom_adjuster.FOREGROUND_ADJ, oom_adjuster.TOP)


def test_it_resumes_when_the_display_is_lit(sleeper):
    sleeper.press("power")
    sleeper.told.clear()
    assert ("wm_set_resumed_activity", "resumeTopActivity - onActivityStateChanged") in sleeper.press("power")
    assert sorted(sleeper.told) == ["SCREEN_ON", "resume"]
    assert sleeper.states == [("First", ActivityState.RESUMED)]


def test_behind_the_lock_screen_it_sleeps_on(sleeper):
    keyguard = sleeper.phone.system.keyguard
    keyguard.enabled = True
    sleeper.press("sleep")
    sleeper.press("wakeup")
    assert sleeper.states == [("First", ActivityState.STOPPED)]
    keyguard.dismiss()
    sleeper.phone.wait(1)
    assert sleeper.states == [("First", ActivityState.RESUMED)]


def test_what_starts_in_the_dark_is_resumed_and_put_to_sleep(sleeper):
    sleeper.press("sleep")
    before = len(sleeper.phone.log("wm_on_resume_called"))
    intent = Intent(component=(PACKAGE, SECOND))
    sleeper.phone.system.start_activity(intent, uid=2000, package=None)
    sleeper.phone.wait(2)
    assert len(sleeper.phone.log("wm_on_resume_called")) == before + 1
    assert ("Second", ActivityState.STOPPED) in sleeper.states
    assert all(state is ActivityState.STOPPED for _name, state in sleeper.states)


def test_what_is_behind_a_dialog_is_seen_again(sleeper):
    sleeper.phone.tap("ask")
    sleeper.press("sleep")
    assert {state for _name, state in sleeper.states} == {ActivityState.STOPPED}
    assert not any(window.activity for window in sleeper.phone.system.windows)
    sleeper.press("wakeup")
    assert [state for _name, state in sleeper.states] == [ActivityState.STARTED, ActivityState.RESUMED]
    assert sleeper.phone.asks
    sleeper.phone.deny()
    assert sleeper.states == [("First", ActivityState.RESUMED)]


def test_an_activity_that_leaves_while_it_sleeps_wakes_nobody_for_good(sleeper):
    sleeper.press("sleep")
    front = sleeper.phone.system.activities.top()
    sleeper.phone.system.activities.finish(front, "app-request")
    sleeper.phone.wait(2)
    assert sleeper.phone.system.resumed is None
    sleeper.press("wakeup")
    assert sleeper.phone.system.resumed.task.kind == "home"
