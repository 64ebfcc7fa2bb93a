"""A bank: the refusal finishes the page, and onPause ends the process."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

CALENDAR = "android.permission.READ_CALENDAR"


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
