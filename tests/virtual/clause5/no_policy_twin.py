"""A fitness app: guide pages, then the privacy dialog."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
POLICY = "欢迎使用本应用。请您仔细阅读《用户协议》和《隐私政策》，了解我们如何收集和使用您的个人信息。点击同意即可开始使用。"


class Fitness(App):
    package = "com.example.nopolicytwin"
    label = "每日健身"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近健身房"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
            else:
                self.guide(1)

        def guide(self, page):
            self.page = page
            self.show(Column(Text(f"第 {page} 步 让运动更简单"), Button("下一步" if page < 3 else "立即体验", id="next")))

        def home(self):
            self.show(Column(Text("每日健身"), Text("七分钟训练"), Button("附近健身房", id="near")))

        def on_click(self, id):
            if id == "next" and self.page < 3:
                self.guide(self.page + 1)
            elif id == "next":
                self.home()
                self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
            elif id == "同意":
                self.app.prefs["agreed"] = True
            elif id == "不同意":
                self.finish()
            elif id == "near":
                self.request_permissions(LOCATION)
