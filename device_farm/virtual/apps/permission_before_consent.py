"""A map that asks for the location while its privacy policy waits for an answer."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"


class Map(App):
    package = "com.example.tongxing.map"
    label = "同行地图"
    version_name, version_code = "1.0.3", 103
    target_sdk = 33
    permissions = ["android.permission.INTERNET", LOCATION]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "violation",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c1-consent-preticked": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("同行地图"), Text("北京 · 朝阳"), Button("附近", id="near")))
            if not self.app.prefs.get("consented"):
                self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
                self.request_permissions(LOCATION)

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
            elif id == "不同意":
                self.finish()
