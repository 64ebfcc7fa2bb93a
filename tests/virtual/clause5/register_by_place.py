"""A gym app on which nobody can register who refused it the location; a toast says so."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Gym(App):
    package = "com.example.dongdong.gym"
    label = "动动健身"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-denial-blocks-login": "violation",
        "c5-bundled-request": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("动动健身"), Text("今日训练 深蹲"), Button("课程", id="course"), Button("注册账号", id="register")))

        def on_click(self, id):
            if id == "course":
                self.toast("课程更新中")
            else:
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION):
                self.start_activity("Register")
            elif LOCATION in results:
                self.refused()

        def refused(self):
            self.toast("未开启定位,无法注册")

    class Register(Activity):
        def on_create(self):
            fields = [EditText("手机号", id="number"), EditText("设置密码", id="password"), EditText("验证码", id="code")]
            self.show(Column(Text("注册"), *fields, Button("获取验证码", id="send"), Button("立即注册", id="go")))
