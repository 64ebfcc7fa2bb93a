"""A map: a painted map under a search field, a box that is ticked already, offline maps that want the phone state."""

from device_farm.virtual import (
    Activity,
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
    Switch,
    Text,
    WebView,
)
from tests.virtual.whole_kit import Advert, Page, Sheet, icon, page, tabs

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
MICROPHONE = "android.permission.RECORD_AUDIO"
CONTACTS = "android.permission.READ_CONTACTS"
MUSIC = "android.permission.READ_MEDIA_AUDIO"
PHONE = "android.permission.READ_PHONE_STATE"
CALENDAR = "android.permission.WRITE_CALENDAR"
CAMERA = "android.permission.CAMERA"
ACTIVITY = "android.permission.ACTIVITY_RECOGNITION"

POLICY = "为了向您提供地图浏览、路线规划等服务，我们会收集您的设备信息和位置信息。您可以在系统设置中随时关闭授权。"
PLACES = ("老北京炸酱面馆", "和平里饺子城", "小南国", "沙县小吃", "西湖春天", "烤鸭店", "火锅（望京店）", "绿茶餐厅", "外婆家")


def draw_map(pen):
    """Streets, a park, a river and the names of a few places."""
    pen.rect(0, 0, pen.width, pen.height, colour="#F5F3EE")
    pen.rect(60, 120, 460, 620, colour="#C8E6C9", radius=40)
    pen.rect(0, 760, pen.width, 880, colour="#BBDEFB")
    for n in range(1, 5):
        pen.rect(n * 230 - 14, 0, n * 230 + 14, pen.height, colour="#FFFFFF")
        pen.rect(0, n * 320 - 14, pen.width, n * 320 + 14, colour="#FFFFFF")
    pen.text("青年公园", 140, 340, size=40, colour="#2E7D32")
    pen.text("清水河", 700, 790, size=40, colour="#1565C0")
    pen.text("人民路", 520, 1000, size=36, colour="#757575")
    pen.rect(pen.width / 2 - 20, pen.height / 2 - 20, pen.width / 2 + 20, pen.height / 2 + 20, colour="#1E88E5", radius=20)


def draw_compass(pen):
    """A page that is one painted view."""
    pen.rect(0, 0, pen.width, pen.height, colour="#102027")
    pen.text("指南针", pen.width / 2, 90, size=60, colour="#FFFFFF", align="center")
    pen.rect(140, 500, pen.width - 140, 1300, colour="#37474F", radius=400)
    for text, x, y in (("北", 0.5, 540), ("南", 0.5, 1200), ("西", 0.2, 870), ("东", 0.8, 870)):
        pen.text(text, pen.width * x, y, size=64, colour="#FF8A65", align="center")
    pen.text("北偏东 12°", pen.width / 2, 1500, size=56, colour="#FFFFFF", align="center")


def draw_subway(pen):
    """Lines and stations."""
    for n, colour in enumerate(("#C62828", "#1565C0", "#2E7D32", "#6A1B9A")):
        pen.rect(80, 200 + n * 260, pen.width - 80, 224 + n * 260, colour=colour, radius=12)
        for m in range(5):
            pen.rect(100 + m * 200, 192 + n * 260, 140 + m * 200, 232 + n * 260, colour="#FFFFFF", radius=20)
        pen.text(f"{n + 1} 号线", 80, 130 + n * 260, size=40, colour=colour)


class Map(App):
    package = "com.example.xingtu.map"
    label = "行图地图"
    version_name, version_code = "12.3.0", 12300
    target_sdk = 33
    permissions = [
        "android.permission.INTERNET", LOCATION, "android.permission.ACCESS_COARSE_LOCATION", MICROPHONE, CONTACTS, MUSIC, PHONE, CALENDAR,
        CAMERA, ACTIVITY,
    ]  # fmt: skip
    queries = ["com.example.taxi"]
    only_android = ["13"]
    options = ["--clause", "5", "--clause", "1"]
    planted = [
        ("c1-consent-preticked", ""),
        ("c5-bundled-request", ""),  # 开始导航: microphone, contacts and music at once
        ("c5-denial-blocks-function", "PHONE"),  # 离线地图
        ("c5-purpose-not-told", "PHONE"),  # the same request
        ("c5-dialog-loop", "CALENDAR"),  # 实时公交, a line, 到站提醒: asked again at once, twice
    ]
    expected = {
        "c1-consent-preticked": "violation",
        "c5-bundled-request": "violation",
        "c5-denial-blocks-function": "violation",
        "c5-purpose-not-told": "violation",
        "c5-dialog-loop": "violation",
        "c5-exit-after-denial": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
        "c1-consent-without-refusal": "clear",
    }

    class Splash(Advert):
        seconds = 4
        advert_text = "自驾游季 加油 8 折"

        def consent(self):
            self.agreed = Checkbox("我已阅读并同意《服务协议》《隐私政策》", "cb_agree", checked=True)  # c1-consent-preticked
            links = Row(Text("《服务协议》", "tv_agreement"), Text("《隐私政策》", "tv_policy"))
            buttons = Row(Button("不同意", "btn_refuse"), Button("同意并使用", "btn_agree"))
            card = Column(Text("欢迎使用行图地图"), Text(POLICY), links, self.agreed, buttons, background="#FFFFFFFF")
            self.show(Column(card, background="#FF90A4AE", gravity="bottom"))

        def basic(self):
            buttons = Row(Button("仅浏览地图", "btn_browse"), Button("返回", "btn_again"))
            card = Column(Text("基本功能模式"), Text("若您不同意，仍可使用不收集个人信息的地图浏览功能。"), buttons, background="#FFFFFFFF")
            self.show(Column(card, background="#FF90A4AE", gravity="bottom"))

        def pressed(self, id):
            if id == "btn_agree" and not self.agreed.checked:
                self.toast("请先勾选协议")
            elif id == "btn_agree":
                self.agree()
            elif id == "btn_refuse":
                self.basic()
            elif id == "btn_again":
                self.consent()
            elif id == "btn_browse":
                self.start_activity("Browse")
            elif id.startswith("tv_"):
                self.start_activity("Agreement" if id == "tv_agreement" else "Policy")

    Browse = page("Browse", "浏览模式", lambda: [Text("您正在使用基本功能，未收集个人信息"), Canvas(draw_map)])

    class Main(Page):
        NEAR = ("美食", "酒店", "加油站", "停车场", "地铁站", "公交站", "银行", "超市", "药店", "医院", "景点", "洗车", "充电桩")
        TRIPS = (
            ("路线规划", "Route"), ("实时公交", "BusLines"), ("地铁图", "Subway"), ("离线地图", "Offline"), ("运动轨迹", "Track"),
            ("指南针", "Compass"), ("打车", "com.example.taxi/.Ride"), ("火车票", "http://tickets.example.com/"),
        )  # fmt: skip
        MINE = (
            ("收藏夹", "Favorites"), ("我的足迹", "Footprints"), ("车主服务", "CarOwner"), ("导航语音包", "Voices"),
            ("意见反馈", "Feedback"), ("设置", "Settings"),
        )  # fmt: skip
        links = {
            "tv_search": "Search", "map_view": "Place", "iv_layers": "Layers", "iv_route": "Route", "tv_login": "Login",
            "立即更新": "market://details?id=com.example.xingtu.map",
        }  # fmt: skip
        asks = {"iv_locate": (LOCATION, "位置", "用于在地图上显示您的位置，并从当前位置规划路线；不授权也可以浏览地图和手动输入起点。")}

        def on_create(self):
            self.show_tab(0)
            launches = self.app.prefs["launches"] = self.app.prefs.get("launches", 0) + 1
            if launches == 1:
                self.on_click("iv_locate")
            elif launches == 2:
                self.show_dialog("发现新版本 12.4.0", "路况更新更及时", "立即更新", "暂不更新")

        def on_resume(self):
            if self.tab == 3:  # the login is over
                self.show_tab(3)

        def show_tab(self, tab):
            self.tab = tab
            content = (self.home, self.near, self.trips, self.mine)[tab]()
            self.show(Column(*content, tabs("首页", "附近", "出行", "我的")))

        def home(self):
            icons = Row(icon("iv_layers"), Row(), icon("iv_locate"), Row(), icon("iv_route"))
            return [Text("搜索地点、公交、地铁", "tv_search"), Canvas(draw_map, "map_view"), icons]

        def near(self):
            return [Text("附近"), ListView(*(Row(Text(name), Row(), Text("›"), clickable=True) for name in self.NEAR), id="lv_near")]

        def trips(self):
            return [Text("出行工具"), *self.listed(self.TRIPS)]

        def mine(self):
            name = "行图用户" if self.app.prefs.get("logged_in") else "点击登录"
            return [Text("我的地图"), Text(name, "tv_login"), *self.listed(self.MINE)]

        def on_item_click(self, id, position):
            self.start_activity("Places")

        def pressed(self, id):
            if id.startswith("tab_"):
                self.show_tab(int(id[-1]))

        def on_permission_result(self, results):
            self.toast("已定位" if results.get(LOCATION) else "未获得位置权限，可手动搜索地点")

    class Layers(Sheet):
        title = "地图图层"

        def content(self):
            return [Switch("卫星图", "sw_satellite"), Switch("实时路况", "sw_traffic", checked=True), Switch("公交线路", "sw_bus")]

    Search = page(
        "Search", "搜索地点",
        lambda: [EditText("输入地点或线路", "et_search"), Button("搜索", "btn_search", enabled=False), Text("天安门", "tv_old")],
        icons=lambda: [icon("iv_voice")], needs={"btn_search": 1}, links={"btn_search": "Places", "tv_old": "Places"},
        asks={"iv_voice": (MICROPHONE, "麦克风", "语音搜索需要使用麦克风，用于识别您说的地点；您也可以输入文字。")},
    )  # fmt: skip

    class Places(Page):
        title = "周边列表"
        links = {"tv_sort": "#按距离排序"}

        def content(self):
            rows = (Column(Text(name), Text(f"{n * 130 + 80} 米 人均 ¥{40 + n * 7}"), clickable=True) for n, name in enumerate(PLACES * 2))
            return [Row(Text("距离优先", "tv_sort"), Row(), Text("筛选")), ListView(*rows, id="lv_places")]

        def on_item_click(self, id, position):
            self.start_activity("Place")

    Place = page(
        "Place", "地点详情",
        lambda: [
            Scroll(Image("#D7CCC8", height=500), Text("老北京炸酱面馆"), Text("和平里东街 12 号"), Text("营业中"),
                   Text("用户评论", "tv_comments"), Text("地点纠错", "tv_report"), Image("#EFEBE9", height=900)),
            Row(Button("到这去", "btn_go"), Button("拨打电话", "btn_call"), Button("收藏", "btn_favorite")),
        ],
        links={"btn_go": "Route", "btn_call": "!拨打", "btn_favorite": "#已收藏", "tv_comments": "Comments", "tv_report": "Report"},
    )  # fmt: skip
    Comments = page(
        "Comments", "用户评论",
        lambda: [Scroll(*(Column(Text(f"吃货 {n}"), Text("面很劲道，排队久。")) for n in range(25))), Button("发表", "btn_post")],
        links={"btn_post": "!发布"},
    )  # fmt: skip
    Report = page(
        "Report", "地点纠错",
        lambda: [EditText("请描述问题", "et_problem"), icon("iv_photo"), Button("提交", "btn_submit", enabled=False)],
        needs={"btn_submit": 4}, links={"btn_submit": "!提交"},
        asks={"iv_photo": (CAMERA, "相机", "拍摄门头照片需要使用相机，用于核实地点；您也可以只填写文字。")},
    )  # fmt: skip
    Route = page(
        "Route", "路线规划",
        lambda: [EditText("起点", "et_from"), EditText("终点", "et_to"), Button("查询路线", "btn_find", enabled=False),
                 Row(*(Text(name, "tv_way") for name in ("驾车", "公交", "骑行", "步行")))],
        needs={"btn_find": 2}, links={"btn_find": "Routes", "tv_way": "#请先输入起点和终点"},
    )  # fmt: skip
    Routes = page("Routes", "驾车方案", rows=(("方案一 32 分钟", "RouteDetail", "14 公里"), ("方案二 38 分钟", "RouteDetail", "12 公里")))
    RouteDetail = page(
        "RouteDetail", "路线详情",
        lambda: [Scroll(*(Text(f"{n}. 沿人民路行驶 {n * 200} 米，右转") for n in range(1, 30))), Button("开始导航", "btn_start")],
        links={"btn_start": "Navigation"},
    )  # fmt: skip

    class Navigation(Page):
        title = "导航中"
        links = {"btn_end": "<"}

        def content(self):
            if not self.app.prefs.get("navigated"):
                self.app.prefs["navigated"] = True
                text = "麦克风用于语音唤醒，通讯录用于共享行程，音乐权限用于导航时播放本地音乐。"
                self.show_dialog("导航需要以下权限", text, "去授权", "直接导航")
            return [Text("前方 300 米右转"), Canvas(draw_map), Row(Text("剩余 14 公里 32 分钟"), Row(), Button("退出导航", "btn_end"))]

        def pressed(self, id):
            if id == "去授权":
                self.request_permissions(MICROPHONE, CONTACTS, MUSIC)  # c5-bundled-request

    BusLines = page("BusLines", "实时公交", rows=tuple((f"{n} 路", "BusLine", f"{n % 9 + 1} 站") for n in range(101, 126)))

    class BusLine(Page):
        title = "公交线路"

        def content(self):
            self.asked = 0
            stops = Scroll(*(Text(f"{n}. 和平里 {n} 区") for n in range(1, 20)))
            return [Text("到站提醒需要日历权限，用于把提醒写入日历"), Button("到站提醒", "btn_remind"), stops]

        def pressed(self, id):
            if id == "btn_remind":
                self.asked = 0
                self.request_permissions(CALENDAR)
            elif id == "去设置":
                self.open_settings()

        def on_permission_result(self, results):
            self.asked += 1
            if results.get(CALENDAR):
                self.toast("已开启到站提醒")
            elif self.asked == 1:
                self.request_permissions(CALENDAR)  # c5-dialog-loop
            else:
                self.show_dialog("需要日历权限", "到站提醒需要把提醒写入日历", "去设置", "取消")

    Subway = page("Subway", "地铁图", lambda: [Canvas(draw_subway, "subway_view")])

    class Offline(Page):
        title = "离线地图"

        def content(self):
            if not self.check_self_permission(PHONE):
                self.request_permissions(PHONE)  # c5-purpose-not-told
                return [Text("正在加载")]
            return [Scroll(*(Row(Text(city), Row(), Text("128 MB")) for city in ("北京", "上海", "广州", "深圳")))]

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.put(self.title, *self.content())
            else:  # c5-denial-blocks-function
                self.put(self.title, Text("未授予权限，无法使用离线地图"), Button("去设置", "btn_settings"))

        def pressed(self, id):
            self.open_settings()

    class Track(Page):
        title = "运动轨迹"
        asks = {"btn_start": (ACTIVITY, "健身运动", "记录步数需要健身运动权限，用于统计您的运动步数。")}

        def content(self):
            self.steps = Text("今日步数 --")
            return [self.steps, Button("开始记录步数", "btn_start")]

        def on_permission_result(self, results):
            self.steps.text = "今日步数 0" if results.get(ACTIVITY) else "未开启健身运动权限，暂时不能记录步数"
            self.invalidate()

    class Compass(Page):
        def put(self, title, *content):
            self.show(Canvas(draw_compass))

    Favorites = page("Favorites", "收藏夹", lambda: [Text("还没有收藏的地点"), Button("清空", "btn_clear")], links={"btn_clear": "!删除"})
    Footprints = page("Footprints", "我的足迹", lambda: [WebView(Text("您已点亮 3 个城市"), Text("总里程 1280 公里"), accessible=False)])
    CarOwner = page(
        "CarOwner", "车主服务", lambda: [EditText("车牌号", "et_plate"), Button("查违章", "btn_query", enabled=False)],
        needs={"btn_query": 7}, links={"btn_query": "Violations"},
    )  # fmt: skip
    Violations = page("Violations", "违章查询", lambda: [WebView(Text("没有违章"), Button("代缴", "pay"))], links={"pay": "!支付"})
    Voices = page("Voices", "导航语音包", rows=tuple((f"语音包 {n} 号", "#正在下载", "12 MB") for n in range(1, 20)))
    Feedback = page(
        "Feedback", "意见反馈", lambda: [EditText("请输入您的意见", "et_text"), Button("发送", "btn_send", enabled=False)],
        needs={"btn_send": 5}, links={"btn_send": "!发送"},
    )  # fmt: skip

    class Login(Page):
        title = "验证码登录"
        links = {"btn_code": "#验证码已发送", "tv_wechat": "market://details?id=com.example.wechat"}

        def content(self):
            self.agreed = Checkbox("同意《服务协议》", "cb_agree")
            fields = Row(EditText("手机号", "et_phone"), Button("获取验证码", "btn_code"))
            other = Row(Text("密码登录", "tv_password"), Text("微信登录", "tv_wechat"))
            return [fields, EditText("验证码", "et_code"), self.agreed, Button("登录", "btn_login"), other]

        def pressed(self, id):
            words = {view.id: view.text for view in self.root.walk() if isinstance(view, EditText)}
            if id == "tv_password":
                fields = EditText("手机号", "et_phone"), EditText("密码", "et_password")
                self.put("密码登录", *fields, self.agreed, Button("登录", "btn_login"))
            elif not self.agreed.checked:
                self.toast("请先同意服务协议")
            elif all(len(text) >= 6 for text in words.values()):
                self.app.prefs["logged_in"] = True
                self.finish()
            else:
                self.toast("请输入手机号和验证码")

    Settings = page(
        "Settings", "设置",
        rows=(("导航设置", "NaviSettings"), ("关于行图", "About"), ("清除缓存", "#已清除", "96 MB"), ("注销账号", "!注销账号"),
              ("退出登录", "!退出登录")),
    )  # fmt: skip
    NaviSettings = page(
        "NaviSettings", "导航设置",
        lambda: [Switch("避开拥堵", "sw_jam", checked=True), Switch("不走高速", "sw_highway"), Switch("夜间模式", "sw_night")],
    )  # fmt: skip
    About = page("About", "关于行图", rows=(("服务协议", "Agreement"), ("隐私政策", "Policy"), ("官方网站", "http://map.example.com/")))
    Agreement = page("Agreement", "服务协议", lambda: [WebView(*(Text(f"第{n}条 您应遵守法律法规。") for n in "一二三四五六"))])
    Policy = page("Policy", "隐私政策", lambda: [WebView(*(Text(f"{n}、位置信息的收集和使用") for n in "一二三四五六"), accessible=False)])

    _home = ["同意并使用", "tv_skip", "暂不"]
    _near = [*_home, "tab_1"]
    _place = [*_near, "药店", "西湖春天"]
    _trips = [*_home, "tab_2"]
    _mine = [*_home, "tab_3"]
    _route = [*_home, "iv_route", "et_to=tiananmen", "查询路线"]
    routes = {
        "Splash/欢迎使用行图地图": [],
        "Splash/基本功能模式": ["不同意"],
        "Splash/广告": ["同意并使用"],
        "Browse/浏览模式": ["不同意", "仅浏览地图"],
        "Main/搜索地点、公交、地铁": ["同意并使用", "wait:5", "继续", "deny"],
        "Main/附近": _near,
        "Main/出行工具": _trips,
        "Main/我的地图": _mine,
        "Layers/地图图层": [*_home, "iv_layers"],
        "Search/搜索地点": [*_home, "tv_search", "iv_voice", "继续", "deny"],
        "Places/周边列表": [*_home, "tv_search", "et_search=mian", "搜索"],
        "Place/地点详情": _place,
        "Comments/用户评论": [*_place, "tv_comments"],
        "Report/地点纠错": [*_home, "touch:0.5,0.4", "tv_report", "iv_photo", "继续", "deny"],
        "Route/路线规划": [*_place, "到这去"],
        "Routes/驾车方案": _route,
        "RouteDetail/路线详情": [*_route, "方案二 38 分钟"],
        "Navigation/导航中": [*_route, "方案一 32 分钟", "开始导航", "去授权", "deny", "deny", "deny"],
        "BusLines/实时公交": [*_trips, "实时公交"],
        "BusLine/公交线路": [*_trips, "实时公交", "123 路", "到站提醒", "deny", "deny", "取消"],
        "Subway/地铁图": [*_trips, "地铁图"],
        "Offline/离线地图": [*_trips, "离线地图", "deny"],
        "Track/运动轨迹": [*_trips, "运动轨迹", "开始记录步数", "继续", "deny"],
        "Compass/指南针": [*_trips, "指南针"],
        "Favorites/收藏夹": [*_mine, "收藏夹"],
        "Footprints/我的足迹": [*_mine, "我的足迹"],
        "CarOwner/车主服务": [*_mine, "车主服务"],
        "Violations/违章查询": [*_mine, "车主服务", "et_plate=A123456", "查违章"],
        "Voices/导航语音包": [*_mine, "导航语音包"],
        "Feedback/意见反馈": [*_mine, "意见反馈"],
        "Login/验证码登录": [*_mine, "tv_login", "et_phone=13800138000", "et_code=123456", "cb_agree", "btn_login", "行图用户"],
        "Login/密码登录": [*_mine, "tv_login", "密码登录"],
        "Settings/设置": [*_mine, "设置"],
        "NaviSettings/导航设置": [*_mine, "设置", "导航设置"],
        "About/关于行图": [*_mine, "设置", "关于行图"],
        "Agreement/服务协议": ["《服务协议》"],
        "Policy/隐私政策": [*_mine, "设置", "关于行图", "隐私政策"],
    }
    screens = list(routes)
    dangers = {
        "拨打": [*_place, "拨打电话"],
        "发布": [*_place, "tv_comments", "发表"],
        "支付": [*_mine, "车主服务", "et_plate=A123456", "查违章", "代缴"],
        "发送": [*_mine, "意见反馈", "et_text=hello", "发送"],
        "删除": [*_mine, "收藏夹", "清空"],
        "注销账号": [*_mine, "设置", "注销账号"],
    }


class Taxi(App):
    package = "com.example.taxi"
    label = "顺路打车"

    class Ride(Activity):
        launcher = True
        exported = True

        def on_create(self):
            self.show(Column(Text("顺路打车"), EditText("您要去哪儿", "et_to"), Button("呼叫", "btn_call")))
