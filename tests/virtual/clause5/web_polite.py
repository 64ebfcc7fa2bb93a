"""A reader that is one web page without accessibility.

Consent first, then the camera where its function is used, once.
"""

from device_farm.virtual import Activity, App, Button, Column, Frame, Row, Text, WebView

CAMERA = "android.permission.CAMERA"


class WebReader(App):
    package = "com.example.yunji.webreader"
    label = "云阅读"
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["扫一扫借书"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            books = [Text(f"第 {number} 本好书,适合周末阅读") for number in range(1, 7)]
            page = Column(Text("云阅读"), *books, Button("扫一扫借书", id="scan"), background="#FFEFF6FF")
            if self.app.prefs.get("agreed"):
                self.show(WebView(page, accessible=False))
                return
            card = Column(
                Text("用户协议与隐私政策"),
                Text("请您阅读并同意《用户协议》和《隐私政策》"),
                Row(Button("不同意", id="no"), Button("同意", id="yes")),
                background="#FFFFFFFF",
            )
            self.show(WebView(Frame(page, Column(card, background="#99000000", gravity="center")), accessible=False))

        def on_click(self, id):
            if id == "scan":
                if not self.check_self_permission(CAMERA) and not self.app.prefs.get("asked"):
                    self.app.prefs["asked"] = True
                    self.request_permissions(CAMERA)
            else:
                self.app.prefs["agreed"] = id
                self.on_create()
