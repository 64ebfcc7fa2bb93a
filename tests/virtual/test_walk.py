"""The explorer on the virtual device: a whole town guide, and apps that make walking hard."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.scenario_run import Run
from harness.events import Anr, FunctionUsed, InterruptionClosed, KeyPressed, Note, PermissionDenied, PolicySeen, ScreenSeen
from harness.events.timeline import Timeline
from harness.explorer.app_walk import Budget, Walk
from harness.explorer.recorded_actions import RecordedActionStrategy, recorded_actions
from harness.explorer.routes import route_before
from harness.maps.graph import WALK_FILE
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Denied, FieldFilled
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.analysis import examine

pytestmark = pytest.mark.usefixtures("slow_time")

APPS = Path(__file__).parent / "explorer"


@dataclass
class Walked:
    """One walk: its run folder, its map, what replay makes of it, and what the app stored."""

    folder: Path
    map: dict[str, Any]
    timeline: Timeline
    prefs: dict[str, object]
    seconds: float

    @property
    def titles(self) -> set[str]:
        return {screen["title"] for screen in self.map["screens"]}

    def notes(self) -> str:
        return "\n".join(note.text for note in self.timeline.of(Note))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Walked]:
    """``walked(app, make)`` walks through an app file once; ``make`` gives the walk for a session."""

    def walk_once(app: str, make: Callable[[Session], Walk] = lambda session: Walk(session, budget=Budget(8.0, 150))) -> Walked:
        apps = load_app_file(APPS / f"{app}.py")
        with devices_in_thread([partial(VirtualDevice, Spec(apps=tuple(reversed(apps))))]) as thread:
            runs = tmp_path_factory.mktemp(app)
            run = Run.open(InProcessDevice(thread), apps[0].package, runs, Options(clauses=(5,)))

            def drive(session: Session, canary: str) -> None:
                del canary
                session.reset()
                with session.segment("first-launch"):
                    session.launch()
                    Watch(session, 8.0).run()
                make(session).run()

            began = run.session.uptime()
            run.drive("walk", drive)
            seconds = run.session.uptime() - began
            run.close()
            package = thread.devices[0].system.packages[apps[0].package]
            prefs = thread.call(lambda: dict(package.data.get("prefs", {})))
        found = json.loads((run.folder / WALK_FILE).read_text("utf-8"))
        return Walked(run.folder, found, examine(run.folder).timeline, prefs, seconds)

    return walk_once


@pytest.fixture(scope="module")
def town(walked: Callable[..., Walked]) -> Walked:
    return walked("town")


def test_every_page_of_the_town_guide_is_found(town: Walked) -> None:
    wanted = {"小城首页", "消息中心", "个人中心", "登录", "登录失败", "找回密码", "设置", "缓存", "好友推荐", "关于小城通", "开源声明"}
    assert wanted - {"好友推荐"} <= town.titles  # that page ends as it is refused
    activities = town.map["activities"]
    assert set(activities["declared"]) == set(activities["seen"])


def test_what_it_asks_for_is_refused_twice_and_on_the_map(town: Walked) -> None:
    refused = [event.permission_group for event in town.timeline.of(PermissionDenied)]
    assert sorted(refused) == sorted(["CAMERA", "CONTACTS", "LOCATION"] * 2)
    asked = {a["text"]: a["asked"] for screen in town.map["screens"] for a in screen["actions"] if a["asked"]}
    assert asked == {"扫一扫": ["CAMERA", "CAMERA"], "附近": ["LOCATION", "LOCATION"], "好友推荐": ["CONTACTS", "CONTACTS"]}


def test_the_first_minutes_are_closed_and_recorded(town: Walked) -> None:
    kinds = [event.interruption for event in town.timeline.of(InterruptionClosed)]
    assert {"advert", "guide", "teenager", "coupon"} <= set(kinds)
    (policy,) = town.timeline.of(PolicySeen)
    assert "第1条" in policy.text
    assert "第39条" in policy.text


def test_no_danger_is_pressed_and_only_test_data_is_typed(town: Walked) -> None:
    assert "danger" not in town.prefs
    assert not {"立即购买", "清空消息"} & {event.text for event in town.timeline.of(FunctionUsed)}
    typed = {entry.step.text for entry in read_journal(town.folder / JOURNAL) if isinstance(entry.step, FieldFilled)}
    assert typed == {"测试AppRights", "00000000000"}


def test_the_same_seed_makes_the_same_steps_and_a_walk_can_be_done_again(town: Walked, walked: Callable[..., Walked]) -> None:
    def steps(one: Walked) -> list[tuple[str, str]]:
        return [(event.text, event.screen) for event in one.timeline.of(FunctionUsed)]

    half = len(steps(town)) // 2  # a virtual device's time flows with the host's: late in the budget a slow host leaves less to do
    replayed = walked("town", lambda session: Walk(session, strategy=RecordedActionStrategy(recorded_actions(town.folder), session.note)))
    for again in (walked("town"), replayed):
        assert steps(again)[:half] == steps(town)[:half]
        assert {text for text, _screen in steps(again)} == {text for text, _screen in steps(town)}


def test_the_way_to_a_refusal_is_known(town: Walked) -> None:
    denied = [(entry.host, entry.step) for entry in read_journal(town.folder / JOURNAL) if isinstance(entry.step, Denied)]
    host = next(host for host, step in denied if step.group == "CONTACTS")
    assert [step.text for step in route_before(town.folder, host)] == ["我的", "设置", "好友推荐"]


def test_an_app_that_crashes_at_launch_is_given_up(walked: Callable[..., Walked]) -> None:
    found = walked("crashes_at_launch")
    assert "leaves by itself at each start" in found.notes()
    assert found.seconds < 120


@pytest.mark.parametrize(
    ("app", "titles"),
    [
        ("never_settles", {"限时秒杀", "规则说明"}),
        ("drawer_stays", {"我的订单", "读书笔记", "使用帮助", "设置"}),  # a drawer that stays open over what its entry shows
        ("floods", {"首页", "帮助中心"}),  # a flood of dialogs, which ends with a new start
        ("secure_landscape", {"保险箱", "使用说明"}),  # black screenshots, and a turned screen
    ],
)
def test_pages_that_are_found_all_the_same(walked: Callable[..., Walked], app: str, titles: set[str]) -> None:
    assert titles <= walked(app).titles


def test_pages_without_back_are_left(walked: Callable[..., Walked]) -> None:
    found = walked("back_locked")
    assert {"首页", "可以关闭的页面", "无法离开的页面", "普通页面"} <= found.titles
    (marked,) = (screen for screen in found.map["screens"] if screen["title"] == "可以关闭的页面")
    assert next(action["to"] for action in marked["actions"] if action["key"] == "back") == found.map["home"]


def test_a_window_whose_cross_comes_late_is_closed_and_the_page_below_it_used(walked: Callable[..., Walked]) -> None:
    found = walked("late_cross")
    (_, start, end), *_ = found.timeline.segments("walk")
    assert "租金计算器" in [used.text for used in found.timeline.between(start, end, FunctionUsed)]


def test_the_second_dialog_of_a_group_is_seen_at_another_function(walked: Callable[..., Walked]) -> None:
    found = walked("two_over_one")
    asked = {a["text"]: a["asked"] for screen in found.map["screens"] for a in screen["actions"] if a["asked"]}
    assert asked == {"找同学": ["CONTACTS"], "礼品": ["CONTACTS"]}
    used = [event.text for event in found.timeline.of(FunctionUsed) if event.text == "找同学"]
    assert len(used) == 2
    assert "游园会场地" in found.titles


def test_what_acted_once_is_pressed_on_no_other_page(walked: Callable[..., Walked]) -> None:
    found = walked("cheers")
    assert {"东滩", "西滩", "北滩"} <= found.titles
    assert found.prefs["cheers"] == 1
    assert found.prefs["lit"] == [True, False], "what lit up with a count of its own is put out again"
    assert found.map["ending"]["acted"] == {"冲 12": "冲 13", "望 40": "望 41 → 望 40"}


def test_other_apps_are_left_at_once(walked: Callable[..., Walked]) -> None:
    found = walked("opens_others")
    assert {"首页", "本应用的页面"} <= found.titles
    outside = [a["to"] for screen in found.map["screens"] for a in screen["actions"] if a["to"].startswith("outside:")]
    assert len(outside) == 2


def test_a_forced_update_is_not_accepted(walked: Callable[..., Walked]) -> None:
    found = walked("forced_update")
    assert "forced update, never accepted" in found.notes()
    assert any(note.problem for note in found.timeline.of(Note))
    assert "accepted" not in found.prefs


def test_a_frozen_app_is_touched_until_android_says_so(walked: Callable[..., Walked], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("device_farm.virtual.agent.uiautomator2_server.QUIET_SECONDS", 0.02)  # each tree waits for that in real time
    found = walked("freezes")
    assert found.timeline.of(Anr)
    assert {"首页", "帮助中心"} <= found.titles


@pytest.fixture(scope="module")
def errands(walked: Callable[..., Walked]) -> Walked:
    return walked("errands")


def test_a_form_is_filled_again_on_the_way_to_what_is_behind_it(errands: Walked) -> None:
    assert {"方案甲的内容", "方案乙的内容"} <= errands.titles


def test_the_policy_that_a_page_leads_to_is_read_to_its_end_once(errands: Walked) -> None:
    assert len([used for used in errands.timeline.of(FunctionUsed) if used.text == "隐私政策 ›"]) > 1
    (policy,) = errands.timeline.of(PolicySeen)  # and no agreement
    assert ("第1条" in policy.text, "第160条" in policy.text, policy.unread) == (True, True, "")
    later = errands.timeline.between(policy.at, policy.at.later(60), FunctionUsed, KeyPressed, ScreenSeen)
    pages = [page.text for page in takewhile(lambda event: isinstance(event, ScreenSeen), later) if isinstance(page, ScreenSeen)]
    assert "第1条" in pages[-1]  # the walk goes on from its top


def test_a_walk_that_ends_before_its_time_says_that_all_uses_were_through(errands: Walked) -> None:
    ending = errands.map["ending"]
    assert ending["seconds"] < ending["of_seconds"] == 480
    assert (ending["end"], ending["first"], ending["second"], ending["returned"]) == ("done", 0, 0, True)


def test_what_explains_itself_only_once_is_gone_past(errands: Walked) -> None:
    assert {denied.permission_group for denied in errands.timeline.of(PermissionDenied)} == {"CONTACTS", "MICROPHONE"}


def test_a_press_on_a_sheet_is_never_one_of_its_buttons(errands: Walked) -> None:
    assert {"更多选择", "置顶"} <= {used.text for used in errands.timeline.of(FunctionUsed)}
    assert "sent" not in errands.prefs


def test_a_box_that_is_a_picture_is_touched_back_where_it_was_ticked(walked: Callable[..., Walked]) -> None:
    found = walked("ticked_picture")
    (_, start, end), *_ = found.timeline.segments("walk")
    assert "云图首页" in [seen.title for seen in found.timeline.between(start, end, ScreenSeen)]
