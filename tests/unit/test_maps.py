"""The map of an app, and what is chosen from it."""

import json
import re
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.maps.action_selection import DEAD, ActionChoice, Known, choose, left_over, unreached
from harness.maps.graph import BACK, FILL, SCROLL, Action, Graph, MappedScreen


def graph_of(**screens: dict[str, str]) -> Graph:
    """Screens with controls by text, each with the screen it leads to, empty when it was not pressed."""
    graph = Graph()
    for name, controls in screens.items():
        screen = graph.add(name, name, skeleton=name, activity=f"com.example/{name}", parent="")
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


TEXTS = st.text(max_size=8)
BY_TYPE = {
    "str": TEXTS,
    "int": st.integers(0, 9),
    "bool": st.booleans(),
    "list[str]": st.lists(TEXTS, max_size=2),
    "tuple[str, ...]": st.lists(TEXTS, max_size=2).map(tuple),
    "tuple[str, str] | None": st.none() | st.tuples(TEXTS, TEXTS),
    "dict[str, str]": st.dictionaries(TEXTS, TEXTS, max_size=2),
}


def drawn(made: Any, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Objects of a class with every field it has drawn by its type.

    ``parts`` are the fields that hold other such objects.
    """
    plain = {field.name: BY_TYPE[str(field.type)] for field in fields(made) if field.name not in parts}
    return st.builds(made, **plain, **parts)


ACTIONS = st.lists(drawn(Action), max_size=3).map(lambda some: {action.key: action for action in some})
SCREENS = st.lists(drawn(MappedScreen, actions=ACTIONS), max_size=3).map(lambda some: {screen.id: screen for screen in some})


@given(drawn(Graph, screens=SCREENS))
def test_a_map_comes_back_whole_from_json(graph: Graph):
    assert Graph.from_json(json.loads(json.dumps(graph.to_json()))) == graph


def test_a_map_written_before_some_of_its_fields_were_still_opens():
    action = {"key": "a", "kind": "row", "text": "甲", "id": "x", "scrolls": 1, "tries": 2, "to": "one", "promises": ["CAMERA"]}
    action |= {"dangerous": False, "asked": ["CAMERA"]}
    screen = {"screen": "home", "title": "首页", "activity": "com.example/.Main", "parent": "", "picture": "p.png", "visits": 2}
    graph = Graph.from_json({"format": 1, "home": "home", "screens": [screen | {"actions": [action]}]})
    told = Action("a", "row", "甲", "x", ("CAMERA",), scrolls=1, tries=2, to="one", asked=["CAMERA"])
    known = MappedScreen("home", "首页", activity="com.example/.Main", picture="p.png", visits=2, actions={"a": told})
    assert graph == Graph({"home": known}, home="home")


SCREEN = {"screen": "home", "title": "首页", "activity": "", "parent": "", "picture": "", "visits": 1, "actions": []}
NO_MAPS = (
    ({}, "format"),
    ({"format": 2, "home": "", "screens": []}, "format 2 is not known"),
    ({"format": 1, "home": "", "screens": [{}]}, "screen"),
    ({"format": 1, "home": "", "screens": [3]}, "int"),
    ({"format": 1, "home": "", "screens": [SCREEN | {"title": 7}]}, "7 is no text"),
    ({"format": 1, "home": "", "screens": [SCREEN | {"visits": -1}]}, "-1 is no count"),
    ({"format": 1, "home": "", "screens": [SCREEN | {"scrolls_left": "no"}]}, "'no' is neither true nor false"),
    ({"format": 1, "home": "", "screens": [SCREEN | {"actions": [{"key": "a"}]}]}, "kind"),
    ({"format": 1, "home": "", "aliases": ["a"], "screens": []}, "list"),
)


@pytest.mark.parametrize(("data", "said"), NO_MAPS)
def test_what_is_no_map_is_refused_by_what_is_wrong_with_it(data, said):
    with pytest.raises(FormatError, match=re.escape(said)) as refusal:
        Graph.from_json(data)
    assert "\n" not in str(refusal.value)


def test_what_promises_a_permission_comes_first():
    graph = graph_of(home={"看看": "", "扫一扫": "", "设置": ""})
    graph.screens["home"].actions["扫一扫"].promises = ("CAMERA",)
    first = choose(graph, "home", Known())
    assert first.key == "扫一扫"
    graph.screens["home"].actions["扫一扫"].tries = 1
    then = choose(graph, "home", Known())
    assert then.key == "设置"


def test_a_row_that_tells_what_a_permission_is_for_comes_before_settings_where_it_is_allowed_and_was_not_asked_for():
    graph = graph_of(home={"设置": "", "寄给朋友 通讯录权限用于选择收件的朋友 ›": ""})
    allowed, asked, refused = Known(first=frozenset()), Known(frozenset({"CONTACTS"}), first=frozenset()), Known()
    found = [choose(graph, "home", known) for known in (allowed, asked, refused)]
    assert [one.key[:2] for one in found if one is not None] == ["寄给", "设置", "设置"]


def test_the_way_of_an_earlier_walk_to_an_ask_is_gone_first():
    earlier = graph_of(home={"我的": "home", "寄件": "send", "逛逛": ""}, send={"选朋友": "send", "帮助": ""})
    earlier.screens["send"].actions["选朋友"].asked = ["CONTACTS"]
    earlier.screens["home"].actions["寄件"].under = "我的"
    first = earlier.ways_to_asks()
    assert first == {"我的", "寄件", "选朋友"}
    assert earlier.ways_to_asks({"帮助"}) == {*first, "帮助"}
    for caption in "甲乙丙":
        earlier.screens["send"].actions[caption] = Action(caption, "button", caption, asked=["CONTACTS"])
    assert {*"甲乙丙"} - earlier.ways_to_asks() == {"丙"}
    found = choose(graph_of(home={"设置": "", "寄件": ""}), "home", Known(first=first))
    assert found.key == "寄件"
    form = graph_of(send={"选朋友": ""}, home={"设置": ""})
    form.screens["send"].actions["field"] = Action("field", "field")
    filled = choose(form, "send", Known(first=first))
    assert filled.key == FILL  # else what it sends would wait for everything else


def test_a_promise_far_away_beats_a_button_here():
    graph = graph_of(home={"看看": "", "更多": "more"}, more={"附近": ""})
    graph.screens["more"].actions["附近"].promises = ("LOCATION",)
    found = choose(graph, "home", Known())
    assert (found.screen, found.key, found.path) == ("more", "附近", ("更多",))


def test_fields_are_filled_before_what_sends_them():
    graph = graph_of(login={"登录": ""})
    graph.screens["login"].actions["phone"] = Action("phone", "field", "手机号")
    found = choose(graph, "login", Known())
    assert found.key == FILL


def test_dangers_fields_and_what_was_given_up_are_never_chosen():
    graph = graph_of(home={"付款": "", "帮助": ""})
    graph.screens["home"].actions["付款"].dangerous = True
    assert choose(graph, "home", Known(given_up=frozenset({("home", "帮助")}))) is None


def test_what_leans_to_an_act_is_tried_after_all_else_near_it_also_as_a_row():
    def chosen(kind: str) -> str:
        graph = graph_of(home={"下战书": "", "帮助": "one"}, one={"目录": ""})
        graph.screens["home"].actions["下战书"].kind = kind
        found = choose(graph, "home", Known())
        assert found is not None
        return found.key

    assert [chosen("button"), chosen("row")] == ["目录", "目录"]


def test_a_feed_of_equal_pages_is_left_after_a_few_rows_and_a_menu_is_not():
    def pressed(to: list[str]) -> int:
        graph = graph_of(home={}, **{name: {} for name in to})
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
    assert pressed([f"page{number}" for number in range(20)]) == 20


def rows_of(graph: Graph, screen: str, texts: list[str], to: list[str], shape: str = "row") -> None:
    """Put rows of a list on a screen; as many of them as ``to`` has were pressed."""
    for number, text in enumerate(texts):
        there = to[number] if number < len(to) else ""
        graph.screens[screen].actions[text] = Action(text, "row", text, rows=shape, tries=int(bool(there)), to=there)


def left(graph: Graph, screen: str) -> list[str]:
    """The rows that are still chosen on a screen, in order, when each leads to ``detail``."""
    found = []
    while (choice := choose(graph, screen, Known())) is not None and choice.screen == screen:
        action = graph.screens[screen].actions[choice.key]
        action.tries, action.to = 1, "detail"
        found.append(choice.key)
    return found


def test_goods_that_led_to_one_kind_of_page_elsewhere_are_pressed_once():
    graph = graph_of(home={}, cart={}, detail={})
    rows_of(graph, "home", [f"家用抽纸二十四包装{n}" for n in range(6)], ["detail"] * 4)
    rows_of(graph, "cart", [f"商务双肩包黑色{n}" for n in range(6)], [])
    assert len(left(graph, "cart")) == 1


def test_menus_made_alike_are_pressed_through_on_each_page():
    graph = graph_of(home={}, settings={}, detail={}, other={})
    rows_of(graph, "home", [f"我的第{n}项比较长的功能" for n in range(6)], ["detail", "other", "detail"])
    rows_of(graph, "settings", [f"设置第{n}项功能的说明" for n in range(6)], [])
    assert len(left(graph, "settings")) == 4  # as a feed of its own, not as one known elsewhere


def test_short_rows_that_all_led_to_the_very_same_page_are_left():
    graph = graph_of(home={}, detail={})
    rows_of(graph, "home", ["超市", "生鲜", "数码", "家电", "服饰", "美妆", "母婴", "图书"], ["detail"] * 4)
    assert left(graph, "home") == []
    rows_of(graph, "home", ["超市", "生鲜", "数码", "家电", "服饰", "美妆", "母婴", "图书"], ["home"] * 4)  # they asked, or said something
    assert len(left(graph, "home")) == 4


def test_paragraphs_without_a_word_are_no_menu():
    graph = graph_of(help={})
    rows_of(graph, "help", ["", "2、", "\n", "A", "①", " ", "*", "2.1", "B"], ["help"] * 3)
    assert left(graph, "help") == []


def test_a_feed_is_scrolled_last_and_what_is_far_below_costs():
    graph = graph_of(home={"帮助": ""}, detail={})
    home = graph.screens["home"]
    home.scrolls_left, home.scrolled = True, 1
    rows_of(graph, "home", [f"这是一条比较长的新闻标题{n}" for n in range(6)], ["detail"] * 4)
    below = home.actions["关于"] = Action("关于", "button", "关于", scrolls=5)
    assert [choice.key for choice in iter(lambda: pressed_next(graph), None)][:3] == ["帮助", "关于", SCROLL]
    assert below.tries == 1


def pressed_next(graph: Graph) -> ActionChoice | None:
    """What is chosen next on ``home``, done at once."""
    choice = choose(graph, "home", Known())
    if choice is not None and choice.key == SCROLL:
        graph.screens["home"].scrolls_left = False
    elif choice is not None:
        graph.screens["home"].actions[choice.key].tries = 1
    return choice


def pressed_rows(texts: list[str], to: list[str], promises: tuple[str, ...] = ()) -> int:
    """How many rows of a list are pressed that lead to these screens in turn."""
    graph = graph_of(home={}, detail={}, other={}, third={})
    for name in ("other", "third"):  # pages of one make
        graph.screens[name].activity, graph.screens[name].skeleton = graph.screens["detail"].activity, "detail"
    for text in texts:
        graph.screens["home"].actions[text] = Action(text, "row", text, rows="list", promises=promises)
    count = 0
    while (found := choose(graph, "home", Known(asked=frozenset(promises)))) is not None:
        graph.screens["home"].actions[found.key].tries = 1
        graph.screens["home"].actions[found.key].to = to[count % len(to)]
        count += 1
    return count


def test_many_rows_that_promise_the_same_and_ask_for_nothing_are_a_feed():
    cities = [f"中国江南某省{n}州市" for n in "广苏杭郑福兰徐常温台贵惠"]
    assert pressed_rows(cities, ["detail"], ("LOCATION",)) == 4


def test_a_like_control_is_pressed_again_where_it_may_lead_elsewhere():
    graph = graph_of(home={"说明": "help", "信息": "one"}, help={}, one={}, second={"信息": ""}, third={"信息": ""})
    assert choose(graph, "second", Known()) is not None
    graph.screens["second"].actions["信息"] = Action("信息", "button", "信息", tries=1, to="other")
    found = choose(graph, "third", Known())  # one page here, another there: it is each page's own
    assert found.worth > 25
    graph.screens["second"].actions["信息"].to = "one"
    found = choose(graph, "third", Known())
    assert found.worth < 5


def test_what_does_without_the_permission_comes_after_what_asks():
    for seed in range(8):
        graph = graph_of(home={"手动选择城市": "", "自动定位": ""})
        for action in graph.screens["home"].actions.values():
            action.promises = ("LOCATION",)
        found = choose(graph, "home", Known(), seed)
        assert found.key == "自动定位"


def test_the_seed_breaks_ties_and_nothing_else_does():
    names = [f"功能{n}" for n in "甲乙丙丁戊己庚辛"]
    chosen = {seed: choose(graph_of(home=dict.fromkeys(names, "")), "home", Known(), seed) for seed in range(12)}
    assert chosen == {seed: choose(graph_of(home=dict.fromkeys(names, "")), "home", Known(), seed) for seed in range(12)}
    assert len({found.key for found in chosen.values() if found is not None}) > 2


def test_what_only_a_start_leads_to_is_told():
    graph = graph_of(home={"帮助": ""}, lost={})
    assert unreached(graph, "lost", Known())
    assert not unreached(graph, "home", Known())


def test_a_page_is_first_left_by_its_own_cross_where_it_has_one():
    graph = graph_of(home={"看看": "notice", "逛逛": ""}, notice={})
    graph.screens["notice"].parent = "home"
    graph.screens["notice"].actions["x"] = Action("x", "close", "×")
    first = choose(graph, "notice", Known())
    assert (first.screen, first.key, first.path) == ("notice", "x", ())
    graph.screens["notice"].actions["x"].tries = 1
    second = choose(graph, "notice", Known())
    assert (second.key, second.path) == ("逛逛", (BACK,))


@pytest.mark.parametrize("cross", [{"dangerous": True}, {}])
def test_a_cross_that_must_not_or_cannot_be_pressed_is_passed_over(cross):
    graph = graph_of(home={"看看": "notice", "逛逛": ""}, notice={})
    graph.screens["notice"].parent = "home"
    graph.screens["notice"].actions["x"] = Action("x", "close", "×", **cross)
    found = choose(graph, "notice", Known(given_up=frozenset() if cross else frozenset({("notice", "x")})))
    assert found.key == "逛逛"


@pytest.mark.parametrize(("guest", "account"), [("游客登录", "手机号登录"), ("随便看看", "一起注册"), ("Continue as guest", "Sign in")])
def test_who_may_come_in_as_a_guest_looks_at_the_ways_to_log_in_first(guest, account):
    graph = graph_of(login={guest: "", account: "", "其他": ""})
    first = choose(graph, "login", Known())
    assert first.key == account
    for text in (account, "其他"):
        graph.screens["login"].actions[text].tries = 1
    last = choose(graph, "login", Known())
    assert last.key == guest


def test_lines_that_did_nothing_wherever_they_were_pressed_come_last():
    graph = graph_of(home={"帮助": "article"}, article={}, second={})
    lines = [f"这是文章里比较长的第{n}行文字" for n in range(6)]
    rows_of(graph, "article", lines, ["article"] * 3, "line")
    rows_of(graph, "second", lines, [], "line")
    assert choose(graph, "second", Known()) is None
    last = choose(graph, "second", Known(thorough=True))
    assert last.worth < DEAD + 1


def test_one_page_of_a_kind_is_gone_through_and_the_others_are_looked_at():
    graph = graph_of(home={"看看": "one", "逛逛": "two", "帮助": ""}, one={"甲": "home", "乙": ""}, two={"丙": ""})
    one, two = graph.screens["one"], graph.screens["two"]
    two.activity, two.skeleton, two.parent = one.activity, one.skeleton, "home"
    first = choose(graph, "two", Known())
    assert (first.screen, first.key) == ("home", "帮助")
    two.skeleton = "another"
    first = choose(graph, "two", Known())
    assert first.key == "丙"


def test_pages_of_dead_controls_are_left_for_others():
    graph = graph_of(home={"更多": "more", "逛逛": ""}, more={f"数据{n}": "more" for n in "甲乙丙丁戊己"} | {"数据庚": ""})
    graph.screens["more"].parent = "home"
    found = choose(graph, "more", Known())
    assert found.key == "逛逛"


def test_a_page_with_ever_new_rows_is_come_back_to():
    graph = graph_of(home={"登录": "login"}, login={"协议": "login"})
    home, login = graph.screens["home"], graph.screens["login"]
    login.parent = "home"
    known = Known(thorough=True, uses=1)
    assert choose(graph, "login", known) is None
    home.renewed = 1
    back, away = choose(graph, "login", known), choose(graph, "home", known)
    assert ((back.screen, back.key), (away.screen, away.key)) == (("login", BACK), ("home", "登录"))
    home.stale = 1
    assert choose(graph, "home", known) is None
    assert choose(graph, "login", known) is None


def test_a_way_that_was_lost_is_none():
    graph = graph_of(home={"新闻": "detail", "更多": "more"}, more={"新闻": "detail"}, detail={})
    graph.screens["home"].actions["新闻"].lost = True
    assert graph.paths("home")["detail"] == ["更多", "新闻"]


def test_a_feed_whose_rows_lead_on_comes_before_the_rest_of_a_barren_page():
    buttons = {f"数据{n}": "home" for n in "甲乙丙"} | {"数据丁": ""}
    graph = graph_of(home=buttons, **{f"page{n}": {} for n in range(4)})
    rows_of(graph, "home", [f"这是一条比较长的新闻标题{n}" for n in range(9)], [f"page{n}" for n in range(4)])
    found = choose(graph, "home", Known())
    assert found.key.startswith("这是")


def test_what_its_likes_were_used_for_needs_no_second_use():
    graph = graph_of(home={}, **{f"page{n}": {"搜索": "home"} for n in range(3)})
    titles = [f"这是一条比较长的新闻标题{n}" for n in range(3)]
    rows_of(graph, "home", titles, ["page0"] * 3)
    for number in range(3):
        graph.screens[f"page{number}"].parent = "home"
    again = Known(thorough=True, uses=2)
    assert choose(graph, "home", again) is None
    graph.screens["home"].actions[titles[0]].asked = ["CAMERA"]
    found = choose(graph, "home", again)
    assert found.key == titles[0]


def test_rows_of_a_menu_to_one_make_of_page_need_no_second_use_and_one_to_another_does():
    graph = graph_of(home={}, **{f"page{n}": {} for n in range(4)}, about={})
    for number in range(4):
        graph.screens[f"page{number}"].skeleton = graph.screens[f"page{number}"].activity = "page"
        graph.screens[f"page{number}"].parent = "home"
    graph.screens["about"].parent = "home"
    rows_of(graph, "home", ["甲地", "乙地", "丙地", "丁地", "关于"], [*(f"page{n}" for n in range(4)), "about"])
    found = choose(graph, "home", Known(thorough=True, uses=2))
    assert found.key == "关于"


def test_a_row_of_contents_that_are_gone_is_got_at_by_what_opened_them():
    graph = graph_of(home={f"第 {n} 辑": "volume" for n in "123"}, volume={})
    volume = graph.screens["volume"]
    volume.renewed = 1
    for action in graph.screens["home"].actions.values():
        action.rows = "volumes"
    rows_of(graph, "volume", "甲乙丙丁戊己", [])
    for number, key in enumerate("甲乙丙丁戊己"):
        volume.actions[key].opener = ("home", f"第 {number // 3 + 1} 辑")
    graph.opened("home", "volume", "第 2 辑")
    for known in (Known(), Known(thorough=True)):
        first = choose(graph, "volume", known)
        assert first.key in "丁戊己"
        assert first.path == ()
    for key in "丁戊己":
        volume.actions[key].tries = 1
    then = choose(graph, "volume", Known(thorough=True))
    assert (then.screen, then.key, then.path) == ("home", "第 1 辑", (BACK,))
    graph.screens["home"].actions["第 1 辑"].to = "home"  # what is not in sight is looked for on no page that shows others
    assert getattr(choose(graph, "volume", Known(thorough=True)), "key", "") not in {*"甲乙丙"}


def test_what_lies_below_the_tab_in_front_comes_first():
    graph = graph_of(home={"音量": "", "亮度": ""})
    home = graph.screens["home"]
    for key in ("音量", "亮度"):
        home.actions[key].under = f"tab|{key}"
    for key in ("音量", "亮度"):
        home.tab = f"tab|{key}"
        assert getattr(choose(graph, "home", Known()), "key", None) == key


def test_many_ids_that_say_login_tell_of_their_page_and_not_of_its_frames():
    graph = graph_of(login={"帮助": ""}, home={"更多": ""})
    for name, ids in (("login", ["fl_login_root", "fl_login_area", "iv_login_line", "fl_login_protocol"]), ("home", ["iv_login"])):
        for id in ids:
            graph.screens[name].actions[id] = Action(id, "button", "", id)
    found = choose(graph, "login", Known())
    assert found.worth < 35
    found = choose(graph, "home", Known())
    assert (found.key, found.worth > 55) == ("iv_login", True)


def test_a_row_that_may_not_come_again_is_pressed_while_it_is_there():
    graph = graph_of(home={"更多": "more"}, more={"说明": ""})
    rows_of(graph, "home", [f"这是一条比较长的新闻标题{n}" for n in range(4)], ["home"] * 2)
    first = choose(graph, "home", Known())
    graph.screens["home"].renewed = 1
    then = choose(graph, "home", Known())
    assert (first.screen, then.screen) == ("more", "home")


def test_rows_that_are_a_choice_for_the_page_they_lead_back_to_are_no_menu():
    graph = graph_of(login={"国家": "countries"}, half={"国家": "countries"}, countries={})
    graph.screens["countries"].parent = "login"
    rows_of(graph, "countries", [f"国家和地区名称{n}" for n in range(9)], ["login", "half", "login"])
    assert left(graph, "countries") == []
    graph.screens["login"].actions.clear()
    graph.screens["half"].actions.clear()
    assert len(left(graph, "countries")) > 3


def test_a_cross_that_did_nothing_on_several_pages_is_no_way_out():
    pages = {f"page{n}": {"×": f"page{n}"} for n in range(3)}
    graph = graph_of(home={"看看": "notice", "逛逛": ""}, notice={"×": ""}, **pages)
    graph.screens["notice"].parent = "home"
    for name in ("notice", *pages):
        graph.screens[name].actions["×"].kind = "close"
    found = choose(graph, "notice", Known())
    assert found.path == (BACK,)


def test_what_is_left_is_counted_over_the_whole_map():
    graph = graph_of(home={"看看": "one", "帮助": "", "付款": ""}, one={"甲": "home"}, lost={"乙": "", "丙": ""})
    graph.screens["home"].actions["付款"].dangerous = True
    known = Known(given_up=frozenset({("lost", "丙")}), thorough=True, uses=2)
    assert left_over(graph, known) == (2, 2, 1)
    assert left_over(graph, Known(thorough=True, uses=1)) == (3, 0, 0)
