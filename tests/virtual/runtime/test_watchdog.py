"""App code that does not return: the device lives on, the app does not respond, and file and line are told."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from device_farm.virtual.app_file import AppFileError, load_app_file
from device_farm.virtual.framework.runtime import watchdog

from .conftest import Phone

HEAD = '''"""An app."""
import itertools
from device_farm.virtual import Activity, App, Button, Canvas, Column, Text


class Loops(App):
    package = "com.example.loops"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("页面"), Button("转", id="turn")))

'''
LOOPS = {
    "plain": ("        def on_click(self, id):\n            while True:\n                pass\n", (16, 17)),
    "calls": ("        def on_click(self, id):\n            while True:\n                self.toast('x')\n", (16, 17)),
    "catches": (
        "        def on_click(self, id):\n            n = 0\n            while n < 3:\n                try:\n"
        "                    while True:\n                        pass\n"
        "                except BaseException:\n                    n += 1\n",
        (19, 20),
    ),
    "comprehension": ("        def on_click(self, id):\n            [None for _ in itertools.repeat(0)]\n", (16,)),
    "recursion": ("        def on_click(self, id):\n            while True:\n                self.deep(0)\n\n"
                  "        def deep(self, n):\n            return n if n > 50 else self.deep(n + 1)\n", (16, 17, 19, 20)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "LIMIT", 0.2)
    monkeypatch.setattr(watchdog, "_LOOK", 0.02)


def load(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "loops.py"
    path.write_text(HEAD + body, "utf-8")
    return path


@pytest.mark.parametrize("kind", sorted(LOOPS))
def test_a_loop_in_a_callback_becomes_an_anr(
    phone: Callable[..., Phone], tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    body, lines = LOOPS[kind]
    device = phone(*load_app_file(load(tmp_path, body)))
    device.launch("com.example.loops")
    device.tap("turn")
    (stuck,) = device.truth("app_stuck")
    assert (stuck["package"], stuck["file"]) == ("com.example.loops", "loops.py")
    assert stuck["line"] in lines
    assert f"loops.py:{stuck['line']}: com.example.loops" in caplog.text
    assert device.truth("anr") == []
    device.tap("turn", seconds=6)
    assert len(device.truth("anr")) == 1
    assert len(device.log("am_anr")) == 1
    device.tap("button1", text="关闭应用")
    assert device.running("com.example.loops") == []
    device.launch("com.example.loops")
    assert "页面" in device.texts()


def test_the_other_apps_go_on(phone: Callable[..., Phone], tmp_path: Path) -> None:
    device = phone(*load_app_file(load(tmp_path, LOOPS["plain"][0])))
    device.launch("com.example.loops")
    device.tap("turn")
    device.system.go_home()
    device.wait(2)
    assert device.front == "com.android.launcher3"


def test_a_loop_in_a_drawing_too(phone: Callable[..., Phone], tmp_path: Path) -> None:
    body = (
        "        def on_resume(self):\n            self.show(Canvas(self.paint))\n\n"
        "        def paint(self, pen):\n            while True:\n                pass\n"
    )
    device = phone(*load_app_file(load(tmp_path, body)))
    device.launch("com.example.loops")
    assert device.truth("app_stuck")[0]["line"] in (19, 20)
    assert device.device.screen.image().size == (1080, 2400)


def test_what_takes_long_but_returns_is_left_alone(phone: Callable[..., Phone], tmp_path: Path) -> None:
    body = "        def on_click(self, id):\n            self.show(Text(str(sum(range(100000)))))\n"
    device = phone(*load_app_file(load(tmp_path, body)))
    device.launch("com.example.loops")
    device.tap("turn")
    assert device.truth("app_stuck") == []
    assert "4999950000" in device.texts()


def test_a_file_that_never_ends_is_refused_with_its_line(tmp_path: Path) -> None:
    started = time.process_time()
    path = tmp_path / "loops.py"
    path.write_text('"""An app."""\nwhile True: pass\n', "utf-8")
    with pytest.raises(AppFileError, match=r"loops\.py:2: .*for ever"):
        load_app_file(path)
    assert time.process_time() - started < 10


def test_an_exception_in_a_drawing_is_a_crash(phone: Callable[..., Phone], tmp_path: Path) -> None:
    body = "        def on_click(self, id):\n            self.show(Canvas(lambda pen: pen.rect(0, 0, 1 / 0, 1)))\n"
    device = phone(*load_app_file(load(tmp_path, body)))
    device.launch("com.example.loops")
    device.tap("turn")
    assert device.exits("com.example.loops")[0][0] == "CRASH"
    assert any("java.lang.ArithmeticException" in line for line in device.log("AndroidRuntime"))


def test_interrupts_of_one_message_do_not_reach_the_next(phone: Callable[..., Phone], tmp_path: Path) -> None:
    body = (
        "        def on_click(self, id):\n            try:\n                while True:\n                    pass\n"
        "            except BaseException:\n                return\n"
    )
    device = phone(*load_app_file(load(tmp_path, body)))
    device.launch("com.example.loops")
    for _ in range(5):
        device.tap("turn", seconds=0.1)
        device.cold_start("com.example.loops")
    assert len(device.truth("app_stuck")) == 5


TRACED = """
import sys
from device_farm.virtual.framework.runtime import watchdog

watchdog.LIMIT = 0.2
app = {"__name__": watchdog.APP_MODULE + "loops"}
exec("def body():\\n    while True:\\n        pass", app)
assert watchdog.WATCHDOG.run(app["body"]) is not None
seen = []


def called():
    return "called"


sys.settrace(lambda frame, event, argument: seen.append(event))
called()
sys.settrace(None)
print(seen)
"""


def test_a_process_in_which_an_app_was_interrupted_can_be_traced() -> None:
    """An interrupt that is taken back is looked for at each call ever after, and a traced call never gets past that."""
    words, root = [sys.executable, "-c", TRACED], Path(__file__).parents[3]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == ("['call']", "")
