"""A video app that shows its policy first, after a splash with an advert and two guide pages.

It asks when that was agreed to.
"""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text

STORAGE = "android.permission.READ_EXTERNAL_STORAGE"
POLICY = "我们非常重视您的个人信息。请阅读《用户协议》与《隐私政策》,点击同意后开始使用。"
EARLY = False


class Video(App):
    package = "com.example.kanpian.video"
    label = "看片儿"
    target_sdk = 30
    permissions = [STORAGE]
    options = ["--clause", "1"]
    only_android = ["8.1", "9", "10", "11", "12"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
    }

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.pages = ["发现好视频", "和朋友一起看"]
            self.show(Frame(Image("#FF37474F"), Column(Text("年货节 全场五折"), Text("广告"), Button("跳过 3", id="skip"))))
            if EARLY and not self.app.prefs.get("agreed"):
                self.request_permissions(STORAGE)

        def on_click(self, id):
            if self.app.prefs.get("agreed") or (id == "next" and not self.pages):
                self.start_activity("Main")
                self.finish()
            else:
                self.show(Column(Text(self.pages.pop(0)), Button("下一页" if self.pages else "立即体验", id="next")))

    class Main(Activity):
        def on_create(self):
            self.show(Column(Text("推荐视频"), Text("海边的一天"), Button("搜索", id="find")))
            if not self.app.prefs.get("agreed"):
                self.show_dialog("个人信息保护指引", POLICY, "同意", "不同意", cancelable=False)

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["agreed"] = True
                self.request_permissions(STORAGE)
            elif id == "不同意":
                self.finish()
