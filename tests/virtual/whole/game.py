"""A game that paints itself.

A consent without refusal, two permissions at once before anything is played, a loop and an exit deep inside.

What it does right, and must not be accused of: a guest may play, the real-name page can be closed, the players nearby
are shown with the purpose told and without the location too. One corner, the battle of servers, needs a newer version.
"""

from device_farm.virtual import Activity, App, Button, Canvas, Column, EditText, Image, Row, Scroll, Switch, Text, WebView

PHONE, LOCATION = "android.permission.READ_PHONE_STATE", "android.permission.ACCESS_FINE_LOCATION"
CAMERA, MICROPHONE = "android.permission.CAMERA", "android.permission.RECORD_AUDIO"

STATUS_BAR = 118  # pixels above the content of a window
INK, GOLD, NIGHT, TILE, DARK = "#F6E7C1", "#D9A441", "#2B1D14", "#5A3A22", "#8C1C13"
POLICY = "我们将收集您的设备标识、位置信息用于账号安全、未成年人防沉迷和附近玩家匹配，语音聊天时会使用麦克风。"

LOBBY = "wait:3 同意并进入游戏 下一步 deny deny 游客登录 iv_close 我知道了 进入游戏 关闭"
ROUTES = {
    "Splash/琅琊互娱": "",
    "Splash/用户协议与隐私政策": "wait:3",
    "Web/用户协议": "wait:3 tv_terms",
    "Web/隐私政策": "wait:3 tv_policy",
    "Splash/权限使用说明": "wait:3 同意并进入游戏",
    "SdkLogin/欢迎登录": "wait:3 同意并进入游戏 下一步 deny deny",
    "SmsLogin/手机号登录": "wait:3 同意并进入游戏 下一步 deny deny 手机号登录",
    "RealName/实名认证": "wait:3 同意并进入游戏 下一步 deny deny 游客登录",
    "Notice/游戏公告": "wait:3 同意并进入游戏 下一步 deny deny 游客登录 iv_close",
    "Servers/选择服务器": "wait:3 同意并进入游戏 下一步 deny deny 游客登录 iv_close 我知道了",
    "Lobby/七日签到": "wait:3 同意并进入游戏 下一步 deny deny 游客登录 iv_close 我知道了 进入游戏",
    "Lobby/主城": LOBBY,
    "Campaign/战役地图": f"{LOBBY} 征战",
    "Formation/布阵": f"{LOBBY} 征战 第一章",
    "Battle/战斗中": f"{LOBBY} 征战 第一章 开始战斗",
    "Battle/战斗胜利": f"{LOBBY} 征战 第一章 开始战斗 wait:4",
    "Heroes/武将": f"{LOBBY} 武将",
    "HeroDetail/武将详情": f"{LOBBY} 武将 赵子云",
    "HeroStory/武将传记": f"{LOBBY} 武将 赵子云 传记",
    "Bag/背包": f"{LOBBY} 背包",
    "ItemDetail/道具详情": f"{LOBBY} 背包 疾行靴",
    "Shop/商城": f"{LOBBY} 商城",
    "Guild/公会": f"{LOBBY} 公会",
    "GuildHall/公会大厅": f"{LOBBY} 公会 青龙会",
    "Friends/好友": f"{LOBBY} 好友",
    "Nearby/附近玩家": f"{LOBBY} 好友 附近玩家 deny",
    "Player/玩家信息": f"{LOBBY} 好友 附近玩家 deny 雨夜听风",
    "Mail/邮件": f"{LOBBY} 邮件",
    "MailDetail/邮件详情": f"{LOBBY} 邮件 开服大礼",
    "Rank/排行榜": f"{LOBBY} 排行榜",
    "Events/活动中心": f"{LOBBY} 活动",
    "Update/发现新版本": f"{LOBBY} 跨服战场",
    "Lord/主公信息": f"{LOBBY} 主公",
    "Avatar/更换头像": f"{LOBBY} 主公 更换头像",
    "Settings/游戏设置": f"{LOBBY} 设置",
    "Redeem/兑换礼包": f"{LOBBY} 设置 礼包兑换码",
    "Redeem/兑换结果": f"{LOBBY} 设置 礼包兑换码 et_code=TEST1234 立即兑换",
    "Service/客服中心": f"{LOBBY} 设置 联系客服",
}


class Native(Activity):
    """A page of the channel's library, made of Android's own views.

    ``goes``: id -> page; ``dangers``: id -> what it would do.
    """

    goes: dict[str, str] = {}
    dangers: dict[str, str] = {}

    def on_click(self, id):
        if id == "iv_back":
            self.finish()
        elif id in self.dangers:
            self.app.prefs["pressed_danger"] = self.dangers[id]
            self.toast(f"{self.dangers[id]}成功")
        elif id in self.goes:
            page, _, title = self.goes[id].partition(":")
            self.start_activity(page, title=title)
        else:
            self.pressed(id)

    def pressed(self, id):
        pass

    def page(self, title, *parts):
        self.show(Column(Row(Image("icons/back.png", id="iv_back"), Text(title), background="#F3E9D8"), Scroll(*parts)))


class Scene(Activity):
    """A painted page: ``title``, lines of text, and tiles in two columns; a tile is (text, what a touch on it does)."""

    title = ""
    lines: tuple[str, ...] = ()
    tiles: tuple[tuple[str, str], ...] = ()

    def on_create(self):
        self.spots = []
        self.show(Canvas(self.paint, id="unity_surface"))

    def paint(self, pen):
        self.spots = []
        pen.rect(0, 0, pen.width, pen.height, colour=NIGHT)
        pen.rect(0, 0, pen.width, 170, colour=DARK)
        pen.text(self.title, pen.width / 2, 55, size=60, colour=INK, align="center")
        for n, line in enumerate(self.lines):
            pen.text(line, 60, 220 + 70 * n, size=40, colour=INK)
        top = 260 + 70 * len(self.lines)
        for n, (text, act) in enumerate(self.tiles):
            left = 50 + n % 2 * (pen.width - 50) / 2
            self.spot(pen, text, act, left, top + n // 2 * 250, left + (pen.width - 150) / 2, top + n // 2 * 250 + 210)
        if self.title != "主城":
            self.spot(pen, "返回", "back", 40, pen.height - 170, 260, pen.height - 50, colour=DARK)

    def spot(self, pen, text, act, left, top, right, bottom, *, colour=TILE):
        pen.rect(left, top, right, bottom, colour=GOLD, radius=24)
        pen.rect(left + 6, top + 6, right - 6, bottom - 6, colour=colour, radius=20)
        pen.text(text, (left + right) / 2, (top + bottom) / 2 - 24, size=48, colour=INK, align="center")
        self.spots.append((left, top, right, bottom, act))

    def on_touch(self, id, x, y):
        y -= STATUS_BAR
        hits = [act for left, top, right, bottom, act in self.spots if left <= x < right and top <= y < bottom]
        if hits:
            self.act(hits[-1])

    def act(self, act):
        kind, _, word = act.partition(":")
        if kind == "back":
            self.finish()
        elif kind == "go":
            self.start_activity(word)
        elif kind == "danger":
            self.app.prefs["pressed_danger"] = word
            self.toast(f"{word}成功")
        elif kind == "toast":
            self.toast(word)
        else:
            self.acted(act)

    def acted(self, act):
        pass


def scene(name, title, lines, *tiles):
    """A painted page of which the table is all there is to tell."""
    return type(name, (Scene,), {"title": title, "lines": lines, "tiles": tiles})


class Game(App):
    package = "com.example.longyin.game"
    label = "龙隐三国"
    version_name, version_code = "3.6.0", 360
    target_sdk = 31
    permissions = [PHONE, LOCATION, CAMERA, MICROPHONE, "android.permission.INTERNET", "android.permission.VIBRATE"]
    screens = list(ROUTES)
    routes = {screen: path.split() for screen, path in ROUTES.items()}
    dangers = {"充值": f"{LOBBY} 商城 6元礼包".split(), "退出登录": f"{LOBBY} 设置 退出登录".split()}
    planted = [
        ("c1-consent-without-refusal", ""),
        ("c5-bundled-request", ""),
        ("c5-asks-before-use", "PHONE"),
        ("c5-asks-before-use", "LOCATION"),
        ("c5-dialog-loop", "CAMERA"),
        ("c5-exit-after-denial", "MICROPHONE"),
    ]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-consent-without-refusal": "violation",
        "c5-bundled-request": "violation",
        "c5-asks-before-use": "violation",
        "c5-dialog-loop": "violation",
        "c5-exit-after-denial": "violation",
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
    }

    class Splash(Native):
        launcher = True
        goes = {"tv_terms": "Web:用户协议", "tv_policy": "Web:隐私政策"}

        def on_create(self):
            self.show(Canvas(self.logo, id="splash"))
            following = self.login if self.app.prefs.get("explained") else self.explain
            self.post_delayed(following if self.app.prefs.get("consent") else self.consent, 3)

        def logo(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")
            pen.rect(pen.width / 2 - 180, 800, pen.width / 2 + 180, 1160, colour=DARK, radius=80)
            pen.text("琅琊互娱", pen.width / 2, 1230, size=70, align="center")
            pen.text("抵制不良游戏，拒绝盗版游戏。适度游戏益脑，沉迷游戏伤身。", pen.width / 2, pen.height - 160, size=34, align="center")

        def consent(self):
            links = Row(Text("《用户协议》", id="tv_terms"), Text("《隐私政策》", id="tv_policy"))
            card = Column(Text("用户协议与隐私政策"), Text("欢迎来到龙隐三国！请您仔细阅读以下协议。" + POLICY), links,
                          Button("同意并进入游戏", id="btn_agree"), background="#FFFFFF")  # fmt: skip
            self.show(Column(card, background="#CC000000", gravity="center"))

        def pressed(self, id):
            if id == "btn_agree":
                self.app.prefs["consent"] = True
                self.explain()
            elif id == "btn_next":
                self.request_permissions(PHONE, LOCATION)

        def explain(self):
            told = Text("电话权限：用于读取设备标识，实现未成年人防沉迷。"), Text("位置权限：用于匹配附近玩家。")
            self.page("权限使用说明", *told, Button("下一步", id="btn_next"))

        def on_permission_result(self, results):
            self.app.prefs["explained"] = True
            self.login()

        def login(self):
            self.start_activity("Servers" if self.app.prefs.get("guest") else "SdkLogin")
            self.finish()

    class SdkLogin(Native):
        goes = {"btn_phone": "SmsLogin"}

        def on_create(self):
            self.show(Column(Text("欢迎登录"), Button("手机号登录", id="btn_phone"), Button("游客登录", id="btn_guest"),
                             Text("登录即代表您已阅读并同意用户协议"), gravity="center"))  # fmt: skip

        def pressed(self, id):
            self.app.prefs["guest"] = True
            self.start_activity("RealName")
            self.finish()

    class SmsLogin(Native):
        """The button is dead until a number is typed."""

        dangers = {"btn_code": "发送验证码"}

        def on_create(self):
            self.phone = EditText("请输入手机号", id="et_phone")
            self.code = Button("获取验证码", id="btn_code", enabled=False)
            self.page("手机号登录", self.phone, self.code, EditText("请输入验证码", id="et_code"), Text("未注册的手机号将自动注册"))

        def on_text(self, id, text):
            self.code.enabled = len(self.phone.text) == 11
            self.invalidate()

    class RealName(Native):
        dangers = {"btn_submit": "实名认证"}

        def on_create(self):
            close = Row(Column(Text("实名认证")), Image("icons/close.png", id="iv_close"))
            told = Text("根据国家新闻出版署要求，请完成实名认证。未认证用户每日可体验 1 小时。")
            fields = EditText("真实姓名", id="et_name"), EditText("身份证号", id="et_number"), Button("提交认证", id="btn_submit")
            self.show(Column(Column(close, told, *fields, background="#FFFFFF"), background="#CC2B1D14", gravity="center"))

        def pressed(self, id):
            if id == "iv_close":
                self.start_activity("Notice")
                self.finish()

    class Notice(Native):
        def on_create(self):
            page = WebView(Text("游戏公告"), Text("3.6 版本更新：新增跨服战场、公会语音。"), Text("严禁使用外挂，违者封号。"))
            self.show(Column(page, Button("我知道了", id="btn_ok")))

        def pressed(self, id):
            self.start_activity("Servers")
            self.finish()

    class Servers(Scene):
        title, lines = "选择服务器", ("最近登录：无", "推荐：S108 桃园结义")
        tiles = (("进入游戏", "enter"), ("切换服务器", "toast:暂无其他服务器"), ("客服", "go:Service"))

        def acted(self, act):
            self.start_activity("Lobby")
            self.finish()

    class Lobby(Scene):
        """The castle; on the first day a painted pop-up lies over it, with a painted cross."""

        title, lines = "主城", ("Lv.1 新晋主公　元宝 0　铜钱 12000",)
        tiles = (
            ("征战", "go:Campaign"), ("武将", "go:Heroes"), ("背包", "go:Bag"), ("商城", "go:Shop"),
            ("公会", "go:Guild"), ("好友", "go:Friends"), ("邮件", "go:Mail"), ("排行榜", "go:Rank"),
            ("活动", "go:Events"), ("跨服战场", "go:Update"), ("主公", "go:Lord"), ("设置", "go:Settings"),
        )  # fmt: skip

        def paint(self, pen):
            if self.app.prefs.get("signed"):
                super().paint(pen)
                return
            self.spots = []
            pen.rect(0, 0, pen.width, pen.height, colour="#1A110B")
            pen.rect(90, 500, pen.width - 90, 1500, colour="#7A5230", radius=40)
            pen.text("七日签到", pen.width / 2, 560, size=64, colour=INK, align="center")
            for day in range(7):
                left, top = 140 + day % 4 * 205, 700 + day // 4 * 260
                pen.rect(left, top, left + 180, top + 220, colour=TILE, radius=20)
                pen.text(f"第{day + 1}天", left + 90, top + 80, size=40, colour=INK, align="center")
            self.spot(pen, "领取奖励", "signed", 190, 1270, 520, 1400)
            self.spot(pen, "关闭", "signed", 560, 1270, 890, 1400, colour=DARK)

        def acted(self, act):
            self.app.prefs["signed"] = True
            super().on_create()

        def on_back_pressed(self):
            self.show_dialog("退出游戏", "主公，确定要离开吗？", "再玩一会", "退出")
            return True

        def on_click(self, id):
            if id == "退出":
                self.finish()

    Campaign = scene("Campaign", "战役地图", ("体力 120/120",),
                     ("第一章", "go:Formation"), ("第二章", "toast:通关第一章后开启"), ("精英", "toast:10 级开启"))  # fmt: skip
    Formation = scene("Formation", "布阵", ("前排：赵子云　后排：诸葛孔明",), ("开始战斗", "go:Battle"), ("一键布阵", "toast:已是最强"))
    Heroes = scene("Heroes", "武将", ("已拥有 4/86",), *((name, "go:HeroDetail") for name in ("赵子云", "诸葛孔明", "孙尚香", "黄汉升")))
    HeroDetail = scene("HeroDetail", "武将详情", ("等级 1", "技能：七进七出"), ("升级", "toast:铜钱不足"), ("传记", "go:HeroStory"))
    HeroStory = scene("HeroStory", "武将传记", ("常山人，身长八尺，姿颜雄伟。", "长坂坡一战成名。"))
    Bag = scene("Bag", "背包", ("容量 3/60",), ("疾行靴", "go:ItemDetail"), ("招募令", "go:ItemDetail"), ("出售全部", "danger:出售"))
    ItemDetail = scene("ItemDetail", "道具详情", ("穿戴后速度 +12",), ("使用", "toast:已使用"), ("删除", "danger:删除"))
    Shop = scene("Shop", "商城", ("首充双倍！",), *((text, "danger:充值") for text in ("6元礼包", "30元月卡", "98元礼包", "648元礼包")))
    Guild = scene("Guild", "公会", ("尚未加入公会",), ("青龙会", "go:GuildHall"), ("白虎堂", "go:GuildHall"), ("创建公会", "toast:未开启"))
    Friends = scene("Friends", "好友", ("好友 0/50",), ("附近玩家", "go:Nearby"), ("推荐好友", "go:Player"), ("邀请有礼", "toast:未开启"))
    Player = scene("Player", "玩家信息", ("雨夜听风　Lv.32",), ("加好友", "danger:发送好友申请"), ("切磋", "toast:等级不足"))
    Mail = scene("Mail", "邮件", ("未读 2",), ("开服大礼", "go:MailDetail"), ("系统补偿", "go:MailDetail"), ("一键删除", "danger:删除"))
    MailDetail = scene("MailDetail", "邮件详情", ("亲爱的主公，请查收开服礼物。",), ("领取附件", "toast:领取成功"))
    Rank = scene("Rank", "排行榜", tuple(f"第{n}名　无双战神{n}　战力 {990 - n * 13} 万" for n in range(1, 16)), ("刷新", "toast:已刷新"))
    Lord = scene("Lord", "主公信息", ("新晋主公",), ("更换头像", "go:Avatar"), ("改名", "toast:改名卡不足"), ("分享", "danger:分享"))

    class Battle(Scene):
        """Painted anew three times, then it is won."""

        title = "战斗中"
        hits = 0

        def on_create(self):
            super().on_create()
            self.post_delayed(self.fight, 1)

        def fight(self):
            self.hits += 1
            self.lines = tuple(f"赵子云 对敌军造成 {n * 137} 点伤害" for n in range(1, self.hits + 1))
            if self.hits == 3:
                self.title, self.tiles = "战斗胜利", (("领取战利品", "toast:获得铜钱 500"), ("看广告双倍", "danger:下载游戏"))
                super().on_create()
            else:
                self.post_delayed(self.fight, 1)
                self.invalidate()

    class GuildHall(Scene):
        """Talking needs the microphone, which is told; who refuses it is thrown out of the game."""

        title, lines = "公会大厅", ("青龙会　成员 48/50", "麦克风权限用于公会语音聊天")
        tiles = (("加入语音", "voice"), ("成员列表", "toast:加入公会后可见"), ("申请加入", "danger:申请加入"))

        def acted(self, act):
            if not self.check_self_permission(MICROPHONE):
                self.request_permissions(MICROPHONE)

        def on_permission_result(self, results):
            if not results.get(MICROPHONE):
                self.exit(0)

    class Nearby(Scene):
        """Innocent: the purpose is told, and without the location others are shown."""

        title, lines = "附近玩家", ("位置权限用于查找附近的玩家",)
        tiles = (("雨夜听风", "go:Player"), ("江东小霸王", "go:Player"))

        def on_create(self):
            super().on_create()
            if not self.check_self_permission(LOCATION):
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("未开启定位，为您显示推荐玩家")

    class Avatar(Native):
        """A refused camera is asked for again at once, and then the app's own window comes back for each 取消."""

        def on_create(self):
            self.windows = 0
            self.page("更换头像", Text("拍摄头像需要使用相机权限"), Button("拍照", id="btn_photo"), Button("默认头像一", id="head_1"),
                      Button("默认头像二", id="head_2"))  # fmt: skip

        def pressed(self, id):
            if id == "btn_photo":
                self.windows = 0
                self.request_permissions(CAMERA)
            elif id == "去设置":
                self.open_settings()
            elif id == "取消" and self.windows < 3:
                self.remind()
            elif id.startswith("head_"):
                self.toast("头像已更换")

        def on_permission_result(self, results):
            if not results.get(CAMERA, True):
                if self.should_show_request_permission_rationale(CAMERA):
                    self.request_permissions(CAMERA)
                else:
                    self.remind()

        def remind(self):
            self.windows += 1
            self.show_dialog("需要相机权限", "没有相机权限无法拍摄头像，请前往设置开启。", "去设置", "取消", cancelable=False)

    class Settings(Native):
        goes = {"code": "Redeem", "service": "Service", "terms": "Web:用户协议"}
        dangers = {"cancel": "注销账号", "logout": "退出登录"}

        def on_create(self):
            switches = Switch("音乐", id="sw_music", checked=True), Switch("消息推送", id="sw_push")
            links = Text("礼包兑换码", id="code"), Text("联系客服", id="service"), Text("用户协议", id="terms")
            self.page("游戏设置", *switches, *links, Text("注销账号", id="cancel"), Button("退出登录", id="logout"))

    class Redeem(Native):
        def on_create(self):
            self.code = EditText("请输入兑换码", id="et_code")
            self.button = Button("立即兑换", id="btn_redeem", enabled=False)
            self.page("兑换礼包", self.code, self.button)

        def on_text(self, id, text):
            self.button.enabled = len(text) >= 6
            self.invalidate()

        def pressed(self, id):
            self.page("兑换结果", Text("兑换码不存在或已过期"))

    class Update(Native):
        """A forced update of this corner only: there is nothing behind it, Back leads out."""

        def on_create(self):
            parts = Text("发现新版本"), Text("3.7 版本新增跨服战场，请更新后体验。"), Button("立即更新", id="btn_update")
            self.show(Column(Column(*parts, background="#FFFFFF"), background="#CC2B1D14", gravity="center"))

        def pressed(self, id):
            self.app.prefs["pressed_danger"] = "更新"
            self.open_market(self.app.package)

    class Events(Native):
        goes = {"sign": "Web:活动规则"}

        def on_create(self):
            self.show(Column(Row(Image("icons/back.png", id="iv_back")), WebView(
                Text("活动中心"), Image("#D9A441", height=400), Button("签到", id="sign"), Button("官网", id="site"))))  # fmt: skip

        def pressed(self, id):
            self.open_url("https://game.example.com/event")

    class Service(Native):
        """Customer service: web content of which the tree tells nothing."""

        def on_create(self):
            questions = Text("常见问题"), Text("充值未到账怎么办"), Text("账号丢失怎么办")
            bar = Row(Image("icons/back.png", id="iv_back"), Text("客服中心"))
            self.show(Column(bar, WebView(*questions, accessible=False)))

    class Web(Native):
        def on_create(self):
            title = self.intent.extras["title"]
            web = WebView(Text(f"龙隐三国{title}"), Text(POLICY))
            self.show(Column(Row(Image("icons/back.png", id="iv_back"), Text(title)), web))
