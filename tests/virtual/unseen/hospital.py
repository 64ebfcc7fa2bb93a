"""A hospital's app for registration: tabs that are activities, a grid of icons, WebView forms, a view for the elderly.

Faults:

- c5-exit-after-denial, c5-asks-before-use, c5-purpose-not-told (LOCATION): the home page asks for the location at its
  first start without a word, and the process ends when it is refused. Later starts do not ask.
- c5-asks-without-function (CONTACTS): 健康自测 > 开始测试 asks for the contacts "to compare with people of your age";
  the questions come either way and nothing ever reads them.

Innocent: 附近院区, 上传检查单, 人脸登录 and the picture of a complaint explain and ask when used,
each with a way without; who does not agree to the
policy leaves the app; the registration ends at a login that cannot be passed.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Image, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"
CAMERA = "android.permission.CAMERA"
STORAGE = "android.permission.READ_EXTERNAL_STORAGE"


def title_bar(text):
    return Row(picture("#FFFFFF", id="ibBack", size=70), Text(text), background="#FF00897B", gravity="center")


class Menu(Screen):
    """Rows under a title bar; ``rows`` are (text, link)."""

    title = ""
    rows = ()
    extra = ()

    def body(self):
        self.links = {"ibBack": "<"} | {f"cell{n}": link for n, (_, link) in enumerate(self.rows)}
        cells = [Row(Text(text), Row(), picture(size=40), id=f"cell{n}", clickable=True) for n, (text, _) in enumerate(self.rows)]
        return Column(title_bar(self.title), Scroll(*(make() for make in self.extra), *cells))


class Tabbed(Screen):
    """One of three activities that stand beside each other; the bar at the bottom goes to another."""

    def content(self):
        return []

    def body(self):
        bar = Row(*(Column(picture(), Text(name), id=f"rb{name}", clickable=True) for name in ("首页", "消息", "我的")))
        return Column(*self.content(), bar)

    def on_click(self, id):
        if id.startswith("rb"):
            self.start_activity({"首页": "Home", "消息": "Msg", "我的": "Mine"}[id[2:]])
            self.finish()
        else:
            super().on_click(id)


class Hospital(App):
    package = "com.kangzhang.hospital"
    label = "康掌医"
    version_name, version_code = "4.0.11", 4011
    target_sdk = 29
    permissions = [LOCATION, CONTACTS, CAMERA, STORAGE]
    innocent = False
    dangers = ["立即支付", "拨打 120", "取消预约", "提交反馈", "注销账户"]
    screens = [
        "Splash/康掌医", "Web/隐私政策", "Web/服务协议", "Home/市第一人民医院", "Msg/消息中心", "Mine/个人中心", "Dept/选择科室",
        "Doctors/心内科", "Doctors/儿科", "Doctor/张明 主任医师", "Order/确认挂号信息", "Login/登录", "Pwd/密码登录", "Near/附近院区",
        "Site/东院区", "Floor/门诊楼层导航", "Ask/在线问诊", "AskForm/图文问诊", "Self/健康自测", "Quiz/您的睡眠怎么样",
        "Quiz/您多久运动一次",
        "Quiz/测试结果", "News/健康资讯", "Article/春季如何预防感冒", "Guide/就医指南", "Vaccine/疫苗接种", "Settings/设置",
        "Font/字体大小",
        "Elder/长辈版", "Feedback/意见反馈", "About/关于康掌医", "Notice/系统公告",
    ]  # fmt: skip
    walk = [
        ["tvPolicy", "back", "tvDeal", "back", "同意", "deny", "relaunch", "预约挂号", "心内科", "张明 主任医师", "08:30", "去挂号",
            "密码登录", "back",
         "人脸登录", "同意使用", "deny", "back", "back", "back", "back", "儿科", "back", "back", "附近院区", "搜索附近", "同意使用",
         "deny", "东院区",
         "门诊楼层导航", "back", "back", "back", "在线问诊", "图文问诊", "上传检查单", "同意使用", "deny", "back", "back",
         "健康自测", "开始测试",
         "同意使用", "deny", "一般", "每周一次", "back", "back", "疫苗接种", "back", "健康资讯", "春季如何预防感冒", "back", "back",
         "就医指南", "back",
         "rb消息", "系统公告", "back", "rb我的", "ivGear", "字体大小", "back", "长辈版", "返回标准版", "意见反馈", "添加图片",
         "暂不使用", "back",
         "关于康掌医", "back", "back", "rb首页"],
    ]  # fmt: skip
    proofs = {
        ("c5-exit-after-denial", "LOCATION"): ["同意"],
        ("c5-asks-before-use", "LOCATION"): ["同意"],
        ("c5-purpose-not-told", "LOCATION"): ["同意"],
        ("c5-asks-without-function", "CONTACTS"): ["同意", "deny", "relaunch", "健康自测", "开始测试", "同意使用"],
    }  # fmt: skip
    planted = list(proofs)

    class Splash(Screen):
        launcher = True
        links = {"tvPolicy": "Web?隐私政策", "tvDeal": "Web?服务协议"}

        def body(self):
            return Column(Row(), Text("康掌医"), Text("市第一人民医院 官方应用"), Row(), background="#FFE0F2F1", gravity="center")

        def on_create(self):
            self.draw()
            if self.app.prefs.get("agreed"):
                self.post_delayed(self.go_on, 1.5)
            else:
                words = "请充分阅读服务协议与隐私政策。我们将收集您的就诊信息，用于预约挂号、查询报告。点击“同意”即表示您已接受全部条款。"
                links = Row(Text("服务协议", id="tvDeal"), Text("隐私政策", id="tvPolicy"))
                self.draw(sheet(Text("个人信息保护提示"), Text(words), links, Row(Button("不同意", "btNo"), Button("同意", "btYes"))))

        def go_on(self):
            self.start_activity("Home")
            self.finish()

        def pressed(self, id):
            if id == "btYes":
                self.app.prefs["agreed"] = True
                self.go_on()
            elif id == "btNo":
                self.finish()

    class Home(Tabbed):
        entries = [("预约挂号", "Dept"), ("门诊缴费", "Login"), ("报告查询", "Login"), ("附近院区", "Near"), ("在线问诊", "Ask"),
            ("健康自测", "Self"),
                   ("疫苗接种", "Vaccine"), ("就医指南", "Guide")]  # fmt: skip
        links = {f"gv{n}": link for n, (_, link) in enumerate(entries)} | {"news": "News", "banner": "Web?服务协议"}

        def content(self):
            cells = [Column(picture("#4DB6AC"), Text(name), id=f"gv{n}", clickable=True) for n, (name, _) in enumerate(self.entries)]
            hot = Row(Text("健康资讯"), Row(), Text("更多"), id="news", clickable=True)
            return [
                Text("市第一人民医院"),
                Image("#B2DFDB", id="banner", height=380),
                *grid(4, cells),
                hot,
                Scroll(Text("春季如何预防感冒")),
            ]

        def on_create(self):
            self.draw()
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def answered(self, permission, granted):
            if not granted:
                self.exit(0)

    class Msg(Tabbed):
        links = {"m0": "Notice", "m1": "Login"}

        def content(self):
            rows = [Row(picture(), Text(name), Row(), id=f"m{n}", clickable=True) for n, name in enumerate(["系统公告", "就诊提醒"])]
            return [Text("消息中心"), Scroll(*rows)]

    class Mine(Tabbed):
        links = {"ivGear": "Settings", "n0": "Login", "n1": "Login", "n2": "Login", "n3": "#请到人工窗口办理", "head": "Login"}

        def content(self):
            rows = [Row(picture(size=60), Text(name), Row(), id=f"n{n}", clickable=True)
                    for n, name in enumerate(["就诊人管理", "我的预约", "我的处方", "病案复印"])]  # fmt: skip
            return [
                Row(Text("个人中心"), Row(), picture(id="ivGear")),
                Row(picture(), Text("请登录"), id="head", clickable=True),
                Scroll(*rows),
            ]

    class Web(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "网页"
            return Column(WebView(Text(title), *(Text(f"第 {n} 条　我们会采取必要措施保护您的就诊信息。") for n in range(1, 20))))

    Dept = made("Dept", Menu, title="选择科室", rows=[
        ("心内科", "Doctors?心内科"), ("呼吸科", "#今日已约满"), ("骨科", "#今日已约满"), ("眼科", "#今日已约满"),
        ("皮肤科", "#今日已约满"),
        ("口腔科", "#今日已约满"), ("妇科", "#今日已约满"), ("神经内科", "#今日已约满"), ("消化科", "#今日已约满"),
        ("内分泌科", "#今日已约满"),
        ("泌尿外科", "#今日已约满"), ("耳鼻喉科", "#今日已约满"), ("中医科", "#今日已约满"), ("康复科", "#今日已约满"),
        ("儿科", "Doctors?儿科")])  # fmt: skip

    class Doctors(Screen):
        links = {"ibBack": "<", "dr0": "Doctor", "dr1": "#已约满"}

        def body(self):
            title = self.intent.extras.get("title") or "心内科"
            rows = [Row(picture("#B0BEC5", size=150), Column(Text(name), Text("擅长：常见病、多发病")), id=f"dr{n}", clickable=True)
                    for n, name in enumerate(["张明 主任医师", "李芳 副主任医师"])]  # fmt: skip
            return Column(title_bar(title), Scroll(*rows))

    class Doctor(Screen):
        links = {"t0": "Order", "t1": "#已约满", "ibBack": "<"}

        def body(self):
            words = [Text("从医 26 年，擅长冠心病、高血压的诊治。") for _ in range(4)]
            rows = [
                Row(Text(time), Row(), Text(left), id=f"t{n}", clickable=True)
                for n, (time, left) in enumerate([("08:30", "余 3"), ("14:00", "满")])
            ]
            return Column(title_bar("张明 主任医师"), Scroll(*words, Text("明日排班"), *rows))

    class Order(Screen):
        links = {"go": "Login", "pay": "!立即支付", "ibBack": "<"}

        def body(self):
            words = [Text("心内科 张明 明日 08:30"), Text("挂号费 ¥25")]
            return Column(title_bar("确认挂号信息"), *words, Row(), Button("去挂号", "go"), Button("立即支付", "pay"))

    class Login(Screen):
        links = {"ibBack": "<", "code": "#验证码已发送", "in": "#验证码不正确", "pwd": "Pwd"}

        def body(self):
            ways = Row(Text("密码登录", id="pwd"), Text("人脸登录", id="face"))
            row = Row(EditText("验证码", id="et2"), Button("获取", "code"))
            return Column(
                title_bar("登录"),
                EditText("手机号", id="et1"),
                row,
                Checkbox("我已阅读并同意服务协议", id="cb"),
                Button("登录", "in"),
                ways,
            )

        def pressed(self, id):
            if id == "face":
                self.ask(
                    CAMERA,
                    "相机权限申请说明",
                    "人脸登录需要使用相机，用于拍摄您的面部完成核验。您也可以使用其他方式登录。",
                    "同意使用",
                    "暂不使用",
                )

        def answered(self, permission, granted):
            self.toast("人脸核验失败，请使用其他方式")

    class Pwd(Screen):
        links = {"ibBack": "<", "in": "#密码不正确", "forgot": "#请到窗口办理"}

        def body(self):
            words = [EditText("身份证号", id="et1"), EditText("密码", id="et2")]
            return Column(title_bar("密码登录"), *words, Button("登录", "in"), Text("忘记密码", id="forgot"))

    class Near(Screen):
        links = {"ibBack": "<", "s0": "Site", "s1": "#正在建设中"}

        def body(self):
            rows = [Row(Text(name), Row(), id=f"s{n}", clickable=True) for n, name in enumerate(["东院区", "西院区"])]
            return Column(title_bar("附近院区"), Button("搜索附近", "find"), Scroll(*rows))

        def pressed(self, id):
            if id == "find":
                self.ask(LOCATION, "位置权限申请说明", "用于计算您到各院区的距离。不授权可在列表中选择。", "同意使用", "暂不使用")

        def answered(self, permission, granted):
            self.toast("已按距离排序" if granted and self.read_location() else "无法获取位置，请从列表选择")

    Site = made(
        "Site", Menu, title="东院区", rows=[("门诊楼层导航", "Floor"), ("交通路线", "#地铁 2 号线 C 口"), ("拨打 120", "!拨打 120")]
    )

    class Floor(Screen):
        storey = 1

        def body(self):
            return Column(Text("门诊楼层导航"), Canvas(self.paint, id="floor"), Row(Button("1F", "f1"), Button("2F", "f2")))

        def paint(self, pen):
            for n, room in enumerate(["挂号收费", "药房", "急诊"] if self.storey == 1 else ["内科", "外科", "检验科"]):
                pen.rect(60, 60 + n * 420, pen.width - 60, 440 + n * 420, colour="#B2EBF2", radius=16)
                pen.text(room, pen.width / 2, 220 + n * 420, size=56, align="center")

        def pressed(self, id):
            if id in ("f1", "f2"):
                self.storey = int(id[1])
                self.draw()

    class Ask(Screen):
        links = {"ask1": "AskForm", "ask2": "Login"}

        def body(self):
            return Column(WebView(Text("在线问诊"), Text("三甲医生 30 分钟内回复"), Button("图文问诊", "ask1"), Button("电话问诊", "ask2")))

    class AskForm(Screen):
        links = {"ibBack": "<", "next": "Login"}

        def body(self):
            picker = Row(picture(), Text("上传检查单"), id="up", clickable=True)
            return Column(title_bar("图文问诊"), EditText("请描述您的症状", id="et1"), picker, Row(), Button("下一步", "next"))

        def pressed(self, id):
            if id == "up":
                self.ask(STORAGE, "存储权限申请说明", "用于从相册选择您的检查单照片。不授权也可以继续问诊。", "同意使用", "暂不使用")

        def answered(self, permission, granted):
            self.toast("请选择照片" if granted else "可用文字描述检查结果")

    class Self(Screen):
        links = {"ibBack": "<"}

        def body(self):
            return Column(title_bar("健康自测"), Text("3 分钟了解您的健康状况"), Row(), Button("开始测试", "start"))

        def pressed(self, id):
            if id == "start":
                why = "通讯录权限用于与您的同龄朋友比较健康状况"
                self.asked, self.yes = CONTACTS, "同意使用"
                self.show_dialog("通讯录权限申请说明", why, "同意使用", "暂不使用")
            elif id == "暂不使用":
                self.start_activity("Quiz")

        def answered(self, permission, granted):
            self.start_activity("Quiz")

    class Quiz(Screen):
        step = 0
        questions = [("您的睡眠怎么样", ["很好", "一般", "很差"]), ("您多久运动一次", ["每天", "每周一次", "不运动"]), ("测试结果", [])]

        def body(self):
            title, choices = self.questions[self.step]
            words = [] if choices else [Text("您的健康得分 82，建议规律作息。")]
            return Column(Text(title), *words, *(Button(choice, f"q{n}") for n, choice in enumerate(choices)), Row())

        def pressed(self, id):
            self.step += 1
            self.draw()

    News = made("News", Menu, title="健康资讯", rows=[("春季如何预防感冒", "Article"), ("高血压患者饮食", "#文章已下架")])
    Article = made(
        "Article",
        Menu,
        title="春季如何预防感冒",
        extra=[lambda n=n: Text(f"{n}. 注意保暖，勤洗手，多通风，适量饮水。" * 3) for n in range(1, 9)],
    )
    Guide = made("Guide", Menu, title="就医指南", extra=[lambda n=n: Text(f"第 {n} 步　取号、候诊、就诊、缴费、取药") for n in range(1, 6)])

    class Vaccine(Screen):
        links = {"v1": "#请先登录"}

        def body(self):
            return Column(WebView(Text("疫苗接种"), Text("流感疫苗 有苗"), Button("预约接种", "v1"), accessible=False))

    Settings = made("Settings", Menu, title="设置", rows=[
        ("字体大小", "Font"), ("长辈版", "Elder"), ("意见反馈", "Feedback"), ("关于康掌医", "About"), ("注销账户", "!注销账户")],
        extra=[lambda: Switch("就诊提醒", id="sw1", checked=True)])  # fmt: skip
    Font = made("Font", Menu, title="字体大小", rows=[("标准", "#已设置"), ("大", "#已设置"), ("特大", "#已设置")])
    About = made(
        "About", Menu, title="关于康掌医", rows=[("服务协议", "Web?服务协议"), ("隐私政策", "Web?隐私政策"), ("检查更新", "#已是最新版本")]
    )
    Notice = made("Notice", Menu, title="系统公告", extra=[lambda: Text("因系统升级，每日 23:00-24:00 暂停挂号。")])

    class Elder(Screen):
        links = {"back2": "<", "big0": "Dept", "big1": "Login"}

        def body(self):
            return Column(Text("长辈版"), Button("挂号", "big0"), Button("缴费", "big1"), Row(), Button("返回标准版", "back2"))

    class Feedback(Screen):
        links = {"ibBack": "<", "send": "!提交反馈"}

        def body(self):
            add = Row(picture(), Text("添加图片"), id="add", clickable=True)
            return Column(title_bar("意见反馈"), EditText("请输入您的意见", id="et1"), add, Row(), Button("提交反馈", "send"))

        def pressed(self, id):
            if id == "add":
                self.ask(CAMERA, "相机权限申请说明", "用于拍摄问题截图。不授权也可提交文字。", "同意使用", "暂不使用")

        def answered(self, permission, granted):
            self.toast("打开相机" if granted and self.use_camera() else "可提交文字反馈")
