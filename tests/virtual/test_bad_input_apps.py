"""The apps that make testing hard are as hard as they say.

What each of them does, seen on the device and in its truth.
"""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.screen.hierarchy_dump import shell_dump
from harness.dialogs.matcher import find_dialog
from harness.events import DialogKind
from harness.parsers.hierarchy import parse_hierarchy
from tests.virtual.whole_walk import Walker

FOLDER = Path(__file__).parent / "clause5" / "bad"


def opened(file: str) -> Walker:
    """A phone on which the app was just opened for the first time."""
    walker = Walker(load_app_file(FOLDER / f"{file}.py"))
    walker.first_start()
    return walker


def happened(walker: Walker, what: str) -> list[dict[str, Any]]:
    return [line for line in walker.device.truth if line["what"] == what and line["package"] == walker.package]


def front(walker: Walker) -> str:
    return walker.system.resumed.component.package if walker.system.resumed else ""


def picture(walker: Walker) -> Image.Image:
    return Image.open(io.BytesIO(walker.device.screen.png())).convert("RGB")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_each_is_an_app_file_that_says_why_its_outcomes_are_right(path: Path) -> None:
    app = load_app_file(path)[0]
    assert app.expected
    assert app.options == ["--clause", "5"]
    assert (path.read_text("utf-8").split('"""')[1].count("\n")) >= 2


def test_one_crashes_at_each_start_and_asks_for_nothing() -> None:
    walker = opened("crashes_at_launch")
    walker.launch()
    assert [line["reason"] for line in happened(walker, "exit")][:2] == ["CRASH", "CRASH"]
    assert happened(walker, "dialog") == []


@pytest.mark.parametrize("file", ["animates_for_ever", "counts_down", "endless_splash"])
def test_some_never_show_the_same_picture_twice_in_a_row(file: str) -> None:
    walker = opened(file)
    if file == "endless_splash":
        walker.follow(["deny"])
    pictures = []
    for _ in range(4):
        pictures.append(picture(walker).tobytes())
        walker.wait(1.1)
    assert all(one != other for one, other in pairwise(pictures))
    walker.wait(60)
    assert front(walker) == walker.package
    assert len({line["activity"] for line in happened(walker, "content_shown")}) == 1


def test_secure_pages_are_black_in_a_picture_and_the_app_leaves_when_refused() -> None:
    walker = opened("secure_pages")
    walker.follow(["deny"])
    walker.wait(1)
    assert front(walker) != walker.package
    walker = opened("secure_pages")
    walker.follow(["permission_allow_foreground_only_button"])
    assert front(walker) == walker.package
    assert picture(walker).getpixel((540, 1200)) == (0, 0, 0)


def test_a_game_turns_the_screen_and_brings_its_window_back() -> None:
    walker = opened("forces_landscape")
    assert walker.device.screen.width > walker.device.screen.height
    walker.follow(["deny", "取消", "取消"])
    assert "取消" in walker.words()


def test_a_login_page_keeps_its_other_ways_when_the_phone_is_refused() -> None:
    walker = opened("login_at_once")
    walker.follow(["本机号码一键登录", "deny", "et_phone=13800000000"])
    assert "获取验证码" in walker.words()
    walker.follow(["登录"])
    assert front(walker) == walker.package


def test_one_opens_the_page_of_another_app_by_itself() -> None:
    walker = opened("opens_others")
    walker.wait(3)
    assert front(walker) not in ("", walker.package)
    assert [line["what"] for line in walker.device.truth if line["what"] == "exit" and line["package"] == walker.package] == []


def test_a_flood_of_windows_has_no_end() -> None:
    walker = opened("floods_dialogs")
    walker.follow(["deny", *["放弃"] * 8])
    assert "第 9 张券" in walker.words()


def test_an_imitation_of_the_systems_dialog_is_the_apps_own() -> None:
    walker = opened("imitates_the_system")
    root = walker.device.screen.active_root()
    assert root is not None
    found = find_dialog(parse_hierarchy(shell_dump(root, sdk=33)), walker.package, ["com.android.permissioncontroller"])
    assert found is not None
    assert (found.kind, found.owner, found.group) == (DialogKind.RATIONALE, walker.package, "LOCATION")
    negative = found.button("negative")
    assert negative is not None
    assert negative.text == "不允许"
    walker.follow(["不允许"])
    assert front(walker) != walker.package
    assert happened(walker, "dialog") == []
    state = walker.system.packages[walker.package].runtime_permissions["android.permission.ACCESS_FINE_LOCATION"]
    assert not state.flags & {"USER_SET", "USER_FIXED"}


def test_one_speaks_english_after_the_first_tap() -> None:
    walker = opened("changes_language")
    assert "世界地图" in walker.words()
    walker.follow(["我的位置", "deny", "OK"])
    assert "World Atlas" in walker.words()


@pytest.mark.parametrize("answer", ["deny", "allow", None])
def test_one_that_dislikes_adb_ends_whatever_the_answer(answer: str | None) -> None:
    walker = opened("dislikes_adb")
    walker.follow([answer] if answer else [])
    walker.wait(5)
    assert [line["reason"] for line in happened(walker, "exit")] == ["EXIT_SELF"]


def test_back_does_nothing_in_a_kiosk() -> None:
    walker = opened("locks_back")
    walker.follow(["附近服务点", "deny", "back", "back"])
    assert "市民中心服务点" in walker.words()
