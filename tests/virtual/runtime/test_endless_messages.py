"""Apps that post without end.

The device's clock goes on, other apps run, and what grows without bound is out of memory.
"""

from collections.abc import Callable
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, Canvas, Receiver, Service, Text
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.vocabulary.pen import Pen

from .conftest import Phone

PACKAGE = "com.example.endless"


class Endless(App):
    package = PACKAGE

    class Again(Receiver):
        actions: ClassVar[list[str]] = ["again"]

        def on_receive(self, intent: Intent) -> None:
            self.send_broadcast("again", target=f"{PACKAGE}/.Again")

    class Worker(Service):
        def on_start_command(self, intent: Intent | None) -> int:
            self.start_service("Worker")
            return 2

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))

        def on_click(self, id: str) -> None:
            getattr(self, id)()

        def posts(self) -> None:
            self.post_delayed(self.posts, 0)

        def posts_into_the_past(self) -> None:
            self.post_delayed(self.posts_into_the_past, -1)

        def doubles(self) -> None:
            self.post_delayed(self.doubles, 0)
            self.post_delayed(self.doubles, 0)

        def threads(self) -> None:
            self.start_thread(self.threads)

        def blocked_threads(self) -> None:
            while True:
                self.start_thread(self.block_main_thread)
                self.block_main_thread(0)

        def broadcasts(self) -> None:
            self.send_broadcast("again", target=f"{PACKAGE}/.Again")

        def services(self) -> None:
            self.start_service("Worker")

        def draws(self) -> None:
            self.show(Canvas(self.paint))

        def paint(self, pen: Pen) -> None:
            self.invalidate()

        def never(self) -> None:
            self.post_delayed(self.posts, float("nan"))


@pytest.mark.parametrize("loop", ["posts", "posts_into_the_past", "threads", "broadcasts", "services", "draws"])
def test_time_goes_on(phone: Callable[..., Phone], loop: str) -> None:
    device = phone(Endless)
    device.launch(PACKAGE)
    device.tap(loop, seconds=2)
    device.system.go_home()
    device.wait(1)
    assert device.front == "com.android.launcher3"


@pytest.mark.parametrize(
    ("loop", "error"), [("doubles", "OutOfMemoryError"), ("blocked_threads", "OutOfMemoryError"), ("never", "Illegal")]
)
def test_what_has_no_bound_is_a_crash(phone: Callable[..., Phone], loop: str, error: str) -> None:
    device = phone(Endless)
    device.launch(PACKAGE)
    device.tap(loop, seconds=30)
    assert device.exits(PACKAGE)[0][0] == "CRASH"
    assert any(error in line for line in device.log("AndroidRuntime"))


def test_many_messages_that_waited_run_one_after_the_other(phone: Callable[..., Phone]) -> None:
    device = phone(Endless)
    device.launch(PACKAGE)
    process = device.system.process_list.find(PACKAGE, PACKAGE)
    app, ran = process.runtime.app, []
    app.post_delayed(lambda: app.block_main_thread(5), 0)
    for n in range(3000):
        app.post_delayed(lambda n=n: ran.append(n), 1 + n / 1000)
    device.wait(20)
    assert ran == list(range(3000))
