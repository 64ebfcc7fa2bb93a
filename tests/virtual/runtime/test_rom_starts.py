"""Starts that a ROM's manager refuses, its page, and the page that asks before one app opens another."""

import re
from collections.abc import Callable

import pytest

from device_farm.virtual import START_STICKY, Activity, App, Job, Provider, Receiver, Service, Text
from harness.events import Instant, Source, StartRefused
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.virtual.device_calls import run as run_command
from tests.virtual.runtime.conftest import Phone
from tests.virtual.shell_calls import run

SHOP, NEWS = "com.example.shop", "com.example.news"
CHINESE = [("miui", "13"), ("hyperos", "15"), ("harmony", "10"), ("coloros", "13"), ("originos", "13")]
# what each prints when it keeps BOOT_COMPLETED from an app, known from decompiled code or from logs
BOOT_LINES = {
    "miui": r"W BroadcastQueueInjector: Unable to launch app com\.example\.shop/\d+ for broadcast Intent \{ "
    r"act=android\.intent\.action\.BOOT_COMPLETED.*\}: process is not permitted to  auto start",
    "harmony": r"I AppStart: req:b,alw:0\[F\],call:1000,null,act:android\.intent\.action\.BOOT_COMPLETED \{\.example\.shop#\d+\}",
    "coloros": r"W OplusAppStartupManager: prevent start com\.example\.shop, "
    r"cmp ComponentInfo\{com\.example\.shop/com\.example\.shop\.Boot\} by broadcast android callingUid 1000, scenePriority = 0",
}


class Shop(App):
    package, label = SHOP, "小店"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))

        def on_text(self, id: str, text: str) -> None:
            """What a test has the app do: by the word that it types."""
            if text == "open":
                self.start_activity(f"{NEWS}/.Main")
            elif text == "bind":
                self.bind_service(f"{NEWS}/.Push")
            elif text == "query":
                self.app.prefs["rows"] = len(self.query_provider("content://com.example.news.rows/all"))
            elif text == "alarm":
                self.set_alarm("wake", after=60.0, exact=True)
            elif text == "job":
                self.schedule_job("Work", after=60.0)
            elif text == "sticky":
                self.start_service("Keeper")

    class Boot(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]  # noqa: RUF012

    class Work(Job):
        pass

    class Keeper(Service):
        def on_start_command(self, intent: object) -> int:
            return START_STICKY


class News(App):
    package, label = NEWS, "新闻"

    class Main(Activity):
        launcher = True
        exported = True

        def on_create(self) -> None:
            self.show(Text("新闻"))

    class Push(Service):
        exported = True

    class Rows(Provider):
        exported = True
        authority = "com.example.news.rows"

        def query(self, uri: str) -> list[dict[str, str]]:
            return [{"title": "a"}]


def have(phone: Phone, word: str) -> None:
    """The shop, which is in front, does what ``word`` says."""
    record = phone.system.resumed
    assert record is not None
    record.process.runtime.looper.post(lambda: record.python_object.on_text("", word))
    phone.wait(1)


def opened(phone: Callable[..., Phone], rom: str, android: str) -> Phone:
    made = phone(News, Shop, android=android, rom=rom)
    made.launch(SHOP)
    return made


def lines(phone: Phone) -> list[str]:
    entries = [entry for buffer in phone.device.logs.buffers.values() for entry in buffer]
    return [f"{entry.priority} {entry.tag}: {entry.message}" for entry in entries]


def blocked(phone: Phone) -> list[tuple[str, str, str | None]]:
    return [(entry["kind"], entry["package"], entry["caller"]) for entry in phone.truth("start_blocked")]


@pytest.mark.parametrize(("rom", "android"), CHINESE)
def test_boot_starts_no_app_until_the_user_allows_it(phone: Callable[..., Phone], rom: str, android: str) -> None:
    made = opened(phone, rom, android)
    made.system.reboot()
    made.wait(20)
    assert blocked(made) == [("broadcast", SHOP, None)]
    assert made.running(SHOP) == []
    assert (rom not in BOOT_LINES) or any(re.fullmatch(BOOT_LINES[rom], line) for line in lines(made))
    made.system.start_manager.allow(SHOP, "self_start", allowed=True)
    made.system.reboot()
    made.wait(20)
    assert made.running(SHOP) == [SHOP]


def test_for_a_while_after_a_boot_what_the_user_allowed_is_refused_too(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "coloros", "15")
    made.system.start_manager.allow(SHOP, "self_start", allowed=True)
    made.device.faults.boot_guard = 30.0
    made.system.reboot()
    made.wait(20)
    assert (blocked(made), made.running(SHOP)) == ([("broadcast", SHOP, None)], [])
    made.launch(SHOP)  # by the user
    assert made.running(SHOP) == [SHOP]


@pytest.mark.parametrize(("rom", "android"), [pair for pair in CHINESE if pair[0] != "originos"])
def test_the_harness_reads_each_refusal_that_happened(phone: Callable[..., Phone], rom: str, android: str) -> None:
    made = opened(phone, rom, android)
    for word in ("bind", "query", "alarm", "job", "sticky"):
        have(made, word)
    made.system.go_home()
    made.wait(1)
    made.system.process_list.low_memory_kill(made.system.process_list.of_package(SHOP)[0])
    made.wait(90)
    made.system.reboot()
    made.wait(20)
    text, _err, _code = run_command(made.device, "logcat", "-d", "-b", "main,system", "-v", "epoch", "-v", "uid")
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM)
    read = [event for line in reader.feed(text.encode()) for event in interpreter.feed(line, Instant(0, 0.0))]
    told = [(event.package, event.caller) for event in read if isinstance(event, StartRefused) and event.by == "rom"]
    assert sorted(told, key=str) == sorted(((package, caller) for _kind, package, caller in blocked(made)), key=str)
    assert len(told) >= 4


def test_aosp_refuses_none_of_it(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "aosp", "13")
    made.system.reboot()
    made.wait(20)
    assert made.running(SHOP) == [SHOP]
    assert blocked(made) == []


@pytest.mark.parametrize(("word", "kind"), [("alarm", "alarm"), ("job", "job"), ("sticky", "restart")])
def test_what_an_app_set_up_for_later_does_not_start_it(phone: Callable[..., Phone], word: str, kind: str) -> None:
    made = opened(phone, "hyperos", "14")
    have(made, word)
    made.system.go_home()
    made.wait(1)
    made.system.process_list.low_memory_kill(made.system.process_list.of_package(SHOP)[0])
    made.wait(90)
    assert blocked(made) == [(kind, SHOP, None)]
    assert made.running(SHOP) == []


def test_a_refused_restart_is_told_in_miuis_words(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "11")
    have(made, "sticky")
    made.system.go_home()
    made.wait(1)
    uid = made.system.packages[SHOP].uid
    made.system.process_list.low_memory_kill(made.system.process_list.of_package(SHOP)[0])
    made.wait(5)
    assert f"I AutoStartManagerService: MIUILOG- Reject RestartService packageName :{SHOP} uid : {uid}" in lines(made)


def test_another_app_is_not_woken_and_the_line_names_both(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "hyperos", "14")
    have(made, "bind")
    assert blocked(made) == [("bind", NEWS, SHOP)]
    assert made.running(NEWS) == []
    assert (
        f"W WakePathChecker: MIUILOG-AutoStart, Service/Provider/Broadcast Reject userId= 0 caller= {SHOP} callee= {NEWS} "
        f"classname={NEWS}.Push action=null wakeType=8"
    ) in lines(made)


def test_a_refused_provider_has_no_rows_and_the_app_is_told(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "coloros", "15")
    have(made, "query")
    assert made.system.packages[SHOP].data["prefs"] == {"rows": 0}
    uid = made.system.packages[SHOP].uid
    assert (
        f"W OplusAppStartupManager: prevent start {NEWS}, cmp ComponentInfo{{{NEWS}/{NEWS}.Rows}} by contentprovider {SHOP} "
        f"callingUid {uid}, scenePriority = 0"
    ) in lines(made)
    assert "E ActivityThread: Failed to find provider info for com.example.news.rows" in lines(made)


@pytest.mark.parametrize(("rom", "android", "woken"), [("hyperos", "14", False), ("harmony", "12", True)])
def test_an_app_in_front_may_wake_others_on_some_roms(phone: Callable[..., Phone], rom: str, android: str, *, woken: bool) -> None:
    made = opened(phone, rom, android)
    have(made, "bind")
    assert bool(made.running(NEWS)) is woken


def test_a_running_app_a_system_app_and_shell_are_left_alone(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "13")
    made.launch(NEWS)
    made.launch(SHOP)
    have(made, "bind")
    assert blocked(made) == []
    made.system.force_stop(NEWS, "from pid 1")
    answer = run(made.device, f"am start-foreground-service {NEWS}/.Push")
    made.wait(1)
    assert answer.code == 0
    assert made.running(NEWS) == [NEWS]


def test_the_page_of_the_manager_switches(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "hyperos", "14")
    run(made.device, "am start -a miui.intent.action.OP_AUTO_START")
    made.wait(1)
    assert "自启动管理" in made.texts()
    page = made.system.resumed
    page.python_object.on_switch(f"self_start:{SHOP}", checked=True)
    assert made.system.start_manager.allowed(SHOP)
    assert run(made.device, f"appops get {SHOP} 10008").out == "MIUIOP(10008): allow\n"


def test_the_settings_of_an_app_are_miuis_own_page_with_its_switch(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "13")
    run(made.device, f"am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:{SHOP}")
    made.wait(1)
    page = made.system.resumed
    assert page.component.short == "com.miui.securitycenter/com.miui.appmanager.ApplicationsDetailsActivity"
    assert "允许自启动" in made.texts()
    page.python_object.on_switch(f"self_start:{SHOP}", checked=True)
    assert made.system.start_manager.allowed(SHOP)


@pytest.mark.parametrize(("switch", "boots", "woken"), [("self_start", True, False), ("associated_start", False, True)])
def test_two_switches_are_two(phone: Callable[..., Phone], switch: str, *, boots: bool, woken: bool) -> None:
    made = opened(phone, "coloros", "13")
    for package in (SHOP, NEWS):
        made.system.start_manager.allow(package, switch, allowed=True)
    have(made, "bind")
    assert bool(made.running(NEWS)) is woken
    made.system.reboot()
    made.wait(20)
    assert bool(made.running(SHOP)) is boots


def test_shell_reads_and_sets_the_switch_of_miui_as_an_app_op(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "13")
    assert run(made.device, f"appops get {SHOP} 10008").out == "MIUIOP(10008): ignore\n"
    made.system.reboot()
    made.wait(40)
    refused = run(made.device, f"appops get {SHOP} 10008").out
    assert re.fullmatch(r"MIUIOP\(10008\): ignore; rejectTime=\+\d+s\d+ms ago\n", refused)
    listed = run(made.device, f"appops get {SHOP}").out
    assert refused in listed
    assert refused.replace("10008", "10053") in listed
    assert "MIUIOP(10017): ask\n" in listed
    assert run(made.device, f"appops set {SHOP} 10021 ask").code == 0
    assert run(made.device, f"appops get {SHOP} 10021").out == "MIUIOP(10021): ask\n"
    assert run(made.device, f"appops set {SHOP} 10021 perhaps").err == "Error: Mode perhaps is not valid\n"
    assert run(made.device, f"appops set {SHOP} 10008 allow").code == 0
    assert run(made.device, f"appops get {SHOP} 10008").out.startswith("MIUIOP(10008): allow")


def test_other_roms_have_no_such_op(phone: Callable[..., Phone]) -> None:
    for rom in ("aosp", "coloros"):
        made = opened(phone, rom, "13")
        assert run(made.device, f"appops get {SHOP} 10008").err == "Error: Unknown operation string: 10008\n"


def test_a_reinstallation_resets_the_switch(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "13")
    made.system.start_manager.allow(SHOP, "self_start", allowed=True)
    made.system.package_manager.install_app(Shop)
    assert not made.system.start_manager.allowed(SHOP)


@pytest.mark.parametrize(("allowed", "button", "front"), [(True, "button1", NEWS), (False, "button2", SHOP)])
def test_one_app_opens_another_only_if_the_user_says_so(phone: Callable[..., Phone], button: str, front: str, *, allowed: bool) -> None:
    made = opened(phone, "hyperos", "14")
    have(made, "open")
    made.wait(1)
    assert made.front == "com.miui.securitycenter"
    assert "“小店” 想要打开 “新闻”，是否允许？" in made.texts()
    made.tap(button)
    made.wait(2)
    assert made.front == front
    assert [entry["allowed"] for entry in made.truth("confirm_start_answered")] == [allowed]
    uid = made.system.packages[SHOP].uid
    asked = [line for line in lines(made) if "com.miui.wakepath.ui.ConfirmStartActivity" in line and f"from uid {uid}" in line]
    assert asked
    assert "act=android.app.action.CHECK_ALLOW_START_ACTIVITY" in asked[0]


def test_a_tap_on_the_home_screen_is_not_asked_about(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "hyperos", "14")
    made.system.go_home()
    made.wait(1)
    home = made.system.resumed
    assert home is not None
    home.process.runtime.looper.post(lambda: home.python_object.on_click(NEWS))
    made.wait(2)
    assert made.front == NEWS


def test_a_start_from_the_background_is_told_in_miuis_words(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "miui", "13")
    record = made.system.resumed
    assert record is not None
    made.system.go_home()
    made.wait(30)
    record.process.runtime.looper.post(lambda: record.python_object.start_activity(f"{NEWS}/.Main"))
    made.wait(1)
    uid = made.system.packages[SHOP].uid
    told = [line for line in lines(made) if line.startswith("D ActivityStarterImpl: MIUILOG- Permission Denied Activity : Intent {")]
    assert len(told) == 1
    assert told[0].endswith(f"pkg : {SHOP} uid : {uid}")
