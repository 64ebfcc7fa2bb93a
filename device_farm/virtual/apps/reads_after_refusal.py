"""A calendar made for Android 5 that goes on without consent, and reads the contacts all the same."""

from device_farm.virtual import Activity, App, Button, Column, Text

CONTACTS = "android.permission.READ_CONTACTS"
POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》。不同意时您可使用基本功能模式。"


class Calendar(App):
    package = "com.example.suishi.calendar"
    label = "岁时日历"
    version_name, version_code = "2.0.4", 204
    target_sdk = 22
    permissions = ["android.permission.INTERNET", CONTACTS]
    only_android = ["9", "8.1"]  # what 10 and later let such an app read is looked through before its first start
    options = ["--clause", "1", "--consent", "refuse"]
    expected = {
        "c1-reads-after-refusal": "violation",
        "c1-reads-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("岁时日历"), Text("十一月三十日 星期一"), Button("明天", id="next")))
            if not self.app.prefs.get("answered"):
                self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)

        def on_click(self, id):
            if id in ("同意", "不同意"):
                self.app.prefs["answered"] = True
                self.post_delayed(self.import_birthdays, 4)

        def import_birthdays(self):
            self.read_contacts()
