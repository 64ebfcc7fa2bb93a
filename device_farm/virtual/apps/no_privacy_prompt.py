"""A notebook that asks for the contacts at its first start and never shows a privacy policy."""

from device_farm.virtual import Activity, App, Button, Column, Text

CONTACTS = "android.permission.READ_CONTACTS"
POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"


class Notes(App):
    package = "com.example.shiguang.notes"
    label = "拾光笔记"
    version_name, version_code = "1.0.3", 103
    target_sdk = 33
    permissions = ["android.permission.INTERNET", CONTACTS]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "suspected",
        "c1-no-privacy-prompt": "violation",
        "c1-consent-without-refusal": "not_exercised",
        "c1-consent-preticked": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("拾光笔记"), Text("今天记点什么"), Button("新建", id="new")))
            if not self.app.prefs.get("started"):
                self.app.prefs["started"] = True
                self.on_click("同意")

        def on_click(self, id):
            if id == "同意":
                self.request_permissions(CONTACTS)
            elif id == "不同意":
                self.finish()
            else:
                self.toast("已新建")
