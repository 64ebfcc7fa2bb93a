"""How far a walk came: the logins that it did not pass, the forms that led nowhere, and that it used nothing."""

from types import SimpleNamespace

import pytest

from harness.events import SearchExtent
from harness.explorer.app_walk import Walk
from harness.explorer.walk_extent import tell_walk
from harness.maps.graph import Action, Graph, MappedScreen
from harness.maps.walk_end import WalkEnd
from harness.verdicts.extent_words import extent_words, unsearched_words

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


def test_a_painted_page_that_came_to_no_end_leaves_open_what_comes_at_it() -> None:
    extent = SearchExtent(pages=9, depth=3, controls=20, pressed=12, unplayed=("空白画纸",))
    told = unsearched_words(SimpleNamespace(of=lambda _kind: [extent]), "c7-jump")  # type: ignore[arg-type]
    assert "'空白画纸'" in str(told)


def test_a_task_of_like_steps_is_told_as_not_seen_to_its_end() -> None:
    extent = SearchExtent(pages=9, depth=3, controls=20, pressed=12, unended=("模拟考试",))
    assert "the end of a task whose steps are alike was not reached: '模拟考试'" in str(extent_words(extent))
