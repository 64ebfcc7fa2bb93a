# case: c1-permission-before-consent must be innocent, was suspected; Android 13 aosp, seed 7017
"""木夏花事, made from seed 7017 (15). Innocent."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Scroll, Text

# a function: its permission, how it is told, how often it asks, its explanation, where it leads, what is said without it
USES = {
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
        else:
            self.request(name)

    def decided(self, yes):
        name, self.told = self.told, ""
        if USES[name][1] == "layer":
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
            self.start_activity("Opened", name=name)
        else:
            self.toast(USES[name][7])


ANSWERS = {
    "b_yes": True,
    "b_no": False,
    "继续": True,
    "暂不": False,
}


class Plants(App):
    package = "com.generated.plants.s7017"
    label = "木夏花事"
    version_name, version_code = "1.7.0", 170
    target_sdk = 33
    permissions = []
    options = ["--clause", "1", "--clause", "5"]

    class Welcome(Page):
        launcher, back = True, False

        def on_create(self):
            self.enter()

        def enter(self):
            for step in []:
                if not self.app.prefs.get(step):
                    self.start_activity(step)
                    self.finish()
                    return
            self.start_activity("Home")
            self.finish()

        links = {"tv_policy": "Policy"}

    class Home(Page):
        title, back = "木夏花事", False
        links = {"daily": "Daily", "item_0": "Detail?绿萝", "item_1": "Detail?多肉拼盘", "item_2": "Detail?月季修剪", "item_3": "Detail?水培风信子", "item_4": "Detail?龟背竹", "second": "Second", "mine": "Mine"}
        uses = {}
        tab, left, last_back = 0, 3600, -9000

        def on_create(self):
            self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.draw()

        def front(self):
            return [
                Scroll(
                    Text("种一盆春天"),
                    Row(Text("每日签到"), Row(), Text("›"), id="daily", clickable=True),
                    Row(Text("养护"), Row(), Text("›"), id="second", clickable=True),
                    Row(Text("我的"), Row(), Text("›"), id="mine", clickable=True),
                    Row(Text("绿萝"), Row(), Text("›"), id="item_0", clickable=True),
                    Row(Text("多肉拼盘"), Row(), Text("›"), id="item_1", clickable=True),
                    Row(Text("月季修剪"), Row(), Text("›"), id="item_2", clickable=True),
                    Row(Text("水培风信子"), Row(), Text("›"), id="item_3", clickable=True),
                    Row(Text("龟背竹"), Row(), Text("›"), id="item_4", clickable=True),
                )
            ]

        def body(self):
            return self.front()

        def layers(self):
            return []

        def pressed(self, id):
            self.told = self.told

    class Second(Page):
        title = "养护"
        links = {"plain_0": "Plain?浇水计划", "plain_1": "Plain?我的花园", "plain_2": "Plain?病虫害库"}
        uses = {}

        def body(self):
            return [
                Scroll(
                    Row(Text("浇水计划"), Row(), Text("›"), id="plain_0", clickable=True),
                    Row(Text("我的花园"), Row(), Text("›"), id="plain_1", clickable=True),
                    Row(Text("病虫害库"), Row(), Text("›"), id="plain_2", clickable=True),
                )
            ]

    class Mine(Page):
        title = "我的"
        links = {"about": "About", "policy": "Policy", "rights": "Rights"}

        def body(self):
            return [
                Scroll(
                    Row(Text("关于我们"), Row(), Text("›"), id="about", clickable=True),
                    Row(Text("权限管理"), Row(), Text("›"), id="rights", clickable=True),
                )
            ]

    class Detail(Page):
        title = "植物档案"
        links = {"comments": "Comments"}
        uses = {}

        def body(self):
            return [
                Scroll(
                    Image("#B0BEC5", height=420),
                    Text(self.title),
                    Text("种一盆春天"),
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
            return [Text("木夏花事"), Text("版本 1.0"), Text("一个小团队的作品")]

    class Rights(Page):
        title = "权限管理"

        def body(self):
            return [Text("您可以在这里查看各项权限的状态"), Button("前往系统设置", id="b_system")]

        def pressed(self, id):
            if id == "b_system":
                self.open_settings()

