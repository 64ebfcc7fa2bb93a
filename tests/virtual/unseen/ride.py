"""A ride app with shortened ids: a full page of consent, guide pages, a painted map, a drawer, and sheets.

Faults:

- c1-consent-preticked: the box 我已阅读并同意 on the first page is ticked beforehand.
- c5-asks-before-use (CONTACTS): the map asks for the contacts as soon as it opens, for an emergency contact that nobody
  set; it is told.
- c5-asks-again-on-relaunch (CONTACTS): it does so at each start until they are allowed.
- c5-bundled-request: 菜单 > 安全中心 > 行程守护 > 开启守护 asks for location, calendar and phone in one request (each
  is told).
- c5-exit-after-denial (MICROPHONE): 菜单 > 安全中心 > 行程录音 > 开始录音 ends the process when it is refused; it is
  told.

Innocent: 定位上车点, 添加日历提醒 and 从通讯录添加 explain,
ask when used and leave a way by hand; 本机号码一键登录 asks for the phone and has the login by
message beside it; the pickup's map closes itself when the location is refused and goes back to where one was.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, made, picture, sheet

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"
MICROPHONE = "android.permission.RECORD_AUDIO"
CALENDAR = "android.permission.WRITE_CALENDAR"
PHONE = "android.permission.READ_PHONE_STATE"
START = ["a3", "b2", "b2"]  # from the first page to the map


def top(title):
    return Row(picture("#37474F", id="t0", says="返回", size=72), Text(title), background="#FFECEFF1", gravity="center")


class Rows(Screen):
    """Rows with two lines each, pressed as a whole; ``rows`` are (text, smaller text, link)."""

    title = ""
    rows = ()
    extra = ()

    def body(self):
        self.links = {"t0": "<"} | {f"r{n}": row[2] for n, row in enumerate(self.rows)}
        rows = [Column(Text(text), Text(small), id=f"r{n}", clickable=True) for n, (text, small, _) in enumerate(self.rows)]
        return Column(top(self.title), Scroll(*(make() for make in self.extra), *rows))


class Ride(App):
    package = "com.shundao.passenger"
    label = "顺道出行"
    version_name, version_code = "6.18.0", 6180
    target_sdk = 34
    permissions = [LOCATION, CONTACTS, MICROPHONE, CALENDAR, PHONE]
    innocent = False
    dangers = ["确认呼叫", "立即充值", "拨打110", "注销账号"]
    screens = [
        "L/欢迎使用顺道出行", "Web/用户协议", "Web/隐私政策", "G/随叫随到", "G/明码标价", "H/你要去哪儿", "City/选择城市", "P/选择上车点",
        "D/输入目的地", "Cars/选择车型", "Trips/我的行程", "TripDetail/行程详情", "Invoice/开具发票", "Wallet/我的钱包", "Coupon/优惠券",
        "Safe/安全中心", "Guard/行程守护", "Rec/行程录音", "Sos/紧急联系人", "AddSos/手动添加", "Cs/在线客服", "Set/设置",
        "Places/常用地址",
        "Perm/权限管理", "Login/登录顺道", "Sms/短信登录", "Reserve/预约用车", "Driver/成为车主", "About/关于我们",
    ]  # fmt: skip
    walk = [
        ["a1", "back", "a2", "back", "a3", "b2", "b2", "deny", "城市", "杭州", "c2", "定位上车点", "知道了", "deny", "c2", "东门",
            "c3", "西湖景区",
         "touch:0.5,0.1", "back", "c4", "添加日历提醒", "取消", "back", "c5", "back"],
        ["a3", "b1", "deny", "菜单", "我的行程", "示例行程", "开具发票", "back", "back", "back", "菜单", "我的钱包", "优惠券",
            "back", "back",
         "菜单", "安全中心", "行程守护", "开启守护", "同意", "deny", "deny", "deny", "back", "紧急联系人", "从通讯录添加", "知道了", "deny",
         "手动添加", "back", "back", "行程录音", "back", "back", "菜单", "在线客服", "back", "菜单", "设置", "常用地址", "back", "权限管理",
         "back", "关于我们", "back", "back", "菜单", "未登录", "本机号码一键登录", "知道了", "deny", "短信登录", "back", "back",
         "菜单", "touch:0.95,0.5"],
    ]  # fmt: skip
    proofs = {
        ("c1-consent-preticked", ""): [],
        ("c5-asks-before-use", "CONTACTS"): START,
        ("c5-asks-again-on-relaunch", "CONTACTS"): [*START, "deny", "relaunch"],
        ("c5-bundled-request", ""): [*START, "deny", "菜单", "安全中心", "行程守护", "开启守护", "同意"],
        ("c5-exit-after-denial", "MICROPHONE"): [*START, "deny", "菜单", "安全中心", "行程录音", "开始录音", "知道了"],
    }  # fmt: skip
    planted = list(proofs)

    class L(Screen):
        launcher = True
        links = {"a1": "Web?用户协议", "a2": "Web?隐私政策"}
        ticked = True

        def on_create(self):
            if self.app.prefs.get("ok"):
                self.start_activity("H")
                self.finish()
            else:
                self.draw()

        def body(self):
            words = ["我们是谁", "我们如何使用您的行程信息", "我们如何保护您的信息", "您如何管理您的信息"]
            text = [Text(f"{word}：为了向您提供网约车服务，我们会处理行程和订单信息，详情见隐私政策全文。") for word in words]
            box = Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="a0", checked=True)
            return Column(
                Text("欢迎使用顺道出行"), Scroll(*text), Row(Text("用户协议", id="a1"), Text("隐私政策", id="a2")), box,
                Button("开始使用", "a3"), Text("不同意并退出", id="a4"),
            )  # fmt: skip

        def on_switch(self, id, checked):
            self.ticked = checked

        def pressed(self, id):
            if id == "a4":
                self.finish_affinity()
            elif id == "a3" and not self.ticked:
                self.toast("请先阅读并同意协议")
            elif id == "a3":
                self.app.prefs["ok"] = True
                self.start_activity("G")
                self.finish()

    class G(Screen):
        page = 0

        def body(self):
            title = ["随叫随到", "明码标价"][self.page]
            words = ["3 分钟响应", "一口价 不加价"][self.page]
            next = Button(["下一步", "立即体验"][self.page], "b2")
            return Column(Row(Text(title), Row(), Text("跳过", id="b1")), Row(), Text(words), picture("#80DEEA", size=600), Row(), next)

        def pressed(self, id):
            if id == "b2" and self.page == 0:
                self.page = 1
                self.draw()
            else:
                self.start_activity("H")
                self.finish()

    class H(Screen):
        drawer = ["我的行程", "我的钱包", "安全中心", "在线客服", "设置"]
        links = {"c1": "City", "c2": "P", "c3": "D", "c4": "Reserve", "c5": "Driver", "e9": "Login"} | {
            f"e{n}": name for n, name in enumerate(["Trips", "Wallet", "Safe", "Cs", "Set"])}  # fmt: skip

        def body(self):
            bar = Row(picture("#212121", says="菜单", id="c0"), Row(), Text("城市", id="c1"), gravity="center")
            card = Column(Text("上车点：东门", id="c2"), Row(Text("预约", id="c4"), Text("成为车主", id="c5")))
            return Column(Text("你要去哪儿", id="c3"), bar, Canvas(self.paint), card)

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#E8F5E9")
            for street in range(4):
                pen.rect(0, 200 + street * 260, pen.width, 230 + street * 260, colour="#FFFFFF")
            pen.text("东门", pen.width / 2, 480, size=36, colour="#1B5E20", align="center")

        def on_create(self):
            if self.check_self_permission(CONTACTS):
                self.draw()
                return
            why = Text("通讯录权限使用说明：用于选择紧急联系人，在您遇险时通知对方")
            self.draw(Column(Column(why, background="#FFFFFFFF"), Row()))
            self.request_permissions(CONTACTS)

        def answered(self, permission, granted):
            self.draw()

        def pressed(self, id):
            if id == "c0":
                items = [Row(Text(name), Row(), id=f"e{n}", clickable=True) for n, name in enumerate(self.drawer)]
                menu = Column(
                    Row(picture("#B0BEC5"), Text("未登录"), id="e9", clickable=True), *items, background="#FFFAFAFA", clickable=True
                )
                self.draw(Row(menu, Column(background="#66000000", id="e8", clickable=True)))
            elif id == "e8":
                self.draw()

        def on_stop(self):
            self.draw()  # the drawer is closed when one comes back

    class Web(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "网页"
            return Column(WebView(Text(title), *(Text(f"{n}. 我们仅在实现行程服务所必需的范围内处理您的信息。") for n in range(1, 12))))

    class P(Screen):
        links = {"t0": "<", "p1": "<", "p2": "<"}

        def body(self):
            places = [Row(Text(name), Row(), id=f"p{n}", clickable=True) for n, name in enumerate(["定位上车点", "东门", "地铁站 B 口"])]
            return Column(top("选择上车点"), *places, Row())

        def pressed(self, id):
            if id == "p0":
                self.ask(LOCATION, "位置信息", "位置权限用于推荐您身边的上车点，拒绝后可从列表中选择。", "知道了", "取消")

        def answered(self, permission, granted):
            if granted:
                self.read_location()
            else:
                self.toast("未获得位置，请手动选择上车点")
                self.finish()

    class D(Screen):
        links = {"t0": "<", "d0": "Cars", "d1": "Cars", "d2": "#暂不支持该区域"}

        def body(self):
            names = ["西湖景区", "火车东站", "机场 T3"]
            rows = [Row(Text(name), Row(), Text(f"{n * 7 + 3} km"), id=f"d{n}", clickable=True) for n, name in enumerate(names)]
            return Column(Text("输入目的地"), Row(picture(id="t0"), EditText("小区/大厦/地铁站", id="d9")), Scroll(*rows))

    class Cars(Screen):
        translucent = True
        links = {"f3": "!确认呼叫"}
        chosen = 0

        def body(self):
            rows = [Row(Text(f"{name}{' ✓' if n == self.chosen else ''}"), Row(), Text(f"¥{18 + n * 9}"), id=f"f{n}", clickable=True)
                    for n, name in enumerate(["特惠快车", "快车", "专车"])]  # fmt: skip
            return sheet(Text("选择车型"), *rows, Button("确认呼叫", "f3"), gravity="bottom", id="f9")

        def pressed(self, id):
            if id == "f9":
                self.finish()
            else:
                self.chosen = int(id[1])
                self.draw()

    City = made(
        "City", Rows, title="选择城市", rows=[("杭州", "当前城市", "<"), ("上海", "已开通", "<"), ("成都", "即将开通", "#即将开通")]
    )
    Trips = made("Trips", Rows, title="我的行程", rows=[("示例行程", "东门 → 西湖景区", "TripDetail")])
    TripDetail = made("TripDetail", Rows, title="行程详情", rows=[
        ("开具发票", "电子普票", "Invoice"), ("物品遗失", "联系客服找回", "#请先登录"), ("评价司机", "匿名", "#请先登录")])  # fmt: skip
    Invoice = made("Invoice", Rows, title="开具发票", extra=[lambda: EditText("发票抬头", id="g1"), lambda: EditText("税号", id="g2")])
    Wallet = made("Wallet", Rows, title="我的钱包", rows=[("优惠券", "0 张", "Coupon"), ("立即充值", "充 100 送 10", "!立即充值")])
    Coupon = made("Coupon", Rows, title="优惠券", rows=[("新客 9 折券", "登录后领取", "#请先登录")])
    Safe = made("Safe", Rows, title="安全中心", rows=[
        ("行程守护", "异常停留提醒", "Guard"), ("行程录音", "加密保存 7 天", "Rec"), ("紧急联系人", "未设置", "Sos"),
        ("拨打110", "一键报警", "!拨打110")])  # fmt: skip
    AddSos = made("AddSos", Rows, title="手动添加", extra=[lambda: EditText("姓名", id="g1"), lambda: EditText("手机号", id="g2")])
    Set = made("Set", Rows, title="设置", rows=[
        ("常用地址", "家、公司", "Places"), ("权限管理", "系统权限", "Perm"), ("关于我们", "6.18.0", "About"),
        ("注销账号", "", "!注销账号")],
        extra=[lambda: Switch("语音播报", id="s1", checked=True)])  # fmt: skip
    Places = made("Places", Rows, title="常用地址", rows=[("家", "未设置", "#请先登录"), ("公司", "未设置", "#请先登录")])
    Perm = made(
        "Perm",
        Rows,
        title="权限管理",
        rows=[("位置信息", "用于推荐上车点", "#请到系统设置中修改"), ("通讯录", "用于紧急联系人", "#请到系统设置中修改")],
    )
    About = made("About", Rows, title="关于我们", rows=[("检查更新", "", "#已是最新版本"), ("用户协议", "", "Web?用户协议")])

    class Guard(Screen):
        links = {"t0": "<"}
        why = "位置权限用于识别行程偏航；日历权限用于记录出行日程；电话权限用于识别您的通话状态。"

        def body(self):
            state = Text("守护中" if self.app.prefs.get("guard") else "未开启")
            return Column(top("行程守护"), state, Text("行程偏航、异常停留时提醒您"), Text(self.why), Row(), Button("开启守护", "h1"))

        def pressed(self, id):
            if id == "h1":
                self.show_dialog("需要以下权限", self.why, "同意", "取消")
            elif id == "同意":
                self.request_permissions(LOCATION, CALENDAR, PHONE)

        def answered(self, permission, granted):
            self.app.prefs["guard"] = True
            self.draw()

    class Rec(Screen):
        links = {"t0": "<", "k2": "#录音加密保存 7 天，到期自动删除"}

        def body(self):
            return Column(top("行程录音"), Text("为您和司机留下凭证"), Text("录音说明", id="k2"), Row(), Button("开始录音", "k1"))

        def pressed(self, id):
            if id == "k1":
                self.ask(MICROPHONE, "麦克风权限", "麦克风权限用于录制车内声音，作为纠纷凭证。", "知道了", "取消")

        def answered(self, permission, granted):
            if not granted:
                self.finish_affinity()
                self.exit(0)

    class Sos(Screen):
        links = {"t0": "<", "n2": "AddSos"}

        def body(self):
            return Column(top("紧急联系人"), Text("最多 5 位"), Row(), Button("从通讯录添加", "n1"), Button("手动添加", "n2"))

        def pressed(self, id):
            if id == "n1":
                self.ask(CONTACTS, "通讯录权限", "通讯录权限用于选择您的紧急联系人，拒绝后可手动添加。", "知道了", "取消")

        def answered(self, permission, granted):
            self.toast("请选择联系人" if granted else "请手动添加")

    class Cs(Screen):
        def body(self):
            return Column(top("在线客服"), WebView(Text("您好，小顺为您服务"), Button("费用疑问", "q1"), Button("司机绕路", "q2")))

        links = {"t0": "<", "q1": "#正在为您转接", "q2": "#正在为您转接"}

    class Login(Screen):
        links = {"t0": "<", "v2": "Sms"}

        def body(self):
            return Column(top("登录顺道"), Row(), Button("本机号码一键登录", "v1"), Text("短信登录", id="v2"), Row())

        def pressed(self, id):
            if id == "v1":
                self.ask(PHONE, "电话权限", "电话权限用于识别本机号码，免去输入。您也可以使用短信登录。", "知道了", "取消")

        def answered(self, permission, granted):
            self.toast("网络异常，请使用短信登录")

    class Sms(Screen):
        links = {"t0": "<", "w3": "#验证码已发送", "w4": "#验证码错误"}

        def body(self):
            return Column(
                top("短信登录"), EditText("手机号", id="w1"), EditText("验证码", id="w2"), Button("获取验证码", "w3"), Button("登录", "w4")
            )

    class Reserve(Screen):
        links = {"t0": "<", "x2": "#请选择出发时间", "x3": "Cars"}

        def body(self):
            return Column(top("预约用车"), Text("出发时间", id="x2"), Text("选择车型", id="x3"), Row(), Button("添加日历提醒", "x1"))

        def pressed(self, id):
            if id == "x1":
                self.ask(CALENDAR, "日历权限", "日历权限用于在出发前提醒您，不开启也可以预约。", "知道了", "取消")

        def answered(self, permission, granted):
            self.toast("已添加提醒" if granted else "将以短信提醒您")

    class Driver(Screen):
        def body(self):
            return Column(WebView(Text("成为车主"), Text("月入过万"), EditText("车牌号"), Button("下一步", "y1"), accessible=True))

        links = {"y1": "#请输入正确的车牌号"}
