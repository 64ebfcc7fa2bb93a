# case: c5-asks-again-in-session must be innocent, was violation; Android 13 aosp, seed 20312
"""松知厨房, made from seed 20312 (15). Innocent."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, RecyclerView, Row, Scroll, Text, WebView

# a function: its permission, how it is told, how often it asks, its explanation, where it leads, what is said without it
USES = {
    "nearby": ("android.permission.ACCESS_FINE_LOCATION", "obscure", "each", "位置权限使用说明", "位置权限用于按距离列出您附近的门店", "门店列表", "距您 320 米", "已为您显示全部门店", "下一步", "稍后再说"),
}


class Page(Activity):
    """A page under a title. ``links``: a press opens a page, ``<`` goes back, ``#words`` is a toast; ``uses``: a function."""

    title, back, links, uses, asking, told = "", True, {}, {}, "", ""

    def body(self):
        return []

    def on_create(self):
        self.title = self.intent.extras.get("title", self.title)
        self.draw()

    def draw(self, *layers):
        bar = [Row(Image("#546E7A", id="iv_back", width=72, height=72), Text(self.title))] if self.back else [Text(self.title)]
        page = Column(*bar, *self.body())
        layers = (*self.layers(), *layers)
        self.show(Frame(page, *layers) if layers else page)

    def layers(self):
        return []

    def on_click(self, id):
        if self.told and id in ANSWERS:
            self.decided(ANSWERS[id])
        elif self.told and id == "dim":
            self.told = ""
            self.draw()
        elif id == "iv_back":
            self.finish()
        elif id in self.uses:
            self.use(self.uses[id])
        elif id == "去设置":
            self.open_settings()
        else:
            self.follow(id, self.links.get(id, ""))

    def follow(self, id, target):
        name, _, title = target.partition("?")
        if target == "<":
            self.finish()
        elif target.startswith("#"):
            self.toast(target[1:])
        elif target:
            self.start_activity(name, **({"title": title} if title else {}))
        else:
            self.pressed(id)

    def pressed(self, id):
        pass

    def use(self, name):
        permission, told, after, title, why, opens, shows, instead, yes, no = USES[name]
        refusals = self.app.prefs.get("no " + name, 0)
        if self.app.prefs.get("agreed") == "no":
            self.toast("基本模式下不提供此功能")
        elif self.check_self_permission(permission):
            self.answered(name, True)
        elif after in ("quiet", "closes") and refusals:
            self.answered(name, False)
        elif told == "obscure":
            self.told = name
            answers = Row(Row(), Text(no, id="dbl"), Text(yes, id="dbo"))
            card = Column(Column(Text(why, id="dbk")), answers, background="#FFFFFFFF", clickable=True)
            self.draw(Column(card, background="#99000000", gravity="center", id="dim", clickable=True))
        else:
            self.request(name)

    def decided(self, yes):
        name, self.told = self.told, ""
        if USES[name][1] in ("layer", "obscure"):
            self.draw()
        if yes:
            self.request(name)
        else:
            self.refused(name)
            self.answered(name, False)

    def request(self, name):
        self.asking = name
        self.request_permissions(USES[name][0])

    def refused(self, name):
        self.app.prefs["no " + name] = self.app.prefs.get("no " + name, 0) + 1

    def on_permission_result(self, results):
        name, granted = self.asking, bool(results) and all(results.values())
        if not granted:
            self.refused(name)
        self.answered(name, granted)

    def answered(self, name, granted):
        if granted:
            if name == "nearby":
                self.read_location()
            self.start_activity("Opened", name=name)
        else:
            self.toast(USES[name][7])


ANSWERS = {
    "b_yes": True,
    "b_no": False,
    "继续": True,
    "暂不": False,
    "dbo": True,
    "dbl": False,
    "下一步": True,
    "稍后再说": False,
}


class Recipes(App):
    package = "com.generated.recipes.s20312"
    label = "松知厨房"
    version_name, version_code = "1.2.0", 120
    target_sdk = 33
    permissions = ["android.permission.ACCESS_FINE_LOCATION", "android.permission.INTERNET"]
    options = ["--clause", "1", "--clause", "5"]

    class Welcome(Page):
        launcher, back = True, False

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.enter()
            else:
                self.consent()

        def enter(self):
            for step in []:
                if not self.app.prefs.get(step):
                    self.start_activity(step)
                    self.finish()
                    return
            self.start_activity("Home")
            self.finish()

        links = {"tv_policy": "Policy"}

        def consent(self):
            self.show(Column(Text("松知厨房")))
            self.show_dialog("个人信息保护提示", "我们重视您的个人信息。请您阅读《用户协议》和《隐私政策》，了解我们如何收集、使用和保护您的个人信息。", "同意并使用", "退出", cancelable=False)

        def pressed(self, id):
            if id in ("同意并使用", "b_agree"):
                self.app.prefs["agreed"] = "yes"
                self.enter()
            elif id in ("退出", "b_refuse"):
                self.finish()
            elif id == "再想想":
                self.consent()
            elif id == "仍不同意并退出":
                self.finish()
            elif id == "b_start":
                self.ask()

    class Home(Page):
        title, back = "松知厨房", False
        links = {"daily": "Daily", "item_0": "Detail?番茄炖牛腩", "item_1": "Detail?葱油拌面", "item_2": "Detail?清蒸鲈鱼", "item_3": "Detail?蒜蓉西兰花", "item_4": "Detail?桂花酒酿", "plain_0": "Plain?时令食材", "plain_1": "Plain?我的菜谱", "plain_2": "Plain?厨艺榜", "about": "About", "policy": "Policy"}
        uses = {}
        tab, left, last_back = 0, 3600, -9000

        def on_create(self):
            self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.draw()

        def front(self):
            return [
                RecyclerView(
                    Text("今天吃什么"),
                    Row(Text("每日签到"), Row(), Text("›"), id="daily", clickable=True),
                    Row(Text("番茄炖牛腩"), Row(), Text("›"), id="item_0", clickable=True),
                    Row(Text("葱油拌面"), Row(), Text("›"), id="item_1", clickable=True),
                    Row(Text("清蒸鲈鱼"), Row(), Text("›"), id="item_2", clickable=True),
                    Row(Text("蒜蓉西兰花"), Row(), Text("›"), id="item_3", clickable=True),
                    Row(Text("桂花酒酿"), Row(), Text("›"), id="item_4", clickable=True),
                )
            ]

        def services(self):
            return [
                RecyclerView(
                    Row(Text("时令食材"), Row(), Text("›"), id="plain_0", clickable=True),
                    Row(Text("我的菜谱"), Row(), Text("›"), id="plain_1", clickable=True),
                    Row(Text("厨艺榜"), Row(), Text("›"), id="plain_2", clickable=True),
                )
            ]

        def mine(self):
            return [
                RecyclerView(
                    Row(Text("关于我们"), Row(), Text("›"), id="about", clickable=True),
                    Row(Text("隐私政策"), Row(), Text("›"), id="policy", clickable=True),
                )
            ]

        def body(self):
            shown = [self.front, self.services, self.mine][self.tab]()
            return [Column(*shown, Row()), Row(Column(Text("首页"), id="tab_0", clickable=True), Column(Text("菜单"), id="tab_1", clickable=True), Column(Text("我的"), id="tab_2", clickable=True))]

        def layers(self):
            return []

        def pressed(self, id):
            if id.startswith("tab_"):
                self.tab = int(id[4:])
                self.draw()
                return
            self.told = self.told

    class Detail(Page):
        title = "做法"
        links = {"comments": "Comments"}
        uses = {"v_nearby": "nearby"}

        def body(self):
            return [
                RecyclerView(
                    Image("#B0BEC5", height=420),
                    Text(self.title),
                    Text("今天吃什么"),
                    Column(Image("#90CAF9", width=96, height=96), Text("附近的店"), id="v_nearby", clickable=True),
                    Row(Text("查看评论"), Row(), Text("›"), id="comments", clickable=True),
                )
            ]

    class Opened(Page):
        def on_create(self):
            self.name = self.intent.extras["name"]
            self.title = USES[self.name][5]
            self.draw()

        def body(self):
            return [Text(USES[self.name][6]), Button("完成", id="done")]

        def pressed(self, id):
            if id == "done":
                self.finish()

    class Plain(Page):
        def body(self):
            return [Text(self.title + "暂无新内容"), Text("每周五更新")]

    class Comments(Page):
        title = "评论"

        def body(self):
            return [Scroll(*(Text(f"{n} 楼：写得不错，支持一下") for n in range(1, 9)))]

    class Daily(Page):
        title = "每日签到"

        def body(self):
            return [Text("已连续签到 3 天"), Text("再签 4 天可得 20 积分"), Button("签到", id="sign")]

        def pressed(self, id):
            if id == "sign":
                self.toast("签到成功")

    class About(Page):
        title = "关于我们"

        def body(self):
            return [Text("松知厨房"), Text("版本 1.0"), Text("一个小团队的作品")]

    class Policy(Page):
        title = "隐私政策"

        def body(self):
            return [WebView(*(Text(f"第 {n} 条 我们按照相关法律处理您的个人信息，并在使用相应功能时单独征得您的同意。") for n in range(1, 8)))]

