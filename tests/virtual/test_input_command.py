from typing import Any

import pytest

from tests.virtual.shell_calls import new_device, run


class Recorder:
    """Writes down what the screen is asked to do."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self.seen.append((name, *args))


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("input tap 540 1200", [("tap", 540, 1200)]),
        ("input touchscreen -d 0 tap 1.5 2", [("tap", 1, 2)]),
        ("input swipe 500 1800 500 600", [("swipe", 500, 1800, 500, 600)]),
        ("input swipe 500 600 505 600 1000", [("long_press", 500, 600)]),
        ("input swipe 500 600 500 600 50", [("tap", 500, 600)]),
        ("input draganddrop 1 2 300 400 1000", [("swipe", 1, 2, 300, 400)]),
        ("input text a%sb", [("type_text", "a b")]),
        ("input motionevent DOWN 10 20", [("finger_down", 10, 20)]),
        ("input motionevent up 10 20", [("finger_up", 10, 20)]),
        ("input motionevent MOVE 10 20", []),
        ("input keyevent 4", [("key", 4)]),
        ("input keyevent --longpress KEYCODE_POWER home", [("key", "POWER"), ("key", "HOME")]),
        ("cmd input keyevent --doubletap 26", [("key", 26), ("key", 26)]),
    ],
)
def test_gestures_reach_the_screen(line: str, seen: list[tuple[Any, ...]]) -> None:
    device = new_device()
    recorder = Recorder()
    device.screen = recorder  # type: ignore[assignment]
    assert run(device, line).code == 0
    assert recorder.seen == seen


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("input tap x 1", "java.lang.IllegalArgumentException: Error: Invalid arguments for command: tap"),
        ("input motionevent POKE 1 1", "java.lang.IllegalArgumentException: Unknown action: POKE"),
        ("input tap 1", 'java.lang.IllegalArgumentException: Argument expected after "1"'),
        ("input text 小店", "java.lang.NullPointerException: Attempt to get length of null array"),
    ],
)
def test_wrong_arguments(line: str, message: str) -> None:
    answer = run(new_device(), line)
    assert answer.code == 255
    assert message in answer.err
