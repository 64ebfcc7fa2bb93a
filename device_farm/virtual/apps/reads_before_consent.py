"""A weather app made for Android 5 that reads the phone's IMEI and location while its policy waits for an answer."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
PHONE = "android.permission.READ_PHONE_STATE"
POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"


class Weather(App):
    package = "com.example.qinglang.weather"
    label = "晴朗天气"
    version_name, version_code = "3.1.0", 310
    target_sdk = 22
    permissions = ["android.permission.INTERNET", LOCATION, PHONE]
    only_android = ["9", "8.1"]  # what 10 and later let such an app read is looked through before its first start
    options = ["--clause", "1"]
    expected = {
        "c1-reads-before-consent": "violation",
        "c1-reads-after-refusal": "not_exercised",
        "c1-no-privacy-prompt": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("晴朗天气"), Text("北京 · 晴 21℃"), Button("刷新", id="refresh")))
            if self.app.prefs.get("consented"):
                return
            self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
            self.read_device_id()
            self.read_location()

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
                self.toast("欢迎")
            elif id == "不同意":
                self.finish()
