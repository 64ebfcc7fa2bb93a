"""A coupon app whose policy, on a silent web page, can only be answered with 我知道了.

Read in pixels, for a person to confirm.
"""

from device_farm.virtual import Activity, App, Button, Column, Text, WebView


class Coupons(App):
    package = "com.example.quanquan.coupons"
    label = "券券省"
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            card = Column(
                Text("温馨提示"), Text("在使用券券省之前,请仔细阅读《用户协议》和《隐私政策》,了解我们如何收集和使用个人信息。"),
                *self.answers(), background="#FFFFFFFF",
            )  # fmt: skip
            self.show(WebView(Column(card, background="#88000000", gravity="center"), accessible=False))

        def answers(self):
            return [Button("我知道了", id="yes")]

        def home(self):
            self.show(Column(Text("今日好券"), Text("满 30 减 5"), Button("领券", id="get")))

        def on_click(self, id):
            if id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            elif id == "no":
                self.finish()
