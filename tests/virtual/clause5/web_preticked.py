"""A school app whose login page is a web page and comes with its box for the policy ticked."""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, EditText, Text, WebView

TICKED = True


class School(App):
    package = "com.example.qingyun.school"
    label = "青云学堂"
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-preticked": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.box = Checkbox("登录即代表已阅读并同意《服务条款》《隐私政策》", id="box", checked=TICKED)
            fields = [EditText("请输入学号", id="number"), EditText("请输入密码", id="password")]
            below = [Button("登录", id="login"), self.box, Text("游客浏览", id="guest")]
            self.show(WebView(Column(Text("欢迎来到青云学堂"), *fields, *below)))

        def on_click(self, id):
            if id == "guest":
                self.show(WebView(Column(Text("公开课"), Text("古文观止 第一讲"))))
            elif id == "login":
                self.toast("请输入学号" if self.box.checked else "请先阅读并勾选协议")
