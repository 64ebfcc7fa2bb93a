"""A shop: tabs below, long lists, one-tap login as the only way in, a modal about the location on each second tab."""

from device_farm.virtual import (
    Activity,
    App,
    Button,
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
from tests.virtual.whole_kit import Advert, Page, Sheet, entry, icon, over, page, tabs

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CAMERA = "android.permission.CAMERA"
IMAGES = "android.permission.READ_MEDIA_IMAGES"
PHONE = "android.permission.READ_PHONE_STATE"
CONTACTS = "android.permission.READ_CONTACTS"
MICROPHONE = "android.permission.RECORD_AUDIO"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"

GOODS = (
    "东北五常大米 ¥59.9", "家用抽纸 24 包 ¥39.9", "无线蓝牙耳机 ¥199", "纯棉四件套 ¥269", "云南小粒咖啡豆 ¥68", "儿童保温杯 ¥79",
    "扫地机器人 ¥1299", "冷冻虾仁 1kg ¥88", "商务双肩包 ¥159", "玻璃密封罐 ¥29.9", "空气炸锅 5L ¥239", "羊毛围巾 ¥129", "机械键盘 ¥329",
    "红富士苹果 5 斤 ¥32.8", "速干短袖 ¥49", "车载手机支架 ¥25", "成猫猫粮 ¥99", "露营折叠椅 ¥69",
)  # fmt: skip
POLICY = (
    "感谢您使用优选商城。我们依据相关法律制定了《用户协议》和《隐私政策》，请您在点击同意之前仔细阅读并充分理解。"
    "我们会收集您的设备信息用于保障交易安全；位置、相机、通讯录等权限在您使用相应功能时才会征得您的授权，您可以拒绝。"
)
STORE = "market://details?id=com.example.youxuan.shop"


def products(*numbers):
    """Rows with picture, name and price."""
    colours = ("#FFE0B2", "#C8E6C9", "#BBDEFB", "#F8BBD0")
    for number in numbers:
        name, _, price = GOODS[number % len(GOODS)].rpartition(" ")
        picture = Image(colours[number % 4], width=210, height=210)
        yield Row(picture, Column(Text(name), Text(price)), id="item_product", clickable=True)


class Shop(App):
    package = "com.example.youxuan.shop"
    label = "优选商城"
    version_name, version_code = "8.21.0", 82100
    target_sdk = 33
    permissions = [
        "android.permission.INTERNET", LOCATION, "android.permission.ACCESS_COARSE_LOCATION", CAMERA, IMAGES, PHONE, CONTACTS,
        MICROPHONE, NOTIFICATIONS,
    ]  # fmt: skip
    only_android = ["13"]
    options = ["--clause", "5", "--clause", "1"]
    planted = [
        ("c5-asks-before-use", "LOCATION"),  # on the first page, before anything was touched
        ("c5-asks-again-in-session", "LOCATION"),  # a modal of its own on the tabs 分类 and 购物车, each time
        ("c5-denial-blocks-login", "PHONE"),  # 本机号码一键登录 is the only way in
        ("c5-exit-after-denial", "READ_MEDIA_VISUAL"),  # 个人中心, 设置, 个人资料, 头像, 从相册选择
    ]
    expected = {
        "c5-asks-before-use": "violation",
        "c5-asks-again-in-session": "violation",
        "c5-denial-blocks-login": "violation",
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-purpose-not-told": "clear",
        "c5-bundled-request": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
        "c1-consent-without-refusal": "clear",
    }

    class Splash(Advert):
        advert_text = "年中大促 全场五折起"

        def consent(self):
            self.show(Column(Image("#E53935", width=300, height=300), Text("优选商城"), Text("好物优选 天天低价"), gravity="center"))
            self.show_dialog("用户协议和隐私政策", POLICY, "同意", "不同意", cancelable=False)

        def pressed(self, id):
            if id in ("同意", "同意并继续"):
                self.agree()
            elif id == "不同意":
                text = "若您不同意隐私政策，很遗憾我们将无法为您提供服务。"
                self.show_dialog("温馨提示", text, "同意并继续", "退出应用", cancelable=False)
            elif id == "退出应用":
                self.finish()

        def go_on(self):
            self.start_activity("Main" if self.app.prefs.get("guided") else "Guide")

    class Guide(Activity):
        PAGES = (("全球好货", "严选 3000 家品牌"), ("每天上新", "十点准时开抢"), ("极速送达", "最快半小时到家"))

        def on_create(self):
            self.number = 0
            self.show_page()

        def show_page(self):
            title, text = self.PAGES[self.number]
            button = Button("立即体验" if self.number == len(self.PAGES) - 1 else "下一页", "btn_next")
            self.show(Column(Text(title), Image("#FFCCBC", height=1200), Text(text), button, gravity="center"))

        def on_click(self, id):
            self.number += 1
            if self.number < len(self.PAGES):
                self.show_page()
            else:
                self.app.prefs["guided"] = True
                self.start_activity("Main")
                self.finish()

    class Main(Page):
        CATEGORIES = ("超市", "生鲜", "数码", "家电", "服饰", "美妆", "母婴", "图书", "家居", "运动", "宠物", "汽车用品", "医药", "鲜花")
        MINE = (
            ("我的订单", ""), ("收货地址", "AddressEdit"), ("浏览足迹", "History"), ("我的积分", "Points"), ("客服中心", "HelpCenter"),
            ("商家入驻", "http://merchant.example.com/join"), ("优选金融", "market://details?id=com.example.finance"),
        )  # fmt: skip
        links = {
            "tv_search": "Search", "iv_scan": "Scan", "tv_coupons": "Coupons", "tv_seckill": "Seckill", "tv_recharge": "Recharge",
            "tv_local": "LocalShops", "item_product": "Detail", "iv_setting": "Settings", "tv_login": "Login", "row_activity": "Notice",
            "row_service": "CustomerService", "去评分": STORE,
        }  # fmt: skip

        def on_create(self):
            told = self.app.prefs.get("teen_told")
            self.coupon, self.last_back = bool(told) and not self.app.prefs.get("coupon_closed"), -10_000
            self.show_tab(0)
            launches = self.app.prefs["launches"] = self.app.prefs.get("launches", 0) + 1
            if not told:
                text = "为呵护未成年人健康成长，优选商城特别推出青少年模式，该模式下部分功能无法正常使用。"
                self.show_dialog("青少年模式", text, "进入青少年模式", "我知道了", cancelable=False)
            elif not self.coupon and not self.app.prefs.get("located"):
                self.ask_location()
            elif not self.coupon and launches >= 3 and not self.app.prefs.get("rated"):
                self.app.prefs["rated"] = True
                self.show_dialog("喜欢优选商城吗", "您的好评是我们前进的动力", "去评分", "下次再说")

        def on_resume(self):
            if self.tab == 4:  # the login is over
                self.show_tab(4)

        def show_tab(self, tab):
            self.tab = tab
            content = (self.home, self.categories, self.messages, self.cart, self.mine)[tab]()
            whole = Column(*content, tabs("首页", "分类", "消息", "购物车", "我的"))
            self.show(Frame(whole, self.coupon_card()) if self.coupon else whole)
            if tab in (1, 3) and self.app.prefs.get("located") and not self.check_self_permission(LOCATION):
                self.show_dialog("开启定位服务", "开启位置权限，查看同城仓的库存和送达时间", "去开启", "以后再说")

        def ask_location(self):
            if not self.app.prefs.get("located"):
                text = "优选商城需要使用您的位置信息，为您展示附近仓库的库存和送达时间。"
                self.show_dialog("位置权限使用说明", text, "允许使用", "暂不使用")

        def coupon_card(self):
            parts = (Text("新人专享"), Text("188 元红包礼包"), Button("立即领取", "btn_get_coupon"), icon("iv_close"))
            return over(*parts, gravity="center")

        def home(self):
            bar = Row(Text("优选商城"), Row(), icon("iv_scan"), gravity="center")
            first = Row(Text("领券", "tv_coupons"), Text("秒杀", "tv_seckill"), Text("充值", "tv_recharge"), Text("同城", "tv_local"))
            body = Scroll(Image("#FFAB91", height=420), first, Text("猜你喜欢"), *products(*range(30)))
            return [bar, Text("搜索：空气炸锅", "tv_search"), body]

        def categories(self):
            rows = (Row(Text(name), Row(), Text("›"), clickable=True) for name in self.CATEGORIES)
            return [Text("全部分类"), ListView(*rows, id="lv_category")]

        def messages(self):
            banner = Row(Text("开启通知，及时收到物流提醒"), Row(), Text("开启", "tv_notify"))
            rows = [entry("优惠活动", "row_activity", "昨天"), entry("客服消息", "row_service", "周三")]
            above = [] if self.check_self_permission(NOTIFICATIONS) else [banner]
            return [Text("消息中心"), *above, Scroll(*rows, Text("没有更多消息了"))]

        def cart(self):
            rows = products(3, 10) if self.app.prefs.get("cart") else [Text("购物车还是空的")]
            pay = Row(Text("合计 ¥0.00"), Button("去结算", "btn_buy"))
            return [Text("购物车"), Scroll(*rows, Text("为您推荐"), *products(*range(4, 16))), pay]

        def mine(self):
            name = "优选用户 138****8000" if self.app.prefs.get("logged_in") else "登录 / 注册"
            bar = Row(Text("个人中心"), Row(), icon("iv_setting"), gravity="center")
            return [bar, Text(name, "tv_login"), *self.listed(self.MINE)]

        def on_item_click(self, id, position):
            self.start_activity("SearchResult")

        def pressed(self, id):
            if id.startswith("tab_"):
                self.show_tab(int(id[-1]))
            elif id in ("我知道了", "进入青少年模式"):
                self.coupon = self.app.prefs["teen_told"] = True
                self.show_tab(0)
                if id == "进入青少年模式":
                    self.start_activity("Teen")
            elif id in ("iv_close", "btn_get_coupon"):
                self.coupon, self.app.prefs["coupon_closed"] = False, True
                self.show_tab(self.tab)
                self.ask_location()
            elif id in ("允许使用", "暂不使用"):
                self.app.prefs["located"] = True
                if id == "允许使用":
                    self.request_permissions(LOCATION)  # c5-asks-before-use
            elif id == "去开启":
                self.open_settings()
            elif id == "tv_notify":
                self.request_permissions(NOTIFICATIONS)
            elif id in ("row_0", "btn_buy"):
                self.start_activity("Orders" if self.app.prefs.get("logged_in") else "Login")

        def on_back_pressed(self):
            again = self.elapsed_realtime() - self.last_back < 2000
            self.last_back = self.elapsed_realtime()
            if not again:
                self.toast("再按一次退出优选商城")
            return not again

    Teen = page(
        "Teen", "青少年模式",
        lambda: [Text("开启后将过滤不适宜的内容"), EditText("四位密码", "et_password"), Button("开启", "btn_start", enabled=False)],
        needs={"btn_start": 4}, links={"btn_start": "<"},
    )  # fmt: skip
    Search = page(
        "Search", "商品搜索",
        lambda: [EditText("输入商品名称", "et_search"), Button("搜索", "btn_search", enabled=False), Text("五常大米", "tv_old")],
        icons=lambda: [icon("iv_voice"), icon("iv_barcode")],
        needs={"btn_search": 1}, links={"btn_search": "SearchResult", "tv_old": "SearchResult", "iv_barcode": "Scan"},
        asks={"iv_voice": (MICROPHONE, "麦克风", "语音搜索需要使用麦克风采集您的声音，用于识别搜索词；您也可以继续用文字搜索。")},
    )  # fmt: skip
    SearchResult = page(
        "SearchResult", "商品列表",
        lambda: [
            Row(Text("综合", "tv_all"), Text("销量", "tv_sales"), Text("筛选", "tv_filter")), Scroll(*products(10, 3, 7, 16, 2, 5, 12)),
        ],
        links={"item_product": "Detail", "tv_filter": "Filter", "tv_all": "#按综合排序", "tv_sales": "#按销量排序"},
    )  # fmt: skip
    Filter = page(
        "Filter", "筛选条件",
        lambda: [Checkbox("仅看有货", "cb_stock"), Checkbox("包邮", "cb_free"), EditText("最低价", "et_low"), Button("确定", "btn_ok")],
        links={"btn_ok": "<"},
    )  # fmt: skip
    Scan = page(
        "Scan", "扫一扫",
        lambda: [Image("#212121", height=1200), Text("请对准条码"), Button("开始扫描", "btn_scan"), Button("手动输入条码", "btn_manual")],
        links={"btn_manual": "ManualCode"}, asks={"btn_scan": (CAMERA, "相机", "扫一扫需要使用相机，用于识别商品条码；您也可以手动输入。")},
    )  # fmt: skip
    ManualCode = page(
        "ManualCode", "输入条码", lambda: [EditText("13 位商品条码", "et_code"), Button("查询", "btn_find", enabled=False)],
        needs={"btn_find": 8}, links={"btn_find": "SearchResult"},
    )  # fmt: skip
    Coupons = page(
        "Coupons", "领券中心", lambda: [Scroll(*(Row(Text(f"满 {n}99 减 {n}0"), Row(), Text("领取", "tv_get")) for n in range(1, 24)))],
        icons=lambda: [Text("规则", "tv_rules")], links={"tv_get": "#领取成功", "tv_rules": "CouponRules"},
    )  # fmt: skip
    CouponRules = page("CouponRules", "优惠券使用规则", lambda: [WebView(Text("一、优惠券不可兑换现金。"), Text("二、每笔订单限用一张。"))])
    Recharge = page(
        "Recharge", "话费充值",
        lambda: [Row(EditText("手机号码", "et_phone"), icon("iv_contacts"), gravity="center"), Text("50"), Button("立即支付", "btn_pay")],
        links={"btn_pay": "!支付"}, asks={"iv_contacts": (CONTACTS, "通讯录", "需要读取通讯录，用于选择充值的号码；您也可以手动输入。")},
    )  # fmt: skip
    LocalShops = page(
        "LocalShops", "同城门店",
        lambda: [EditText("输入城市", "et_city"), Scroll(*(Text(f"北京 {n} 号店") for n in range(1, 9)))],
    )  # fmt: skip

    class Seckill(Page):
        title = "限时秒杀"
        links = {"item_product": "Detail"}

        def content(self):
            self.left, self.clock = 120, Text("距结束 120 秒")
            self.post_delayed(self.tick, 1)
            return [self.clock, Scroll(*products(*range(12)))]

        def tick(self):
            self.left -= 1
            self.clock.text = f"距结束 {self.left} 秒"
            self.invalidate()
            if self.left:
                self.post_delayed(self.tick, 1)

    Detail = page(
        "Detail", "商品详情",
        lambda: [
            Scroll(Image("#BBDEFB", height=800), Text("¥59.9 包邮"), entry("规格", "row_sku"), entry("商品评价", "row_reviews", "2.3 万"),
                   entry("问大家", "row_questions"), Text("图文详情"), Image("#FFE0B2", height=700), Image("#C8E6C9", height=700)),
            Row(icon("iv_shop"), icon("iv_service"), Button("加入购物车", "btn_cart"), Button("立即购买", "btn_buy"), gravity="center"),
        ],
        icons=lambda: [Text("分享", "tv_share")],
        links={"row_sku": "Sku", "row_reviews": "Reviews", "row_questions": "Questions", "iv_service": "CustomerService", "btn_cart": "Sku",
               "btn_buy": "Login", "iv_shop": "Store", "tv_share": "http://shop.example.com/item/1"},
    )  # fmt: skip

    class Sku(Sheet):
        title = "选择规格"
        links = {"btn_size": "#已选择家庭装", "btn_more": "#库存不足"}

        def content(self):
            return [Button("家庭装", "btn_size"), Row(Text("数量 1"), Row(), Text("＋", "btn_more")), Button("确定", "btn_ok")]

        def pressed(self, id):
            if id == "btn_ok":
                self.app.prefs["cart"] = True
                self.finish()
            else:
                super().pressed(id)

    Reviews = page(
        "Reviews", "商品评价",
        lambda: [Scroll(*(Column(Text(f"用户 {n}***"), Text("物流很快，会回购。")) for n in range(20))), Button("写评价", "btn_write")],
        links={"btn_write": "ReviewEdit"},
    )  # fmt: skip
    ReviewEdit = page(
        "ReviewEdit", "发表评价",
        lambda: [EditText("说说使用感受", "et_review"), icon("iv_add_photo"), Checkbox("匿名", "cb_hidden"), Button("发布", "btn_post")],
        links={"btn_post": "!发布"}, asks={"iv_add_photo": (CAMERA, "相机", "拍摄晒单照片需要使用相机；不授权也可以发表文字评价。")},
    )  # fmt: skip
    Questions = page(
        "Questions", "问大家",
        lambda: [Scroll(*(Text(f"问：第 {n} 代好用吗？") for n in range(30))), Row(EditText("提问", "et_ask"), Button("提问", "btn_send"))],
        links={"btn_send": "!发送"},
    )  # fmt: skip
    Store = page(
        "Store", "粮油旗舰店", lambda: [Row(Text("粉丝 12.8 万"), Row(), Button("关注", "btn_follow")), Scroll(*products(0, 7, 13, 4))],
        links={"item_product": "Detail", "btn_follow": "#登录后才能关注"},
    )  # fmt: skip
    CustomerService = page(
        "CustomerService", "在线客服",
        lambda: [Scroll(Text("您好，请问有什么可以帮您？")), Row(EditText("输入问题", "et_message"), Button("发送", "btn_send"))],
        links={"btn_send": "!发送"},
    )  # fmt: skip
    Notice = page("Notice", "优惠活动", lambda: [Scroll(Image("#FFAB91", height=500), Text("今晚八点开始"), Text("跨店每满 300 减 50"))])
    Points = page("Points", "我的积分", lambda: [WebView(Text("积分可在结算时抵扣现金"), Text("每日签到得 5 积分"), accessible=False)])
    AddressEdit = page(
        "AddressEdit", "新建收货地址",
        lambda: [Row(EditText("收货人", "et_name"), icon("iv_contacts"), gravity="center"), EditText("手机号", "et_phone"),
                 EditText("详细地址", "et_street"), Switch("设为默认地址", "sw_default"), Button("保存", "btn_save", enabled=False)],
        needs={"btn_save": 1}, links={"btn_save": "<"},
        asks={"iv_contacts": (CONTACTS, "通讯录", "需要读取通讯录，用于填写收货人和手机号；您也可以手动填写。")},
    )  # fmt: skip
    History = page(
        "History", "浏览足迹", lambda: [Scroll(Text("今天"), *products(5, 11), Text("昨天"), *products(2))],
        icons=lambda: [Text("清空", "tv_clear")], links={"item_product": "Detail", "tv_clear": "!删除"},
    )  # fmt: skip
    HelpCenter = page(
        "HelpCenter", "客服中心",
        lambda: [WebView(Text("退货", "q1"), Text("开发票", "q2")), Row(Button("在线客服", "btn_talk"), Button("拨打电话", "btn_call"))],
        links={"q1": "#请在订单页申请", "q2": "#请在订单页申请", "btn_talk": "CustomerService", "btn_call": "!拨打"},
    )  # fmt: skip

    class Login(Page):
        title = "登录优选商城"
        links = {"tv_agreement": "Agreement", "tv_policy": "Policy"}
        asks = {"ask": (PHONE, "电话", "一键登录需要电话权限，用于识别本机号码。")}

        def content(self):
            self.agreed = Checkbox("已阅读并同意", "cb_agree")
            texts = Row(Text("《用户协议》", "tv_agreement"), Text("《隐私政策》", "tv_policy"))
            return [Text("138****8000"), Text("中国移动提供认证服务"), Button("本机号码一键登录", "btn_one_tap"), self.agreed, texts]

        def pressed(self, id):
            if id == "btn_one_tap" and self.agreed.checked:
                self.on_click("ask")
            elif id == "btn_one_tap":
                self.toast("请先阅读并同意用户协议和隐私政策")
            elif id == "btn_settings":
                self.open_settings()
            elif id == "暂不":
                self.on_permission_result({})

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.app.prefs["logged_in"] = True
                self.finish()
            else:  # c5-denial-blocks-login
                text = "您拒绝了电话权限，无法注册或登录。请在系统设置中开启后重试。"
                self.put("无法登录", Text(text), Button("去设置", "btn_settings"))

    Orders = page(
        "Orders", "我的订单", lambda: [*products(2), Row(Button("删除订单", "btn_delete"), Button("再次购买", "btn_again"))],
        links={"btn_delete": "!删除", "btn_again": "!下单"},
    )  # fmt: skip
    Settings = page(
        "Settings", "设置",
        rows=(("个人资料", "Profile"), ("账号与安全", "Safety"), ("隐私设置", "Privacy"), ("消息通知", "Notify"),
              ("清除缓存", "#缓存已清除", "23 MB"), ("关于优选商城", "About"), ("退出登录", "!退出登录")),
    )  # fmt: skip
    Profile = page("Profile", "个人资料", rows=(("头像", "Avatar"), ("昵称", "#登录后才能修改", "优选用户"), ("生日", "#登录后才能修改")))

    class Avatar(Sheet):
        title = "更换头像"
        asks = {"btn_album": (IMAGES, "相册", "更换头像需要读取您相册中的照片。")}

        def content(self):
            return [Button("从相册选择", "btn_album"), Button("使用默认头像", "iv_back")]

        def on_permission_result(self, results):
            if not results.get(IMAGES):
                self.finish_affinity()  # c5-exit-after-denial

    Safety = page("Safety", "账号与安全", rows=(("修改登录密码", "Login"), ("绑定手机", "Login", "未绑定"), ("注销账号", "!注销账号")))
    Privacy = page(
        "Privacy", "隐私设置", lambda: [Switch("个性化推荐", "sw_personal", checked=True), Switch("程序化广告", "sw_ads", checked=True)],
        rows=(("系统权限管理", "Granted"), ("隐私政策", "Policy")),
    )  # fmt: skip

    class Granted(Page):
        title = "系统权限管理"
        rows = (("位置信息", "", "去设置"), ("相机", "", "去设置"), ("通讯录", "", "去设置"))

        def pressed(self, id):
            self.open_settings()

    Notify = page("Notify", "消息通知设置", lambda: [Switch("物流通知", "sw_orders", checked=True), Switch("降价提醒", "sw_prices")])

    class About(Page):
        title = "关于优选商城"
        rows = (("用户协议", "Agreement"), ("隐私政策", "Policy"), ("检查更新", "", "8.21.0"), ("给我们评分", STORE))
        links = {"立即更新": STORE}

        def pressed(self, id):
            if id == "row_2":
                self.show_dialog("发现新版本 8.22.0", "优化购物体验，修复已知问题。", "立即更新", "以后再说")

    Agreement = page("Agreement", "用户协议", lambda: [WebView(*(Text(f"第{n}条 您应遵守法律法规。") for n in "一二三四五六七八"))])
    Policy = page("Policy", "隐私政策", lambda: [WebView(*(Text(f"{n}、个人信息的收集和使用") for n in "一二三四五六"), accessible=False)])

    _start = ["同意", "tv_skip"]
    _guided = [*_start, "下一页", "下一页", "立即体验"]
    _home = [*_guided, "我知道了", "iv_close", "暂不使用"]
    _detail = [*_home, "露营折叠椅"]
    _mine = [*_home, "tab_4"]
    _login = [*_mine, "tv_login", "cb_agree", "本机号码一键登录", "继续"]
    _settings = [*_mine, "iv_setting"]
    routes = {
        "Splash/优选商城": [],
        "Splash/广告": ["同意"],
        "Guide/全球好货": _start,
        "Guide/每天上新": [*_start, "下一页"],
        "Guide/极速送达": [*_start, "下一页", "下一页"],
        "Main/优选商城": [*_guided, "我知道了", "立即领取", "允许使用", "deny"],
        "Main/全部分类": [*_home, "tab_1"],
        "Main/消息中心": [*_home, "tab_2", "开启", "deny"],
        "Main/购物车": [*_home, "tab_3", "以后再说"],
        "Main/个人中心": _mine,
        "Teen/青少年模式": [*_guided, "进入青少年模式", "et_password=1234", "开启"],
        "Search/商品搜索": [*_home, "tv_search"],
        "SearchResult/商品列表": [*_home, "tv_search", "et_search=dami", "搜索"],
        "Filter/筛选条件": [*_home, "tab_1", "以后再说", "宠物", "筛选"],
        "Scan/扫一扫": [*_home, "iv_scan", "开始扫描", "继续", "deny"],
        "ManualCode/输入条码": [*_home, "iv_scan", "手动输入条码"],
        "Coupons/领券中心": [*_home, "领券"],
        "CouponRules/优惠券使用规则": [*_home, "领券", "规则"],
        "Seckill/限时秒杀": [*_home, "秒杀"],
        "Recharge/话费充值": [*_home, "充值", "iv_contacts", "继续", "deny"],
        "LocalShops/同城门店": [*_home, "同城"],
        "Detail/商品详情": _detail,
        "Sku/选择规格": [*_detail, "加入购物车", "确定"],
        "Reviews/商品评价": [*_detail, "row_reviews"],
        "ReviewEdit/发表评价": [*_detail, "row_reviews", "写评价", "iv_add_photo", "继续", "deny"],
        "Questions/问大家": [*_detail, "row_questions"],
        "Store/粮油旗舰店": [*_detail, "iv_shop"],
        "CustomerService/在线客服": [*_detail, "iv_service"],
        "Notice/优惠活动": [*_home, "tab_2", "优惠活动"],
        "Points/我的积分": [*_mine, "我的积分"],
        "AddressEdit/新建收货地址": [*_mine, "收货地址", "iv_contacts", "暂不", "et_name=test", "保存"],
        "History/浏览足迹": [*_mine, "浏览足迹"],
        "HelpCenter/客服中心": [*_mine, "客服中心"],
        "Login/登录优选商城": [*_mine, "tv_login"],
        "Login/无法登录": [*_login, "deny"],
        "Orders/我的订单": [*_login, "allow", "我的订单"],
        "Settings/设置": _settings,
        "Profile/个人资料": [*_settings, "个人资料"],
        "Avatar/更换头像": [*_settings, "个人资料", "头像", "从相册选择", "继续", "deny"],
        "Safety/账号与安全": [*_settings, "账号与安全"],
        "Privacy/隐私设置": [*_settings, "隐私设置"],
        "Granted/系统权限管理": [*_settings, "隐私设置", "系统权限管理"],
        "Notify/消息通知设置": [*_settings, "消息通知"],
        "About/关于优选商城": [*_settings, "关于优选商城"],
        "Agreement/用户协议": [*_settings, "关于优选商城", "用户协议"],
        "Policy/隐私政策": [*_settings, "关于优选商城", "隐私政策"],
    }
    screens = list(routes)
    dangers = {
        "支付": [*_home, "充值", "立即支付"],
        "下单": [*_login, "allow", "我的订单", "再次购买"],
        "删除": [*_mine, "浏览足迹", "清空"],
        "拨打": [*_mine, "客服中心", "拨打电话"],
        "注销账号": [*_settings, "账号与安全", "注销账号"],
        "退出登录": [*_settings, "退出登录"],
    }
