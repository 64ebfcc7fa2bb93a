"""The faults planted in the whole sample apps are really there, and only they.

What the truth of the device tells after a refusal.
"""

from __future__ import annotations

from typing import Any

import pytest

from device_farm.virtual.app_file import load_app_file
from harness.events.permission_groups import group_of
from tests.virtual.test_whole_apps import FILES, FOLDER
from tests.virtual.whole_walk import Walker


def walked(file: str, *more: str, to: str) -> Walker:
    """A phone on which the app was walked to one of its screens, and ``more`` from there."""
    apps = load_app_file(FOLDER / f"{file}.py")
    app: Any = apps[0]
    walker = Walker(apps)
    walker.first_start()
    walker.follow([*app.routes[to], *more])
    walker.wait(2)
    return walker


def dialogs(walker: Walker) -> list[tuple[str, str]]:
    """What asked, in order: the system's dialogs by group, the app's own by title."""
    lines = [line for line in walker.device.truth if line["what"] in ("dialog", "app_dialog")]
    return [("system", str(group_of(line["permissions"][0]))) if line["what"] == "dialog" else ("own", line["title"]) for line in lines]


def asked(walker: Walker) -> list[str]:
    return [group for kind, group in dialogs(walker) if kind == "system"]


def left(walker: Walker) -> bool:
    """Whether the app is not in front any more, or its process ended by itself.

    Android brings the page below back in a new one.
    """
    resumed = walker.system.resumed
    exits = [line["reason"] for line in walker.device.truth if line["what"] == "exit" and line["package"] == walker.package]
    return resumed is None or resumed.component.package != walker.package or bool({"EXIT_SELF", "CRASH"} & set(exits))


@pytest.mark.parametrize("file", FILES)
def test_a_refusal_ends_an_app_only_where_that_is_planted(file: str) -> None:
    """Each route that ends with a refusal: the app goes on, or its exit is among the planted faults."""
    apps = load_app_file(FOLDER / f"{file}.py")
    app: Any = apps[0]
    planted = {group for rule, group in app.planted if rule == "c5-exit-after-denial"}
    ended = set()
    for route in [way for way in app.routes.values() if way[-1:] == ["deny"]]:
        walker = Walker(apps)
        walker.first_start()
        walker.follow(route)
        walker.wait(2)
        if left(walker):
            ended.add(asked(walker)[-1])
    assert ended <= planted


@pytest.mark.parametrize(
    ("file", "screen", "group"),
    [
        ("shop", "Avatar/更换头像", "READ_MEDIA_VISUAL"),
        ("scanner", "Watermark/水印相机", "LOCATION"),
        ("chat", "AddFriend/添加朋友", "CONTACTS"),
    ],
)
def test_the_app_leaves_when_it_is_refused(file: str, screen: str, group: str) -> None:
    walker = walked(file, to=screen)
    assert asked(walker)[-1] == group
    assert left(walker)


@pytest.mark.parametrize(("file", "screen", "group"), [("map", "BusLine/公交线路", "CALENDAR"), ("chat", "Nearby/附近的人", "LOCATION")])
def test_the_dialog_comes_again_and_again(file: str, screen: str, group: str) -> None:
    walker = walked(file, to=screen)
    first = dialogs(walker).index(("system", group))
    assert len(dialogs(walker)[first + 1 :]) >= 2
    assert not left(walker)


def test_the_modal_of_people_nearby_is_closed_by_nothing_but_a_start_anew() -> None:
    walker = walked("chat", "取消", "back", "back", "取消", to="Nearby/附近的人")
    assert "需要位置权限" in walker.words()
    walker.follow(["relaunch", "稍后", "tab_3", "设置"])
    assert "Settings/设置" in walker.shown()


@pytest.mark.parametrize(
    ("file", "screen", "more", "groups"),
    [
        ("shop", "Main/优选商城", (), ["LOCATION"]),  # before anything was touched but pop-ups
        ("news", "Splash/晨报资讯", (), ["PHONE"]),  # before the consent
        ("map", "Navigation/导航中", (), ["CONTACTS", "MICROPHONE", "READ_MEDIA_AURAL"]),  # in one request
        ("map", "Offline/离线地图", (), ["PHONE"]),
        ("chat", "Schedule/群日程", (), ["CALENDAR"]),
        ("scanner", "Vip/会员中心", (), ["PHONE"]),
        ("scanner", "Main/快扫全能王", (), ["CONTACTS", "CONTACTS"]),  # once a start
    ],
)
def test_what_is_asked_for_on_the_way(file: str, screen: str, more: tuple[str, ...], groups: list[str]) -> None:
    assert sorted(asked(walked(file, *more, to=screen))) == groups


def test_the_shop_asks_again_on_tabs_that_need_no_location() -> None:
    walker = walked("shop", "tab_1", "以后再说", "tab_3", "以后再说", "tab_1", "以后再说", to="Main/优选商城")
    assert dialogs(walker)[-3:] == [("own", "开启定位服务")] * 3


def test_the_news_cover_each_article_after_a_refusal_elsewhere() -> None:
    walker = walked("news", "back", "央行开展逆回购操作", to="Article/新闻正文")
    assert "允许晨报访问您的位置，第一时间看本地要闻" in walker.words()


@pytest.mark.parametrize(
    ("file", "screen", "wall"),
    [
        ("shop", "Login/无法登录", "您拒绝了电话权限，无法注册或登录。请在系统设置中开启后重试。"),
        ("map", "Offline/离线地图", "未授予权限，无法使用离线地图"),
        ("news", "Main/话题广场", "未获得通讯录权限，暂时无法使用话题广场"),
    ],
)
def test_a_refusal_closes_what_does_not_need_the_permission(file: str, screen: str, wall: str) -> None:
    assert wall in walked(file, to=screen).words()
