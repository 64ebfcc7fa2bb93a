"""Drawers, pagers, sheets, long presses and swipes: what moves, what the tree shows, what the app hears."""

import pytest

from device_farm.virtual import (
    Activity,
    App,
    BottomSheet,
    Button,
    Column,
    CoordinatorLayout,
    DrawerLayout,
    Image,
    ListView,
    RecyclerView,
    Row,
    Scroll,
    TabLayout,
    Text,
    ViewPager2,
)

LEFT, MIDDLE, RIGHT, UP, LOW = 10, 540, 1070, 400, 2200


def drawer(self):
    self.drawer = DrawerLayout(
        Column(Image("#455A64", id="iv_menu", height=90), Button("书城", id="store"), Text("封面", id="cover", long_clickable=True)),
        Column(Row(Text("设置"), id="settings", clickable=True), Text("版本 2")),
        id="drawer",
    )
    return self.drawer


class Reader(App):
    package = "com.example.reader"
    made = staticmethod(drawer)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.heard = []
            self.show(type(self.app).made(self))

        def on_click(self, id):
            self.heard.append(id)
            if id == "iv_menu":
                self.drawer.open()
                self.invalidate()

        def on_long_click(self, id):
            self.heard.append(("long", id))
            return id != "cover"

        def on_item_long_click(self, id, position):
            self.heard.append(("long", id, position))
            return True

        def on_item_click(self, id, position):
            self.heard.append((id, position))

        def on_fling(self, id, x1, y1, x2, y2):
            self.heard.append(("fling", id, x1, y1, x2, y2))

        def on_drawer_opened(self, id):
            self.heard.append(("opened", id))

        def on_drawer_closed(self, id):
            self.heard.append(("closed", id))

        def on_page_selected(self, id, position):
            self.heard.append((id, position))

        def on_state_changed(self, id, state):
            self.heard.append((id, state))


class Hand:
    """A finger on the glass of a phone that runs one activity."""

    def __init__(self, phone, content=None):
        self.phone = phone(type("Made", (Reader,), {} if content is None else {"made": staticmethod(content)}))
        self.phone.launch(Reader.package)

    @property
    def page(self):
        return self.phone.system.resumed.python_object

    @property
    def heard(self):
        return self.page.heard

    def nodes(self):
        return [node for node in self.phone.device.screen.active_root().walk() if node.visible]

    def texts(self):
        return [node.text for node in self.nodes() if node.text]

    def node(self, text="", *, id="", name=""):
        found = (n for n in self.nodes() if (text and n.text == text) or (id and n.resource_id.endswith("/" + id)) or n.class_name == name)
        return next(found)

    def tap(self, text="", *, id="", held=False):
        bounds = self.node(text, id=id).bounds
        at = (bounds.left + bounds.right) // 2, (bounds.top + bounds.bottom) // 2
        (self.phone.device.screen.long_press if held else self.phone.device.screen.tap)(*at)
        self.phone.wait(1)

    def swipe(self, x1, y1, x2, y2):
        self.phone.device.screen.swipe(x1, y1, x2, y2)
        self.phone.wait(1)

    def back(self):
        self.phone.system.press_back()
        self.phone.wait(1)


# drawers


def test_a_closed_drawer_is_not_in_the_tree_and_an_open_one_lies_over_its_content(phone):
    hand = Hand(phone)
    layout = hand.node(name="androidx.drawerlayout.widget.DrawerLayout")
    assert [child.class_name for child in layout.children] == ["android.widget.LinearLayout"]
    hand.tap(id="iv_menu")
    layout = hand.node(name="androidx.drawerlayout.widget.DrawerLayout")
    content, drawer = layout.children
    assert (content.bounds.left, content.bounds.right) == (0, 1080)
    assert (drawer.bounds.left, drawer.bounds.right) == (0, 735)
    assert {"书城", "设置"} <= set(hand.texts())
    assert hand.heard == ["iv_menu"]  # what the app does itself it is not told of


@pytest.mark.parametrize("way", ["scrim", "swipe", "back"])
def test_an_open_drawer_closes_and_the_content_is_out_of_reach_meanwhile(phone, way):
    hand = Hand(phone)
    hand.swipe(LEFT, 1200, 700, 1200)
    assert hand.heard == [("opened", "drawer")]
    hand.phone.device.screen.tap(300, 2000)  # where the drawer has nothing to press: nothing below gets it
    hand.phone.wait(1)
    assert "设置" in hand.texts()
    if way == "scrim":
        hand.tap("书城")  # it stands in the tree, and the scrim lies over its right half
        hand.phone.device.screen.tap(1000, hand.node("书城").bounds.top + 5)
        hand.phone.wait(1)
    elif way == "swipe":
        hand.swipe(600, 1200, LEFT, 1210)
    else:
        hand.back()
    assert "设置" not in hand.texts()
    assert hand.heard == [("opened", "drawer"), ("closed", "drawer")]
    assert hand.phone.front == Reader.package


def test_only_a_swipe_from_its_edge_opens_it(phone):
    hand = Hand(phone)
    hand.swipe(MIDDLE, 1200, 1000, 1200)
    assert "设置" not in hand.texts()
    assert hand.heard == [("fling", "", MIDDLE, 1200, 1000, 1200)]

    def at_the_end(self):
        return DrawerLayout(Column(Text("正文")), Column(Text("目录")), id="toc", gravity="end")

    hand = Hand(phone, at_the_end)
    hand.swipe(LEFT, 1200, 700, 1200)
    assert "目录" not in hand.texts()
    hand.swipe(RIGHT, 1200, 300, 1200)
    assert hand.node("目录").bounds.left > 300
    assert hand.heard[-1] == ("opened", "toc")


# pagers


def pager(self):
    self.pager = ViewPager2(*(Scroll(*(Text(f"{name} {n}") for n in range(60))) for name in ("推荐", "关注", "同城")), id="vp")
    return Column(TabLayout(self.pager, "推荐页", "关注页", "同城页", id="tabs"), self.pager)


def test_a_pager_shows_one_page_as_android_prints_it(phone):
    hand = Hand(phone, pager)
    outer = hand.node(name="androidx.viewpager.widget.ViewPager")
    (rows,) = outer.children
    (cell,) = rows.children
    assert (outer.resource_id, outer.scrollable) == ("com.example.reader:id/vp", True)
    assert (rows.class_name, rows.resource_id, rows.scrollable) == ("androidx.recyclerview.widget.RecyclerView", "", True)
    assert cell.class_name == "android.widget.FrameLayout"
    assert "关注 0" not in hand.texts()
    strip = hand.node(name="android.widget.HorizontalScrollView")
    tabs = strip.children[0].children
    assert [(tab.description, tab.selected, tab.clickable) for tab in tabs] == [
        ("推荐页", True, False), ("关注页", False, True), ("同城页", False, True),
    ]  # fmt: skip
    assert [tab.children[0].text for tab in tabs] == ["推荐页", "关注页", "同城页"]


def test_a_swipe_or_a_tab_turns_the_page_and_a_scroll_stays_one(phone):
    hand = Hand(phone, pager)
    hand.swipe(900, 1200, 200, 1190)
    assert "关注 0" in hand.texts()
    hand.swipe(MIDDLE, 1800, MIDDLE, 600)
    assert "关注 0" not in hand.texts()
    hand.tap("同城页")
    hand.swipe(900, 1200, 200, 1200)  # the last page: there is no further one
    assert "同城 0" in hand.texts()
    hand.swipe(200, 1200, 900, 1200)
    assert hand.heard[:3] == [("vp", 1), ("vp", 2), ("fling", "", 900, 1200, 200, 1200)]
    assert hand.heard[3:] == [("vp", 1)]


# long presses


def test_a_long_click_is_told_and_a_click_where_the_app_does_not_take_it(phone):
    def content(self):
        return Column(
            Row(Text("第一章"), id="row", clickable=True, long_clickable=True),
            Text("封面", id="cover", long_clickable=True),
            Button("读", id="read"),
            ListView(Text("书签一"), Text("书签二"), id="marks", long_clickable=True),
        )

    hand = Hand(phone, content)
    hand.tap("第一章", held=True)
    hand.tap("封面", held=True)
    hand.tap("读", held=True)
    hand.tap("书签二", held=True)
    hand.tap("书签二")
    hand.tap("第一章")
    assert hand.heard == [("long", "row"), ("long", "cover"), "cover", "read", ("long", "marks", 1), ("marks", 1), "row"]
    assert hand.node(id="row").long_clickable
    assert hand.node("书签一").long_clickable
    assert not hand.node("读").long_clickable


# sheets


def half(self):
    self.sheet = BottomSheet(
        Text("附近 12 家"), *(Text(f"门店 {n}", id=f"shop_{n}") for n in range(40)), id="sheet", fit_to_contents=False, peek_height=300
    )
    return CoordinatorLayout(Column(Text("地图"), Button("定位", id="locate")), self.sheet)


def test_a_sheet_is_collapsed_half_expanded_expanded_and_hidden_by_a_finger(phone):
    hand = Hand(phone, half)
    assert hand.node(id="sheet").bounds.top == 2274 - 300
    hand.swipe(MIDDLE, 2100, MIDDLE, 1800)
    assert hand.node(id="sheet").bounds.top == 118 + (2274 - 118) // 2
    hand.swipe(MIDDLE, 1500, MIDDLE, 700)
    assert hand.node(id="sheet").bounds.top == 118
    hand.swipe(MIDDLE, 300, MIDDLE, 1200)
    hand.swipe(MIDDLE, 1300, MIDDLE, 2100)
    hand.swipe(MIDDLE, 2100, MIDDLE, 2250)
    states = ["half_expanded", "expanded", "half_expanded", "collapsed", "hidden"]
    assert hand.heard == [("sheet", state) for state in states]
    assert "附近 12 家" not in hand.texts()
    hand.page.sheet.state = "collapsed"
    hand.page.invalidate()
    assert "附近 12 家" in hand.texts()


def test_a_sheet_keeps_touches_from_what_it_covers(phone):
    hand = Hand(phone, half)
    hand.page.sheet.state = "expanded"
    hand.page.invalidate()
    where = hand.node("定位").bounds  # still in the tree, as on a phone
    hand.phone.device.screen.tap((where.left + where.right) // 2, (where.top + where.bottom) // 2)
    hand.phone.wait(1)
    assert "locate" not in hand.heard


def asked(self):
    return Column(Button("更多", id="more"))


@pytest.mark.parametrize("way", ["beside", "swipe", "back", "app"])
def test_a_bottom_sheet_dialog_lies_over_all_and_goes_away(phone, way):
    hand = Hand(phone, asked)
    sheet = BottomSheet(Button("拍摄", id="shoot"), Button("从相册选择", id="album"), id="choose")
    hand.page.show_bottom_sheet(sheet)
    assert [n.resource_id.rpartition("/")[2] for n in hand.nodes() if n.resource_id.startswith(Reader.package)] == [
        "container", "coordinator", "touch_outside", "design_bottom_sheet", "choose", "shoot", "album",
    ]  # fmt: skip
    outside = hand.node(id="touch_outside")
    assert (outside.class_name, outside.clickable) == ("android.view.View", True)
    assert hand.node(id="coordinator").class_name == "android.view.ViewGroup"
    assert "更多" not in hand.texts()
    hand.tap("拍摄")
    assert hand.heard == ["shoot"]
    assert "拍摄" in hand.texts()
    if way == "beside":
        hand.phone.device.screen.tap(MIDDLE, UP)
        hand.phone.wait(1)
    elif way == "swipe":
        top = hand.node(id="design_bottom_sheet").bounds.top
        hand.swipe(MIDDLE, top + 20, MIDDLE, 2390)
    elif way == "back":
        hand.back()
    else:
        hand.page.dismiss_bottom_sheet()
    assert hand.texts() == ["更多"]
    assert hand.heard == (["shoot"] if way == "app" else ["shoot", ("choose", "hidden")])
    assert hand.phone.front == Reader.package


def test_a_sheet_that_is_not_cancelable_stays_at_back_and_a_touch_beside_it(phone):
    hand = Hand(phone, asked)
    hand.page.show_bottom_sheet(BottomSheet(Text("请选择"), id="choose", hideable=False), cancelable=False)
    hand.back()
    hand.phone.device.screen.tap(MIDDLE, UP)
    hand.swipe(MIDDLE, 2200, MIDDLE, 2390)
    assert hand.texts() == ["请选择"]
    assert hand.heard == []


# lists


def test_a_recycler_has_only_the_rows_in_sight(phone):
    def content(self):
        return RecyclerView(*(Row(Text(f"第 {n} 条"), id=f"row_{n}", clickable=True) for n in range(80)), id="rv")

    hand = Hand(phone, content)
    rows = hand.node(name="androidx.recyclerview.widget.RecyclerView")
    assert rows.scrollable
    assert len(rows.children) < 40
    hand.tap("第 3 条")
    hand.swipe(MIDDLE, LOW, MIDDLE, UP)
    assert hand.heard == ["row_3"]
    assert "第 0 条" not in hand.texts()


def test_the_truth_tells_what_the_user_moved(phone):
    hand = Hand(phone, pager)
    hand.tap("关注页")
    assert [(row["kind"], row["id"], row["state"]) for row in hand.phone.truth("moved")] == [("pager", "vp", "1")]
