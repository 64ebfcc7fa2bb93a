"""A job app in two languages.

A deck of cards, a drawer, a résumé in three steps, a guide that is web pages only, tabs in the messages.

Faults:

- c1-consent-preticked: the box 我已阅读并同意《隐私政策》 of the first page is ticked beforehand.
- c5-asks-before-use, c5-asks-without-function (READ_MEDIA_VISUAL): nothing at the first start; the second one asks for
  the photos before anything is used. It is told, and asked once; no page of the app has anything to do with photos.
- c5-denial-blocks-login (PHONE): Me > Sign in: all three ways want the phone permission and open nothing without it; it
  is told.
- c5-dialog-loop (MICROPHONE): Messages > Interviews > Acme > 语音自我介绍 > Record: after a denial the app's own word
  comes back three times.
- c5-bundled-request: the last step of the résumé asks for camera, location and calendar in one request (each is told).

Innocent: Jobs near me, 拍头像 and Add to calendar explain, ask when used and do without; applying and calling are
dangers.
"""

from device_farm.virtual import App, Button, Checkbox, Column, EditText, Frame, Image, ListView, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.pages import Page, icon, like, low_sheet

PHONE = "android.permission.READ_PHONE_NUMBERS"
MICROPHONE = "android.permission.RECORD_AUDIO"
CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CALENDAR = "android.permission.WRITE_CALENDAR"
IMAGES = "android.permission.READ_MEDIA_IMAGES"
YES, NO = "Allow 允许", "Later 以后"
CARDS = [("Java Engineer", "Acme 科技", "20-35K"), ("产品经理 PM", "Globex", "18-30K"), ("UI Designer", "Initech 设计", "15-25K")]


class Web(Page):
    """A page of the guide: web content, with a link to the next."""

    heading = ""
    sentence = "Keep it short and honest. 简洁、真实。"
    links = ()

    def view(self):
        words = [Text(f"{n}. {self.sentence}") for n in range(1, 9)]
        links = [Text(words, id=f"a{n}") for n, (words, _) in enumerate(self.links)]
        return Column(WebView(Text(self.heading), *words, *links))

    def on_press(self, id):
        self.lead(self.links[int(id[1:])][1])


class Options(Page):
    """A heading over plain rows; ``options`` are (text, target)."""

    heading = ""
    options = ()
    above = ()

    def view(self):
        return Column(
            Text(self.heading), *(make() for make in self.above), ListView(*(Row(Text(words), Row()) for words, _ in self.options))
        )

    def on_item_click(self, id, position):
        self.lead(self.options[position][1])


class Jobs(App):
    package = "com.hireme.zhipin"
    label = "HireMe 直聘"
    version_name, version_code = "2.7.0", 270
    target_sdk = 33
    permissions = [PHONE, MICROPHONE, CAMERA, LOCATION, CALENDAR, IMAGES]
    front, away = None, False
    innocent = False
    dangers = ["Apply 投递", "Call HR", "Delete account", "Pay 99"]
    screens = [
        "Gate/HireMe 直聘", "Terms/隐私政策 Privacy", "Home/Jobs for you", "Home/Guide 求职攻略", "Home/Messages 沟通",
            "Home/Interviews 面试",
        "Home/Me 我的", "Drawer/Menu", "Filters/Filters 筛选", "Job/Java Engineer", "Firm/Acme 科技", "Salary/薪资对比",
            "Search/Search jobs",
        "Hits/23 jobs", "Near/Jobs near me", "Article/How to interview", "Article2/How to write a CV", "Chat/HR 小林",
            "Meeting/Interview at Acme",
        "Voice/语音自我介绍", "Resume/1 Basics", "Resume/2 Experience", "Resume/3 Preferences", "Done/Your CV is ready", "Avatar/头像",
        "SignIn/Sign in 登录", "Settings/Settings", "Language/Language", "Faq/FAQ",
    ]  # fmt: skip
    walk = [
        ["隐私政策 Privacy", "back", "进入 Enter", "next_card", "prev_card", "Java Engineer", "Acme 科技", "back", "薪资对比", "back",
            "back",
         "Filters", "Done", "magnifier", "remote", "back", "back", "menu", "Jobs near me", "Locate", YES, "deny", "back", "menu",
         "Language", "back",
         "menu", "FAQ", "back", "t_guide", "read_first", "How to write a CV", "back", "back", "t_msg", "HR 小林", "back", "in_interviews",
         "Acme 14:00", "Add to calendar", YES, "deny", "语音自我介绍", "back", "back", "t_me", "My CV", "Next", "Next", "Finish 完成",
         "Go on 继续",
         "deny", "deny", "deny", "back", "拍头像", "Take photo", YES, "deny", "back", "Sign in", "back", "Settings", "back"],
    ]  # fmt: skip
    proofs = {
        ("c1-consent-preticked", ""): ["wait:1"],
        ("c5-asks-before-use", "READ_MEDIA_VISUAL"): ["进入 Enter", "relaunch", "wait:2", "OK 好的"],
        ("c5-asks-without-function", "READ_MEDIA_VISUAL"): ["进入 Enter", "relaunch", "wait:2", "OK 好的"],
        ("c5-denial-blocks-login", "PHONE"): ["进入 Enter", "t_me", "Sign in", "SMS 验证码登录", YES, "Code/Enter the code"],
        ("c5-dialog-loop", "MICROPHONE"): [
            "进入 Enter", "t_msg", "in_interviews", "Acme 14:00", "语音自我介绍", "Record", YES, "deny", NO, "wait:2", NO, "wait:2"],
        ("c5-bundled-request", ""): ["进入 Enter", "t_me", "My CV", "Next", "Next", "Finish 完成", "Go on 继续"],
    }  # fmt: skip
    planted = list(proofs)

    class Gate(Page):
        launcher = True
        to = {"doc": "Terms"}
        ticked = True

        def view(self):
            box = Checkbox("我已阅读并同意《隐私政策》", id="box", checked=self.ticked)
            return Column(
                Row(),
                Text("HireMe 直聘"),
                Text("Find work, 找工作"),
                Row(),
                Row(box, Text("隐私政策 Privacy", id="doc")),
                Button("进入 Enter", "enter"),
                Text("暂不使用", id="leave"),
            )

        def on_create(self):
            if self.app.prefs.get("in"):
                self.start_activity("Home")
                self.finish()
            else:
                self.render()

        def on_switch(self, id, checked):
            self.ticked = checked

        def on_press(self, id):
            if id == "leave":
                self.finish()
            elif not self.ticked:
                self.toast("请先阅读并勾选")
            else:
                self.app.prefs["in"] = True
                self.start_activity("Home")
                self.finish()

    class Home(Page):
        tab, inner, at = "jobs", "chats", 0
        to = {
            "menu": "Drawer", "filters": "Filters", "magnifier": "Search", "card0": "Job", "card1": "~Closed 已关闭",
            "card2": "~Closed 已关闭",
            "read_first": "Article", "cv": "Resume", "avatar": "Avatar", "sign": "SignIn", "set": "Settings", "vip": "$Pay 99",
        }  # fmt: skip
        lists = {"chats": [("HR 小林", "Chat"), ("System 系统", "~No news")], "interviews": [("Acme 14:00", "Meeting")]}

        def view(self):
            bar = Row(*(Column(icon("#5C6BC0", size=70), Text(name), id=f"t_{id}", clickable=True) for name, id in (
                ("Jobs", "jobs"), ("Guide", "guide"), ("Msg", "msg"), ("Me", "me"))))  # fmt: skip
            return Column({"jobs": self.jobs, "guide": self.guide, "msg": self.messages, "me": self.me}[self.tab](), bar)

        def jobs(self):
            title, firm, pay = CARDS[self.at]
            top = Row(
                icon("#37474F", "menu", "Menu", 64),
                Text("Jobs for you"),
                Row(),
                Text("Filters", id="filters"),
                icon("#37474F", "magnifier", "Search", 64),
            )
            deck = Column(Text(title), Text(firm), Text(pay), Row(), background="#FFE8EAF6", id=f"card{self.at}", clickable=True)
            arrows = Row(
                icon("#9FA8DA", "prev_card", "Previous"), Row(), Text(f"{self.at + 1} / 3"), Row(), icon("#9FA8DA", "next_card", "Next")
            )
            return Column(top, deck, arrows)

        def guide(self):
            lines = [Text(words) for words in ("Before the interview", "During it", "After it")]
            return Column(WebView(Text("Guide 求职攻略"), Image("#C5CAE9", height=400), Text("How to interview", id="read_first"), *lines))

        def messages(self):
            tops = Row(Text("Chats", id="in_chats"), Text("Interviews", id="in_interviews"))
            rows = ListView(*(Row(icon("#C5CAE9"), Text(name), Row()) for name, _ in self.lists[self.inner]), id="talks")
            return Column(Text("Messages 沟通" if self.inner == "chats" else "Interviews 面试"), tops, rows)

        def me(self):
            rows = [("My CV", "cv"), ("拍头像", "avatar"), ("Settings", "set"), ("VIP", "vip")]
            cells = [Column(icon("#9FA8DA"), Text(name), id=id, clickable=True) for name, id in rows]
            return Column(Text("Me 我的"), Button("Sign in", "sign"), Row(*cells[:2]), Row(*cells[2:]), Row())

        def on_create(self):
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.render()
            if starts == 2:
                self.pending = IMAGES, "OK 好的"
                self.show_dialog("Photos 相册权限", "相册权限用于保存职位海报 (photos: to save job posters)", "OK 好的", "Cancel")
            elif starts == 3:
                self.show_dialog("New jobs", "12 new jobs in 上海", "See", "Close")

        def on_item_click(self, id, position):
            self.lead(self.lists[self.inner][position][1])

        def on_press(self, id):
            if id.startswith("t_"):
                self.tab = id[2:]
            elif id.startswith("in_"):
                self.inner = id[3:]
            elif id.endswith("_card"):
                self.at = (self.at + (1 if id == "next_card" else 2)) % 3
            self.render()

    class Drawer(Page):
        translucent = True
        to = {"gap": "^"}
        ways = {"d0": "Near", "d1": "Language", "d2": "Faq"}

        def view(self):
            names = ["Jobs near me", "Language", "FAQ"]
            items = Column(Text("Menu"), *(Text(name, id=f"d{n}") for n, name in enumerate(names)), Row(), background="#FFFFFFFF")
            return Frame(Column(Row(), background="#77000000", id="gap", clickable=True), Row(items, Row()))

        def on_press(self, id):
            self.finish()
            self.lead(self.ways.get(id, ""))

    class Filters(Page):
        translucent = True
        to = {"ok": "^", "out": "^"}

        def view(self):
            chips = [Row(*(Button(name, f"chip_{name}") for name in names)) for names in (("Full time", "Part time"), ("10-20K", "20K+"))]
            return low_sheet(Text("Filters 筛选"), *chips, Switch("Remote 远程", id="remote_only"), Button("Done", "ok"), id="out")

        def on_press(self, id):
            self.toast(id.removeprefix("chip_"))

    class Job(Page):
        to = {"firm": "Firm", "pay": "Salary", "apply": "$Apply 投递", "call": "$Call HR"}

        def view(self):
            needs = [Text(f"- Requirement {n}: 3 years of practice, 良好的沟通能力") for n in range(1, 16)]
            links = [Text("Acme 科技", id="firm"), Text("薪资对比", id="pay")]
            return Column(Text("Java Engineer"), Scroll(*links, *needs), Row(Button("Call HR", "call"), Button("Apply 投递", "apply")))

    class Search(Page):
        to = {"remote": "Hits", "java": "Hits", "go": "Hits"}

        def view(self):
            return Column(
                Row(EditText("Search jobs", id="q"), Button("Go", "go")),
                Text("Recent 最近"),
                Row(Text("remote", id="remote"), Text("java", id="java"), Text("×", id="forget")),
                Row(),
            )

        def on_press(self, id):
            self.toast("Cleared")

    class Near(Page):
        def view(self):
            rows = [Row(Text(firm), Row(), Text(pay)) for _, firm, pay in CARDS]
            return Column(Row(Text("Jobs near me"), Row(), Button("Locate", "locate")), *rows, Row())

        def on_press(self, id):
            self.explain(LOCATION, "Location 位置", "位置权限用于查找附近的工作 (location). 不开启则按城市显示。", YES, NO, "Settings 设置")

        def after(self, permission, granted):
            self.toast("By distance" if granted and self.read_location() else "By city")

    class Chat(Page):
        to = {"send": "~Please sign in 请先登录", "cvs": "~Please sign in 请先登录"}

        def view(self):
            lines = [Text("您好，看到您的简历"), Text("Are you free this week?")]
            return Column(
                Text("HR 小林"), Scroll(*lines), Row(EditText("Say something", id="say"), Button("Send", "send"), Text("发简历", id="cvs"))
            )

    class Meeting(Page):
        to = {"voice": "Voice", "route": "~No map app"}

        def view(self):
            facts = [Text("Today 14:00"), Text("示例路 8 号 6 楼")]
            links = [Button("Add to calendar", "cal"), Button("Route", "route"), Text("语音自我介绍", id="voice")]
            return Column(Text("Interview at Acme"), *facts, *links, Row())

        def on_press(self, id):
            self.explain(CALENDAR, "Calendar 日历", "日历权限用于记下面试时间 (calendar)", YES, NO, "Settings 设置")

        def after(self, permission, granted):
            self.toast("Added" if granted else "Please note it yourself")

    class Voice(Page):
        nags = 0

        def view(self):
            return Column(Text("语音自我介绍"), Text("Tell us about you in 30 seconds"), Row(), Button("Record", "rec"))

        def word(self):
            self.pending = MICROPHONE, YES
            self.show_dialog("Microphone 麦克风", "麦克风权限用于录下您的自我介绍 (microphone)", YES, NO)

        def on_press(self, id):
            if id == "rec" and self.check_self_permission(MICROPHONE):
                self.after(MICROPHONE, True)
            elif id == "rec":
                self.nags = 0
                self.word()
            elif id == NO and 0 < self.nags < 3:
                self.nags += 1
                self.post_delayed(self.word, 1)

        def after(self, permission, granted):
            if granted:
                self.toast("Recording" if self.use_microphone() else "Try again")
            else:
                self.nags = 1
                self.post_delayed(self.word, 1)

    class Resume(Page):
        step = 0

        def view(self):
            title = ["1 Basics", "2 Experience", "3 Preferences"][self.step]
            hints = [["Name 姓名", "School 学校"], ["Company 公司", "Title 职位"], ["City 城市", "Salary 期望薪资"]][self.step]
            fields = [EditText(hint, id=f"e{self.step}{n}") for n, hint in enumerate(hints)]
            last = self.step == 2
            return Column(Text(title), *fields, Row(), Row(Text("Back", id="prev"), Row(), Button("Finish 完成" if last else "Next", "go")))

        def on_press(self, id):
            if id == "prev" and not self.step:
                self.finish()
            elif id in ("prev", "go") and not (id == "go" and self.step == 2):
                self.step += 1 if id == "go" else -1
                self.render()
            elif id == "go":
                why = "相机用于视频面试，位置用于推荐附近职位，日历用于提醒面试 (camera, location, calendar)"
                self.show_dialog("Permissions 权限", why, "Go on 继续", "Skip 跳过")
            elif id == "Go on 继续":
                self.request_permissions(CAMERA, LOCATION, CALENDAR)
            elif id == "Skip 跳过":
                self.done()

        def done(self):
            self.start_activity("Done")
            self.finish()

        def on_permission_result(self, results):
            self.done()

    class Done(Page):
        to = {"ok": "^"}

        def view(self):
            return Column(Text("Your CV is ready"), Row(), Button("OK", "ok"))

    class Avatar(Page):
        to = {"default": "~Saved"}

        def view(self):
            return Column(
                Text("头像"), icon("#C5CAE9", size=300), Button("Take photo", "shoot"), Button("Use default 默认头像", "default"), Row()
            )

        def on_press(self, id):
            self.explain(CAMERA, "Camera 相机", "相机权限用于拍摄头像 (camera)，也可用默认头像", YES, NO, "Settings 设置")

        def after(self, permission, granted):
            self.toast("Smile!" if granted and self.use_camera() else "Using default")

    class SignIn(Page):
        ways = ("One tap 本机号码登录", "SMS 验证码登录", "Password 密码登录")

        def view(self):
            return Column(Text("Sign in 登录"), *(Button(way, f"w{n}") for n, way in enumerate(self.ways)), Row())

        def on_press(self, id):
            if id.startswith("w"):
                self.explain(PHONE, "Phone 电话", "电话权限用于校验本机号码 (phone)，登录前请开启", YES, NO)

        def after(self, permission, granted):
            if granted:
                self.start_activity("Code")
            else:
                self.toast("Phone permission is needed 无法登录")

    class Code(Page):
        to = {"ok": "~Wrong code"}

        def view(self):
            return Column(Text("Enter the code"), EditText("6 digits", id="code"), Button("OK", "ok"), Row())

    Terms = like("Terms", Web, heading="隐私政策 Privacy", sentence="我们只为求职服务处理您的信息。We use your data for job search only.")
    Article = like("Article", Web, heading="How to interview", links=[("How to write a CV", "Article2")])
    Article2 = like("Article2", Web, heading="How to write a CV")
    Firm = like("Firm", Options, heading="Acme 科技", above=[lambda: Image("#7986CB", height=300)],
        options=[("200-500 people", "~200-500"), ("Open jobs 3", "Hits"), ("Website", "~No browser")])  # fmt: skip
    Salary = like("Salary", Options, heading="薪资对比", options=[("Acme 28K", "~Median"), ("Market 市场 25K", "~Median")])
    Hits = like(
        "Hits", Options, heading="23 jobs", options=[("Java Engineer, Remote", "Job"), *((f"Job {n}", "~Closed") for n in range(2, 24))]
    )
    Settings = like("Settings", Options, heading="Settings", above=[lambda: Switch("Job mail 职位邮件", id="mail")],
        options=[("Privacy 隐私政策", "Terms"), ("Version 2.7.0", "~Up to date"), ("Delete account", "$Delete account")])  # fmt: skip
    Language = like("Language", Options, heading="Language", options=[("English + 中文", "^"), ("English", "~Restart to apply")])
    Faq = like("Faq", Options, heading="FAQ", options=[("Is it free?", "~Yes"), ("如何隐藏简历？", "~Settings")])
