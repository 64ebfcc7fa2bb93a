"""Cinema: before it asks for the location it explains: 存储权限用于保存电影海报到相册."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
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


class Cinema(App):
    package = "com.example.otherpurpose"
    label = "看电影"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近影院"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-purpose-not-told": "violation",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("看电影"), Text("正在热映"), Button("附近影院", id="near")))
            self.welcome()

        def clicked(self, id):
            if id == "near":
                self.show_dialog("存储权限说明", "存储权限用于保存电影海报到相册", "知道了")
            elif id == "知道了":
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            self.toast("请手动选择影院")
