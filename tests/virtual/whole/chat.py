"""A chat that never shows a privacy policy.

People nearby behind a modal that nothing closes, a crash where the contacts are refused.
"""

from device_farm.virtual import Activity, App, Button, Canvas, Column, EditText, Image, ListView, Row, Scroll, Switch, Text, WebView
from tests.virtual.whole_kit import Page, Sheet, entry, icon, page, tabs

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"
CALENDAR = "android.permission.READ_CALENDAR"
CAMERA = "android.permission.CAMERA"
MICROPHONE = "android.permission.RECORD_AUDIO"
IMAGES = "android.permission.READ_MEDIA_IMAGES"
PHONE = "android.permission.READ_PHONE_STATE"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"

FRIENDS = (
    "妈妈", "小雨", "张老师", "产品讨论组", "大学同学群", "房东王姐", "快递小哥", "健身教练阿强", "李雷", "韩梅梅", "老班长",
    "阿杰", "表哥", "周末爬山群", "美食探店群", "物业管家", "牙医刘大夫", "二手交易群", "设计师小陈", "外婆",
)  # fmt: skip
STORE = "market://details?id=com.example.changliao.chat"


def draw_doodle(pen):
    """A page that is one painted view: a sheet and a few colours to press."""
    pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")
    pen.text("涂鸦板", pen.width / 2, 40, size=56, colour="#263238", align="center")
    for n, colour in enumerate(("#E53935", "#FB8C00", "#43A047", "#1E88E5", "#8E24AA")):
        pen.rect(60 + n * 200, pen.height - 220, 180 + n * 200, pen.height - 100, colour=colour, radius=60)
    pen.rect(200, 500, 260, 1100, colour="#43A047", radius=30)


class Chat(App):
    package = "com.example.changliao.chat"
    label = "畅聊"
    version_name, version_code = "5.0.2", 5020
    target_sdk = 33
    permissions = ["android.permission.INTERNET", LOCATION, CONTACTS, CALENDAR, CAMERA, MICROPHONE, IMAGES, PHONE, NOTIFICATIONS]
    only_android = ["13"]
    options = ["--clause", "5", "--clause", "1"]
    planted = [
        ("c1-no-privacy-prompt", ""),
        ("c5-dialog-loop", "LOCATION"),  # 附近的人: its modal comes back whatever is pressed
        ("c5-exit-after-denial", "CONTACTS"),  # 添加朋友, 手机联系人: a crash
        ("c5-purpose-not-told", "CALENDAR"),  # a group chat, its page, 群日程
    ]
    expected = {
        "c1-no-privacy-prompt": "violation",
        "c5-dialog-loop": "violation",
        "c5-exit-after-denial": "violation",
        "c5-purpose-not-told": "violation",
        "c5-denial-blocks-login": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "clear",  # a video call needs camera and microphone
    }

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Image("#26A69A", width=240, height=240), gravity="center"))
            self.post_delayed(self.go_on, 1.5)

        def go_on(self):
            self.start_activity("Main" if self.app.prefs.get("entered") else "Welcome")
            self.finish()

    class Welcome(Page):
        links = {"btn_login": "Login", "btn_register": "Register"}

        def on_create(self):
            buttons = (Button("登录", "btn_login"), Button("注册", "btn_register"), Text("先逛逛", "tv_guest"))
            self.show(Column(Text("畅聊"), Text("和朋友聊聊今天"), Image("#B2DFDB", height=1000), *buttons))

        def pressed(self, id):
            self.app.prefs["entered"] = True
            self.start_activity("Main")
            self.finish()

    class Login(Page):
        title = "登录畅聊"
        needs = {"btn_next": 11}
        links = {"btn_next": "Code", "tv_password": "Password", "tv_wechat": "market://details?id=com.example.wechat"}
        asks = {"btn_one_tap": (PHONE, "电话", "一键登录需要电话权限，用于识别本机号码；您也可以用短信验证码登录。")}

        def content(self):
            other = Row(Text("密码登录", "tv_password"), Text("微信登录", "tv_wechat"))
            phone = [EditText("请输入手机号", "et_phone"), Button("下一步", "btn_next", enabled=False)]
            return [*phone, Button("本机号码一键登录", "btn_one_tap"), other]

        def on_permission_result(self, results):
            self.toast("登录成功" if results.get(PHONE) else "请使用短信验证码登录")

    Code = page(
        "Code", "输入验证码", lambda: [EditText("六位验证码", "et_code"), Button("完成", "btn_done", enabled=False)],
        needs={"btn_done": 6}, links={"btn_done": "#验证码错误"},
    )  # fmt: skip
    Password = page(
        "Password", "密码登录", lambda: [EditText("畅聊号", "et_name"), EditText("密码", "et_password"), Button("登录", "btn_login")],
        links={"btn_login": "#账号或密码错误"},
    )  # fmt: skip
    Register = page(
        "Register", "注册账号",
        lambda: [EditText("昵称", "et_name"), EditText("手机号", "et_phone"), Button("注册", "btn_register", enabled=False)],
        needs={"btn_register": 11}, links={"btn_register": "Code"},
    )  # fmt: skip

    class Main(Page):
        FOUND = (
            ("朋友圈", "Moments"), ("扫一扫", "Scan"), ("摇一摇", "Shake"), ("附近的人", "Nearby"), ("直播", "Live"),
            ("小程序", "MiniApps"), ("涂鸦", "Doodle"), ("购物", "http://mall.example.com/"),
            ("游戏", "market://details?id=com.example.game"),
        )  # fmt: skip
        MINE = (("服务", "Services"), ("收藏", "Favorites"), ("表情", "Stickers"), ("设置", "Settings"))
        links = {"iv_search": "Search", "iv_add": "AddFriend", "row_new": "NewFriends", "row_groups": "Groups", "tv_profile": "Profile",
                 "立即更新": STORE, "去评分": STORE}  # fmt: skip

        def on_create(self):
            self.show_tab(0)
            launches = self.app.prefs["launches"] = self.app.prefs.get("launches", 0) + 1
            if launches == 1:
                self.show_dialog("青少年模式", "为了未成年人的健康成长，您可以开启青少年模式。", "去开启", "我知道了")
            elif launches == 2:
                self.show_dialog("发现新版本 5.1.0", "聊天更流畅", "立即更新", "稍后")
            elif launches == 3:
                self.show_dialog("畅聊好用吗", "给个五星好评吧", "去评分", "下次一定")

        def show_tab(self, tab):
            self.tab = tab
            title = ("消息", "通讯录", "发现", "我的名片")[tab]
            bar = Row(Text(title), Row(), icon("iv_search"), icon("iv_add"), gravity="center")
            content = (self.messages, self.friends, self.found, self.mine)[tab]()
            self.show(Column(bar, *content, tabs("畅聊", "通讯录", "发现", "我")))

        def messages(self):
            rows = (Row(Image("#80CBC4", width=120, height=120), Column(Text(name), Text("[图片]")), clickable=True) for name in FRIENDS)
            return [ListView(*rows, id="lv_chats")]

        def friends(self):
            above = entry("新的朋友", "row_new", "1"), entry("群聊", "row_groups")
            return [*above, ListView(*(Row(Text(name), Row(), clickable=True) for name in sorted(FRIENDS)), id="lv_friends")]

        def found(self):
            return self.listed(self.FOUND)

        def mine(self):
            return [Text("游客 8821", "tv_profile"), *self.listed(self.MINE)]

        def on_item_click(self, id, position):
            if id == "lv_friends":
                self.start_activity("Profile")
            else:
                self.start_activity("GroupTalk" if FRIENDS[position].endswith(("群", "组")) else "Talk")

        def pressed(self, id):
            if id.startswith("tab_"):
                self.show_tab(int(id[-1]))
            elif id == "去开启":
                self.start_activity("Teen")

    Teen = page("Teen", "青少年模式", lambda: [Text("开启后不能使用直播和附近的人"), Button("开启", "btn_on")], links={"btn_on": "<"})

    class Talk(Page):
        title = "单聊"
        links = {"iv_more": "More", "iv_info": "TalkInfo", "btn_send": "!发送"}
        asks = {"iv_voice": (MICROPHONE, "麦克风", "发送语音消息需要使用麦克风录音；您也可以发送文字。")}

        def icons(self):
            return [icon("iv_info")]

        def content(self):
            talk = (Text(("在吗？", "周末有空一起吃饭吗", "好的，收到", "[图片]")[n % 4]) for n in range(24))
            below = Row(icon("iv_voice"), EditText("发消息", "et_message"), Button("发送", "btn_send"), icon("iv_more"), gravity="center")
            return [Scroll(*talk), below]

        def on_permission_result(self, results):
            self.toast("按住说话" if results.get(MICROPHONE) else "无法录音，请发送文字")

    GroupTalk = type("GroupTalk", (Talk,), {"title": "群聊消息", "links": {**Talk.links, "iv_info": "GroupInfo"}})

    class More(Sheet):
        title = "更多功能"
        links = {"btn_file": "Files", "btn_money": "!转账"}
        asks = {
            "btn_album": (IMAGES, "相册", "发送图片需要读取相册；您也可以发送文字。"),
            "btn_camera": (CAMERA, "相机", "拍摄照片需要使用相机；您也可以发送文字。"),
        }  # fmt: skip

        def content(self):
            first = Button("相册", "btn_album"), Button("拍摄", "btn_camera"), Button("视频通话", "btn_video")
            return [*first, Button("文件", "btn_file"), Button("转账", "btn_money")]

        def pressed(self, id):
            if id == "btn_video":
                self.show_dialog("相机和麦克风权限使用说明", "视频通话需要使用相机和麦克风，用于采集画面和声音。", "开始通话", "暂不")
            elif id == "开始通话":
                self.request_permissions(CAMERA, MICROPHONE)
            else:
                super().pressed(id)

    Files = page("Files", "选择文件", rows=[(f"文档 {n}.pdf", "#文件已过期", "2 MB") for n in range(1, 20)])
    TalkInfo = page(
        "TalkInfo", "聊天信息", lambda: [Switch("置顶聊天", "sw_top"), Switch("消息免打扰", "sw_mute")],
        rows=(("查找聊天记录", "Search"), ("设置聊天背景", "Background"), ("清空聊天记录", "!删除"), ("投诉", "Report")),
    )  # fmt: skip
    GroupInfo = page(
        "GroupInfo", "群聊信息", lambda: [Switch("保存到通讯录", "sw_save")],
        rows=(("群成员", "Members", "18 人"), ("群公告", "#暂无公告"), ("群日程", "Schedule"), ("退出群聊", "!退出")),
    )  # fmt: skip
    Members = page("Members", "群成员", rows=[(name, "Profile") for name in FRIENDS])

    class Schedule(Page):
        title = "群日程"

        def content(self):
            if not self.app.prefs.get("schedule"):
                self.app.prefs["schedule"] = True
                self.request_permissions(CALENDAR)  # c5-purpose-not-told
            return [Scroll(*(Text(f"4 月 {n} 日 周会") for n in range(1, 28, 7)))]

    Background = page(
        "Background", "聊天背景", lambda: [Scroll(*(Image(colour, "iv_back", height=700) for colour in ("#E0F2F1", "#FFF3E0", "#EDE7F6")))]
    )
    Report = page(
        "Report", "投诉", lambda: [EditText("投诉原因", "et_reason"), Button("提交", "btn_submit", enabled=False)],
        needs={"btn_submit": 4}, links={"btn_submit": "!提交"},
    )  # fmt: skip
    Search = page(
        "Search", "搜索聊天", lambda: [EditText("联系人、聊天记录", "et_search"), Button("搜索", "btn_search", enabled=False)],
        needs={"btn_search": 1}, links={"btn_search": "Found"},
    )  # fmt: skip
    Found = page("Found", "相关记录", rows=[("小雨：周末有空一起吃饭吗", "Talk"), ("李雷：好的，收到", "Talk")])

    class AddFriend(Page):
        title = "添加朋友"
        needs = {"btn_find": 3}
        links = {"btn_find": "Profile", "row_scan": "Scan"}
        asks = {"row_phone": (CONTACTS, "通讯录", "添加手机联系人需要读取通讯录，用于找到已注册畅聊的好友。")}

        def content(self):
            found = [EditText("畅聊号或手机号", "et_name"), Button("查找", "btn_find", enabled=False)]
            return [*found, entry("手机联系人", "row_phone"), entry("扫一扫", "row_scan")]

        def on_permission_result(self, results):
            if not results.get(CONTACTS):
                raise PermissionError("contacts")  # c5-exit-after-denial
            self.toast("没有找到好友")

    NewFriends = page("NewFriends", "新的朋友", lambda: [Text("小美 请求添加你"), Button("接受", "btn_yes")], links={"btn_yes": "!添加"})
    Groups = page("Groups", "我的群聊", rows=[(name, "GroupTalk") for name in FRIENDS if name.endswith(("群", "组"))])
    Profile = page(
        "Profile", "个人资料", lambda: [Text("畅聊号 chat8821"), Button("发消息", "btn_talk"), Button("拨打电话", "btn_call")],
        rows=(("朋友圈", "Moments"),), links={"btn_talk": "Talk", "btn_call": "!拨打"},
    )  # fmt: skip

    class Moments(Page):
        title = "朋友圈"
        links = {"iv_camera": "MomentEdit"}

        def icons(self):
            return [icon("iv_camera")]

        def content(self):
            rows = (Column(Text(name), Text("今天天气真好"), Image("#B3E5FC", height=300), clickable=True) for name in FRIENDS[:14])
            return [ListView(*rows, id="lv_moments")]

        def on_item_click(self, id, position):
            self.start_activity("Moment")

    Moment = page(
        "Moment", "动态详情",
        lambda: [Text("今天天气真好"), Image("#B3E5FC", height=900), Row(EditText("评论", "et_comment"), Button("发送", "btn_send"))],
        links={"btn_send": "!发送"},
    )  # fmt: skip
    MomentEdit = page(
        "MomentEdit", "发表动态",
        lambda: [EditText("这一刻的想法", "et_text"), icon("iv_picture"), Switch("公开", "sw_open"), Button("发表", "btn_post")],
        links={"btn_post": "!发布"}, asks={"iv_picture": (IMAGES, "相册", "添加图片需要读取相册；您也可以只发表文字。")},
    )  # fmt: skip
    Scan = page(
        "Scan", "扫描名片码", lambda: [Image("#212121", height=1200), Button("打开相机", "btn_scan"), Button("我的二维码", "btn_code")],
        links={"btn_code": "MyCode"}, asks={"btn_scan": (CAMERA, "相机", "扫描二维码需要使用相机，用于识别好友名片。")},
    )  # fmt: skip
    MyCode = page("MyCode", "我的二维码", lambda: [Image("#263238", width=700, height=700), Text("扫一扫，加我为好友")])

    class Shake(Page):
        title = "摇一摇"

        def content(self):
            self.register_sensor()
            self.state = Text("摇动手机，发现同时在摇的人")
            return [self.state, Image("#B2DFDB", height=900)]

        def on_sensor(self, values):
            if max(map(abs, values)) > 15:
                self.state.text = "没有找到同时在摇的人"
                self.invalidate()

    class Nearby(Page):
        title = "附近的人"
        asks = {"ask": (LOCATION, "位置", "附近的人需要位置权限，用于查找离您近的用户。")}

        def content(self):
            self.on_click("ask")
            return [Text("正在定位")]

        def pressed(self, id):
            if id == "去设置":
                self.open_settings()
            if id in ("暂不", "取消", "去设置"):
                self.on_permission_result({})

        def on_permission_result(self, results):
            if results.get(LOCATION):
                self.toast("附近暂时没有人")
            else:  # c5-dialog-loop
                self.show_dialog("需要位置权限", "未获得位置权限，无法查看附近的人", "去设置", "取消", cancelable=False)

    class Live(Page):
        title = "直播间"
        links = {"btn_gift": "!支付"}

        def content(self):
            self.number, self.state = 3200, Text("3200 人在看")
            self.post_delayed(self.tick, 1)
            return [Image("#4A148C", height=1300), self.state, Row(Button("送礼物", "btn_gift"), Button("退出", "iv_back"))]

        def tick(self):
            self.number += 7
            self.state.text = f"{self.number} 人在看"
            self.invalidate()
            if self.number < 5000:
                self.post_delayed(self.tick, 1)

    MiniApps = page("MiniApps", "小程序", rows=(("天天答题", "MiniApp"), ("快递查询", "MiniApp"), ("记账本", "MiniApp")))
    MiniApp = page("MiniApp", "答题小程序", lambda: [WebView(Text("第 1 题：一年有几个季节？"), Button("四个", "a1"), accessible=False)])

    class Doodle(Page):
        def on_create(self):
            self.show(Canvas(draw_doodle, "doodle_view"))

    Services = page("Services", "生活服务", rows=(("零钱", "Wallet"), ("手机充值", "!支付"), ("城市服务", "http://city.example.com/")))
    Wallet = page("Wallet", "我的零钱", lambda: [Text("¥0.00"), Button("提现", "btn_out")], links={"btn_out": "!提现"})
    Favorites = page("Favorites", "我的收藏", rows=[("小雨 的照片", "#图片已过期"), ("会议地址", "#已复制")])
    Stickers = page("Stickers", "表情商店", rows=[(f"表情包 {n}", "Sticker") for n in range(1, 24)])
    Sticker = page("Sticker", "表情详情", lambda: [Image("#FFF9C4", height=600), Button("添加", "btn_add")], links={"btn_add": "#已添加"})
    Settings = page(
        "Settings", "设置",
        rows=(("账号与安全", "Account"), ("新消息通知", "Notify"), ("隐私", "Privacy"), ("帮助与反馈", "Help"),
              ("关于畅聊", "About"), ("退出登录", "!退出登录")),
    )  # fmt: skip
    Account = page("Account", "账号与安全", rows=(("手机号", "Login", "未绑定"), ("登录设备", "#本机"), ("注销账号", "!注销账号")))
    Notify = page(
        "Notify", "新消息通知", lambda: [Button("开启系统通知", "btn_notify"), Switch("声音", "sw_sound", checked=True)],
        asks={"btn_notify": (NOTIFICATIONS, "通知", "开启通知后，您可以及时收到好友消息。")},
    )  # fmt: skip

    class Privacy(Page):
        title = "隐私"
        rows = (("黑名单", "#暂无"), ("系统权限", ""))

        def content(self):
            return [Switch("加我时需要验证", "sw_verify", checked=True), Switch("允许通过手机号找到我", "sw_phone", checked=True)]

        def pressed(self, id):
            self.open_settings()

    Help = page("Help", "帮助与反馈", lambda: [WebView(Text("收不到消息", "q1"), Text("怎样找回密码", "q2"))],
                links={"q1": "Answer", "q2": "Answer"})  # fmt: skip
    Answer = page("Answer", "帮助详情", lambda: [WebView(Text("请检查网络和系统通知设置。"))])
    About = page("About", "关于畅聊", rows=(("功能介绍", "#敬请期待"), ("服务协议", "Agreement"), ("给畅聊评分", STORE)))
    Agreement = page("Agreement", "服务协议", lambda: [WebView(*(Text(f"第{n}条 您应遵守法律法规。") for n in "一二三四五六"))])

    _home = ["先逛逛", "我知道了"]
    _talk = [*_home, "健身教练阿强"]
    _group = [*_home, "周末爬山群", "iv_info"]
    _found = [*_home, "发现"]
    _mine = [*_home, "tab_3"]
    _settings = [*_mine, "设置"]
    routes = {
        "Splash/": [],
        "Welcome/畅聊": ["wait:2"],
        "Login/登录畅聊": ["登录", "本机号码一键登录", "继续", "deny"],
        "Code/输入验证码": ["登录", "et_phone=13800138000", "下一步", "et_code=123456", "完成"],
        "Password/密码登录": ["登录", "密码登录"],
        "Register/注册账号": ["注册"],
        "Main/消息": [*_home, "relaunch", "稍后"],
        "Main/通讯录": [*_home, "tab_1"],
        "Main/发现": _found,
        "Main/我的名片": _mine,
        "Teen/青少年模式": ["先逛逛", "去开启"],
        "Talk/单聊": [*_talk, "iv_voice", "继续", "deny"],
        "GroupTalk/群聊消息": [*_home, "二手交易群"],
        "More/更多功能": [*_talk, "iv_more", "视频通话", "开始通话", "deny", "deny", "相册", "继续", "deny"],
        "Files/选择文件": [*_talk, "iv_more", "文件"],
        "TalkInfo/聊天信息": [*_talk, "iv_info"],
        "GroupInfo/群聊信息": _group,
        "Members/群成员": [*_group, "群成员"],
        "Schedule/群日程": [*_group, "群日程", "deny"],
        "Background/聊天背景": [*_talk, "iv_info", "设置聊天背景"],
        "Report/投诉": [*_talk, "iv_info", "投诉"],
        "Search/搜索聊天": [*_home, "iv_search"],
        "Found/相关记录": [*_home, "iv_search", "et_search=chifan", "搜索"],
        "AddFriend/添加朋友": [*_home, "iv_add", "手机联系人", "继续", "deny"],
        "NewFriends/新的朋友": [*_home, "tab_1", "新的朋友"],
        "Groups/我的群聊": [*_home, "tab_1", "群聊"],
        "Profile/个人资料": [*_home, "tab_1", "韩梅梅"],
        "Moments/朋友圈": [*_found, "朋友圈"],
        "Moment/动态详情": [*_found, "朋友圈", "张老师"],
        "MomentEdit/发表动态": [*_found, "朋友圈", "iv_camera", "iv_picture", "继续", "deny"],
        "Scan/扫描名片码": [*_found, "扫一扫", "打开相机", "继续", "deny"],
        "MyCode/我的二维码": [*_found, "扫一扫", "我的二维码"],
        "Shake/摇一摇": [*_found, "摇一摇"],
        "Nearby/附近的人": [*_found, "附近的人", "继续", "deny", "取消", "取消", "back", "取消"],
        "Live/直播间": [*_found, "直播"],
        "MiniApps/小程序": [*_found, "小程序"],
        "MiniApp/答题小程序": [*_found, "小程序", "快递查询"],
        "Doodle/涂鸦板": [*_found, "涂鸦"],
        "Services/生活服务": [*_mine, "服务"],
        "Wallet/我的零钱": [*_mine, "服务", "零钱"],
        "Favorites/我的收藏": [*_mine, "收藏"],
        "Stickers/表情商店": [*_mine, "表情"],
        "Sticker/表情详情": [*_mine, "表情", "表情包 20"],
        "Settings/设置": _settings,
        "Account/账号与安全": [*_settings, "账号与安全"],
        "Notify/新消息通知": [*_settings, "新消息通知", "开启系统通知", "继续", "deny"],
        "Privacy/隐私": [*_settings, "隐私"],
        "Help/帮助与反馈": [*_settings, "帮助与反馈"],
        "Answer/帮助详情": [*_settings, "帮助与反馈", "怎样找回密码"],
        "About/关于畅聊": [*_settings, "关于畅聊"],
        "Agreement/服务协议": [*_settings, "关于畅聊", "服务协议"],
    }
    screens = list(routes)
    dangers = {
        "发送": [*_talk, "et_message=hello", "发送"],
        "转账": [*_talk, "iv_more", "转账"],
        "拨打": [*_home, "tab_1", "李雷", "拨打电话"],
        "支付": [*_found, "直播", "送礼物"],
        "提现": [*_mine, "服务", "零钱", "提现"],
        "删除": [*_talk, "iv_info", "清空聊天记录"],
        "注销账号": [*_settings, "账号与安全", "注销账号"],
    }
