"""A fitness app: pages of a plan, a head that folds, a countdown, a painted week, flows with questions, rows.

Faults:

- c1-consent-without-refusal: the sheet of the first start has one button, 我知道了, and Back does nothing.
- c5-asks-before-use (CALENDAR): 今日 asks for the calendar as soon as it opens; it is told.
- c5-asks-again-on-relaunch (CALENDAR): refused, it asks again, though not at the second start: at the third, the fifth
  and so on.
- c5-purpose-not-told, c5-denial-blocks-function (READ_MEDIA_AURAL): 课程 > 核心入门 > 选择难度 > 开始训练 asks for the
  music without a word and starts the course only for who allows it.
- c5-exit-after-denial (MICROPHONE): 课程 > 语音教练 takes a first refusal well; who comes back from another app to that
  page is asked once more, and the app goes when that is refused too. The page tells what the microphone is for.

Innocent: 步数, 心率, 本周 and 户外跑 tell the permission and its use and do without; 拍照记录 explains and takes notes
too; the weekly goal, the rating and the question whether to stop a run are no permission.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Frame, Image, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.pages import Page, card, icon, like, line, low_sheet, tile

STEPS = "android.permission.ACTIVITY_RECOGNITION"
HEART = "android.permission.BODY_SENSORS"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CAMERA = "android.permission.CAMERA"
MUSIC = "android.permission.READ_MEDIA_AUDIO"
MICROPHONE = "android.permission.RECORD_AUDIO"
CALENDAR = "android.permission.WRITE_CALENDAR"
KNOWN = ["我知道了"]
START = [*KNOWN, "添加计划", "deny"]


class Plain(Page):
    """A name and rows with a button each; ``rows`` are (text, button, target)."""

    heading = ""
    rows = ()
    above = ()

    def view(self):
        rows = [Row(Text(words), Row(), *([Button(button, f"do{n}")] if button else [])) for n, (words, button, _) in enumerate(self.rows)]
        return Column(Row(icon("#66BB6A", "arrow", "返回", 60), Text(self.heading)), *(make() for make in self.above), Scroll(*rows))

    def on_press(self, id):
        if id == "arrow":
            self.finish()
        elif id.startswith("do"):
            self.lead(self.rows[int(id[2:])][2])


class Fitness(App):
    package = "com.dongqilai.fit"
    label = "动起来"
    version_name, version_code = "3.3.3", 333
    target_sdk = 33
    permissions = [STEPS, HEART, LOCATION, CAMERA, MUSIC, MICROPHONE, CALENDAR]
    front, away = None, False
    innocent = False
    dangers = ["开通会员", "购买装备", "删除记录", "注销"]
    screens = [
        "Begin/动起来", "Policy/隐私政策", "Main/今日", "Main/课程", "Main/跑步", "Main/商城", "Main/我的运动", "Week/本周", "Steps/步数",
            "Heart/心率",
        "Course/核心入门", "Level/选择难度", "Coach/语音教练", "Preview/动作预览", "Outdoor/户外跑", "Indoor/跑步机", "Running/00:00",
            "Route/路线广场",
        "Goods/瑜伽垫", "Goal/每周目标", "Body/身体数据", "Photo/拍照记录", "Medals/勋章墙", "Rank/好友排行", "Login/登录动起来",
            "Setup/设置",
        "Voice/语音播报", "Units/单位", "About/关于动起来", "Search/搜课程", "Found/拉伸 2 门",
    ]  # fmt: skip
    walk = [
        ["隐私政策", "back", *START, "本周", "back", "步数", "查看步数", "继续", "deny", "back", "心率", "测量", "继续", "deny", "back",
            "right", "left",
         "menu1", "lens", "拉伸", "back", "back", "核心入门", "折叠", "动作预览", "back", "选择难度", "开始训练", "deny", "back", "back",
         "语音教练",
         "开启口令", "deny", "back", "menu2", "户外跑", "开始", "不用", "结束", "结束运动", "back", "跑步机", "back", "路线广场", "back",
         "menu3",
         "瑜伽垫", "back", "menu4", "每周目标", "back", "身体数据", "拍照记录", "拍一张", "继续", "deny", "back", "back", "勋章墙",
         "back", "好友排行",
         "登录", "back", "back", "设置", "语音播报", "back", "单位", "back", "关于动起来", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-consent-without-refusal", ""): ["wait:1"],
        ("c5-asks-before-use", "CALENDAR"): START[:-1],
        ("c5-asks-again-on-relaunch", "CALENDAR"): [*START, "relaunch", "wait:3", "relaunch", "wait:3", "添加计划"],
        ("c5-purpose-not-told", "READ_MEDIA_AURAL"): [*START, "menu1", "核心入门", "选择难度", "开始训练"],
        ("c5-denial-blocks-function", "READ_MEDIA_AURAL"): [*START, "menu1", "核心入门", "选择难度", "开始训练", "Train/准备开始"],
        ("c5-exit-after-denial", "MICROPHONE"): [*START, "menu1", "语音教练", "开启口令", "deny", "wait:3", "home", "wait:5", "return"],
    }  # fmt: skip
    planted = list(proofs)

    class Begin(Page):
        to = {"doc": "Policy"}

        def view(self):
            words = "我们会按照隐私政策（Privacy Policy）处理您的运动数据，请您知悉。"
            sheet = low_sheet(Text("用户须知"), Text(words), Text("隐私政策", id="doc"), Button("我知道了", "ok"))
            return Frame(Column(Row(), Text("动起来"), Text("每天 10 分钟"), Row(), background="#FFDCEDC8", gravity="center"), sheet)

        def on_press(self, id):
            if id == "ok":
                self.app.prefs["known"] = True
                self.finish()

        def on_back_pressed(self):
            return True

    class Policy(Page):
        def view(self):
            return Column(WebView(Text("隐私政策"), *(Text(f"{n}. 运动数据只用于展示您的记录。") for n in range(1, 16))))

    class Main(Page):
        launcher = True
        tab, day, opened = 0, 0, False
        to = {
            "week": "Week", "steps": "Steps", "heart": "Heart", "lens": "Search", "core": "Course", "coach": "Coach", "outdoor": "Outdoor",
            "indoor": "Indoor", "routes": "Route", "mat": "Goods", "goal": "Goal", "body": "Body", "medals": "Medals", "rank": "Rank",
            "setup": "Setup", "vip": "$开通会员", "run_fast": "~请先完成入门课程", "去评分": "~谢谢",
        }  # fmt: skip
        days = (("周一", "核心 12 分钟"), ("周二", "慢跑 20 分钟"), ("周三", "休息"))

        def view(self):
            bar = Row(*(icon("#66BB6A" if n == self.tab else "#C8E6C9", f"menu{n}", says, 96)
                        for n, says in enumerate(["今日", "课程", "跑步", "商城", "我的"])))  # fmt: skip
            return Column(Column(*[self.today, self.courses, self.run, self.shop, self.me][self.tab](), Row()), bar)

        def today(self):
            name, plan = self.days[self.day]
            pager = Column(
                Text(name),
                Text(plan),
                Row(icon("#A5D6A7", "left", "前一天"), Row(), icon("#A5D6A7", "right", "后一天")),
                background="#FFF1F8E9",
            )
            cells = Row(*(tile("#81C784", words, id) for words, id in (("步数", "steps"), ("心率", "heart"), ("本周", "week"))))
            return [Row(Text("今日"), Row(), Text("8 天连续")), pager, cells]

        def courses(self):
            rows = [Row(icon("#AED581", size=200), Column(Text(name), Text(words)), id=id, clickable=True) for name, words, id in (
                ("核心入门", "12 分钟", "core"), ("语音教练", "听口令训练", "coach"), ("燃脂进阶", "30 分钟", "run_fast"))]  # fmt: skip
            return [Row(Text("课程"), Row(), icon("#558B2F", "lens", "搜索", 70)), *rows]

        def run(self):
            big = [Column(Image(tone, height=300), Text(name), id=id, clickable=True) for name, tone, id in (
                ("户外跑", "#9CCC65", "outdoor"), ("跑步机", "#80CBC4", "indoor"))]  # fmt: skip
            return [Text("跑步"), *big, Text("路线广场", id="routes")]

        def shop(self):
            return [Text("商城"), Column(Image("#FFCC80", height=400), Text("瑜伽垫"), id="mat", clickable=True), Text("跳绳 已售完")]

        def me(self):
            names = [
                ("每周目标", "goal"),
                ("身体数据", "body"),
                ("勋章墙", "medals"),
                ("好友排行", "rank"),
                ("设置", "setup"),
                ("开通会员", "vip"),
            ]
            return [Text("我的运动"), *(line(name, id) for name, id in names)]

        def on_create(self):
            if self.app.prefs.get("known"):
                self.open()
            else:
                self.start_activity("Begin")

        def on_resume(self):
            super().on_resume()
            if self.app.prefs.get("known") and not self.opened:
                self.open()

        def open(self):
            self.opened = True
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.render()
            if starts % 2 and not self.check_self_permission(CALENDAR):
                self.pending = CALENDAR, "添加计划"
                self.show_dialog("日历权限", "日历权限用于把训练计划写入您的日历", "添加计划", "不用")
            elif starts == 2:
                self.render(card(Text("本周目标完成 20%"), Text("加油！"), Text("好", id="fine")))
            elif starts == 4:
                self.show_dialog("喜欢动起来吗？", "给个评价吧", "去评分", "残忍拒绝")

        def go_on(self):
            self.pending = None
            self.request_permissions(CALENDAR)

        def on_press(self, id):
            if id.startswith("menu"):
                self.tab = int(id[4:])
            elif id in ("left", "right"):
                self.day = (self.day + (1 if id == "right" else 2)) % 3
            self.render()

    class Week(Page):
        def view(self):
            return Column(Text("本周"), Canvas(self.bars, id="chart"), Row(Text("共 36 分钟"), Row(), Button("加入日历", "plan")))

        def on_press(self, id):
            if id == "plan":
                self.explain(CALENDAR, "日历权限", "日历权限用于把本周计划写入您的日历，您也可以在此查看", "继续", "不用", "去设置")

        def after(self, permission, granted):
            self.toast("已写入" if granted else "可在此查看计划")

        def bars(self, pen):
            for n, minutes in enumerate([12, 0, 20, 4, 0, 0, 0]):
                pen.rect(80 + n * 140, 1000 - minutes * 40, 160 + n * 140, 1010, colour="#66BB6A")
                pen.text("一二三四五六日"[n], 120 + n * 140, 1040, size=44, align="center")

    class Steps(Page):
        def view(self):
            return Column(Text("步数"), Text("—"), Button("查看步数", "look"), Text("手动记录", id="note"), Row())

        def on_press(self, id):
            if id == "look":
                self.explain(STEPS, "健身运动权限", "健身运动权限用于统计您的步数，您也可以手动记录", "继续", "不用", "去设置")
            elif id == "note":
                self.toast("已记录 1000 步")

        def after(self, permission, granted):
            self.toast("今天 0 步" if granted else "可手动记录步数")

    class Heart(Page):
        def view(self):
            return Column(Text("心率"), Text("— 次/分"), Button("测量", "measure"), EditText("手动输入", id="typed"), Row())

        def on_press(self, id):
            if id == "measure":
                self.explain(HEART, "身体传感器权限", "身体传感器权限用于测量您的心率，您也可以手动输入", "继续", "不用", "去设置")

        def after(self, permission, granted):
            self.toast("请将手指放在传感器上" if granted else "请手动输入")

    class Course(Page):
        folded = False
        to = {"preview": "Preview", "choose": "Level"}

        def view(self):
            head = [] if self.folded else [Image("#33691E", height=520), Text("适合刚开始运动的您")]
            moves = [Row(Text(f"动作 {n}"), Row(), Text("30 秒")) for n in range(1, 14)]
            top = Row(Text("核心入门"), Row(), Text("展开" if self.folded else "折叠", id="fold"))
            return Column(top, *head, Scroll(Text("动作预览", id="preview"), *moves), Button("选择难度", "choose"))

        def on_press(self, id):
            self.folded = not self.folded
            self.render()

    class Level(Page):
        to = {"easy": "~已选择", "hard": "~已选择"}

        def view(self):
            return Column(Text("选择难度"), Button("轻松", "easy"), Button("挑战", "hard"), Row(), Button("开始训练", "start"))

        def on_press(self, id):
            if id == "start" and self.check_self_permission(MUSIC):
                self.start_activity("Train")
            elif id == "start":
                self.request_permissions(MUSIC)

        def after(self, permission, granted):
            if granted:
                self.start_activity("Train")
            else:
                self.toast("无法开始训练")

    class Train(Page):
        def view(self):
            return Column(Text("准备开始"), Text("3"), Row(), Text("跳过准备", id="skip"))

        def on_press(self, id):
            self.toast("动作 1")

    class Coach(Page):
        returned = False

        def view(self):
            note = Column(Text("麦克风权限用于听懂您说的“下一个”“暂停”，不开启时可点按切换"), background="#FFF9FBE7")
            return Column(Text("语音教练"), note, Row(Button("开启口令", "on"), Button("下一个", "step")), Row())

        def on_press(self, id):
            if id == "on" and self.refusals(MICROPHONE) < 2:
                self.request_permissions(MICROPHONE)
            else:
                self.toast("下一个动作")

        def back_in_front(self):
            if self.refusals(MICROPHONE) == 1:
                self.returned = True
                self.request_permissions(MICROPHONE)

        def after(self, permission, granted):
            if not granted and self.returned:
                self.finish_affinity()
            else:
                self.toast("请说口令" if granted and self.use_microphone() else "请点按切换动作")

    class Outdoor(Page):
        def view(self):
            return Column(Text("户外跑"), Canvas(self.track, id="track"), Row(Text("自由跑"), Row(), Button("开始", "go")))

        def track(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#E8F5E9")
            pen.rect(200, 300, pen.width - 200, 320, colour="#43A047")

        def on_press(self, id):
            if id == "go":
                self.explain(LOCATION, "位置权限", "位置权限用于记录跑步路线，不开启时只计时", "继续", "不用", "去设置")
            elif id == "不用":
                self.start_activity("Running")

        def after(self, permission, granted):
            if granted:
                self.read_location()
            self.start_activity("Running")

    class Running(Page):
        to = {"pause": "~已暂停"}

        def view(self):
            return Column(Text("00:00"), Text("0.00 公里"), Row(), Row(Button("暂停", "pause"), Button("结束", "stop")))

        def ask_to_stop(self):
            self.show_dialog("结束运动？", "距离太短，将不保存记录", "结束运动", "再跑一会")

        def on_press(self, id):
            if id == "stop":
                self.ask_to_stop()
            elif id == "结束运动":
                self.finish()

        def on_back_pressed(self):
            self.ask_to_stop()
            return True

    class Photo(Page):
        to = {"note": "~已保存"}

        def view(self):
            return Column(Text("拍照记录"), Button("拍一张", "shoot"), EditText("写一句", id="words"), Button("保存文字", "note"), Row())

        def on_press(self, id):
            self.explain(CAMERA, "相机权限", "相机权限用于拍下您的体型变化，也可以只写文字", "继续", "不用", "去设置")

        def after(self, permission, granted):
            self.toast("看镜头" if granted and self.use_camera() else "可以写一句话")

    class Goal(Page):
        times = 3

        def view(self):
            return Column(
                Text("每周目标"),
                Row(Button("－", "less"), Text(f"{self.times} 次"), Button("＋", "more")),
                Row(),
                Button("保存目标", "save"),
            )

        def on_press(self, id):
            if id == "save":
                self.show_dialog("保存目标？", f"每周 {self.times} 次", "保存", "再想想")
            elif id in ("less", "more"):
                self.times = min(7, max(1, self.times + (1 if id == "more" else -1)))
                self.render()

    class Search(Page):
        to = {"s0": "Found", "s1": "Found", "find": "Found"}

        def view(self):
            return Column(
                Row(EditText("搜课程", id="words"), Button("搜", "find")), Row(Text("拉伸", id="s0"), Text("瑜伽", id="s1")), Row()
            )

    Preview = like("Preview", Plain, heading="动作预览", rows=[(f"动作 {n}", "播放", "~缓冲中") for n in range(1, 10)])
    Indoor = like("Indoor", Plain, heading="跑步机", rows=[("热身 5 分钟", "了解", "~慢走"), ("匀速 20 分钟", "了解", "~6 公里/时")])
    Found = like("Found", Plain, heading="拉伸 2 门", rows=[("睡前拉伸", "了解", "~暂未开放"), ("肩颈放松", "了解", "~暂未开放")])
    Route = like("Route", Plain, heading="路线广场", rows=[("滨江 5 公里", "收藏", "~请先登录"), ("公园 3 公里", "收藏", "~请先登录")])
    Goods = like("Goods", Plain, heading="瑜伽垫", above=[lambda: Image("#FFB74D", height=500)], rows=[("¥69", "购买装备", "$购买装备")])
    Body = like("Body", Plain, heading="身体数据", above=[lambda: EditText("体重", id="kg"), lambda: EditText("身高", id="cm")],
        rows=[("照片", "拍照记录", "Photo"), ("全部", "删除记录", "$删除记录")])  # fmt: skip
    Medals = like("Medals", Plain, heading="勋章墙", rows=[("初来乍到", "", ""), ("连续 7 天", "查看", "~已获得")])
    Rank = like("Rank", Plain, heading="好友排行", rows=[("登录后查看", "登录", "Login")])
    Login = like("Login", Plain, heading="登录动起来", above=[lambda: EditText("手机号", id="tel"), lambda: EditText("验证码", id="sms"),
        lambda: Checkbox("同意用户协议", id="agree")], rows=[("", "获取验证码", "~验证码已发送"), ("", "进入", "~验证码错误")])  # fmt: skip
    Setup = like("Setup", Plain, heading="设置", rows=[
        ("播报", "语音播报", "Voice"), ("公制", "单位", "Units"), ("3.3.3", "关于动起来", "About"), ("账号", "注销", "$注销")])  # fmt: skip
    Voice = like(
        "Voice", Plain, heading="语音播报", above=[lambda: Switch("每公里播报", id="km", checked=True), lambda: Switch("男声", id="male")]
    )
    Units = like("Units", Plain, heading="单位", rows=[("公里", "选择", "^"), ("英里", "选择", "^")])
    About = like("About", Plain, heading="关于动起来", rows=[("政策", "隐私政策", "Policy"), ("更新", "检查", "~已是最新")])
