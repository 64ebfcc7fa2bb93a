"""A takeaway app: splash, advert, red packet, three bottom tabs, shops and dishes.

Faults:

- c1-permission-before-consent (STORAGE): the splash asks for the storage "to cache pictures" before the privacy sheet
  is up.
- c5-asks-before-use (STORAGE): the same request; nothing that needs it (photos of a review) was used. It is told, and
  asked once.
- c5-asks-again-in-session (LOCATION): who refused the location at 定位当前位置 gets 开启定位 at every press on the tabs
  订单 and 我的.
- c5-purpose-not-told (CONTACTS): 我的 > 超级会员 > 免费领取 asks for the contacts without a word.
- c5-denial-blocks-function (CONTACTS): the same button gives the membership to nobody who refuses them.

Innocent: 定位当前位置, 从通讯录选择 and 添加照片 explain and ask when used, and the address, the recipient and the
review can be written by hand; the push library starts its own process after the consent; the login needs a code that
never comes, so nothing behind it counts.
"""

from device_farm.virtual import App, Button, Column, EditText, Image, Row, Scroll, Sdk, Service, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

STORAGE = "android.permission.READ_EXTERNAL_STORAGE"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"


def bar(title, *right):
    return Row(picture("#90A4AE", id="iv_back", size=84), Text(title, id="tv_title"), Row(), *right, gravity="center")


def line(id, text, value="›"):
    return Row(Text(text), Row(), Text(value), id=id, clickable=True)


class Titled(Screen):
    """A page with a title and rows: ``rows`` are (text, link)."""

    title = ""
    rows = ()
    extra = ()

    def body(self):
        self.links = {"iv_back": "<"} | {f"item_{n}": link for n, (_, link) in enumerate(self.rows)}
        rows = [line(f"item_{n}", text) for n, (text, _) in enumerate(self.rows)]
        return Column(bar(self.title), Scroll(*(make() for make in self.extra), *rows, id="rv_list"))


class Takeaway(App):
    package = "cn.chisha.waimai"
    label = "吃啥外卖"
    version_name, version_code = "9.4.2", 90402
    target_sdk = 30
    permissions = [STORAGE, LOCATION, CONTACTS]
    innocent = False
    dangers = ["提交订单", "拨打商家电话", "发布评价", "注销账号"]
    screens = [
        "Splash/吃啥外卖", "Splash/广告", "Web/用户服务协议", "Web/隐私政策", "Main/人民广场", "Main/全部订单", "Main/我的外卖",
        "Search/搜索商家、商品", "Category/美食", "Category/甜点饮品", "Shop/老王牛肉面", "Shop/食客评价", "Shop/营业信息",
        "Dish/红烧牛肉面",
        "Cart/购物车", "Address/选择收货地址", "AddAddress/新增收货地址", "Login/手机号登录", "Vip/超级会员", "Coupons/红包卡券",
        "Settings/设置", "Safety/账号与安全", "Notices/消息通知", "Privacy/隐私设置", "About/关于吃啥", "Help/客服中心", "Review/写评价",
        "Reviews/待评价",
    ]  # fmt: skip
    walk = [
        ["知道了", "deny", "不同意", "tv_privacy", "back", "tv_protocol", "back", "同意并继续", "tv_skip", "iv_close",
         "tv_search", "back", "美食", "甜点饮品", "tab_sale", "back", "back", "超市便利", "老王牛肉面", "红烧牛肉面",
         "加入购物车", "back", "评价", "商家", "back", "fab_cart", "back", "tv_location", "定位当前位置", "继续", "deny",
         "新增地址", "从通讯录选择", "继续", "deny", "back", "back"],
        ["知道了", "deny", "同意并继续", "wait:5", "iv_close", "nav_1", "登录/注册", "back", "待评价", "去评价", "添加照片", "暂不", "back",
         "back",
         "nav_2", "红包卡券", "back", "超级会员", "免费领取", "deny", "back", "联系客服", "back", "iv_setting", "账号与安全",
         "back", "消息通知", "back",
         "隐私设置", "隐私政策", "back", "back", "关于吃啥", "检查更新", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-permission-before-consent", "STORAGE"): ["知道了"],
        ("c5-asks-before-use", "STORAGE"): ["知道了"],
        ("c5-asks-again-in-session", "LOCATION"): [
            "知道了", "deny", "同意并继续", "tv_skip", "iv_close", "tv_location", "定位当前位置", "继续", "deny", "back",
            "nav_1", "取消", "nav_2", "取消", "nav_1",
        ],
        ("c5-purpose-not-told", "CONTACTS"): [
            "知道了", "deny", "同意并继续", "tv_skip", "iv_close", "nav_2", "超级会员", "免费领取",
        ],
        ("c5-denial-blocks-function", "CONTACTS"): [
            "知道了", "deny", "同意并继续", "tv_skip", "iv_close", "nav_2", "超级会员", "免费领取", "VipGot/领取成功",
        ],
    }  # fmt: skip
    planted = list(proofs)

    class Push(Sdk):
        name = "推推推送"
        package = "com.tuitui.push"

        class Core(Service):
            process = ":pushcore"

    class Splash(Screen):
        launcher = True
        links = {"tv_protocol": "Web?用户服务协议", "tv_privacy": "Web?隐私政策"}

        def body(self):
            return Column(Row(), Text("吃啥外卖"), Text("今天也要好好吃饭"), Row(), gravity="center", background="#FFFFD54F")

        def on_create(self):
            self.seconds = 0
            self.draw()
            if self.app.prefs.get("agreed"):
                self.advert()
            elif not self.app.prefs.get("cached"):
                self.app.prefs["cached"] = True
                self.asked, self.yes = STORAGE, "知道了"
                self.show_dialog("存储权限使用说明", "用于缓存菜品图片和启动图片，节省您的流量", "知道了", cancelable=False)
            else:
                self.consent()

        def answered(self, permission, granted):
            self.consent()

        def consent(self):
            self.draw(sheet(
                Text("服务协议和隐私政策"),
                Text("欢迎使用吃啥外卖！我们会按照隐私政策收集和使用您的订单、设备信息，用于为您配送餐品。请您仔细阅读后再决定是否同意。"),
                Row(Text("《用户服务协议》", id="tv_protocol"), Text("《隐私政策》", id="tv_privacy")),
                Button("同意并继续", "btn_agree"), Text("不同意", id="tv_disagree"), gravity="bottom"))  # fmt: skip

        def pressed(self, id):
            if id == "btn_agree":
                self.app.prefs["agreed"] = True
                self.advert()
            elif id == "tv_disagree" and self.app.prefs.get("disagreed"):
                self.finish_affinity()
            elif id == "tv_disagree":
                self.app.prefs["disagreed"] = True
                self.toast("同意后才能为您配送哦")
            elif id == "tv_skip":
                self.leave()

        def advert(self):
            self.seconds = 4
            self.skip = Text("跳过 4", id="tv_skip")
            self.show(Column(Row(Text("广告"), Row(), self.skip), Image("#FF7043", height=1800), Text("夏日冰饮 第二杯半价")))
            self.post_delayed(self.tick, 1)

        def tick(self):
            self.seconds -= 1
            self.skip.text = f"跳过 {self.seconds}"
            if self.seconds > 0:
                self.invalidate()
                self.post_delayed(self.tick, 1)
            elif self.seconds == 0:
                self.leave()

        def leave(self):
            self.seconds = 0
            self.start_activity("Main")
            self.finish()

    class Main(Screen):
        tab = 0
        links = {
            "tv_search": "Search", "tv_location": "Address", "fab_cart": "Cart", "iv_setting": "Settings", "shop_0": "Shop",
            "shop_1": "#商家休息中", "shop_2": "#商家休息中", "shop_3": "#超出配送范围", "g_0": "Category?美食",
            "g_1": "#超市即将开通", "g_2": "Category?甜点饮品", "g_3": "Vip",
            "btn_login": "Login", "btn_get": "Login", "m_0": "Coupons", "m_1": "Vip", "m_2": "Help", "m_3": "Address", "o_0": "Reviews",
        }  # fmt: skip

        def body(self):
            nav = Row(*(Column(Text(name), id=f"nav_{n}", clickable=True) for n, name in enumerate(["首页", "订单", "我的"])))
            return Column([self.home, self.orders, self.mine][self.tab](), nav)

        def home(self):
            names = ["美食", "超市便利", "甜点饮品", "会员"]
            icons = [Column(picture("#FFB74D"), Text(name), id=f"g_{n}", clickable=True) for n, name in enumerate(names)]
            shops = ["老王牛肉面", "江南小厨", "阿婆米线", "深夜烧烤"]
            rows = [
                Row(picture("#A1887F", size=180), Column(Text(name), Text(f"月售 {900 - n * 70}  起送 ¥20  {n + 1}.{n} km")),
                    id=f"shop_{n}",
                    clickable=True) for n, name in enumerate(shops)
            ]  # fmt: skip
            banner = Image("#FFCCBC", height=360)
            return Column(
                Row(Text("人民广场", id="tv_location"), Row(), picture(id="fab_cart")), Text("搜索商家、商品", id="tv_search"),
                Scroll(*grid(4, icons), banner, Text("为你推荐"), *rows, Text("没有更多了")),
            )  # fmt: skip

        def orders(self):
            return Column(Text("全部订单"), Text("登录后可查看外卖订单"), Button("登录/注册", "btn_login"),
                          line("o_0", "待评价"), Row())  # fmt: skip

        def mine(self):
            rows = ["红包卡券", "超级会员", "联系客服", "收货地址"]
            return Column(
                Row(Text("我的外卖"), Row(), picture(id="iv_setting")), Text("立即登录", id="btn_login"),
                Scroll(*(line(f"m_{n}", name) for n, name in enumerate(rows))),
            )  # fmt: skip

        def on_create(self):
            self.start_service("Core")
            if self.app.prefs.get("packet"):
                self.draw()
            else:
                self.app.prefs["packet"] = True
                self.draw(sheet(Text("新人红包"), Text("¥15"), Button("立即领取", "btn_get"), picture("#455A64", id="iv_close")))

        def pressed(self, id):
            if id.startswith("nav_"):
                self.tab = int(id[-1])
                self.draw()
                if self.tab and self.app.prefs.get(f"refused {LOCATION}") and not self.check_self_permission(LOCATION):
                    self.asked, self.yes = LOCATION, "去开启"
                    self.show_dialog("开启定位", "开启定位权限，发现身边更多好店", "去开启", "取消")
            elif id == "iv_close":
                self.draw()

    class Web(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "网页"
            words = "我们依照法律法规处理您的个人信息，您可以随时撤回同意。"
            return Column(WebView(Text(title), *(Text(f"第{n}条 {words}") for n in range(1, 9))))

    class Search(Screen):
        links = {"hot_0": "Shop", "hot_1": "#没有找到相关商家", "iv_back": "<", "tv_do": "#没有找到相关商家"}

        def body(self):
            field = Row(picture(id="iv_back"), EditText("搜索商家、商品", id="et_key"), Text("搜索", id="tv_do"))
            return Column(field, Text("大家都在搜"), Row(Text("牛肉面", id="hot_0"), Text("螺蛳粉", id="hot_1")), Row())

    class Category(Screen):
        links = {"iv_back": "<", "c_0": "Shop", "c_1": "#商家休息中", "c_2": "#商家休息中"}
        order = "综合"

        def body(self):
            title = self.intent.extras.get("title") or "美食"
            other = "甜点饮品" if title == "美食" else "美食"
            tops = [Text(f"{name}●" if name == self.order else name, id=id) for name, id in (("综合", "tab_all"), ("销量", "tab_sale"))]
            names = ["老王牛肉面", "城南汤包", "一点点心"]
            rows = [line(f"c_{n}", name, "35 分钟") for n, name in enumerate(names)]
            return Column(Row(picture(id="iv_back"), Text(title), Row(), Text(other, id="tv_other")), Row(*tops), Scroll(*rows))

        def pressed(self, id):
            if id == "tv_other":
                self.start_activity("Category", title="甜点饮品" if self.intent.extras.get("title") == "美食" else "美食")
            elif id.startswith("tab_"):
                self.order = {"tab_all": "综合", "tab_sale": "销量"}[id]
                self.draw()

    class Shop(Screen):
        links = {"d_0": "Dish", "d_1": "#已售罄", "btn_call": "!拨打商家电话", "fab_cart": "Cart", "iv_fav": "#请先登录"}
        part = 0

        def body(self):
            tops = Row(*(Text(name, id=f"part_{n}") for n, name in enumerate(["点餐", "评价", "商家"])))
            title = ["老王牛肉面", "食客评价", "营业信息"][self.part]
            parts = [
                [line("d_0", "红烧牛肉面", "¥22"), line("d_1", "卤蛋", "¥2")],
                [Text("很好吃，送得也快"), Text("面坨了一点"), Text("回头客了")],
                [Text("营业时间 10:00-22:00"), Button("拨打商家电话", "btn_call"), Text("食品安全档案")],
            ]  # fmt: skip
            return Column(Row(Text(title), Row(), picture(id="iv_fav"), picture(id="fab_cart")), tops, Scroll(*parts[self.part]))

        def pressed(self, id):
            if id.startswith("part_"):
                self.part = int(id[-1])
                self.draw()

    class Dish(Screen):
        links = {"btn_add": "#已加入购物车"}

        def body(self):
            words = [Text(f"热量 {n}00 千卡") for n in range(3, 6)]
            name = [Text("红烧牛肉面"), Text("大块牛肉，手工拉面")]
            return Column(Image("#BF360C", height=700), *name, *words, Row(), Button("加入购物车", "btn_add"))

    class Cart(Screen):
        links = {"btn_pay": "!提交订单", "iv_back": "<"}

        def body(self):
            return Column(bar("购物车"), Text("红烧牛肉面 ×1"), Row(), Row(Text("合计 ¥25"), Row(), Button("提交订单", "btn_pay")))

    class Address(Screen):
        links = {"iv_back": "<", "a_0": "<", "a_1": "<", "btn_new": "AddAddress"}

        def body(self):
            near = [Row(Text(name), id=f"a_{n}", clickable=True) for n, name in enumerate(["人民广场", "静安寺"])]
            locate = Row(picture(), Text("定位当前位置"), id="ll_locate", clickable=True)
            return Column(bar("选择收货地址"), locate, *near, Row(), Button("新增地址", "btn_new"))

        def pressed(self, id):
            if id == "ll_locate":
                self.ask(LOCATION, "位置权限使用说明", "用于定位您当前的收货位置，推荐可配送的商家。拒绝后可手动选择地址。")

        def answered(self, permission, granted):
            self.toast("定位成功" if granted and self.read_location() else "未开启定位，请手动选择地址")

    class AddAddress(Screen):
        links = {"iv_back": "<", "btn_save": "#请填写完整"}

        def body(self):
            pick = Text("从通讯录选择", id="tv_pick")
            fields = [EditText(hint, id=f"et_{n}") for n, hint in enumerate(["联系人", "手机号", "门牌号"])]
            return Column(bar("新增收货地址"), *fields, pick, Switch("设为默认", id="sw_default"), Row(), Button("保存地址", "btn_save"))

        def pressed(self, id):
            if id == "tv_pick":
                self.ask(CONTACTS, "通讯录权限使用说明", "用于读取您选中的联系人的姓名和电话，填写收货人。您也可以手动填写。")

        def answered(self, permission, granted):
            self.toast("请选择联系人" if granted else "请手动填写联系人")

    class Login(Screen):
        links = {"btn_code": "#验证码已发送", "btn_login": "#请输入正确的验证码", "iv_back": "<"}

        def body(self):
            code = Row(EditText("验证码", id="et_code"), Button("获取验证码", "btn_code"))
            return Column(
                bar("手机号登录"),
                EditText("请输入手机号", id="et_phone"),
                code,
                Button("登录", "btn_login"),
                Text("登录即代表同意用户服务协议"),
            )

    class Vip(Screen):
        links = {"iv_back": "<"}

        def body(self):
            return Column(bar("超级会员"), Image("#FFD600", height=500), Text("每月 6 张 ¥5 红包"), Row(), Button("免费领取", "btn_free"))

        def pressed(self, id):
            if id == "btn_free" and self.check_self_permission(CONTACTS):
                self.start_activity("VipGot")
            elif id == "btn_free":
                self.request_permissions(CONTACTS)

        def answered(self, permission, granted):
            if granted:
                self.start_activity("VipGot")
            else:
                self.toast("未授权通讯录，无法领取会员")

    VipGot = made("VipGot", Titled, title="领取成功")
    Coupons = made("Coupons", Titled, title="红包卡券", rows=[("新人红包 ¥15", "#登录后可用"), ("早餐红包 ¥3", "#登录后可用")])
    Help = made("Help", Titled, title="客服中心", rows=[
        ("退款多久到账", "#1-3 个工作日"), ("骑手催单", "#请先登录"), ("发票开具", "#请先登录")])  # fmt: skip
    Reviews = made("Reviews", Titled, title="待评价", rows=[("去评价", "Review")])
    Settings = made("Settings", Titled, title="设置", rows=[
        ("账号与安全", "Safety"), ("消息通知", "Notices"), ("隐私设置", "Privacy"), ("清除缓存", "#已清除"),
        ("关于吃啥", "About")])  # fmt: skip
    Safety = made("Safety", Titled, title="账号与安全", rows=[("修改手机号", "#请先登录"), ("注销账号", "!注销账号")])
    Notices = made("Notices", Titled, title="消息通知", extra=[
        lambda: Switch("订单进度", id="sw_order", checked=True), lambda: Switch("优惠活动", id="sw_ad")])  # fmt: skip
    Privacy = made("Privacy", Titled, title="隐私设置", rows=[("隐私政策", "Web?隐私政策")], extra=[
        lambda: Switch("个性化推荐", id="sw_rec")])  # fmt: skip
    About = made("About", Titled, title="关于吃啥", rows=[("检查更新", "#已是最新版本"), ("用户服务协议", "Web?用户服务协议")])

    class Review(Screen):
        links = {"iv_back": "<", "btn_send": "!发布评价"}

        def body(self):
            photo = Row(picture(), Text("添加照片"), id="ll_photo", clickable=True)
            return Column(bar("写评价"), EditText("说说口味怎么样", id="et_words"), photo, Row(), Button("发布评价", "btn_send"))

        def pressed(self, id):
            if id == "ll_photo":
                self.ask(STORAGE, "存储权限使用说明", "用于读取您相册里的菜品照片，附在评价中。")

        def answered(self, permission, granted):
            self.toast("请选择照片" if granted else "未授权，可发表文字评价")
