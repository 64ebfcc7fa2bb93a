"""A karaoke app without any fault: consent in a WebView, top tabs, lists, a bar with the song that plays, rooms.

Nothing is planted. What a careless tool could take for a fault:

- 开始演唱, 扫一扫, 附近歌友, 本地伴奏, 开播提醒 and 上麦 ask when used, with the permission and its use told before or
  beside the dialog.
- 合唱视频 asks for camera and microphone together: one function needs both.
- 扫一扫 closes its own page when the camera is refused; the app stays. Who refused twice is shown the way to the
  settings at the third use.
- A helper process (the player's) ends soon after it has started; a library starts its own service.
- The message list has a banner about notifications that blocks nothing; 青少年模式, a coupon,
an update and a rating come up; the settings have
  退出应用, which leaves the app because the user says so.
- Who refuses the policy is asked once more and then leaves.
"""

from device_farm.virtual import App, Button, Canvas, Column, EditText, Image, ListView, Row, Scroll, Sdk, Service, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

MICROPHONE = "android.permission.RECORD_AUDIO"
CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_COARSE_LOCATION"
AUDIO = "android.permission.READ_MEDIA_AUDIO"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"


class Music(Screen):
    """A list under a title, and at the bottom the song that plays; ``songs`` are (text, link)."""

    title = ""
    songs = ()
    extra = ()

    def body(self):
        rows = [Row(picture("#7E57C2"), Text(text), Row()) for text, _ in self.songs]
        playing = Row(
            picture("#5E35B1", size=80),
            Text("后来 - 伴奏"),
            Row(),
            picture(says="播放", id="mini_play", size=80),
            id="mini_bar",
            clickable=True,
        )
        return Column(
            Row(picture(id="back_btn", size=60), Text(self.title)), *(make() for make in self.extra), ListView(*rows, id="list"), playing
        )

    def on_click(self, id):
        self.links = self.links | {"back_btn": "<", "mini_bar": "Player", "mini_play": "#已暂停"}
        super().on_click(id)

    def on_item_click(self, id, position):
        self.follow(self.songs[position][1])


class Karaoke(App):
    package = "com.maiba.ktv"
    label = "麦霸K歌"
    version_name, version_code = "8.2.40", 8240
    target_sdk = 34
    permissions = [MICROPHONE, CAMERA, LOCATION, AUDIO, NOTIFICATIONS]
    innocent = True
    dangers = ["立即开通", "送礼物", "发布作品", "删除作品", "充值金币"]
    screens = [
        "Start/麦霸K歌", "Start/广告", "Web/隐私政策", "Tabs/精选", "Tabs/热歌榜", "Tabs/歌房广场", "Tabs/消息列表",
        "Tabs/我的音乐", "Song/后来",
        "Sing/录唱 后来", "Duet/合唱视频", "Player/正在播放", "Lyrics/歌词", "Artist/歌手", "Sheet/更多操作", "Room/欢乐歌房",
        "RoomList/在线歌友",
        "Scan/扫一扫", "Near/附近歌友", "Local/本地伴奏", "Find/搜歌名、歌手", "Found/搜索结果", "Vip/会员中心", "Login/登录麦霸",
        "Live/直播预约",
        "Settings/设置", "Sound/音质设置", "Timer/定时关闭", "Teen/青少年模式", "About/关于麦霸", "Help/帮助与反馈",
    ]  # fmt: skip
    walk = [
        ["隐私政策", "back", "同意并继续", "跳过", "知道了", "搜歌名、歌手", "搜索", "back", "back", "后来", "开始演唱", "去授权",
            "deny", "back",
         "合唱视频", "去授权", "deny", "deny", "back", "歌手", "back", "更多操作", "取消", "back", "mini_bar", "歌词", "back", "back",
         "热歌榜", "精选", "歌房", "欢乐歌房", "上麦", "在线歌友", "back", "back", "消息", "关闭横幅", "直播预约",
         "开播提醒", "去授权", "deny",
         "back", "附近歌友", "查找", "去授权", "deny", "back", "我的", "扫一扫", "扫描", "去授权", "deny", "本地伴奏", "导入",
         "去授权", "deny", "back",
         "会员中心", "back", "登录", "back", "settings", "音质设置", "back", "定时关闭", "back", "青少年模式", "back", "关于麦霸",
         "检查更新", "以后再说",
         "back", "帮助与反馈", "back"],
    ]  # fmt: skip
    proofs = {}
    planted = []

    class Push(Sdk):
        name = "极讯推送"
        package = "com.jixun.push"

        class Channel(Service):
            process = ":channel"

    class PlayerService(Service):
        process = ":player"

        def on_start_command(self, intent):
            self.post_delayed(self.done, 8)
            return 2

        def done(self):
            self.stop_self()
            self.exit(0)

    class Start(Screen):
        launcher = True
        left = 0
        asked_twice = False

        def body(self):
            return Column(Row(), Text("麦霸K歌"), Text("唱出你的声音"), Row(), background="#FFEDE7F6", gravity="center")

        def on_create(self):
            self.draw()
            if self.app.prefs.get("policy"):
                self.advert()
            else:
                self.policy("用户须知", "我们重视您的隐私。为了向您提供录唱、歌房等服务，我们会处理您的账号和作品信息。")

        def policy(self, title, words):
            page = WebView(
                Text(title), Text(words), Text("隐私政策", id="policy"), Button("同意并继续", "agree"), Button("拒绝", "refuse"),
            )  # fmt: skip
            self.draw(sheet(page))

        def pressed(self, id):
            if id == "policy":
                self.start_activity("Web", title="隐私政策")
            elif id == "agree":
                self.app.prefs["policy"] = True
                self.advert()
            elif id == "refuse" and self.asked_twice:
                self.finish_affinity()
            elif id == "refuse":
                self.asked_twice = True
                self.policy("再想一想", "若您不同意隐私政策，我们将无法为您提供服务。")
            elif id in ("count_down", "ad"):
                self.leave()

        def advert(self):
            self.left = 1
            self.show(
                Column(Row(Text("广告"), Row(), Text("跳过", id="count_down")), Image("#311B92", height=1800), Text("麦霸会员 首月 1 元"))
            )
            self.post_delayed(self.leave, 5)

        def leave(self):
            if self.left:
                self.left = 0
                self.start_activity("Tabs")
                self.finish()

    class Tabs(Screen):
        tab = 0
        banner = True
        links = {
            "key": "Find", "vip": "Vip", "sign": "Login", "settings": "Settings", "scan": "Scan", "local": "Local", "live": "Live",
            "near": "Near",
            "room0": "Room", "room1": "#房间已满", "mini_bar": "Player", "svip": "Vip",
        }  # fmt: skip
        songs = [("后来", "Song"), ("晴天", "#伴奏下载中"), ("十年", "#伴奏下载中"), ("小幸运", "#伴奏下载中")]

        def body(self):
            part = [self.best, self.chart, self.rooms, self.messages, self.mine][self.tab]
            bar = [("best", "首页"), ("rooms", "歌房"), ("messages", "消息"), ("mine", "我的")]
            playing = Row(picture("#5E35B1", size=80), Text("后来 - 伴奏"), Row(), id="mini_bar", clickable=True)
            return Column(part(), playing, Row(*(Text(name, id=f"go_{id}") for id, name in bar)))

        def best(self):
            tops = Row(Text("精选", id="go_best"), Text("热歌榜", id="go_chart"), Row(), picture(size=60))
            rows = [Row(picture("#9575CD"), Text(name), Row(), Text("K歌")) for name, _ in self.songs]
            return Column(tops, Text("搜歌名、歌手", id="key"), Image("#D1C4E9", height=300, id="svip"), ListView(*rows, id="songs"))

        def chart(self):
            rows = [Row(Text(f"{n + 1}"), Text(name), Row()) for n, (name, _) in enumerate(self.songs)]
            return Column(Text("热歌榜"), Text("精选", id="go_best"), ListView(*rows, id="songs"))

        def rooms(self):
            cells = [
                Column(picture("#B39DDB", size=220), Text(name), id=f"room{n}", clickable=True)
                for n, name in enumerate(["欢乐歌房", "粤语专场"])
            ]
            return Column(Text("歌房广场"), Scroll(*grid(2, cells)))

        def messages(self):
            bell = Row(Text("开启通知，不错过好友动态"), Row(), picture(says="关闭横幅", id="hide"), background="#FFFFF8E1")
            rows = [Row(picture(), Text(name), Row(), id=id, clickable=True) for name, id in (("直播预约", "live"), ("附近歌友", "near"))]
            return Column(Text("消息列表"), *([bell] if self.banner else []), Scroll(*rows))

        def mine(self):
            rows = [Row(picture(), Text(name), Row(), id=id, clickable=True) for name, id in (("本地伴奏", "local"), ("会员中心", "vip"))]
            icons = Row(Text("我的音乐"), Row(), picture(says="扫一扫", id="scan"), picture(id="settings"))
            return Column(icons, Button("登录", "sign"), Scroll(*rows))

        def on_create(self):
            self.start_service("Channel")
            self.start_service("PlayerService")
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            if starts == 1:
                self.draw(
                    sheet(
                        Text("青少年模式"),
                        Text("为呵护未成年人成长，您可以开启青少年模式"),
                        Text("去开启", id="teen"),
                        Button("知道了", "shut"),
                    )
                )
            elif starts == 2:
                self.draw(
                    sheet(
                        Image("#FFC107", height=500), Text("限时 5 折"), Button("去看看", "vip"), picture(says="关闭", id="shut"), id="veil"
                    )
                )
            else:
                self.draw()

        def on_item_click(self, id, position):
            self.follow(self.songs[position][1])

        def pressed(self, id):
            if id.startswith("go_"):
                self.tab = ["best", "chart", "rooms", "messages", "mine"].index(id[3:])
            elif id == "hide":
                self.banner = False
            elif id == "teen":
                self.start_activity("Teen")
            if id != "veil":
                self.draw()

    class Web(Screen):
        def body(self):
            return Column(
                WebView(
                    Text("隐私政策"),
                    *(Text(f"{n}. 麦克风用于录唱，相机用于拍摄视频，位置用于附近歌友，均在使用时征得同意。") for n in range(1, 9)),
                )
            )

    class Song(Screen):
        links = {"sing": "Sing", "duet": "Duet", "artist": "Artist", "dots": "Sheet"}

        def body(self):
            dots = picture(says="更多操作", id="dots")
            acts = [Button("开始演唱", "sing"), Button("合唱视频", "duet")]
            return Column(Row(Text("后来"), Row(), dots), Image("#4527A0", height=700), Text("歌手", id="artist"), Row(), *acts)

    class Sing(Screen):
        links = {"save": "!发布作品", "back_btn": "<", "listen": "#正在播放伴奏"}
        state = "点击录音键开始"

        def body(self):
            return Column(
                Text("录唱 后来"), Canvas(self.paint), Text(self.state), Row(Button("试听伴奏", "listen"), Button("录音", "record"))
            )

        def paint(self, pen):
            for n, line in enumerate(["后来 我总算学会了", "如何去爱", "可惜你早已远去"]):
                pen.text(line, pen.width / 2, 200 + n * 160, size=48, align="center", colour="#512DA8")

        def on_create(self):
            self.draw()
            self.ask(MICROPHONE, "申请麦克风权限", "麦克风用于录制您的演唱。不授权时可试听伴奏。", "去授权", "试听")

        def answered(self, permission, granted):
            self.state = "录音中" if granted and self.use_microphone() else "未授权麦克风，可试听伴奏"
            self.draw()

        def pressed(self, id):
            if id == "record":
                self.ask(MICROPHONE, "申请麦克风权限", "麦克风用于录制您的演唱。不授权时可试听伴奏。", "去授权", "试听")

    class Duet(Screen):
        links = {"song": "#请选择合唱歌曲"}

        def body(self):
            why = Text("相机用于拍摄您的画面，麦克风用于录制您的歌声")
            return Column(Text("合唱视频"), why, Text("选择歌曲", id="song"), Row(), Button("开始拍摄", "shoot"))

        def on_create(self):
            self.draw()
            self.pressed("shoot")

        def pressed(self, id):
            if id == "shoot" and self.check_self_permission(CAMERA) and self.check_self_permission(MICROPHONE):
                self.toast("开始拍摄")
            elif id == "shoot":
                self.show_dialog("需要相机和麦克风权限", "相机用于拍摄您的画面，麦克风用于录制您的歌声。", "去授权", "取消")
            elif id == "去授权":
                self.request_permissions(CAMERA, MICROPHONE)

        def answered(self, permission, granted):
            if not granted:
                self.toast("未授权，无法拍摄视频，可选择音频合唱")

    class Room(Screen):
        links = {"gift": "!送礼物", "who": "RoomList", "song": "#已点歌"}
        seat = "空位"
        why = ()

        def body(self):
            top = [Column(Text("麦克风权限使用说明：用于在歌房内与大家合唱、聊天"), background="#FFFFF3E0")] if self.why else []
            return Column(Row(Text("欢乐歌房"), Row(), Text("在线歌友", id="who")), *top, Text(self.seat), Row(), Row(
                Button("上麦", "mic"), Button("点歌", "song"), Button("送礼物", "gift")))  # fmt: skip

        def pressed(self, id):
            if id == "mic" and not self.check_self_permission(MICROPHONE) and self.app.prefs.get(f"refused {MICROPHONE}", 0) >= 2:
                self.toast("未授权麦克风，可在设置中开启")
            elif id == "mic":
                self.why = True
                self.draw()
                self.request_permissions(MICROPHONE)

        def answered(self, permission, granted):
            self.why, self.seat = False, "您已上麦" if granted else "您在听众席"
            self.draw()

    class Scan(Screen):
        def body(self):
            return Column(Text("扫一扫"), Image("#000000", height=900), Text("对准电视上的二维码，手机变话筒"), Row(), Button("扫描", "go"))

        def pressed(self, id):
            if id == "go":
                self.ask(CAMERA, "申请相机权限", "相机用于扫描电视上的二维码，连接麦霸电视版。", "去授权", "取消")

        def answered(self, permission, granted):
            if granted:
                self.use_camera()
            else:
                self.toast("未授权相机")
                self.finish()

    class Near(Screen):
        def body(self):
            return Column(Text("附近歌友"), Text("来自同城：小林、阿May"), Row(), Button("查找", "go"))

        def pressed(self, id):
            if id == "go":
                self.ask(LOCATION, "申请位置权限", "位置用于查找您附近的歌友。不授权时为您展示同城歌友。", "去授权", "取消")

        def answered(self, permission, granted):
            self.toast("已更新" if granted and self.read_location() else "为您展示同城歌友")

    class Local(Screen):
        def body(self):
            return Column(Text("本地伴奏"), Text("暂无伴奏"), Row(), Button("导入", "go"))

        def pressed(self, id):
            if id == "go":
                self.ask(AUDIO, "申请音频权限", "音乐和音频权限用于导入您手机里的伴奏文件。", "去授权", "取消")

        def answered(self, permission, granted):
            self.toast("没有找到伴奏" if granted else "可在曲库中下载伴奏")

    class Live(Screen):
        def body(self):
            return Column(Text("直播预约"), Text("今晚 20:00 麦霸之夜"), Row(), Button("开播提醒", "go"))

        def pressed(self, id):
            if id == "go":
                self.ask(NOTIFICATIONS, "申请通知权限", "通知权限用于在开播时提醒您。", "去授权", "取消")

        def answered(self, permission, granted):
            self.toast("已预约" if granted else "已预约，将在消息列表提醒您")

    class Sheet(Screen):
        translucent = True
        links = {"no": "<", "veil": "<", "fav": "Login", "del": "!删除作品"}

        def body(self):
            return sheet(
                Text("更多操作"), Button("收藏", "fav"), Button("删除作品", "del"), Button("取消", "no"), gravity="bottom", id="veil"
            )

    class Find(Screen):
        links = {"go": "Found", "hot": "Song"}

        def body(self):
            return Column(Row(EditText("搜歌名、歌手", id="input"), Button("搜索", "go")), Text("热搜：后来", id="hot"), Row())

    Found = made("Found", Music, title="搜索结果", songs=[("后来", "Song"), ("后来的我们", "#伴奏下载中")])
    Player = made("Player", Music, title="正在播放", songs=[("歌词", "Lyrics"), ("下一首", "#没有更多了")])
    Lyrics = made("Lyrics", Music, title="歌词", songs=[("后来 我总算学会了", "#第 1 句"), ("如何去爱", "#第 2 句")])
    Artist = made("Artist", Music, title="歌手", songs=[("热门歌曲", "Found"), ("关注", "Login")])
    RoomList = made("RoomList", Music, title="在线歌友", songs=[("小林", "#对方正在演唱"), ("阿May", "#对方正在演唱")])
    Vip = made("Vip", Music, title="会员中心", songs=[("立即开通", "!立即开通"), ("充值金币", "!充值金币"), ("会员特权", "#无损音质")])
    Settings = made("Settings", Music, title="设置", songs=[
        ("音质设置", "Sound"), ("定时关闭", "Timer"), ("青少年模式", "Teen"), ("关于麦霸", "About"), ("帮助与反馈", "Help"),
        ("退出应用", "Quit")])  # fmt: skip
    Sound = made("Sound", Music, title="音质设置", extra=[lambda: Switch("无损音质", id="sw_hq"), lambda: Switch("耳返", id="sw_ear")])
    Timer = made("Timer", Music, title="定时关闭", songs=[("15 分钟", "#已设置"), ("30 分钟", "#已设置"), ("不开启", "#已取消")])
    Teen = made("Teen", Music, title="青少年模式", songs=[("开启青少年模式", "#请先登录"), ("监护人说明", "#请与监护人一起阅读")])
    Help = made(
        "Help", Music, title="帮助与反馈", songs=[("录不到声音怎么办", "#请检查是否开启麦克风权限"), ("如何连接电视", "#使用扫一扫")]
    )

    class Login(Screen):
        links = {"code": "#验证码已发送", "in": "#验证码错误"}

        def body(self):
            return Column(
                Text("登录麦霸"),
                EditText("手机号", id="phone"),
                EditText("验证码", id="sms"),
                Row(Button("获取验证码", "code"), Button("登录", "in")),
            )

    class About(Screen):
        links = {"policy": "Web", "score": "#谢谢支持"}

        def body(self):
            return Column(
                Text("关于麦霸"), Text("检查更新", id="update"), Text("给我们评分", id="score"), Text("隐私政策", id="policy"), Row()
            )

        def pressed(self, id):
            if id == "update":
                self.show_dialog("发现新版本 8.3", "修复已知问题", "立即更新", "以后再说")
            elif id == "立即更新":
                self.open_market(self.app.package)

    class Quit(Screen):
        translucent = True

        def on_create(self):
            self.finish_affinity()
