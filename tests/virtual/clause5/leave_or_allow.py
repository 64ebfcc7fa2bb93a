"""Poems: its own prompt for the photos, whose only other button is 退出应用."""

from device_farm.virtual import Activity, App, Button, Column, Text

IMAGES = "android.permission.READ_MEDIA_IMAGES"
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


class Poems(App):
    package = "com.example.leaveorallow"
    label = "古诗词"
    target_sdk = 33
    permissions = [IMAGES]
    only_android = ["13", "14", "15", "16"]  # where pictures are a permission of their own
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-exit-after-denial": "violation",
        "c5-asks-before-use": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("古诗词"), Button("今日一首", id="today"), Button("诗人", id="poets")))
            self.welcome()

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.show_dialog("权限申请", "古诗词需要访问照片和视频权限，用于缓存诗词配图", "去授权", "退出应用", cancelable=False)

        def clicked(self, id):
            if id == "去授权":
                self.request_permissions(IMAGES)
            elif id == "退出应用":
                self.finish_affinity()
            else:
                self.toast("床前明月光")
