"""A news reader whose push SDK tries to read the IMSI while the policy waits for an answer: Android refuses it."""

from device_farm.virtual import Activity, App, Button, Column, Text

POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"
TAG = "cn.jpush.android"


class News(App):
    package = "com.example.zaobao.news"
    label = "早报"
    version_name, version_code = "5.2.1", 521
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-reads-before-consent": "suspected",
        "c1-no-privacy-prompt": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("早报"), Text("今日要闻"), Button("刷新", id="refresh")))
            if self.app.prefs.get("consented"):
                return
            self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
            self.read_device_id("getSubscriberIdForSubscriber", tag=TAG)

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
                self.toast("欢迎")
            elif id == "不同意":
                self.finish()
