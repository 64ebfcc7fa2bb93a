"""A running app that asks again each time it is refused, and goes on when Android shows its dialog no more."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Running(App):
    package = "com.example.fengxing.running"
    label = "风行跑步"
    version_name, version_code = "4.2.0", 420
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["跑步记录"]
    only_android = ["11", "12", "13", "14", "15", "16"]  # before 11 Android goes on showing its dialog
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
        "c5-asks-again-on-relaunch": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("风行跑步"), Text("本周已跑 0.00 公里"), Button("跑步记录", id="records")))
            if not self.check_self_permission(LOCATION):
                self.ask()

        def ask(self):
            self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("风行跑步需要位置信息来记录路线")
                self.post_delayed(self.ask, 3)

        def on_click(self, id):
            self.toast("还没有跑步记录")
