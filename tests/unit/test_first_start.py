"""The pages of a first start: what asks first, then some choices, then on; never on a page that is none."""

import pytest

from harness.explorer.first_start import FirstStart, is_first
from harness.maps.action_selection import Known
from harness.maps.graph import Action, Graph, MappedScreen


def screen(title: str, *texts: str, kind: str = "button", promises: dict[str, tuple[str, ...]] | None = None) -> MappedScreen:
    made = MappedScreen("page", title)
    for text in texts:
        made.actions[text] = Action(text, kind, text=text, promises=(promises or {}).get(text, ()))
    return made


def steps(page: MappedScreen, most: int = 12) -> list[str]:
    chooser, done = FirstStart(), []
    for _turn in range(most):
        choice = chooser.next(Graph(), page, Known())
        if choice is None:
            break
        page.actions[choice.key].tries += 1
        done.append(choice.key)
    return done


def test_some_choices_then_on():
    page = screen("选择感兴趣的内容", "旅行", "美食", "读书", "健身", "选好了")
    assert steps(page)[:4] == ["旅行", "美食", "读书", "选好了"]


def test_what_asks_comes_first():
    page = screen("选择城市", "杭州", "使用当前定位", "下一步", promises={"使用当前定位": ("LOCATION",)})
    assert steps(page)[0] == "使用当前定位"


def test_on_the_way_past_a_page_what_asks_is_used_only_where_nothing_else_leads_on():
    page = screen("选择城市", "使用当前定位", "杭州", promises={"使用当前定位": ("LOCATION",)})
    chosen = [chooser.next(Graph(), page, Known()) for chooser in (FirstStart(past=True), FirstStart())]
    assert [choice.key for choice in chosen] == ["杭州", "使用当前定位"]


def test_what_came_with_the_choices_turns_the_page_whatever_it_says():
    chooser, before = FirstStart(), screen("宝宝喜欢什么？", "儿歌", "故事", "绘本")
    after = screen("宝宝喜欢什么？", "儿歌", "故事", "绘本", "就酱")
    assert [chooser.next(Graph(), page, Known()).key for page in (before, after, after)] == ["儿歌", "就酱", "就酱"]


def test_on_comes_before_a_skip():
    assert steps(screen("欢迎", "跳过", "下一步"))[0] == "下一步"


def test_a_button_that_turns_nothing_is_pressed_twice_and_given_up():
    assert steps(screen("欢迎", "下一步")) == ["下一步", "下一步"]


def test_a_picture_that_was_touched_in_vain_is_touched_once_more_for_it_may_be_a_box_that_was_ticked():
    page = screen("欢迎", "box", "下一步")
    page.actions["box"].text = ""
    assert steps(page) == ["box", "下一步", "box", "下一步"]


def test_what_does_harm_is_never_pressed():
    page = screen("请选择", "立即支付", "甲")
    page.actions["立即支付"].dangerous = True
    assert steps(page) == ["甲"]


@pytest.mark.parametrize(
    ("page", "first"),
    [
        (screen("请选择您的身份", "学生", "老师"), True),
        (screen("欢迎使用", "立即体验"), True),
        (screen("宝宝多大了？", "0-6个月", "7-12个月"), True),
        (screen("今天想吃什么？", "今天想吃什么？", "外卖"), False),
        (screen("您的年龄段是", "18 至 24", "25 至 30", "暂不填写"), True),
        (screen("欢迎回来", "登录", "暂不登录"), True),
        (screen("首页", "扫一扫", "设置"), False),
        (screen("设置", "退出登录"), False),
        (screen("首页", "首页", "发现", "我的", kind="tab"), False),
        (screen("登录", "手机号", kind="field"), False),
    ],
)
def test_which_page_is_one_of_a_first_start(page: MappedScreen, first: bool):
    assert is_first(page) is first


def test_a_page_with_a_field_is_none_whatever_turns_it():
    page = screen("完善资料", "昵称", kind="field")
    page.actions["下一步"] = Action("下一步", "button", text="下一步")
    assert steps(page) == []
