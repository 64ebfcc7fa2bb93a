"""A flashlight without any privacy notice, whose lamp stays dark until the location is allowed.

Nothing in it needs a location.

What it does right, and must not be accused of: the flash at calls, the magnifier and the noise meter ask when they are
used, say what for, and only they stay closed. Adverts are everywhere: at the start, before a tool, and for another app
of the same maker.
"""

from device_farm.virtual import (
    Activity,
    App,
    Button,
    Canvas,
    Column,
    EditText,
    Image,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)
from tests.virtual import whole_pages
from tests.virtual.whole_pages import Asks, grid

LOCATION, PHONE = "android.permission.ACCESS_FINE_LOCATION", "android.permission.READ_PHONE_STATE"
CAMERA, MICROPHONE = "android.permission.CAMERA", "android.permission.RECORD_AUDIO"

DARK, WHITE, PALE = "#263238", "#FFFFFF", "#ECEFF1"
TABS = {"tab_torch": "手电筒", "tab_tools": "工具箱", "tab_mine": "我的"}
NAMES = ["星空", "极光", "樱花", "深海", "火焰", "竹影", "霓虹", "水墨", "沙漠", "雪夜", "森林", "糖果", "月球", "青花"]
SKINS = [f"{name}主题\n{n + 3}.{n} 万人在用" for n, name in enumerate(NAMES)]
MORSE = {"s": "...", "o": "---", "e": ".", "t": "-", "a": ".-", "i": "..", "n": "-.", "h": "....", "l": ".-..", "p": ".--."}
HELP = ["手电筒打不开怎么办", "如何设置定时关灯", "来电闪光不生效", "如何关闭广告", "指南针不准怎么校准"]

ROUTES = {
    "Splash/广告": "",
    "Main/手电筒": "tv_skip",
    "ScreenLight/屏幕灯": "tv_skip 屏幕灯",
    "Sos/求救信号": "tv_skip SOS",
    "Main/工具箱": "tv_skip 工具箱",
    "Advert/精选推荐": "tv_skip 工具箱 指南针",
    "Compass/指南针": "tv_skip 工具箱 指南针 iv_close",
    "Level/水平仪": "tv_skip 工具箱 水平仪",
    "Ruler/尺子": "tv_skip 工具箱 尺子",
    "Morse/摩斯电码": "tv_skip 工具箱 摩斯电码",
    "Morse/编码结果": "tv_skip 工具箱 摩斯电码 et_words=sos 编码",
    "Magnifier/放大镜": "tv_skip 工具箱 放大镜",
    "Noise/噪音检测": "tv_skip 工具箱 噪音检测",
    "CallFlash/来电闪光": "tv_skip 工具箱 来电闪光",
    "Timer/定时关灯": "tv_skip 工具箱 定时关灯",
    "Main/我的": "tv_skip 我的",
    "Skins/主题皮肤": "tv_skip 我的 主题皮肤",
    "SkinDetail/主题详情": "tv_skip 我的 主题皮肤 row_0",
    "Vip/会员中心": "tv_skip 我的 去除广告",
    "Help/常见问题": "tv_skip 我的 常见问题",
    "HelpDetail/问题详情": "tv_skip 我的 常见问题 row_1",
    "Settings/设置": "tv_skip 我的 iv_settings",
    "About/关于": "tv_skip 我的 iv_settings 关于",
    "Web/隐私政策": "tv_skip 我的 iv_settings 关于 隐私政策",
}


class Page(whole_pages.Page):
    bar, done = PALE, "处理中"


plain, listing = Page.plain, Page.listing


def painted(name, title, draw):
    """A tool that paints itself below its bar."""

    def on_create(self):
        self.page(title, body=Canvas(draw, id="surface"))

    return type(name, (Page,), {"on_create": on_create})


class Asking(Asks, Page):
    button, allowed, refused = "开始使用", "已开启", "未授权，无法使用该功能，其他功能不受影响"


def asking(name, title, permission, told):
    return type(name, (Asking,), {"title": title, "permission": permission, "told": told})


def compass(pen):
    x, y = pen.width / 2, pen.height / 2
    pen.rect(x - 400, y - 400, x + 400, y + 400, colour=DARK, radius=400)
    for text, dx, dy in (("北", 0, -340), ("南", 0, 280), ("西", -320, -25), ("东", 320, -25)):
        pen.text(text, x + dx, y + dy, size=56, colour=WHITE, align="center")
    pen.rect(x - 10, y - 260, x + 10, y, colour="#E53935")
    pen.text("348°", x, y + 480, size=72, align="center")


def level(pen):
    pen.rect(80, pen.height / 2 - 90, pen.width - 80, pen.height / 2 + 90, colour="#C0CA33", radius=90)
    pen.rect(pen.width / 2 - 70, pen.height / 2 - 70, pen.width / 2 + 70, pen.height / 2 + 70, colour=WHITE, radius=70)
    pen.text("0.0°", pen.width / 2, pen.height / 2 + 160, size=72, align="center")


def ruler(pen):
    for n in range(int(pen.height / 16)):
        pen.rect(0, n * 16, 120 if n % 10 == 0 else 60, n * 16 + 3, colour=DARK)
    for n in range(int(pen.height / 160)):
        pen.text(str(n), 140, n * 160 - 20, size=42)


class Torch(App):
    package = "com.example.liangshan.torch"
    label = "亮闪手电筒"
    version_name, version_code = "5.1.8", 518
    target_sdk = 31
    permissions = [LOCATION, PHONE, CAMERA, MICROPHONE, "android.permission.INTERNET"]
    screens = list(ROUTES)
    routes = {screen: path.split() for screen, path in ROUTES.items()}
    dangers = {
        "开通会员": ["tv_skip", "我的", "去除广告", "立即开通"],
        "下载": ["tv_skip", "工具箱", "指南针", "立即下载"],
        "购买": ["tv_skip", "我的", "主题皮肤", "row_0", "购买主题"],
    }
    planted = [
        ("c1-no-privacy-prompt", ""),
        ("c1-permission-before-consent", "LOCATION"),
        ("c5-denial-blocks-function", "LOCATION"),
        ("c5-purpose-not-told", "LOCATION"),
        ("c5-asks-before-use", "LOCATION"),
        ("c5-asks-without-function", "LOCATION"),
    ]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c5-denial-blocks-function": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-without-function": "suspected",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "clear",
    }

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.left = 6
            self.skip = Text("", id="tv_skip")
            picture = Image("#FF7043", id="iv_advert", height=1500)
            self.show(Column(Row(Column(Text("广告")), self.skip), picture, Text("全民捕鱼，上线就送")))
            self.tick()

        def tick(self):
            self.left -= 1
            self.skip.text = f"跳过 {self.left}"
            self.invalidate()
            if self.left == 0:
                self.home()
            elif self.left > 0:
                self.post_delayed(self.tick, 1)

        def on_click(self, id):
            if id == "tv_skip":
                self.home()
            elif id == "iv_advert":
                self.open_url("https://advert.example.com/fish")

        def home(self):
            if self.left >= 0:
                self.left = -1
                self.start_activity("Main")
                self.finish()

    class Main(Page):
        tab = "tab_torch"
        lit = False
        goes = {
            "screen": "ScreenLight", "sos": "Sos", "level": "Level", "ruler": "Ruler", "morse": "Morse", "magnifier": "Magnifier",
            "noise": "Noise", "call": "CallFlash", "timer": "Timer", "skins": "Skins", "vip": "Vip", "help": "Help",
            "iv_settings": "Settings",
        }  # fmt: skip

        def on_create(self):
            self.draw()

        def draw(self):
            content = {"tab_torch": self.torch, "tab_tools": self.tools, "tab_mine": self.mine}[self.tab]()
            self.show(Column(*content, grid(**TABS), background=PALE))

        def torch(self):
            lamp = Image("#FFF176" if self.lit else "#455A64", id="iv_power", width=420, height=420)
            state = Text("已开启" if self.lit else "点击按钮开灯")
            return Text("手电筒"), Column(), Column(lamp, state), Column(), grid(screen="屏幕灯", sos="SOS", brightness="亮度")

        def tools(self):
            return Row(Text("工具箱"), background=WHITE), Scroll(
                grid(compass="指南针", level="水平仪", ruler="尺子"), grid(morse="摩斯电码", magnifier="放大镜", noise="噪音检测"),
                grid(call="来电闪光", timer="定时关灯"), Image("#FF7043", id="iv_banner", height=300), Text("广告　全民捕鱼"),
            )  # fmt: skip

        def mine(self):
            return Row(Column(Text("我的")), Image("icons/settings.png", id="iv_settings"), background=WHITE), Scroll(
                Text("主题皮肤", id="skins"), Text("去除广告", id="vip"), Text("常见问题", id="help"), Text("给个好评", id="rate"),
                Text("亮闪天气：30 日预报", id="weather"),
            )  # fmt: skip

        def pressed(self, id):
            if id in TABS:
                self.tab = id
                self.draw()
            elif id == "iv_power":
                self.switch_lamp()
            elif id == "compass":
                self.start_activity("Advert")
            elif id == "brightness":
                self.toast("亮度已调到最大")
            elif id == "iv_banner":
                self.open_url("https://advert.example.com/fish")
            elif id == "rate":
                self.show_dialog("喜欢亮闪手电筒吗", "给个五星好评鼓励一下吧！", "五星好评", "下次再说")
            elif id == "五星好评":
                self.open_market(self.app.package)
            elif id == "weather":
                self.start_activity("com.example.liangshan.weather/.Forecast")

        def switch_lamp(self):
            if self.check_self_permission(LOCATION):
                self.lit = not self.lit
                self.draw()
            else:
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION):
                self.switch_lamp()
            else:
                self.show_dialog("提示", "请先完成授权，否则无法使用手电筒。", "知道了")

    class Advert(Page):
        """An advert before the compass; its cross leads on."""

        dangers = {"btn_download": "下载"}

        def on_create(self):
            head = Row(Column(Text("精选推荐")), Image("icons/close.png", id="iv_close"))
            offer = Image("#FF7043", height=600), Text("全民捕鱼　1.2 亿人在玩"), Button("立即下载", id="btn_download")
            self.show(Column(Column(head, *offer, background=WHITE), background="#CC263238", gravity="center"))

        def pressed(self, id):
            if id == "iv_close":
                self.start_activity("Compass")
                self.finish()

    Compass = painted("Compass", "指南针", compass)
    Level = painted("Level", "水平仪", level)
    Ruler = painted("Ruler", "尺子", ruler)
    Skins = listing("Skins", "主题皮肤", SKINS, "SkinDetail")
    SkinDetail = plain("SkinDetail", "主题详情", lambda n: (
        Image("#7E57C2", height=700), Text(SKINS[n]), Button("购买主题", id="buy"),
    ), dangers={"buy": "购买"})  # fmt: skip
    Help = listing("Help", "常见问题", HELP, "HelpDetail")
    HelpDetail = plain("HelpDetail", "问题详情", lambda n: (Text(HELP[n]), Text("请重启手机后再试，或联系客服。")))
    Vip = plain("Vip", "会员中心", lambda n: (
        Text("月卡 9.9 元　年卡 59 元　永久 98 元"), Text("去除全部广告，解锁全部主题"), Button("立即开通", id="open"),
    ), dangers={"open": "开通会员"})  # fmt: skip
    Settings = plain("Settings", "设置", lambda n: (
        Switch("启动时开灯", id="sw_start"), Switch("摇一摇开灯", id="sw_shake"), Switch("按键音", id="sw_sound", checked=True),
        Text("关于", id="about"),
    ), goes={"about": "About"})  # fmt: skip
    About = plain("About", "关于", lambda n: (Text("亮闪手电筒 5.1.8"), Text("隐私政策", id="policy")), goes={"policy": "Web"})
    Timer = plain("Timer", "定时关灯", lambda n: (
        Switch("5 分钟后", id="sw_5"), Switch("15 分钟后", id="sw_15"), Switch("30 分钟后", id="sw_30"),
    ))  # fmt: skip

    class ScreenLight(Page):
        """Another colour at each touch."""

        colours = ("#FFFFFF", "#FFF176", "#EF5350", "#66BB6A", "#42A5F5")
        number = 0

        def on_create(self):
            self.show(Canvas(self.paint, id="light"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour=self.colours[self.number % 5])
            pen.text("屏幕灯", pen.width / 2, pen.height - 200, size=48, colour="#9E9E9E", align="center")

        def pressed(self, id):
            self.number += 1
            self.invalidate()

    class Sos(Page):
        def on_create(self):
            self.page("求救信号", Text("按国际求救信号闪烁：三短三长三短"), Button("开始闪烁", id="start"), Button("拨打 110", id="police"))

        dangers = {"police": "拨打"}

        def pressed(self, id):
            self.toast("屏幕开始闪烁")

    class Morse(Page):
        def on_create(self):
            self.words, self.encode = EditText("请输入英文", id="et_words"), Button("编码", id="btn_encode", enabled=False)
            self.page("摩斯电码", self.words, self.encode)

        def on_text(self, id, text):
            self.encode.enabled = bool(text)
            self.invalidate()

        def pressed(self, id):
            if id == "btn_encode":
                code = " ".join(MORSE.get(letter, "?") for letter in self.words.text.lower())
                self.page("编码结果", Text(code), Button("播放", id="play"))

    Magnifier = asking("Magnifier", "放大镜", CAMERA, "相机权限用于放大您眼前的文字和物体")
    Noise = asking("Noise", "噪音检测", MICROPHONE, "麦克风权限用于测量环境音量，不会录音")
    CallFlash = asking("CallFlash", "来电闪光", PHONE, "电话权限用于在来电时控制闪光灯闪烁")

    class Web(Page):
        def on_create(self):
            self.page("隐私政策", body=WebView(Text("亮闪手电筒隐私政策"), Text("我们可能会收集您的设备信息与位置信息。")))


class Weather(App):
    package = "com.example.liangshan.weather"
    label = "亮闪天气"

    class Forecast(Activity):
        launcher = exported = True

        def on_create(self):
            self.show(Column(Text("亮闪天气"), Text("晴 26°")))
