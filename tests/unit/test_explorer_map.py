"""The map of an app, and what is chosen from it."""

from __future__ import annotations

import json

import pytest

from harness.errors import FormatError
from harness.explorer.choose import FILL, Known, choose, unreached
from harness.explorer.graph import BACK, Action, Graph


def graph_of(**screens: dict[str, str]) -> Graph:
    """Screens with controls by text, each with the screen it leads to, empty when it was not pressed."""
    graph = Graph()
    for name, controls in screens.items():
        screen = graph.visit(name, name, skeleton=name, activity=f"com.example/{name}", parent="")
        for text, to in controls.items():
            screen.actions[text] = Action(text, "button", text, tries=int(bool(to)), to=to)
    return graph


def test_paths_are_the_shortest_and_back_is_taken_to_lead_to_the_parent():
    graph = graph_of(home={"a": "one", "b": "two"}, one={"c": "two"}, two={}, far={})
    graph.screens["two"].parent = "one"
    assert graph.paths("home") == {"home": [], "one": ["a"], "two": ["b"]}
    assert graph.paths("two") == {"two": [], "one": [BACK]}
    graph.screens["two"].actions[BACK] = Action(BACK, "key", tries=1, to="home")
    assert graph.paths("two")["home"] == [BACK]


def test_ways_by_a_form_or_past_an_ask_come_after_back():
    graph = graph_of(home={"a": "one"}, one={"send": "home", "scan": "home"})
    one = graph.screens["one"]
    one.parent = "home"
    one.actions["send"].filled = True
    one.actions["scan"].asked = ["CAMERA"]
    assert [key for key, _ in graph.moves(one)] == [BACK, "send", "scan"]


def test_back_leads_to_the_page_from_which_it_was_opened_last():
    graph = graph_of(home={"a": "list"}, list={"b": "detail"}, search={"c": "detail"}, detail={})
    graph.screens["list"].parent = graph.screens["search"].parent = "home"
    for opener in ("list", "search"):
        graph.opened(opener, "detail")
        assert graph.paths("detail")[opener] == [BACK]
    detail = graph.screens["detail"]
    detail.actions[BACK] = Action(BACK, "key", tries=1, to="search")
    graph.opened("list", "detail")
    assert detail.actions[BACK].to == "list"
    detail.actions[BACK].to = "left"
    graph.opened("search", "detail")
    assert detail.actions[BACK].to == "left"


def test_what_only_closes_a_page_opens_none():
    graph = graph_of(home={"a": "sheet"}, sheet={"取消": "home"})
    graph.opened("home", "sheet")
    graph.opened("sheet", "home")
    assert (graph.screens["sheet"].parent, graph.screens["home"].parent) == ("home", "")


def test_a_map_comes_back_from_json():
    graph = graph_of(home={"a": "one"}, one={})
    graph.screens["home"].actions["a"].asked.append("CAMERA")
    again = Graph.from_json(json.loads(json.dumps(graph.to_json())))
    assert again.to_json() == graph.to_json()


NO_MAPS = (
    {},
    {"format": 2, "home": "", "screens": []},
    {"format": 1, "home": "", "screens": [{}]},
    {"format": 1, "home": "", "screens": [3]},
)


@pytest.mark.parametrize("data", NO_MAPS)
def test_what_is_no_map_is_said(data):
    with pytest.raises(FormatError):
        Graph.from_json(data)


def test_what_promises_a_permission_comes_first():
    graph = graph_of(home={"看看": "", "扫一扫": "", "设置": ""})
    graph.screens["home"].actions["扫一扫"].promises = ("CAMERA",)
    first = choose(graph, "home", Known())
    assert first is not None
    assert first.key == "扫一扫"
    graph.screens["home"].actions["扫一扫"].tries = 1
    then = choose(graph, "home", Known())
    assert then is not None
    assert then.key == "设置"


def test_a_promise_far_away_beats_a_button_here():
    graph = graph_of(home={"看看": "", "更多": "more"}, more={"附近": ""})
    graph.screens["more"].actions["附近"].promises = ("LOCATION",)
    found = choose(graph, "home", Known())
    assert found is not None
    assert (found.screen, found.key, found.path) == ("more", "附近", ("更多",))


def test_fields_are_filled_before_what_sends_them():
    graph = graph_of(login={"登录": ""})
    graph.screens["login"].actions["phone"] = Action("phone", "field", "手机号")
    found = choose(graph, "login", Known())
    assert found is not None
    assert found.key == FILL


def test_dangers_fields_and_what_was_given_up_are_never_chosen():
    graph = graph_of(home={"付款": "", "帮助": ""})
    graph.screens["home"].actions["付款"].dangerous = True
    assert choose(graph, "home", Known(given_up=frozenset({("home", "帮助")}))) is None


def test_a_feed_of_equal_pages_is_left_after_a_few_rows_and_a_menu_is_not():
    def pressed(to: list[str]) -> int:
        graph = graph_of(home={}, detail={}, other={}, third={})
        for number in range(20):
            name = f"这是一条比较长的新闻标题{number}"
            graph.screens["home"].actions[name] = Action(name, "row", name, rows="list")
        count = 0
        while (found := choose(graph, "home", Known())) is not None:
            graph.screens["home"].actions[found.key].tries = 1
            graph.screens["home"].actions[found.key].to = to[count % len(to)]
            count += 1
        return count

    assert pressed(["detail"]) == 4
    assert pressed(["detail", "other", "third"]) == 12


def test_the_seed_breaks_ties_and_nothing_else_does():
    names = [f"功能{n}" for n in "甲乙丙丁戊己庚辛"]
    chosen = {seed: choose(graph_of(home=dict.fromkeys(names, "")), "home", Known(), seed) for seed in range(12)}
    assert chosen == {seed: choose(graph_of(home=dict.fromkeys(names, "")), "home", Known(), seed) for seed in range(12)}
    assert len({found.key for found in chosen.values() if found is not None}) > 2


def test_what_only_a_start_leads_to_is_told():
    graph = graph_of(home={"帮助": ""}, lost={})
    assert unreached(graph, "lost", Known())
    assert not unreached(graph, "home", Known())
