"""An app store: the phone before its privacy dialog, no gifts without contacts, the location at each start.

What it does right, and must not be accused of: one-tap login needs the phone, but the code by SMS stays open; the
scanner and the invitation ask when they are used and say what for; an update of itself can wait. The second start tells
of a changed policy.
"""

from device_farm.virtual import (
    App,
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Frame,
    Image,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)
from tests.virtual import whole_pages
from tests.virtual.whole_pages import dim, grid

LOCATION, PHONE = "android.permission.ACCESS_FINE_LOCATION", "android.permission.READ_PHONE_STATE"
CAMERA, CONTACTS = "android.permission.CAMERA", "android.permission.READ_CONTACTS"

GREEN, WHITE, PALE = "#C8E6C9", "#FFFFFF", "#F4F6F5"
TABS = {"tab_home": "推荐", "tab_games": "游戏", "tab_rank": "排行", "tab_manage": "管理"}
NAMES = ["轻记账", "悦读小说", "快剪", "口袋英语", "天天菜谱", "掌上公交", "网盘", "全民K歌房", "日历", "健身教练", "截图助手", "宝宝故事"]
GAMES = ["消除乐园", "像素农场", "飞车狂飙", "王城守卫", "斗地主", "大西瓜", "荒野求生", "节奏师傅", "弓箭手", "挖矿", "钓鱼", "泡泡龙"]
TOPICS = ["上班族效率神器", "周末宅家必备", "新手妈妈", "考研加油站"]
GIFTS = ["王城守卫　新手礼包", "飞车狂飙　改装礼包", "像素农场　种子礼包", "弓箭手　月卡体验"]
COMMENTS = ["用了两年，很稳定", "广告有点多", "更新之后变快了", "希望出夜间模式"]
POLICY = "我们会收集设备标识用于防止刷榜，收集位置用于同城推荐，收集相机权限用于扫码，收集通讯录用于邀请好友。您可以拒绝。"

HOME = "deny 同意并继续 tv_skip 以后再说"
ROUTES = {
    "Splash/应用汇": "",
    "Splash/个人信息保护提示": "deny",
    "Web/用户协议": "deny tv_terms",
    "Web/隐私政策": "deny tv_policy",
    "Splash/广告": "deny 同意并继续",
    "Splash/隐私政策更新": f"{HOME} relaunch",
    "Main/推荐": HOME,
    "Search/搜索应用": f"{HOME} 搜索",
    "Search/结果列表": f"{HOME} 搜索 et_key=记账 btn_search",
    "Scan/扫码安装": f"{HOME} iv_scan",
    "Topic/专题": f"{HOME} topic_1",
    "Detail/应用详情": f"{HOME} app_0",
    "Screens/应用截图": f"{HOME} app_0 iv_screens",
    "Access/权限列表": f"{HOME} app_0 应用权限",
    "Comments/用户评论": f"{HOME} app_0 全部评论",
    "Comment/写评论": f"{HOME} app_0 全部评论 写评论",
    "Developer/开发者": f"{HOME} app_0 开发者信息",
    "Main/游戏": f"{HOME} 游戏",
    "Gifts/礼包中心": f"{HOME} 游戏 礼包",
    "NewGames/新游预约": f"{HOME} 游戏 新游",
    "NewGame/预约详情": f"{HOME} 游戏 新游 row_2",
    "Nearby/同城热门": f"{HOME} 游戏 同城 deny",
    "Main/排行": f"{HOME} 排行",
    "Ranking/热搜榜": f"{HOME} 排行 热搜榜",
    "Ranking/好评榜": f"{HOME} 排行 好评榜",
    "Main/管理": f"{HOME} 管理",
    "Updates/应用更新": f"{HOME} 管理 应用更新",
    "Uninstall/应用卸载": f"{HOME} 管理 应用卸载",
    "Downloads/下载管理": f"{HOME} 管理 下载管理",
    "Invite/邀请好友": f"{HOME} 管理 邀请好友",
    "Login/登录": f"{HOME} 管理 立即登录",
    "SmsLogin/验证码登录": f"{HOME} 管理 立即登录 验证码登录",
    "Settings/设置": f"{HOME} 管理 iv_settings",
    "Push/推送设置": f"{HOME} 管理 iv_settings 推送设置",
    "Privacy/隐私设置": f"{HOME} 管理 iv_settings 隐私设置",
    "About/关于应用汇": f"{HOME} 管理 iv_settings 关于",
}


def card(number: int, names: list[str]) -> Row:
    """A row of a list of apps, clicked as a whole, with a button of its own."""
    colour = ("#FFAB91", "#90CAF9", "#CE93D8", "#A5D6A7")[number % 4]
    words = Column(Text(names[number]), Text(f"{number % 4 + 1}.{number} 万人安装"))
    parts = Image(colour, width=168, height=168), words, Button("安装", id="install")
    return Row(*parts, id=f"app_{number}", clickable=True, background=WHITE)


class Page(whole_pages.Page):
    bar, paper, done = GREEN, PALE, "开始"

    def on_click(self, id):
        if id == "install":
            self.danger(self.dangers.get(id, "安装"))
        else:
            super().on_click(id)


plain, listing = Page.plain, Page.listing


class Store(App):
    package = "com.example.yingyonghui.store"
    label = "应用汇"
    version_name, version_code = "9.4.0", 940
    target_sdk = 30
    permissions = [LOCATION, PHONE, CAMERA, CONTACTS, "android.permission.REQUEST_INSTALL_PACKAGES"]
    screens = list(ROUTES)
    routes = {screen: path.split() for screen, path in ROUTES.items()}
    dangers = {
        "安装": f"{HOME} install".split(),
        "全部更新": f"{HOME} 管理 应用更新 全部更新".split(),
        "卸载": f"{HOME} 管理 应用卸载 卸载".split(),
        "发布": f"{HOME} app_0 全部评论 写评论 et_comment=好 发布".split(),
    }
    planted = [
        ("c1-permission-before-consent", "PHONE"),
        ("c5-asks-before-use", "PHONE"),
        ("c5-denial-blocks-function", "CONTACTS"),
        ("c5-purpose-not-told", "CONTACTS"),
        ("c5-asks-before-use", "CONTACTS"),
        ("c5-asks-again-on-relaunch", "LOCATION"),
    ]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "violation",
        "c5-asks-before-use": "violation",
        "c5-denial-blocks-function": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-again-on-relaunch": "violation",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c1-consent-preticked": "clear",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-denial-blocks-login": "clear",
        "c5-bundled-request": "clear",
    }

    class Splash(Page):
        """The phone first, then the privacy dialog, then an advert; at later starts the changed policy, once."""

        launcher = True
        goes = {"tv_terms": "Web:用户协议", "tv_policy": "Web:隐私政策"}
        left = 0

        def on_create(self):
            if not self.app.prefs.get("consent"):
                told = Text("应用汇需要电话权限，用于识别设备、防止刷榜")
                self.show(Column(Text("应用汇"), told, Image("#4DB6AC", height=1200)))
                self.request_permissions(PHONE)
            elif self.app.prefs.get("policy") != 2:
                self.app.prefs["policy"] = 2
                self.ask("隐私政策更新", "我们更新了隐私政策，新增了同城推荐的说明。", "同意新政策", "暂不同意")
            else:
                self.advert()

        def on_permission_result(self, results):
            self.ask("个人信息保护提示", "感谢您使用应用汇。" + POLICY, "同意并继续", "不同意")

        def ask(self, title, text, agree, refuse):
            """A sheet at the bottom: the app's own view, no AlertDialog."""
            links = Row(Text("《用户协议》", id="tv_terms"), Text("《隐私政策》", id="tv_policy"))
            buttons = Row(Button(refuse, id="btn_refuse"), Button(agree, id="btn_agree"))
            sheet = Column(Text(title), Text(text), links, buttons, background=WHITE)
            self.show(Column(sheet, background="#99000000", gravity="bottom"))

        def pressed(self, id):
            if id == "btn_agree":
                self.app.prefs["consent"] = True
                self.advert()
            elif id == "btn_refuse" and self.app.prefs.get("consent"):
                self.advert()
            elif id == "btn_refuse":
                self.finish()
            elif id == "tv_skip":
                self.home()

        def advert(self):
            self.left = 6
            self.skip = Text("", id="tv_skip")
            picture = Image("#4DB6AC", id="iv_advert", height=1600)
            self.show(Column(Row(Column(Text("广告")), self.skip), picture, Text("飞车狂飙　不限号公测")))
            self.tick()

        def tick(self):
            self.left -= 1
            self.skip.text = f"跳过 {self.left}"
            self.invalidate()
            if self.left == 0:
                self.home()
            elif self.left > 0:
                self.post_delayed(self.tick, 1)

        def home(self):
            if self.left >= 0:
                self.left = -1
                self.start_activity("Main")
                self.finish()

    class Main(Page):
        tab = "tab_home"
        goes = {
            "search": "Search", "iv_scan": "Scan", "topic": "Topic", "app": "Detail", "gifts": "Gifts", "new": "NewGames",
            "nearby": "Nearby", "hot": "Ranking:热搜榜", "good": "Ranking:好评榜", "updates": "Updates", "uninstall": "Uninstall",
            "downloads": "Downloads", "invite": "Invite", "btn_login": "Login", "iv_settings": "Settings",
        }  # fmt: skip

        def on_create(self):
            self.update = not self.app.prefs.get("update_seen")
            self.draw()
            if self.app.prefs.get("location_asked") and not self.check_self_permission(LOCATION):
                self.show_dialog("同城热门", "开启位置权限，用于为您推荐同城用户喜欢的应用。", "开启", "暂不")

        def draw(self):
            content = {"tab_home": self.home, "tab_games": self.games, "tab_rank": self.rank, "tab_manage": self.manage}[self.tab]()
            page = Column(*content, grid(**TABS), background=PALE)
            if self.update:
                buttons = Row(Button("以后再说", id="btn_later"), Button("立即升级", id="btn_upgrade"))
                window = Column(Text("发现新版本 9.5.0"), Text("1. 全新首页\n2. 修复已知问题"), buttons, background=WHITE)
                page = Frame(page, Canvas(dim, id="mask"), Column(window, gravity="center"))
            self.show(page)

        def home(self):
            bar = Row(Column(Text("推荐")), Text("搜索", id="search"), Image("icons/scan.png", id="iv_scan"), background=GREEN)
            topics = [Text(f"专题：{name}", id=f"topic_{n}") for n, name in enumerate(TOPICS)]
            cards = [card(n, NAMES) for n in range(12)]
            return bar, Scroll(*topics[:2], *cards[:6], *topics[2:], *cards[6:])

        def games(self):
            entries = grid(gifts="礼包", new="新游", nearby="同城")
            return Row(Text("游戏"), background=GREEN), entries, Scroll(*(card(n, GAMES) for n in range(12)))

        def rank(self):
            entries = grid(hot="热搜榜", good="好评榜")
            return Row(Text("排行"), background=GREEN), entries, Scroll(*(card(n, GAMES if n % 2 else NAMES) for n in range(12)))

        def manage(self):
            return Row(Column(Text("管理")), Image("icons/settings.png", id="iv_settings"), background=GREEN), Scroll(
                Button("立即登录", id="btn_login"), Text("应用更新", id="updates"), Text("应用卸载", id="uninstall"),
                Text("下载管理", id="downloads"), Text("邀请好友", id="invite"), Text("应用汇助手小程序", id="mini"),
            )  # fmt: skip

        def pressed(self, id):
            if id in TABS:
                self.tab = id
                self.draw()
            elif id == "btn_later":
                self.update, self.app.prefs["update_seen"] = False, True
                self.draw()
            elif id == "btn_upgrade":
                self.app.prefs["pressed_danger"] = "升级"
                self.toast("开始下载新版本")
            elif id == "开启":
                self.request_permissions(LOCATION)
            elif id == "mini":
                self.open_url("https://store.example.com/mini")

    class Search(Page):
        """The button is dead until something is typed."""

        goes = {"app": "Detail"}

        def on_create(self):
            self.key, self.button = EditText("输入应用名称", id="et_key"), Button("搜索", id="btn_search", enabled=False)
            self.page("搜索应用", self.key, self.button, Text("大家都在搜：记账　小说　菜谱"))

        def on_text(self, id, text):
            self.button.enabled = bool(text)
            self.invalidate()

        def pressed(self, id):
            self.page("结果列表", *(card(n, NAMES) for n in range(5)))

    class Scan(Page):
        """Innocent: told, asked when used, and a code may be typed."""

        def on_create(self):
            told = Text("相机权限用于扫描二维码安装应用")
            self.page("扫码安装", told, Button("开始扫描", id="start"), EditText("或输入应用编号", id="et_code"))

        def pressed(self, id):
            if id == "start" and not self.check_self_permission(CAMERA):
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.toast("未授权相机，您可以输入应用编号")

    class Gifts(Page):
        """No gift without the contacts, and not a word of why. It asks once, and is shut from then on."""

        dangers = {"claim": "领取"}

        def on_create(self):
            if self.check_self_permission(CONTACTS):
                self.page("礼包中心", *(Text(text, id="claim") for text in GIFTS))
                return
            self.page("礼包中心", Text("正在加载…"))
            if self.app.prefs.get("gifts_shut"):
                self.toast("无法进入礼包中心")
                self.finish()
            else:
                self.app.prefs["gifts_shut"] = True
                self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if results.get(CONTACTS):
                self.page("礼包中心", *(Text(text, id="claim") for text in GIFTS))
            else:
                self.show_dialog("提示", "未获得授权，无法进入礼包中心。", "知道了", cancelable=False)

        def pressed(self, id):
            self.finish()

    class Nearby(Page):
        """Innocent here: told and used. The start page is what comes back with it."""

        goes = {"app": "Detail"}

        def on_create(self):
            self.page("同城热门", Text("位置权限用于为您推荐同城用户喜欢的应用"), *(card(n, GAMES) for n in range(5)))
            if not self.app.prefs.get("location_asked"):
                self.app.prefs["location_asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("已为您显示全国热门")

    class Invite(Page):
        """Innocent: the contacts are what this is about, and a link may be copied instead."""

        def on_create(self):
            told = Text("通讯录权限仅用于选择要邀请的联系人")
            self.page("邀请好友", told, Button("从通讯录选择", id="choose"), Button("复制邀请链接", id="copy"))

        def pressed(self, id):
            if id == "choose" and not self.check_self_permission(CONTACTS):
                self.request_permissions(CONTACTS)
            elif id == "copy":
                self.set_primary_clip("https://store.example.com/i/1")
                self.toast("链接已复制")

        def on_permission_result(self, results):
            if not results.get(CONTACTS):
                self.toast("您可以复制链接邀请好友")

    class Login(Page):
        """Innocent: one tap needs the phone, a code by SMS needs nothing."""

        goes = {"sms": "SmsLogin"}
        dangers = {"wechat": "第三方登录"}

        def on_create(self):
            told = Text("一键登录需要电话权限，用于获取本机号码")
            ways = Button("本机号码一键登录", id="one_tap"), Text("验证码登录", id="sms"), Text("微信登录", id="wechat")
            self.page("登录", told, *ways, Checkbox("我已阅读并同意用户协议和隐私政策", id="cb_agree"))

        def pressed(self, id):
            if id == "one_tap" and not self.check_self_permission(PHONE):
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.toast("未获取到本机号码，请使用验证码登录")

    class SmsLogin(Page):
        dangers = {"btn_code": "获取验证码"}

        def on_create(self):
            self.phone, self.code = EditText("手机号", id="et_phone"), Button("获取验证码", id="btn_code", enabled=False)
            self.page("验证码登录", self.phone, self.code, EditText("验证码", id="et_code"))

        def on_text(self, id, text):
            self.code.enabled = len(self.phone.text) == 11
            self.invalidate()

    class Comment(Page):
        dangers = {"publish": "发布"}

        def on_create(self):
            self.publish = Button("发布", id="publish", enabled=False)
            self.page("写评论", EditText("说说你的使用感受", id="et_comment"), self.publish)

        def on_text(self, id, text):
            self.publish.enabled = bool(text)
            self.invalidate()

    class Ranking(Page):
        goes = {"app": "Detail"}

        def on_create(self):
            self.page(self.intent.extras["title"], *(card(n, NAMES) for n in range(12)))

    class Web(Page):
        def on_create(self):
            title = self.intent.extras["title"]
            self.page(title, body=WebView(Text(f"应用汇{title}"), Text(POLICY), accessible=title != "用户协议"))

    Topic = plain("Topic", "专题", lambda n: (Text(TOPICS[n]), *(card(k, NAMES) for k in range(n, n + 4))), goes={"app": "Detail"})
    Detail = plain("Detail", "应用详情", lambda n: (
        card(n, NAMES), Image("#B0BEC5", id="iv_screens", height=480), Text("简单好用，百万用户的选择。"),
        Text("应用权限", id="permissions"), Text("全部评论", id="comments"), Text("开发者信息", id="developer"),
        Text("分享给好友", id="share"),
    ), goes={"iv_screens": "Screens", "permissions": "Access", "comments": "Comments", "developer": "Developer"},
       dangers={"share": "分享"})  # fmt: skip
    Screens = plain("Screens", "应用截图", lambda n: (Image("#B0BEC5", height=1700), Text("1/4")))
    Access = plain("Access", "权限列表", lambda n: (Text("访问网络"), Text("使用相机：用于拍照"), Text("读写存储：用于保存图片")))
    Developer = plain("Developer", "开发者", lambda n: (Text("示例网络科技有限公司"), Text("备案号：京ICP备00000000号")))
    Comments = plain("Comments", "用户评论", lambda n: (
        Button("写评论", id="write"), *(Text(text) for text in COMMENTS * 5),
    ), goes={"write": "Comment"})  # fmt: skip
    NewGames = listing("NewGames", "新游预约", GAMES, "NewGame")
    NewGame = plain("NewGame", "预约详情", lambda n: (Text(GAMES[n]), Button("立即预约", id="order")), dangers={"order": "预约"})
    Updates = plain("Updates", "应用更新", lambda n: (
        Button("全部更新", id="all"), *(Row(Column(Text(name)), Button("更新", id="one")) for name in NAMES[:4]),
    ), dangers={"all": "全部更新", "one": "更新"})  # fmt: skip
    Uninstall = plain("Uninstall", "应用卸载", lambda n: [Row(Column(Text(name)), Button("卸载", id="remove")) for name in NAMES[4:7]],
                      dangers={"remove": "卸载"})  # fmt: skip
    Downloads = plain("Downloads", "下载管理", lambda n: (Text("暂无下载任务"), Button("清空记录", id="clear")), dangers={"clear": "清空"})
    Settings = plain("Settings", "设置", lambda n: (
        Switch("仅 WLAN 下载", id="sw_wlan", checked=True), Switch("自动安装", id="sw_auto"),
        Text("推送设置", id="push"), Text("隐私设置", id="privacy"), Text("清除缓存", id="clear"),
        Text("关于", id="about"), Button("退出登录", id="logout"),
    ), goes={"push": "Push", "privacy": "Privacy", "about": "About"}, dangers={"clear": "清除缓存", "logout": "退出登录"})  # fmt: skip
    Push = plain("Push", "推送设置", lambda n: (Switch("更新提醒", id="sw_update", checked=True), Switch("活动推送", id="sw_offers")))
    Privacy = plain("Privacy", "隐私设置", lambda n: (
        Switch("个性化推荐", id="sw_personal", checked=True), Text("撤回同意", id="revoke"), Text("注销账号", id="cancel"),
    ), dangers={"revoke": "撤回同意", "cancel": "注销账号"})  # fmt: skip
    About = plain("About", "关于应用汇", lambda n: (Text("9.4.0"), Text("用户协议", id="terms"), Text("隐私政策", id="policy")),
                  goes={"terms": "Web:用户协议", "policy": "Web:隐私政策"})  # fmt: skip
