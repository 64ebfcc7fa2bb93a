"""A courier's app for Android 11.

A tab in a tab, cards with buttons inside, an overflow menu, forms over four pages, a chat of help.

Faults:

- c1-permission-before-consent, c5-asks-before-use (PHONE): the first page asks for the phone "to protect the account"
  before the sheet of the privacy policy is up. It is told, and asked once.
- c5-asks-again-on-relaunch (STORAGE): who refused the storage at 查件 > a parcel > 电子面单 > 保存 is asked for it at
  each later start.
- c5-purpose-not-told, c5-denial-blocks-function (CONTACTS): 首页 > 运费时效 > 查询 asks for the contacts without a word
  and shows the price only to who allows them.

Innocent: 扫码取件 tells of the camera on its page and takes a typed code too; 附近网点 explains, lists the sites of the
city without the location; 从通讯录选择 and 本机号码 explain and leave the name to be typed; a second start has an
update that may wait.
"""

from device_farm.virtual import App, Button, Checkbox, Column, EditText, Image, ListView, Row, Scroll, Sdk, Service, Text, WebView
from tests.virtual.unseen.pages import Page, icon, like, line, low_sheet, tile

PHONE = "android.permission.READ_PHONE_STATE"
STORAGE = "android.permission.WRITE_EXTERNAL_STORAGE"
CONTACTS = "android.permission.READ_CONTACTS"
CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_COARSE_LOCATION"
FIRST = ["我知道了", "deny", "同意"]


class Form(Page):
    """A part of an order: fields, and the button that goes to the next part."""

    heading = ""
    fields = ()
    following = ""
    button = "下一步"
    book = False

    def view(self):
        pick = [Text("从通讯录选择", id="pick"), Text("地址簿", id="book"), Text("本机号码", id="own")] if self.book else []
        return Column(
            Text(self.heading),
            *(EditText(hint, id=f"et_{n}") for n, hint in enumerate(self.fields)),
            Row(*pick),
            Row(),
            Button(self.button, "go"),
        )

    def on_press(self, id):
        if id == "go":
            self.lead(self.following)
        elif id == "book":
            self.start_activity("Book")
        elif id == "pick":
            why = "通讯录权限用于填写收寄件人的姓名和电话，您也可以手动输入"
            self.explain(CONTACTS, "读取通讯录", why, "好", "手动输入", "打开设置")

        elif id == "own":
            self.explain(PHONE, "电话权限", "电话权限用于填入本机号码，您也可以手动输入", "好", "手动输入", "打开设置")

    def after(self, permission, granted):
        if permission == PHONE:
            self.toast("已填入本机号码" if granted else "请手动输入")
            return
        self.toast("请选择联系人" if granted and self.read_contacts() else "请手动输入")


class Rows(Page):
    """A heading over a list whose rows have no ids; ``rows`` are (text, target)."""

    heading = ""
    rows = ()

    def view(self):
        return Column(Text(self.heading), ListView(*(Row(Text(words), Row(), Text("›")) for words, _ in self.rows), id="lv"))

    def on_item_click(self, id, position):
        self.lead(self.rows[position][1])


class Courier(App):
    package = "com.feige.express"
    label = "飞鸽速递"
    version_name, version_code = "6.0.9", 609
    target_sdk = 30
    permissions = [PHONE, STORAGE, CONTACTS, CAMERA, LOCATION]
    front, away = None, False
    innocent = False
    dangers = ["确认下单", "呼叫快递员", "删除地址", "退出登录", "取消订单", "移除设备"]
    screens = [
        "Splash/飞鸽速递", "Policy/用户服务与隐私政策", "Home/首页服务", "Home/我收的快递", "Home/我寄的快递", "Home/已签收",
            "Home/我的飞鸽",
        "Track/物流轨迹", "Waybill/电子面单", "Urge/催一催", "Proof/签收照片", "Pick/扫码取件", "Sender/寄件人信息", "Receiver/收件人信息",
        "Goods/物品信息", "Order/核对订单", "Price/运费时效", "Sites/附近网点", "Site/网点详情", "Banned/禁寄物品", "Book/地址簿",
        "NewAddress/新增地址", "Help/飞鸽客服", "Setup/设置", "Safe/账号与安全", "Devices/登录设备", "Rights/系统权限说明",
    ]  # fmt: skip
    walk = [
        ["我知道了", "deny", "用户服务与隐私政策", "back", "同意", "寄快递", "从通讯录选择", "手动输入", "地址簿", "新增地址", "back",
            "back", "下一步",
         "下一步", "下一步", "back", "back", "back", "back", "运费时效", "查询", "deny", "back", "附近网点", "查看附近", "好", "deny",
         "人民路网点",
         "back", "back", "禁寄物品", "back", "扫码取件", "扫一扫", "deny", "back", "查件", "催件", "touch:0.5,0.2", "物流轨迹", "更多",
         "电子面单",
         "back", "back", "我寄的", "已签收", "签收照片", "back", "我收的", "我的", "飞鸽客服", "运费怎么算", "back", "设置", "账号与安全",
         "登录设备", "back", "back", "back", "系统权限说明", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-permission-before-consent", "PHONE"): ["我知道了"],
        ("c5-asks-before-use", "PHONE"): ["我知道了"],
        ("c5-asks-again-on-relaunch", "STORAGE"): [
            *FIRST, "查件", "物流轨迹", "更多", "电子面单", "保存", "好", "deny", "relaunch", "wait:4", "允许保存"],
        ("c5-purpose-not-told", "CONTACTS"): [*FIRST, "运费时效", "查询"],
        ("c5-denial-blocks-function", "CONTACTS"): [*FIRST, "运费时效", "查询", "Fee/首重 12 元"],
    }  # fmt: skip
    planted = list(proofs)

    class Crash(Sdk):
        name = "云诊断"
        package = "com.yunzhen.crash"

        class Upload(Service):
            process = ":upload"

    class Splash(Page):
        launcher = True

        def view(self):
            return Column(Row(), Text("飞鸽速递"), Text("次日达"), Row(), background="#FFFFE0B2", gravity="center")

        def on_create(self):
            self.render()
            if self.app.prefs.get("agreed"):
                self.post_delayed(self.enter, 1)
            elif self.app.prefs.get("phoned"):
                self.consent()
            else:
                self.show_dialog("电话权限", "电话权限用于识别本机，保障您的账号安全", "我知道了", cancelable=False)

        def on_permission_result(self, results):
            self.consent()

        def consent(self):
            words = "请阅读并同意《用户服务与隐私政策》后使用飞鸽速递"
            answers = Row(Button("不同意", "no"), Button("同意", "yes"))
            self.render(low_sheet(Text("服务协议"), Text(words), Text("用户服务与隐私政策", id="doc"), answers))

        def enter(self):
            self.start_activity("Home")
            self.finish()

        def on_press(self, id):
            if id == "我知道了":
                self.app.prefs["phoned"] = True
                self.request_permissions(PHONE)
            elif id == "doc":
                self.start_activity("Policy")
            elif id == "yes":
                self.app.prefs["agreed"] = True
                self.enter()
            elif id == "no":
                self.finish()

    class Policy(Page):
        def view(self):
            return Column(
                WebView(Text("用户服务与隐私政策"), *(Text(f"{n}、我们按照最小必要原则处理您的收寄件信息。") for n in range(1, 14)))
            )

    class Home(Page):
        tab, inner = "首页", "我收的"
        to = {
            "svc0": "Sender", "svc1": "Price", "svc2": "Sites", "svc3": "Banned", "svc4": "Pick", "urge": "Urge", "trace": "Track",
            "call": "$呼叫快递员", "photo": "Proof", "cancel": "$取消订单", "me0": "Help", "me1": "Book", "me2": "Setup", "me3": "Rights",
            "立即更新": "~正在打开应用市场",
        }  # fmt: skip

        def view(self):
            foot = Row(*(Text(name, id=f"foot_{name}") for name in ("首页", "查件", "我的")))
            return Column({"首页": self.first, "查件": self.parcels, "我的": self.mine}[self.tab](), foot)

        def first(self):
            names = ["寄快递", "运费时效", "附近网点", "禁寄物品", "扫码取件"]
            tiles = [tile("#FFB74D", name, f"svc{n}") for n, name in enumerate(names)]
            return Scroll(
                Text("首页服务"), Image("#FF9800", height=420), Row(*tiles[:3]), Row(*tiles[3:]), Text("双 11 发货高峰，请提前下单")
            )

        def parcels(self):
            tops = Row(*(Text(name, id=f"in_{name}") for name in ("我收的", "我寄的", "已签收")))
            kind = {"我收的": ("我收的快递", self.coming), "我寄的": ("我寄的快递", self.sent), "已签收": ("已签收", self.done)}[self.inner]
            return Column(Text(kind[0]), tops, Scroll(*kind[1]()))

        def coming(self):
            buttons = Row(Button("催件", "urge"), Button("物流轨迹", "trace"), Button("呼叫快递员", "call"))
            return [Column(Text("FG20261101 运输中"), Text("预计明天送达"), buttons, background="#FFFFF8E1"),
                    Column(Text("FG20261088 派送中"), Text("快递员 陈师傅"), background="#FFFFF8E1", id="trace",
                        clickable=True)]  # fmt: skip

        def sent(self):
            return [Column(Text("FG20260930 待揽收"), Row(Button("取消订单", "cancel")), background="#FFE3F2FD")]

        def done(self):
            return [Column(Text("FG20260817 本人签收"), Row(Button("签收照片", "photo")), background="#FFE8F5E9")]

        def mine(self):
            names = ["飞鸽客服", "我的地址簿", "设置", "系统权限说明"]
            return Column(Text("我的飞鸽"), *(line(name, f"me{n}", "›") for n, name in enumerate(names)), Row())

        def on_create(self):
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.render()
            if self.refusals(STORAGE) and not self.check_self_permission(STORAGE):
                self.pending = STORAGE, "允许保存"
                self.show_dialog("存储权限", "存储权限用于保存电子面单，建议开启", "允许保存", "稍后")
            elif starts == 2:
                self.show_dialog("发现新版本", "修复已知问题", "立即更新", "以后再说")

        def on_press(self, id):
            if id.startswith("foot_"):
                self.tab = id[5:]
                self.render()
            elif id.startswith("in_"):
                self.inner = id[3:]
                self.render()

    class Track(Page):
        def view(self):
            stops = ["已到达 上海转运中心", "已离开 苏州", "已揽收"]
            top = Row(icon("#8D6E63", "up", "返回", 64), Text("物流轨迹"), Row(), icon("#8D6E63", "dots", "更多", 64))
            return Column(top, *(Row(icon("#FFB74D", size=30), Text(stop)) for stop in stops), Row(), Text("复制单号", id="copy"))

        def on_press(self, id):
            if id == "up":
                self.finish()
            elif id == "dots":
                items = [Text(name, id=f"menu{n}") for n, name in enumerate(["电子面单", "分享", "投诉"])]
                self.render(
                    Column(Row(Row(), Column(*items, background="#FFFFFFFF")), background="#22000000", id="outside", clickable=True)
                )
            elif id == "menu0":
                self.render()
                self.start_activity("Waybill")
            elif id in ("outside", "menu1", "menu2"):
                self.render()
            elif id == "copy":
                self.set_primary_clip("FG20261101")
                self.toast("已复制")

    class Waybill(Page):
        def view(self):
            return Column(Text("电子面单"), Image("#FAFAFA", height=900), Text("FG20261101"), Row(), Button("保存", "save"))

        def on_press(self, id):
            if id == "save":
                self.explain(STORAGE, "存储权限", "存储权限用于把面单图片保存到手机，您也可以截屏", "好", "取消", "打开设置")

        def after(self, permission, granted):
            self.toast("已保存" if granted else "您可以截屏保存")

    class Urge(Page):
        translucent = True
        to = {"dark": "^"}

        def view(self):
            reasons = [Checkbox(words, id=f"r{n}") for n, words in enumerate(["超时未送达", "物流不更新", "急用"])]
            return low_sheet(Text("催一催"), *reasons, Button("提交", "send"), id="dark")

        def on_press(self, id):
            self.toast("请选择原因")

    class Proof(Page):
        big = False

        def view(self):
            return Column(Text("签收照片"), Image("#A5D6A7", id="photo", height=1500 if self.big else 700), Text("放置于门口"))

        def on_press(self, id):
            self.big = not self.big
            self.render()

    class Pick(Page):
        to = {"ok": "~取件码不存在"}

        def view(self):
            note = Column(Text("相机权限使用说明：用于扫描柜机二维码取件，您也可以在下方输入取件码"), background="#FFFFF3E0")
            entry = Row(EditText("取件码", id="code"), Button("开箱", "ok"))
            return Column(Text("扫码取件"), note, Image("#424242", height=600), Button("扫一扫", "scan"), entry, Row())

        def on_press(self, id):
            if id == "scan" and self.refusals(CAMERA) >= 2:
                self.toast("相机未开启，请输入取件码")
            elif id == "scan":
                self.request_permissions(CAMERA)

        def after(self, permission, granted):
            self.toast("请对准二维码" if granted and self.use_camera() else "请输入取件码")

    class Price(Page):
        fee = False

        def view(self):
            fields = [EditText(hint, id=f"f{n}") for n, hint in enumerate(["寄件城市", "收件城市", "重量（千克）"])]
            return Column(Text("运费时效"), *fields, Button("查询", "ask"), Row(), Text("仅供参考，以实际为准"))

        def on_press(self, id):
            if id == "ask" and self.check_self_permission(CONTACTS):
                self.start_activity("Fee")
            elif id == "ask":
                self.request_permissions(CONTACTS)

        def after(self, permission, granted):
            if granted:
                self.start_activity("Fee")
            else:
                self.toast("无法查询")

    class Fee(Page):
        def view(self):
            return Column(Text("首重 12 元"), Text("续重 3 元/千克"), Text("预计 2 天送达"), Row())

    class Sites(Page):
        to = {"site0": "Site", "site1": "~休息中"}

        def view(self):
            sites = [line(name, f"site{n}", "营业中") for n, name in enumerate(["人民路网点", "花园路网点"])]
            return Column(Row(Text("附近网点"), Row(), Button("查看附近", "here")), *sites, Row())

        def on_press(self, id):
            if id == "here":
                self.explain(LOCATION, "位置信息", "位置权限用于按距离排列网点，不开启时按城市展示", "好", "不用", "打开设置")

        def after(self, permission, granted):
            self.toast("已按距离排列" if granted and self.read_location() else "已按城市展示")

    class Help(Page):
        said = ()

        def view(self):
            lines = [Text("您好，请问有什么可以帮您？"), *(Text(words) for words in self.said)]
            asks = Row(*(Text(words, id=f"q{n}") for n, words in enumerate(["运费怎么算", "丢件怎么办"])))
            return Column(Text("飞鸽客服"), Scroll(*lines), asks, Row(EditText("请输入问题", id="say"), Button("发送", "send")))

        def on_press(self, id):
            if id in ("q0", "q1"):
                self.said = (*self.said, "请在 运费时效 中查询" if id == "q0" else "请致电客服热线")
                self.render()

    class Order(Page):
        to = {"order": "$确认下单", "rules": "Banned"}

        def view(self):
            return Column(
                Text("核对订单"),
                Text("陈先生 → 李女士"),
                Text("文件 1 千克"),
                Text("禁寄说明", id="rules"),
                Row(),
                Button("确认下单", "order"),
            )

    Sender = like("Sender", Form, heading="寄件人信息", fields=["姓名", "电话", "地址"], following="Receiver", book=True)
    Receiver = like("Receiver", Form, heading="收件人信息", fields=["姓名", "电话", "地址"], following="Goods", book=True)
    Goods = like("Goods", Form, heading="物品信息", fields=["物品名称", "重量"], following="Order")
    NewAddress = like(
        "NewAddress", Form, heading="新增地址", fields=["姓名", "电话", "详细地址"], following="~请填写完整", button="保存地址"
    )
    Site = like("Site", Rows, heading="网点详情", rows=[("营业时间 8:00-20:00", "~每天营业"), ("电话", "~请在工作时间致电")])
    Banned = like(
        "Banned", Rows, heading="禁寄物品", rows=[(name, "~不可寄递") for name in ("易燃易爆", "液体", "活体动物", "现金", "药品", "刀具")]
    )
    Book = like("Book", Rows, heading="地址簿", rows=[("新增地址", "NewAddress"), ("家 示例路 1 号", "~已选择"), ("删除地址", "$删除地址")])
    Setup = like("Setup", Rows, heading="设置", rows=[("账号与安全", "Safe"), ("清除缓存", "~已清除"), ("退出登录", "$退出登录")])
    Safe = like("Safe", Rows, heading="账号与安全", rows=[("修改密码", "~请先登录"), ("登录设备", "Devices")])
    Devices = like("Devices", Rows, heading="登录设备", rows=[("本机", "~当前设备"), ("移除设备", "$移除设备")])
    Rights = like("Rights", Rows, heading="系统权限说明", rows=[
        ("位置：查找附近网点", "~可在系统设置中修改"), ("相机：扫码取件", "~可在系统设置中修改"), ("存储：保存电子面单",
            "~可在系统设置中修改")])  # fmt: skip
