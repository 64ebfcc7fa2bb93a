"""A mail app whose session lasts a day by the wall clock: under the moved clock it shows its login page and asks.

That proves nothing.
"""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

CONTACTS = "android.permission.READ_CONTACTS"
SESSION_HOURS = 24


class Mail(App):
    package = "com.example.feige.mail"
    label = "飞鸽邮箱"
    version_name, version_code = "2.0.1", 201
    target_sdk = 33
    permissions = [CONTACTS]
    taps = ["写邮件"]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-within-48-hours": "inconclusive",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            now = self.current_time_millis()
            if now - self.app.prefs.setdefault("logged_in", now) >= SESSION_HOURS * 3_600_000:
                page = Column(Text("登录已过期,请重新登录"), EditText(hint="密码", id="password"), Button("登录", id="login"))
                self.show(page)
                self.request_permissions(CONTACTS)
            else:
                purpose = Text("写邮件使用通讯录权限,用于选择收件人")
                self.show(Column(Text("飞鸽邮箱"), purpose, Button("写邮件", id="write")))

        def on_click(self, id):
            if id == "write" and not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CONTACTS)
