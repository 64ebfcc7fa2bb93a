"""Notes: a painted sheet tells the purpose and is gone 6 s before the system asks."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, Text

MICROPHONE = "android.permission.RECORD_AUDIO"
POLICY = "欢迎使用本应用。请您仔细阅读《用户协议》和《隐私政策》，了解我们如何收集和使用您的个人信息。点击同意即可开始使用。"


class Page(Activity):
    """The first page: the privacy dialog at the first start, then `enter`."""

    def welcome(self):
        if self.app.prefs.get("agreed"):
            self.enter()
        else:
            self.show_dialog("服务协议和隐私政策", POLICY, "同意", "不同意", cancelable=False)

    def enter(self):
        pass

    def on_click(self, id):
        if id == "同意":
            self.app.prefs["agreed"] = True
            self.enter()
        elif id == "不同意":
            self.finish()
        else:
            self.clicked(id)

    def clicked(self, id):
        pass


class Notes(App):
    package = "com.example.sheettooearly"
    label = "随心记"
    target_sdk = 33
    permissions = [MICROPHONE]
    taps = ["语音输入"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-purpose-not-told": "violation",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.home()
            self.welcome()

        def home(self):
            self.show(Column(Text("随心记"), Text("还没有笔记"), Button("语音输入", id="voice")))

        def sheet(self, pen):
            pen.rect(0, 0, pen.width, 460, colour="#F2F6FF", radius=24)
            pen.text("麦克风权限使用说明", 60, 60, size=52, colour="#111111")
            pen.text("用于语音输入，把您说的话转成文字", 60, 180, size=44, colour="#333333")

        def clicked(self, id):
            if id == "voice":
                self.show(Canvas(self.sheet))
                self.post_delayed(self.home, 4)
                self.post_delayed(self.ask, 10)

        def ask(self):
            self.request_permissions(MICROPHONE)

        def on_permission_result(self, results):
            self.home()
