"""A recipe app whose privacy dialog can only be agreed to."""

from device_farm.virtual import Activity, App, Button, Column, Text

POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"


class Recipes(App):
    package = "com.example.sancan.recipes"
    label = "三餐食谱"
    version_name, version_code = "1.0.3", 103
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "violation",
        "c1-consent-preticked": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("三餐食谱"), Text("今日推荐 番茄牛腩"), Button("收藏", id="keep")))
            if not self.app.prefs.get("consented"):
                answers = ["我知道了"]
                self.show_dialog("隐私政策", POLICY, *answers, cancelable=False)

        def on_click(self, id):
            if id in ("我知道了", "同意"):
                self.app.prefs["consented"] = True
            elif id == "不同意":
                self.finish()
