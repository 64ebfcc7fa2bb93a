"""How well acts in the user's name are told from what only looks like one, on lists that are older than the tables.

Each line of them is a control of one page: alone, one of the tabs at the head, a row of a list or of a menu, an entry
of a grid, the middle one of a bar of acts, or what stands behind a field with a text in it.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from harness.dialogs.act_likelihood import MAIN, likelihood
from harness.dialogs.danger import is_dangerous
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.promises import promises_of
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.user_acts import is_order, tells_of_act, was_act
from harness.pages.act_bars import acts_inside, is_home, make_of
from harness.pages.controls import Control, Kind, controls
from harness.parsers.hierarchy import Node
from harness.session.seen_acts import SeenActs, counted_on, lines_said, turned_on
from tests.benchmarks.train_acts import captions
from tests.unit.test_pages_identity import APP, FULL, at, page, title, view

DATA = Path(__file__).parents[1] / "data"
FLOORS = {
    "acts.tsv": (0.96, 0.99),
    "acts_on_devices.tsv": (0.94, 0.98),
    "acts_on_buttons.tsv": (0.9, 0.96),
    "acts_by_grammar.tsv": (0.89, 0.97),
}
"""Recall and precision as they were measured; they only rise."""


def shown(where: str, words: str, id: str) -> tuple[Node, ...]:
    def one(text: str, box: tuple[int, int, int, int], name: str = "") -> Node:
        return view("TextView", text=text, id=name, clickable=True, box=box)

    if where == "tab":
        texts = ("首页", words, "推荐", "同城")
        tabs = [view("Tab", description=text, clickable=True, box=(270 * n, 100, 270, 120)) for n, text in enumerate(texts)]
        return page(view("TabLayout", *tabs, id="tabs", box=(0, 100, 1080, 120)))
    if where == "row":
        texts = ("消息中心", words, "隐私政策")
        rows = [view("LinearLayout", one(text, at(400 + 150 * n)), box=at(400 + 150 * n)) for n, text in enumerate(texts)]
        return page(title("我的"), view("RecyclerView", *rows, id="list", box=(0, 400, 1080, 450)))
    if where == "menu":
        texts = ("Rename", words, "属性")
        places = [(480, 400 + 150 * n, 600, 150) for n in range(3)]
        rows = [view("LinearLayout", one(text, box), box=box) for text, box in zip(texts, places, strict=True)]
        rows = rows if words else [one(words, (900, 100, 130, 130), id)]
        return page(title("正文"), view("ListView", *rows, box=(480, 400, 600, 450)))
    if where == "field":
        written = view("EditText", text="hello there", hint="Message", clickable=True, box=(40, 2160, 800, 120))
        return page(title("正文"), written, one(words, (880, 2160, 180, 120), id))
    if where == "grid":
        entries = [
            view("LinearLayout", view("ImageView"), view("TextView", text=text), clickable=True, box=(270 * n, 900, 270, 250))
            for n, text in enumerate(("帮助中心", words, "我的主页", "更多"))
        ]
        return page(title("首页"), *entries)
    if where == "bar":
        bar = [one(text, (360 * n, 1500, 360, 90), id if text == words else "") for n, text in enumerate(("分享 3", words, "评论 12"))]
        return page(title("正文"), view("LinearLayout", *bar, box=(0, 1500, 1080, 90)))
    return page(title("正文"), one(words, (400, 900, 240, 90), id))


@pytest.mark.parametrize("name", FLOORS)
def test_acts_are_told_from_what_only_looks_like_one(name: str) -> None:
    said = {}
    for line in (DATA / name).read_text("utf-8").splitlines()[1:]:
        act, where, words, id = line.split("\t")
        roots = shown(where, words, id)
        inside = [
            each
            for each in controls(roots, APP)
            if words in (each.text, each.node.text, each.node.description) and (words or each.id == id)
        ]
        said[line] = (act == "1", any(each.dangerous for each in inside))
    acts = sum(is_act for is_act, _ in said.values())
    called = [line for line, (_, is_called) in said.items() if is_called]
    right = [line for line in called if said[line][0]]
    missed = [line for line, (is_act, is_called) in said.items() if is_act and not is_called]
    wrong = [line for line in called if not said[line][0]]
    recall, precision = FLOORS[name]
    assert len(right) / acts >= recall, missed
    assert len(right) / len(called) >= precision, wrong


@pytest.mark.parametrize(
    ("text", "caption", "tab"),
    [
        ("未点赞，喜欢1865，按钮", "喜欢1865", False),
        ("赞3,未选中", "赞3", False),
        ("发布内容,5之3,标签", "发布内容", True),
        ("推荐，已选中，标签页", "推荐", True),
        ("Home, Tab, 1 of 5", "Home", True),
        ("消息，按钮有未读消息", "消息", False),
        ("返回按钮", "返回", False),
        ("已关注", "已关注", False),
        ("按钮", "按钮", False),
        ("OK, got it", "OK, got it", False),
        ("○ 我的", "我的", False),
        ("☰ 菜单，标签，2之1", "菜单", True),
        ("\ue612 首页", "首页", False),
        ("👨‍👩‍👧 亲子", "亲子", False),
        ("签到 🎁", "签到", False),
        ("× 关闭", "关闭", False),
        ("＋ 发布", "＋ 发布", False),
        ("设置 →", "设置 →", False),
        ("♥ 12", "♥ 12", False),
        ("×2", "×2", False),
        ("25℃", "25℃", False),
        ("✕", "✕", False),
        ("⋯", "⋯", False),
        ("★★★", "★★★", False),
    ],
)
def test_what_a_reader_adds_to_a_caption_is_taken_apart(text: str, caption: str, tab: bool) -> None:
    assert taken_apart(text)[:2] == (caption, tab)


def dangers(*views: Node) -> list[str]:
    return [control.text or control.id for control in controls(page(title("正文"), *views), APP) if control.dangerous]


def bar(*texts: str, y: int = 1500) -> Node:
    wide = 1080 // len(texts)
    inner = [view("TextView", view("ImageView"), text=each, clickable=True, box=(wide * n, y, wide, 90)) for n, each in enumerate(texts)]
    return view("LinearLayout", *inner, box=(0, y, 1080, 90))


def test_a_number_among_acts_is_one_and_a_bar_of_acts_is_no_tab_bar() -> None:
    roots = page(title("正文"), bar("分享", "收藏", "评论 3", "972", y=2250))
    assert {(each.text, each.kind, each.dangerous) for each in controls(roots, APP)} == {
        ("分享", Kind.BUTTON, False), ("收藏", Kind.BUTTON, True), ("评论 3", Kind.BUTTON, False), ("972", Kind.BUTTON, True),
    }  # fmt: skip
    assert not dangers(bar("首页", "关注", "消息", "我的", y=2250))
    assert not dangers(bar("1", "2", "3"), bar("4", "5", "6", y=1600))


def test_an_order_is_an_entry_of_a_menu_beside_names_of_pages_and_an_act_beside_other_buttons() -> None:
    def stacked(*texts: str) -> list[str]:
        return dangers(*(view("Button", text=text, clickable=True, box=at(400 + 150 * n)) for n, text in enumerate(texts)))

    assert not stacked("社保", "补领凭证", "公积金")
    assert stacked("社保", "致电窗口", "公积金", "上传并公开") == ["致电窗口", "上传并公开"]
    assert stacked("查看凭证", "补领凭证", "返回首页") == ["补领凭证"]
    assert stacked("签到说明", "积分 +5 金币", "我的等级") == []
    assert stacked("签到说明", "供奉清茶 +5 茶票", "我的等级") == ["供奉清茶 +5 茶票"], "what it tells of its reward is done"
    assert stacked("积分 +5 金币") == ["积分 +5 金币"]


def test_names_of_persons_cards_goods_and_states_are_no_acts() -> None:
    def stacked(*texts: str) -> list[str]:
        back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))
        return dangers(back, *(view("Button", text=text, clickable=True, box=at(400 + 150 * n)) for n, text in enumerate(texts)))

    assert not stacked("全部订单", "待支付", "发票", "退款进度")
    assert not stacked("历史", "悬疑", "儿童", "付费精品")
    assert not stacked("我这里的星空", "星座连线", "我家的设备")
    assert stacked("担保人", "签署电子合同") == ["签署电子合同"]
    assert stacked("实名认证", "月卡", "充值 50 元") == ["充值 50 元"]
    assert stacked("历史", "悬疑", "儿童", "立即付费") == ["立即付费"]
    assert stacked("待支付", "立即购买") == ["待支付", "立即购买"]
    assert stacked("收藏山路", "站点列表", "首末班时间") == ["收藏山路"], "what is done with what an opened page shows"
    assert not stacked("收藏馆", "预约挂号", "科室介绍", "医生名单"), "a verb of two signs and one more name a thing"
    assert stacked("科室介绍", "医生名单", "预约挂号") == ["预约挂号"], "the last button ends what was chosen above it"
    assert stacked("帮她推荐", "入团", "本周话题") == ["帮她推荐", "入团"]
    assert not stacked("为你推荐", "本周话题")


def test_a_verb_that_is_split_or_softened_and_what_is_asked_of_somebody_by_name() -> None:
    orders = (
        "报个名", "请个假", "吐槽一下", "占这个位", "发一条", "300分换一提纸", "AA场地费", "这本我要了", "就约这天", "请指挥喝杯茶",
        "喊站长",
    )  # fmt: skip
    ways = ("换个背景", "看一下", "交通费", "我也要问", "学费查询", "请输入姓名", "我要看", "就业指导", "上一页", "请假记录")
    assert [each for each in orders if not is_order(each)] == []
    assert [each for each in ways if is_order(each)] == []
    assert is_dangerous("换个号登")
    assert not is_dangerous("便民电话")


def test_icons_in_a_row_that_say_nothing_but_a_count() -> None:
    def icon(x: int, count: str) -> list[Node]:
        return [
            view("ImageView", id=f"a{x}", clickable=True, box=(x, 900, 80, 80)),
            view("TextView", text=count, box=(x + 90, 910, 90, 60)),
        ]

    assert dangers(*icon(100, "12"), *icon(400, "3")) == ["a100", "a400"]
    assert not dangers(*icon(100, "12"), view("ImageView", id="a400", clickable=True, box=(400, 900, 80, 80)))


def test_what_a_control_did_is_known_of_all_of_its_make() -> None:
    def shown(*captions: str, id: str = "tv_state") -> list[Control]:
        views = (view("TextView", text=text, id=id, clickable=True, box=at(400 + 150 * n)) for n, text in enumerate(captions))
        return controls(page(title("正文"), *views), APP)

    seen = SeenActs()
    (wave,) = shown("挥挥手", id="wave")
    seen.learn(wave, [wave], (), changed=True, now=1)
    assert not seen.acts(wave)
    assert not seen.silent
    seen.toast = "预约成功"
    seen.learn(wave, [wave], (), changed=False, now=2)
    assert seen.acts(wave)
    quiet = shown("静静", id="quiet")[0]
    seen.learn(quiet, [quiet], (), changed=False, now=9)
    assert seen.silent == {make_of(quiet)}
    seen.see(shown("心仪"))
    seen.see(shown("已心仪"))
    assert seen.acts(shown("另一个")[0])
    seen.see([*shown("下载", id="load"), *shown("已下载", id="other")])
    assert not seen.acts(shown("下载", id="load")[0])


def test_what_asks_or_did_something_less_over_a_refusal_is_pressed_again_where_permissions_are_allowed() -> None:
    near, plan, remind = controls(
        page(
            title("正文"),
            *(view("Button", text=text, box=at(600 + 200 * n)) for n, text in enumerate(("按距离排列", "制定本周计划", "叫醒大家"))),
        ),
        APP,
    )
    seen = SeenActs(asking={make_of(plan)})
    for now, control, toast in ((10, near, "按默认顺序排列"), (20, plan, "本周计划已排好"), (30, remind, "已提醒 4 人")):
        seen.begin(now)
        seen.toast = toast
        seen.learn(control, [], (), changed=False, now=now + 0.5)
    assert [[seen.acts(one, allowed=allowed) for one in (near, plan, remind)] for allowed in (False, True)] == [
        [True, False, True], [False, False, True],
    ]  # fmt: skip


def test_a_toast_that_had_to_wait_is_of_the_press_before() -> None:
    texts = ("摆到橱窗", "去逛逛", "敲敲门", "看配色")
    first, way, knock, colours = controls(
        page(title("正文"), *(view("Button", text=text, box=at(600 + 200 * n)) for n, text in enumerate(texts))), APP
    )
    seen = SeenActs()

    def press(control: Control, toast: str, now: float, *, changed: bool = False) -> None:
        seen.begin(now)
        seen.toast = toast
        seen.learn(control, [], (), changed=changed, now=now + 0.5)

    press(first, "作品已挂到橱窗", 10)
    press(knock, "", 11)
    press(way, "申请已递给组长", 12, changed=True)
    press(colours, "", 60)
    press(way, "门票已寄出", 66)
    assert [one.text for one in (first, way, knock, colours) if seen.acts(one)] == ["摆到橱窗", "去逛逛", "敲敲门"]
    assert seen.silent == {make_of(colours)}


def test_a_toast_that_stood_behind_others_is_of_the_press_that_it_speaks_of_and_is_kept_with_it() -> None:
    texts = ("往后每集都买", "夜间", "护眼")
    late, night, eye = controls(
        page(title("正文"), *(view("Button", text=text, box=at(600 + 200 * n)) for n, text in enumerate(texts))), APP
    )
    seen = SeenActs()
    for now, control, toast in ((10, night, "夜间已设置"), (11, late, ""), (12, eye, "护眼已设置"), (15, night, "已开启自动购买")):
        seen.begin(now)
        seen.toast = toast
        seen.learn(control, [], (), changed=False, now=now + 0.5)
    assert seen.told["往后每集都买"] == "已开启自动购买"
    assert seen.acts(late)
    assert not seen.acts(night)
    way, act = (
        controls(page(title("正文"), view("Button", text=text, clickable=True, box=at(400))), APP)[0] for text in ("我的作品", "传上来")
    )
    seen = SeenActs()
    for now, control, toast in ((10, night, "夜间已设置"), (11, way, ""), (12, act, ""), (15, night, "作品已发布")):
        seen.begin(now)
        seen.toast = toast
        seen.learn(control, [], (), changed=control is way, now=now + 0.5)
    assert not seen.acts(way), "a harmless name of what the words are about"


def test_lines_that_come_up_with_a_press_tell_what_it_did() -> None:
    before = page(title("另一件作品"), view("TextView", text="羊毛毡小猫", box=at(500)), view("Button", text="摆到橱窗", box=at(700)))
    line = page(
        title("另一件作品"),
        *(view("TextView", text=text, box=at(500 + 100 * n)) for n, text in enumerate(("羊毛毡小猫", "作品已挂到橱窗"))),
    )
    layer = page(
        view("TextView", text="提示", box=at(800)),
        view("TextView", text="作者已进组", box=at(900)),
        view("Button", text="好的", box=at(1000)),
    )
    orders = page(title("订单"), view("TextView", text="票已寄出", box=at(900)), view("Button", text="查看物流", box=at(1000)))
    assert lines_said(before, line) == ["作品已挂到橱窗"]
    assert lines_said(before, layer) == ["提示", "作者已进组"]
    assert lines_said(before, orders) == []


def test_a_count_beside_a_control_that_is_one_more_tells_of_an_act() -> None:
    def shows(count: str, line: str = "小院") -> tuple[Node, ...]:
        icon = view("ImageView", id="iv_h", clickable=True, box=(40, 600, 80, 80))
        return page(title(line), icon, view("TextView", text=count, box=(130, 610, 60, 60)))

    icon = next(each for each in controls(shows("12"), APP) if each.id == "iv_h")
    assert counted_on(icon, shows("12"), shows("13")) == ["13"]
    assert not counted_on(icon, shows("12"), shows("14"))
    assert not counted_on(icon, shows("12"), shows("13", "别院")), "another page"
    seen = SeenActs()
    seen.learn(icon, [icon], ["13"], changed=True, now=1, counted=True)
    assert seen.acts(icon)


def test_a_yes_beside_a_no_in_a_row_is_a_verdict_only_inside_the_app() -> None:
    def asked(*back: Node) -> list[str]:
        answers = [view("Button", text=words, box=(600 + 220 * n, 500, 200, 90)) for n, words in enumerate(("同意", "拒绝"))]
        row = view("LinearLayout", view("TextView", text="陈芳", box=(40, 400, 500, 90)), *answers, box=(0, 400, 1080, 200))
        return dangers(*back, view("RecyclerView", row, id="asks", box=(0, 400, 1080, 900)))

    assert asked(view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))) == ["同意", "拒绝"]
    assert not asked(), "what a first start asks the user"


def test_an_answer_to_somebody_is_a_verdict_wherever_it_stands() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))

    def asked(said: str, *answers: str) -> list[str]:
        pressed = [view("Button", text=words, box=(40 + 520 * n, 900, 480, 90)) for n, words in enumerate(answers)]
        return dangers(view("TextView", text=said, box=(40, 400, 900, 90)), *pressed)

    def in_rows(*texts: str) -> list[str]:
        words = [view("TextView", text=text, clickable=True, box=(500 + 250 * n, 400, 200, 90)) for n, text in enumerate(texts)]
        row = view("LinearLayout", view("TextView", text="陈芳", box=(40, 400, 400, 90)), *words, box=(0, 400, 1080, 200))
        return dangers(back, view("RecyclerView", row, id="asks", box=(0, 400, 1080, 900)))

    assert asked("陈芳请求添加你为好友", "拒绝", "同意") == ["拒绝", "同意"]
    assert not asked("我们将收集设备信息以提供服务", "拒绝", "同意")
    assert in_rows("同意") == ["同意"]
    assert in_rows("查看物流", "拒绝退款") == ["拒绝退款"], "what only shows is no answer"


def test_the_name_of_an_act_on_a_card_over_a_page_is_one() -> None:
    entries = [
        view("TextView", text=text, clickable=True, box=(90 + 300 * n, 1000, 280, 90)) for n, text in enumerate(("主页", "关注", "作品"))
    ]
    behind = view("View", id="touch_outside", clickable=True, box=(0, 0, 1080, 2400))

    assert dangers(behind, view("FrameLayout", *entries, box=(90, 700, 900, 500))) == ["关注"]
    assert not dangers(*entries)


def test_what_is_chosen_below_the_fields_of_a_person_ends_no_form() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))
    fields = [view("EditText", hint=text, clickable=True, box=at(300 + 150 * n)) for n, text in enumerate(("持卡人姓名", "银行卡号"))]

    def below(*texts: str) -> list[str]:
        words = [view("TextView", text=text, box=(40 + 400 * n, 700, 300, 100)) for n, text in enumerate(texts)]
        return dangers(back, *fields, view("LinearLayout", *words, clickable=True, box=at(700)))

    assert below("去绑卡") == ["去绑卡"]
    assert not below("银行", "请选择")


def test_one_row_of_a_list_tells_of_its_like() -> None:
    red, blue, read = [
        replace(one, rows="teams")
        for one in controls(
            page(*(view("Button", text=text, box=at(400 + 200 * n)) for n, text in enumerate(("力挺红队", "力挺蓝队", "阅读规则")))), APP
        )
    ]
    seen = SeenActs()
    seen.toast = "已为红队加油"
    seen.learn(red, [], (), changed=False, now=1)
    assert [seen.acts(one) for one in (red, blue, read)] == [True, True, False]


def test_prices_in_an_apps_own_coin_and_what_stands_beside_acts() -> None:
    def text(words: str, x: int, y: int, kind: str = "TextView", wide: int = 200) -> Node:
        return view(kind, text=words, clickable=True, box=(x, y, wide, 90))

    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))
    assert dangers(text("玫瑰 3钻", 40, 2100), text("游艇 520 星币", 300, 2100)) == ["玫瑰 3钻", "游艇 520 星币"]
    books = [text(f"夜航{n} 20 书币", 0, 600 + 100 * n, wide=1080) for n in range(3)]
    assert not dangers(back, *books), "a row of goods opens its page"
    assert not dangers(back, text("余额 20 书币", 40, 600))
    assert dangers(text("+关注", 40, 300), text("粉丝群", 400, 300)) == ["+关注", "粉丝群"]
    assert not dangers(text("粉丝群", 400, 300))
    assert dangers(back, text("上个麦", 40, 900), text("贡献榜", 300, 900), text("礼物", 600, 900)) == ["上个麦"]
    assert not dangers(back, text("A 三条", 40, 900, "Button"), text("B 一束花", 540, 900, "Button"))
    vote = [text("A 支持红队", 40, 900, "Button"), text("B 支持蓝队", 540, 900, "Button")]
    assert dangers(back, *vote) == ["A 支持红队", "B 支持蓝队"]
    drawn = view("View", id="wheel", clickable=True, box=(0, 400, 1080, 900))
    paint = replace(view("View", text="5豆抽一次", clickable=True, box=(300, 600, 300, 80)), class_name=PAINTED)
    assert dangers(back, drawn, paint) == ["wheel", "5豆抽一次"]


def test_a_bare_name_of_an_act_at_the_foot_of_an_opened_page_is_no_way() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))
    assert dangers(back, bar("目录", "收藏", "字体", y=2250)) == ["收藏"]
    assert not dangers(bar("目录", "收藏", "字体", y=2250))


def test_hearts_down_the_side_of_a_video() -> None:
    column = [
        view("ImageView", description=text, clickable=True, box=(920, 900 + 200 * n, 120, 150)) for n, text in enumerate(("1.3万", "137"))
    ]
    assert dangers(*column) == ["1.3万", "137"]
    assert not dangers(view("TextView", text="137", clickable=True, box=(920, 900, 120, 150)))


def test_a_view_for_gestures_hides_the_acts_of_a_video_only_where_it_is_known_to_lie_over_them() -> None:
    column = [
        view("TextView", text=text, clickable=True, box=(920, 900 + 200 * n, 120, 150)) for n, text in enumerate(("点赞", "收藏", "举报"))
    ]
    feels = replace(view("View", description="播放视频", clickable=True, box=FULL), class_name="android.view.View")
    acts, gestures = view("FrameLayout", *column, box=FULL), view("FrameLayout", feels, box=FULL)
    assert dangers(view("FrameLayout", acts, gestures, box=FULL)) == ["点赞", "收藏", "举报"]
    assert not dangers(view("FrameLayout", replace(acts, drawing_order=1), replace(gestures, drawing_order=2), box=FULL))
    card = view("FrameLayout", view("TextView", text="新功能", box=(100, 1600, 880, 600)), box=(0, 1500, 1080, 900))
    assert not dangers(view("FrameLayout", acts, gestures, card, box=FULL)), "it darkens the page for the card"
    assert not dangers(view("FrameLayout", acts, view("FrameLayout", feels, card, box=FULL), box=FULL))


def test_a_caption_that_a_plain_view_paints_is_not_pressed() -> None:
    assert dangers(view("FrameLayout", view("TextView", text="拾光"), box=at(300)), painted("touch_area_2")) == ["touch_area_2"]
    assert not dangers(painted("touch_more"))
    assert not dangers(view("ImageView", id="iv_unknown", clickable=True, box=(840, 300, 200, 100)))


def painted(id: str) -> Node:
    return replace(view("View", id=id, clickable=True, box=(840, 300, 200, 100)), class_name="android.view.View")


def test_what_unlocks_beside_a_price_is_an_act() -> None:
    unlock = view("Button", text="立即解锁", box=(300, 1000, 400, 120))
    assert dangers(view("TextView", text="本章 ¥3.00", box=at(850)), unlock) == ["立即解锁"]
    assert not dangers(view("TextView", text="本章免费", box=at(850)), unlock)


@pytest.mark.parametrize(("price", "buys"), [("￥12", True), ("两个", False)])
def test_a_plus_in_a_row_with_a_price_is_an_act(price: str, buys: bool) -> None:
    rows = [
        view(
            "LinearLayout",
            view("TextView", text=f"甲{n}", box=(0, 400 + 200 * n, 500, 90)),
            view("TextView", text=price, box=(0, 500 + 200 * n, 500, 90)),
            view("ImageView", id="iv_add", clickable=True, box=(900, 450 + 200 * n, 100, 100)),
            box=at(400 + 200 * n),
        )
        for n in range(3)
    ]
    found = controls(page(title("水果"), view("RecyclerView", *rows, id="list", box=(0, 400, 1080, 600))), APP)
    assert [each.dangerous for each in found if each.id == "iv_add"] == [buys]


def test_an_id_tells_nothing_of_a_row_with_words_and_of_a_count_of_those_one_follows() -> None:
    rows = [
        view("LinearLayout", view("TextView", text=each), clickable=True, box=at(400 + 200 * n), id="ll_text_send")
        for n, each in enumerate("好嗯哦")
    ]
    assert not dangers(view("RecyclerView", *rows, id="list", box=(0, 400, 1080, 600)))
    assert is_dangerous("12", "tv_like")
    assert not is_dangerous("12", "tv_follow")


SAID = (
    "投稿已收到，编辑会在三天内审核", "已替您排上队，前面还有 6 桌", "登记好啦，开诊前短信提醒您", "作业交上去了", "谢谢您的打分",
    "扣除 50 金币", "鲜花已送达", "已踩", "余额不足，已为您自动充值 20 元", "报修单已生成", "自动续费已开启，次月扣款 12 元",
    "订单已删除", "兑换成功", "车位已为您保留 15 分钟", "点名已开始，团员会收到提醒", "正在呼叫…",
    "送出 玫瑰 x1", "获得 徽章×2", "-10 钻", "已开启自动订阅", "订单已建好，请支付", "正在拉起支付",
    "已加入购物车", "闹钟已分享给好友", "本机号码已提交", "已加到播放队列，已通知房主",
    "Thanks for your feedback", "Comment posted", "You're now following Amy",
)  # fmt: skip
HARMLESS = (
    "已复制链接", "已为您显示北京的天气", "未获得位置权限，已为您显示热门城市", "识别成功", "录音已保存", "手电已打开", "已添加 08:00",
    "请先支付", "正在打开联系人", "获得新成就", "书单已建在本机", "已加到播放队列", "闹钟已设好",
    "发布失败，请重试", "登录已过期，请重新登录", "操作成功", "已经到底了", "感谢使用", "Saved to gallery", "Please sign in first",
)  # fmt: skip


def test_what_an_app_says_after_a_press_tells_of_an_act() -> None:
    assert [said for said in SAID if not tells_of_act(said)] == []
    assert [said for said in HARMLESS if tells_of_act(said)] == []


def test_what_a_control_says_after_a_press_tells_of_an_act() -> None:
    assert was_act("972", "973")
    assert was_act("+ 关注", "已关注")
    assert was_act("Follow", "Following")
    assert not was_act("重新发送 59", "重新发送 58")
    assert not was_act("推荐", "推荐")
    assert not was_act("全部", "已完成")


def test_the_score_knows_what_it_was_trained_on() -> None:
    whole = [(words, commits) for words, commits, weight in captions() if weight == 1]
    assert not [words for words, commits in whole if not commits and likelihood(words) > MAIN]
    known = [likelihood(words) > MAIN or is_dangerous(words) or is_order(words) for words, commits in whole if commits]
    assert sum(known) / len(known) >= 0.97


def test_the_button_that_a_page_is_for_is_pressed_only_where_it_is_known_to_be_harmless() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))

    def foot(words: str) -> Node:
        return view("TextView", text=words, clickable=True, box=(40, 2150, 1000, 140))

    for words, here, anywhere in (("归咱家了", True, True), ("开整", True, False), ("开始学习", False, False), ("看看路线", False, False)):
        assert dangers(back, foot(words)) == [words] * here
        assert dangers(foot(words)) == [words] * anywhere, "a first page has no way back"
        rows = [
            view("LinearLayout", view("TextView", text=each), clickable=True, box=at(400 + 150 * n))
            for n, each in enumerate((words, "帮助中心", "关于我们"))
        ]
        assert not dangers(back, *rows), "an entry of a menu leads to a page"
    button = view("Button", text="接回来", box=at(900))
    tabs = [
        view("FrameLayout", view("TextView", text=each), clickable=True, box=(360 * n, 2250, 360, 150)) for n, each in enumerate("甲乙丙")
    ]
    assert dangers(button, *tabs) == ["接回来"]
    assert not dangers(button), "nothing else leads out of a first page"
    assert not dangers(
        *(view("TextView", text=each, clickable=True, box=(540 * n, 120, 540, 120)) for n, each in enumerate(("求购", "我")))
    )


@pytest.mark.parametrize(
    "id", ["ic_tel", "iv_hotline", "iv_candle", "iv_share_wechat", "ivShareTimeline", "add_cart", "ic_star", "iv_reject"]
)
def test_an_icon_is_known_by_the_parts_of_its_id(id: str) -> None:
    assert is_dangerous("", id)
    assert not is_dangerous("", "iv_share")
    assert not is_dangerous("", f"{id}_list")


def test_a_frame_is_known_by_the_picture_in_it() -> None:
    def frame(*parts: Node) -> Node:
        return view("FrameLayout", *parts, view("TextView", text="36"), clickable=True, box=(40, 900, 300, 100))

    assert dangers(frame(view("ImageView", id="iv_like"))) == ["36"]
    assert not dangers(frame(view("ImageView", id="iv_map")))
    assert not dangers(frame(view("ImageView", id="iv_like"), view("ImageView", id="iv_map")))


def test_a_word_with_a_count_in_the_items_of_a_list_is_what_people_do_to_them() -> None:
    def cards(*lines: tuple[str, ...], selected: bool = False) -> list[str]:
        rows = [
            view(
                "LinearLayout",
                view("TextView", text=f"第{n}位写了几句", box=(40, 400 + 300 * n, 1000, 100)),
                *(
                    view("TextView", text=text, clickable=True, selected=selected and not at, box=(40 + 300 * at, 520 + 300 * n, 200, 70))
                    for at, text in enumerate(line)
                ),
                clickable=True,
                box=(0, 400 + 300 * n, 1080, 290),
            )
            for n, line in enumerate(lines)
        ]
        return dangers(view("RecyclerView", *rows, id="feed", box=(0, 400, 1080, 1200)))

    assert cards(("沾喜 18", "评论 6"), ("沾喜 3", "评论 1"), ("沾喜 9", "评论 2"))
    assert cards(("沾喜 18",), ("沾喜 3",), ("沾喜 9",))
    assert not cards(("图片 18",), ("图片 3",), ("图片 9",)), "alone, what is likely the name of a thing is none"
    assert not cards(("播放 18", "评论 6"), ("播放 3", "评论 1"), ("播放 9", "评论 2"))


def test_a_slot_that_was_taken_at_the_press_is_known_of_the_others_of_its_list() -> None:
    texts = ("08:00-10:00 余2", "10:00-12:00 余1", "学员须知")
    rows = [
        view("LinearLayout", view("TextView", text=text, box=at(600 + 150 * n)), id=f"l{n}", clickable=True, box=at(600 + 150 * n))
        for n, text in enumerate(texts)
    ]
    first, other, rules = controls(page(title("约车"), view("RecyclerView", *rows, id="slots", box=(0, 600, 1080, 450))), APP)
    seen = SeenActs(toast="约车成功")
    seen.learn(first, [first], (), changed=False, now=1)
    assert [seen.acts(one) for one in (first, other, rules)] == [True, True, False]


def test_a_button_of_an_advert_that_acted_is_known_by_its_words() -> None:
    seen = SeenActs(toast="正在加载")
    seen.learn_words("点这里")
    assert not seen.words
    seen.toast = "投票成功"
    seen.learn_words("点这里")
    assert seen.words == {"点这里"}


def test_a_button_beside_an_act_or_a_field_is_less_trusted_and_one_alone_on_its_page_more() -> None:
    def buttons(*texts: str, y: int = 400) -> list[Node]:
        return [view("Button", text=text, clickable=True, box=(20 + 360 * n, y, 320, 120)) for n, text in enumerate(texts)]

    assert dangers(*buttons("+关注", "送荧光棒", "连麦")) == ["+关注", "送荧光棒", "连麦"]
    assert dangers(*buttons("投币 2", "选集", "弹幕设置")) == ["投币 2"]
    assert not dangers(*buttons("关注 34", "粉丝 5", "收藏 2"))
    assert dangers(*buttons("想看 1.2 万", "演出须知")) == ["想看 1.2 万"]
    assert dangers(*buttons("一键下单", "参团 还差1人")) == ["一键下单", "参团 还差1人"]
    assert dangers(*buttons("明细"), *buttons("充一百送十元", y=900)) == ["充一百送十元"]
    assert not dangers(*buttons("《用户协议》"), *buttons("让我进去", y=900))
    field = view("EditText", text="发个友善的弹幕", clickable=True, box=(20, 400, 320, 120))
    assert dangers(field, buttons("", "发射")[1], *buttons("选集", y=900)) == ["发射"]


def test_a_button_in_each_row_a_sheet_that_asks_and_the_end_of_a_form_are_no_entries_of_a_menu() -> None:
    def rows(*captions: str, kind: str = "Button") -> Node:
        cards = [
            view(
                "LinearLayout",
                view("TextView", text=f"甲{n}"),
                view(kind, text=words, clickable=True, box=(760, 700 + 300 * n, 280, 100)),
                clickable=True,
                box=(0, 600 + 300 * n, 1080, 290),
            )
            for n, words in enumerate(captions)
        ]
        return view("RecyclerView", *cards, id="cards", box=(0, 600, 1080, 900))

    def sheet(*texts: str) -> Node:
        rows = [view("LinearLayout", view("TextView", text=each), clickable=True, box=at(1700 + 130 * n)) for n, each in enumerate(texts)]
        return view("ListView", *rows, box=(0, 1690, 1080, 600))

    assert dangers(rows("抱走一份", "抱走一份", "抱走一份")) == ["抱走一份"], "all do the same, so none names a page"
    assert dangers(rows("接下这活", "看看地图", "看详情", kind="TextView")) == ["接下这活"]
    assert not dangers(rows("情感博主", "来自辽宁", "梅暗香", kind="TextView")), "a text in a row is mostly a name"
    assert dangers(sheet("预约取件", "复制链接", "取消")) == ["预约取件"]
    assert not dangers(sheet("预约取件", "复制链接", "更多")), "without a no it is a menu of pages"
    assert dangers(sheet("转给同事", "复制链接", "更多")) == ["转给同事"], "but where the score is sure of an act"
    assert not dangers(sheet("100 份", "200 份", "500 份", "取消")), "amounts are a choice"
    asked = view("TextView", text="请选择到岗时间", box=at(1560))
    assert dangers(sheet("一周", "半个月", "取消")) == ["半个月"]
    assert not dangers(asked, sheet("一周", "半个月", "取消"))
    name = view("EditText", hint="名称", clickable=True, box=at(400))
    assert dangers(name, view("TextView", text="登记失物", clickable=True, box=at(550))) == ["登记失物"]


def test_what_leads_to_an_order_and_names_with_a_price_are_pages() -> None:
    assert not is_dangerous("去结算(2)")
    assert not is_order("去结算 ¥45")
    assert is_dangerous("立即结算")
    assert not is_dangerous("第三章 旧人（付费）")
    assert not is_order("开通后能看什么")
    texts = [view("TextView", text=text, clickable=True, box=at(400 + 100 * n)) for n, text in enumerate(("红烧肉 8 元", "校园卡余额"))]
    assert not dangers(*texts)
    assert dangers(texts[0]) == ["红烧肉 8 元"], "alone it is a button with its price"
    assert is_order("充一百送十元")
    assert is_order("用 100 分换雨伞")


def test_what_begins_like_an_act_is_no_way_later_and_one_button_leads_in_only_at_first() -> None:
    first, same, other = (
        controls(page(title("正文"), view("Button", text=text, box=at(400))), APP)[0] for text in ("扩散一下", "扩散给邻居", "其他")
    )
    seen = SeenActs(toast="已推送给附近的用户")
    seen.learn(first, [first], (), changed=False, now=1)
    assert [seen.acts(one) for one in (same, other)] == [True, False]
    roots = page(title("雨伞"), view("Button", text="这是我的", box=at(400)))
    alone = controls(roots, APP)
    assert [control.dangerous for control in alone] == [False]
    assert acts_inside(alone[0], alone, roots[-1])
    asked = page(title("雨伞"), view("Button", text="这是我的", box=at(400)), view("Button", text="不同意", box=at(600)))
    answers = controls(asked, APP)
    assert not any(acts_inside(one, answers, asked[-1]) for one in answers), "a yes beside a no"


def test_the_first_page_of_an_app_is_told_from_those_of_a_first_start() -> None:
    def buttons(*texts: str) -> tuple[Node, ...]:
        return page(title("天气"), *(view("Button", text=text, clickable=True, box=at(400 + 150 * n)) for n, text in enumerate(texts)))

    assert is_home(controls(buttons("今日", "本周", "空气", "设置"), APP))
    assert not is_home(controls(buttons("同意并继续", "退出", "《隐私政策》", "《用户协议》"), APP))


@pytest.mark.parametrize(
    ("caption", "acts"),
    [
        ("申请入组", True), ("申请进度", False), ("给第一名送花", True), ("给手机投屏", False), ("把计划加到日程并通知队友", True),
        ("保存并查看", False), ("投稿我的作文", True), ("投稿须知", False), ("上传作品", True), ("上传照片", False), ("开售通知", True),
        ("开启通知", False), ("换成公开菜单", True), ("改成公开课", False),
    ],
)  # fmt: skip
def test_what_is_applied_for_given_handed_in_or_told_to_others_is_an_order(caption: str, acts: bool) -> None:
    assert is_order(caption, promises_of(caption, "")) == acts


def test_a_form_for_the_data_of_a_person_hands_them_in_and_a_diary_keeps_its_own() -> None:
    def form(*hints: str) -> list[str]:
        fields = (view("EditText", hint=hint, clickable=True, box=at(400 + 150 * n)) for n, hint in enumerate(hints))
        return dangers(*fields, view("Button", text="保存", clickable=True, box=at(400 + 150 * len(hints))))

    assert form("姓名", "身份证号", "手机号") == ["保存"]
    assert not form("标题", "正文")


def test_a_form_is_told_by_the_words_beside_its_fields_and_by_its_title_and_ends_at_its_foot_or_in_its_head() -> None:
    back = view("ImageButton", id="iv_back", clickable=True, box=(0, 60, 100, 100))

    def form(head: str, label: str, button: Node) -> list[str]:
        row = [
            view("TextView", text=label, box=(40, 300, 200, 100)),
            view("EditText", text="test 测试", id="et_a", clickable=True, box=(300, 300, 700, 100)),
        ]
        return dangers(
            back, view("TextView", text=head, box=(120, 60, 400, 100)), *row, view("Switch", checkable=True, box=at(500)), button
        )

    def button(words: str, *, high: bool = False) -> Node:
        return view("Button", text=words, clickable=True, box=(900, 60, 150, 100) if high else (40, 700, 1000, 130))

    assert form("编辑资料", "昵称", button("完成")) == ["完成"]
    assert form("编辑资料", "昵称", button("保存", high=True)) == ["保存"]
    assert not form("编辑资料", "昵称", button("帮助", high=True))
    assert not form("新便签", "标题", button("保存"))
    assert not form("登录/注册", "手机号", button("下一步"))


def test_place_and_id_decide_together_of_a_caption_that_tells_little() -> None:
    def button(words: str, y: int, x: int = 40, **more: str) -> Node:
        return view("Button", text=words, clickable=True, box=(x, y, 480, 120), **more)

    back = view("TextView", text="‹ 返回", clickable=True, box=(0, 60, 150, 60))
    assert [control.kind for control in controls(page(back), APP)] == [Kind.BACK]
    foot = button("目录", 2000)
    assert not dangers(back, button("摇人", 500), foot)
    assert dangers(back, button("立即报名", 500), button("摇人", 500, 560), foot) == ["立即报名", "摇人"], "beside what its words make one"
    assert dangers(back, button("请教练看看", 500), button("摇人", 500, 560), foot) == ["请教练看看", "摇人"], "and its place"
    assert dangers(back, button("立即报名", 500), button("摇人", 650), foot) == ["立即报名", "摇人"], "below one"
    assert dangers(back, button("摇人", 500, id="vote_up"), foot) == ["摇人"]
    assert not dangers(back, button("摇人", 500, id="open_map"), foot)
    assert not dangers(button("收藏", 300), button("设置", 450)), "a drawer"


@pytest.mark.parametrize(
    ("caption", "said", "acted"), [("换一张图", "已换图", False), ("狗", "配对成功", False), ("顺手理一理", "订单已送出", True)]
)
def test_an_echo_of_a_harmless_caption_tells_of_no_act(caption: str, said: str, acted: bool) -> None:
    control = controls(page(title("正文"), view("Button", text=caption, box=at(400))), APP)[0]
    seen = SeenActs(toast=said)
    seen.learn(control, [control], (), changed=False, now=1)
    assert (caption in seen.told) is acted


def test_what_a_place_makes_of_a_caption() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))

    def button(words: str, x: int, y: int, wide: int = 500) -> Node:
        return view("Button", text=words, clickable=True, box=(x, y, wide, 120))

    foot = [button(words, 20 + 350 * n, 2120, 320) for n, words in enumerate(("开整", "目录", "请教练看看"))]
    assert dangers(back, *foot) == ["开整", "请教练看看"], "any of a bar, also what might be a tab"
    stacked = [button(words, 40, y, 1000) for words, y in (("动作列表", 400), ("课程介绍", 560), ("把它请回家", 2120))]
    assert dangers(back, *stacked) == ["把它请回家"], "far below a menu is no entry of it"
    outside = view("View", id="touch_outside", clickable=True, box=(0, 100, 1080, 1700))
    assert dangers(outside, view("TextView", text="首月 ¥9.9", box=at(1900)), button("开整", 40, 2120, 1000)) == ["开整"]
    icons = [
        view("ImageView", description=words, clickable=True, box=(300 * n, 900, 100, 100)) for n, words in enumerate(("小红心", "放大镜"))
    ]
    assert dangers(*icons) == ["小红心"]
    assert not dangers(back, button("提现", 40, 800), button("2000元以下", 40, 1200))
    assert dangers(view("TextView", text="金豆 86", box=at(600)), button("提现", 40, 800), button("明细", 40, 1000)) == ["提现"]
    assert dangers(back, button("预约明天 9 点", 40, 800), button("教学特点", 40, 1000)) == ["预约明天 9 点"]
    assert dangers(back, view("EditText", hint="金额", clickable=True, box=at(600)), button("提现", 40, 800)) == ["提现"]
    wheel = view("View", id="wheel", clickable=True, box=(0, 400, 1080, 900))
    assert [one.dangerous for one in controls(page(title("幸运转盘"), back, wheel), APP) if one.id == "wheel"] == [True]


def test_a_text_alone_on_a_page_is_its_button_and_a_surely_acting_caption_needs_no_form() -> None:
    back = view("ImageView", description="返回", clickable=True, box=(0, 60, 100, 100))
    told = view("TextView", text="小区东门的旧书架", box=at(600))
    wide, more = (view("TextView", text=words, clickable=True, box=at(y)) for words, y in (("开整", 900), ("目录", 1050)))
    assert dangers(back, told, wide) == ["开整"]
    assert not dangers(back, told, wide, more)
    icons = [
        view("LinearLayout", view("ImageView"), view("TextView", text=words), clickable=True, box=(360 * n, 900, 360, 200))
        for n, words in enumerate(("把它请回家", "目录", "大图"))
    ]
    assert dangers(back, *icons) == ["把它请回家"]


def test_a_no_with_an_object_closes_nothing_though_its_id_says_cancel() -> None:
    for words, kind in (("取消本次服务", Kind.BUTTON), ("取消", Kind.CLOSE), ("暂不", Kind.CLOSE)):
        button = view("Button", text=words, id="btn_cancel_order", clickable=True, box=at(900))
        assert [control.kind for control in controls(page(title("订单"), button), APP)] == [kind]


def test_the_bare_name_of_an_act_leads_on_as_a_row_with_more_than_its_caption() -> None:
    def rows(*more: Node) -> list[str]:
        lines = [
            view("LinearLayout", view("TextView", text=words), *more, clickable=True, box=at(400 + 150 * n))
            for n, words in enumerate(("通知", "付款", "语言"))
        ]
        return dangers(view("RecyclerView", *lines, id="list", box=(0, 400, 1080, 450)))

    assert not rows(view("ImageView", box=(1000, 450, 40, 40)))
    assert rows() == ["付款"]


@pytest.mark.parametrize(
    ("before", "after", "lit", "back"),
    [("冲 12", "冲 13", True, True), ("冲 12", "冲 13", False, False), ("收藏 3", "收藏 4", False, True), ("全部", "全部", True, False)],
)
def test_what_a_press_turned_on_is_told_from_what_only_counts_on(before: str, after: str, lit: bool, back: bool) -> None:
    [off], [on] = (
        controls(page(view("Button", text=text, selected=selected, box=at(900))), APP) for text, selected in ((before, False), (after, lit))
    )
    assert (turned_on(off, [on]) is on) is back


@pytest.mark.parametrize(("said", "again"), [("已标记缱绻", False), ("请先登录", True), ("请开启定位", True)])
def test_what_words_alone_answer_is_pressed_once_but_for_what_wants_something_first(said: str, again: bool) -> None:
    [one] = controls(page(view("Button", text="缱绻", clickable=True, box=at(900))), APP)
    seen = SeenActs(toast=said)
    seen.learn(one, [one], (), changed=False, now=1)
    assert seen.acts(one) is not again


def test_a_login_form_a_balance_and_a_place_are_ways_and_a_form_of_a_person_ends_with_an_act() -> None:
    back = view("ImageButton", description="返回", id="back", clickable=True, box=(0, 60, 100, 100))
    for words, acts in (("手机号登录", False), ("手机号一键登录", True)):
        assert dangers(back, view("Button", text=words, id="by_phone", clickable=True, box=at(900))) == [words] * acts
    fields = [
        view("EditText", hint=hint, id=f"f{n}", clickable=True, box=at(300 + 150 * n)) for n, hint in enumerate(("真实姓名", "身份证号"))
    ]
    for words, acts in (("去认证", True), ("查询", False)):
        assert dangers(back, *fields, view("Button", text=words, clickable=True, box=at(900))) == [words] * acts
    sums = [view("TextView", text=words) for words in ("积分商城", "320 积分")]
    card = view("LinearLayout", *sums, id="go_points", clickable=True, box=(40, 900, 500, 160))
    assert not dangers(card)
    tiles = [
        view("LinearLayout", view("ImageView"), view("TextView", text=words), clickable=True, id=f"t{n}", box=(wide * n, y, wide, 200))
        for wide, y, names in ((360, 400, ("附近医院", "在线问诊", "养宠百科")), (540, 650, ("遛狗路线", "领养之家")))
        for n, words in enumerate(names)
    ]
    assert not dangers(*tiles)
