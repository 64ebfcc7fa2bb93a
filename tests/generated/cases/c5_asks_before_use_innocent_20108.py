# case: c5-asks-before-use must be innocent, was violation; Android 14 oneui, seed 20108
"""棠川手账, made from seed 20108 (15). Innocent."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Scroll, Text, WebView

# a function: its permission, how it is told, how often it asks, its explanation, where it leads, what is said without it
USES = {
    "album": ("android.permission.READ_MEDIA_IMAGES", "whole", "settings", "存储权限使用说明", "存储权限用于选取您相册中的图片", "选择图片", "最近项目", "可使用默认图片", "同意", "拒绝"),
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
        elif after == "settings" and refusals >= 2:
            self.show_dialog("", "该功能的权限已关闭，您可以在系统设置中开启", "去设置", "取消")
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
    "同意": True,
    "拒绝": False,
}


class Notes(App):
    package = "com.generated.notes.s20108"
    label = "棠川手账"
    version_name, version_code = "1.8.0", 180
    target_sdk = 33
    permissions = ["android.permission.READ_MEDIA_IMAGES", "android.permission.INTERNET"]
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
            self.show(Column(WebView(Text("用户协议与隐私政策提示"), Text("我们重视您的个人信息。请您阅读《用户协议》和《隐私政策》，了解我们如何收集、使用和保护您的个人信息。"), Button("我同意", id="b_agree"), Button("拒绝", id="b_refuse"))))

        def pressed(self, id):
            if id in ("我同意", "b_agree"):
                self.app.prefs["agreed"] = "yes"
                self.enter()
            elif id in ("拒绝", "b_refuse"):
                self.show_dialog("温馨提示", "不同意隐私政策我们将无法为您提供服务", "再想想", "仍不同意并退出", cancelable=False)
            elif id == "再想想":
                self.consent()
            elif id == "仍不同意并退出":
                self.finish()
            elif id == "b_start":
                self.ask()

    class Home(Page):
        title, back = "棠川手账", False
        links = {"specs": "Plain?规格大全", "daily": "Daily", "item_0": "Detail?旅行清单", "item_1": "Detail?月度复盘", "item_2": "Detail?读书卡片", "item_3": "Detail?记账页", "item_4": "Detail?心情日历", "iv_float": "Event", "plain_0": "Plain?贴纸商店", "plain_1": "Plain?我的手账", "plain_2": "Plain?打卡广场", "about": "About", "policy": "Policy"}
        uses = {"v_album": "album"}
        tab, left, last_back = 0, 3600, -9000

        def on_create(self):
            self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.draw()
            if self.app.prefs["starts"] == 2:
                close = Row(Text("新人礼包"), Row(), Image("#9E9E9E", id="iv_close", width=72, height=72))
                card = Column(close, Image("#FFCC80", height=300), Text("满 50 减 8"), background="#FFFFFFFF", clickable=True)
                self.draw(Column(card, background="#99000000", gravity="center", id="dim", clickable=True))

        def front(self):
            return [
                Scroll(
                    Text("记下每一天"),
                    Row(Column(Text("更新早知道"), Text("有更新时，首页会出现小红点")), Button("知道了", id="b_promise")),
                    Text("存储权限用于选取您相册中的图片"),
                    Text("不开启也可以先看看下面的资料"),
                    Button("开启存储", id="v_album"),
                    Button("规格大全", id="specs"),
                    Row(Text("每日签到"), Row(), Text("›"), id="daily", clickable=True),
                    Row(Text("旅行清单"), Row(), Text("›"), id="item_0", clickable=True),
                    Row(Text("月度复盘"), Row(), Text("›"), id="item_1", clickable=True),
                    Row(Text("读书卡片"), Row(), Text("›"), id="item_2", clickable=True),
                    Row(Text("记账页"), Row(), Text("›"), id="item_3", clickable=True),
                    Row(Text("心情日历"), Row(), Text("›"), id="item_4", clickable=True),
                )
            ]

        def services(self):
            return [
                Scroll(
                    Row(Text("贴纸商店"), Row(), Text("›"), id="plain_0", clickable=True),
                    Row(Text("我的手账"), Row(), Text("›"), id="plain_1", clickable=True),
                    Row(Text("打卡广场"), Row(), Text("›"), id="plain_2", clickable=True),
                )
            ]

        def mine(self):
            return [
                Scroll(
                    Row(Text("关于我们"), Row(), Text("›"), id="about", clickable=True),
                    Row(Text("隐私政策"), Row(), Text("›"), id="policy", clickable=True),
                )
            ]

        def body(self):
            shown = [self.front, self.services, self.mine][self.tab]()
            return [Column(*shown, Row()), Row(Column(Text("首页"), id="tab_0", clickable=True), Column(Text("模板"), id="tab_1", clickable=True), Column(Text("我的"), id="tab_2", clickable=True))]

        def layers(self):
            return [Column(Row(Row(), Image("#FF7043", id="iv_float", width=140, height=140)), Row(Text("")), gravity="bottom")]

        def pressed(self, id):
            if id.startswith("tab_"):
                self.tab = int(id[4:])
                self.draw()
                return
            if id in ("iv_close", "dim"):
                self.draw()
            if id == "b_promise":
                self.toast("好的")
            self.told = self.told

    class Detail(Page):
        title = "模板预览"
        links = {"comments": "Comments"}
        uses = {}

        def body(self):
            return [
                Scroll(
                    Image("#B0BEC5", height=420),
                    Text(self.title),
                    Text("记下每一天"),
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
            return [Text("棠川手账"), Text("版本 1.0"), Text("一个小团队的作品")]

    class Policy(Page):
        title = "隐私政策"

        def body(self):
            return [WebView(*(Text(f"第 {n} 条 我们按照相关法律处理您的个人信息，并在使用相应功能时单独征得您的同意。") for n in range(1, 8)))]

    class Event(Page):
        title = "活动"

        def body(self):
            return [Text("周末集章活动"), Text("集满 3 枚可换书签"), Image("#FFE0B2", height=500)]

