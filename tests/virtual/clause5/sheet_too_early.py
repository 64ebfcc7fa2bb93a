"""Notes: a painted sheet tells the purpose and is gone 6 s before the system asks."""

from device_farm.virtual import App, Button, Canvas, Column, Text
from tests.virtual.consent_page import Page

MICROPHONE = "android.permission.RECORD_AUDIO"


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
