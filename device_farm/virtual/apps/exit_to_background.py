"""An account book that hides behind the home screen when it is refused the microphone."""

from device_farm.virtual import Activity, App, Button, Column, Text

MICROPHONE = "android.permission.RECORD_AUDIO"


class Accounts(App):
    package = "com.example.yibi.accounts"
    label = "一笔记账"
    version_name, version_code = "1.0.8", 18
    target_sdk = 33
    permissions = [MICROPHONE]
    taps = ["记一笔"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("一笔记账"), Text("本月支出 0.00 元"), Button("记一笔", id="write")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(MICROPHONE)

        def on_permission_result(self, results):
            if not results.get(MICROPHONE):
                self.move_task_to_back()

        def on_click(self, id):
            self.toast("已打开手动记账")
