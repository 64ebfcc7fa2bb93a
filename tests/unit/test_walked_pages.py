"""The pages of a walk that clause 7 goes to again, by what the walk met there; each beside a twin that is none."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.ad_slots import Step
from harness.adverts.walked_pages import WalkedPage, walked_pages
from harness.maps.graph import FILL, WALK_FILE, Action, Graph

OTHER_APP = "outside:com.example.market"


Covered = tuple[tuple[str, str, str], ...]


def pages(folder: Path, title: str, *actions: Action, key: str = "open", covered: Covered = ()) -> list[WalkedPage]:
    graph = Graph()
    home = graph.add("home", "首页", skeleton="", activity="", parent="")
    home.actions[key] = Action(key, "button", "今日推荐", "rec", to="page")
    page = graph.add("page", title, skeleton="", activity="", parent="home")
    page.actions = {str(number): action for number, action in enumerate(actions)}
    return written(folder, graph, covered)


def written(folder: Path, graph: Graph, covered: Covered) -> list[WalkedPage]:
    (folder / "raw").mkdir()
    (folder / WALK_FILE).write_text(json.dumps(graph.to_json() | {"covered": covered}), "utf-8")
    session: Any = SimpleNamespace(folder=SimpleNamespace(path=folder))
    return walked_pages(session, "home")


def action(text: str, to: str = "", promises: tuple[str, ...] = ()) -> Action:
    return Action(text, "button", text, to=to, promises=promises)


@pytest.mark.parametrize(
    ("rule", "title", "actions"),
    [
        ("c7-forced-download-wall", "第七回", (action("下载APP阅读全文"),)),
        ("", "第七回", (action("下一回"),)),
        ("c7-download-resumes", "榜单", (action("下载"), action("暂停"))),
        ("", "正在播放", (action("暂停"), action("下一首"))),
        ("c7-jump", "周末", (action("一起去露营", OTHER_APP), action("打开", OTHER_APP))),
        ("", "周末", (action("一起去露营", "page"), action("打开", OTHER_APP))),
        ("", "头像", (action("从相册选择", OTHER_APP, ("STORAGE",)), action("打开", OTHER_APP))),
    ],
)
def test_what_the_walk_met_is_a_place(tmp_path: Path, rule: str, title: str, actions: tuple[Action, ...]) -> None:
    found = pages(tmp_path, title, *actions)
    assert [(page.rule, page.way, page.covered) for page in found] == [(rule, (Step("今日推荐", "rec"),), False)]


def test_an_advert_that_was_closed_over_a_page_is_waited_for_there(tmp_path: Path) -> None:
    (found,) = pages(tmp_path, "详情", covered=(("page", "", "广告 立即抢购"),))
    assert (found.rule, found.covered, found.adverts) == ("c7-window-cannot-close", True, {"广告 立即抢购"})


def test_the_tab_is_pressed_that_opened_what_was_closed_where_several_lead_to_pages_of_one_make(tmp_path: Path) -> None:
    tabs = Action("0", "tab", "课堂", to="page"), Action("1", "tab", "消息", to="page")
    (found,) = pages(tmp_path, "", *tabs, covered=(("page", "0", "广告"),))
    assert found.way == (Step("今日推荐", "rec"), Step("课堂"))


def test_the_tab_is_pressed_below_which_a_control_stands_that_leads_on(tmp_path: Path) -> None:
    graph = Graph()
    home = graph.add("home", "花房", skeleton="", activity="", parent="")
    home.actions = {"tab": Action("tab", "tab", "养护", "nav_1", to="home"), "row": Action("row", "row", "除虫", to="page", under="tab")}
    graph.add("page", "除虫", skeleton="", activity="", parent="home")
    (found,) = written(tmp_path, graph, (("page", "", "广告 立即抢购"),))
    assert found.way == (Step("养护", "nav_1"), Step("除虫"))


def test_an_advert_as_large_as_the_page_is_waited_for(tmp_path: Path) -> None:
    (found,) = pages(tmp_path, "广告", action("查看详情"))
    assert (found.rule, found.covered) == ("c7-window-cannot-close", True)


@pytest.mark.parametrize(("tries", "to", "silent"), [(2, "page", True), (1, "home", False), (0, "page", False)])
def test_a_page_on_which_a_press_left_all_as_it_was_is_known(tmp_path: Path, tries: int, to: str, *, silent: bool) -> None:
    (found,) = pages(tmp_path, "家长中心", Action("picture", "button", "点点思维", to=to, tries=tries))
    assert found.silent == silent


def test_a_way_through_a_form_is_not_gone_again(tmp_path: Path) -> None:
    assert not pages(tmp_path, "第七回", action("下载APP阅读全文"), key=FILL)


def test_without_a_walk_there_is_no_page(tmp_path: Path) -> None:
    session: Any = SimpleNamespace(folder=SimpleNamespace(path=tmp_path))
    assert walked_pages(session, "") == []
