"""Services: who may start them, what keeps them, how they come back."""

import pytest

from device_farm.virtual import START_NOT_STICKY, START_STICKY, Activity, App, IllegalStateException, Sdk, Service

PACKAGE, OTHER = "com.example.main", "com.example.other"
BACKGROUND = "app is in background uid"


class Other(App):
    package = OTHER

    class Push(Service):
        exported = True

        def on_start_command(self, intent):
            return START_NOT_STICKY


class Main(App):
    package = PACKAGE
    caught = []  # noqa: RUF012

    class First(Activity):
        launcher = True

        def on_create(self):
            self.start_service("Worker")

    class Worker(Service):
        def on_start_command(self, intent):
            self.app.prefs["commands"] = [*self.app.prefs.get("commands", []), intent is not None]
            return START_STICKY

        def on_task_removed(self):
            self.app.prefs["task_removed"] = True

        def on_destroy(self):
            self.app.prefs["destroyed"] = True

    class Front(Service):
        foreground_type = "dataSync"

        def on_start_command(self, intent):
            if intent is None or not intent.extras.get("late"):
                self.start_foreground("标题", "内容")
            return START_STICKY

    class Slow(Service):
        def on_create(self):
            self.block_main_thread(300)

    class Tracker(Sdk):
        name, package = "追踪", "com.tracker"

        class Wake(Service):
            def on_create(self):
                self.start_service(f"{OTHER}/.Push")


@pytest.fixture
def open_app(phone):
    def make(android="13"):
        device = phone(Other, Main, android=android)
        device.launch(PACKAGE)
        return device

    return make


def refused_start(device, target):
    """What startService throws into the app, None when it starts."""
    caught = []

    def call():
        try:
            device.app().start_service(target)
        except IllegalStateException as error:
            caught.append(error)

    device.on_main(call)
    return caught[0] if caught else None


def test_an_app_in_front_may_start_the_service_of_another_that_does_not_run(open_app):
    device = open_app()
    assert refused_start(device, f"{OTHER}/.Push") is None
    start = next(line for line in device.truth("start") if line["package"] == OTHER)
    assert (start["trigger"], start["caller"], start["component"]) == ("service", PACKAGE, f"{OTHER}/{OTHER}.Push")


@pytest.mark.parametrize(("android", "java"), [("11", "java.lang.IllegalStateException"),
                                               ("13", "android.app.BackgroundServiceStartNotAllowedException")])  # fmt: skip
def test_an_idle_app_may_not_and_an_exception_that_is_not_caught_is_a_crash(open_app, android, java):
    device = open_app(android)
    device.system.go_home()
    device.wait(65)
    assert [line.split(",")[-1].rstrip("]") for line in device.log("am_stop_idle_service")] == [f"{PACKAGE}/.Worker"]
    assert device.app().prefs["destroyed"] is True
    assert any("Background start not allowed" in line for line in device.log("ActivityManager")) is False
    error = refused_start(device, "Worker")
    assert BACKGROUND in str(error)
    assert any(line.startswith("Background start not allowed: service Intent { cmp=") for line in device.log("ActivityManager"))
    device.on_main(lambda: device.app().start_service("Worker"))
    assert device.exits(PACKAGE) == [("CRASH", 0)]
    assert any(java in line for line in device.log("AndroidRuntime"))


def test_a_task_whose_process_was_killed_starts_its_services_as_it_comes_back(open_app):
    device = open_app()
    device.on_main(lambda: device.app().stop_service("Worker"))
    device.system.go_home()
    device.wait(100)
    device.system.kill_background(PACKAGE)
    device.launch(PACKAGE)
    device.wait(1)
    assert not any(line.startswith("Background start not allowed") for line in device.log("ActivityManager"))
    assert not any("FATAL EXCEPTION" in line for line in device.log("AndroidRuntime"))


def test_a_minute_in_the_background_is_still_active(open_app):
    device = open_app()
    device.system.go_home()
    device.wait(50)
    assert refused_start(device, "Worker") is None
    assert device.log("am_uid_idle") == []


def test_sticky_restarts_take_longer_each_time_and_not_all_at_once(open_app):
    device = open_app()
    device.on_main(lambda: device.app().start_service("Front"))
    device.system.go_home()
    device.wait(1)
    for process in device.system.process_list.of_package(PACKAGE):
        device.system.process_list.low_memory_kill(process)
    device.wait(0.5)
    delays = [int(line.rstrip("]").split(",")[-1]) for line in device.log("am_schedule_service_restart")]
    assert [delay // 1000 for delay in delays] == [1, 11]
    device.wait(15)
    (start,) = [line for line in device.truth("start") if line["trigger"] == "sticky"]
    assert (start["caller"], start["after"]) == (None, "low_memory")
    device.system.process_list.low_memory_kill(device.system.process_list.find(PACKAGE, PACKAGE))
    device.wait(0.5)
    assert [int(line.rstrip("]").split(",")[-1]) // 1000 for line in device.log("am_schedule_service_restart")[2:]] == [4, 44]


@pytest.mark.parametrize("how", ["own kill", "am kill", "swipe"])
def test_a_sticky_service_comes_back_after(open_app, how):
    device = open_app()
    prefs = device.app().prefs
    if how == "own kill":
        device.on_main(device.app().kill_process)
    else:
        device.system.go_home()
        device.wait(2)
    if how == "am kill":
        device.system.kill_background(PACKAGE)
    if how == "swipe":
        device.system.cleaners.swiped_away(next(task for task in device.system.tasks if task.affinity == PACKAGE))
    device.wait(3)
    assert prefs["commands"][-1] is False
    start = device.truth("start")[-1]
    if how != "own kill":  # then the activity below brings the process up first
        assert start["trigger"] == "sticky"
        assert start["after"] == {"am kill": "kill background", "swipe": "remove task"}[how]
    assert prefs.get("task_removed", False) is (how == "swipe")


def test_nothing_comes_back_after_a_force_stop_and_a_sticky_restart_is_called_off_by_stop_service(open_app):
    device = open_app()
    device.system.force_stop(PACKAGE, "from pid 1")
    device.wait(120)
    assert device.running(PACKAGE) == []
    assert device.log("am_schedule_service_restart") == []


@pytest.mark.parametrize(("android", "seconds"), [("8.1", 5), ("11", 10), ("13", 30)])
def test_who_promises_a_foreground_service_and_does_not_keep_it_is_an_anr(open_app, android, seconds):
    device = open_app(android)
    device.on_main(lambda: device.app().start_foreground_service("Front", late=True))
    device.wait(seconds - 2)
    assert device.log("am_anr") == []
    device.wait(2)
    (line,) = device.log("am_anr")
    assert "Context.startForegroundService() did not then call Service.startForeground(): ServiceRecord{" in line


def test_who_stops_it_before_is_a_crash(open_app):
    device = open_app()
    device.on_main(lambda: device.app().start_foreground_service("Front", late=True))
    device.on_main(lambda: device.app().stop_service("Front"))
    assert device.exits(PACKAGE) == [("CRASH", 0)]
    assert any("ForegroundServiceDidNotStartInTimeException" in line for line in device.log("AndroidRuntime"))


def test_foreground_services_from_the_background_are_refused_since_12(open_app):
    for android, starts in (("11", True), ("13", False)):
        device = open_app(android)
        device.system.go_home()
        device.wait(70)
        caught = []

        def call(device=device, caught=caught):
            try:
                device.app().start_foreground_service("Front")
            except IllegalStateException as error:
                caught.append(type(error).__name__)

        device.on_main(call)
        assert (caught == []) is starts
        assert any(s.foreground for s in device.system.services) is starts
        assert (device.log("am_foreground_service_denied") != []) is not starts


def test_the_foreground_is_in_the_events_since_13(open_app):
    device = open_app("14")
    device.on_main(lambda: device.app().start_foreground_service("Front"))
    (line,) = device.log("am_foreground_service_start")
    assert line.startswith(f"[0,{PACKAGE}/.Front,1,PROC_STATE_TOP,33,33,")
    device.on_main(lambda: device.app().stop_service("Front"))
    assert len(device.log("am_foreground_service_stop")) == 1
    assert open_app("12").log("am_foreground_service_start") == []


def test_a_service_that_takes_too_long_is_an_anr(open_app):
    device = open_app()
    device.on_main(lambda: device.app().start_service("Slow"), seconds=19)
    assert device.log("am_anr") == []
    device.wait(3)
    assert "executing service com.example.main/.Slow" in device.log("am_anr")[0]


def test_a_process_that_crashes_twice_is_bad_until_the_user_opens_it(open_app):
    device = open_app()
    for _ in range(2):
        device.on_main(lambda: {}["x"], seconds=3)
    assert device.log("am_proc_bad") != []
    device.wait(30)
    assert device.running(PACKAGE) == []
    device.launch(PACKAGE)
    assert device.log("am_proc_good") != []
    assert device.running(PACKAGE) == [PACKAGE]


def test_what_an_sdk_does_is_told_apart(open_app):
    device = open_app()
    device.on_main(lambda: device.app().start_service("com.tracker.Wake"), seconds=2)
    start = next(line for line in device.truth("start") if line["package"] == OTHER)
    assert (start["caller"], start["caller_sdk"]) == (PACKAGE, "追踪")
