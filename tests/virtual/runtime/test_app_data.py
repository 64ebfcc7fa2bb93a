"""What apps read, and what dumps say of it: app ops with the state they were read in, clipboard, accelerometer."""

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, App, Service, Text
from device_farm.virtual.control_port import answer
from device_farm.virtual.framework.dumps.app_data import appops, sensor_service
from device_farm.virtual.framework.dumps.windows import windows
from device_farm.virtual.framework.records.system_records import Intent
from tests.captures import capture

from .conftest import Phone

P = "android.permission."
CAMERA, FINE, CONTACTS = P + "CAMERA", P + "ACCESS_FINE_LOCATION", P + "READ_CONTACTS"
PACKAGE = "com.example.reader"
READS = ("read_location", "read_contacts", "read_clipboard", "use_camera", "use_microphone")


class Reader(App):
    package, label = PACKAGE, "读者"
    permissions: ClassVar[list[str]] = [CAMERA, FINE, CONTACTS, P + "RECORD_AUDIO", P + "FOREGROUND_SERVICE"]
    values: ClassVar[list[Any]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("读者"))
            self.app.values = []
            self.register_sensor()

        def on_sensor(self, values: tuple[float, float, float]) -> None:
            self.app.values.append(values)

    class Tracker(Service):
        foreground_type = "location"

        def on_start_command(self, intent: Intent | None) -> int:
            self.start_foreground("轨迹", "记录中")
            return 2


@pytest.fixture
def reader(phone: Callable[..., Phone]) -> Phone:
    return started(phone)


def started(phone: Callable[..., Phone], android: str = "13") -> Phone:
    device = phone(Reader, android=android)
    for name in (CAMERA, FINE, CONTACTS, P + "RECORD_AUDIO"):
        device.system.grant(PACKAGE, name)
    device.launch(PACKAGE)
    return device


def reads(device: Phone) -> dict[str, bool]:
    return {name: getattr(device.app(PACKAGE), name)() for name in READS}


def test_in_front_everything_that_is_granted_may_be_read(reader: Phone) -> None:
    assert set(reads(reader).values()) == {True}
    assert {access.state for access in reader.system.app_ops.accesses} == {"top"}


@pytest.mark.parametrize(
    ("android", "allowed"),
    [("8.1", READS), ("9", ("read_location", "read_contacts", "read_clipboard")), ("10", ("read_contacts",)), ("14", ("read_contacts",))],
)
def test_in_the_background_each_version_refuses_more(phone: Callable[..., Phone], android: str, allowed: tuple[str, ...]) -> None:
    device = started(phone, android)
    device.system.go_home()
    device.wait(5)
    assert [name for name, read in reads(device).items() if read] == list(allowed)


def test_a_foreground_service_may_read_what_its_type_says(reader: Phone) -> None:
    reader.app(PACKAGE).start_foreground_service("Tracker")
    reader.wait(1)
    reader.system.go_home()
    reader.wait(5)
    found = reads(reader)
    assert (found["read_location"], found["use_camera"]) == (True, False)


def test_a_mode_that_was_set_by_hand_is_honoured(reader: Phone) -> None:
    reader.system.packages[PACKAGE].op_modes["CAMERA"] = "ignore"
    assert not reader.app(PACKAGE).use_camera()
    reader.system.packages[PACKAGE].op_modes["CAMERA"] = "foreground"
    assert reader.app(PACKAGE).use_camera()


def test_the_dump_has_the_last_access_of_each_state(reader: Phone) -> None:
    reader.app(PACKAGE).use_camera()
    reader.system.go_home()
    reader.wait(30)
    reader.app(PACKAGE).use_camera()
    text = appops(reader.device, ["--package", PACKAGE]) or ""
    opened = r"^      CAMERA \(allow\):\n        null=\[\n"
    assert re.search(opened + r"          Access: \[top-s\] \d{4}-\d\d-\d\d [\d:.]{12} \(-3\ds", text, re.M)
    assert re.search(r"^          Reject: \[cch-s\]\d{4}-\d\d-\d\d [\d:.]{12} \(0\)\n        \]", text, re.M)
    assert appops(reader.device, ["--package", "com.none"]) == "Unknown package: com.none\n"
    assert appops(reader.device, ["--history"]) is None


def test_8_has_an_op_in_one_line_with_numbers(phone: Callable[..., Phone]) -> None:
    device = started(phone, "8.1")
    device.app(PACKAGE).use_camera()
    device.wait(2)
    device.system.packages[PACKAGE].op_modes["CAMERA"] = "ignore"
    device.app(PACKAGE).use_camera()
    text = appops(device.device, []) or ""
    assert re.search(r"^      CAMERA: mode=1; time=\+2s\d+ms ago; rejectTime=0 ago$", text, re.M)
    assert not re.search(r"^    state=|^  Settings:", text, re.M)
    device.system.packages[PACKAGE].op_modes["CAMERA"] = "allow"
    device.wait(1)
    device.app(PACKAGE).use_camera()
    assert re.search(r"^      CAMERA: mode=0; time=0 ago$", appops(device.device, []) or "", re.M)


def test_9_has_a_line_for_each_state_and_says_once_what_it_is(phone: Callable[..., Phone]) -> None:
    """As 854 accesses of three real reports have it: two blanks after ``pers``, one after ``fgsvc``."""
    device = started(phone, "9")
    device.app(PACKAGE).use_camera()
    device.system.go_home()
    device.wait(30)
    device.app(PACKAGE).use_camera()
    text = appops(device.device, ["--package", PACKAGE]) or ""
    assert re.search(r"^      CAMERA \(allow\): \n {10}Access: top   = \d{4}-\d\d-\d\d [\d:.]{12} \(-3\ds\d+ms\)\n", text, re.M)
    assert re.search(r"^ {10}Reject: cch   = \d{4}-\d\d-\d\d [\d:.]{12} \(0\)$", text, re.M)
    assert "    state=cch  \n" in text
    device.app(PACKAGE).read_location()
    device.wait(1)
    device.launch(PACKAGE)
    device.wait(1)
    device.app(PACKAGE).read_location()
    first, second = re.findall(r"^.* = .*$", (appops(device.device, ["--package", PACKAGE, "--op", "FINE_LOCATION"]) or ""), re.M)
    assert (first[:26], second[:26]) == (" " * 10 + "Access: top   = ", " " * 18 + "cch   = ")


def test_the_dump_has_the_shape_of_a_real_one(phone: Callable[..., Phone]) -> None:
    real = capture("dumpsys/mvt_dumpsys_appops.txt").read_text("utf-8", "replace")
    device = started(phone, "10")
    device.app(PACKAGE).use_camera()
    device.system.go_home()
    device.wait(30)
    device.app(PACKAGE).use_camera()
    ours = appops(device.device, ["--package", PACKAGE]) or ""
    known = {shape(line) for line in real.splitlines()}
    assert {line for line in ours.splitlines() if shape(line) not in known} == set()


def shape(line: str) -> str:
    """A line without its names, numbers and moments, indented as it was."""
    line = re.sub(r"\d{4}-\d\d-\d\d [\d:.]+ \(.*\)", "WHEN", line)
    line = re.sub(r"(?<=\[)\w+(?=-)", "state", line)
    line = re.sub(r"(?<=state=)\w+|(?<=Uid )\w+|(?<=Package )[\w.]+|\+[\dms]+|(?<=\()\w+(?=\))|(?<=mode=)\w+", "X", line)
    return re.sub(r"\b[A-Z]+(?:_[A-Z]+)+\b|\bCAMERA\b", "OP", line)


def test_the_camera_lights_the_privacy_dot_since_12(phone: Callable[..., Phone]) -> None:
    for android, shown in (("11", False), ("12", True)):
        device = started(phone, android)
        device.app(PACKAGE).use_camera()
        dots = [view for window in device.system.windows for view in window.root.walk() if view.id == "privacy_dot"]
        assert bool(dots) is shown
        device.wait(6)
        assert not [view for window in device.system.windows for view in window.root.walk() if view.id == "privacy_dot"]


def test_a_read_of_another_apps_clip_is_told_once(reader: Phone) -> None:
    reader.system.clipboard.put("口令", 2000)
    assert reader.app(PACKAGE).read_clipboard()
    assert reader.device.screen.last_toast() == "已将剪贴板中的内容粘贴到读者"
    reader.wait(5)
    reader.device.screen.forget_toast()
    reader.app(PACKAGE).read_clipboard()
    assert reader.device.screen.last_toast() is None
    reader.app(PACKAGE).set_primary_clip("自己的")
    reader.app(PACKAGE).read_clipboard()
    assert reader.device.screen.last_toast() is None


def test_before_12_nobody_is_told(phone: Callable[..., Phone]) -> None:
    device = started(phone, "11")
    device.system.clipboard.put("口令", 2000)
    assert device.app(PACKAGE).read_clipboard()
    assert device.device.screen.last_toast() is None


def test_injected_values_reach_the_listener(reader: Phone) -> None:
    reader.system.sensors.inject(1.0, 2.0, 3.0)
    reader.wait(1)
    assert reader.app(PACKAGE).values[-1] == (1.0, 2.0, 3.0)
    reader.system.sensors.shake()
    reader.wait(5)
    strong = [values for values in reader.app(PACKAGE).values if abs(values[0]) > 15]
    assert len(strong) >= 10
    assert reader.app(PACKAGE).values[-1] == (1.0, 2.0, 3.0)


def test_ctl_moves_the_phone(reader: Phone) -> None:
    daemon: Any = SimpleNamespace(device=reader.device)

    def ask(*words: str) -> dict[str, Any]:
        return answer(daemon, json.dumps({"words": ["sensor", *words]}).encode())[-1]

    assert ask("1", "2", "9.5") == {"ok": True}
    assert reader.system.sensors.values == (1.0, 2.0, 9.5)
    assert ask("shake") == {"ok": True}
    for words in ((), ("1", "2"), ("1", "2", "x"), ("1", "2", "900"), ("nan", "0", "0")):
        assert "three numbers" in ask(*words)["error"]


def test_the_sensor_dump_names_who_listens_and_who_did(reader: Phone) -> None:
    uid = reader.system.packages[PACKAGE].uid
    text = sensor_service(reader.device)
    assert "1 active connections" in text
    assert f"\t{PACKAGE}.Main | WakeLockRefCount 0 | uid {uid} |" in text
    reader.system.force_stop(PACKAGE, "from pid 1")
    reader.wait(1)
    text = sensor_service(reader.device)
    assert "0 active connections" in text
    assert re.search(rf" - 0x00000001 pid= *\d+ uid= *{uid} package={PACKAGE}.Main$", text, re.M)


def test_8_has_the_attributes_of_windows_in_numbers(phone: Callable[..., Phone]) -> None:
    text = windows(started(phone, "8.1").device)
    assert re.search(r"^    mAttrs=WM\.LayoutParams\{\(0,0\)\(fillxfill\) sim=#20 ty=1 fl=#81800100 wanim=0x10302f4\}$", text, re.M), text
    assert "  fl=" not in text


def test_12_keeps_some_accesses_by_the_minute(reader: Phone) -> None:
    for _ in range(3):
        reader.app(PACKAGE).use_camera()
        reader.wait(60)
    text = appops(reader.device, ["--package", PACKAGE, "--include-discrete", "2"]) or ""
    head, _, told = text.partition("Discrete accesses:\n\n")
    uid = reader.system.packages[PACKAGE].uid
    shape = rf"  Largest chain id: 0\n  Uid: {uid}\n    Package: {PACKAGE}\n      CAMERA\n        Attribution: null\n"
    assert re.fullmatch(shape + r"(          Access \[top-s\] at \d{4}-\d\d-\d\d \d\d:\d\d:00\.000\n){2}", told)
    assert head == appops(reader.device, ["--package", PACKAGE])


class Caller(App):
    package, label = "com.example.caller", "来电"
    permissions: ClassVar[list[str]] = [P + "READ_PHONE_STATE", FINE, "com.android.permission.GET_INSTALLED_APPS"]

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("来电"))


def caller(phone: Callable[..., Phone], **about: str) -> tuple[Phone, Any]:
    device = phone(Caller, **about)
    for name in Caller.permissions:
        if name in device.system.packages[Caller.package].runtime_permissions:
            device.system.grant(Caller.package, name)
    device.launch(Caller.package)
    process = device.system.process_list.find(Caller.package, Caller.package)
    assert process is not None
    return device, process.runtime.app


def test_16_dates_what_the_phone_process_notes_up_to_a_second_late_and_merges_it(phone: Callable[..., Phone]) -> None:
    device, app = caller(phone, android="16")
    noted = device.system.app_ops.accesses
    begun = device.clock.wall
    for _ in range(3):
        app.read_phone_state()
        device.wait(0.2)
    assert device.system.app_ops.accesses == noted
    device.wait(1)
    (access,) = [each for each in device.system.app_ops.accesses if each.op == "READ_PHONE_STATE"]
    assert access.wall == pytest.approx(begun + 1.0)
    app.read_location()
    assert device.system.app_ops.accesses[-1].wall == device.clock.wall


@pytest.mark.parametrize(("rom", "op"), [("miui", "MIUIOP(10022)"), ("coloros", "GET_INSTALLED_APPS"), ("aosp", None)])
def test_a_list_of_installed_apps_is_noted_by_some_roms(phone: Callable[..., Phone], rom: str, op: str | None) -> None:
    device, app = caller(phone, android="13", rom=rom)
    assert app.read_installed_apps()
    assert ([each.op for each in device.system.app_ops.accesses] or [None]) == [op]


def test_a_scan_of_networks_notes_the_location_too(phone: Callable[..., Phone]) -> None:
    device, app = caller(phone)
    assert app.scan_wifi()
    assert [each.op for each in device.system.app_ops.accesses] == ["FINE_LOCATION", "WIFI_SCAN"]


def test_16_tells_who_listens_to_a_sensor_in_another_order(phone: Callable[..., Phone]) -> None:
    device = started(phone, "16")
    (line,) = re.findall(r"^[\d:]{8} \+ .*$", sensor_service(device.device), re.M)
    assert re.search(
        r" uid=\d{5} samplingPeriod= +200000us batchingPeriod= +0us result=OK \(sensor, package\): \(.*, com\.example\.reader\.\w+\)$", line
    )
