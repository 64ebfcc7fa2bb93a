"""Which controls go on with a task whose steps stand under one identity, and what only looks like a step."""

import pytest

from harness.adverts.page_tasks import counts_on, following
from harness.pages.controls import controls
from harness.parsers.hierarchy import Node
from tests.unit.test_pages_identity import APP, page, view


def shown(*captions: str) -> tuple[Node, ...]:
    return page(*[view("Button", text=words, clickable=True, box=(0, 500 + n * 150, 1080, 120)) for n, words in enumerate(captions)])


@pytest.mark.parametrize(
    ("before", "pressed", "now", "told", "onward"),
    [
        pytest.param("朝南 朝东", "朝南", "绿萝 月季", True, "绿萝 月季", id="the next question"),
        pytest.param("十七 三十", "十七", "四十 五十", False, "四十 五十", id="of which only the answers are words"),
        pytest.param("下一步", "下一步", "下一步", True, "下一步", id="the next step by the same button"),
        pytest.param("下一步", "下一步", "女士 先生 下一步", True, "女士 先生 下一步", id="a step with a choice"),
        pytest.param("朝南 朝东", "朝南", "朝南 朝东 下一题", True, "下一题", id="an answer, and what is next below it"),
        pytest.param("放入第1块", "放入第1块", "放入第2块", True, "放入第2块", id="the next step on the button itself"),
        pytest.param("播放", "播放", "暂停", False, "", id="a switch"),
        pytest.param("下一节", "下一节", "跳完了", False, "跳完了", id="the end of a row of parts"),
        pytest.param("记录 设置", "记录", "记录 设置", True, "", id="words that change by themselves"),
    ],
)
def test_what_goes_on_where_a_press_was_a_step(before: str, pressed: str, now: str, told: bool, onward: str) -> None:
    known, after = (controls(shown(*captions.split()), APP) for captions in (before, now))
    (control,) = (one for one in known if one.text == pressed)
    assert [one.text for one in following(control, known, after, told=told)] == onward.split()


@pytest.mark.parametrize(
    ("before", "now", "on"),
    [
        ("2/5", "3/5", True),
        ("第 1 题 共 3 题", "第 2 题 共 3 题", True),
        ("3/5", "2/5", False),
        ("共 3 题", "共 3 题", False),
        ("2/5", "第 3 题", False),
        ("放入第 1 块", "放入第 2 块", True),
    ],
)
def test_the_number_of_a_step_goes_up_by_one(before: str, now: str, on: bool) -> None:
    assert counts_on([before], [now]) is on
