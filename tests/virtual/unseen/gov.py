"""A city's service app: sections that fold, a painted board, a form of three steps, web rules, a view for the old.

Faults:

- c1-no-privacy-prompt: no policy at the first start; it is a page far down in the settings only.
- c1-permission-before-consent (LOCATION, CAMERA): so 附近大厅 and 扫码核验 ask although nobody has agreed to anything.
  Both are told.
- c5-asks-again-in-session (LOCATION): in 设置 > 显示 > 长辈版 each big tile asks once more who refused the location at
  附近大厅.
- c5-exit-after-denial (CAMERA): 扫码核验 stays quiet at the first refusal; the second use, refused again, ends the
  process.

Innocent: the login has two ways without any permission; 一件事 asks whether to save a draft; the calls and the payment
are dangers.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Image, ListView, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.pages import Page, icon, like, line

LOCATION = "android.permission.ACCESS_COARSE_LOCATION"
CAMERA = "android.permission.CAMERA"
NEAR = ["附近大厅", "查看位置", "去授权", "deny", "back"]


class Sheet(Page):
    """A blue head and rows; ``rows`` are (text, target)."""

    heading = ""
    rows = ()
    above = ()

    def view(self):
        head = Row(icon("#FFFFFF", "goback", "返回", 60), Text(self.heading), background="#FF1565C0")
        return Column(
            head, *(make() for make in self.above), Scroll(*(line(words, f"li_{n}", "〉") for n, (words, _) in enumerate(self.rows)))
        )

    def on_press(self, id):
        if id == "goback":
            self.finish()
        elif id.startswith("li_"):
            self.lead(self.rows[int(id[3:])][1])


class Rules(Page):
    """Web content, also the links in it."""

    heading = ""
    links = ()

    def view(self):
        return Column(
            WebView(
                Text(self.heading),
                *(Text(words, id=f"h{n}") for n, (words, _) in enumerate(self.links)),
                *(Text(f"第{n}条 为了方便群众办事，制定本规定。") for n in range(1, 11)),
            )
        )

    def on_press(self, id):
        self.lead(self.links[int(id[1:])][1])


class Government(App):
    package = "cn.yunzhou.banshi"
    label = "云州办事"
    version_name, version_code = "1.9.4", 194
    target_sdk = 31
    permissions = [LOCATION, CAMERA]
    front, away = None, False
    innocent = False
    dangers = ["拨打 12345", "确认缴费", "注销账户", "提交申请"]
    screens = [
        "Flag/云州办事", "Main/首页办事", "Main/我的证照", "Main/互动", "Main/我", "Social/社会保险", "Fund/公积金", "Medical/医疗保障",
            "Fee/水电缴费",
        "Halls/附近大厅", "Hall/市政务大厅", "Board/窗口叫号", "Verify/扫码核验", "One/第一步 选择事项", "One/第二步 填写信息",
            "One/第三步 核对提交",
        "Laws/政策法规", "Law/办事须知", "Query/搜索事项", "Found/相关事项", "Ask/我要留言", "Login/登录云州办事", "Setup/设置",
            "Show/显示",
        "Elder/长辈版", "Font/字体大小", "Safe/隐私与安全", "Privacy/隐私政策", "News/通知公告",
    ]  # fmt: skip
    walk = [
        ["进入首页", "人社", "社会保险", "back", "公积金", "back", "卫健", "医疗保障", "back", "水电缴费", "back", *NEAR[:-1], "市政务大厅",
         "窗口叫号", "touch:0.5,0.3", "back", "back", "back", "扫码核验", "开始核验", "deny", "back", "一件事", "新生儿出生", "下一步",
         "下一步", "back",
         "back", "back", "保存", "政策法规", "办事须知", "back", "back", "find_box", "社保", "back", "back", "tab_cards", "tab_talk",
         "我要留言", "back",
         "通知公告", "back", "tab_me", "登录", "back", "设置", "显示", "长辈版", "back", "字体大小", "back", "back", "隐私与安全",
         "隐私政策", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-no-privacy-prompt", ""): ["进入首页"],
        ("c1-permission-before-consent", "LOCATION"): ["进入首页", *NEAR[:3]],
        ("c1-permission-before-consent", "CAMERA"): ["进入首页", "扫码核验", "开始核验"],
        ("c5-asks-again-in-session", "LOCATION"): [
            "进入首页", *NEAR, "tab_me", "设置", "显示", "长辈版", "看病", "不同意", "养老", "不同意", "wait:1"],
        ("c5-exit-after-denial", "CAMERA"): ["进入首页", "扫码核验", "开始核验", "deny", "wait:12", "开始核验"],
    }  # fmt: skip
    planted = list(proofs)

    class Flag(Page):
        launcher = True

        def view(self):
            return Column(Image("#1565C0", height=900), Text("云州办事"), Text("一网通办 · 只跑一次"), Row(), Button("进入首页", "enter"))

        def on_press(self, id):
            self.start_activity("Main")
            self.finish()

    class Main(Page):
        tab, fold = "home", ""
        to = {
            "g_社会保险": "Social", "g_公积金": "Fund", "g_医疗保障": "Medical", "g_水电缴费": "Fee", "halls": "Halls", "verify": "Verify",
            "one": "One", "laws": "Laws", "find_box": "Query", "ask": "Ask", "news": "News", "call": "$拨打 12345", "login": "Login",
            "setup": "Setup", "cardA": "~请先登录", "cardB": "~请先登录",
        }  # fmt: skip
        groups = {"人社": ["社会保险", "公积金"], "卫健": ["医疗保障"], "市政": ["水电缴费"]}

        def view(self):
            bar = Row(*(icon("#64B5F6", f"tab_{id}", says, 100) for id, says in (
                ("home", "办事"), ("cards", "证照"), ("talk", "互动"), ("me", "我的"))))  # fmt: skip
            return Column({"home": self.home, "cards": self.cards, "talk": self.talk, "me": self.me}[self.tab](), bar)

        def home(self):
            folds = []
            for name, services in self.groups.items():
                folds.append(line(name, f"f_{name}", "▾" if name == self.fold else "▸"))
                if name == self.fold or name == "市政":
                    folds += [Row(Text(service), Row(), id=f"g_{service}", clickable=True) for service in services]
            quick = [
                line(words, id, "〉")
                for words, id in (("附近大厅", "halls"), ("扫码核验", "verify"), ("一件事", "one"), ("政策法规", "laws"))
            ]
            search = Row(Text("请输入事项名称"), Row(), id="find_box", clickable=True)
            return Column(Text("首页办事"), search, Scroll(Image("#E3F2FD", height=260), *folds, *quick))

        def cards(self):
            cells = [Column(Text(name), Text("未领取"), background="#FFFFF3E0", id=id, clickable=True) for name, id in (
                ("电子社保卡", "cardA"), ("居民电子凭证", "cardB"))]  # fmt: skip
            return Column(Text("我的证照"), *cells, Row())

        def talk(self):
            return Column(Text("互动"), Button("我要留言", "ask"), Button("拨打 12345", "call"), Button("通知公告", "news"), Row())

        def me(self):
            return Column(Row(icon("#BBDEFB", size=150), Text("我"), Row(), Button("登录", "login")), line("设置", "setup"), Row())

        def on_press(self, id):
            if id.startswith("tab_"):
                self.tab = id[4:]
            elif id.startswith("f_"):
                self.fold = "" if self.fold == id[2:] else id[2:]
            self.render()

    class Halls(Page):
        to = {"hall": "Hall", "hall2": "~周末休息"}

        def view(self):
            rows = [line(name, id, "对外办公") for name, id in (("市政务大厅", "hall"), ("东区便民中心", "hall2"))]
            return Column(Row(Text("附近大厅"), Row(), Text("查看位置", id="locate")), *rows, Row())

        def on_press(self, id):
            if id == "locate":
                self.explain(LOCATION, "位置授权", "位置权限用于按距离排列大厅，不授权则按区域排列", "去授权", "取消", "去设置")

        def after(self, permission, granted):
            self.toast("已按距离排列" if granted and self.read_location() else "已按区域排列")

    class Board(Page):
        number = 12

        def view(self):
            return Column(Canvas(self.windows, id="board"))

        def windows(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#0D47A1")
            pen.text("窗口叫号", pen.width / 2, 60, size=72, colour="#FFFFFF", align="center")
            for n in range(6):
                top = 240 + n * 230
                pen.rect(60, top, pen.width - 60, top + 180, colour="#1976D2", radius=20)
                pen.text(f"{n + 1} 号窗口", 100, top + 60, size=56, colour="#FFFFFF")
                pen.text(f"A{self.number + n:03}", pen.width - 100, top + 60, size=56, colour="#FFEB3B", align="right")

        def on_press(self, id):
            self.number += 1
            self.invalidate()

    class Verify(Page):
        to = {"code": "~凭证编号有误"}

        def view(self):
            typed = Row(EditText("凭证编号", id="number"), Button("查验", "code"))
            return Column(
                Text("扫码核验"), Text("相机权限用于扫描凭证上的二维码，仅在核验时使用"), Button("开始核验", "scan"), typed, Row()
            )

        def on_press(self, id):
            if id == "scan":
                self.request_permissions(CAMERA)

        def after(self, permission, granted):
            if granted:
                self.toast("请扫描凭证" if self.use_camera() else "请输入编号")
            elif self.refusals(CAMERA) >= 2:
                self.finish_affinity()
                self.post_delayed(lambda: self.exit(0), 0.2)
            else:
                self.toast("请输入编号")

    class One(Page):
        step = 0

        def view(self):
            title = ["第一步 选择事项", "第二步 填写信息", "第三步 核对提交"][self.step]
            body = [
                [Button("新生儿出生", "item"), Button("企业开办", "item2")],
                [EditText("申请人", id="who"), EditText("办理地点", id="where"), Button("下一步", "go")],
                [Text("事项：新生儿出生"), Checkbox("我承诺所填属实", id="truth"), Button("提交申请", "submit")],
            ][self.step]
            return Column(Text(title), *body, Row(), *([Button("下一步", "go")] if not self.step else []))

        def on_press(self, id):
            if id in ("item", "item2"):
                self.toast("已选择")
            elif id == "go":
                self.step += 1
                self.render()
            elif id == "submit":
                self.lead("$提交申请")
            elif id in ("保存", "不保存"):
                self.finish()

        def on_back_pressed(self):
            if self.step:
                self.step -= 1
                self.render()
            else:
                self.show_dialog("保存草稿", "是否保存已填写的内容？", "保存", "不保存")
            return True

    class Query(Page):
        to = {"w0": "Found", "w1": "Found", "go": "Found"}

        def view(self):
            words = Row(*(Text(word, id=f"w{n}") for n, word in enumerate(["社保", "落户"])))
            return Column(Row(EditText("搜索事项", id="input"), Button("搜索", "go")), Text("最近搜索"), words, Row())

    class Ask(Page):
        to = {"send": "~请先登录"}

        def view(self):
            return Column(
                Text("我要留言"),
                EditText("标题", id="title"),
                EditText("内容", id="words"),
                Switch("公开", id="open"),
                Row(),
                Button("提交", "send"),
            )

    class Login(Page):
        to = {"sms": "~验证码已发送", "in": "~验证码错误", "law": "Privacy"}

        def view(self):
            fields = [EditText("手机号", id="tel"), Row(EditText("验证码", id="code"), Text("获取", id="sms"))]
            return Column(
                Text("登录云州办事"), *fields, Button("登录 ", "in"), Text("法人登录", id="firm"), Text("政策说明", id="law"), Row()
            )

        def on_press(self, id):
            self.toast("请在电脑上办理法人登录")

    class Elder(Page):
        words = ("看病", "养老", "乘车", "缴费")

        def view(self):
            big = [Button(word, f"big_{word}") for word in self.words]
            return Column(Text("长辈版"), *(Row(Column(icon("#42A5F5", size=220), button)) for button in big[:2]), *big[2:], Row())

        def on_press(self, id):
            if id.startswith("big_") and self.refusals(LOCATION) and not self.check_self_permission(LOCATION):
                self.pending = LOCATION, "同意"
                self.show_dialog("位置授权", "位置权限用于查找离您最近的办事点", "同意", "不同意")
            elif id.startswith("big_"):
                self.toast("请到窗口办理")

    class Font(Page):
        sizes = ("标准", "大", "特大")

        def view(self):
            return Column(Text("字体大小"), ListView(*(Row(Text(size), Row()) for size in self.sizes), id="sizes"))

        def on_item_click(self, id, position):
            self.toast(f"已设为{self.sizes[position]}")

    Social = like("Social", Sheet, heading="社会保险", rows=[("缴费记录", "~请先登录"), ("养老金测算", "~请先登录"), ("办理指南", "Law")])
    Fund = like("Fund", Sheet, heading="公积金", rows=[("余额查询", "~请先登录"), ("提取", "~请先登录")])
    Medical = like("Medical", Sheet, heading="医疗保障", rows=[("定点医院", "~共 12 家"), ("异地就医备案", "~请先登录")])
    Fee = like(
        "Fee",
        Sheet,
        heading="水电缴费",
        above=[lambda: EditText("户号", id="house")],
        rows=[("查询", "~请输入户号"), ("确认缴费", "$确认缴费")],
    )
    Hall = like("Hall", Sheet, heading="市政务大厅", above=[lambda: Image("#90CAF9", height=380)],
        rows=[("窗口叫号", "Board"), ("地址 示例大道 1 号", "~未安装地图"), ("工作日 9:00-17:00", "~周末休息")])  # fmt: skip
    Found = like("Found", Sheet, heading="相关事项", rows=[("社会保险 ", "Social"), ("公积金 ", "Fund")])
    News = like("News", Sheet, heading="通知公告", rows=[(f"公告 {n}", "Law") for n in range(1, 16)])
    Setup = like("Setup", Sheet, heading="设置", rows=[("显示", "Show"), ("隐私与安全", "Safe"), ("版本 1.9.4", "~已是最新")])
    Show = like("Show", Sheet, heading="显示", rows=[("长辈版", "Elder"), ("字体大小", "Font")])
    Safe = like("Safe", Sheet, heading="隐私与安全", rows=[("隐私政策", "Privacy"), ("注销账户", "$注销账户")])
    Laws = like("Laws", Rules, heading="政策法规", links=[("办事须知", "Law")])
    Law = like("Law", Rules, heading="办事须知")
    Privacy = like("Privacy", Rules, heading="隐私政策")
