"""Screen identity: pairs of pages that must be the same screen, and pairs that must not."""

import pytest

from harness.pages.controls import controls
from harness.pages.identity import describe
from harness.parsers.hierarchy import Node

APP = "com.example.shop"


def view(kind, *children, text="", id="", box=(0, 0, 1080, 200), **more) -> Node:
    name = "androidx.recyclerview.widget.RecyclerView" if kind == "RecyclerView" else f"android.widget.{kind}"
    x, y, width, height = box
    clickable = more.pop("clickable", kind == "Button")
    return Node(
        text=text, class_name=name, package=more.pop("package", APP), resource_id=f"{APP}:id/{id}" if id else "", children=children,
        bounds=(x, y, x + width, y + height), clickable=clickable, pressable=clickable, **more,
    )  # fmt: skip


def page(*children: Node) -> tuple[Node, ...]:
    return (view("FrameLayout", view("LinearLayout", *children, box=(0, 0, 1080, 2400)), box=(0, 0, 1080, 2400)),)


def at(y: int) -> tuple[int, int, int, int]:
    return (0, y, 1080, 100)


def title(text: str) -> Node:
    return view("TextView", text=text, box=at(100))


def row(number: int, text: str) -> Node:
    return view("LinearLayout", view("TextView", text=text, id="name"), id="item", clickable=True, box=at(600 + 100 * number))


FULL = (0, 0, 1080, 2400)
LIST = view("RecyclerView", id="settings", scrollable=True, box=(0, 200, 1080, 2200))


def feed(*over: Node, hint: str = "搜同城", song: str = "晴天", posts: int = 5) -> tuple[Node, ...]:
    """A home page as many apps have it: a search, a list, what plays, a tab bar; ``over`` is laid over the list."""
    places = {text: (270 * n, 2250, 270, 150) for n, text in enumerate(TABS)}
    tabs = [view("FrameLayout", view("TextView", text=t, box=b), selected=t == "首页", clickable=True, box=b) for t, b in places.items()]
    rows = [
        view("LinearLayout", view("TextView", text=f"第{n}条"), clickable=True, box=(0, 300 + 300 * n, 1080, 300)) for n in range(posts)
    ]
    search = view("LinearLayout", view("ImageView"), view("TextView", text=hint, box=at(110)), id="search", clickable=True, box=at(100))
    contents = view(
        "FrameLayout", view("RecyclerView", *rows, id="posts", scrollable=True, box=(0, 300, 1080, 1700)), box=(0, 300, 1080, 1700)
    )
    player = view(
        "LinearLayout",
        view("TextView", text=song, box=at(2050)),
        view("ImageView", id="play", clickable=True),
        id="player",
        clickable=True,
        box=(0, 2000, 1080, 150),
    )
    return page(
        search, view("FrameLayout", contents, *over, box=(0, 300, 1080, 1700)), player, view("LinearLayout", *tabs, id="tabs", box=at(2250))
    )


def runs(song: str) -> tuple[Node, ...]:
    """A page below which the title of a song runs through a bar: such a text is selected."""
    name = view("TextView", text=song, selected=True, box=at(2200))
    return page(title("歌单"), LIST, view("LinearLayout", name, view("TextView", text="周杰伦"), id="bar", clickable=True, box=at(2200)))


def turned(banner: str) -> tuple[Node, ...]:
    """A page with a banner that turns by itself."""
    pager = view("ViewPager", view("Button", text=banner, box=at(300)), id="banners", scrollable=True, box=(0, 200, 1080, 500))
    return page(title("商城"), pager, view("RecyclerView", id="goods", scrollable=True, box=(0, 700, 1080, 1700)))


TABS = ("首页", "朋友", "消息", "我的")


def film(likes: str, *more: Node) -> tuple[Node, ...]:
    """One film of a feed in a pager, with its counts."""
    counts = [
        view(
            "LinearLayout",
            view("TextView", text=text, clickable=True, box=at(1000 + 200 * n)),
            id=f"act_{'abc'[n]}",
            box=at(1000 + 200 * n),
        )
        for n, text in enumerate((likes, "326", "1.8万"))
    ]
    player = view("TextureView", box=FULL)
    return page(
        view("ViewPager", view("FrameLayout", player, *counts, *more, box=FULL), id="films", scrollable=True, box=FULL),
        view("Button", text="拍摄", id="shoot"),
        view("Button", text="搜索", id="find"),
    )


def browser(heading: str, *tools: Node) -> tuple[Node, ...]:
    """A page of the web below a head of the app."""
    web = view(
        "WebView",
        view("View", text=heading, box=at(300)),
        view("View", text="一、请先登录", box=at(500)),
        text="帮助中心",
        box=(0, 200, 1080, 2200),
    )
    return page(view("LinearLayout", view("TextView", text="返回", id="back", clickable=True), *tools, title("帮助中心")), web)


def laid_over(below: tuple[Node, ...], *children: Node, **more) -> tuple[Node, ...]:
    """A page that another one was laid over in the same window, and that stays in the tree."""
    root = below[0]
    return (view("FrameLayout", *root.children, view("FrameLayout", *children, box=FULL, **more), box=FULL),)


SETTINGS = (title("设置"), LIST)


def described(*words: str) -> tuple[Node, ...]:
    """A page of a toolkit that draws itself and tells accessibility descriptions only."""
    return page(*[view("View", description=text, clickable=n > 0, box=at(100 + 300 * n)) for n, text in enumerate(words)])


HOME = page(title("首页"), view("TextView", text="今日 26 度", box=at(900)), view("Button", text="扫一扫", id="scan", box=at(300)))
KEYBOARD = Node(class_name="android.widget.FrameLayout", package="com.android.inputmethod.latin", bounds=(0, 1600, 1080, 2400))

SAME = {
    "a text further down": (
        HOME,
        page(title("首页"), view("TextView", text="昨日有雨，出门带伞", box=at(900)), HOME[0].children[0].children[2]),
    ),
    "a badge on it": (HOME, page(*HOME[0].children[0].children, view("TextView", text="99+", id="unread", box=at(350)))),
    "an advert above": (
        HOME,
        page(view("FrameLayout", view("TextView", text="广告"), view("ImageView"), box=at(200)), *HOME[0].children[0].children),
    ),
    "the keyboard": (HOME, (*HOME, KEYBOARD)),
    "a count in the title": (page(title("购物车(3)")), page(title("购物车(12)"))),
    "a countdown on a button": (
        page(title("验证"), view("Button", text="59秒后重发", id="again")),
        page(title("验证"), view("Button", text="7秒后重发", id="again")),
    ),
    "more rows of a list": (
        page(title("订单"), view("RecyclerView", *[row(n, f"订单{n}") for n in range(3)], scrollable=True)),
        page(title("订单"), view("RecyclerView", *[row(n, f"商品{n}") for n in range(9)], scrollable=True)),
    ),
    "rows of two kinds": (
        page(title("订单"), view("RecyclerView", row(0, "甲"), row(1, "乙"))),
        page(title("订单"), view("RecyclerView", row(0, "甲"), view("TextView", text="昨天"), row(1, "乙"))),
    ),
    "rows without a list class": (
        page(title("新闻"), view("ScrollView", view("LinearLayout", *[row(n, "头条") for n in range(4)]))),
        page(title("新闻"), view("ScrollView", view("LinearLayout", *[row(n, "别的头条") for n in range(7)]))),
    ),
    "what was typed": (
        page(title("登录"), view("EditText", text="手机号", id="phone")),
        page(title("登录"), view("EditText", text="00000000000", id="phone")),
    ),
    "a switch that was turned": (
        page(title("设置"), view("Switch", text="推荐", checkable=True, checked=True)),
        page(title("设置"), view("Switch", text="推荐", checkable=True, checked=False)),
    ),
    "a bar that tells of news": (
        feed(),
        feed(view("FrameLayout", view("TextView", text="更新了10条"), id="tip", clickable=True, box=(0, 300, 1080, 90))),
    ),
    "another hint in the search": (feed(), feed(hint="双十一好物")),
    "another proposal of a narrow search": (
        page(title("首页"), view("TextView", text="搜 春天", id="tv_hint", clickable=True, box=(40, 300, 400, 90))),
        page(title("首页"), view("TextView", text="大家都在搜 手账", id="tv_hint", clickable=True, box=(40, 300, 400, 90))),
    ),
    "another song": (feed(), feed(song="稻香")),
    "another song that runs through its bar": (runs("晴天"), runs("稻香")),
    "another banner in a small pager": (turned("双十一"), turned("领券中心")),
    "a row that fills the list": (feed(), feed(posts=1)),
    "what turns by itself": (
        page(title("我的"), view("ViewFlipper", view("Button", text="超话 5级"))),
        page(title("我的"), view("ViewFlipper", view("Button", text="昨日阅读"), view("Button", text="获赞"))),
    ),
    "another film of a feed": (
        film("24.1万"),
        film("99", view("FrameLayout", view("TextView", text="搜同款"), id="tag", clickable=True, box=at(2000))),
    ),
    "a close beside the way back": (
        browser("如何找回密码"),
        browser("如何找回密码", view("TextView", text="关闭", id="shut", clickable=True)),
    ),
    "what waits in empty holders": (
        feed(),
        feed(view("FrameLayout", view("ProgressBar", id="wait"), id="holder", box=(0, 300, 1080, 1700))),
    ),
    "a page over another one than before": (
        laid_over(feed(), *SETTINGS),
        laid_over(page(title("我的"), view("Button", text="签到", id="sign")), *SETTINGS),
    ),
    "a drawer that is shut": (
        feed(),
        (
            view(
                "DrawerLayout",
                *feed()[0].children,
                view("FrameLayout", view("Button", text="夜间模式"), box=(-900, 0, 900, 2400)),
                box=FULL,
            ),
        ),
    ),
    "numbers in ids": (
        page(title("新闻"), *[view("TextView", text="甲", id=f"row{n}", box=at(400 + 100 * n), clickable=True) for n in range(4)]),
        page(title("新闻"), *[view("TextView", text="乙", id=f"row{n}", box=at(400 + 100 * n), clickable=True) for n in range(10, 15)]),
    ),
}

DIFFERENT = {
    "another title": (page(title("设置"), row(0, "甲")), page(title("帮助"), row(0, "甲"))),
    "another button": (
        page(title("结果"), view("Button", text="重试", id="go")),
        page(title("结果"), view("Button", text="去登录", id="go")),
    ),
    "another selected tab": (
        page(view("LinearLayout", view("TextView", text="全部", selected=True), view("TextView", text="待付款")), title("订单")),
        page(view("LinearLayout", view("TextView", text="全部"), view("TextView", text="待付款", selected=True)), title("订单")),
    ),
    "another field": (
        page(title("登录"), view("EditText", id="phone")),
        page(title("登录"), view("EditText", id="phone"), view("EditText", id="password")),
    ),
    "a dialog over it": (HOME, (*HOME, view("FrameLayout", view("TextView", text="红包"), box=(100, 900, 880, 600)))),
    "a page over its home": (feed(), laid_over(feed(), *SETTINGS)),
    "a guide over a film": (
        film("24.1万"),
        laid_over(film("24.1万"), view("TextView", text="上滑看更多", box=at(1200)), id="guide", clickable=True),
    ),
    "another heading of a web page": (browser("如何找回密码"), browser("账号被冻结怎么办")),
    "a tab that only accessibility calls selected": (
        page(*[view("TextView", description=f"{text}，按钮", text=text, clickable=True, box=at(100)) for text in TABS], LIST),
        page(
            *[
                view("TextView", description=f"{text}，{'已选中，' if text == '朋友' else ''}按钮", text=text, clickable=True, box=at(100))
                for text in TABS
            ],
            LIST,
        ),
    ),
    "another film and the page that waits for one": (
        film("24.1万"),
        page(view("ViewPager", id="films", box=FULL), view("Button", text="拍摄", id="shoot"), view("Button", text="搜索", id="find")),
    ),
    "pages that only tell descriptions": (
        described("设置", "清理缓存", "退出登录", "关于"),
        described("帮助", "联系客服", "常见问题", "反馈"),
    ),
    "another result with one button": (
        page(view("TextView", text="支付成功", id="success", box=at(900)), view("Button", text="完成", id="done", box=at(1500))),
        page(view("TextView", text="支付失败", id="failure", box=at(900)), view("Button", text="完成", id="done", box=at(1500))),
    ),
    "a page held the other way": (page(title("影片"), LIST), (view("FrameLayout", title("影片"), LIST, box=(0, 0, 2400, 1080)),)),
    "another page of one tab": (
        page(
            view(
                "ViewPager",
                view("RecyclerView", view("FrameLayout", view("Button", text="扫一扫", id="scan"), LIST, box=FULL), box=FULL),
                box=FULL,
            )
        ),
        page(
            view(
                "ViewPager",
                view("RecyclerView", view("FrameLayout", view("Button", text="我的订单", id="mine"), LIST, box=FULL), box=FULL),
                box=FULL,
            )
        ),
    ),
    "a list instead of a message": (
        page(title("消息"), view("TextView", text="暂无消息", id="empty")),
        page(title("消息"), view("RecyclerView", id="all")),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_screen(name):
    first, second = (describe(roots, APP) for roots in SAME[name])
    assert first.screen == second.screen


@pytest.mark.parametrize("name", DIFFERENT)
def test_another_screen(name):
    first, second = (describe(roots, APP) for roots in DIFFERENT[name])
    assert first.screen != second.screen


def test_pages_made_by_the_same_code_share_their_skeleton():
    first, second = (describe(roots, APP) for roots in DIFFERENT["another title"])
    assert first.skeleton == second.skeleton


def test_a_page_that_the_app_draws_itself_is_bare():
    drawn = describe(page(view("View")), APP)
    assert drawn.bare
    home = describe(HOME, APP)
    assert not home.bare


def test_nothing_is_no_page():
    assert describe((), APP) is None


def test_a_page_promises_what_it_offers_itself_and_says_what_is_seen_of_it() -> None:
    below = page(title("首页"), view("LinearLayout", view("Button", text="扫一扫", id="scan", box=at(300)), box=FULL))
    seen = describe(laid_over(below, *SETTINGS), APP)
    assert (seen.title, seen.promises, seen.text) == ("设置", (), "设置")
    alone = describe(below, APP)
    assert alone.promises == ("CAMERA",)


def test_controls_are_those_of_the_page_in_front() -> None:
    back = view("ImageView", id="a", clickable=True, box=(0, 100, 120, 120))
    tracks = view("RecyclerView", view("TextView", text="第一首", box=at(1400)), id="tracks", scrollable=True, box=(0, 1300, 1080, 1100))
    album = laid_over(feed(), back, title("歌单"), view("ImageView", box=(0, 250, 1080, 1000)), tracks)
    assert [control.text or control.id for control in controls(album, APP)] == ["a", "第一首"]
    map_ = laid_over(feed(), view("Button", text="附近", box=at(400)), tracks)
    assert "搜同城" in [control.text for control in controls(map_, APP)]
    shut = SAME["a drawer that is shut"][1]
    assert [control.text for control in controls(laid_over(feed(), title("设置"), view("Button", text="退出", box=FULL)), APP)] == ["退出"]
    assert "夜间模式" not in [control.text for control in controls(shut, APP)]
    assert "首页" in [control.text for control in controls(shut, APP)]
    menu = view("FrameLayout", view("Button", text="夜间模式"), box=(0, 0, 900, 2400))
    drawn = (view("DrawerLayout", *feed()[0].children, menu, box=FULL),)
    assert [control.text for control in controls(drawn, APP)] == ["夜间模式"], "what lies beside an open drawer only shuts it"


def test_the_hint_of_a_field_is_no_content_and_promises_nothing() -> None:
    field = view("EditText", text="搜索附近门店", box=at(300), clickable=True)
    seen = describe(page(title("微信号登录"), field, view("Button", text="登录", box=at(500))), APP)
    assert (seen.text, seen.promises, seen.fields) == ("微信号登录\n登录", (), 1)
    button = describe(page(title("首页"), view("Button", text="搜索附近门店", box=at(300))), APP)
    assert button.promises == ("LOCATION",)
