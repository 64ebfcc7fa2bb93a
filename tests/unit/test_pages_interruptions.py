"""Interruptions: what lies over a page, and the control that closes it without taking what it offers."""

import csv

import pytest

from harness.dialogs.matcher import find_dialog
from harness.events import InterruptionKind
from harness.pages.interruptions import FORCED, Interruption, confirmations, find_interruption, kind_of, says_no
from harness.pages.look import Look
from tests.captures import capture
from tests.unit.test_pages_identity import APP, HOME, at, page, title, view

RULES = "popup-rules/groups.tsv"


def look(roots):
    return Look(tuple(roots), find_dialog(roots, APP, ()))


def dialog(*texts: str, buttons: tuple[str, ...] = (), icon: str = ""):
    views = [view("TextView", text=text, box=(150, 900, 700, 80)) for text in texts]
    views += [view("Button", text=text, box=(150 + 300 * n, 1300, 280, 100)) for n, text in enumerate(buttons)]
    views += [view("ImageView", id=icon, clickable=True, box=(800, 800, 80, 80))] if icon else []
    return (*HOME, view("FrameLayout", *views, box=(100, 800, 880, 700)))


@pytest.mark.parametrize(
    ("texts", "buttons", "icon", "kind", "pressed"),
    [
        (("青少年模式",), ("进入青少年模式", "我知道了"), "", "teenager", "我知道了"),
        (("发现新版本 8.1",), ("立即更新", "以后再说"), "", "update", "以后再说"),
        (("发现新版本",), ("立即升级",), "iv_close", "update", "iv_close"),
        (("新人红包",), ("立即领取",), "imgClose", "coupon", "imgClose"),
        (("给个好评吧",), ("去评价", "残忍拒绝"), "", "rating", "残忍拒绝"),
        (("开启消息通知，不错过优惠",), ("打开通知", "暂不开启"), "", "notification", "暂不开启"),
        (("Update available",), ("Update now", "Not now"), "", "update", "Not now"),
        (("会员特惠",), ("去看看",), "btn_close", "other", "btn_close"),
        (("发现新版本",), ("现在就更新", "我稍后再更新"), "", "update", "我稍后再更新"),
        (("新的头像框来啦",), ("知道啦！",), "", "other", "知道啦！"),
    ],
)
def test_a_dialog_is_closed_by_its_no(texts, buttons, icon, kind, pressed):
    found = find_interruption(look(dialog(*texts, buttons=buttons, icon=icon)), APP)
    assert (found.kind, found.button) == (kind, pressed)
    assert found.box is not None


def test_what_our_press_opened_and_goes_on_is_a_page_of_the_function():
    goes_on = look(dialog("拍下故障部位", "师傅能带对配件", buttons=("继续", "取消")))
    assert find_interruption(goes_on, APP, opened=True) is None
    assert not confirmations(goes_on, APP)
    assert find_interruption(goes_on, APP) is not None


def test_a_page_with_a_way_back_in_its_head_interrupts_nothing():
    back = view("ImageView", id="iv_back", clickable=True, box=(20, 100, 100, 100))
    offer = (title("新人优惠券"), view("Button", text="关闭", box=at(900)), view("Button", text="立即使用", box=at(1100)))
    assert find_interruption(look(page(*offer)), APP) is not None
    assert find_interruption(look(page(back, *offer)), APP) is None


def test_what_sets_a_value_is_a_function_of_our_press():
    parts = view("SeekBar", box=(150, 900, 700, 80)), view("Button", text="关闭", box=(150, 1300, 280, 100))
    sheet = look((*HOME, view("FrameLayout", *parts, box=(100, 800, 880, 700))))
    assert find_interruption(sheet, APP) is not None
    assert find_interruption(sheet, APP, opened=True) is None


@pytest.mark.parametrize(("text", "yes"), [("继续将清空购物车", "继续"), ("余额不足，继续支付？", "继续"), ("确定要换一批吗", "确定")])
def test_a_question_of_ours_that_may_do_harm_is_closed(text, yes):
    asked = look(dialog(text, buttons=(yes, "取消")))
    found = find_interruption(asked, APP, opened=True)
    assert found.button == "取消"
    assert confirmations(asked, APP)


NAME = (view("TextView", text="名称", box=(150, 850, 700, 80)), view("EditText", text="新建", box=(150, 950, 700, 100)))
ANSWERS = (view("Button", text="取消", box=(200, 1300, 280, 100)), view("Button", text="保存", box=(500, 1300, 280, 100)))


def test_a_form_that_our_own_press_opened_is_used_before_it_is_left():
    form = look((*HOME, view("FrameLayout", *NAME, *ANSWERS, box=(100, 800, 880, 700))))
    assert find_interruption(form, APP, opened=True) is None
    by_itself = find_interruption(form, APP)
    assert by_itself.button == "取消"


def over_home(*children):
    return (view("FrameLayout", HOME[0].children[0], view("FrameLayout", *children, box=(0, 0, 1080, 2400)), box=(0, 0, 1080, 2400)),)


def test_what_stands_beside_a_search_field_closes_no_page():
    field = view("EditText", text="搜索", box=(30, 100, 800, 100))
    found = over_home(
        field, view("TextView", text="取消", clickable=True, box=(900, 100, 150, 100)), view("TextView", text="热门推荐", box=at(300))
    )
    assert find_interruption(look(found), APP) is None


@pytest.mark.parametrize(
    "head",
    [
        view("ImageView", id="iv_back", clickable=True, box=(20, 100, 100, 100)),
        view("TextView", text="返回", clickable=True, box=(20, 100, 100, 100)),
        view("ImageView", id="f3k", clickable=True, box=(20, 100, 100, 100)),
    ],
)
def test_a_fragment_with_a_head_of_its_own_is_a_page(head):
    rows = [view("TextView", text=f"活动{n}", clickable=True, box=at(400 + 100 * n)) for n in range(5)]
    close = view("TextView", text="关闭", clickable=True, box=at(1500))
    assert find_interruption(look(over_home(head, view("TextView", text="通知", box=(200, 100, 400, 100)), *rows, close)), APP) is None
    assert find_interruption(look(over_home(view("TextView", text="通知", box=at(700)), close)), APP) is not None


def test_a_sheet_is_closed_and_not_the_mini_program_that_holds_it():
    offer = view("TextView", text="新人优惠券", box=at(1700)), view("Button", text="立即领取", box=at(1900))
    leave = view("TextView", text="离开", id="sheet_cancel", clickable=True, box=at(2100))
    capsule = view("ImageView", description="关闭", clickable=True, box=(960, 60, 90, 90))
    page_of_it = view(
        "FrameLayout", HOME[0].children[0], view("FrameLayout", *offer, leave, box=(0, 0, 1080, 2400)), box=(0, 0, 1080, 2400)
    )
    found = find_interruption(look((view("FrameLayout", page_of_it, capsule, box=(0, 0, 1080, 2400)),)), APP)
    assert found is None


@pytest.mark.parametrize(
    ("mark", "closes"),
    [
        ({"description": "关闭当前弹窗按钮", "box": (760, 820, 90, 90)}, True),
        ({"id": "ic_x", "box": (500, 1400, 80, 80)}, True),
        ({"id": "pop_cancel", "box": (500, 1400, 80, 80)}, True),
        ({"id": "a3f", "box": (860, 810, 90, 90)}, True),
        ({"id": "a3f", "box": (110, 810, 90, 90)}, True),
        ({"id": "iv_share", "box": (860, 810, 90, 90)}, False),
        ({"id": "a3f", "box": (500, 1000, 90, 90)}, False),
    ],
)
def test_marks_that_close_are_told_by_words_ids_and_their_place(mark, closes):
    card = view("TextView", text="会员特惠", box=(150, 900, 700, 80)), view("Button", text="去看看", box=(150, 1300, 280, 100))
    found = find_interruption(
        look((*HOME, view("FrameLayout", *card, view("ImageView", clickable=True, **mark), box=(100, 800, 880, 700)))), APP
    )
    assert (found is not None and found.box is not None) == closes


def test_a_forced_update_is_never_accepted():
    found = find_interruption(look(dialog("发现新版本", buttons=("立即升级",))), APP)
    assert (found.kind, found.box) == (FORCED, None)


def test_an_update_is_left_by_its_other_control_whatever_that_says():
    found = find_interruption(look(dialog("发现新版本", buttons=("马上升级", "先用着旧版"))), APP)
    assert found.button == "先用着旧版"


def test_an_update_whose_other_control_ends_the_app_is_forced():
    found = find_interruption(look(dialog("发现新版本", buttons=("马上升级", "退出应用"))), APP)
    assert found.kind is FORCED


def test_a_splash_is_skipped_whatever_its_countdown_says():
    for text in ("跳过 5", "5s 跳过", "跳过广告", "Skip 3", "3秒 | 跳过"):
        found = find_interruption(look(page(view("ImageView"), view("TextView", text=text, id="count", clickable=True, box=at(90)))), APP)
        assert found is not None, text
        assert found.button == text


def test_a_layer_over_the_page_is_closed_by_the_mark_below_the_card():
    card = view("LinearLayout", view("TextView", text="限时抽奖"), view("Button", text="立即抽奖"), box=(200, 700, 680, 700))
    layer = view("FrameLayout", card, view("ImageView", id="close", clickable=True, box=(500, 1500, 80, 80)), box=(0, 0, 1080, 2400))
    roots = page(view("FrameLayout", view("LinearLayout", title("首页")), layer, box=(0, 0, 1080, 2400)))
    found = find_interruption(look(roots), APP)
    assert (found.kind, found.button) == ("coupon", "close")


def paywall(*marks):
    plans = [view("LinearLayout", view("TextView", text=t), clickable=True, box=at(500 + 100 * n)) for n, t in enumerate("年季月日周")]
    below = view("TextView", text="到期自动续费，可随时取消", box=at(1500)), view("Button", text="立即开通", id="pay", box=at(1700))
    return page(title("会员专享"), *plans, *below, *marks)


def test_a_page_that_sells_a_subscription_is_closed_whatever_it_offers():
    found = find_interruption(look(paywall(view("ImageView", id="iv_close", clickable=True, box=(980, 100, 80, 80)))), APP)
    assert (found.kind, found.button) == ("paywall", "iv_close")


def test_a_page_for_members_that_nothing_closes_is_a_page():
    assert find_interruption(look(paywall(view("ImageView", id="iv_back", clickable=True, box=(0, 100, 80, 80)))), APP) is None


def test_pages_are_no_interruptions():
    assert find_interruption(look(HOME), APP) is None
    login = page(title("登录"), view("EditText", text="手机号", box=at(300)), view("Button", text="跳过", box=at(500)))
    assert find_interruption(look(login), APP) is None
    settings = page(title("版本更新"), *[view("Button", text=text, id=text, box=at(300 + 100 * n)) for n, text in enumerate("甲乙丙丁戊")])
    assert find_interruption(look(settings), APP) is None
    advert = page(view("TextView", text="广告", box=at(200)), view("Button", text="立即体验", box=at(1800)))
    assert find_interruption(look(advert), APP) is None
    assert find_interruption(look(()), APP) is None


def test_what_asks_for_a_permission_is_left_to_the_denials():
    asks = dialog("需要位置权限，请到设置中开启", buttons=("去设置", "取消"))
    assert find_interruption(look(asks), APP) is None


def test_most_interruptions_of_real_apps_have_a_no_that_is_known():
    """Of the rules in which people taught a robot which control of a pop-up to press."""
    known = closed = 0
    wanted = ("更新", "升级", "青少年", "通知", "好评", "评价", "红包", "弹窗广告", "广告弹窗", "开屏")
    with capture(RULES).open(encoding="utf-8", newline="") as file:
        for rule in csv.DictReader(file, delimiter="\t"):
            texts = [text for text in rule["texts"].split("|") if text.strip()]
            if not texts or not any(word in rule["group"] for word in wanted):
                continue
            known += 1
            kind = kind_of(" ".join((rule["group"], *texts)))
            ids = rule["ids"].split("|")
            closed += any(says_no(kind, text) for text in texts) or any(says_no(kind, "", name) for name in ids)
    assert known > 100
    assert closed / known >= 0.75


def test_a_page_that_explains_its_permission_is_a_function_and_no_guide():
    guide = page(view("TextView", text="欢迎使用"), view("Button", text="开始使用", id="start", clickable=True, box=at(40)))
    function = page(view("TextView", text="相机权限用于放大文字"), view("Button", text="开始使用", id="start", clickable=True, box=at(40)))
    assert find_interruption(look(guide), APP) is not None
    assert find_interruption(look(function), APP) is None


def test_a_page_of_a_guide_is_turned_and_a_page_with_more_to_press_is_none():
    turn = view("Button", text="下一页", box=at(2000))
    more = view("Button", text="我的", box=at(2200))
    found = find_interruption(look(page(title("发现好视频"), turn)), APP)
    assert (found.kind, found.button) == ("guide", "下一页")
    assert find_interruption(look(page(title("第三课"), turn, more)), APP) is None


@pytest.mark.parametrize(
    ("button", "texts", "opened", "turned", "closes"),
    [
        ("沏一壶", ("访茶",), False, True, True),
        ("沏一壶", ("访茶",), False, False, False),  # a home page of pages beside each other
        ("沏一壶", ("访茶",), True, True, False),  # what our press opened may be there for its button
        ("立即支付", ("访茶",), False, True, False),
        ("扫一扫", ("访茶",), False, True, False),
        ("沏一壶", ("西湖龙井", "产地", "杭州", "规格", "50 克"), False, True, False),
    ],
)
def test_the_one_button_of_a_guide_turns_it_whatever_it_says(button: str, texts: tuple[str, ...], opened: bool, turned: bool, closes: bool):
    said = [view("TextView", text=text, box=at(300 + 90 * number)) for number, text in enumerate(texts)]
    pager = view("ViewPager", *said, view("Button", text=button, box=at(2000)), scrollable=True, box=(0, 0, 1080, 2400))
    found = find_interruption(look(page(pager)), APP, opened=opened, turned=turned)
    assert (found is not None and found.button == button) is closes


@pytest.mark.parametrize(
    ("texts", "buttons", "closed_by"),
    [
        (("更多操作",), ("拍摄", "从相册选择", "取消"), ""),
        (("推荐给好友",), ("微信", "朋友圈", "取消"), ""),
        (("提示",), ("从通讯录导入", "取消"), ""),
        (("确定退出编辑？",), ("确定", "取消"), "取消"),
        (("温馨提示",), ("我知道了",), "我知道了"),
        (("发现新版本",), ("立即更新", "查看说明", "取消"), "取消"),
        (("新人红包",), ("立即领取", "去看看", "取消"), "取消"),
    ],
)
def test_a_layer_that_our_own_press_opened_is_a_function(texts, buttons, closed_by):
    found = find_interruption(look(dialog(*texts, buttons=buttons)), APP, opened=True)
    assert (found.button if found else "") == closed_by
    by_itself = find_interruption(look(dialog(*texts, buttons=buttons)), APP)
    assert by_itself is not None, "what comes by itself interrupts"


def test_what_only_closes_comes_before_other_noes():
    found = find_interruption(look(dialog("内容反馈", buttons=("不感兴趣", "取消"))), APP)
    assert found.button == "取消"
    assert found.beside == (540, 680)


@pytest.mark.parametrize(
    ("texts", "buttons", "marked"),
    [
        (("挂失后名下卡片立即停用，确定继续？",), ("确定挂失", "再想想"), 1),
        (("取消后将通知招聘方",), ("确定", "返回"), 1),
        (("操作成功",), ("确定",), 0),
        (("更多操作",), ("拍摄", "从相册选择", "取消"), 0),
        (("需要相机权限用于扫码",), ("取消", "确定"), 0),
    ],
)
def test_the_yes_to_a_question_over_the_page_is_told(texts, buttons, marked):
    assert len(confirmations(look(dialog(*texts, buttons=buttons)), APP)) == marked


@pytest.mark.parametrize(
    ("kind", "button", "no"),
    [
        (InterruptionKind.COUPON, "残忍拒绝", True),
        (InterruptionKind.ADVERT, "iv_close", True),
        (InterruptionKind.ADVERT, "跳过 3", True),
        (InterruptionKind.NOTICE, "立即体验", False),
    ],
)
def test_what_closes_by_saying_no_is_told_from_the_only_button_there_is(kind, button, no):
    assert Interruption(kind, "新功能", button).says_no is no
