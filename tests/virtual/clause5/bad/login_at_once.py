"""Nothing without an account: the first page is the login.

One tap asks for the phone, the code by SMS and the password stay open.

What lies behind the login cannot be looked at without the user's own account; what was seen of it is innocent.
"""

from device_farm.virtual import Activity, App, Button, Column, EditText, Row, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Office(App):
    package = "com.example.bad.loginatonce"
    label = "办公"
    target_sdk = 33
    permissions = [PHONE]
    taps = ["本机号码一键登录"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-denial-blocks-login": "clear",
    }

    class Login(Activity):
        launcher = True

        def on_create(self):
            self.phone, self.go = EditText("手机号", id="et_phone"), Button("登录", id="go", enabled=False)
            self.show(Column(
                Text("登录后使用"), Text("电话权限用于获取本机号码一键登录"), Button("本机号码一键登录", id="one_tap"),
                self.phone, EditText("密码或验证码", id="et_secret"), self.go,
                Row(Text("获取验证码", id="code"), Text("注册账号", id="register")),
            ))  # fmt: skip

        def on_text(self, id, text):
            self.go.enabled = bool(self.phone.text)
            self.invalidate()

        def on_click(self, id):
            if id == "one_tap" and not self.check_self_permission(PHONE):
                self.request_permissions(PHONE)
            elif id == "go":
                self.toast("手机号或密码错误")

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.toast("请使用验证码或密码登录")
