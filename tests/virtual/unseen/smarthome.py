"""A smart home app: a consent and a dimmer that are painted, device cards, a menu under a plus, lists without ids.

Faults:

- c5-dialog-loop (NEARBY_DEVICES): 添加 > 添加设备 > 搜索设备 explains and asks; once it is refused a modal comes back
  each time it is closed.
- c5-purpose-not-told, c5-denial-blocks-function (CAMERA): 场景 > 新建场景 > 定时执行 asks for the camera without a word
  and opens the clock only for who allows it.
- c5-asks-again-in-session (LOCATION): who refused the location at the weather (点击定位) gets 开启定位 on each device
  that is opened.
- c5-asks-without-function (PHONE): 我的 > 关于智居 > 检查更新 asks for the phone "to check the model"; the answer
  changes nothing.

Innocent: 扫码添加 and 对讲 explain and ask when used; the code can be typed and the picture be watched without; the
weather is shown for the city without the location; the library that speaks with the router keeps a service in its own
process.
"""

from device_farm.virtual import (
    App,
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Image,
    ListView,
    Row,
    Scroll,
    Sdk,
    Service,
    Switch,
    Text,
    WebView,
)
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

SCAN = "android.permission.BLUETOOTH_SCAN"
CONNECT = "android.permission.BLUETOOTH_CONNECT"
CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
MICROPHONE = "android.permission.RECORD_AUDIO"
PHONE = "android.permission.READ_PHONE_STATE"
BUTTON = 190  # height of a painted button, in pixels
STATUS_BAR = 118  # the canvas begins below it, in pixels


class Plain(Screen):
    """A title and a list whose rows have neither an id nor an arrow; ``lines`` are (text, link)."""

    title = ""
    lines = ()
    extra = ()

    def body(self):
        rows = [Row(Text(text), Row()) for text, _ in self.lines]
        return Column(Row(Text(self.title), Row()), *(make() for make in self.extra), ListView(*rows, id="rv"))

    def on_item_click(self, id, position):
        self.follow(self.lines[position][1])


class Device(Plain):
    """A device's page; with the fault that asks for the location again."""

    def on_create(self):
        self.draw()
        if self.app.prefs.get(f"refused {LOCATION}") and not self.check_self_permission(LOCATION):
            self.asked, self.yes = LOCATION, "立即开启"
            self.show_dialog("开启定位", "开启定位权限，让设备在您回家时自动启动", "立即开启", "下次再说")


class SmartHome(App):
    package = "com.zhiju.home"
    label = "智居"
    version_name, version_code = "5.5.501", 55501
    target_sdk = 33
    permissions = [SCAN, CONNECT, CAMERA, LOCATION, MICROPHONE, PHONE]
    innocent = False
    dangers = ["删除设备", "恢复出厂设置", "立即购买", "解散家庭", "退出登录"]
    screens = [
        "Boot/隐私保护提示", "Main/我的家", "Main/卧室设备", "Main/智能场景", "Main/商城", "Main/我的智居", "Lamp/客厅吸顶灯",
        "Air/卧室空调",
        "Cam/门口猫眼", "Robot/扫地机器人", "More/设备设置", "Share/设备共享", "Plus/添加", "Add/添加设备", "Manual/手动添加",
        "Steps/配网指引",
        "Qr/扫码添加", "Type/输入设备码", "NewScene/新建场景", "Leave/离家执行", "Goods/智能门锁", "Family/家庭管理", "Messages/消息记录",
        "Settings/设置", "Theme/主题颜色", "About/关于智居", "Faq/常见问题", "Web/隐私政策",
    ]  # fmt: skip
    walk = [
        ["同意并继续", "点击定位", "允许使用", "deny", "客厅吸顶灯", "下次再说", "touch:0.5,0.4", "设备设置", "设备共享", "back",
            "back", "back", "门口猫眼",
         "下次再说", "对讲", "允许使用", "deny", "back", "扫地机器人", "下次再说", "back", "卧室", "卧室空调", "下次再说", "back",
         "添加", "添加设备", "手动添加", "智能插座", "back", "back", "扫码添加", "开始扫码", "允许使用", "deny", "输入设备码", "back",
         "back", "back",
         "sc", "新建场景", "离家执行", "back", "定时执行", "deny", "back", "sh", "智能门锁", "back", "me", "家庭管理", "back",
         "消息记录", "back",
         "设置", "主题颜色", "back", "back", "常见问题", "back", "关于智居", "检查更新", "允许使用", "deny", "隐私政策", "back"],
    ]  # fmt: skip
    proofs = {
        ("c5-dialog-loop", "NEARBY_DEVICES"): [
            "同意并继续", "添加", "添加设备", "搜索设备", "允许使用", "deny", "取消", "wait:2", "取消", "wait:2"],
        ("c5-purpose-not-told", "CAMERA"): ["同意并继续", "sc", "新建场景", "定时执行"],
        ("c5-denial-blocks-function", "CAMERA"): ["同意并继续", "sc", "新建场景", "定时执行", "Clock/执行时间"],
        ("c5-asks-again-in-session", "LOCATION"): [
            "同意并继续", "点击定位", "允许使用", "deny", "客厅吸顶灯", "下次再说", "back", "门口猫眼", "下次再说", "back"],
        ("c5-asks-without-function", "PHONE"): ["同意并继续", "me", "关于智居", "检查更新", "允许使用"],
    }  # fmt: skip
    planted = list(proofs)

    class Mesh(Sdk):
        name = "易联组网"
        package = "com.yilian.mesh"

        class Link(Service):
            process = ":mesh"

    class Boot(Screen):
        launcher = True
        size = (1080, 2200)

        def body(self):
            return Column(Canvas(self.paint))

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.start_activity("Main")
                self.finish()
            else:
                self.draw()

        def paint(self, pen):
            self.size = pen.width, pen.height
            middle, foot = pen.width / 2, pen.height
            pen.rect(0, 0, pen.width, pen.height, colour="#FAFAFA")
            pen.text("隐私保护提示", middle, 300, size=64, align="center")
            for n, line in enumerate(
                [
                    "欢迎使用智居。我们会收集设备与家庭信息，",
                    "用于控制您的智能设备，详见《隐私政策》",
                    "与《用户协议》。请您阅读后选择是否同意。",
                ]
            ):
                pen.text(line, middle, 520 + n * 90, size=44, align="center", colour="#555555")
            pen.rect(120, foot - 700, pen.width - 120, foot - 700 + BUTTON, colour="#2962FF", radius=40)
            pen.text("同意并继续", middle, foot - 640, size=52, align="center", colour="#FFFFFF")
            pen.rect(120, foot - 460, pen.width - 120, foot - 460 + BUTTON, colour="#E0E0E0", radius=40)
            pen.text("不同意", middle, foot - 400, size=52, align="center", colour="#333333")

        def on_touch(self, id, x, y):
            foot = self.size[1] + STATUS_BAR
            if foot - 700 <= y < foot - 700 + BUTTON:
                self.app.prefs["agreed"] = True
                self.start_activity("Main")
                self.finish()
            elif foot - 460 <= y < foot - 460 + BUTTON:
                self.finish()

    class Main(Screen):
        tab, room = "ho", "客厅"
        links = {
            "plus": "Plus", "dev0": "Lamp", "dev1": "Cam", "dev2": "Robot", "dev3": "Air", "new": "NewScene", "goods": "Goods",
            "head": "#请先登录智居账号",
        }  # fmt: skip
        mine = [("家庭管理", "Family"), ("消息记录", "Messages"), ("常见问题", "Faq"), ("设置", "Settings"), ("关于智居", "About")]

        def body(self):
            bar = Row(*(picture("#90CAF9", id=id, size=110) for id in ("ho", "sc", "sh", "me")))
            return Column({"ho": self.home, "sc": self.scenes, "sh": self.shop, "me": self.me}[self.tab](), bar)

        def home(self):
            living = self.room == "客厅"
            cards = [("客厅吸顶灯", 0), ("门口猫眼", 1), ("扫地机器人", 2)] if living else [("卧室空调", 3)]
            cells = [Column(picture("#FFF59D", size=150), Text(name), id=f"dev{n}", clickable=True) for name, n in cards]
            top = Row(Text("我的家" if living else "卧室设备"), Row(), picture(says="添加", id="plus"))
            weather = Row(Text("上海 26°"), Row(), Text("点击定位", id="place"))
            return Column(top, weather, Row(Text("客厅", id="room0"), Text("卧室", id="room1")), Scroll(*grid(2, cells)))

        def scenes(self):
            rows = [Switch("回家模式", id="sw0", checked=True), Switch("睡眠模式", id="sw1")]
            return Column(Text("智能场景"), *rows, Row(), Button("新建场景", "new"))

        def shop(self):
            return Column(Text("商城"), Column(Image("#B0BEC5", height=500), Text("智能门锁"), id="goods", clickable=True), Row())

        def me(self):
            rows = ListView(*(Row(Text(name), Row()) for name, _ in self.mine), id="rv_mine")
            return Column(Text("我的智居"), Row(picture(), Text("立即登录"), id="head", clickable=True), rows)

        def on_create(self):
            self.start_service("Link")
            self.draw()

        def on_item_click(self, id, position):
            self.follow(self.mine[position][1])

        def pressed(self, id):
            if id in ("ho", "sc", "sh", "me"):
                self.tab = id
                self.draw()
            elif id.startswith("room"):
                self.room = "卧室" if id == "room1" else "客厅"
                self.draw()
            elif id == "place":
                self.ask(LOCATION, "位置权限说明", "用于获取您所在城市的天气。不开启时显示默认城市。", "允许使用", "不用了")

        def answered(self, permission, granted):
            self.toast("已更新天气" if granted and self.read_location() else "显示默认城市天气")

    class Lamp(Device):
        bright = 60

        def body(self):
            return Column(
                Row(Text("客厅吸顶灯"), Row(), Text("设备设置", id="more")), Canvas(self.paint), Switch("电源", id="power", checked=True)
            )

        links = {"more": "More"}

        def paint(self, pen):
            pen.rect(100, 100, pen.width - 100, 900, colour="#FFF8E1", radius=60)
            pen.rect(100, 900 - self.bright * 8, pen.width - 100, 900, colour="#FFCA28", radius=60)
            pen.text(f"亮度 {self.bright}%", pen.width / 2, 960, size=52, align="center")

        def on_touch(self, id, x, y):
            if 300 < y < 1200:
                self.bright = max(5, min(100, round((1200 - y) / 9)))
                self.invalidate()

    class Air(Device):
        degrees = 26

        def body(self):
            return Column(
                Text("卧室空调"), Text(f"{self.degrees}℃"), Row(Button("－", "down"), Button("＋", "up")), Switch("睡眠", id="sleep"), Row()
            )

        def pressed(self, id):
            if id in ("down", "up"):
                self.degrees += 1 if id == "up" else -1
                self.draw()

    class Cam(Device):
        links = {"photo": "#已截图", "record": "#设备离线"}

        def body(self):
            acts = Row(
                *(
                    Column(picture("#80CBC4"), Text(name), id=id, clickable=True)
                    for name, id in (("截图", "photo"), ("录像", "record"), ("对讲", "talk"))
                )
            )
            return Column(Text("门口猫眼"), Image("#212121", height=700), acts, Row())

        def pressed(self, id):
            if id == "talk":
                self.ask(MICROPHONE, "麦克风权限说明", "麦克风用于与门口的访客对讲。", "允许使用", "不用了")

        def answered(self, permission, granted):
            if permission == MICROPHONE:
                self.toast("对讲中" if granted and self.use_microphone() else "未开启麦克风，仅可观看")

    class Robot(Device):
        links = {"clean": "#设备离线", "dock": "#设备离线"}

        def body(self):
            return Column(Text("扫地机器人"), Canvas(self.paint), Row(Button("开始清扫", "clean"), Button("回充", "dock")))

        def paint(self, pen):
            pen.rect(80, 80, pen.width - 80, pen.height - 80, colour="#ECEFF1")
            pen.rect(160, 160, pen.width / 2, pen.height / 2, colour="#C5E1A5")

    class Plus(Screen):
        translucent = True
        links = {"veil": "<", "device": "Add", "scene": "NewScene"}

        def body(self):
            rows = [Row(picture(), Text(name), id=id, clickable=True) for name, id in (("添加设备", "device"), ("创建场景", "scene"))]
            return sheet(Text("添加"), *rows, gravity="bottom", id="veil")

        def on_stop(self):
            self.finish()

    class Add(Screen):
        links = {"scan": "Qr", "hand": "Manual"}
        closed = 0

        def body(self):
            return Column(
                Text("添加设备"),
                Text("请将设备通电并靠近手机"),
                Row(),
                Button("搜索设备", "find"),
                Button("扫码添加", "scan"),
                Button("手动添加", "hand"),
            )

        def pressed(self, id):
            if id == "find":
                self.closed = 0
                self.ask(
                    SCAN, "附近设备权限说明", "附近设备权限用于通过蓝牙发现您身边的智能设备。", "允许使用", "不用了", settings="允许使用"
                )
            elif id == "去设置":
                self.open_settings()
            elif id == "取消" and self.closed < 3:
                self.post_delayed(self.nag, 1)

        def nag(self):
            self.closed += 1
            self.show_dialog("无法搜索设备", "请允许附近设备权限，以便通过蓝牙搜索设备", "去设置", "取消", cancelable=False)

        def answered(self, permission, granted):
            if granted:
                self.toast("未发现设备")
            else:
                self.nag()

    Manual = made("Manual", Plain, title="手动添加", lines=[("智能插座", "Steps"), ("智能灯具", "#暂无型号"), ("智能门锁", "#暂无型号")])

    class Steps(Screen):
        links = {"next": "#未检测到设备热点"}

        def body(self):
            words = [Text(f"{n}. 长按复位键 5 秒，待指示灯快闪后松开，保持设备通电。") for n in range(1, 14)]
            return Column(
                Text("配网指引"), Scroll(Image("#CFD8DC", height=500), *words, Checkbox("指示灯已快闪", id="cb"), Button("下一步", "next"))
            )

    class Qr(Screen):
        links = {"type": "Type"}

        def body(self):
            return Column(Text("扫码添加"), Image("#000000", height=900), Row(), Button("开始扫码", "go"), Text("输入设备码", id="type"))

        def pressed(self, id):
            if id == "go":
                self.ask(CAMERA, "相机权限说明", "相机用于扫描设备上的二维码。您也可以输入设备码。", "允许使用", "不用了")

        def answered(self, permission, granted):
            self.toast("请对准二维码" if granted and self.use_camera() else "请输入设备码")

    class Type(Screen):
        links = {"ok": "#设备码不正确"}

        def body(self):
            return Column(Text("输入设备码"), EditText("16 位设备码", id="code"), Button("确定", "ok"), Row())

    class NewScene(Screen):
        links = {"hand": "#请先添加设备", "leave": "Leave"}

        def body(self):
            rows = [Row(picture(), Text(name), Row(), id=id, clickable=True)
                    for name, id in (("定时执行", "timed"), ("离家执行", "leave"), ("手动执行", "hand"))]  # fmt: skip
            return Column(Text("新建场景"), *rows, Row())

        def pressed(self, id):
            if id == "timed" and self.check_self_permission(CAMERA):
                self.start_activity("Clock")
            elif id == "timed":
                self.request_permissions(CAMERA)

        def answered(self, permission, granted):
            if granted:
                self.start_activity("Clock")
            else:
                self.toast("请先允许权限")

    Clock = made("Clock", Plain, title="执行时间", lines=[("07:00", "#请先添加设备"), ("22:30", "#请先添加设备")])
    Leave = made("Leave", Plain, title="离家执行", lines=[("关闭全部灯光", "#请先添加设备"), ("打开门锁提醒", "#请先添加设备")])
    More = made("More", Plain, title="设备设置", lines=[
        ("设备共享", "Share"), ("固件版本 1.0.2", "#已是最新"), ("恢复出厂设置", "!恢复出厂设置"), ("删除设备", "!删除设备")])  # fmt: skip
    Share = made("Share", Plain, title="设备共享", lines=[("共享给家人", "#请先登录智居账号")])
    Family = made(
        "Family", Plain, title="家庭管理", lines=[("我的家", "#1 位成员"), ("邀请成员", "#请先登录智居账号"), ("解散家庭", "!解散家庭")]
    )
    Messages = made("Messages", Plain, title="消息记录", lines=[("门口有人经过", "#视频已过期"), ("扫地完成", "#32 平方米")])
    Faq = made("Faq", Plain, title="常见问题", lines=[("设备离线怎么办", "#请检查路由器"), ("如何共享设备", "#在设备设置中操作")])
    Settings = made("Settings", Plain, title="设置", lines=[("主题颜色", "Theme"), ("清除缓存", "#已清除"), ("退出登录", "!退出登录")],
                    extra=[lambda: Switch("设备通知", id="sw", checked=True)])  # fmt: skip
    Theme = made("Theme", Plain, title="主题颜色", lines=[("跟随系统", "#已设置"), ("深色", "#已设置")])

    class About(Screen):
        links = {"policy": "Web"}

        def body(self):
            rows = [Row(Text(name), Row(), id=id, clickable=True) for name, id in (("检查更新", "update"), ("隐私政策", "policy"))]
            return Column(Text("关于智居"), Text("5.5.501"), *rows, Row())

        def pressed(self, id):
            if id == "update":
                self.asked, self.yes = PHONE, "允许使用"
                self.show_dialog("电话权限说明", "电话权限用于校验您的手机型号", "允许使用", "不用了")
            elif id == "不用了":
                self.toast("已是最新版本")

        def answered(self, permission, granted):
            self.toast("已是最新版本")

    class Goods(Screen):
        links = {"buy": "!立即购买", "detail": "#没有更多了"}

        def body(self):
            return Column(
                WebView(
                    Text("智能门锁"), Image("#78909C", height=600), Text("¥899"), Text("查看参数", id="detail"), Button("立即购买", "buy")
                )
            )

    class Web(Screen):
        def body(self):
            return Column(
                WebView(Text("隐私政策"), *(Text(f"{n}. 我们仅收集控制设备所必需的信息。") for n in range(1, 15)), accessible=False)
            )
