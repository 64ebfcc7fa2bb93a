"""Errands behind a form that forgets what was typed, a function that explains itself once, a sheet, a policy."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Row, Scroll, Text

CONTACTS = "android.permission.READ_CONTACTS"
MICROPHONE = "android.permission.RECORD_AUDIO"
PLANS = ("甲", "乙")


class Errands(App):
    package = "com.example.paotui.errands"
    label = "跑腿"
    target_sdk = 33
    permissions = [CONTACTS, MICROPHONE]

    class Home(Activity):
        launcher = True

        def on_create(self):
            about = Row(Text("隐私政策"), Text("›"), id="about", clickable=True)
            terms = Button("用户协议", id="terms")
            self.show(Column(Text("跑腿首页"), Button("找人", id="find"), Button("更多", id="more"), about, terms))

        def on_click(self, id):
            self.start_activity({"find": "Find", "more": "More", "about": "Policy", "terms": "Terms"}[id])

    class Policy(Activity):
        def on_create(self):
            said = (Text(f"第{n}条 我们如何保存您在跑腿第{n}步填写的个人信息，以及何时删除。") for n in range(1, 161))
            self.show(Column(Text("跑腿隐私政策"), Scroll(*said)))

    class Terms(Activity):
        def on_create(self):
            self.show(Column(Text("跑腿用户协议"), *(Text(f"{n}、您应如实填写要办的事，跑腿员按约定的时间办理。") for n in range(1, 6))))

    class Find(Activity):
        def on_resume(self):
            self.button = Button("查询", id="search", enabled=False)
            self.show(Column(Text("找谁帮忙"), EditText("地点", id="where"), self.button))

        def on_text(self, id, text):
            self.button.enabled = len(text) > 1
            self.invalidate()

        def on_click(self, id):
            self.start_activity("Found")

    class Found(Activity):
        def on_create(self):
            self.show(Column(Text("查询结果"), *(Button(f"方案{name}", id=f"plan{n}") for n, name in enumerate(PLANS))))

        def on_click(self, id):
            self.start_activity("Plan", name=PLANS[int(id[-1])])
            self.finish()  # Back leads to the form again, which is empty by then

    class Plan(Activity):
        def on_create(self):
            self.name = self.intent.extras["name"]
            self.show(Column(Text(f"方案{self.name}的内容"), Button(f"选{self.name}", id="choose")))

        def on_click(self, id):
            if id == "choose" and not self.app.prefs.get("told"):
                self.app.prefs["told"] = True
                self.show_dialog("需要以下权限", "通讯录权限用于选择收件人，麦克风权限用于语音留言。", "去授权", "直接下一步")
            elif id == "去授权":
                self.request_permissions(CONTACTS, MICROPHONE)
            else:
                self.toast("已选择")

    class More(Activity):
        translucent = True

        def on_create(self):
            buttons = (Button("置顶", id="top"), Button("发送给好友", id="send"), Button("静音", id="mute"))
            card = Column(Text("更多选择"), *buttons, background="#FFFFFFFF", id="sheet", clickable=True)
            self.show(Column(card, background="#80000000", gravity="bottom", id="outside", clickable=True))

        def on_click(self, id):
            if id == "send":
                self.app.prefs["sent"] = True
            elif id == "outside":
                self.finish()
