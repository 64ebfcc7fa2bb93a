"""The map of a walk in the report: bounded, escaped, and absent where nobody walked."""

import json

import pytest

from harness.errors import FormatError
from harness.language import both
from harness.maps.graph import Action, Graph
from harness.report.screen_map import MOST_SCREENS, walk_map

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
            (
                "The app said what may tell of an act after a press of '送花0' ('送出 一束'), '送花1'",
                "“送花4”（“送出 一束”） 等 7 个",
            ),
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
