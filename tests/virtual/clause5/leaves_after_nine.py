"""A radio that asks in onResume, once, and goes behind the home screen nine seconds after it was refused."""

from device_farm.virtual import Activity, App, Button, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Radio(App):
    package = "com.example.shengbo.radio"
    label = "声波电台"
    version_name, version_code = "3.0.2", 302
    target_sdk = 30
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "violation",
        "c5-bundled-request": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("声波电台"), Text("正在播放 城市之声"), Button("下一台", id="next"), Button("定时关闭", id="timer")))

        def on_resume(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if results.get(PHONE) is False:
                self.post_delayed(self.move_task_to_back, 9)

        def on_click(self, id):
            self.toast("已切换")
