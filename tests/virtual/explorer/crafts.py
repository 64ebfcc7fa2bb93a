"""A shop of crafts of 252 pages of 29 kinds: a feed, a shop, chats, orders, help, settings and lessons of steps."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Image, ListView, RecyclerView, Row, Scroll, Switch, Text

TABS = {"Feed": "首页", "Market": "分类", "Chats": "消息", "Mine": "我的"}
THINGS = ["竹编灯", "陶杯", "布伞", "木梳", "茶则", "漆盘", "香囊", "纸扇", "铜铃"]
PEOPLE = ["阿岩", "小禾", "老周", "林木", "青山", "可可", "大川", "米粒", "北北", "南乔"]
SETTINGS = ["账号与安全", "通知", "播放与下载", "深色模式", "字体大小", "语言", "清理缓存", "隐私", "青少年模式", "关于"]
QUESTIONS = ["怎么改地址", "收不到短信", "怎么开发票", "物流不动了", "怎么换货", "会员怎么用"]


class Page(Activity):
    """``number``: which of its kind it is."""

    def on_create(self):
        self.number = self.intent.extras.get("number", 0)
        title = self.intent.extras.get("title", "")
        made = KINDS[type(self).__name__][1]
        tab = type(self).__name__ in TABS
        head = [Text(title or TABS["Feed"])] if tab else [Row(Image("#455A64", id="iv_back", width=72, height=72), Text(title))]
        bar = [Row(*(Button(name, id=f"tab_{key}") for key, name in TABS.items()))] if tab else []
        LINKS.clear()
        self.show(Column(*head, *made(self.number), *bar))
        self.links = [*LINKS]

    def on_click(self, id):
        if id == "iv_back":
            self.finish()
        elif id.startswith("tab_"):
            self.start_activity(id[4:], title=TABS[id[4:]])
            self.finish()
        elif id in USES:
            self.request_permissions(USES[id])
        elif id.startswith("to_"):
            name, number, title = self.links[int(id[3:])]
            self.start_activity(name, number=number, title=title)
        else:
            self.toast("好的")

    def on_item_click(self, id, position):
        name, first = id.split("_")
        self.start_activity(name, number=int(first) + position, title=TITLES[name](int(first) + position))

    def on_permission_result(self, results):
        self.toast("已更新" if all(results.values()) else "您可以稍后再试")


USES = {
    "nearby": "android.permission.ACCESS_FINE_LOCATION",
    "scan": "android.permission.CAMERA",
    "friends": "android.permission.READ_CONTACTS",
}
CHAIN = ["准备", "起手", "定位", "打磨", "上色", "晾晒", "收尾"]
LINKS = []
NUMBERED = ("Comments", "Specs", "Reviews", "Shop", "ChatInfo", "Logistics", "Deeper", "Chapter", "Step")
TITLES = {
    "Author": lambda n: PEOPLE[n],
    "Lesson": lambda n: f"{CHAIN[n % 7]}（{n + 1}）",
    "Article": lambda n: f"{THINGS[n % 9]}的第{n + 1}个故事",
    "Goods": lambda n: f"{THINGS[n % 9]} {n + 1} 号",
    "Chat": lambda n: PEOPLE[n],
    "Answer": lambda n: f"{QUESTIONS[n % 6]}？{n // 6 + 1}",
    "Order": lambda n: f"订单 {20260 + n}",
}


def _called(name, number, title):
    """The title of a page: what leads there, with its number where pages of this kind have one title."""
    return TITLES[name](number) if name in TITLES else f"{title} {number + 1}" if name in NUMBERED else title


def _link(name, number, title):
    """The id of what leads to a page: its place among those of the page that is made now."""
    LINKS.append((name, number, _called(name, number, title)))
    return f"to_{len(LINKS) - 1}"


def go(name, number, title):
    """A row that leads on."""
    return Row(Text(title), Row(), Text("›"), id=_link(name, number, title), clickable=True)


def rows(name, first, count):
    """A list that leads to pages of one kind."""
    made = [
        Row(Image("#BCAAA4", width=160, height=160), Column(Text(TITLES[name](n)), Text("昨天更新"))) for n in range(first, first + count)
    ]
    return ListView(*made, id=f"{name}_{first}")


def button(name, number, title):
    """A button that leads on."""
    return Button(title, id=_link(name, number, title))


KINDS = {  # of each: how many, what it shows
    "Feed": (1, lambda n: [Button("附近的店", id="nearby"), rows("Article", 0, 24)]),
    "Market": (1, lambda n: [RecyclerView(*(go("Category", k, thing) for k, thing in enumerate(THINGS)))]),
    "Chats": (1, lambda n: [Button("找朋友", id="friends"), rows("Chat", 0, 8)]),
    "Mine": (
        1,
        lambda n: [
            Scroll(
                Button("扫一扫", id="scan"),
                go("Orders", 0, "待付款"),
                go("Orders", 1, "待收货"),
                go("Orders", 2, "已完成"),
                go("Orders", 3, "售后"),
                go("Courses", 0, "手艺课"),
                go("Help", 0, "帮助中心"),
                go("Settings", 0, "设置"),
                go("Footprints", 0, "足迹"),
            )
        ],
    ),
    "Article": (
        24,
        lambda n: [
            Text("一件旧物，一段日子。"),
            Image("#A5D6A7", height=500),
            Row(button("Author", n % 10, "作者主页"), Button("收起", id="fold")),
            *([button("Comments", n, "全部评论")] if n % 4 == 0 else []),
        ],
    ),
    "Author": (10, lambda n: [Text(PEOPLE[n]), Text("住在城南"), Row(Text("12 粉丝"), Text("3 篇"))]),
    "Comments": (
        6,
        lambda n: [ListView(*(Row(Text(PEOPLE[k]), Text("真好看")) for k in range(6)), id="said_0"), EditText("说点什么", id="et_say")],
    ),
    "Category": (9, lambda n: [Row(Button("综合", id="by_all"), Button("新品", id="by_new")), rows("Goods", 4 * n, 4)]),
    "Goods": (
        36,
        lambda n: [
            Image("#FFE0B2", height=600),
            Text("手作，每件略有不同"),
            go("Specs", n % 8, "规格参数"),
            go("Reviews", n // 3, "买家评价"),
            button("Shop", n % 6, "进店看看"),
        ],
    ),
    "Specs": (8, lambda n: [*(Row(Text(word), Text("见实物")) for word in ("材质", "产地", "尺寸", "重量", "工期"))]),
    "Reviews": (
        12,
        lambda n: [
            Row(Button("有图", id="pictured"), Button("最新", id="latest")),
            Scroll(*(Row(Text(PEOPLE[k]), Text("不错")) for k in range(7))),
        ],
    ),
    "Shop": (
        6,
        lambda n: [Image("#CFD8DC", height=300), Text("营业六年"), Button("店铺公告", id="notice"), Switch("上新提醒", id="sw_new")],
    ),
    "Chat": (8, lambda n: [Text("昨天 20:14"), Text("在吗"), button("ChatInfo", n, "聊天信息"), EditText("输入消息", id="et_chat")]),
    "ChatInfo": (8, lambda n: [Switch("消息免打扰", id="sw_mute"), Switch("置顶聊天", id="sw_top"), Row(Text("查找记录"))]),
    "Orders": (4, lambda n: [rows("Order", 3 * n, 3)]),
    "Order": (12, lambda n: [Text("共 1 件"), Text("合计 58 元"), go("Logistics", n % 5, "查看物流"), Button("复制单号", id="copy")]),
    "Logistics": (5, lambda n: [*(Row(Image("#90A4AE", width=40, height=40), Text(f"第 {k + 1} 站已发出")) for k in range(6))]),
    "Settings": (1, lambda n: [Scroll(*(go("Setting", k, title) for k, title in enumerate(SETTINGS)))]),
    "Setting": (
        10,
        lambda n: [Switch("开启", id="sw_on"), *([go("Deeper", n, f"{SETTINGS[n]}说明")] if n % 3 == 0 else [Text("即时生效")])],
    ),
    "Deeper": (4, lambda n: [Text("这里说明它做什么"), Text("关闭后不受影响")]),
    "Help": (
        1,
        lambda n: [
            Row(*(Image("#B0BEC5", width=80, height=80) for _ in range(2))),
            Scroll(*(go("Topic", k, t) for k, t in enumerate(["购物", "配送", "售后", "账号", "课程"]))),
        ],
    ),
    "Topic": (5, lambda n: [rows("Answer", 6 * n, 6)]),
    "Answer": (
        30,
        lambda n: [
            Text("请按以下步骤操作"),
            Text("一，打开我的"),
            Text("二，找到它"),
            Row(Button("有用", id="useful"), Button("没用", id="useless")),
        ],
    ),
    "Courses": (1, lambda n: [Scroll(*(go("Course", k, f"{thing}课") for k, thing in enumerate(THINGS[:4])))]),
    "Course": (4, lambda n: [Image("#D1C4E9", height=400), *(go("Chapter", 3 * n + k, f"第{'一二三'[k]}章") for k in range(3))]),
    "Chapter": (12, lambda n: [Text("本章两课"), *(go("Lesson", 2 * n + k, f"{CHAIN[(2 * n + k) % 7]}（{n + 1}）") for k in range(2))]),
    "Lesson": (24, lambda n: [Image("#B39DDB", height=600), *([button("Step", 0, "动手做")] if n == 5 else [Text("看完就会")])]),
    "Step": (7, lambda n: [Image("#FFCCBC", height=300), *([button("Step", n + 1, "下一步")] if n < 6 else [Text("大功告成")])]),
    "Footprints": (1, lambda n: [rows("Goods", 8, 3)]),
}


class Crafts(App):
    package, label = "com.example.crafts", "城南手作"
    permissions = [*USES.values()]
    kinds = {kind: count for kind, (count, _) in KINDS.items()}  # tests/generated/reach.py counts what was shown of each

    class Start(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.enter()
            else:
                self.show_dialog("用户协议与隐私政策", "请您阅读并同意《用户协议》和《隐私政策》。", "同意", "不同意", cancelable=False)

        def enter(self):
            self.start_activity("Feed", title="首页")
            self.finish()

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["agreed"] = True
                self.enter()
            else:
                self.finish()


for kind in KINDS:
    setattr(Crafts, kind, type(kind, (Page,), {"__module__": __name__, "__qualname__": f"Crafts.{kind}"}))
