"""A community whose login page comes with the policy's box ticked."""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, EditText, Text


class Community(App):
    package = "com.example.linli.community"
    label = "邻里社区"
    version_name, version_code = "1.0.3", 103
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "not_exercised",
        "c1-consent-preticked": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            agree = Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="agree", checked=True)
            phone, code = EditText("手机号", id="phone"), EditText("验证码", id="code")
            self.show(Column(Text("邻里社区"), phone, code, agree, Button("登录", id="login")))

        def on_click(self, id):
            self.toast("请输入手机号")
