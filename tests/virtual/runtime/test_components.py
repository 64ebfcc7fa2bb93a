import re

import pytest

from device_farm.virtual import (
    START_STICKY,
    Activity,
    ActivityNotFoundException,
    App,
    Button,
    Column,
    Job,
    Provider,
    Receiver,
    Sdk,
    SecurityException,
    Service,
    Text,
)
from device_farm.virtual.framework.records.system_records import Intent

PACKAGE, OTHER = "com.example.main", "com.example.other"
HOME = "com.android.launcher3"


class Other(App):
    package, label = OTHER, "别的应用"

    class Wake(Activity):
        exported = True

    class Hidden(Activity):
        pass

    class Push(Service):
        exported = True
        process = ":push"

        def on_bind(self, intent):
            self.toast("bound")

    class Rows(Provider):
        exported = True
        authority = "com.example.other.rows"

        def query(self, uri):
            return [{"uri": uri, "pid": self.my_pid()}]

    class Listener(Receiver):
        exported = True
        actions = ["com.example.PING", "android.intent.action.BOOT_COMPLETED"]  # noqa: RUF012

        def on_receive(self, intent):
            self.app.prefs["heard"] = [*self.app.prefs.get("heard", []), intent.action]


class Main(App):
    package, label = PACKAGE, "主应用"
    log = []  # noqa: RUF012
    created = 0

    def on_create(self):
        self.created += 1
        self.log.append("app")

    def on_alarm(self, id):
        self.prefs["alarm"] = self.prefs.get("alarm", 0) + 1

    class First(Activity):
        launcher = True

        def on_create(self):
            self.app.page = self
            self.app.log.append("create")
            self.show(Column(Text("首页"), Button("走", id="go")))

        def on_resume(self):
            self.app.log.append("resume")

        def on_pause(self):
            self.app.log.append("pause")

        def on_stop(self):
            self.app.log.append("stop")

        def on_destroy(self):
            self.app.log.append("destroy")

        def on_click(self, id):
            self.app.log.append(id)

    class Second(Activity):
        def on_create(self):
            self.app.second = self

        def on_back_pressed(self):
            self.app.log.append("back")
            return self.app.prefs.get("holds_back", False)

    class Worker(Service):
        def on_start_command(self, intent):
            self.app.prefs["commands"] = [*self.app.prefs.get("commands", []), intent and intent.extras.get("n")]
            return START_STICKY

    class Later(Job):
        def on_start_job(self):
            self.app.prefs["job"] = self.elapsed_realtime()

    class Screen(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.app.log.append(intent.action)

    class Tracker(Sdk):
        name, package = "追踪 SDK", "com.tracker.sdk"

        class Beat(Service):
            process = ":beat"


@pytest.fixture
def device(phone):
    made = phone(Other, Main)
    made.launch(PACKAGE)
    return made


@pytest.fixture
def app(device):
    return device.app(PACKAGE)


@pytest.fixture
def on_main(device):
    return device.on_main


def test_order_of_callbacks_and_state_of_its_own_per_process(device, app):
    assert app.log == ["app", "create", "resume"]
    assert Main.log == []
    device.cold_start(PACKAGE)
    fresh = device.app(PACKAGE)
    assert fresh is not app
    assert (fresh.created, fresh.log) == (1, ["app", "create", "resume"])


def test_a_second_activity_stops_the_first_and_back_returns(device, app, on_main):
    on_main(lambda: app.page.start_activity("Second", colour="red"))
    assert app.log[-2:] == ["pause", "stop"]
    assert app.second.intent.extras == {"colour": "red"}
    app.prefs["holds_back"] = True
    device.system.press_back()
    device.wait(1)
    assert device.system.resumed.component.class_name.endswith(".Second")
    app.prefs["holds_back"] = False
    device.system.press_back()
    device.wait(1)
    assert device.system.resumed.component.class_name.endswith(".First")
    assert app.log[-3:] == ["back", "back", "resume"]


def test_back_on_the_root_goes_to_the_background_since_12(device, app, phone):
    device.system.press_back()
    device.wait(1)
    assert device.front == HOME
    assert "destroy" not in app.log
    assert device.launch(PACKAGE) == 2
    older = phone(Other, Main, android="11")
    older.launch(PACKAGE)
    older_app = older.app(PACKAGE)
    older.system.press_back()
    older.wait(1)
    assert older_app.log[-3:] == ["pause", "stop", "destroy"]


@pytest.mark.parametrize(("action", "reason"), [("finish_affinity", "request-affinity"),
                                                ("finish_and_remove_task", "finish-activity")])  # fmt: skip
def test_ways_to_finish_all(device, app, on_main, action, reason):
    on_main(lambda: app.page.start_activity("Second"))
    on_main(lambda: getattr(app.second, action)())
    assert device.front == HOME
    assert [t.affinity for t in device.system.tasks] == [HOME]
    assert len([line for line in device.log("wm_finish_activity") if reason in line]) == 2
    assert device.running(PACKAGE) == [PACKAGE]


def test_home_and_launch_again_resumes_the_same_object(device, app):
    device.system.go_home()
    device.wait(1)
    assert app.log[-2:] == ["pause", "stop"]
    assert device.launch(PACKAGE) == 2
    assert app.log[-1] == "resume"
    assert app.created == 1


def test_dialogs_close_by_button_back_and_outside(device, app, on_main):
    on_main(lambda: app.page.show_dialog("标题", "内容", "好", "不"))
    assert device.texts()[:2] == ["标题", "内容"]
    device.tap("button1", text="好")
    assert app.log[-1] == "好"
    assert "标题" not in device.texts()
    on_main(lambda: app.page.show_dialog("必选", "内容", "好", cancelable=False))
    device.system.press_back()
    device.system.focused_window().handler.outside()
    device.wait(1)
    assert "必选" in device.texts()


def test_a_button_of_a_dialog_keeps_its_id(device, app, on_main):
    on_main(
        lambda: app.page.show_dialog(
            "协议", "内容", Button("同意", id="agree"), Button("稍后"), Button("不同意", id="refuse", enabled=False)
        )
    )
    ids = {node.text: (node.resource_id, node.enabled) for root in device.device.screen.tree() for node in root.walk() if node.text}
    assert ids["同意"] == (f"{PACKAGE}:id/agree", True)
    assert ids["稍后"] == ("android:id/button3", True)
    assert ids["不同意"] == (f"{PACKAGE}:id/refuse", False)
    assert device.truth("app_dialog")[-1]["buttons"] == ["同意", "稍后", "不同意"]
    device.tap("agree", text="同意")
    assert app.log[-1] == "agree"
    assert device.truth("app_dialog_closed")[-1]["button"] == "同意"
    on_main(lambda: app.page.show_dialog("协议", "内容", Button("好", id="agree"), Button("不")))
    device.tap("button2", text="不")
    assert app.log[-1] == "不"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("t", "m", Text("好")), "a button is a text or a Button, not Text"),
        ((None, "m", "好"), "title and message are texts, not NoneType"),
    ],
)
def test_what_is_no_text_is_refused_with_file_and_line(device, app, on_main, arguments, what):
    on_main(lambda: app.page.show_dialog(*arguments))
    assert device.exits(PACKAGE) == [("CRASH", 0)]
    assert any(
        re.search(rf"ClassCastException: test_components.py:\d+: show_dialog: {what}", line) for line in device.log("AndroidRuntime")
    )


def test_a_crash_names_the_apps_own_frames_alone(device, app, on_main):
    on_main(lambda: app.page.start_activity(f"{OTHER}/.Hidden"))
    frames = [line.strip() for entry in device.log("AndroidRuntime") for line in entry.splitlines() if line.strip().startswith("at ")]
    assert frames[0].startswith(f"at {PACKAGE}.TestComponents.lambda(test_components.py:")
    assert frames[1].startswith("at android.os.Handler.dispatchMessage")


def test_exit_and_kill_unwind_at_once(device, app, on_main):
    def leave():
        app.exit(3)
        app.log.append("never")

    on_main(leave)
    assert device.exits(PACKAGE) == [("EXIT_SELF", 3)]
    assert any("exited cleanly (3)" in line for line in device.log("Zygote"))
    assert "never" not in app.log


def test_kill_process_is_signal_9_without_am_kill(device, app, on_main):
    on_main(app.kill_process)
    assert device.exits(PACKAGE) == [("SIGNALED", 9)]
    assert device.log("am_kill") == []
    assert any("signal 9" in line for line in device.log("Zygote"))
    assert device.front == HOME


def test_back_stack_survives_the_death_of_the_process(device, app, on_main):
    on_main(lambda: app.page.start_activity("Second"))
    on_main(app.kill_process, seconds=2)
    assert device.system.resumed.component.class_name.endswith(".First")
    assert device.running(PACKAGE) == [PACKAGE]


def test_blocked_main_thread_is_an_anr_after_a_touch(device, app, on_main):
    on_main(app.block_main_thread)
    device.tap("go", seconds=4)
    assert device.log("am_anr") == []
    device.wait(2)
    (line,) = device.log("am_anr")
    assert "Input dispatching timed out" in line
    assert "主应用没有响应" in device.texts()
    device.tap("button2", text="关闭应用")
    assert device.exits(PACKAGE) == [("ANR", 0)]
    assert device.front == HOME


def test_a_pause_on_the_main_thread_ends_and_input_comes_late(device, app, on_main):
    on_main(lambda: (app.block_main_thread(3), app.log.append("awake")))
    device.tap("go")
    assert app.log[-1] == "resume"
    device.wait(2)
    assert app.log[-2:] == ["awake", "go"]
    assert device.log("am_anr") == []


def test_threads_block_on_their_own(device, app, on_main):
    on_main(lambda: app.start_thread(lambda: (app.block_main_thread(5), app.log.append("thread"))))
    device.tap("go")
    assert app.log[-1] == "go"
    device.wait(5)
    assert app.log[-1] == "thread"


def test_a_python_exception_in_a_thread_is_a_crash(device, app, on_main):
    on_main(lambda: app.start_thread(lambda: {}["x"]))
    assert device.exits(PACKAGE) == [("CRASH", 0)]


def test_sticky_service_comes_back_after_a_kill_but_not_after_force_stop(device, app, on_main):
    on_main(lambda: app.start_service("Worker", n=7))
    prefs = app.prefs
    assert prefs["commands"] == [7]
    on_main(app.kill_process, seconds=3)
    assert prefs["commands"] == [7, None]
    assert any(PACKAGE in line for line in device.log("am_schedule_service_restart"))
    device.system.force_stop(PACKAGE, "from pid 1")
    device.wait(60)
    assert prefs["commands"] == [7, None]
    assert device.running(PACKAGE) == []
    assert device.system.services == []


def test_services_of_others_and_of_sdks_run_in_processes_of_their_own(device, app, on_main):
    on_main(lambda: app.bind_service(f"{OTHER}/.Push"))
    on_main(lambda: app.start_service("com.tracker.sdk.Beat"))
    assert device.running(OTHER) == [OTHER + ":push"]
    assert device.running(PACKAGE) == [PACKAGE, PACKAGE + ":beat"]
    start = next(line for line in device.truth("start") if line["process"] == OTHER + ":push")
    assert (start["caller"], start["hosting"]) == (PACKAGE, "service")
    bound = next(s for s in device.system.services if s.component.package == OTHER)
    assert [c.package for c in bound.clients] == [PACKAGE]
    on_main(app.kill_process, seconds=2)
    assert not [s for s in device.system.services if s.component.package == OTHER]


def test_provider_gives_rows_from_its_own_process(device, app, on_main):
    rows = []
    on_main(lambda: rows.extend(app.query_provider("content://com.example.other.rows/all")))
    (process,) = device.system.process_list.of_package(OTHER)
    assert rows == [{"uri": "content://com.example.other.rows/all", "pid": process.pid}]
    assert process.hosting_type == "content provider"


def test_broadcasts_skip_stopped_packages_unless_told(device, app, on_main):
    on_main(lambda: app.send_broadcast("com.example.PING", target=OTHER))
    assert device.running(OTHER) == []
    on_main(lambda: app.send_broadcast("com.example.PING", target=OTHER, include_stopped=True))
    assert device.running(OTHER) == [OTHER]
    assert device.system.packages[OTHER].data["prefs"]["heard"] == ["com.example.PING"]
    on_main(lambda: app.send_broadcast("com.example.PING"))
    assert device.system.packages[OTHER].data["prefs"]["heard"] == ["com.example.PING"]


def test_dynamic_receiver_lives_with_its_process(device, app, on_main):
    on_main(lambda: app.register_receiver("Screen", "android.intent.action.SCREEN_ON"))
    count = device.system.send_broadcast(Intent(action="android.intent.action.SCREEN_ON"), uid=1000, package=None)
    device.wait(1)
    assert count == 1
    assert app.log[-1] == "android.intent.action.SCREEN_ON"


def test_alarm_starts_the_process_and_the_same_id_replaces(device, app, on_main):
    on_main(lambda: app.set_alarm("tick", after=600, exact=True))
    on_main(lambda: app.set_alarm("tick", after=60, exact=True))
    prefs = app.prefs
    device.system.go_home()
    device.wait(1)
    device.system.kill_background(PACKAGE)
    device.wait(1)
    assert device.running(PACKAGE) == []
    device.wait(60)
    assert prefs["alarm"] == 1
    process = device.system.process_list.find(PACKAGE, PACKAGE)
    assert process.hosting_type == "broadcast"
    device.wait(1000)
    assert prefs["alarm"] == 1


def test_job_runs_once_and_not_after_force_stop(device, app, on_main):
    on_main(lambda: app.schedule_job("Later", after=30))
    prefs = app.prefs
    device.wait(31)
    first = prefs["job"]
    device.wait(100)
    assert prefs["job"] == first
    on_main(lambda: app.schedule_job("Later", after=30))
    device.system.force_stop(PACKAGE, "from pid 1")
    device.wait(60)
    assert prefs["job"] == first


def test_no_activity_and_not_exported(device, app, on_main):
    caught = []

    def call(target, action=None):
        try:
            app.page.start_activity(target, action=action)
        except (ActivityNotFoundException, SecurityException) as error:
            caught.append(type(error).__name__)

    on_main(lambda: (call(None, "com.example.NOTHING"), call(f"{OTHER}/.Hidden"), call(f"{OTHER}/.Wake")))
    assert caught == ["ActivityNotFoundException", "SecurityException"]
    assert device.front == OTHER


def test_reboot_brings_boot_completed_to_what_was_opened_once(device, app):
    device.launch(PACKAGE)
    device.system.packages[OTHER].stopped = False
    device.system.reboot()
    assert device.clock.uptime < 30
    device.wait(20)
    assert device.front == HOME
    assert device.running(OTHER) == [OTHER]
    assert device.system.packages[OTHER].data["prefs"]["heard"] == ["android.intent.action.BOOT_COMPLETED"]
    assert device.running(PACKAGE) == []


def test_update_keeps_data_and_uid_and_kills(device, app):
    app.prefs["kept"] = 1
    uid = device.system.packages[PACKAGE].uid
    device.system.package_manager.install_app(Main)
    device.wait(1)
    package = device.system.packages[PACKAGE]
    assert (package.uid, package.data["prefs"]["kept"]) == (uid, 1)
    assert device.running(PACKAGE) == []
    assert "installPackageLI" in device.log("am_kill")[0]


def test_uninstall_leaves_nothing(device):
    device.system.package_manager.uninstall(PACKAGE)
    device.wait(1)
    assert PACKAGE not in device.system.packages
    assert device.front == HOME


def test_app_ops_need_the_permission_and_the_foreground(device, app):
    package = device.system.packages[PACKAGE]
    assert not app.read_contacts()
    assert app.read_clipboard()
    device.system.go_home()
    device.wait(1)
    assert not app.read_clipboard()
    noted = [(access.op, access.allowed) for access in device.system.app_ops.accesses if access.package == package.name]
    assert noted == [("READ_CLIPBOARD", True)]  # services look at the permission, the clipboard at the focus, before they note
    assert "Denying clipboard access to" in device.log("ClipboardService")[0]


def test_sensor_values_come_while_registered(device, app, on_main):
    values = []
    app.page.on_sensor = values.append
    on_main(app.page.register_sensor)
    assert values[0] == (0.0, 0.0, 9.81)
    on_main(app.page.unregister_sensor)
    count = len(values)
    device.wait(2)
    assert len(values) == count
