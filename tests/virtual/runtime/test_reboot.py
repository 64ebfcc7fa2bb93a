"""A reboot: what Android keeps in memory is gone, and every service of the framework is told."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from device_farm.virtual import Activity, App, Text

from .conftest import Phone

PACKAGE = "com.example.reader"
CAMERA = "android.permission.CAMERA"


class Reader(App):
    package, label, permissions = PACKAGE, "读者", [CAMERA]

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.app.page = self
            self.show(Text("首页"))


@pytest.fixture
def reader(phone: Callable[..., Phone]) -> Phone:
    made = phone(Reader, android="12")
    made.launch(PACKAGE)
    return made


def allow_once(device: Phone) -> None:
    page = device.app(PACKAGE).page
    page.post_delayed(lambda: page.request_permissions(CAMERA), 0)
    device.wait(1)
    device.answer("one_time")
    assert device.system.packages[PACKAGE].runtime_permissions[CAMERA].granted


def test_a_grant_for_one_time_ends_with_the_boot_and_one_of_the_next_a_minute_after_leaving(reader: Phone) -> None:
    allow_once(reader)
    reader.system.reboot()
    assert not reader.system.packages[PACKAGE].runtime_permissions[CAMERA].granted
    assert reader.flags(PACKAGE, CAMERA) == {"ONE_TIME"}
    reader.wait(60)
    reader.launch(PACKAGE)
    allow_once(reader)
    reader.system.go_home()
    reader.wait(50)
    assert reader.system.packages[PACKAGE].runtime_permissions[CAMERA].granted
    reader.wait(15)
    assert not reader.system.packages[PACKAGE].runtime_permissions[CAMERA].granted
    assert reader.exits(PACKAGE) == [("PERMISSION_CHANGE", 0)]


def test_notifications_and_the_clipboard_are_empty(reader: Phone) -> None:
    reader.app(PACKAGE).notify("要闻", "点击查看")
    reader.app(PACKAGE).set_primary_clip("口令")
    assert [posted.title for posted in reader.system.notifications.active] == ["要闻"]
    reader.system.reboot()
    assert reader.system.notifications.active == []
    assert reader.system.clipboard.text is None
    reader.wait(60)
    reader.launch(PACKAGE)
    reader.app(PACKAGE).notify("快讯", "点击查看")
    assert [posted.number for posted in reader.system.notifications.active] == [1]


def test_every_service_is_told_once(reader: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    services = {name: value for name, value in vars(reader.system).items() if hasattr(value, "_system") or name == "downloads"}
    told: Counter[str] = Counter()
    for name, service in services.items():
        kind: Any = type(service)

        def rebooted(self: Any, name: str = name, real: Callable[[Any], None] = kind.rebooted) -> None:
            told[name] += 1
            real(self)

        monkeypatch.setattr(kind, "rebooted", rebooted)
    reader.system.reboot()
    assert told == dict.fromkeys(services, 1)
    assert len(services) > 30
