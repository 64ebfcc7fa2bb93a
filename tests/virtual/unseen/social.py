"""A dating and short video app: painted feed, icons with descriptions only, sheets, no consent at all.

Faults:

- c1-no-privacy-prompt: nothing of the privacy policy is shown at the first start; it is linked from the login and 关于
  only.
- c1-permission-before-consent, c5-asks-before-use (LOCATION): the feed asks for the location at once; it is told, and
  asked once.
- c5-denial-blocks-login (PHONE): 我 > 登录: both ways want the phone permission and open nothing without it; it is
  told.
- c5-dialog-loop (CAMERA): 发布 > 拍视频: after a denial Android asks again, then the app's own word comes twice; the
  use is told.
- c5-purpose-not-told (MICROPHONE): 消息 > 语音匹配 > 开始匹配 asks without a word.

Innocent: 同城 > 附近的人 explains and asks for the location when used and lists people of the city without it;
青少年模式 and the rating are closed by one press; 保存到相册 needs no permission; a library for adverts starts its
service and reads nothing.
"""

from device_farm.virtual import App, Button, Canvas, Column, EditText, Image, ListView, Row, Scroll, Sdk, Service, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

LOCATION = "android.permission.ACCESS_COARSE_LOCATION"
CAMERA = "android.permission.CAMERA"
MICROPHONE = "android.permission.RECORD_AUDIO"
PHONE = "android.permission.READ_PHONE_STATE"
START = ["tv_jump", "好的", "deny", "我知道了"]  # from the advert to the feed


def head(title, *right):
    return Row(picture("#EC407A", says="转到上一层级", size=80, id="nav_up"), Text(title), Row(), *right, gravity="center")


class Listed(Screen):
    """A ListView of words; ``rows`` are (text, link)."""

    title = ""
    rows = ()
    extra = ()

    def body(self):
        rows = ListView(*(Row(Text(text), Row()) for text, _ in self.rows), id="listview")
        return Column(head(self.title), *(make() for make in self.extra), rows)

    links = {"nav_up": "<"}

    def on_item_click(self, id, position):
        self.follow(self.rows[position][1])


class Social(App):
    package = "com.yujianlu.dating"
    label = "遇见鹿"
    version_name, version_code = "3.7.1", 371
    target_sdk = 31
    permissions = [LOCATION, CAMERA, MICROPHONE, PHONE]
    innocent = False
    dangers = ["发布", "充值 6 元", "拉黑", "发送", "注销账号"]
    screens = [
        "Splash/广告", "Main/推荐", "Main/关注的人", "Main/同城", "Main/消息", "Main/我", "Comments/评论 23", "Share/分享到", "User/鹿小夏",
        "Album/她的相册", "Report/举报", "Filter/筛选", "Pub/发布动态", "Write/写动态", "Sys/系统通知", "Interact/互动消息",
        "Chat/小鹿助手",
        "Voice/语音匹配", "Login/欢迎来到遇见鹿", "Wallet/我的鹿币", "Vip/鹿会员", "Settings/设置", "Black/黑名单", "Teen/青少年模式",
        "NoticeSet/通知设置", "About/关于遇见鹿", "Web/用户协议", "Web/隐私政策", "Find/搜索用户",
    ]  # fmt: skip
    walk = [
        ["tv_jump", "好的", "deny", "我知道了", "评论", "back", "分享", "back", "头像", "她的相册", "back", "更多", "举报", "back", "back",
         "关注", "返回推荐", "搜索", "back", "同城", "筛选", "完成", "附近的人", "好的", "deny", "发布动态", "写文字", "back", "back",
         "消息列表", "系统通知",
         "back", "互动消息", "back", "小鹿助手", "back", "语音匹配", "开始匹配", "deny", "back", "我的主页", "登录", "用户协议", "back",
         "一键登录", "好的", "deny", "back", "鹿币", "back", "鹿会员", "back", "iv_set", "黑名单", "back", "青少年模式", "back",
         "通知设置", "back",
         "关于遇见鹿", "隐私政策"],
    ]  # fmt: skip
    proofs = {
        ("c1-no-privacy-prompt", ""): ["tv_jump"],
        ("c1-permission-before-consent", "LOCATION"): ["tv_jump", "好的"],
        ("c5-asks-before-use", "LOCATION"): ["tv_jump", "好的"],
        ("c5-denial-blocks-login", "PHONE"): [*START, "我的主页", "登录", "其他手机号登录", "好的", "Sms/输入验证码"],
        ("c5-dialog-loop", "CAMERA"): [*START, "发布动态", "拍视频", "好的", "deny", "deny", "取消", "取消"],
        ("c5-purpose-not-told", "MICROPHONE"): [*START, "消息列表", "语音匹配", "开始匹配"],
    }  # fmt: skip
    planted = list(proofs)

    class Ads(Sdk):
        name = "穿山云广告"
        package = "com.chuanshan.ads"

        class Cache(Service):
            process = ":ads"

    class Splash(Screen):
        launcher = True
        left = 3

        def body(self):
            return Column(
                Row(Text("广告"), Row(), Text("跳过", id="tv_jump")), Image("#AD1457", id="iv_ad", height=1900), Text("点击跳转详情页")
            )

        def on_create(self):
            self.draw()
            self.start_service("Cache")
            self.post_delayed(self.leave, 4)

        def leave(self):
            if self.left:
                self.left = 0
                self.start_activity("Main")
                self.finish()

        def pressed(self, id):
            if id == "tv_jump":
                self.leave()
            elif id == "iv_ad":
                self.open_url("https://ads.example.com/summer")

    class Main(Screen):
        tab = "home"
        links = {
            "ic_find": "Find", "ic_comment": "Comments", "ic_share": "Share", "ic_head": "User", "ic_like": "Login", "p_0": "User",
            "p_1": "User",
            "ic_filter": "Filter", "plus": "Pub", "btn_login": "Login", "coin": "Wallet", "vip": "Vip", "iv_set": "Settings",
        }  # fmt: skip
        messages = [("系统通知", "Sys"), ("互动消息", "Interact"), ("小鹿助手", "Chat"), ("语音匹配", "Voice")]

        def body(self):
            marks = [
                ("tab_home", "推荐列表"),
                ("tab_city", "附近列表"),
                ("plus", "发布动态"),
                ("tab_msg", "消息列表"),
                ("tab_me", "我的主页"),
            ]
            bar = Row(*(Column(picture("#FF80AB", size=90, says=says), id=id, clickable=True) for id, says in marks))
            return Column({"home": self.feed, "follow": self.follows, "city": self.city, "msg": self.list, "me": self.me}[self.tab](), bar)

        def feed(self):
            side = Column(*(picture(id=id, says=says, size=100) for id, says in (
                ("ic_head", "头像"), ("ic_like", "点赞"), ("ic_comment", "评论"), ("ic_share", "分享"))))  # fmt: skip
            tops = Row(
                Text("推荐", id="top_home"),
                Text("关注", id="top_follow"),
                Text("同城", id="top_city"),
                Row(),
                picture(id="ic_find", says="搜索"),
            )
            return Column(tops, Canvas(self.paint), Row(Text("鹿小夏：海边的风好舒服"), side))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#263238")
            pen.rect(200, 300, pen.width - 200, pen.height - 200, colour="#4DD0E1", radius=40)
            pen.text("▶", pen.width / 2, pen.height / 2, size=90, colour="#FFFFFF", align="center")

        def follows(self):
            return Column(
                Text("关注的人"), Text("登录后查看你关注的人"), Button("登录", "btn_login"), Text("返回推荐", id="top_home"), Row()
            )

        def city(self):
            people = [
                Row(picture("#F8BBD0", size=150), Text(name), id=f"p_{n}", clickable=True) for n, name in enumerate(["阿泽 25", "小满 23"])
            ]
            near = Text("附近的人", id="near")
            return Column(
                Row(Text("同城"), near, Row(), picture(id="ic_filter", says="筛选")), Scroll(*people), picture(id="ic_roll", says="换一批")
            )

        def list(self):
            rows = ListView(*(Row(picture(), Text(name)) for name, _ in self.messages), id="rv_messages")
            return Column(Text("消息"), rows)

        def me(self):
            cells = [
                Column(picture(), Text(name), id=id, clickable=True)
                for name, id in (("鹿币", "coin"), ("鹿会员", "vip"), ("我的装扮", "skin"))
            ]
            return Column(
                Row(Text("我"), Row(), picture(id="iv_set")),
                Button("登录", "btn_login"),
                *grid(3, cells),
                Text("好评鼓励", id="rate"),
                Row(),
            )

        def on_create(self):
            self.draw()
            if not self.app.prefs.get("located"):
                self.app.prefs["located"] = True
                self.ask(LOCATION, "位置权限使用说明", "位置权限用于为您推荐同城的有趣的人", "好的", "取消")
            else:
                self.teen()

        def on_item_click(self, id, position):
            self.follow(self.messages[position][1])

        def teen(self):
            if not self.app.prefs.get("teen"):
                self.app.prefs["teen"] = True
                words = "为呵护未成年人健康成长，遇见鹿推出青少年模式"
                self.draw(sheet(picture("#FFE082"), Text(words), Text("进入青少年模式 >", id="tv_teen"), Button("我知道了", "btn_known")))

        def answered(self, permission, granted):
            if self.tab == "city":
                self.toast("已按距离排序" if granted and self.read_location() else "未开启位置，为您展示同城的人")
            self.teen()

        def pressed(self, id):
            tab = {"tab_home": "home", "top_home": "home", "top_follow": "follow", "tab_city": "city", "top_city": "city", "tab_msg": "msg"}
            if id in tab or id == "tab_me":
                self.tab = tab.get(id, "me")
                self.draw()
            elif id == "near":
                self.ask(LOCATION, "位置权限使用说明", "位置权限用于查找您附近的人。不开启时为您展示同城的人。", "好的", "取消")
            elif id == "rate":
                self.show_dialog("喜欢遇见鹿吗", "给个好评吧", "去评分", "残忍拒绝")
            elif id == "去评分":
                self.open_market(self.app.package)
            elif id in ("btn_known", "取消"):
                self.teen() if id == "取消" else self.draw()
            elif id == "tv_teen":
                self.draw()
                self.start_activity("Teen")
            elif id == "ic_roll":
                self.toast("没有更多了")
            elif id == "skin":
                self.toast("请先登录")

    class Comments(Screen):
        translucent = True
        links = {"bg": "<", "say": "Login"}

        def body(self):
            return sheet(Text("评论 23"), Text("好美！"), Text("在哪里呀"), Text("说点什么...", id="say"), gravity="bottom", id="bg")

    class Share(Screen):
        translucent = True
        links = {"bg": "<", "s_0": "#未安装微信", "s_1": "#链接已复制", "s_2": "#已保存", "cancel": "<"}

        def body(self):
            cells = [
                Column(picture(), Text(name), id=f"s_{n}", clickable=True) for n, name in enumerate(["微信", "复制链接", "保存到相册"])
            ]
            return sheet(Text("分享到"), *grid(3, cells), Button("取消", "cancel"), gravity="bottom", id="bg")

    class User(Screen):
        links = {"nav_up": "<", "album": "Album", "dots": "Report", "hello": "Login"}

        def body(self):
            words = [Text("24 岁 · 天秤座"), Text("喜欢海、猫和吉他")]
            dots = picture(says="更多", id="dots")
            return Column(Row(Text("鹿小夏"), Row(), dots), *words, Text("她的相册", id="album"), Row(), Button("打招呼", "hello"))

    class Album(Screen):
        at = 0

        def body(self):
            colours = ["#FFAB91", "#80CBC4", "#CE93D8"]
            return Column(Text("她的相册"), Image(colours[self.at], id="photo", height=1500), Text(f"{self.at + 1}/3"))

        def pressed(self, id):
            self.at = (self.at + 1) % 3
            self.draw()

    Report = made("Report", Listed, title="举报", rows=[("垃圾广告", "#感谢您的反馈"), ("虚假资料", "#感谢您的反馈"), ("拉黑", "!拉黑")])

    class Filter(Screen):
        translucent = True
        links = {"done": "<"}

        def body(self):
            return sheet(
                Text("筛选"),
                Switch("只看女生", id="girls"),
                Switch("只看在线", id="online"),
                Button("完成", "done"),
                gravity="bottom",
                id="bg",
            )

    class Pub(Screen):
        translucent = True
        links = {"write": "Write", "bg": "<"}
        nags = 0

        def body(self):
            rows = [Row(picture(), Text(name), id=id, clickable=True) for name, id in (("拍视频", "shoot"), ("写文字", "write"))]
            return sheet(Text("发布动态"), *rows, gravity="bottom", id="bg")

        def pressed(self, id):
            if id == "shoot":
                self.nags = 0
                self.ask(CAMERA, "相机权限使用说明", "相机权限用于拍摄视频动态", "好的", "以后再说", settings="好的")
            elif id == "取消" and self.nags < 2:
                self.nag()
            elif id == "去开启":
                self.open_settings()

        def answered(self, permission, granted):
            if granted:
                self.toast("开始拍摄" if self.use_camera() else "相机被占用")
            elif self.app.prefs[f"refused {CAMERA}"] == 1:
                self.request_permissions(CAMERA)
            else:
                self.nag()

        def nag(self):
            self.nags += 1
            self.show_dialog("无法使用相机", "请开启相机权限，否则无法拍摄视频", "去开启", "取消", cancelable=False)

    class Write(Screen):
        links = {"nav_up": "<", "send": "!发布", "topic": "#暂无话题"}

        def body(self):
            return Column(
                head("写动态", Button("发布", "send")), EditText("此刻的心情...", id="words"), Text("# 添加话题", id="topic"), Row()
            )

    Sys = made("Sys", Listed, title="系统通知", rows=[("版本更新说明", "#已是最新版本"), ("社区公约", "Web?用户协议")])
    Interact = made("Interact", Listed, title="互动消息", rows=[("暂无互动", "#去认识新朋友吧")])

    class Chat(Screen):
        links = {"nav_up": "<", "q1": "#完善资料更容易被看到", "send": "!发送"}

        def body(self):
            line = Row(EditText("输入消息", id="et_chat"), Button("发送", "send"))
            return Column(head("小鹿助手"), Text("你好呀，我是小鹿助手"), Text("怎样获得更多喜欢？", id="q1"), Row(), line)

    class Voice(Screen):
        links = {"nav_up": "<"}

        def body(self):
            return Column(head("语音匹配"), Row(), Text("8 分钟，遇见一个声音"), Button("开始匹配", "match"), Row())

        def pressed(self, id):
            if id == "match":
                self.request_permissions(MICROPHONE)

        def answered(self, permission, granted):
            self.toast("正在匹配" if granted and self.use_microphone() else "未能开始匹配")

    class Login(Screen):
        links = {"nav_up": "<", "deal": "Web?用户协议", "policy": "Web?隐私政策"}
        way = ""

        def body(self):
            deal = Row(Text("登录即同意"), Text("用户协议", id="deal"), Text("隐私政策", id="policy"))
            ways = [Button("一键登录", "one"), Text("其他手机号登录", id="other")]
            return Column(head("欢迎来到遇见鹿"), Row(), *ways, Row(), deal)

        def pressed(self, id):
            if id in ("one", "other"):
                self.way = "OneTap" if id == "one" else "Sms"
                if self.check_self_permission(PHONE):
                    self.start_activity(self.way)
                else:
                    self.ask(PHONE, "电话权限使用说明", "电话权限用于识别本机号码，完成登录", "好的", "取消")

        def answered(self, permission, granted):
            if granted:
                self.start_activity(self.way)
            else:
                self.toast("未授权电话权限，无法登录")

    OneTap = made("OneTap", Listed, title="确认登录", rows=[("138****0000", "#登录失败")])
    Sms = made("Sms", Listed, title="输入验证码", extra=[lambda: EditText("手机号", id="phone"), lambda: EditText("验证码", id="code")])
    Wallet = made("Wallet", Listed, title="我的鹿币", rows=[("充值 6 元", "!充值 6 元"), ("鹿币明细", "#暂无明细")])
    Vip = made("Vip", Listed, title="鹿会员", rows=[("谁看过我", "Login"), ("无限打招呼", "Login")])
    Settings = made("Settings", Listed, title="设置", rows=[
        ("通知设置", "NoticeSet"), ("黑名单", "Black"), ("青少年模式", "Teen"), ("清理缓存", "#已清理"), ("关于遇见鹿", "About"),
        ("注销账号", "!注销账号")])  # fmt: skip
    Black = made("Black", Listed, title="黑名单", rows=[("暂无", "#你很友善")])
    Teen = made("Teen", Listed, title="青少年模式", extra=[lambda: Text("开启后每日使用 40 分钟"), lambda: Text("未成年人保护计划")])
    NoticeSet = made("NoticeSet", Listed, title="通知设置", extra=[
        lambda: Switch("新消息提醒", id="n1", checked=True), lambda: Switch("声音", id="n2"), lambda: Switch("震动", id="n3")])  # fmt: skip
    About = made("About", Listed, title="关于遇见鹿", rows=[("用户协议", "Web?用户协议"), ("隐私政策", "Web?隐私政策")])

    class Find(Screen):
        links = {"go": "#没有找到相关用户"}

        def body(self):
            return Column(Text("搜索用户"), Row(EditText("昵称或 ID", id="key"), Button("搜索", "go")), Row())

    class Web(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "网页"
            return Column(WebView(Text(title), *(Text(f"{n}. 请您遵守社区规范，友善交流。") for n in range(1, 15))))
