"""The map of a walk in the report, bounded and escaped, and how far the walk came."""

import json
from types import SimpleNamespace

import pytest

from harness.errors import FormatError
from harness.events import SearchExtent
from harness.explorer.app_walk import Walk
from harness.explorer.walk_extent import tell_walk
from harness.language import both
from harness.maps.graph import Action, Graph, MappedScreen
from harness.maps.walk_end import WalkEnd
from harness.report.screen_map import MOST_SCREENS, walk_map
from harness.verdicts.extent_words import extent_words, unsearched_words

ACTIVITIES = {"declared": ["com.example/com.example.Main", "com.example/com.example.Other"], "seen": ["com.example/com.example.Main"]}


def write(folder, graph, **more):
    (folder / "raw").mkdir()
    data = graph.to_json() | {"steps": 7, "activities": ACTIVITIES} | more
    (folder / "raw" / "walk.json").write_text(json.dumps(data), "utf-8")


def test_rows_say_where_and_what(tmp_path):
    graph = Graph()
    home = graph.add("a", "首页", skeleton="s", activity="com.example/com.example.Main", parent="")
    graph.add("b", "<script>" + "x" * 90, skeleton="s", activity="", parent="a")
    home.actions["扫一扫"] = Action("扫一扫", "button", "扫一扫", tries=2, to="b", asked=["CAMERA", "CAMERA"])
    home.actions["付款"] = Action("付款", "button", "付款", dangerous=True)
    write(tmp_path, graph)
    found = walk_map(tmp_path)
    assert (found.steps, found.seen, found.declared, found.more) == (7, 1, 2, 0)
    first, second = found.rows
    assert (first.title, first.activity, first.pressed, first.controls, first.left_out) == ("首页", "Main", 1, 2, 1)
    assert [(control, *both(kind)) for control, kind in first.asks] == [("扫一扫", "相机", "camera")]
    assert second.reached_from == "首页"
    assert len(second.title) == 30


def test_a_large_map_is_cut_and_says_so(tmp_path):
    graph = Graph()
    for number in range(MOST_SCREENS + 5):
        graph.add(str(number), "页", skeleton="", activity="", parent="")
    write(tmp_path, graph)
    found = walk_map(tmp_path)
    assert (len(found.rows), found.more) == (MOST_SCREENS, 5)


def test_without_a_walk_there_is_none(tmp_path):
    assert walk_map(tmp_path) is None


ENDING = {"end": "done", "seconds": 412, "of_seconds": 780, "steps": 230, "of_steps": 600, "first": 0, "second": 0, "returned": True}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {},
            (
                "everything that may be pressed was tried. First uses, second uses and returns were through.",
                "首次使用、第二次使用和返回应用均已完成。",
            ),
        ),
        ({"returned": False}, ("the app was not left and come back to.", "没有离开应用再返回。")),
        ({"second": 3}, ("what was left. Left: 0 controls never pressed, 3 pressed once.", "剩余：0 个控件从未点过，3 个只点过一次。")),
        ({"end": "budget", "first": 9}, ("were used up. Left: 9 controls never pressed, 0 pressed once.", "9 个控件从未点过")),
        ({"gone": 4}, ("what was left. Left: 0 controls never pressed, 0 pressed once. 4 more", "另有 4 个控件未点即放弃")),
        (
            {"spared": 2, "acted": {f"送花{n}": "送出\n一束" for n in range(7)}},
            ("The app said what may tell of an act after a press of '送花0' ('送出 一束'), '送花1'", "“送花4”（“送出 一束”） 等 7 个"),
        ),
        ({"end": "crashed"}, ("the app leaves by itself at each start. First uses", "首次使用")),
    ],
)
def test_why_the_walk_ended_follows_from_its_figures(tmp_path, more, said):
    write(tmp_path, Graph(), ending=ENDING | more)
    found = walk_map(tmp_path)
    zh, en = both(found.ending)
    assert en.startswith("The walk ended after 412 of 780 s and 230 of 600 presses: ")
    assert said[0] in en
    assert said[1] in zh


def test_what_acted_after_the_walk_is_named_with_its_scenario_once(tmp_path):
    write(tmp_path, Graph(), ending=ENDING | {"acted": {"送花": "送出一束"}})
    acts = {"permission-denial": {"送花": "送出一束"}, "misleading-download": {"荧光棒": "送出 荧光棒"}}
    (tmp_path / "raw" / "acts.json").write_text(json.dumps(acts), "utf-8")
    zh, _en = both(walk_map(tmp_path).ending)
    assert zh.count("“送花”") == 1
    assert "在“广告与下载”中，点按“荧光棒”（“送出 荧光棒”）后" in zh


def test_a_damaged_map_is_told(tmp_path):
    write(tmp_path, Graph(), ending=ENDING | {"end": "bored"})
    with pytest.raises(FormatError):
        walk_map(tmp_path)
    (tmp_path / "raw" / "walk.json").unlink()
    (tmp_path / "raw").rmdir()
    write(tmp_path, Graph(), steps=None)
    with pytest.raises(FormatError):
        walk_map(tmp_path)
    (tmp_path / "raw" / "walk.json").write_text("{", "utf-8")
    with pytest.raises(FormatError):
        walk_map(tmp_path)


FIELD = Action("phone", "field", text="手机号")


def _page(name: str, title: str, *actions: Action, parent: str = "home") -> MappedScreen:
    return MappedScreen(name, title, parent=parent, actions={action.key: action for action in actions})


def _told(*pages: MappedScreen) -> SimpleNamespace:
    """The line of the journal about a walk that met a first page and these."""
    graph = Graph({page.id: page for page in (_page("home", "小店", Action("a", "button", text="我的", tries=1)), *pages)}, home="home")
    lines: list[SimpleNamespace] = []
    tell_walk(SimpleNamespace(journal=SimpleNamespace(write=lines.append)), "walk", graph, 0)  # type: ignore[arg-type]
    return lines[0]


def _login(to: str) -> MappedScreen:
    return _page("login", "手机号登录", FIELD, Action("go", "button", text="登录", tries=2, to=to))


@pytest.mark.parametrize(("to", "logins"), [("login", ("手机号登录",)), ("home", ("手机号登录",)), ("inside", ())])
def test_a_login_is_passed_where_what_logs_in_leads_to_another_page(to: str, logins: tuple[str, ...]) -> None:
    assert _told(_login(to), _page("inside", "我的花园", parent="login")).logins == logins


@pytest.mark.parametrize(("to", "forms"), [("form", ("实名认证",)), ("found", ())])
def test_a_form_that_led_to_no_other_page_is_named(to: str, forms: tuple[str, ...]) -> None:
    form = _page("form", "实名认证", FIELD, Action("go", "button", text="开始", tries=1, to=to))
    told = _told(form, _page("found", "会员大厅", parent="form"))
    assert (told.forms, told.logins, told.pages, told.controls, told.pressed) == (forms, (), 3, 2, 2)


def test_a_page_without_a_word_is_counted() -> None:
    assert _told(_page("web", "")).wordless == 1


@pytest.mark.parametrize(("title", "end"), [("加载中...", WalkEnd.UNLOADED), ("", WalkEnd.UNLOADED), ("今日要闻", WalkEnd.DONE)])
def test_a_walk_that_met_a_page_that_loads_to_the_end_used_nothing(title: str, end: WalkEnd) -> None:
    graph = Graph({"home": _page("home", title)}, home="home")
    position = SimpleNamespace(saw_inside=lambda: True, moves=SimpleNamespace(steps=0), graph=graph)
    assert Walk._reached(SimpleNamespace(position=position)) is end  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "left", "starts"),
    [
        ([WalkEnd.RESTART, WalkEnd.RESTART, WalkEnd.DONE], 100.0, 2),
        ([WalkEnd.RESTART], 5.0, 0),
        ([WalkEnd.CRASHED], 100.0, 0),
        ([WalkEnd.RESTART, None], 100.0, 1),
    ],
)
def test_a_use_goes_on_from_new_starts_while_there_is_time_and_something_to_press(
    parts: list[WalkEnd | None], left: float, starts: int
) -> None:
    moves, begun, ends = SimpleNamespace(steps=0), [], iter(parts)

    def explore() -> WalkEnd:
        end = next(ends)
        moves.steps += end is not None
        return end or WalkEnd.RESTART

    exploration = SimpleNamespace(run=explore, left=lambda: left, start=lambda: begun.append("start"))
    session = SimpleNamespace(stop=lambda: None, launch=lambda: None)
    walk = SimpleNamespace(exploration=exploration, session=session, position=SimpleNamespace(moves=moves))
    assert Walk._through_starts(walk) is [part or WalkEnd.RESTART for part in parts][-1]  # type: ignore[arg-type]
    assert len(begun) == starts


@pytest.mark.parametrize(("unpressed", "rule", "open_"), [(2, "c7-jump", True), (0, "c7-jump", False), (2, "c5-dialog-loop", False)])
def test_a_search_that_left_pages_unpressed_says_so_of_adverts_alone(unpressed: int, rule: str, open_: bool) -> None:
    extent = SearchExtent(pages=9, depth=3, controls=20, pressed=12, unpressed=unpressed)
    told = unsearched_words(SimpleNamespace(of=lambda _kind: [extent]), rule)  # type: ignore[arg-type]
    assert (told is not None and "2 of 9 pages" in str(told)) is open_


@pytest.mark.parametrize(("pages", "open_"), [(1, True), (9, False)])
def test_a_painted_page_that_came_to_no_end_is_told_and_leaves_all_open_only_where_no_other_was_searched(pages: int, open_: bool) -> None:
    extent = SearchExtent(pages=pages, depth=3, controls=20, pressed=12, unplayed=("空白画纸",))
    told = unsearched_words(SimpleNamespace(of=lambda _kind: [extent]), "c7-jump")  # type: ignore[arg-type]
    assert (told is not None, "'空白画纸'" in str(extent_words(extent))) == (open_, True)


def test_a_task_of_like_steps_is_told_as_not_seen_to_its_end() -> None:
    extent = SearchExtent(pages=9, depth=3, controls=20, pressed=12, unended=("模拟考试",))
    assert "the end of a task whose steps are alike was not reached: '模拟考试'" in str(extent_words(extent))
