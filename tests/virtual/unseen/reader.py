"""A reader for novels and comics without any fault.

A shelf in pages, a painted book, a collapsing head, history chips, deep settings.

Nothing is planted. What a careless tool could take for a fault:

- 语音搜书, 扫码借书, 更换头像, 本地音频 and 更新提醒 tell the permission and its use in a sheet before
  they ask, and work without.
- 朗读录音 tells it on its page and asks once more when pressed again, since it needs it; from the third press on it
  says so in words.
- 扫码借书 closes its own page when the camera is refused; the app stays where it was.
- A return from another app shows an advert, the second start asks whether to go on reading, the third gives a gift for
  signing in, the fourth asks for a rating: none is about a permission.
- A helper process for downloads ends by itself; 退出墨鱼 leaves the app because the user says so.
- Who refuses the policy reads as a guest; nothing is asked for until consent.
"""

from device_farm.virtual import App, Button, Canvas, Column, EditText, Image, Row, Scroll, Service, Switch, Text, WebView
from tests.virtual.unseen.pages import Page, card, icon, like, line, low_sheet, tile

MICROPHONE = "android.permission.RECORD_AUDIO"
CAMERA = "android.permission.CAMERA"
IMAGES = "android.permission.READ_MEDIA_IMAGES"
AUDIO = "android.permission.READ_MEDIA_AUDIO"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"


class Polite(Page):
    """Asks for nothing before the policy is agreed to; a sheet explains."""

    reason = ("", "", "")  # permission, title, words of the sheet that is up

    def offer(self, permission, title, words):
        """Show the sheet that explains; ask after its button."""
        if not self.app.prefs.get("agreed"):
            self.start_activity("Consent")
        elif self.check_self_permission(permission):
            self.after(permission, True)
        elif self.refusals(permission) >= 2:
            self.toast(f"{title}未开启，可在系统设置中打开")
        else:
            self.reason = permission, title, words
            self.render(
                low_sheet(Text(title), Text(words), Row(Text("以后", id="sheet_no"), Row(), Button("好，去授权", "sheet_yes")), id="shade")
            )

    def on_click(self, id):
        if id == "sheet_yes":
            self.request_permissions(self.reason[0])
        elif id in ("sheet_no", "shade"):
            self.render()
        else:
            super().on_click(id)

    def on_permission_result(self, results):
        self.render()
        super().on_permission_result(results)


class Shelf(Page):
    """A name and rows; ``rows`` are (text, value, target), ``more`` makes what stands above them."""

    heading = ""
    rows = ()
    more = ()

    def view(self):
        return Column(
            Row(icon("#26A69A", "tv_up", "返回", 60), Text(self.heading)),
            *(make() for make in self.more),
            Scroll(*(line(words, f"it{n}", value) for n, (words, value, _) in enumerate(self.rows))),
        )

    def on_press(self, id):
        if id == "tv_up":
            self.finish()
        elif id.startswith("it"):
            self.lead(self.rows[int(id[2:])][2])


class Reader(App):
    package = "com.moyu.reader"
    label = "墨鱼阅读"
    version_name, version_code = "9.1.3", 913
    target_sdk = 34
    permissions = [MICROPHONE, CAMERA, IMAGES, AUDIO, NOTIFICATIONS]
    front, away = None, False
    innocent = True
    dangers = ["立即充值", "打赏", "清空书架", "注销账号", "购买本章"]
    screens = [
        "Start/墨鱼阅读", "Consent/个人信息保护指引", "Policy/隐私权政策", "Taste/你喜欢看什么", "Main/我的书架", "Main/书城精选",
            "Main/漫画频道",
        "Main/分类", "Main/个人", "Open/第 1 章 雾", "Menu/亮度", "Chapters/目录", "Book/长夜有灯", "Comments/书评区", "Write/写书评",
            "Comic/第 1 话",
        "Search/书名、作者", "Hits/与灯有关的书", "Scan/扫码借书", "Listen/听书", "Aloud/朗读录音", "Local/本地音频", "SignIn/签到日历",
            "Face/更换头像",
        "Vip/墨鱼会员", "Setup/设置", "ReadSetup/阅读设置", "Turn/翻页方式", "Quit/定时退出", "Notify/更新提醒", "Young/青少年模式",
            "Feedback/意见反馈",
    ]  # fmt: skip
    walk = [
        ["隐私权政策", "back", "同意", "跳过", "长夜有灯", "touch:0.5,0.5", "目录", "第 2 章 桥", "back", "back", "书城", "search_bar",
            "灯", "back", "语音搜书",
         "好，去授权", "deny", "back", "灯下集", "书评区", "写书评", "back", "back", "听书", "本地音频", "选择音乐", "好，去授权", "deny",
         "back", "back",
         "朗读录音", "开始录音", "deny", "back", "back", "漫画", "雨街", "back", "分类 ", "我的", "扫码借书", "好，去授权", "deny",
         "更换头像",
         "从相册选择", "好，去授权", "deny", "back", "签到日历", "更新提醒我", "打开提醒", "好，去授权", "deny", "back", "back",
         "墨鱼会员", "back", "设置",
         "阅读设置", "翻页方式", "仿真", "定时退出", "back", "back", "back", "青少年模式", "back", "意见反馈", "back"],
    ]  # fmt: skip
    proofs = {}
    planted = []

    class Fetch(Service):
        process = ":fetch"

        def on_start_command(self, intent):
            self.post_delayed(lambda: self.exit(0), 5)
            return 2

    class Start(Page):
        launcher = True

        def view(self):
            return Column(Row(), Text("墨鱼阅读"), Row(), background="#FFE0F2F1", gravity="center")

        def on_create(self):
            self.render()
            self.post_delayed(self.enter, 1)

        def enter(self):
            self.start_activity("Main" if "agreed" in self.app.prefs else "Consent")
            self.finish()

    class Consent(Page):
        translucent = True
        to = {"doc": "Policy"}

        def view(self):
            words = "墨鱼阅读尊重您的隐私。我们会处理您的阅读记录，用来同步书架。您可以拒绝并以游客身份阅读。"
            pair = Row(Button("拒绝", "no"), Button("同意", "yes"))
            return card(Text("个人信息保护指引"), Text(words), Text("隐私权政策", id="doc"), pair)

        def on_press(self, id):
            first = "agreed" not in self.app.prefs
            if id in ("yes", "no"):
                self.app.prefs["agreed"] = id == "yes"
                if first:
                    self.start_activity("Taste")
                self.finish()

        def on_back_pressed(self):
            return "agreed" not in self.app.prefs

    class Policy(Page):
        def view(self):
            return Column(WebView(Text("隐私权政策"), *(Text(f"{n}. 我们仅收集实现阅读服务所必需的信息。") for n in range(1, 20))))

    class Taste(Page):
        def view(self):
            picks = [Button(name, f"pick{n}") for n, name in enumerate(["悬疑", "言情", "历史", "漫画"])]
            return Column(Row(Text("你喜欢看什么"), Row(), Text("跳过", id="skip")), *picks, Row(), Button("选好了", "done"))

        def on_press(self, id):
            if id in ("skip", "done"):
                self.start_activity("Main")
                self.finish()

    class Main(Polite):
        tab, sheet_of_shelf = 0, 0
        to = {
            "b0": "Open", "b1": "~下架整理中", "search_bar": "Search", "c0": "Book", "c1": "~敬请期待", "m_comic": "Comic", "face": "Face",
            "my0": "SignIn", "my1": "Vip", "my2": "Setup", "my3": "Young", "my4": "Feedback", "k0": "Hits", "k1": "Hits", "k2": "~暂无作品",
            "接着读": "Open", "去评分": "~感谢支持", "gift": "~已签到，获得 5 墨鱼币", "wipe": "$清空书架", "coin": "$立即充值",
        }  # fmt: skip

        def view(self):
            names = ["书架", "书城", "漫画", "分类 ", "我的"]
            bar = Row(*(Column(icon("#4DB6AC", size=56), Text(name), id=f"nav{n}", clickable=True) for n, name in enumerate(names)))
            return Column(Column(*[self.shelf, self.city, self.comics, self.kinds, self.me][self.tab](), Row()), bar)

        def shelf(self):
            pages = [[("长夜有灯", "b0"), ("旧城笔记", "b1")], [("空空如也", "b1")]][self.sheet_of_shelf]
            dots = Row(*(Text("●" if n == self.sheet_of_shelf else "○", id=f"dot{n}") for n in range(2)))
            top = Row(Text("我的书架"), Row(), Text("清空书架", id="wipe"))
            return [top, Row(*(tile("#80CBC4", name, id, 300) for name, id in pages)), dots]

        def city(self):
            bar = Row(Text("搜索书名、作者"), Row(), id="search_bar", clickable=True)
            books = [Row(icon("#A1887F", size=200), Column(Text(name), Text("连载中")), id=f"c{n}", clickable=True)
                     for n, name in enumerate(["灯下集", "山海行"])]  # fmt: skip
            return [Text("书城精选"), bar, Image("#26A69A", height=360), *books]

        def comics(self):
            return [Text("漫画频道"), Column(Image("#FF8A65", height=700), Text("雨街"), id="m_comic", clickable=True)]

        def kinds(self):
            return [Text("分类"), Row(*(Button(name, f"k{n}") for n, name in enumerate(["悬疑", "历史", "科幻"])))]

        def me(self):
            names = ["签到日历", "墨鱼会员", "设置", "青少年模式", "意见反馈"]
            head = Row(icon("#80DEEA", "face", "更换头像", 160), Text("个人"), Row(), Text("扫码借书", id="scan"), Text("充值", id="coin"))
            return [head, *(line(name, f"my{n}", "›") for n, name in enumerate(names))]

        def on_create(self):
            self.start_service("Fetch")
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.render()
            if starts == 2:
                self.show_dialog("接着上次的读？", "长夜有灯 第 1 章", "接着读", "不了")
            elif starts == 3:
                self.render(card(Text("每日签到"), Button("签到领墨鱼币", "gift"), icon("#9E9E9E", "close_gift", "关闭")))
            elif starts == 4:
                self.show_dialog("喜欢墨鱼阅读吗？", "给我们评个分吧", "去评分", "下次")

        def back_in_front(self):
            self.render(
                Column(
                    Row(Text("广告"), Row(), Text("关闭广告", id="close_ad")),
                    Image("#FFD54F", height=1600),
                    background="#FFFFFFFF",
                    clickable=True,
                )
            )

        def on_press(self, id):
            if id.startswith("nav"):
                self.tab = int(id[3:])
                self.render()
            elif id.startswith("dot"):
                self.sheet_of_shelf = int(id[3:])
                self.render()
            elif id in ("close_ad", "close_gift"):
                self.render()
            elif id == "scan":
                self.offer(CAMERA, "相机权限", "相机用于扫描图书馆的借书码，您也可以在图书馆柜台借书")

        def after(self, permission, granted):
            self.start_activity("Scan", allowed=granted)

    class Scan(Page):
        def view(self):
            return Column(Text("扫码借书"), Image("#212121", height=1200), Text("将借书码放入框内"))

        def on_create(self):
            self.render()
            if not (self.intent.extras.get("allowed") and self.use_camera()):
                self.toast("没有相机权限，无法扫码")
                self.finish()

    class Open(Page):
        leaf, chapter = 0, 1

        def view(self):
            return Column(Canvas(self.ink, id="paper"))

        def ink(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFF8E1")
            pen.text(f"第 {self.chapter} 章 雾", 80, 90, size=56)
            for n in range(18):
                pen.text("夜里起了雾，灯一盏一盏地亮起来。", 80, 240 + n * 90, size=44, colour="#4E342E")
            pen.text(f"{self.leaf + 1}/9", pen.width - 80, pen.height - 80, size=32, align="right")

        def on_touch(self, id, x, y):
            if x < 360:
                self.leaf = max(0, self.leaf - 1)
            elif x > 720:
                self.leaf = min(8, self.leaf + 1)
            else:
                self.start_activity("Menu")
                return
            self.invalidate()

    class Menu(Page):
        translucent = True
        to = {"toc": "Chapters", "hear": "Listen", "tip": "$打赏", "dim": "^", "font": "~字号已调整"}

        def view(self):
            row = Row(*(Text(name, id=id) for name, id in (("目录", "toc"), ("字号", "font"), ("听书 ", "hear"), ("打赏", "tip"))))
            return low_sheet(Text("亮度"), Image("#BDBDBD", height=20), row, id="dim")

    class Book(Page):
        folded = False
        to = {"read": "Open", "review": "Comments", "hear": "Listen", "aloud": "Aloud", "buy": "$购买本章", "toc": "Chapters"}

        def view(self):
            head = [Text("长夜有灯")] if self.folded else [Text("长夜有灯"), Image("#5D4037", height=560), Text("作者 阿竹 · 38 万字")]
            fold = Text("展开" if self.folded else "收起", id="fold")
            rows = [line(name, id) for name, id in (("书评区", "review"), ("听书", "hear"), ("朗读录音", "aloud"), ("目录 ", "toc"))]
            words = [Text(f"简介 {n}：一座小城，一条旧街，一盏总不熄的灯。") for n in range(6)]
            return Column(*head, fold, Scroll(*rows, *words), Row(Button("开始阅读", "read"), Button("购买本章", "buy")))

        def on_press(self, id):
            self.folded = not self.folded
            self.render()

    class Comic(Page):
        def view(self):
            strips = [Image(tone, height=900) for tone in ("#FFCCBC", "#D1C4E9", "#C5E1A5", "#B3E5FC")]
            return Column(Text("第 1 话"), Scroll(*strips, Text("本话完"), Button("下一话", "next")))

        def on_press(self, id):
            self.toast("下周更新")

    class Search(Polite):
        to = {"h_0": "Hits", "h_1": "Hits", "go": "Hits"}
        chips = True

        def view(self):
            past = [Row(Text("灯", id="h_0"), Text("山海", id="h_1"), Row(), Text("清空", id="wipe"))] if self.chips else []
            box = Row(EditText("书名、作者", id="kw"), icon("#78909C", "voice", "语音搜书", 70), Button("搜", "go"))
            return Column(box, Text("搜索历史"), *past, Row())

        def on_press(self, id):
            if id == "wipe":
                self.chips = False
                self.render()
            elif id == "voice":
                self.offer(MICROPHONE, "麦克风权限", "麦克风用于听您说出书名，不开启时请输入文字")

        def after(self, permission, granted):
            self.toast("请说出书名" if granted and self.use_microphone() else "请输入书名")

    class Aloud(Page):
        def view(self):
            note = Text("麦克风权限用于录下您的朗读，录音只保存在本机")
            return Column(Text("朗读录音"), note, Row(), Button("开始录音", "rec"))

        def on_press(self, id):
            if not self.app.prefs.get("agreed"):
                self.start_activity("Consent")
            elif self.check_self_permission(MICROPHONE):
                self.after(MICROPHONE, True)
            elif self.refusals(MICROPHONE) >= 2:
                self.toast("麦克风未开启，无法录音")
            else:
                self.request_permissions(MICROPHONE)

        def after(self, permission, granted):
            self.toast("正在录音" if granted and self.use_microphone() else "没有录音")

    class Local(Polite):
        def view(self):
            return Column(
                Text("本地音频"),
                Text("把手机里的音乐设为听书的背景"),
                Button("选择音乐", "choose"),
                Text("使用自带白噪音", id="noise"),
                Row(),
            )

        def on_press(self, id):
            if id == "choose":
                self.offer(AUDIO, "音频权限", "音频权限用于选择手机里的音乐作背景，您也可以用自带白噪音")
            else:
                self.toast("已使用雨声")

        def after(self, permission, granted):
            self.toast("没有找到音乐" if granted else "已使用雨声")

    class Face(Polite):
        to = {"a0": "~已更换", "a1": "~已更换"}

        def view(self):
            given = Row(icon("#F48FB1", "a0", "头像一", 200), icon("#90CAF9", "a1", "头像二", 200))
            return Column(Text("更换头像"), given, Text("从相册选择", id="album"), Row())

        def on_press(self, id):
            self.offer(IMAGES, "相册权限", "相册权限用于选择一张照片作头像，您也可以用上面的头像")

        def after(self, permission, granted):
            self.toast("相册为空" if granted else "请选择上面的头像")

    class Notify(Polite):
        def view(self):
            return Column(Text("更新提醒"), Switch("追更的书", id="sw", checked=True), Button("打开提醒", "on"), Row())

        def on_press(self, id):
            self.offer(NOTIFICATIONS, "通知权限", "通知用于告诉您追更的书有了新章节，不开启时可在书架查看")

        def after(self, permission, granted):
            self.toast("已打开" if granted else "可在书架查看更新")

    class SignIn(Page):
        to = {"remind": "Notify"}

        def view(self):
            return Column(Row(Text("签到日历"), Row(), Text("更新提醒我", id="remind")), Canvas(self.days, id="cal"))

        def days(self, pen):
            for day in range(30):
                pen.text(str(day + 1), 90 + day % 7 * 140, 80 + day // 7 * 160, size=48, colour="#00796B" if day < 4 else "#9E9E9E")

        def on_press(self, id):
            self.toast("今日已签到")

    class Quit(Page):
        def view(self):
            return Column(Text("定时退出"), *(Button(f"{n} 分钟后", f"q{n}") for n in (15, 30)), Button("退出墨鱼", "now"), Row())

        def on_press(self, id):
            if id == "now":
                self.finish_affinity()
            else:
                self.toast("已设定")

    class Young(Page):
        def view(self):
            return Column(Text("青少年模式"), Text("开启后只展示适合未成年人的书"), Row(), Button("开启青少年模式", "on"))

        def on_press(self, id):
            self.toast("请先设置密码")

    Chapters = like("Chapters", Shelf, heading="目录", rows=[
        ("第 1 章 雾", "", "^"), ("第 2 章 桥", "", "^"), *((f"第 {n} 章", "锁", "~请先购买") for n in range(3, 25))])  # fmt: skip
    Comments = like(
        "Comments", Shelf, heading="书评区", rows=[("写书评", "", "Write"), ("写得真好", "12 赞", "~已赞"), ("等更新", "3 赞", "~已赞")]
    )
    Write = like("Write", Shelf, heading="写书评", more=[lambda: EditText("说说你的感受", id="say")], rows=[("发布", "", "~请先登录")])
    Hits = like("Hits", Shelf, heading="与灯有关的书", rows=[("长夜有灯 ", "连载", "Book"), ("灯塔", "完结", "~暂无版权")])
    Listen = like("Listen", Shelf, heading="听书", more=[lambda: Image("#00897B", height=600)],
        rows=[("播放", "", "~正在缓冲"), ("语速", "1.0", "~已调整"), ("本地音频", "", "Local")])  # fmt: skip
    Vip = like("Vip", Shelf, heading="墨鱼会员", rows=[("会员权益", "8 项", "~海量好书免费读"), ("立即充值", "", "$立即充值")])
    Setup = like("Setup", Shelf, heading="设置", rows=[
        ("阅读设置", "", "ReadSetup"), ("更新提醒", "", "Notify"), ("隐私权政策", "", "Policy"), ("注销账号", "",
            "$注销账号")])  # fmt: skip
    ReadSetup = like("ReadSetup", Shelf, heading="阅读设置", more=[lambda: Switch("夜间", id="night")],
        rows=[("翻页方式", "仿真", "Turn"), ("定时退出", "", "Quit")])  # fmt: skip
    Turn = like("Turn", Shelf, heading="翻页方式", rows=[("仿真", "✓", "^"), ("覆盖", "", "^"), ("上下", "", "^")])
    Feedback = like(
        "Feedback", Shelf, heading="意见反馈", more=[lambda: EditText("请描述问题", id="what")], rows=[("提交", "", "~请填写内容")]
    )
