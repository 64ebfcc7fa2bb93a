"""A forum that lets nobody log in who refused it the phone state."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Forum(App):
    package = "com.example.qushi.forum"
    label = "趣事论坛"
    version_name, version_code = "2.1.0", 210
    target_sdk = 33
    permissions = [PHONE]
    taps = ["登录"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "inconclusive",  # what lies behind the login nobody saw
        "c5-dialog-loop": "inconclusive",
        "c5-asks-again-on-relaunch": "clear",
        "c5-denial-blocks-function": "not_exercised",
        "c5-denial-blocks-login": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("趣事论坛"), Text("热门 你遇到过哪些巧合"), Button("登录", id="login")))

        def on_click(self, id):
            if id == "login":
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.start_activity("Login")
            else:
                self.show_dialog("提示", "请开启电话权限后登录", "知道了", "取消")

    class Login(Activity):
        def on_create(self):
            phone, code = EditText("手机号", id="phone"), EditText("短信验证码", id="code")
            self.show(Column(Text("验证码登录"), phone, code, Button("获取验证码", id="send")))
