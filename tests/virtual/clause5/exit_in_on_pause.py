"""A bank: the refusal finishes the page, and onPause ends the process."""

from device_farm.virtual import Activity, App, Button, Column, Text

CALENDAR = "android.permission.READ_CALENDAR"
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


class Bank(App):
    package = "com.example.exitinonpause"
    label = "惠民银行"
    target_sdk = 33
    permissions = [CALENDAR]
    taps = ["日历提醒"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-exit-after-denial": "violation",
        "c5-asks-before-use": "clear",
    }

    class Main(Page):
        launcher = True
        refused = False

        def on_create(self):
            self.show(Column(Text("惠民银行"), Button("账户总览", id="accounts"), Button("日历提醒", id="remind")))
            self.welcome()

        def on_pause(self):
            if self.refused:
                self.exit(0)

        def clicked(self, id):
            if id == "remind":
                self.request_permissions(CALENDAR)
            else:
                self.toast("请先登录")

        def on_permission_result(self, results):
            if not results.get(CALENDAR):
                self.refused = True
                self.finish()
