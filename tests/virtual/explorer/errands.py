"""Errands behind a form that forgets what was typed, a function that explains itself once, a sheet that sends."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

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
            self.show(Column(Text("跑腿首页"), Button("找人", id="find"), Button("更多", id="more")))

        def on_click(self, id):
            self.start_activity("Find" if id == "find" else "More")

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
