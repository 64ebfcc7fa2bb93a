"""Controls of a page: what they are, what they promise, and what is never pressed."""

from dataclasses import replace

import pytest

from harness.dialogs.danger import is_dangerous, is_sim_login
from harness.pages.controls import Kind, controls, is_loading, scrolling
from harness.parsers.hierarchy import Node
from tests.unit.test_pages_identity import APP, FULL, at, page, row, title, view


def test_kinds():
    roots = page(
        view("ImageButton", id="iv_back", clickable=True, box=(0, 0, 100, 100)),
        title("首页"),
        view("EditText", text="搜索", id="et_search", box=at(300)),
        view("Switch", text="推荐", id="sw", checkable=True, clickable=True, box=at(400)),
        view("Button", text="扫一扫", id="scan", box=at(500)),
        view("RecyclerView", row(0, "第一条"), row(1, "第二条"), id="list"),
        view("LinearLayout", *[view("TextView", text=t, clickable=True, box=(360 * n, 2200, 360, 200)) for n, t in enumerate("一二三")]),
    )
    found = {control.text or control.id: control.kind for control in controls(roots, APP)}
    assert found == {
        "iv_back": Kind.BACK, "搜索": Kind.FIELD, "推荐": Kind.SWITCH, "扫一扫": Kind.BUTTON, "第一条": Kind.ROW, "第二条": Kind.ROW,
        "一": Kind.TAB, "二": Kind.TAB, "三": Kind.TAB,
    }  # fmt: skip


@pytest.mark.parametrize(("box", "kind"), [((0, 80, 120, 120), Kind.BACK), ((0, 900, 120, 120), Kind.BUTTON)])
def test_a_picture_in_the_upper_left_corner_leads_back_by_its_id(box, kind):
    assert [each.kind for each in controls(page(title("日历"), view("ImageView", id="iv_left", clickable=True, box=box)), APP)] == [kind]


def test_a_list_takes_the_press_for_its_rows():
    rows = view("ListView", *[view("TextView", text=text, box=at(y)) for text, y in (("甲", 300), ("乙", 400))], box=(0, 0, 1080, 2000))
    pager = view("RecyclerView", rows, box=(0, 0, 1080, 2000))  # that of a ViewPager2
    for part in (rows, pager):
        assert [(control.text, control.kind) for control in controls(page(part), APP)] == [("甲", Kind.ROW), ("乙", Kind.ROW)]


def test_what_only_a_finger_that_stays_uses_is_a_control_and_a_list_held_for_its_rows_is_none():
    shown = view(
        "ListView", view("LinearLayout", view("TextView", text="长按识别", held=True, box=at(300)), box=at(300)), held=True, box=FULL
    )
    assert [(control.text, control.node.held) for control in controls(page(shown), APP)] == [("长按识别", True)]


def test_a_press_on_a_part_with_controls_in_it_is_none_of_theirs():
    send = view("Button", text="发送", box=(0, 1200, 1080, 400))
    sheet = view("LinearLayout", view("TextView", text="更多", box=(0, 1000, 1080, 100)), send, clickable=True, box=(0, 1000, 1080, 800))
    scrim = view("FrameLayout", sheet, clickable=True, id="outside", box=(0, 0, 1080, 2000))
    places = {control.text or control.id: control.centre for control in controls(page(scrim), APP)}
    assert places == {"outside": (54, 100), "更多": (540, 1050), "发送": (540, 1400)}


def test_a_part_that_controls_cover_wholly_is_none_itself():
    halves = [view("Button", text=text, box=(0, 400 * n, 1080, 400)) for n, text in enumerate(("同城", "发送"))]
    roots = page(view("LinearLayout", *halves, clickable=True, id="both", box=(0, 0, 1080, 800)))
    assert [control.text for control in controls(roots, APP)] == ["同城", "发送"]


def test_paragraphs_are_no_rows():
    roots = page(view("ScrollView", view("LinearLayout", *[view("TextView", text=f"第{n}条", box=at(100 * n)) for n in range(9)])))
    assert controls(roots, APP) == []


@pytest.mark.parametrize("id", ["banner_tabs", "ad_title_bar", "adGroup"])
def test_an_id_with_the_word_of_adverts_makes_none_of_what_does_not_look_like_one(id):
    part = view(
        "LinearLayout", view("Button", text="本周", box=at(300)), view("Button", text="本月", box=at(400)), id=id, box=(0, 300, 1080, 200)
    )
    assert [each.text for each in controls(page(title("首页"), part), APP)] == ["本周", "本月"]
    cross = view("ImageView", id="iv_close", clickable=True, box=(1000, 300, 60, 60))
    closed = replace(part, resource_id=f"{APP}:id/ad_box", children=(*part.children, cross))
    assert not controls(page(title("首页"), closed), APP)


def test_adverts_and_what_is_not_enabled_are_left_alone():
    advert = view("FrameLayout", view("TextView", text="广告"), view("Button", text="立即查看"), box=at(300))
    roots = page(title("首页"), advert, view("Button", text="登录", enabled=False, box=at(500)))
    assert controls(roots, APP) == []


def test_words_come_from_inside_and_promise():
    inner = (view("ImageView"), view("TextView", text="附近门店"))
    (control,) = controls(page(view("LinearLayout", *inner, clickable=True, id="entry")), APP)
    assert (control.text, control.promises) == ("附近门店", ("LOCATION",))


def test_what_a_noun_promises_by_its_place():
    tabs = [
        view("TextView", text=text, clickable=True, box=(270 * n, 2250, 270, 100))
        for n, text in enumerate(("消息", "通讯录", "工作台", "我的"))
    ]
    assert not any(control.promises for control in controls(page(title("首页"), *tabs), APP))
    entries = [view("TextView", text=text, clickable=True, box=(360 * n, 600, 360, 100)) for n, text in enumerate(("微博", "相册", "视频"))]
    assert not any(control.promises for control in controls(page(title("拾光"), *entries), APP))
    picture = view("TextView", text="头像", clickable=True, box=at(500))
    assert [controls(page(title(text), picture), APP)[0].promises != () for text in ("个人资料", "装扮商城")] == [True, False]


def test_a_caption_beats_an_id():
    ways = [view("LinearLayout", view("TextView", text=text), id="rltitleBack", clickable=True, box=at(300)) for text in ("Login", "")]
    assert [controls(page(title("首页"), way), APP)[0].kind for way in ways] == [Kind.BUTTON, Kind.BACK]


def test_an_id_promises_nothing_for_what_there_is_to_choose_from():
    names = ("临江", "望海", "安川")
    cities = [view("TextView", text=name, id=f"city_{n}", clickable=True, box=at(300 + 100 * n)) for n, name in enumerate(names)]
    told = [[control.promises for control in controls(page(title("选择"), *cities[:few]), APP)] for few in (1, 3)]
    assert told == [[("LOCATION",)], [(), (), ()]]


def test_a_key_outlives_numbers_and_places():
    first = controls(page(view("Button", text="评论 3", id="go", box=at(300))), APP)
    second = controls(page(view("Button", text="评论 12", id="go", box=at(700))), APP)
    assert [c.key for c in first] == [c.key for c in second]


def test_rows_that_differ_in_numbers_alone_are_told_apart_and_counts_in_rows_are_not():
    volumes = view("RecyclerView", *(row(n, f"第 {n + 1} 辑") for n in range(3)), id="list", box=(0, 600, 1080, 800))
    assert [control.text for control in controls(page(volumes), APP)] == ["第 1 辑", "第 2 辑", "第 3 辑"]
    heats = [view("Button", text=f"热度 {n}", id="heat", box=(700, 600 + 100 * n, 300, 100)) for n in range(3)]
    parts = [view("LinearLayout", heat, id="item", box=at(600 + 100 * n)) for n, heat in enumerate(heats)]
    posts = view("RecyclerView", *parts, id="list", box=(0, 600, 1080, 800))
    assert [control.text for control in controls(page(posts), APP)] == ["热度 0"]


def test_two_columns_of_one_row_are_two_places_and_what_stands_beside_its_like_in_a_row_is_one():
    def column(words: str, x: int, y: int, *, whole: bool) -> Node:
        picture = view("ImageView", id="cover", clickable=not whole, box=(x, y, 540, 300))
        return view("LinearLayout", picture, view("TextView", text=words, box=(x, y + 300, 540, 60)), clickable=whole, box=(x, y, 540, 360))

    def grid(*words: str, whole: bool) -> list[str]:
        pairs = [words[n : n + 2] for n in range(0, len(words), 2)]
        rows = [
            view("LinearLayout", *(column(each, 540 * k, 360 * n, whole=whole) for k, each in enumerate(pair)), box=(0, 360 * n, 1080, 360))
            for n, pair in enumerate(pairs)
        ]
        return [control.key for control in controls(page(view("RecyclerView", *rows, id="grid", box=FULL)), APP)]

    assert len(grid(*(f"第 {n} 辑" for n in range(6)), whole=True)) == 6
    assert len(grid("山", "海", "林", "湖", "原", "城", whole=False)) == 6
    likes = [
        view(
            "LinearLayout",
            view("TextView", text=f"{'甲乙丙'[n]}说", box=(0, 400 * n, 1080, 300)),
            *(view("Button", text=f"{word} {n}", id="act", box=(540 * k, 400 * n + 300, 540, 60)) for k, word in enumerate(("赞", "踩"))),
            box=(0, 400 * n, 1080, 400),
        )
        for n in range(3)
    ]
    assert len(controls(page(view("RecyclerView", *likes, id="posts", box=FULL)), APP)) == 2


def test_numeric_fields():
    fields = controls(page(view("EditText", text="请输入手机号", box=at(1)), view("EditText", text="昵称", box=at(200))), APP)
    assert [control.numeric for control in fields] == [True, False]


def test_what_a_swipe_moves():
    roots = page(title("关于"), view("ScrollView", view("TextView"), scrollable=True, box=(0, 200, 1080, 2000)))
    part = scrolling(roots, APP)
    assert part.class_name.endswith("ScrollView")
    assert scrolling(page(title("关于")), APP) is None


def test_what_lies_behind_a_sheet_closes_it():
    (control,) = controls(page(view("View", id="touch_outside", clickable=True)), APP)
    assert control.kind is Kind.CLOSE


def post(y: int, *texts: str, of: str = "LinearLayout") -> Node:
    inner = [view("TextView", text=text, box=(0, y + 50 * n, 1080, 50)) for n, text in enumerate(texts)]
    return view(of, *inner, id="post" if of == "LinearLayout" else "more", clickable=True, box=(0, y, 1080, 200))


@pytest.mark.parametrize(
    ("last", "scrolls", "seen"),
    [
        (post(800, "丁"), True, ["甲 一", "乙 二", "丙 三"]),  # the edge of the list hides its second line
        (post(800, "丁", "四"), True, ["甲 一", "乙 二", "丙 三", "丁 四"]),
        (post(800, "查看更多", of="FrameLayout"), True, ["甲 一", "乙 二", "丙 三", "查看更多"]),  # a row of another make
        (post(800, "丁"), False, ["甲 一", "乙 二", "丙 三", "丁"]),  # nothing moves: it is whole
    ],
)
def test_a_row_that_the_edge_of_its_list_cuts_is_left_for_after_the_swipe(last: Node, scrolls: bool, seen: list[str]):
    rows = (post(200, "甲", "一"), post(400, "乙", "二"), post(600, "丙", "三"), last)
    found = controls(page(view("RecyclerView", *rows, id="list", scrollable=scrolls, box=(0, 200, 1080, 800))), APP)
    assert [control.text for control in found] == seen


def test_a_row_that_is_cut_above():
    rows = (post(200, "一"), post(400, "乙", "二"), post(600, "丙", "三"))
    found = controls(page(view("RecyclerView", *rows, id="list", scrollable=True, box=(0, 200, 1080, 800))), APP)
    assert [control.text for control in found] == ["乙 二", "丙 三"]


SHAPES = [view("View", box=(40, top, 1000, 120)) for top in (600, 900, 1200, 1500)]


@pytest.mark.parametrize(
    ("children", "loads"),
    [
        ([title("正在扫描")], True),
        ([title("垃圾清理"), view("TextView", text="40%", box=at(500))], True),
        ([title("垃圾清理"), view("ProgressBar", box=at(500))], True),
        ([title("垃圾清理"), view("TextView", text="存储空间已用 87%，建议立即清理", box=at(500))], False),
        ([title("正在热映"), view("Button", text="购票", box=at(500))], False),
        ([title("关于")], False),
        ([view("Button", text="更多"), view("WebView", box=(0, 300, 1080, 2000))], True),
        ([view("WebView", view("View", text="常见问题", box=at(500)), box=(0, 300, 1080, 2000))], False),
        ([title("推荐"), *SHAPES], True),
        ([title("推荐"), *SHAPES[:3]], False),
        ([title("推荐"), *SHAPES, view("TextView", text="今日要闻", box=at(1800))], False),
        ([title("相册"), *SHAPES, view("ImageView", clickable=True, box=at(1800))], False),
    ],
)
def test_a_page_that_goes_on_by_itself(children: list[Node], loads: bool):
    back = view("ImageButton", id="iv_back", clickable=True, box=(0, 0, 100, 100))
    assert is_loading(page(back, *children), APP) is loads


DANGERS = (
    "立即购买", "去支付", "发送", "删除", "清空缓存", "退出登录", "注销账号", "拨打电话", "立即下载", "一键登录",
    "充值", "立即充值", "发布", "转账", "退出", "Pay now", "Log out", "Buy", "立即开通", "开通", "确认订阅", "代缴",
    "提交", "提问", "提交反馈", "拉黑", "取消预约", "退票", "Call us", "Cancel trip", "解散家庭", "Submit",
    "Start free trial", "提交办理", "Apply 投递", "一键挪车", "Call HR", "6元礼包", "¥12.00", "60钻石 ¥6", "$4.99",
    "恢复出厂设置", "重置所有设置", "Factory reset", "卸载", "立即卸载", "批量卸载",
    "清空聊天记录", "删除记录", "回拨", "客服热线 95000", "联系电话：010-12345678", "定投",
    "提交预约单", "确认无误并提交", "保存并提交", "提交并返回首页", "Submit form", "发送验证码",
    "下载", "普通下载", "高速下载", "免费下载", "极速安全下载", "下载原图", "打开App观看", "打开App看全集", "App内打开",
    "前往客户端查看", "去下载", "下载并安装",
    "立即领取", "领取", "免费领取", "Download", "Open in app", "Get the app",
    "客服电话", "客服热线", "家长热线", "电话咨询", "投诉电话", "400-820-0000", "咨询 4008200000",
    "Parents hotline", "我要购买", "我要下载",
    "【下载】", "免费下载>>", "下载(23.5MB)", "下载 23.5MB", "下载·免费", "下載", "免費下載", "立即下載", "安裝", "下载即送88元",
    "下载抖音极速版", "继续下载", "仍要下载", "本地下载", "获取", "免费获取", "获取应用",
    "立即试玩", "立即开玩", "APP内看完整版", "App免费看全集", "立即领红包", "拆红包",
    "点击领取 >", "本机号码一键登录", "使用本机号登录", "本机一键登录", "一键快捷登录", "授权手机号", "允许获取手机号", "一键绑定手机号",
)  # fmt: skip
HARMLESS = (
    "提交记录", "我提交的", "待提交", "提交进度", "提交时间", "资料下载", "资源下载 ›", "自动安装", "扫码安装", "请致电客服热线",
    "允许通过手机号找到我", "可在曲库中下载伴奏", "联系电话 ›",
    "浏览 95123 次", "下载记录", "我的下载", "离线下载", "下载设置", "Downloads", "Download manager",
    "领券专区", "缓存设置", "下载中心", "下载中", "下载失败", "下载完成", "下载目录", "下载位置", "下载音质", "下载音质选择", "热门下载",
    "仅WiFi下载", "我的红包", "红包记录", "安装中", "下载任务 ›", "开始游戏", "继续播放", "查看详情",
    "领取记录", "关于App", "给App评分", "更换电话", "网络电话", "电话号码", "骚扰电话", "其他手机号登录", "手机号登录",
    "播放 40082 次", "评分 4.95",
    "应用下载榜", "1388 条评论",
    "联系客服", "订单 202611250001", "注销须知",
    "支付记录", "附近", "登录", "我的", "消息", "获取验证码", "设置", "下载管理", "购买须知", "手机充值", "充值中心", "Installed", "sender",
    "等待付款 双人下午茶 ¥ 88", "发布时间：", "3 待付款", "退款提醒", "兑换商城", "清空筛选", "确认搜索", "刘敏 13800138000",
    "应用卸载", "开通权限", "订阅号", "我的订阅", "支付设置", "恢复出厂设置说明",
    "删除后这些内容将无法恢复，请您在操作之前仔细阅读以上说明",
)  # fmt: skip


@pytest.mark.parametrize("text", DANGERS)
def test_danger(text):
    assert is_dangerous(text)


def test_publish_beside_the_tabs_opens_an_editor_and_publishes_in_it():
    tabs = [view("TextView", text=text, clickable=True, box=(x, 2250, 200, 100)) for x, text in ((0, "首页"), (300, "同城"), (600, "消息"))]
    publish = view("Button", text="发布", clickable=True, box=(440, 2100, 200, 100))

    def dangerous(*views):
        return next(c.dangerous for c in controls(page(*views), APP) if c.text == "发布")

    assert not dangerous(*tabs, publish)
    assert dangerous(*tabs, view("EditText", text="此刻的心情", box=at(300)), publish)
    assert dangerous(*tabs[:1], publish)
    new, comment = (
        view(kind, text=text, clickable=True, box=at(y)) for kind, text, y in (("Button", "发布 ＋", 500), ("EditText", "写评论", 2200))
    )
    assert not next(c.dangerous for c in controls(page(new, comment), APP) if c.text == "发布 ＋")
    pay = view("Button", text="支付", clickable=True, box=at(900))
    assert next(c.dangerous for c in controls(page(*tabs, pay), APP) if c.text == "支付")


def test_a_box_and_a_switch_without_words_are_called_by_those_of_their_line():
    def box(words: str) -> str:
        mark = view("CheckBox", id="cb", checkable=True, clickable=True, box=(40, 300, 60, 60))
        return controls(page(mark, view("TextView", text=words, box=(120, 290, 900, 80))), APP)[0].text

    assert box("我已阅读并同意《用户协议》") == "我已阅读并同意《用户协议》"
    row = [view("TextView", text=text, box=(40, y, 400, 50)) for text, y in (("通讯录同步", 300), ("换手机也不丢", 355))]
    switch = view("Switch", id="sw", checkable=True, clickable=True, box=(900, 310, 120, 80))
    [named] = controls(page(view("LinearLayout", *row, switch, box=(0, 290, 1080, 130))), APP)
    assert (named.text, named.promises) == ("通讯录同步", ("CONTACTS",))


@pytest.mark.parametrize(("words", "dangerous"), [("联系电话", False), ("客服电话", True)])
def test_an_arrow_of_its_own_tells_of_its_row(words: str, dangerous: bool) -> None:
    parts = [view("TextView", text=text, box=(x, 300, 200, 100)) for text, x in ((words, 40), ("›", 900))]
    assert controls(page(view("LinearLayout", *parts, clickable=True, box=at(300))), APP)[0].dangerous is dangerous


@pytest.mark.parametrize(
    ("id", "dangerous"),
    [("iv_send", True), ("btnSubmit", True), ("iv_send_history", False), ("iv_sender", False), ("ivcollect", True), ("detail_like", True)],
)
def test_a_control_without_words_is_known_by_its_id(id: str, dangerous: bool) -> None:
    assert is_dangerous("", id) is dangerous
    assert controls(page(view("ImageView", id=id, clickable=True, box=at(300))), APP)[0].dangerous is dangerous


@pytest.mark.parametrize("text", HARMLESS)
def test_no_danger(text):
    assert not is_dangerous(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("本机号码一键登录", True), ("一键登录", True), ("一键登录并支付", False), ("密码登录", False), ("立即购买", False)],
)
def test_a_login_by_the_sim_is_told_from_other_dangers(text: str, is_one: bool) -> None:
    assert is_sim_login(text) is is_one


def test_only_what_is_on_top_at_a_point_is_pressed():
    send = view("Button", text="发送", box=(0, 1500, 1080, 200))
    home = view(
        "FrameLayout", view("Button", text="首页一", box=(0, 300, 1080, 200)), view("Button", text="首页二", box=(0, 1500, 1080, 200))
    )
    scrim = view("FrameLayout", clickable=True, id="touch_outside", box=(0, 0, 1080, 2000))
    card = view("LinearLayout", send, clickable=True, id="sheet", box=(0, 1400, 1080, 600))
    sheet = view("FrameLayout", scrim, card, box=(0, 0, 1080, 2000))
    roots = page(view("FrameLayout", home, sheet))
    assert [control.text or control.id for control in controls(roots, APP)] == ["touch_outside", "sheet", "发送"]


def test_a_layer_that_takes_no_touch_lets_it_through():
    caption = view("TextView", text="拍照", box=(0, 300, 1080, 200))
    roots = page(view("FrameLayout", view("ImageButton", id="camera", clickable=True, box=(0, 300, 1080, 200)), caption))
    assert [control.id for control in controls(roots, APP)] == ["camera"]


def test_the_order_of_drawing_counts_where_the_dump_tells_it():
    over = view("Button", text="上层", box=(0, 300, 1080, 200), drawing_order=2)
    under = view("Button", text="下层", box=(0, 300, 1080, 200), drawing_order=1)
    assert [control.text for control in controls(page(view("FrameLayout", over, under)), APP)] == ["上层"]


def test_what_is_covered_in_part_is_pressed_beside_what_covers_it():
    ball = view("ImageView", clickable=True, id="ball", box=(440, 300, 200, 200))
    roots = page(view("FrameLayout", view("Button", text="扫一扫", box=(0, 300, 1080, 200)), ball))
    places = {control.text or control.id: control.centre for control in controls(roots, APP)}
    assert places == {"扫一扫": (54, 310), "ball": (540, 400)}


@pytest.mark.parametrize(("text", "dangerous"), [("发布 ＋", False), ("发布", True)])
def test_a_plus_begins_something_new(text, dangerous):
    found = controls(page(title("圈子"), view("Button", text=text, box=at(500))), APP)
    assert [control.dangerous for control in found] == [dangerous]
    beside_a_field = controls(page(view("EditText", box=at(300)), view("Button", text=text, box=at(500))), APP)
    assert beside_a_field[-1].dangerous


def test_the_picture_of_a_row_is_known_by_what_the_row_says():
    def feed(*names: str) -> list[Node]:
        cards = []
        for number, name in enumerate(names):
            face = view("ImageView", clickable=True, box=(0, 300 * number, 100, 100))
            words = view("TextView", text=name, clickable=True, box=(200, 300 * number, 800, 100))
            cards.append(view("LinearLayout", face, words, box=(0, 300 * number, 1080, 300)))
        return page(view("RecyclerView", *cards, id="list"))

    def faces(roots: list[Node]) -> set[str]:
        return {control.key for control in controls(roots, APP) if not control.text}

    assert len(faces(feed("晨曦书店", "海棠影院"))) == 2
    assert faces(feed("海棠影院", "晨曦书店")) == faces(feed("晨曦书店", "海棠影院"))
    assert not faces(feed("晨曦书店", "海棠影院")) & faces(feed("青石茶馆", "白鹭球场"))


@pytest.mark.parametrize(("beside", "danger"), [("", True), ("主页", False)])
def test_a_frame_that_shows_an_act_alone_is_one(beside, danger):
    act = view("Button", text="关注", clickable=True, box=(800, 340, 200, 80))
    words = [view("TextView", text=beside, clickable=True, box=(810, 440, 200, 50))] if beside else []
    frame = view("FrameLayout", act, *words, clickable=True, box=(800, 300, 240, 200))
    found = [control for control in controls(page(title("昨日小店"), frame), APP) if not control.text]
    assert [control.dangerous for control in found] == [danger]


@pytest.mark.parametrize(("beside", "danger"), [("复制链接", True), ("设置", False)])
def test_a_menu_over_its_page_is_as_narrow_as_the_screen_says(beside, danger):
    places = [(580, 80 + 140 * n, 500, 140) for n in range(2)]
    rows = [view("LinearLayout", view("TextView", text=t, box=b), box=b) for t, b in zip(("收藏", beside), places, strict=True)]
    menu = view("FrameLayout", view("ListView", *rows, box=(580, 80, 500, 280)), box=(580, 80, 500, 280))
    found = controls((*page(title("帖子")), menu), APP)
    assert [control.dangerous for control in found if control.text == "收藏"] == [danger]


def test_pictures_that_all_bear_the_name_of_the_app_are_known_by_their_ids():
    icons = [
        view("ImageView", id=name, description="驿路", clickable=True, box=at(300 + 200 * n)) for n, name in enumerate(("face", "iv_zan"))
    ]
    assert [control.dangerous for control in controls(page(*icons), APP)] == [False, True]
