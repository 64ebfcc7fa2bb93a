"""The six ends of a denial, each on its hand-written timelines."""

import pytest

from harness.detectors.denial_responses import End, denial_responses
from tests.cases.script import APP, timeline

START = """
1 segment first-launch
2.2 start 4000
2.5 screen home 首页 今日推荐
3 dialog LOCATION
4 deny LOCATION
"""
CASES = {
    "stays where it is": ("4.5 screen home 首页 今日推荐", End.SAME_PAGE),
    "the words of the page change": ("4.5 screen home 首页 明日推荐", End.SAME_PAGE),
    "goes on with less": ("4.5 screen home 首页 今日推荐 未获得位置,已为您显示北京", End.DEGRADED),
    "goes on to another page": ("4.5 screen cities 北京 上海", End.DEGRADED),
    "a prompt that says no": ("4.5 modal settings_guide LOCATION 未开启定位权限,无法使用", End.WALL),
    "a page that says no": ("4.5 screen wall 请先授权位置权限", End.WALL),
    "asks again at once": ("4.5 request 2\n4.7 dialog LOCATION", End.ASKED_AGAIN),
    "asks again and nobody sees it": ("4.5 request 0.1 LOCATION", End.ASKED_AGAIN),
    "asks with a prompt of its own": ("4.5 modal rationale LOCATION 需要位置权限才能使用", End.ASKED_AGAIN),
    "sends the user to the settings": ("5 open-settings", End.ASKED_AGAIN),
    "asks for another group": ("4.4 screen home 首页 今日推荐\n4.5 request 2\n4.7 dialog CAMERA", End.SAME_PAGE),
    "closes its page": ("4.5 finish\n4.7 home", End.LEFT),
    "goes to the back": ("4.5 to-back\n4.7 home", End.LEFT),
    "ends its process": ("4.5 system-exit 4000\n4.6 died 4000\n4.8 home", End.GONE),
    "crashes": ("4.5 crash 4000\n4.6 died 4000\n4.8 home", End.GONE),
    "leaves long after": ("4.5 screen home 首页 今日推荐\n30 finish\n30.2 home", End.SAME_PAGE),
    "changes its page because we pressed something": ("4.5 screen home 首页\n6 function 我的\n6.5 screen mine 我的", End.SAME_PAGE),
}


@pytest.mark.parametrize("name", CASES)
def test_end_of_a_denial(name: str) -> None:
    script, expected = CASES[name]
    found = denial_responses(timeline(f"{START}{script}\n70 key none"), APP)
    assert found[0].end is expected
    assert found[0].facts[0] is found[0].denial.fact


def test_each_denial_has_its_own_end() -> None:
    script = "4.5 request 2\n4.7 dialog LOCATION\n6 deny LOCATION\n6.4 finish\n6.6 home\n70 key none"
    assert [reaction.end for reaction in denial_responses(timeline(START + script), APP)] == [End.ASKED_AGAIN, End.LEFT]


def test_nothing_read_after_a_denial_is_no_end() -> None:
    assert denial_responses(timeline(f"{START}70 key none"), APP) == []


def test_a_denial_on_the_way_of_a_control_run_is_none() -> None:
    script = "4.5 screen home 首页\n100 control none LOCATION\n103 deny LOCATION\n103.5 finish\n103.7 home\n140 key none"
    assert [reaction.end for reaction in denial_responses(timeline(START + script), APP)] == [End.SAME_PAGE]
