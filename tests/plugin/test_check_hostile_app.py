"""An app whose every text is markup, a shell command or a terminal escape: shown as text, run by nothing."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from harness.device.virtual_devices import virtual_devices
from tests.plugin.conftest import Said, apprights_here, finish, python, scenarios

HOSTILE = "com.example.hostile"
MARKUP = "<script>alert('x')</script><img src=x onerror=alert(1)></pre>{{ 7*7 }}"
ESCAPE = "\x1b[2J\x1b]0;owned\x07[bold red]rich[/]"

APP = """

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
HOSTILE = {hostile!r}


class Hostile(App):
    package = {package!r}
    label = HOSTILE
    version_name, version_code = "1<u>0", 1
    target_sdk = 33
    permissions = [LOCATION]
    expected = {{"c5-exit-after-denial": "violation"}}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text(HOSTILE), Button(HOSTILE, id=HOSTILE)))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)
            else:
                self.show_dialog(HOSTILE, "开启位置权限" + HOSTILE, "去设置", "取消" + HOSTILE)

        def on_click(self, id):
            self.toast(HOSTILE + "x" * 1_000_000)

        def on_permission_result(self, results):
            if not results[LOCATION]:
                raise RuntimeError(HOSTILE + "y" * 1_000_000)
"""


class Hostile(NamedTuple):
    """The folder of x.xml and y.html, the run folder in it, and what pytest said."""

    folder: Path
    run: Path
    said: Said


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The app after its scenarios."""
    folder = tmp_path_factory.mktemp("hostile")
    mark = folder / "executed"
    shell = f"$(touch {mark}); `touch {mark}`; '; touch {mark} #\" | touch {mark}"
    app = folder / "hostile.py"
    app.write_text(APP.format(hostile=MARKUP + shell + ESCAPE, package=HOSTILE), encoding="utf-8")
    with virtual_devices(apps=[app]) as devices:
        words = scenarios(devices.serials[0], devices.port, HOSTILE)
        said = finish(python([*words, "--tap", MARKUP + shell], folder))
    (run,) = (folder / "runs").iterdir()
    return Hostile(folder, run, said)


def test_judged_as_any_other_app_and_nothing_is_executed(hostile: Hostile) -> None:
    assert hostile.said.code == pytest.ExitCode.TESTS_FAILED, hostile.said
    assert not (hostile.folder / "executed").exists()
    assert MARKUP in (hostile.run / "raw" / "crash.txt").read_text(encoding="utf-8")
    for name in ("x.xml", "y.html"):
        assert no_markup_of_the_app((hostile.folder / name).read_text(encoding="utf-8")), name


def test_terminal_is_not_steered(hostile: Hostile) -> None:
    shown = apprights_here("analyse", hostile.run, folder=hostile.folder)
    assert shown.code == 0
    for text in (hostile.said.out, hostile.said.err, shown.out, shown.err):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


def no_markup_of_the_app(html: str) -> bool:
    """Whether no tag of the app's is a tag in the page."""
    return not re.search(r"<script>alert|<img src=x|<u>0|</pre>\{\{", html) and "</pre>49" not in html
