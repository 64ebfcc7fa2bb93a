"""``dumpsys window windows`` of pages that nobody sees now: Android lists every window that was added."""

import pytest

from device_farm.virtual import Activity, App, Receiver, Text
from device_farm.virtual.device import VirtualDevice
from harness.parsers.windows import Window, window_dump
from tests.virtual.device_calls import opened, run

PACKAGE = "com.example.lamp"


class Lamp(App):
    package = PACKAGE
    target_sdk = 26

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("lamp"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Dot(Activity):
        translucent, window = True, (1, 1)
        task_affinity = "com.example.lamp.dot"

        def on_resume(self) -> None:
            self.post_delayed(self.finish, 40)

    class Fleeting(Activity):
        """Ends before it was ever resumed: no window of it was added."""

        def on_create(self) -> None:
            self.finish()

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent: object) -> None:
            self.start_activity("Fleeting", flags=0x10000000)
            self.start_activity("Dot", flags=0x10000000)


def asleep(android: str) -> VirtualDevice:
    """It was left, and the display is off for a second: its dot was resumed, paused and stopped."""
    device = opened(Lamp, android=android)
    device.system.go_home()
    device.clock.skip(3)
    device.screen.key("sleep")
    device.clock.skip(1)
    return device


def listed(device: VirtualDevice) -> dict[str, Window]:
    out, error, code = run(device, "dumpsys", "window", "windows")
    assert (error, code) == ("", 0)
    windows = window_dump(out).windows
    return {(window.component or window.title).rpartition(".")[2].replace("Quickstep", ""): window for window in windows}


@pytest.mark.parametrize("android", ["8.1", "9"])  # since 10 Android refuses pages from the background
def test_a_page_that_was_stopped_in_the_dark_has_its_window(android: str) -> None:
    device = asleep(android)
    found = listed(device)
    assert {"Dot", "Main", "Launcher", "StatusBar"} <= set(found)
    assert "Fleeting" not in found
    dot, main = found["Dot"], found["Main"]
    assert (dot.visible, dot.translucent, dot.size, dot.wanted) == (False, True, (1, 1), (1, 1))
    assert (main.visible, main.translucent, main.size, main.wanted) == (False, False, (1080, 2400), None)
    device.clock.skip(40)
    assert "Dot" not in listed(device)  # finished: its window is removed


def test_it_is_gone_without_a_surface_in_its_last_frame() -> None:
    text = run(asleep("9"), "dumpsys", "window", "windows")[0]
    part = text[text.index("com.example.lamp.Dot}:") : text.index("com.example.lamp.Main}:")]
    for said in (
        "mViewVisibility=0x8 mHaveFrame=true mObscured=true",
        "mHasSurface=false isReadyForDisplay()=false",
        "mFrame=[539,1199][540,1200]",
        "mDrawState=NO_SURFACE       mLastHidden=true",
        "isOnScreen=false",
        "isVisible=false",
    ):
        assert said in part
    assert "mSurface=" not in part
    assert "Surface: " not in part


@pytest.mark.parametrize("android", ["8.1", "10", "13", "16"])
def test_the_home_screen_keeps_its_window_behind_a_page_and_a_dead_process_keeps_none(android: str) -> None:
    device = opened(Lamp, android=android)
    before = listed(device)
    assert (before["Launcher"].visible, before["Main"].visible) == (False, True)
    device.system.go_home()
    device.clock.skip(3)
    after = listed(device)
    assert (after["Launcher"].visible, after["Main"].visible) == (True, False)
    device.system.kill_background(PACKAGE)
    device.clock.skip(1)
    assert "Main" not in listed(device)
