"""What ActivityManager, ActivityTaskManager and Zygote write has the shape of the same lines in logs of real phones."""

import re
from collections.abc import Iterator

import pytest

from device_farm.virtual import Activity, App, Service, Text
from device_farm.virtual.framework.records.system_records import ExitReason
from tests.captures import capture
from tests.virtual.device_calls import opened
from tests.virtual.shapes import line_shapes

TAGS = {"ActivityManager", "ActivityTaskManager", "Zygote", "libprocessgroup"}
THREADTIME = re.compile(r"\S+ \S+ +(?:\S+ +)?\d+ +\d+ ([VDIWEF]) (.*?) *: (.*)$")
TIME = re.compile(r"\S+ \S+ ([VDIWEF])/(.*?) *\( *\d+\): (.*)$")  # logcat -v time
BY_HAND = "nobody stopped an app by force while the log was taken"
BOOT = "the log begins after the boot"
LAUNCH = "no app was opened from the home screen while the log was taken"


class Shop(App):
    package = "com.example.shop"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))
            self.start_service("Push")

    class Push(Service):
        process = ":push"


def written(android: str, rom: str) -> set[tuple[str, str, str]]:
    """Priority, tag and shape of what is written while the shop opens, loses a process to the limit, then all."""
    device = opened(Shop, android=android, rom=rom, seconds=5)
    (push,) = [each for each in device.system.process_list.of_package(Shop.package) if each.name.endswith(":push")]
    device.system.process_list.kill(push, "empty #17", ExitReason.OTHER)
    device.clock.skip(2)
    device.system.force_stop(Shop.package, "from pid 4242")
    device.clock.skip(2)
    entries = [entry for buffer in device.logs.buffers.values() for entry in buffer if entry.tag in TAGS]
    return {(entry.priority, entry.tag, line_shapes(entry.message.splitlines()[0])[0]) for entry in entries}


def captured(name: str, encoding: str) -> Iterator[tuple[str, str, str]]:
    for line in capture(f"logcat/{name}").read_text(encoding=encoding, errors="replace").splitlines():
        found = THREADTIME.match(line) or TIME.match(line)
        if found and found[2] in TAGS and found[3].strip():
            yield found[1], found[2], line_shapes(found[3])[0]


PIXEL = [("pixel_sailfish_android10_logcat_main_system.txt", "utf-8")]
GALAXY = [("samsung_axisight_log_after_usb_activity.txt", "utf-8"), ("samsung_axisight_logcat_usb_auto_flow.txt", "utf-16")]


@pytest.mark.parametrize(
    ("pair", "files", "apart"),
    [
        (("10", "pixel"), PIXEL, {"Force stopping NAME appid=… user=… from pid N": BY_HAND,
         "Killing ID (…): stop NAME due to from pid N": BY_HAND, "Start proc ID for added application NAME": BOOT,
         "Start proc ID for activity {…}": LAUNCH, "Displayed NAME: SPAN": LAUNCH, "START u0 {act=… cat=… from uid N": LAUNCH}),
        (("16", "oneui"), GALAXY, {"Force stopping NAME appid=… user=… from pid N": BY_HAND,
         "Killing ID (…): stop NAME due to from pid N": BY_HAND, "Killing ID (…): empty #N": "ActivityManager killed none",
         "Successfully killed process cgroup uid N pid N in SPAN": "ActivityManager killed none",
         "Start proc ID for added application NAME": BOOT,
         "START u0 {act=… cat=… with LAUNCH_MULTIPLE from uid N (…) result code=…": LAUNCH}),
    ],
    ids=["pixel", "galaxy"],
)  # fmt: skip
def test_lines_are_those_of_a_real_phone(pair: tuple[str, str], files: list[tuple[str, str]], apart: dict[str, str]) -> None:
    real = {line for name, encoding in files for line in captured(name, encoding)}
    ours = written(*pair)
    assert {shape for _, _, shape in ours - real} == set(apart)
    assert len(ours & real) >= 5
