"""A cleaner and file manager.

It leaves over the phone, loops over the contacts, wants the messages for nothing, and the location daily.

What it does right, and must not be accused of: the recorder, the photo cleaner and the WLAN page ask when they are
used, say what for, and close nothing else. The location comes back at a start a day after its denial, by the wall
clock, and again when that is refused too.
"""

from device_farm.virtual import (
    App,
    Button,
    Canvas,
    Column,
    EditText,
    Frame,
    Image,
    ListView,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)
from tests.virtual import whole_pages
from tests.virtual.whole_pages import Asks, dim, grid

LOCATION, PHONE = "android.permission.ACCESS_FINE_LOCATION", "android.permission.READ_PHONE_STATE"
CONTACTS, SMS = "android.permission.READ_CONTACTS", "android.permission.READ_SMS"
MICROPHONE, IMAGES = "android.permission.RECORD_AUDIO", "android.permission.READ_MEDIA_IMAGES"

BLUE, WHITE, PALE = "#BBDEFB", "#FFFFFF", "#F3F6FA"
DAY_MS = 24 * 60 * 60 * 1000
TABS = {"tab_clean": "清理", "tab_files": "文件", "tab_tools": "工具", "tab_mine": "我的"}
FOLDERS = ["Android", "DCIM", "Documents", "Download", "Movies", "Music", "Pictures", "Podcasts", "Recordings", "tencent", "backup"]
FILES = [f"{name}_{n:02}.{kind}\n{n * 3 + 1}.{n % 10} MB　2026-0{n % 9 + 1}-1{n % 9}" for n, (name, kind) in enumerate(
    [("会议纪要", "docx"), ("旅行计划", "xlsx"), ("合同扫描件", "pdf"), ("毕业照", "jpg"), ("安装包", "apk")] * 4)]  # fmt: skip
PHONES = ["骚扰电话　010-1234\n今天 09:12", "广告推销　021-5678\n昨天 18:40", "疑似诈骗　0755-4321\n周一 11:03"]
POLICY = "我们会收集设备信息、应用列表用于清理建议；位置用于读取 WLAN 名称；麦克风用于录音；通讯录用于备份。您可以拒绝任意权限。"

HOME = "同意 跳过引导 iv_close"
ROUTES = {
    "Splash/净盘管家": "",
    "Splash/温馨提示": "wait:2",
    "Web/用户协议": "tv_terms",
    "Web/隐私政策": "tv_policy",
    "Splash/您需要同意": "不同意",
    "Guide/一键清理": "同意",
    "Guide/文件管理": "同意 下一页",
    "Main/清理": HOME,
    "Scanning/正在扫描": f"{HOME} 开始扫描",
    "Scanning/扫描完成": f"{HOME} 开始扫描 wait:4",
    "BigFiles/大文件": f"{HOME} 大文件",
    "PhotoClean/相册清理": f"{HOME} 相册清理",
    "Accelerate/手机加速": f"{HOME} 手机加速",
    "Main/文件": f"{HOME} 文件",
    "Folder/文件夹": f"{HOME} 文件 folder_2",
    "FileDetail/文件详情": f"{HOME} 文件 folder_2 row_4",
    "FileShare/分享到": f"{HOME} 文件 folder_2 row_4 分享",
    "FileSearch/搜索文件": f"{HOME} 文件 iv_search",
    "FileSearch/找到文件": f"{HOME} 文件 iv_search et_name=会议 btn_find",
    "Recycle/回收站": f"{HOME} 文件 回收站",
    "Main/工具": f"{HOME} 工具",
    "Traffic/流量监控": f"{HOME} 工具 流量监控",
    "Wlan/WLAN 检测": f"{HOME} 工具 WLAN检测",
    "SpeedTest/网络测速": f"{HOME} 工具 WLAN检测 开始测速",
    "Recorder/录音机": f"{HOME} 工具 录音机",
    "Backup/联系人备份": f"{HOME} 工具 联系人备份",
    "Block/骚扰拦截": f"{HOME} 工具 骚扰拦截",
    "BlockDetail/拦截详情": f"{HOME} 工具 骚扰拦截 row_0",
    "BlockRules/拦截规则": f"{HOME} 工具 骚扰拦截 规则",
    "Battery/电池医生": f"{HOME} 工具 电池医生",
    "Unzip/解压缩": f"{HOME} 工具 解压缩",
    "Main/我的": f"{HOME} 我的 deny",
    "Vip/会员": f"{HOME} 我的 deny 开通会员",
    "Settings/设置": f"{HOME} 我的 deny iv_settings",
    "White/白名单": f"{HOME} 我的 deny iv_settings 清理白名单",
    "About/关于净盘": f"{HOME} 我的 deny iv_settings 关于",
    "Feedback/问题反馈": f"{HOME} 我的 deny 问题反馈",
    "Feedback/已收到": f"{HOME} 我的 deny 问题反馈 et_text=测试 提交",
}


class Page(whole_pages.Page):
    bar, paper, done = BLUE, PALE, "已完成"


plain, listing = Page.plain, Page.listing


class Asking(Asks, Page):
    allowed, refused = "正在进行", "未授权，暂时无法使用该功能"


class Cleaner(App):
    package = "com.example.jingpan.files"
    label = "净盘管家"
    version_name, version_code = "7.2.5", 725
    target_sdk = 33
    permissions = [LOCATION, PHONE, CONTACTS, SMS, MICROPHONE, IMAGES]
    screens = list(ROUTES)
    routes = {screen: path.split() for screen, path in ROUTES.items()}
    dangers = {
        "清理": f"{HOME} 开始扫描 wait:4 一键清理".split(),
        "删除": f"{HOME} 文件 folder_2 row_4 删除".split(),
        "支付": f"{HOME} 我的 deny 开通会员 立即支付".split(),
    }
    planted = [
        ("c5-exit-after-denial", "PHONE"),
        ("c5-dialog-loop", "CONTACTS"),
        ("c5-asks-within-48-hours", "LOCATION"),
        ("c5-asks-without-function", "SMS"),
        ("c5-asks-before-use", "SMS"),
        ("c5-purpose-not-told", "SMS"),
    ]
    options = ["--clause", "1", "--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "violation",
        "c5-asks-within-48-hours": "violation",
        "c5-asks-without-function": "suspected",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-again-on-relaunch": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c1-permission-before-consent": "clear",
    }

    class Splash(Page):
        """The logo, then the consent as a sheet; a refusal gets a second, which may be refused as well."""

        launcher = True
        goes = {"tv_terms": "Web:用户协议", "tv_policy": "Web:隐私政策"}

        def on_create(self):
            self.show(Column(Image("#1976D2", height=900), Text("净盘管家"), Text("让手机焕然一新")))
            self.post_delayed(self.enter if self.app.prefs.get("consent") else self.ask, 1.5)

        def enter(self):
            self.start_activity("Main")
            self.finish()

        def ask(self):
            self.sheet("温馨提示", "欢迎使用净盘管家！" + POLICY, "同意", "不同意")

        def sheet(self, title, text, agree, refuse):
            links = Row(Text("《用户协议》", id="tv_terms"), Text("《隐私政策》", id="tv_policy"))
            buttons = Button(agree, id="agree"), Text(refuse, id=f"refuse_{refuse}")
            sheet = Column(Text(title), Text(text), links, *buttons, background=WHITE)
            self.show(Column(sheet, background="#99000000", gravity="bottom"))

        def pressed(self, id):
            if id == "agree":
                self.app.prefs["consent"] = True
                self.start_activity("Guide")
                self.finish()
            elif id == "refuse_不同意":
                self.sheet("您需要同意", "若不同意隐私政策，很遗憾我们将无法为您提供服务。", "同意", "仍不同意并退出")
            elif id == "refuse_仍不同意并退出":
                self.finish()

    class Guide(Page):
        def on_create(self):
            self.draw("一键清理", "快速释放空间", "下一页")

        def draw(self, title, text, button):
            head = Row(Column(Text(title)), Text("跳过引导", id="skip"))
            self.show(Column(head, Text(text), Image("#1976D2", height=1200), Button(button, id="next")))
            self.title = title

        def pressed(self, id):
            if id == "next" and self.title == "一键清理":
                self.draw("文件管理", "分类清晰，查找方便", "立即使用")
            else:
                self.start_activity("Main")
                self.finish()

    class Main(Page):
        tab = "tab_clean"
        goes = {
            "scan": "Scanning", "big": "BigFiles", "photos": "PhotoClean", "fast": "Accelerate", "folder": "Folder", "recycle": "Recycle",
            "iv_search": "FileSearch", "traffic": "Traffic", "wlan": "Wlan", "recorder": "Recorder", "backup": "Backup", "block": "Block",
            "battery": "Battery", "unzip": "Unzip", "vip": "Vip", "feedback": "Feedback", "iv_settings": "Settings",
        }  # fmt: skip

        def on_create(self):
            self.coupon = not self.app.prefs.get("coupon_seen")
            self.draw()
            self.daily()

        def daily(self):
            """A day after the location was refused it is asked for again, and a second time by the app's own window."""
            denied = self.app.prefs.get("location_denied")
            if denied and self.current_time_millis() - denied > DAY_MS and not self.check_self_permission(LOCATION):
                self.toast("位置权限用于读取 WLAN 名称并检测安全")
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION) is False:
                self.app.prefs["location_denied"] = self.current_time_millis()
                self.show_dialog("WLAN 防护未开启", "请到设置中开启位置权限，用于检测 WLAN 安全。", "去设置", "暂不")

        def draw(self):
            content = {"tab_clean": self.clean, "tab_files": self.files, "tab_tools": self.tools, "tab_mine": self.mine}[self.tab]()
            page = Column(*content, grid(**TABS), background=PALE)
            if self.coupon:
                head = Row(Column(Text("限时福利")), Image("icons/close.png", id="iv_close"))
                offer = Image("#FFB300", height=400), Text("会员首月 1 元"), Button("立即领取", id="btn_coupon")
                window = Column(head, *offer, background=WHITE)
                page = Frame(page, Canvas(dim, id="mask"), Column(window, gravity="center"))
            self.show(page)

        def clean(self):
            entries = grid(big="大文件", photos="相册清理", fast="手机加速")
            advert = Text("广告　全民捕鱼 立即试玩", id="advert")
            state = Text("存储空间已用 87%"), Image("#1976D2", height=500), Button("开始扫描", id="scan")
            return Row(Text("清理"), background=BLUE), Scroll(*state, entries, advert)

        def files(self):
            bar = Row(Column(Text("文件")), Image("icons/search.png", id="iv_search"), background=BLUE)
            folders = (Text(name, id=f"folder_{n}") for n, name in enumerate(FOLDERS))
            return bar, grid(images="图片", music="音乐", documents="文档", recycle="回收站"), Scroll(*folders)

        def tools(self):
            return Row(Text("工具"), background=BLUE), Scroll(
                grid(traffic="流量监控", wlan="WLAN检测"), grid(recorder="录音机", backup="联系人备份"),
                grid(block="骚扰拦截", battery="电池医生"), grid(unzip="解压缩", compass="指南针"),
            )  # fmt: skip

        def mine(self):
            return Row(Column(Text("我的")), Image("icons/settings.png", id="iv_settings"), background=BLUE), Scroll(
                Text("开通会员", id="vip"), Text("问题反馈", id="feedback"), Text("给我们评分", id="rate"), Text("推荐给朋友", id="share"),
            )  # fmt: skip

        def pressed(self, id):
            if id in TABS:
                self.tab = id
                self.draw()
                if id == "tab_mine" and not self.app.prefs.get("messages_asked"):
                    self.app.prefs["messages_asked"] = True
                    self.request_permissions(SMS)
            elif id in ("iv_close", "btn_coupon"):
                self.coupon, self.app.prefs["coupon_seen"] = False, True
                self.draw()
            elif id == "去设置":
                self.open_settings()
            elif id == "rate":
                self.open_market(self.app.package)
            elif id == "advert":
                self.open_url("https://advert.example.com/fish")
            elif id in ("images", "music", "documents", "compass", "share"):
                self.toast("敬请期待")

    class Scanning(Page):
        """Counts up, then shows what could be cleaned."""

        dangers = {"clean": "清理"}
        percent = 0

        def on_create(self):
            self.state = Text("0%")
            self.page("正在扫描", self.state)
            self.post_delayed(self.count, 0.6)

        def count(self):
            self.percent += 20
            self.state.text = f"{self.percent}%"
            if self.percent < 100:
                self.invalidate()
                self.post_delayed(self.count, 0.6)
            else:
                found = Text("缓存 1.2 GB"), Text("残留 320 MB"), Text("安装包 580 MB")
                self.page("扫描完成", *found, Button("一键清理", id="clean"))

    class Accelerate(Page):
        """The phone permission is told, and who refuses it is thrown out of the app."""

        def on_create(self):
            self.page("手机加速", Text("电话权限用于在通话时暂停加速"), Button("立即加速", id="start"))

        def pressed(self, id):
            if self.check_self_permission(PHONE):
                self.toast("已加速 30%")
            else:
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.finish_and_remove_task()
                self.kill_process()

    class Backup(Page):
        """A window that nothing closes: each answer brings the next, until the app is stopped."""

        def on_create(self):
            self.page("联系人备份", Text("通讯录权限用于备份您的联系人"), Button("立即备份", id="start"))

        def pressed(self, id):
            if id in ("start", "授权") and not self.check_self_permission(CONTACTS):
                self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if not results.get(CONTACTS):
                self.show_dialog("备份失败", "备份联系人需要通讯录权限，请授权后继续。", "授权", cancelable=False)

    class FileSearch(Page):
        goes = {"row": "FileDetail"}

        def on_create(self):
            self.name, self.find = EditText("输入文件名", id="et_name"), Button("查找", id="btn_find", enabled=False)
            self.page("搜索文件", self.name, self.find)

        def on_text(self, id, text):
            self.find.enabled = bool(text)
            self.invalidate()

        def pressed(self, id):
            self.page("找到文件", *(Text(FILES[n], id=f"row_{n}") for n in range(0, 20, 5)))

    class Feedback(Page):
        def on_create(self):
            self.said = EditText("请描述您的问题", id="et_text")
            self.page("问题反馈", self.said, Button("提交", id="send"))

        def pressed(self, id):
            if self.said.text:
                self.page("已收到", Text("我们会在三个工作日内处理。"))
            else:
                self.toast("请先填写内容")

    class Wlan(Page):
        """Innocent by itself: told, asked when used, and the speed can be measured without it."""

        goes = {"speed": "SpeedTest"}

        def on_create(self):
            told = Text("位置权限用于读取 WLAN 名称并检测安全")
            self.page("WLAN 检测", told, Button("开始检测", id="check"), Button("开始测速", id="speed"))

        def pressed(self, id):
            if self.check_self_permission(LOCATION):
                self.toast("网络安全")
            elif self.app.prefs.get("location_denied"):
                self.toast("未授权位置，无法读取 WLAN 名称")
            else:
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION) is False:
                self.app.prefs["location_denied"] = self.current_time_millis()

    class Block(Page):
        goes = {"list": "BlockDetail", "rules": "BlockRules"}

        def on_create(self):
            rows = (Text(text, id=f"row_{n}") for n, text in enumerate(PHONES))
            self.page("骚扰拦截", body=Column(Text("规则", id="rules"), ListView(*rows, id="list")))

    class Web(Page):
        def on_create(self):
            title = self.intent.extras["title"]
            self.page(title, body=WebView(Text(f"净盘管家{title}"), Text(POLICY)))

    PhotoClean = type("PhotoClean", (Asking,), {
        "title": "相册清理", "permission": IMAGES, "told": "照片权限用于查找相似与模糊的照片", "button": "查找相似照片"})  # fmt: skip
    Recorder = type("Recorder", (Asking,), {
        "title": "录音机", "permission": MICROPHONE, "told": "麦克风权限用于录制声音", "button": "开始录音"})  # fmt: skip
    BigFiles = listing("BigFiles", "大文件", FILES, "FileDetail")
    Folder = listing("Folder", "文件夹", FILES, "FileDetail")
    FileDetail = plain("FileDetail", "文件详情", lambda n: (
        Text(FILES[n]), Row(Button("分享", id="share"), Button("重命名", id="rename"), Button("删除", id="delete")),
    ), goes={"share": "FileShare"}, dangers={"delete": "删除", "rename": "重命名"})  # fmt: skip
    FileShare = plain("FileShare", "分享到", lambda n: (Text("微信好友", id="send"), Text("邮件", id="send")), dangers={"send": "分享"})
    Recycle = plain("Recycle", "回收站", lambda n: (Text("暂无文件"), Button("清空回收站", id="clear")), dangers={"clear": "清空"})
    Traffic = plain("Traffic", "流量监控", lambda n: (Text("本月 3.2 GB"), Image("#90CAF9", height=500), Switch("提醒", id="sw_limit")))
    SpeedTest = plain("SpeedTest", "网络测速", lambda n: (Text("下载 86 Mbps　上传 22 Mbps"),))
    BlockDetail = plain("BlockDetail", "拦截详情", lambda n: (Text(PHONES[n]), Button("回拨", id="call"), Button("删除记录", id="delete")),
                        dangers={"call": "拨打", "delete": "删除"})  # fmt: skip
    BlockRules = plain("BlockRules", "拦截规则", lambda n: (Switch("拦截陌生号码", id="sw_strange"), Switch("拦截境外", id="sw_abroad")))
    Battery = plain("Battery", "电池医生", lambda n: (Text("健康度 92%"), Text("预计可用 11 小时"), Switch("省电模式", id="sw_save")))
    Unzip = plain("Unzip", "解压缩", lambda n: (Text("支持 zip、rar、7z"), Button("选择文件", id="choose")), goes={"choose": "Folder"})
    Vip = plain("Vip", "会员", lambda n: (Text("月卡 12 元　年卡 88 元"), Button("立即支付", id="pay")), dangers={"pay": "支付"})
    Settings = plain("Settings", "设置", lambda n: (
        Switch("自动清理", id="sw_auto"), Switch("通知栏快捷入口", id="sw_bar", checked=True), Text("清理白名单", id="white"),
        Text("关于", id="about"),
        Text("注销账号", id="cancel"), Button("退出登录", id="logout"),
    ), goes={"white": "White", "about": "About"}, dangers={"cancel": "注销账号", "logout": "退出登录"})  # fmt: skip
    White = plain("White", "白名单", lambda n: [Switch(name, id=f"sw_{name}") for name in FOLDERS])
    About = plain("About", "关于净盘", lambda n: (Text("7.2.5"), Text("用户协议", id="terms"), Text("隐私政策", id="policy")),
                  goes={"terms": "Web:用户协议", "policy": "Web:隐私政策"})  # fmt: skip
