"""A login page with nothing but 本机号码一键登录, which needs the phone permission and goes nowhere without it."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

PHONE = "android.permission.READ_PHONE_STATE"
WAYS = [Button("本机号码一键登录", id="one")]


class Travel(App):
    package = "com.example.zouzou.travel"
    label = "走走旅行"
    target_sdk = 30
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-denial-blocks-login": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("走走旅行"), Text("周末去哪儿"), Button("攻略", id="guide"), Button("我的", id="me")))

        def on_click(self, id):
            self.start_activity("Login") if id == "me" else self.toast("攻略更新中")

    class Login(Activity):
        def on_create(self):
            self.show(Column(Text("登录后查看行程"), *WAYS))

        def on_click(self, id):
            if id == "one" and not self.check_self_permission(PHONE):
                self.request_permissions(PHONE)
            else:
                self.start_activity("Code" if id == "sms" else "Home")

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.start_activity("Home")
            elif PHONE in results:
                self.toast("未授予电话权限,无法登录")

    class Code(Activity):
        def on_create(self):
            fields = [EditText("手机号", id="number"), EditText("验证码", id="code")]
            self.show(Column(Text("短信登录"), *fields, Button("获取验证码", id="send")))

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("我的行程"), Text("还没有行程")))
