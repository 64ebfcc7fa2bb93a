"""A bank: no login without the phone permission, a box ticked beforehand, an exit over a chosen contact.

What it does right, and must not be accused of: the branches ask for the location with their purpose and a city may be
chosen instead, and the voice assistant takes typed questions.
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
    ListView,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)
from tests.virtual import whole_pages
from tests.virtual.whole_pages import dim, grid, rows

LOCATION, CAMERA = "android.permission.ACCESS_FINE_LOCATION", "android.permission.CAMERA"
PHONE, CONTACTS = "android.permission.READ_PHONE_STATE", "android.permission.READ_CONTACTS"
MICROPHONE = "android.permission.RECORD_AUDIO"

RED, PALE, WHITE = "#F3D3D4", "#F5F5F7", "#FFFFFF"
TABS = {"tab_home": "首页", "tab_wealth": "财富", "tab_card": "信用卡", "tab_life": "生活", "tab_mine": "我的"}
PRODUCTS = [f"金桥稳盈{n}号　近一年 {2.4 + n % 7 / 10:.1f}%\n{n % 6 + 1} 个月　中低风险　1万元起购" for n in range(1, 25)]
FUNDS = [f"{name}混合{n}\n单位净值 1.{n}37　日涨跌 +0.{n}2%" for n, name in enumerate(["长信", "远航", "稳健", "消费"] * 4, 10)]
CARDS = ["金桥白金卡\n机场贵宾厅，首年免年费", "车主联名卡\n加油返现 5%", "青春卡\n在校学生专享", "购物联名卡\n双倍积分"]
CITIES = ["北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "南京", "西安", "重庆", "苏州", "天津", "长沙", "郑州", "青岛"]
STREETS = ["人民路", "科技园", "中山公园", "火车站", "大学城", "滨江"]
BRANCHES = [f"{name}支行\n营业时间 09:00-17:00　排队 {n} 人" for n, name in enumerate(STREETS)]
MESSAGES = ["账户安全提醒\n手机银行已更新至新版本", "活动通知\n新客专享礼限时领取", "公告\n系统将于周日凌晨维护"]
POLICY = "我们会收集您的手机号码、设备信息、位置、相机及通讯录信息，分别用于身份核验、网点查询、扫码及手机充值。"

HOME = "同意并进入 下一步 立即体验 iv_close"
ROUTES = {
    "Splash/欢迎使用金桥银行": "",
    "Web/用户服务协议": "tv_terms",
    "Web/隐私政策": "tv_policy",
    "Splash/智慧金融": "同意并进入",
    "Splash/刷脸登录": "同意并进入 下一步",
    "Splash/广告": f"{HOME} relaunch",
    "Main/金桥银行": HOME,
    "Search/搜索": f"{HOME} tv_search",
    "Search/搜索结果": f"{HOME} tv_search et_search=理财 搜索一下",
    "Scan/扫一扫": f"{HOME} iv_scan deny",
    "Voice/语音助手": f"{HOME} iv_voice",
    "Messages/消息中心": f"{HOME} iv_message",
    "MessageDetail/消息详情": f"{HOME} iv_message row_0",
    "Branches/网点查询": f"{HOME} 网点查询 deny",
    "Branches/选择城市": f"{HOME} 网点查询 deny 切换城市",
    "BranchDetail/网点详情": f"{HOME} 网点查询 deny branch_0",
    "LoanCalculator/贷款计算器": f"{HOME} 贷款计算",
    "LoanCalculator/计算结果": f"{HOME} 贷款计算 et_amount=50 开始计算",
    "Main/财富": f"{HOME} 财富",
    "Products/理财产品": f"{HOME} 财富 全部理财",
    "ProductDetail/产品详情": f"{HOME} 财富 全部理财 row_0",
    "Web/产品说明书": f"{HOME} 财富 全部理财 row_0 查看产品说明书",
    "Funds/基金": f"{HOME} 财富 精选基金",
    "FundDetail/基金详情": f"{HOME} 财富 精选基金 row_0",
    "Exchange/汇率换算": f"{HOME} 财富 外汇牌价",
    "Main/信用卡": f"{HOME} 信用卡",
    "CardDetail/信用卡详情": f"{HOME} 信用卡 card_0",
    "CardApply/填写资料": f"{HOME} 信用卡 card_0 立即申请",
    "Main/生活": f"{HOME} 生活",
    "Recharge/手机充值": f"{HOME} 生活 手机充值",
    "Bills/生活缴费": f"{HOME} 生活 水电燃气",
    "Web/电影演出": f"{HOME} 生活 电影演出",
    "Main/我的": f"{HOME} 我的",
    "Login/登录手机银行": f"{HOME} 我的 登录/注册 deny",
    "Settings/设置": f"{HOME} 我的 iv_settings",
    "PushSettings/消息推送设置": f"{HOME} 我的 iv_settings 消息推送",
    "About/关于金桥": f"{HOME} 我的 iv_settings 关于我们",
    "Feedback/意见反馈": f"{HOME} 我的 意见反馈",
    "Feedback/提交成功": f"{HOME} 我的 意见反馈 et_feedback=测试 提交反馈",
}


class Page(whole_pages.Page):
    bar, paper, done = RED, PALE, "已提交"


plain, listing = Page.plain, Page.listing


class Bank(App):
    package = "com.example.jinqiao.bank"
    label = "金桥银行"
    version_name, version_code = "8.3.2", 8320
    target_sdk = 33
    permissions = [LOCATION, CAMERA, PHONE, CONTACTS, MICROPHONE, "android.permission.INTERNET"]
    screens = list(ROUTES)
    routes = {screen: path.split() for screen, path in ROUTES.items()}
    dangers = {"购买": f"{HOME} 财富 全部理财 row_0 立即购买".split(), "拨打": f"{HOME} 我的 hotline".split()}
    planted = [
        ("c1-consent-preticked", ""),
        ("c5-denial-blocks-login", "PHONE"),
        ("c5-exit-after-denial", "CONTACTS"),
        ("c5-purpose-not-told", "CAMERA"),
        ("c5-asks-again-in-session", "LOCATION"),
    ]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-consent-preticked": "violation",
        "c5-denial-blocks-login": "violation",
        "c5-exit-after-denial": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-again-in-session": "violation",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c1-permission-before-consent": "clear",
        "c5-bundled-request": "clear",
    }
    location_denied = False  # in this process

    class Splash(Page):
        launcher = True
        goes = {"tv_terms": "Web:用户服务协议", "tv_policy": "Web:隐私政策"}
        left = 0

        def on_create(self):
            if self.app.prefs.get("consent"):
                self.advert()
                return
            self.agreed = Checkbox("我已阅读并同意", id="cb_agree", checked=True)
            self.show(Column(
                Image("#B81C22", height=300), Text("欢迎使用金桥银行"),
                Text("为保障您的合法权益，请在使用前仔细阅读以下协议。我们仅在您使用相应功能时申请权限。"),
                Column(), self.agreed, Row(Text("《用户服务协议》", id="tv_terms"), Text("《隐私政策》", id="tv_policy")),
                Button("同意并进入", id="btn_agree"), Text("不同意", id="tv_disagree"),
            ))  # fmt: skip

        def guide(self, title, text, button):
            self.show(Column(Text(title), Text(text), Image("#D9A441", height=1200), Column(), Button(button, id=f"btn_{button}")))

        def pressed(self, id):
            if id == "btn_agree" and not self.agreed.checked:
                self.toast("请先阅读并勾选协议")
            elif id == "btn_agree":
                self.app.prefs["consent"] = True
                self.guide("智慧金融", "千款理财，一手掌握", "下一步")
            elif id == "btn_下一步":
                self.guide("刷脸登录", "安全无忧", "立即体验")
            elif id == "tv_disagree":
                self.show_dialog("温馨提示", "您需要同意协议后才能继续使用金桥银行的服务。", "再想想", "退出应用")
            elif id in ("btn_立即体验", "tv_skip"):
                self.home()
            elif id == "退出应用":
                self.finish()

        def advert(self):
            self.left = 4
            self.skip = Text("", id="tv_skip")
            self.show(Column(Row(Column(Text("广告")), self.skip), Image("#E8B04A", height=1500), Text("金桥信用卡，刷卡返现最高 888 元")))
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
            self.left = -1
            self.start_activity("Main")
            self.finish()

    class Main(Page):
        tab = "tab_home"
        goes = {
            "branches": "Branches", "loan": "LoanCalculator", "products": "Products", "funds": "Funds", "exchange": "Exchange",
            "iv_voice": "Voice", "iv_scan": "Scan", "iv_message": "Messages", "tv_search": "Search", "recharge": "Recharge",
            "bills": "Bills", "iv_settings": "Settings", "feedback": "Feedback", "movies": "Web:电影演出", "hot": "ProductDetail",
            "iv_banner": "https://bank.example.com/activity",
            "news": "MessageDetail", "lv_cards": "CardDetail", "transfer": "Login", "accounts": "Login", "repay": "Login",
            "cash": "Login", "btn_login": "Login", "deposit": "Login", "deal": "Login",
        }  # fmt: skip
        dangers = {"hotline": "拨打"}

        def on_create(self):
            self.coupon = not self.app.prefs.get("coupon_seen")
            self.draw()

        def on_resume(self):
            self.remind()

        def remind(self):
            """The nag: each time the home page is shown, once the location was refused anywhere."""
            if self.tab == "tab_home" and self.app.location_denied and not self.check_self_permission(LOCATION):
                self.show_dialog("开启定位服务", "开启位置权限后，为您推荐附近的优惠商户。", "去开启", "以后再说")

        def draw(self):
            draw = {"tab_home": self.home, "tab_wealth": self.wealth, "tab_card": self.cards, "tab_life": self.life, "tab_mine": self.mine}
            page = Column(*draw[self.tab](), grid(**TABS), background=PALE)
            if self.coupon:
                close = Row(Column(Text("新客专享礼")), Image("icons/close.png", id="iv_close"))
                offer = Image("#E8B04A", height=300), Text("8.8 元话费券待领取"), Button("立即领取", id="btn_coupon")
                card = Column(close, *offer, background=WHITE)
                page = Frame(page, Canvas(dim, id="mask"), Column(card, gravity="center"))
            self.show(page)

        def home(self):
            icons = [Image(f"icons/{name}.png", id=id) for name, id in (("scan", "iv_scan"), ("voice", "iv_voice"), ("bell", "iv_message"))]
            return Row(Column(Text("金桥银行")), *icons, background=RED), Scroll(
                Text("搜索产品、功能、网点", id="tv_search"), Image("#D9A441", id="iv_banner", height=360),
                grid(accounts="我的账户", transfer="转账汇款", branches="网点查询"),
                grid(loan="贷款计算", products="理财产品", cash="无卡取款"),
                Text("为您推荐"), *rows(PRODUCTS[:6], "hot"), Text("资讯"), *rows(MESSAGES, "news"),
            )  # fmt: skip

        def wealth(self):
            grids = grid(products="全部理财", funds="精选基金"), grid(exchange="外汇牌价", deposit="定期存款")
            return Row(Text("财富"), background=RED), Scroll(*grids, Text("稳健优选"), *rows(PRODUCTS[:9], "hot"))

        def cards(self):
            return Row(Text("信用卡"), background=RED), ListView(*rows(CARDS, "card"), id="lv_cards")

        def life(self):
            grids = grid(recharge="手机充值", bills="水电燃气"), grid(movies="电影演出", traffic="交通出行")
            deals = rows(["咖啡券 5 元购\n已售 1.2 万", "视频会员月卡 12 元\n已售 8600"], "deal")
            return Row(Text("生活"), background=RED), Scroll(*grids, Image("#3C8D7A", height=320), Text("本周特惠"), *deals)

        def mine(self):
            return Row(Column(Text("我的")), Image("icons/settings.png", id="iv_settings"), background=RED), Scroll(
                Button("登录/注册", id="btn_login"), Text("我的账户", id="accounts"), Text("交易明细", id="transfer"),
                Text("消息中心", id="iv_message"), Text("意见反馈", id="feedback"), Text("客服热线 95000", id="hotline"),
            )  # fmt: skip

        def pressed(self, id):
            if id in TABS:
                self.tab = id
                self.draw()
                self.remind()
            elif id in ("iv_close", "btn_coupon"):
                self.coupon, self.app.prefs["coupon_seen"] = False, True
                self.draw()
            elif id == "去开启":
                self.open_settings()
            elif id == "traffic":
                self.toast("敬请期待")

    class Login(Page):
        """Every way in needs the phone permission: password, code and registration are on the page behind it."""

        dangers = {"btn_submit": "登录", "register": "注册"}

        def on_create(self):
            self.page("登录手机银行", Text("为保障资金安全，登录前需开启电话权限，用于读取设备识别码并绑定本机。"))
            if self.check_self_permission(PHONE):
                self.form()
            else:
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.form()
            else:
                self.show_dialog("无法登录", "未开启电话权限，无法登录或注册手机银行。", "去设置", "取消", cancelable=False)

        def form(self):
            fields = EditText("请输入手机号", id="et_phone"), EditText("请输入登录密码", id="et_password")
            others = Text("短信验证码登录", id="sms"), Text("立即注册", id="register")
            self.page("登录手机银行", *fields, Button("登录", id="btn_submit"), *others)

        def pressed(self, id):
            if id == "去设置":
                self.open_settings()
            elif id == "取消":
                self.finish()

    class Scan(Page):
        """Says nothing of what the camera is for, on the page or in a dialog."""

        def on_create(self):
            self.page("扫一扫", body=Column(Column(background="#202124"), Row(Text("相册", id="tv_album"), Text("付款码", id="tv_code"))))
            if not self.check_self_permission(CAMERA):
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.toast("未获得授权")

    class Voice(Page):
        """Innocent: the purpose is on the page, and the question may be typed."""

        def on_create(self):
            self.question = EditText("输入您的问题", id="et_question")
            told = Text("麦克风权限仅用于识别您说出的问题，不授权也可以打字提问。")
            self.page("语音助手", told, Button("按住说话", id="btn_speak"), Text("或者"), self.question, Button("提问", id="btn_ask"))

        def pressed(self, id):
            if id == "btn_speak" and not self.check_self_permission(MICROPHONE):
                self.request_permissions(MICROPHONE)
            elif id == "btn_ask" and self.question.text:
                self.toast("已为您找到 3 条结果")

        def on_permission_result(self, results):
            if not results.get(MICROPHONE):
                self.toast("您可以打字提问")

    class Branches(Page):
        """Innocent: the location is asked for where it is used, and a city can be chosen instead."""

        goes = {"lv_branches": "BranchDetail"}
        city = "北京"

        def on_create(self):
            self.draw()
            if not self.check_self_permission(LOCATION) and not self.app.location_denied:
                self.request_permissions(LOCATION)

        def draw(self):
            city = Row(Column(Text(f"当前城市：{self.city}")), Text("切换城市", id="city"))
            told = Text("位置权限用于查找您附近的网点并按距离排序")
            self.page("网点查询", body=Column(told, city, ListView(*rows(BRANCHES, "branch"), id="lv_branches")))

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.app.location_denied = True
                self.toast("未获得位置权限，您可以手动选择城市")

        def pressed(self, id):
            if id == "city":
                self.page("选择城市", body=ListView(*rows(CITIES, "city"), id="lv_cities"))

        def on_item_click(self, id, position):
            if id == "lv_cities":
                self.city = CITIES[position]
                self.draw()
            else:
                super().on_item_click(id, position)

    class Search(Page):
        """The button is dead until something is typed."""

        goes = {"found": "ProductDetail"}

        def on_create(self):
            self.word = EditText("请输入关键词", id="et_search")
            self.draw(Text("搜索一下"))

        def draw(self, button):
            hot = Row(Text("理财", id="hot_0"), Text("房贷利率", id="hot_1"), Text("存单", id="hot_2"))
            self.page("搜索", self.word, button, Text("热门搜索"), hot)

        def on_text(self, id, text):
            self.draw(Button("搜索一下", id="btn_go") if text else Text("搜索一下"))

        def pressed(self, id):
            self.page("搜索结果", *rows(PRODUCTS[:5], "found"))

    class Exchange(Page):
        def on_create(self):
            self.amount, self.result = EditText("请输入人民币金额", id="et_amount"), Text("美元 7.12　欧元 7.78　日元 0.048")
            self.page("汇率换算", self.result, self.amount, Button("换算", id="convert"))

        def pressed(self, id):
            amount = self.amount.text
            self.result.text = f"约 {float(amount) / 7.12:.2f} 美元" if amount.isdecimal() else "请输入数字"
            self.invalidate()

    class LoanCalculator(Page):
        goes = {"apply": "Login"}

        def on_create(self):
            self.amount = EditText("贷款金额（万元）", id="et_amount")
            self.page("贷款计算器", self.amount, Text("期限 20 年　年利率 3.1%"), Button("开始计算", id="compute"))

        def pressed(self, id):
            if self.amount.text.isdecimal():
                self.page("计算结果", Text(f"每月还款 {int(self.amount.text) * 55.96:.2f} 元"), Button("去申请贷款", id="apply"))
            else:
                self.toast("请输入贷款金额")

    class Recharge(Page):
        dangers = {"pay": "支付"}

        def on_create(self):
            number = Row(Column(EditText("请输入手机号", id="et_phone")), Image("icons/contacts.png", id="iv_contacts"))
            told = Text("点击右侧图标从通讯录选择号码，通讯录权限仅用于读取所选联系人的手机号")
            sums = Row(Button("30元", id="sum_30"), Button("50元", id="sum_50"), Button("100元", id="sum_100"))
            self.page("手机充值", number, told, sums, Button("立即支付", id="pay"))

        def pressed(self, id):
            if id == "iv_contacts" and not self.check_self_permission(CONTACTS):
                self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if not results.get(CONTACTS):
                self.finish_affinity()
                self.exit(0)

    class About(Page):
        goes = {"terms": "Web:用户服务协议"}

        def on_create(self):
            links = Text("用户服务协议", id="terms"), Text("去应用市场评分", id="rate"), Text("检查更新", id="update")
            self.page("关于金桥", Text("手机银行 8.3.2"), *links)

        def pressed(self, id):
            if id == "rate":
                self.open_market(self.app.package)
            else:
                self.toast("已是最新版本")

    class Feedback(Page):
        def on_create(self):
            self.said = EditText("请描述您遇到的问题", id="et_feedback")
            self.page("意见反馈", self.said, Button("提交反馈", id="send"))

        def pressed(self, id):
            if self.said.text:
                self.page("提交成功", Text("感谢您的反馈，我们会尽快处理。"))
            else:
                self.toast("请先填写内容")

    Messages = listing("Messages", "消息中心", MESSAGES, "MessageDetail")
    Products = listing("Products", "理财产品", PRODUCTS, "ProductDetail")
    Funds = listing("Funds", "基金", FUNDS, "FundDetail")
    BranchDetail = plain("BranchDetail", "网点详情", lambda n: (
        Text(BRANCHES[n]), Text("市中心 18 号"), Button("预约取号", id="book"), Button("拨打电话", id="call"), Text("导航去这里", id="map"),
    ), goes={"book": "Login", "map": "geo:39.9,116.4?q=bank"}, dangers={"call": "拨打"})  # fmt: skip
    MessageDetail = plain("MessageDetail", "消息详情", lambda n: (
        Text(MESSAGES[n]), Text("感谢您一直以来的支持。"), Button("删除消息", id="delete"),
    ), dangers={"delete": "删除"})  # fmt: skip
    ProductDetail = plain("ProductDetail", "产品详情", lambda n: (
        Text(PRODUCTS[n]), Text("起息日 T+1，到期自动赎回"), Image("#DDE6F2", height=500), Text("查看产品说明书", id="manual"),
        Text("理财非存款，产品有风险，投资须谨慎"), Button("立即购买", id="buy"),
    ), goes={"manual": "Web:产品说明书"}, dangers={"buy": "购买"})  # fmt: skip
    FundDetail = plain("FundDetail", "基金详情", lambda n: (
        Text(FUNDS[n]), Image("#F7DADA", height=600), Row(Button("定投", id="plan"), Button("买入", id="buy")),
    ), dangers={"buy": "购买", "plan": "定投"})  # fmt: skip
    CardDetail = plain("CardDetail", "信用卡详情", lambda n: (
        Image("#2C3E66", height=480), Text(CARDS[n]), Text("额度最高 20 万元，免息期最长 50 天"), Button("立即申请", id="apply"),
    ), goes={"apply": "CardApply"})  # fmt: skip
    CardApply = plain("CardApply", "填写资料", lambda n: (
        EditText("姓名", id="et_name"), EditText("身份证号", id="et_number"), EditText("单位名称", id="et_company"),
        Checkbox("同意查询个人征信", id="cb_credit"), Button("提交申请", id="submit"),
    ), dangers={"submit": "提交申请"})  # fmt: skip
    Bills = plain("Bills", "生活缴费", lambda n: rows(["电费\n国网电力", "水费\n自来水公司"], "bill"), goes={"bill": "Login"})
    Settings = plain("Settings", "设置", lambda n: (
        Text("消息推送", id="push"), Text("关于我们", id="about"), Text("隐私政策", id="policy"), Text("注销账号", id="cancel"),
        Switch("深色模式", id="sw_dark"), Switch("截屏提醒", id="sw_capture", checked=True), Button("退出登录", id="logout"),
    ), goes={"push": "PushSettings", "about": "About", "policy": "Web:隐私政策"},
       dangers={"cancel": "注销账号", "logout": "退出登录"})  # fmt: skip
    PushSettings = plain("PushSettings", "消息推送设置", lambda n: (
        Switch("动账通知", id="sw_account", checked=True), Switch("活动优惠", id="sw_offers"), Switch("夜间免打扰", id="sw_night"),
    ))  # fmt: skip

    class Web(Page):
        """Web pages: the tree has their text, but for the ticket shop, of which Chromium tells nothing."""

        def on_create(self):
            title = self.intent.extras["title"]
            if title == "电影演出":
                self.page(title, body=WebView(Text("正在热映"), Text("流浪星河　9.1 分"), Button("选座购票"), accessible=False))
            else:
                self.page(title, body=WebView(Text(f"金桥银行{title}"), Text(POLICY), Text("更新日期：2026年3月1日")))
